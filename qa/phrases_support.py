"""How Vestka says what an answer rests on, and that sources disagree, in the language of the question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from babel.lists import format_list

from index.records import UNKNOWN_LANGUAGE
from qa.plurals import day_text, locale_of, number_text, plural
from qa.records import Support


@dataclass(frozen=True, slots=True)
class SupportPhrases:
    """One language's words; in braces `n` is a number, `where` names languages or counts them.

    Attributes:
        one: what is said of one source.
        sources: by CLDR plural category.
        languages: how many, by CLDR plural category.
        in_language: with the name of a language as CLDR has it.
        inflected: the ending of such a name, what stands in its place within a sentence, and `in_language` for it.
        around: what parts `where` from the words around it.
        disagree, newest: "The sources give different figures", and what follows where they are ordered by date.
    """

    one: str
    sources: Mapping[str, str]
    languages: Mapping[str, str]
    in_language: str
    older: str
    disagree: str
    newest: str
    around: tuple[str, str] = (" ", "")
    stop: str = "."
    comma: str = ", "
    inflected: tuple[str, str, str] | None = None


PHRASES: dict[str, SupportPhrases] = {
    "be": SupportPhrases(
        one="Адна крыніца",
        sources={
            "one": "{n} незалежная крыніца{where} пацвярджае гэты адказ",
            "few": "{n} незалежныя крыніцы{where} пацвярджаюць гэты адказ",
            "many": "{n} незалежных крыніц{where} пацвярджаюць гэты адказ",
        },
        languages={"one": "на {n} мове", "many": "на {n} мовах"},
        in_language="на мове {}",
        inflected=("ая", "ай", "на {} мове"),
        older="больш раннія даныя",
        disagree="Крыніцы называюць розныя лічбы",
        newest="; найноўшая — першая",
    ),
    "ru": SupportPhrases(
        one="Один источник",
        sources={
            "one": "{n} независимый источник{where} подтверждает этот ответ",
            "few": "{n} независимых источника{where} подтверждают этот ответ",
            "many": "{n} независимых источников{where} подтверждают этот ответ",
        },
        languages={"one": "на {n} языке", "many": "на {n} языках"},
        in_language="на языке {}",
        inflected=("ий", "ом", "на {} языке"),
        older="более ранние данные",
        disagree="Источники называют разные цифры",
        newest="; самая новая — первая",
    ),
    "en": SupportPhrases(
        one="One source",
        sources={"other": "{n} independent sources{where} support this"},
        languages={"other": "in {n} languages"},
        in_language="in {}",
        older="earlier figure",
        disagree="The sources give different figures",
        newest="; the newest comes first",
    ),
    "de": SupportPhrases(
        one="Eine Quelle",
        sources={"other": "{n} unabhängige Quellen{where} stützen diese Antwort"},
        languages={"other": "in {n} Sprachen"},
        in_language="auf {}",
        older="ältere Angabe",
        disagree="Die Quellen nennen verschiedene Zahlen",
        newest="; die neueste steht zuerst",
    ),
    "pl": SupportPhrases(
        one="Jedno źródło",
        sources={
            "few": "{n} niezależne źródła{where} potwierdzają tę odpowiedź",
            "many": "{n} niezależnych źródeł{where} potwierdza tę odpowiedź",
        },
        languages={"many": "w {n} językach"},
        in_language="w języku {}",
        inflected=("ki", "kim", "w języku {}"),
        older="wcześniejsze dane",
        disagree="Źródła podają różne liczby",
        newest="; najnowsza jest pierwsza",
    ),
    "es": SupportPhrases(
        one="Una sola fuente",
        sources={"other": "{n} fuentes independientes{where} respaldan esta respuesta"},
        languages={"other": "en {n} idiomas"},
        in_language="en {}",
        older="dato anterior",
        disagree="Las fuentes dan cifras distintas",
        newest="; la más reciente va primero",
    ),
    "zh": SupportPhrases(
        one="一个来源",
        sources={"other": "{n}个独立来源{where}支持这一回答"},
        languages={"other": "{n}种语言"},
        in_language="{}",
        older="较早的数字",
        disagree="各来源给出的数字不同",
        newest="，最新的排在最前",
        around=("（", "）"),
        stop="。",
        comma="，",
    ),
    "uk": SupportPhrases(
        one="Одне джерело",
        sources={
            "one": "{n} незалежне джерело{where} підтверджує цю відповідь",
            "few": "{n} незалежні джерела{where} підтверджують цю відповідь",
            "many": "{n} незалежних джерел{where} підтверджують цю відповідь",
        },
        languages={"one": "{n} мовою", "many": "{n} мовами"},
        in_language="мовою {}",
        inflected=("а", "ою", "{} мовою"),
        older="більш ранні дані",
        disagree="Джерела називають різні цифри",
        newest="; найновіша — перша",
    ),
    "fr": SupportPhrases(
        one="Une seule source",
        sources={"other": "{n} sources indépendantes{where} étayent cette réponse"},
        languages={"other": "en {n} langues"},
        in_language="en {}",
        older="chiffre antérieur",
        disagree="Les sources donnent des chiffres différents",
        newest=" ; le plus récent vient en premier",
    ),
    "it": SupportPhrases(
        one="Una sola fonte",
        sources={"other": "{n} fonti indipendenti{where} confermano questa risposta"},
        languages={"other": "in {n} lingue"},
        in_language="in {}",
        older="dato precedente",
        disagree="Le fonti danno cifre diverse",
        newest="; la più recente è la prima",
    ),
    "pt": SupportPhrases(
        one="Uma só fonte",
        sources={"other": "{n} fontes independentes{where} sustentam esta resposta"},
        languages={"other": "em {n} línguas"},
        in_language="em {}",
        older="dado anterior",
        disagree="As fontes dão números diferentes",
        newest="; o mais recente vem primeiro",
    ),
    "nl": SupportPhrases(
        one="Eén bron",
        sources={"other": "{n} onafhankelijke bronnen{where} ondersteunen dit antwoord"},
        languages={"other": "in {n} talen"},
        in_language="in het {}",
        older="eerder cijfer",
        disagree="De bronnen noemen verschillende cijfers",
        newest="; het nieuwste staat vooraan",
    ),
    "tr": SupportPhrases(
        one="Tek kaynak",
        sources={"other": "{where}{n} bağımsız kaynak bu yanıtı destekliyor"},
        languages={"other": "{n} dilde"},
        in_language="{}",
        older="daha eski rakam",
        disagree="Kaynaklar farklı rakamlar veriyor",
        newest="; en yenisi başta",
        around=("", " "),
    ),
}
FALLBACK = "en"


def support_line(support: Support, language: str) -> str:
    """Say on how many independent sources an answer rests, and in which languages they are."""
    phrases = _phrases(language)
    known = [code for code in support.languages if code != UNKNOWN_LANGUAGE]
    if support.stories == 1:
        names = [in_language(code, language) for code in known]
        return phrases.comma.join([phrases.one, *([_listed(names, language)] if names else [])]) + phrases.stop
    where = ""
    if known:
        n = len(known)
        counted = plural(n, language, phrases.languages).format(n=number_text(n, language))
        where = (in_language(known[0], language) if n == 1 else counted).join(phrases.around)
    line = plural(support.stories, language, phrases.sources)
    return line.format(n=number_text(support.stories, language), where=where) + phrases.stop


def older_mark(published: str | None, language: str) -> str:
    """Say that a figure is an earlier one, with the day of its publication where it is known."""
    phrases = _phrases(language)
    return phrases.comma.join([phrases.older, *([day_text(published, language)] if published else [])])


def disagreement_line(language: str, *, ordered: bool) -> str:
    """Say that the sources give different figures.

    Args:
        ordered: whether the newest comes first, as far as their dates are known.
    """
    phrases = _phrases(language)
    return f"{phrases.disagree}{phrases.newest if ordered else ''}{phrases.stop}"


def in_language(code: str, language: str) -> str:
    """Return "in German" in a language, for a language's code."""
    phrases = _phrases(language)
    name = str(locale_of(language).languages.get(code, code))
    if phrases.inflected is not None:
        ending, inflected, template = phrases.inflected
        if name.endswith(ending):
            return template.format(name.removesuffix(ending) + inflected)
    return phrases.in_language.format(name)


def _listed(names: list[str], language: str) -> str:
    return str(format_list(names, locale=locale_of(language)))


def _phrases(language: str) -> SupportPhrases:
    return PHRASES.get(language, PHRASES[FALLBACK])
