from __future__ import annotations

from dataclasses import replace

import pytest

from qa.phrases import PHRASES, read_as_line, refusal
from qa.records import Searched

SEARCHED = Searched(672, "2019-01-02T08:30:00Z", "2026-11-20", ("be", "de", "en", "pl", "ru"))
NOTHING = Searched(0, None, None, ())
EXTENTS = {
    "be": "Прагледжана: 672 артыкулы на 5 мовах, 2 студзеня 2019 г. — 20 лістапада 2026 г.",
    "ru": "Просмотрено: 672 статьи на 5 языках, 2 января 2019 г. — 20 ноября 2026 г.",
    "en": "Searched: 672 articles in 5 languages, 2 January 2019 to 20 November 2026.",
    "de": "Durchsucht: 672 Artikel in 5 Sprachen, 2. Januar 2019 bis 20. November 2026.",
    "pl": "Przeszukano: 672 artykuły w 5 językach, 2 stycznia 2019 – 20 listopada 2026.",
    "es": "Búsqueda realizada en 672 artículos en 5 idiomas, 2 de enero de 2019 – 20 de noviembre de 2026.",
    "zh": "检索范围：672篇文章（5种语言），2019年1月2日至2026年11月20日。",
    "uk": "Переглянуто: 672 статті 5 мовами, 2 січня 2019 р. — 20 листопада 2026 р.",
    "fr": "Recherche effectuée dans 672 articles en 5 langues, 2 janvier 2019 – 20 novembre 2026.",
    "it": "Ricerca effettuata in 672 articoli in 5 lingue, 2 gennaio 2019 – 20 novembre 2026.",
    "pt": "Pesquisa feita em 672 artigos em 5 línguas, 2 de janeiro de 2019 – 20 de novembro de 2026.",
    "nl": "Doorzocht: 672 artikelen in 5 talen, 2 januari 2019 tot en met 20 november 2026.",
    "tr": "Taranan: 5 dilde 672 yazı, 2 Ocak 2019 – 20 Kasım 2026.",
}
BARE = {
    "be": "Архіў не дае адказу на гэтае пытанне.",
    "ru": "Архив не отвечает на этот вопрос.",
    "en": "The archive does not answer this question.",
    "de": "Das Archiv beantwortet diese Frage nicht.",
    "pl": "Archiwum nie odpowiada na to pytanie.",
    "es": "El archivo no responde a esta pregunta.",
    "zh": "档案中没有这个问题的答案。",
}


def plain(text: str) -> str:
    """Return a text with plain spaces for the narrow ones of CLDR."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_every_language_is_tested() -> None:
    """None is left out of the table below."""
    assert EXTENTS.keys() == PHRASES.keys()


@pytest.mark.parametrize("language", EXTENTS)
def test_a_refusal_says_what_was_searched(language: str) -> None:
    """Between the refusal itself and the way to the nearest articles, with each noun in its form."""
    said = plain(refusal(language, SEARCHED, with_hits=True))
    assert said.count(EXTENTS[language]) == 1
    before, after = said.split(EXTENTS[language])
    assert before.strip() == refusal(language, SEARCHED, with_hits=False).split(EXTENTS[language][:8])[0].strip()
    assert after.strip() == PHRASES[language].nearest
    assert ".." not in said


@pytest.mark.parametrize("language", BARE)
def test_a_refusal_without_an_extent(language: str) -> None:
    """Nobody is sent to articles that are not there, and a search that read none says so."""
    gap = "" if language == "zh" else " "
    assert refusal(language, None, with_hits=True) == f"{BARE[language]}{gap}{PHRASES[language].nearest}"
    for searched in (None, NOTHING):
        said = refusal(language, searched, with_hits=False)
        assert said.startswith(BARE[language][:-1])
        assert PHRASES[language].no_article in said
        assert PHRASES[language].nearest not in said


@pytest.mark.parametrize("language", BARE)
def test_articles_that_were_searched_are_not_denied(language: str) -> None:
    """Without hits too: "no article meets the conditions" would be untrue."""
    said = refusal(language, SEARCHED, with_hits=False)
    assert said.startswith(BARE[language])
    assert PHRASES[language].no_article not in said


@pytest.mark.parametrize(
    ("language", "articles", "words"),
    [
        ("ru", 1, "1 статья "), ("ru", 5, "5 статей "), ("ru", 21, "21 статья "), ("be", 1, "1 артыкул "),
        ("be", 3, "3 артыкулы "), ("be", 11, "11 артыкулаў "), ("uk", 4, "4 статті "), ("uk", 12, "12 статей "),
        ("pl", 1, "1 artykuł "), ("pl", 22, "22 artykuły "), ("pl", 25, "25 artykułów "), ("en", 1, "1 article "),
        ("en", 1_000_000, "1,000,000 articles "), ("de", 12_345, "12.345 Artikel "), ("es", 1, "1 artículo "),
    ],
)  # fmt: skip
def test_articles_are_counted_as_people_do(language: str, articles: int, words: str) -> None:
    """The noun follows the number, which has its thousands marked."""
    assert f" {words}" in refusal(language, replace(SEARCHED, articles=articles), with_hits=True)


@pytest.mark.parametrize(
    ("languages", "said"),
    [(("de",), "672 articles in German, "), (("de", "und"), "672 articles in German, "), (("und",), "672 articles, ")],
)
def test_one_language_is_named_and_unknown_ones_are_not_counted(languages: tuple[str, ...], said: str) -> None:
    """A count of one says less than its name."""
    assert f"Searched: {said}2 January" in refusal("en", replace(SEARCHED, languages=languages), with_hits=True)


def test_one_turkish_language_stands_before_the_noun() -> None:
    """As a number of languages does."""
    assert " Taranan: Almanca 672 yazı, " in refusal("tr", replace(SEARCHED, languages=("de",)), with_hits=True)


@pytest.mark.parametrize(
    ("first", "last", "when"),
    [
        ("2026-11-20T06:00:00Z", "2026-11-20T18:00:00Z", ", 20 November 2026."),
        (None, "2026-11-20", ", 20 November 2026."),
        ("2019", "2026-11", ", 2019 to November 2026."), (None, None, "."),
    ],
)  # fmt: skip
def test_dates_are_as_exact_as_they_are_known(first: str | None, last: str | None, when: str) -> None:
    """One day is said once, and a missing date not at all."""
    searched = replace(SEARCHED, first_published=first, last_published=last)
    assert f"in 5 languages{when} The nearest" in refusal("en", searched, with_hits=True)


@pytest.mark.parametrize("with_hits", [True, False])
@pytest.mark.parametrize("language", ["und", "fi"])
def test_other_languages_are_refused_in_english(language: str, with_hits: bool) -> None:
    """English is what most others can read."""
    assert refusal(language, SEARCHED, with_hits=with_hits) == refusal("en", SEARCHED, with_hits=with_hits)
    assert read_as_line("Kuka?", language) == read_as_line("Kuka?", "en")


@pytest.mark.parametrize("language", EXTENTS)
def test_a_follow_up_is_repeated_in_one_line(language: str) -> None:
    """As it was read, braces and all, after words of the language's own."""
    line = read_as_line("Who built\nthe {bridge}?", language)
    assert line.endswith("Who built the {bridge}?")
    assert line != "Who built the {bridge}?"
    assert "\n" not in refusal(language, SEARCHED, with_hits=True)


def test_read_as_in_english() -> None:
    """The line that a reader sees."""
    assert read_as_line("Who built the bridge?", "en") == "Read as: Who built the bridge?"
