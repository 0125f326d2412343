from __future__ import annotations

import pytest

from index.countries import countries_in_han, country_of, country_of_pair


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("BY", "Беларусь Беларуси белорусский белорусских беларускі Белоруссия Belarus Belarusian Białoruś białoruski"),
        (
            "RU",
            "Россия российский Росси Расія расійскі Rosja Rosji rosyjski Russia Russian Russland russische Rusia ruso",
        ),
        ("CN", "Китай Китая китайский China Chinese chinesische Chiny Chin chiński chino chinos"),
        ("IN", "Индия Индии индийский India Indian Indien indisch indischen Indii"),
        ("GE", "Грузия Грузии грузинский грузины Georgia"),
        ("CL", "Чили чилийский Chile Chilean chileno"),
        ("DK", "Дания Дании Danish Dania"),
        ("LT", "Литва Литве Litwa Litwie"),
        ("IR", "Иран Ирана иранский Iran Iranian iranisch iraní"),
        ("CU", "Куба Cuba Cuban cubano kubanisch kubański"),
        ("TR", "Турция Turkey Turkish Türkei türkische"),
        ("IT", "Италия итальянский Italy Italian italienisch italiano"),
        ("SY", "Сирия сирийский Syria Syrian syrisch Syrien"),
    ],
)
def test_a_country_is_known_by_its_names_in_any_language(code: str, words: str) -> None:
    """Inflected names and adjectives lead to the one code."""
    assert {word: country_of(word) for word in words.split()} == dict.fromkeys(words.split(), code)


@pytest.mark.parametrize(
    "word",
    "children individual indicates indem Index malicious check checked Daniel самолёт самолета палата палаты груз "
    "грузовой того Congress Kongress palace palabra ganar peruse индикатор самое malaria tongue мост bridge".split(),
)
def test_ordinary_words_that_begin_like_a_country_are_none(word: str) -> None:
    """Four letters in common do not make children Chilean, nor a plane Samoan."""
    assert country_of(word) is None


def test_a_name_of_two_words_is_one_country() -> None:
    """Inflected pairs are recognised, unrelated ones are not."""
    assert country_of_pair("Vereinigten", "Staaten") == country_of_pair("United", "States") == "US"
    assert country_of_pair("Соединенных", "Штатов") == country_of_pair("Stanów", "Zjednoczonych") == "US"
    assert country_of_pair("United", "farmers") is None


def test_countries_in_chinese_are_found_within_a_run() -> None:
    """The longest name counts, so that a name within another is not found twice."""
    assert countries_in_han("白俄罗斯和俄罗斯") == ["BY", "RU"]
    assert countries_in_han("公园") == []
