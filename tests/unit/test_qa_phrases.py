from __future__ import annotations

import pytest

from qa.phrases import REFUSAL, REFUSAL_WITHOUT_HITS, refusal

SEVEN = ("be", "ru", "en", "de", "pl", "es", "zh")


@pytest.mark.parametrize("language", SEVEN)
def test_vestka_refuses_in_each_of_the_seven_languages(language: str) -> None:
    """With and without nearest articles, each text of its own."""
    assert refusal(language, with_hits=True) == REFUSAL[language]
    assert refusal(language, with_hits=False) == REFUSAL_WITHOUT_HITS[language]
    assert len({*REFUSAL.values(), *REFUSAL_WITHOUT_HITS.values()}) == len(REFUSAL) + len(REFUSAL_WITHOUT_HITS)


@pytest.mark.parametrize("with_hits", [True, False])
def test_other_languages_are_refused_in_english(with_hits: bool) -> None:
    """English is what most others can read."""
    assert refusal("und", with_hits=with_hits) == refusal("fi", with_hits=with_hits)
    assert refusal("und", with_hits=with_hits).startswith("The archive does not answer")


def test_nobody_is_sent_to_hits_that_are_not_there() -> None:
    """Every language that can refuse can do so with and without hits."""
    assert REFUSAL.keys() == REFUSAL_WITHOUT_HITS.keys()


def test_a_refusal_is_one_line() -> None:
    """Doors show it as it is."""
    assert not any("\n" in phrase for phrase in (*REFUSAL.values(), *REFUSAL_WITHOUT_HITS.values()))
