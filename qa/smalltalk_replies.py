"""What Vestka says to small talk, in the languages it speaks."""

from __future__ import annotations

from dataclasses import dataclass

from qa.smalltalk_phrases import ABOUT, GOODBYE, GREETING, INSULT, NOTHING, PRAISE, THANKS


@dataclass(frozen=True, slots=True)
class Replies:
    """What Vestka says in one language.

    Attributes:
        nothing: where a text holds no question.
        pitch: what it does.
        invite: to ask.
    """

    hello: str
    welcome: str
    goodbye: str
    about: str
    thanks: str
    sorry: str
    nothing: str
    pitch: str
    invite: str
    gap: str = " "

    def to(self, kind: str) -> str:
        """Return the reply to a kind of small talk."""
        opening = {
            GREETING: self.hello,
            THANKS: self.welcome,
            GOODBYE: self.goodbye,
            ABOUT: self.about,
            PRAISE: self.thanks,
            INSULT: self.sorry,
            NOTHING: self.nothing,
        }[kind]
        return self.gap.join((opening, self.pitch, self.invite))


REPLIES: dict[str, Replies] = {
    "be": Replies(
        hello="Вітаю!",
        welcome="Калі ласка!",
        goodbye="Да пабачэння!",
        about="Я Вестка — праграма, а не чалавек.",
        thanks="Дзякуй, прыемна чуць!",
        sorry="Шкада, што не змагла дапамагчы.",
        nothing="Пытання я тут не бачу.",
        pitch="Я адказваю на пытанні па архіве навін дакладнымі цытатамі з крыніцамі.",
        invite="Спытайце мяне пра што-небудзь.",
    ),
    "ru": Replies(
        hello="Здравствуйте!",
        welcome="Пожалуйста!",
        goodbye="До свидания!",
        about="Я Вестка — программа, а не человек.",
        thanks="Спасибо, приятно слышать!",
        sorry="Жаль, что не получилось помочь.",
        nothing="Вопроса я здесь не вижу.",
        pitch="Я отвечаю на вопросы по архиву новостей точными цитатами с источниками.",
        invite="Спросите меня о чём-нибудь.",
    ),
    "en": Replies(
        hello="Hello!",
        welcome="You are welcome!",
        goodbye="Goodbye!",
        about="I am Vestka, a program and not a person.",
        thanks="Thank you, that is good to hear!",
        sorry="I am sorry that I could not help.",
        nothing="I see no question here.",
        pitch="I answer questions about a news archive with exact quotations and their sources.",
        invite="Ask me something.",
    ),
    "de": Replies(
        hello="Hallo!",
        welcome="Gern geschehen!",
        goodbye="Auf Wiedersehen!",
        about="Ich bin Vestka, ein Programm und kein Mensch.",
        thanks="Danke, das höre ich gern!",
        sorry="Schade, dass ich nicht helfen konnte.",
        nothing="Ich sehe hier keine Frage.",
        pitch="Ich beantworte Fragen zu einem Nachrichtenarchiv mit wörtlichen Zitaten und ihren Quellen.",
        invite="Fragen Sie mich etwas.",
    ),
    "pl": Replies(
        hello="Dzień dobry!",
        welcome="Proszę bardzo!",
        goodbye="Do widzenia!",
        about="Jestem Vestka — program, a nie człowiek.",
        thanks="Dziękuję, miło to słyszeć!",
        sorry="Szkoda, że nie udało mi się pomóc.",
        nothing="Nie widzę tu pytania.",
        pitch="Odpowiadam na pytania o archiwum wiadomości dosłownymi cytatami ze źródłami.",
        invite="Zapytaj mnie o coś.",
    ),
    "es": Replies(
        hello="¡Hola!",
        welcome="¡De nada!",
        goodbye="¡Hasta luego!",
        about="Soy Vestka, un programa y no una persona.",
        thanks="¡Gracias, me alegra leerlo!",
        sorry="Siento no haber podido ayudar.",
        nothing="Aquí no veo ninguna pregunta.",
        pitch="Respondo preguntas sobre un archivo de noticias con citas textuales y sus fuentes.",
        invite="Pregúnteme algo.",
    ),
    "zh": Replies(
        hello="您好！",
        welcome="不客气！",
        goodbye="再见！",
        about="我是 Vestka，是一个程序，不是人。",
        thanks="谢谢夸奖！",
        sorry="很抱歉没能帮上忙。",
        nothing="这里没有看到问题。",
        pitch="我用新闻档案中的原文引文回答问题，并注明出处。",
        invite="请向我提一个问题。",
        gap="",
    ),
    "uk": Replies(
        hello="Вітаю!",
        welcome="Будь ласка!",
        goodbye="До побачення!",
        about="Я Вестка — програма, а не людина.",
        thanks="Дякую, приємно чути!",
        sorry="Шкода, що не вдалося допомогти.",
        nothing="Запитання я тут не бачу.",
        pitch="Я відповідаю на запитання за архівом новин точними цитатами з джерелами.",
        invite="Запитайте мене про щось.",
    ),
    "fr": Replies(
        hello="Bonjour !",
        welcome="De rien !",
        goodbye="Au revoir !",
        about="Je suis Vestka, un programme et non une personne.",
        thanks="Merci, cela fait plaisir !",
        sorry="Je regrette de n’avoir pas pu aider.",
        nothing="Je ne vois pas de question ici.",
        pitch="Je réponds à des questions sur des archives d’actualité par des citations exactes avec leurs sources.",
        invite="Posez-moi une question.",
    ),
    "it": Replies(
        hello="Buongiorno!",
        welcome="Prego!",
        goodbye="Arrivederci!",
        about="Sono Vestka, un programma e non una persona.",
        thanks="Grazie, mi fa piacere!",
        sorry="Mi dispiace di non aver potuto aiutare.",
        nothing="Qui non vedo nessuna domanda.",
        pitch="Rispondo a domande su un archivio di notizie con citazioni testuali e le loro fonti.",
        invite="Mi chieda qualcosa.",
    ),
    "pt": Replies(
        hello="Olá!",
        welcome="De nada!",
        goodbye="Até logo!",
        about="Sou a Vestka, um programa e não uma pessoa.",
        thanks="Obrigada, é bom saber!",
        sorry="Lamento não ter podido ajudar.",
        nothing="Não vejo aqui nenhuma pergunta.",
        pitch="Respondo a perguntas sobre um arquivo de notícias com citações exatas e as suas fontes.",
        invite="Pergunte-me alguma coisa.",
    ),
    "nl": Replies(
        hello="Hallo!",
        welcome="Graag gedaan!",
        goodbye="Tot ziens!",
        about="Ik ben Vestka, een programma en geen mens.",
        thanks="Dank u, dat hoor ik graag!",
        sorry="Jammer dat ik niet kon helpen.",
        nothing="Ik zie hier geen vraag.",
        pitch="Ik beantwoord vragen over een nieuwsarchief met letterlijke citaten en hun bronnen.",
        invite="Stel me een vraag.",
    ),
    "tr": Replies(
        hello="Merhaba!",
        welcome="Rica ederim!",
        goodbye="Hoşça kalın!",
        about="Ben Vestka; bir insan değil, bir programım.",
        thanks="Teşekkürler, bunu duymak güzel!",
        sorry="Yardımcı olamadığım için üzgünüm.",
        nothing="Burada bir soru göremiyorum.",
        pitch="Bir haber arşivi hakkındaki soruları birebir alıntılar ve kaynaklarıyla yanıtlıyorum.",
        invite="Bana bir şey sorun.",
    ),
}
