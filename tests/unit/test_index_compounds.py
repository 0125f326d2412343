from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.compounds import compound_parts
from index.stems import stem


@pytest.mark.parametrize(
    ("compound", "parts"),
    [
        ("handelsumsatz", "handel umsatz"),
        ("gasbrände", "gas brand"),
        ("schulhof", "schule hof"),
        ("jahreszeiten", "jahr zeit"),
        ("kohlekraftwerk", "kohle kraft werk"),
        ("regierungsbehörden", "regierung behörde"),
        ("arbeitslosenquoten", "arbeitslos quote"),
    ],
)
def test_a_compound_has_the_stems_of_its_parts(compound: str, parts: str) -> None:
    """Linking letters are left out, and the last part may be inflected."""
    assert compound_parts(compound) == tuple(stem(part, "de") for part in parts.split())


@pytest.mark.parametrize("word", ["umsatz", "regierungen", "flugzeugen", "nachrichten", "vorteilen", "langsamer", ""])
def test_a_word_that_is_no_compound_has_no_parts(word: str) -> None:
    """Letters that happen to spell a word inside another do not make a compound."""
    assert compound_parts(word) == ()


@given(st.text(max_size=200))
def test_any_text_has_at_most_three_parts(word: str) -> None:
    """Parts are never empty, and there are two, three or none."""
    parts = compound_parts(word)
    assert len(parts) in (0, 2, 3)
    assert all(parts)


def test_a_run_of_letters_without_end_is_no_compound() -> None:
    """What no one would write costs no time."""
    assert compound_parts("haus" * 100_000) == ()
