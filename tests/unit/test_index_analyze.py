from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.analyze import fold_name, name_terms, number_term, word_terms


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("en", "The bridges were repaired", "repairing a bridge"),
        ("de", "die Brücken", "der Brücke"),
        ("ru", "новые мосты", "новый мост"),
        ("be", "новымі мастамі", "новы мастам"),
        ("pl", "nowe mosty", "nowego mostu"),
        ("es", "los puentes nuevos", "puente nuevo"),
    ],
)
def test_inflected_words_of_a_language_are_one_term(language: str, one: str, other: str) -> None:
    """A word is found in whatever form it stands."""
    assert set(word_terms(one, language)) & set(word_terms(other, language))


def test_word_terms_carry_their_language_and_leave_out_stop_words() -> None:
    """The same letters in two languages are two words, and words of questions are none."""
    assert word_terms("What is the bank?", "en") == ["en:bank"]
    assert word_terms("Was ist die Bank?", "de") == ["de:bank"]


def test_a_german_compound_is_found_by_its_parts() -> None:
    """The word itself comes first, so that a text which writes it alike shares more."""
    whole, *parts = word_terms("Handelsumsatz", "de")
    assert set(parts) == set(word_terms("Umsatz im Handel", "de"))
    assert whole in word_terms("des Handelsumsatzes", "de")
    assert len(word_terms("handelsumsatz", "nl")) == 1


def test_a_language_without_a_stemmer_keeps_its_words_whole() -> None:
    """An unknown language is indexed all the same."""
    assert word_terms("Kaikki sillat", "xx") == ["xx:kaikki", "xx:sillat"]


def test_chinese_is_indexed_by_pairs_of_characters() -> None:
    """Chinese has no spaces; neighbouring pairs stand for its words."""
    assert word_terms("新公园", "zh") == ["zh:新公", "zh:公园"]
    assert word_terms("园", "zh") == ["zh:园"]


@pytest.mark.parametrize(
    ("token", "term"),
    [
        ("3,5", "3.5"), ("3.50", "3.5"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("1.000", "1000"),
        ("1,000,000", "1000000"), ("0,125", "0.125"), ("0.125", "0.125"), ("007", "7"), ("0", "0"), ("2,0", "2"),
    ],
)  # fmt: skip
def test_a_number_has_one_spelling(token: str, term: str) -> None:
    """Decimal commas and points, thousands and zeros are read as their writers mean them."""
    assert number_term(token) == term


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("1 000 000 рублей", ["1000000"]),
        ("25\u00a0000", ["25000"]),
        ("25\u202f000", ["25000"]),
        ("in 2020 300 people came", ["2020", "300"]),
        ("5 12 2020", ["5", "12", "2020"]),
        ("3,5 100", ["3.5", "100"]),
    ],
)
def test_spaces_join_thousands_only(text: str, terms: list[str]) -> None:
    """A year and the number after it are not one number."""
    assert name_terms(text) == terms


@pytest.mark.parametrize(
    "spellings",
    [
        "Krutoi Krutoj Крутой",
        "Aleinik Alejnik Алейник Алейнік",
        "Lukashenko Lukaschenko Łukaszenka Лукашенко Лукашэнка",
        "Putin Путин Пуцін Путина Putina Putinem",
        "Tikhanovskaya Tichanowskaja Тихановская Ціханоўская",
        "Minsk Mińsk Минск Мінск",
        "Gomel Homel Гомель",
        "Grodno Hrodna Гродно Гродна",
        "Schröder Шрёдер Шродэр",
        "Johnson Джонсон",
        "Zhukov Schukow Żukow Жуков Жукаў",
    ],
)
def test_a_name_is_one_term_across_scripts_and_transcriptions(spellings: str) -> None:
    """A name is the same name in whatever letters and endings it stands."""
    assert len({fold_name(name) for name in spellings.split()}) == 1


def test_a_name_of_any_length_folds_to_its_beginning() -> None:
    """A run of letters without end costs no more than a name."""
    assert fold_name("Ванкувер" * 100_000) == fold_name("Vancouver")


def test_name_terms_are_numbers_countries_and_capitalised_words() -> None:
    """What survives translation is kept, in reading order; all else is left to the words."""
    assert name_terms("Anton Veras sold 14 tractors to Chinese farms") == [
        fold_name("Anton"),
        fold_name("Veras"),
        "14",
        "@CN",
    ]
    assert name_terms("中国和波兰") == ["@CN", "@PL"]


def test_letters_without_a_sound_give_no_name() -> None:
    """A capitalised word that folds to nothing is no name, and none is empty."""
    assert name_terms("ЬЬЬ Ъъъ") == []


@given(st.text(max_size=200), st.sampled_from(["en", "de", "ru", "be", "pl", "es", "zh", "und"]))
@example("\ufb01 \u00b2 \u0663\u0664\u0665 \u01c5ung \u1e9e\u0130", "de")
@example("a\0b\tC", "en")
def test_any_text_gives_terms_that_are_not_empty(text: str, language: str) -> None:
    """Whatever is written, terms are whole: code downstream looks at their first character."""
    assert all(name_terms(text))
    assert all(term.startswith(f"{language}:") and len(term) > len(language) + 1 for term in word_terms(text, language))
