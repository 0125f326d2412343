from __future__ import annotations

import pytest

from qa.phrases import PHRASES as REFUSALS
from qa.phrases_support import PHRASES, disagreement_line, in_language, older_mark, support_line
from qa.records import Support

LINES = {
    "be": ("Адна крыніца, на нямецкай мове.", "3 незалежныя крыніцы на 2 мовах пацвярджаюць гэты адказ."),
    "ru": ("Один источник, на немецком языке.", "3 независимых источника на 2 языках подтверждают этот ответ."),
    "en": ("One source, in German.", "3 independent sources in 2 languages support this."),
    "de": ("Eine Quelle, auf Deutsch.", "3 unabhängige Quellen in 2 Sprachen stützen diese Antwort."),
    "pl": ("Jedno źródło, w języku niemieckim.", "3 niezależne źródła w 2 językach potwierdzają tę odpowiedź."),
    "es": ("Una sola fuente, en alemán.", "3 fuentes independientes en 2 idiomas respaldan esta respuesta."),
    "zh": ("一个来源，德语。", "3个独立来源（2种语言）支持这一回答。"),
    "uk": ("Одне джерело, німецькою мовою.", "3 незалежні джерела 2 мовами підтверджують цю відповідь."),
    "fr": ("Une seule source, en allemand.", "3 sources indépendantes en 2 langues étayent cette réponse."),
    "it": ("Una sola fonte, in tedesco.", "3 fonti indipendenti in 2 lingue confermano questa risposta."),
    "pt": ("Uma só fonte, em alemão.", "3 fontes independentes em 2 línguas sustentam esta resposta."),
    "nl": ("Eén bron, in het Duits.", "3 onafhankelijke bronnen in 2 talen ondersteunen dit antwoord."),
    "tr": ("Tek kaynak, Almanca.", "2 dilde 3 bağımsız kaynak bu yanıtı destekliyor."),
}
OLDER = {
    "be": "больш раннія даныя, 12 сакавіка 2023 г.",
    "ru": "более ранние данные, 12 марта 2023 г.",
    "en": "earlier figure, 12 March 2023",
    "de": "ältere Angabe, 12. März 2023",
    "pl": "wcześniejsze dane, 12 marca 2023",
    "es": "dato anterior, 12 de marzo de 2023",
    "zh": "较早的数字，2023年3月12日",
}


def test_every_language_that_refuses_says_what_supports_an_answer() -> None:
    """No interface language is left out."""
    assert PHRASES.keys() == REFUSALS.keys() == LINES.keys()


@pytest.mark.parametrize("language", LINES)
def test_one_source_and_several(language: str) -> None:
    """One source is named with its language, several are counted with theirs."""
    one, three = LINES[language]
    assert support_line(Support(1, ("de",)), language) == one
    assert support_line(Support(3, ("de", "en")), language) == three


@pytest.mark.parametrize(
    ("language", "stories", "words"),
    [
        ("ru", 2, "2 независимых источника "), ("ru", 5, "5 независимых источников "),
        ("ru", 21, "21 независимый источник "), ("be", 4, "4 незалежныя крыніцы "), ("be", 5, "5 незалежных крыніц "),
        ("be", 31, "31 незалежная крыніца "), ("uk", 2, "2 незалежні джерела "), ("uk", 11, "11 незалежних джерел "),
        ("uk", 21, "21 незалежне джерело "), ("pl", 4, "4 niezależne źródła "), ("pl", 5, "5 niezależnych źródeł "),
        ("pl", 21, "21 niezależnych źródeł "),
    ],
)  # fmt: skip
def test_slavic_plurals(language: str, stories: int, words: str) -> None:
    """The noun follows the number."""
    assert support_line(Support(stories, ("en",)), language).startswith(words)


def test_several_sources_in_one_language_name_it() -> None:
    """A count of one language would say less."""
    assert support_line(Support(2, ("be",)), "en") == "2 independent sources in Belarusian support this."
    assert support_line(Support(2, ("be",)), "tr") == "Belarusça 2 bağımsız kaynak bu yanıtı destekliyor."
    assert support_line(Support(1, ("be", "pl")), "en") == "One source, in Belarusian and in Polish."


@pytest.mark.parametrize("language", LINES)
def test_an_unknown_language_is_not_named(language: str) -> None:
    """Neither of one source nor of several, and no gap is left."""
    one, three = LINES[language]
    separators = ("，", ", ")
    alone = support_line(Support(1, ("und",)), language)
    assert one.startswith(alone[:-1])
    assert not any(separator in alone for separator in separators)
    several = support_line(Support(3, ("und",)), language)
    assert "  " not in several
    assert len(several) < len(three)
    assert several[-1] == three[-1]


def test_a_language_without_adjective_is_named_as_it_is() -> None:
    """Hindi is not inflected, and what nobody knows keeps its code."""
    assert in_language("hi", "ru") == "на языке хинди"
    assert in_language("hi", "pl") == "w języku hindi"
    assert in_language("xx", "be") == "на мове xx"


@pytest.mark.parametrize("language", OLDER)
def test_an_older_figure_is_marked_with_its_day(language: str) -> None:
    """The day as people of the language write it; without a day the mark alone."""
    assert older_mark("2023-03-12T10:00+03:00", language).replace("\u202f", " ") == OLDER[language]
    assert OLDER[language].startswith(older_mark(None, language))


@pytest.mark.parametrize("language", LINES)
def test_disagreement_says_the_order_where_there_is_one(language: str) -> None:
    """Without dates nothing is said of the newest."""
    ordered, unordered = (disagreement_line(language, ordered=each) for each in (True, False))
    assert ordered.startswith(unordered[:-1])
    assert len(ordered) > len(unordered)
    assert ordered[-1] == unordered[-1]


def test_other_languages_are_answered_in_english() -> None:
    """As refusals are."""
    assert support_line(Support(1, ("de",)), "sv") == "One source, in German."
    assert older_mark("2023-03-12", "sv") == "earlier figure, 12 March 2023"
    assert disagreement_line("sv", ordered=True) == "The sources give different figures; the newest comes first."
