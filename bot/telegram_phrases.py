"""What the Telegram bot says in its own words, in seven languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from index.records import UNKNOWN_LANGUAGE

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Phrases:
    """The bot's own words in one language; names in braces are filled in where a phrase is used.

    Attributes:
        locale: CLDR name for dates, numbers and names of languages.
        commands: the menu: a command, and what it does.
        also: what stands before the other articles that tell the same story.
    """

    locale: str
    greeting: str
    ask: str
    articles: str
    languages: str
    latest: str
    commands: dict[str, str]
    new_conversation: str
    also: str
    sources: str
    no_answer_yet: str
    no_sources: str
    nearest: str
    too_long: str
    text_only: str
    unknown_command: str
    not_invited: str
    failure: str

    def day(self, published: str | None) -> str:
        """Return an ISO date or time as a day in words; what is no date stays as it is."""
        if not published:
            return ""
        try:
            return format_date(date.fromisoformat(published[:10]), format="long", locale=self.locale)
        except ValueError:
            return published

    def language(self, code: str) -> str:
        """Return the name of a language; empty when the language is not known."""
        if code == UNKNOWN_LANGUAGE:
            return ""
        return str(Locale.parse(self.locale).languages.get(code, code))

    def number(self, number: int) -> str:
        """Return a whole number with its thousands marked."""
        return format_decimal(number, locale=self.locale)

    def listed(self, words: Iterable[str]) -> str:
        """Return words as a list in a sentence."""
        return format_list(list(words), locale=self.locale)


def interface_language(code: str | None) -> str:
    """Return which of our languages to speak to a client that reports this one, such as `zh-hans`."""
    language = (code or "").lower().replace("_", "-").split("-")[0]
    return language if language in PHRASES else FALLBACK_LANGUAGE


def phrases_for(code: str | None) -> Phrases:
    """Return the phrases for what a person's client reports."""
    return PHRASES[interface_language(code)]


