from __future__ import annotations

import pytest

from index.stems import stem


@pytest.mark.parametrize(
    "forms",
    ["улада ўлада ўладзе ўладай", "вада вадзе вадой", "беларускі беларускага беларускімі", "мясцовы мясцовыя"],
)
def test_belarusian_forms_have_one_stem(forms: str) -> None:
    """Endings go, and so do the spellings that depend on the sounds around."""
    assert len({stem(form, "be") for form in forms.split()}) == 1


def test_a_short_belarusian_word_keeps_its_letters() -> None:
    """What would be left of it could be any word."""
    assert stem("дом", "be") == "дом"
    assert stem("рака", "be") != stem("рад", "be")


def test_a_language_without_a_stemmer_keeps_its_words() -> None:
    """An unknown language is no mistake."""
    assert stem("sillat", "xx") == "sillat"
