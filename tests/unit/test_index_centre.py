from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.centre import OTHER, PRIOR_PASSAGES, LanguageMeans, blend_means, normalise, shipped_means


def _means(**rows: list[float]) -> LanguageMeans:
    """Means that are the same for all three kinds."""
    values = np.array(list(rows.values()), np.float32)
    return LanguageMeans(tuple(rows), values, values, values)


def _sums(vector: list[float], n: int) -> tuple[np.ndarray, np.ndarray, int, int]:
    return np.array(vector) * n, np.array(vector) * n, n, n


def test_centring_takes_the_mean_of_the_language_away() -> None:
    """What is left has length one again."""
    means = _means(de=[1.0, 0.0], other=[0.0, 1.0])
    assert means.centre(np.array([[1.0, 2.0]]), "passages", "de").tolist() == [[0.0, 1.0]]


def test_a_language_without_means_is_centred_by_those_of_others() -> None:
    """The last row stands for every language that has none of its own."""
    means = _means(de=[1.0, 0.0], other=[0.0, 1.0])
    assert means.centre(np.array([3.0, 1.0]), "questions", "ja").tolist() == [1.0, 0.0]


def test_a_vector_that_is_the_mean_becomes_zero_and_not_nan() -> None:
    """Nothing is divided by zero."""
    assert normalise(np.zeros((2, 3))).tolist() == [[0.0] * 3] * 2
    assert _means(other=[1.0, 0.0]).centre(np.array([1.0, 0.0]), "sentences", "en").tolist() == [0.0, 0.0]


def test_means_come_back_from_their_file(tmp_path: Path) -> None:
    """Saving and loading change nothing."""
    means = _means(de=[1.0, 0.5], other=[0.0, 1.0])
    means.save(tmp_path / "means.npz", "model")
    loaded = LanguageMeans.load(tmp_path / "means.npz")
    assert loaded.languages == ("de", "other")
    for kind in ("questions", "passages", "sentences"):
        assert np.array_equal(getattr(loaded, kind), getattr(means, kind))


def test_another_model_has_no_shipped_means() -> None:
    """Means of one model would spoil the vectors of another."""
    means = shipped_means("another model", 3)
    assert means.languages == (OTHER,)
    assert not means.passages.any()


def test_an_archive_moves_the_means_by_how_much_of_it_there_is() -> None:
    """As many passages as the shipped means weigh move a mean half way."""
    blended = blend_means(_means(de=[1.0, 0.0], other=[0.0, 0.0]), ["de"], {"de": _sums([0.0, 1.0], PRIOR_PASSAGES)})
    assert blended.passages[0].tolist() == pytest.approx([0.5, 0.5])
    assert blended.sentences[0].tolist() == pytest.approx([0.5, 0.5])


def test_the_shipped_mean_of_questions_is_kept() -> None:
    """An archive says how its passages sound, not how people ask."""
    blended = blend_means(_means(de=[1.0, 0.0], other=[0.0, 0.0]), ["de"], {"de": _sums([0.0, 1.0], 500)})
    assert blended.questions[0].tolist() == [1.0, 0.0]


def test_questions_of_a_new_language_move_with_its_passages() -> None:
    """Without a shipped mean the passages are the best there is."""
    blended = blend_means(_means(other=[0.0, 0.0]), ["ja"], {"ja": _sums([0.0, 1.0], PRIOR_PASSAGES)})
    assert blended.languages == ("ja", OTHER)
    assert blended.questions[0].tolist() == pytest.approx([0.0, 0.5])


def test_a_language_that_the_archive_does_not_hold_keeps_its_means() -> None:
    """A question may be asked in it all the same."""
    blended = blend_means(_means(de=[1.0, 0.0], other=[0.0, 0.0]), [], {})
    assert blended.languages == ("de", OTHER)
    assert blended.passages[0].tolist() == [1.0, 0.0]