PHRASES: dict[str, Phrases] = {
    "be": Phrases(
        locale="be",
        greeting="Вітаю! Я адказваю на пытанні па архіве навін. Кожны мой адказ — дакладныя цытаты "
        "з крыніцай, датай і мовай. Калі ў архіве адказу няма, я так і скажу.",
        ask="Проста напішыце пытанне на любой мове.",
        articles="Артыкулаў у архіве: {number}",
        languages="Мовы: {languages}",
        latest="Апошні артыкул: {day}",
        commands={
            "start": "што я ўмею і што ёсць у архіве",
            "help": "як мной карыстацца",
            "new": "пачаць новую размову",
            "sources": "крыніцы апошняга адказу",
        },
        new_conversation="Пачынаем новую размову: ранейшыя пытанні я больш не ўлічваю.",
        also="Таксама:",
        sources="Крыніцы апошняга адказу:",
        no_answer_yet="Спачатку спытайце што-небудзь: тады я пакажу крыніцы.",
        no_sources="У апошняга адказу няма крыніц: у архіве адказу не знайшлося.",
        nearest="Найбліжэйшыя артыкулы:",
        too_long="Пытанне занадта доўгае: {length} знакаў. Я чытаю да {limit}. Скараціце яго, калі ласка.",
        text_only="Пакуль я чытаю толькі тэкст. Напішыце пытанне словамі, калі ласка.",
        unknown_command="Такой каманды я не ведаю.",
        not_invited="Гэты бот адказвае толькі запрошаным. Калі вы ведаеце, хто ім кіруе, дашліце яму "
        "свой нумар: {user}.",
        failure="Нешта пайшло не так з майго боку. Паспрабуйце, калі ласка, крыху пазней.",
    ),
    "ru": Phrases(
        locale="ru",
        greeting="Здравствуйте! Я отвечаю на вопросы по архиву новостей. Каждый мой ответ — точные цитаты "
        "с источником, датой и языком. Если в архиве ответа нет, я так и скажу.",
        ask="Просто напишите вопрос на любом языке.",
        articles="Статей в архиве: {number}",
        languages="Языки: {languages}",
        latest="Последняя статья: {day}",
        commands={
            "start": "что я умею и что есть в архиве",
            "help": "как мной пользоваться",
            "new": "начать новый разговор",
            "sources": "источники последнего ответа",
        },
        new_conversation="Начинаем новый разговор: прежние вопросы я больше не учитываю.",
        also="Также:",
        sources="Источники последнего ответа:",
        no_answer_yet="Сначала спросите о чём-нибудь: тогда я покажу источники.",
        no_sources="У последнего ответа нет источников: в архиве ответа не нашлось.",
        nearest="Ближайшие статьи:",
        too_long="Вопрос слишком длинный: {length} знаков. Я читаю до {limit}. Сократите его, пожалуйста.",
        text_only="Пока я читаю только текст. Напишите вопрос словами, пожалуйста.",
        unknown_command="Такой команды я не знаю.",
        not_invited="Этот бот отвечает только приглашённым. Если вы знаете, кто им управляет, пришлите ему "
        "свой номер: {user}.",
        failure="Что-то пошло не так с моей стороны. Попробуйте, пожалуйста, немного позже.",
    ),
    "en": Phrases(
        locale="en_GB",
        greeting="Hello! I answer questions about a news archive. Every answer of mine is made of exact "
        "quotations, with their source, date and language. When the archive has no answer, I say so.",
        ask="Just write your question, in any language.",
        articles="Articles in the archive: {number}",
        languages="Languages: {languages}",
        latest="Latest article: {day}",
        commands={
            "start": "what I do and what the archive holds",
            "help": "how to use me",
            "new": "begin a new conversation",
            "sources": "sources of the last answer",
        },
        new_conversation="A new conversation begins: I no longer go by your earlier questions.",
        also="Also:",
        sources="Sources of the last answer:",
        no_answer_yet="Ask me something first: then I can show you the sources.",
        no_sources="The last answer has no sources: the archive did not answer the question.",
        nearest="Closest articles:",
        too_long="Your question is too long: {length} characters. I read up to {limit}. Please shorten it.",
        text_only="I only read text so far. Please write your question in words.",
        unknown_command="I do not know this command.",
        not_invited="This bot answers invited people only. If you know who runs it, send them your number: {user}.",
        failure="Something went wrong on my side. Please try again a little later.",
    ),
    "de": Phrases(
        locale="de",
        greeting="Hallo! Ich beantworte Fragen zu einem Nachrichtenarchiv. Jede meiner Antworten besteht aus "
        "wörtlichen Zitaten mit Quelle, Datum und Sprache. Wenn das Archiv keine Antwort hat, sage ich das.",
        ask="Schreiben Sie einfach Ihre Frage, in jeder Sprache.",
        articles="Artikel im Archiv: {number}",
        languages="Sprachen: {languages}",
        latest="Neuester Artikel: {day}",
        commands={
            "start": "was ich kann und was im Archiv steht",
            "help": "wie man mich benutzt",
            "new": "ein neues Gespräch beginnen",
            "sources": "Quellen der letzten Antwort",
        },
        new_conversation="Ein neues Gespräch beginnt: Ihre früheren Fragen berücksichtige ich nicht mehr.",
        also="Auch:",
        sources="Quellen der letzten Antwort:",
        no_answer_yet="Fragen Sie mich zuerst etwas: dann zeige ich Ihnen die Quellen.",
        no_sources="Die letzte Antwort hat keine Quellen: Das Archiv hat die Frage nicht beantwortet.",
        nearest="Ähnlichste Artikel:",
        too_long="Ihre Frage ist zu lang: {length} Zeichen. Ich lese bis zu {limit}. Bitte kürzen Sie sie.",
        text_only="Bisher lese ich nur Text. Bitte schreiben Sie Ihre Frage in Worten.",
        unknown_command="Diesen Befehl kenne ich nicht.",
        not_invited="Dieser Bot antwortet nur Eingeladenen. Wenn Sie wissen, wer ihn betreibt, schicken Sie "
        "ihm Ihre Nummer: {user}.",
        failure="Bei mir ist etwas schiefgegangen. Bitte versuchen Sie es etwas später noch einmal.",
    ),
    "pl": Phrases(
        locale="pl",
        greeting="Dzień dobry! Odpowiadam na pytania o archiwum wiadomości. Każda moja odpowiedź to dosłowne "
        "cytaty ze źródłem, datą i językiem. Jeśli w archiwum nie ma odpowiedzi, mówię to wprost.",
        ask="Po prostu napisz pytanie, w dowolnym języku.",
        articles="Artykuły w archiwum: {number}",
        languages="Języki: {languages}",
        latest="Najnowszy artykuł: {day}",
        commands={
            "start": "co potrafię i co jest w archiwum",
            "help": "jak ze mnie korzystać",
            "new": "rozpocząć nową rozmowę",
            "sources": "źródła ostatniej odpowiedzi",
        },
        new_conversation="Zaczynamy nową rozmowę: wcześniejszych pytań już nie uwzględniam.",
        also="Także:",
        sources="Źródła ostatniej odpowiedzi:",
        no_answer_yet="Najpierw o coś zapytaj: wtedy pokażę źródła.",
        no_sources="Ostatnia odpowiedź nie ma źródeł: w archiwum nie było odpowiedzi.",
        nearest="Najbliższe artykuły:",
        too_long="Pytanie jest za długie: liczba znaków to {length}, a czytam najwyżej {limit}. Skróć je, proszę.",
        text_only="Na razie czytam tylko tekst. Napisz pytanie słowami, proszę.",
        unknown_command="Nie znam tego polecenia.",
        not_invited="Ten bot odpowiada tylko zaproszonym. Jeśli wiesz, kto go prowadzi, wyślij mu swój numer: {user}.",
        failure="Coś poszło nie tak po mojej stronie. Spróbuj, proszę, trochę później.",
    ),
    "es": Phrases(
        locale="es",
        greeting="¡Hola! Respondo preguntas sobre un archivo de noticias. Cada respuesta mía se compone de "
        "citas textuales, con su fuente, fecha e idioma. Cuando el archivo no tiene la respuesta, lo digo.",
        ask="Escriba su pregunta, en cualquier idioma.",
        articles="Artículos en el archivo: {number}",
        languages="Idiomas: {languages}",
        latest="Artículo más reciente: {day}",
        commands={
            "start": "qué hago y qué contiene el archivo",
            "help": "cómo usarme",
            "new": "empezar una conversación nueva",
            "sources": "fuentes de la última respuesta",
        },
        new_conversation="Empieza una conversación nueva: ya no tengo en cuenta sus preguntas anteriores.",
        also="También:",
        sources="Fuentes de la última respuesta:",
        no_answer_yet="Primero pregúnteme algo: entonces podré mostrarle las fuentes.",
        no_sources="La última respuesta no tiene fuentes: el archivo no respondía a la pregunta.",
        nearest="Artículos más cercanos:",
        too_long="Su pregunta es demasiado larga: {length} caracteres. Leo hasta {limit}. Acórtela, por favor.",
        text_only="Por ahora solo leo texto. Escriba su pregunta con palabras, por favor.",
        unknown_command="No conozco ese comando.",
        not_invited="Este bot solo responde a personas invitadas. Si sabe quién lo administra, envíele "
        "su número: {user}.",
        failure="Algo ha fallado por mi parte. Inténtelo de nuevo un poco más tarde, por favor.",
    ),
    "zh": Phrases(
        locale="zh",
        greeting="您好！我根据新闻存档回答问题。每个回答都由原文引文组成，并注明来源、日期和语言。"
        "如果存档里没有答案，我会如实告诉您。",
        ask="直接写下您的问题即可，任何语言都可以。",
        articles="存档文章数：{number}",
        languages="语言：{languages}",
        latest="最新文章：{day}",
        commands={
            "start": "我能做什么，存档里有什么",
            "help": "如何使用",
            "new": "开始新的对话",
            "sources": "上一个回答的来源",
        },
        new_conversation="新的对话开始了：我不再参考您之前的问题。",
        also="另见：",
        sources="上一个回答的来源：",
        no_answer_yet="请先问我一个问题，然后我就能给出来源。",
        no_sources="上一个回答没有来源：存档里没有找到答案。",
        nearest="最接近的文章：",
        too_long="您的问题太长：{length} 个字符。我最多能读 {limit} 个字符，请缩短一些。",
        text_only="目前我只能读文字，请用文字写下您的问题。",
        unknown_command="我不认识这个命令。",
        not_invited="此机器人只回答受邀者。如果您知道管理员是谁，请把您的编号发给他：{user}。",
        failure="我这边出了点问题，请稍后再试。",
    ),
}
