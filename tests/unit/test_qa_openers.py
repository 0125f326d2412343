"""Sentences that are not understood without the one before."""

from __future__ import annotations

import pytest

from qa.openers import OPENING_CHARS, refers_back

REFERRING = [
    ("be", "Ён каштаваў 12 мільёнаў рублёў."),
    ("be", "Гэта на трэць больш, чым летась."),
    ("ru", "Она откроется в мае."),
    ("ru", "Их вывезли на автобусах."),
    ("ru", "Её построили в 1962 году."),
    ("en", "It will be closed until autumn."),
    ("en", "They counted 84 nests."),
    ("en", "This is a third more than last year."),
    ("en", "There is no other way across."),
    ("de", "Sie kostete 17,8 Millionen Taler."),
    ("de", "Dabei wurden zwölf Menschen verletzt."),
    ("de", "Dessen Bau begann 1962."),
    ("pl", "On sam nie chciał komentować sprawy."),
    ("pl", "Tego dnia było zimno."),
    ("es", "Él mismo lo anunció."),
    ("es", "Su construcción costó tres millones."),
    ("zh", "他们说，桥将于秋天开放。"),
    ("zh", "该桥长430米。"),
]
STANDING = [
    ("be", "Онлайн-запіс адкрыты."),
    ("be", "Тамара Ляўко адкрыла выставу."),
    ("ru", "Онежское озеро замёрзло."),
    ("ru", "Тотализатор закрыли."),
    ("en", "The bridge is closed."),
    ("en", "Heather Moor opened the weir."),
    ("en", "Theyssen Ltd built it."),
    ("de", "Es regnete in Lodna."),
    ("de", "Das Rathaus wurde gesperrt."),
    ("de", "Siegfried Quandt baute es."),
    ("pl", "Onkologia w Lodnie ma 40 łóżek."),
    ("pl", "Tamara Wierzba otwarła wystawę."),
    ("es", "El puente está cerrado."),
    ("es", "Estonia ganó el torneo."),
    ("zh", "新桥在周一开放。"),
]


@pytest.mark.parametrize(("language", "sentence"), REFERRING)
def test_a_pronoun_at_the_beginning_refers_back(language: str, sentence: str) -> None:
    """So does a demonstrative, whatever the case of its letters."""
    assert refers_back(sentence, language)
    assert refers_back(sentence.upper(), language)


@pytest.mark.parametrize(("language", "sentence"), STANDING)
def test_a_sentence_with_a_subject_of_its_own_stands_alone(language: str, sentence: str) -> None:
    """A word that only begins like a pronoun is none."""
    assert not refers_back(sentence, language)


@pytest.mark.parametrize("opening", ["“", "«", "— ", "„", "...", "(", "‘"])
def test_quotation_marks_and_dashes_before_the_pronoun_do_not_matter(opening: str) -> None:
    """Direct speech begins with them."""
    assert refers_back(f"{opening}It was too late", "en")
    assert not refers_back(f"{opening}Engineers came too late", "en")


def test_a_pronoun_further_on_does_not_count() -> None:
    """What it stands for may be in the sentence itself."""
    assert not refers_back("The mayor said that it was too late.", "en")


@pytest.mark.parametrize("language", ["und", "fr", "", "xx"])
def test_nothing_is_known_of_other_languages(language: str) -> None:
    """Their sentences are quoted as they are."""
    assert not refers_back("Il a fermé le pont.", language)


@pytest.mark.parametrize("language", ["en", "zh", "ru"])
def test_a_language_does_not_borrow_anothers_pronouns(language: str) -> None:
    """Polish "ten" is a number in English."""
    assert refers_back("Ten most kosztował 17 mln.", "pl")
    assert not refers_back("Ten bridges were closed.", language)


@pytest.mark.parametrize("sentence", ["", " ", "...", "_" * 1_000_000, "“" * 1_000_000, "—" * OPENING_CHARS + "It"])
def test_a_sentence_of_marks_refers_to_nothing(sentence: str) -> None:
    """However many they are, only the beginning is looked at."""
    assert not refers_back(sentence, "en")
