from __future__ import annotations

import pytest

from qa.plurals import day_text, locale_of, number_text, plural

ARTICLES = {"one": "артыкул", "few": "артыкулы", "many": "артыкулаў"}


def plain(text: str) -> str:
    """Return a text with plain spaces for the narrow ones of CLDR."""
    return text.replace("\u202f", " ").replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("n", "form"),
    [(0, "many"), (1, "one"), (2, "few"), (5, "many"), (11, "many"), (21, "one"), (22, "few"), (112, "many")],
)
def test_slavic_nouns_follow_the_last_figures(n: int, form: str) -> None:
    """One, few and many come round again with every ten, but not in the teens."""
    assert plural(n, "be", ARTICLES) == ARTICLES[form]


@pytest.mark.parametrize(("n", "form"), [(1, "one"), (2, "few"), (21, "many"), (22, "few")])
def test_polish_has_one_for_one_alone(n: int, form: str) -> None:
    """Unlike its neighbours."""
    assert plural(n, "pl", ARTICLES) == ARTICLES[form]


@pytest.mark.parametrize("language", ["en", "de", "es", "fi", "und"])
def test_two_forms_are_enough_for_most(language: str) -> None:
    """Millions in Spanish too, which CLDR counts apart; a language that is not spoken here is counted as English."""
    forms = {"one": "article", "other": "articles"}
    assert [plural(n, language, forms) for n in (1, 2, 1_000_000)] == ["article", "articles", "articles"]


def test_chinese_has_one_form() -> None:
    """Whatever the number."""
    assert {plural(n, "zh", {"other": "篇"}) for n in (0, 1, 2, 100)} == {"篇"}


@pytest.mark.parametrize(
    ("language", "day", "month", "year"),
    [
        ("be", "2 лістапада 2026 г.", "лістапад 2026", "2026"),
        ("ru", "2 ноября 2026 г.", "ноябрь 2026 г.", "2026"),
        ("en", "2 November 2026", "November 2026", "2026"),
        ("de", "2. November 2026", "November 2026", "2026"),
        ("pl", "2 listopada 2026", "listopad 2026", "2026"),
        ("es", "2 de noviembre de 2026", "noviembre de 2026", "2026"),
        ("zh", "2026年11月2日", "2026年11月", "2026年"),
        ("fi", "2 November 2026", "November 2026", "2026"),
    ],
)
def test_a_date_is_as_exact_as_it_is(language: str, day: str, month: str, year: str) -> None:
    """The time of day is left out."""
    said = [plain(day_text(iso, language)) for iso in ("2026-11-02", "2026-11-02T10:30+03:00", "2026-11", "2026")]
    assert said == [day, day, month, year]


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "2026-02-30"])
def test_what_is_no_date_stays_as_it_is(text: str) -> None:
    """A reader can still tell what was meant."""
    assert day_text(text, "en") == text


@pytest.mark.parametrize(
    ("language", "said"), [("en", "12,345"), ("de", "12.345"), ("ru", "12 345"), ("und", "12,345")]
)
def test_thousands_are_marked(language: str, said: str) -> None:
    """As people write them."""
    assert plain(number_text(12_345, language)) == said


def test_english_is_not_american() -> None:
    """A day before its month is read right everywhere."""
    assert str(locale_of("en")) == "en_GB"
