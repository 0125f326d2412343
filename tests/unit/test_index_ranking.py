"""One score for passages in the query's language and in any other."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.ranking import (
    CASES,
    FEATURES,
    NEIGHBOURS,
    PRIOR_NEIGHBOURS,
    WEIGHTS,
    Ranking,
    Signals,
    load_ranking,
    neighbour_cosines,
    rank_features,
)


def _signals(sentences: list[float] | None = None) -> Signals:
    """Three passages, the first two in the query's language."""
    return Signals(
        own=np.array([True, True, False]),
        cosines=np.array([0.1, 0.2, 0.3], np.float32),
        words=np.array([0.2, 0.9, 0.0], np.float32),
        names=np.array([1.0, 0.0, 0.5], np.float32),
        neighbours=np.array([0.25, 0.25, 0.4], np.float32),
        sentences=None if sentences is None else np.array(sentences, np.float32),
    )


def _columns(features: np.ndarray) -> dict[str, list[float]]:
    return dict(zip(FEATURES, features.T.tolist(), strict=True))


def test_the_shipped_weights_are_for_the_features_there_are() -> None:
    """Both cases have a weight for each, and a bias."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert set(data) == set(CASES)
    for case in CASES:
        assert set(data[case]["weights"]) == set(FEATURES)
    ranking = load_ranking()
    assert (ranking.bias.shape, ranking.weights.shape) == ((len(CASES),), (len(CASES), len(FEATURES)))
    assert np.isfinite(ranking.weights).all()


def test_the_shipped_weights_speak_for_what_is_near() -> None:
    """The nearer a passage and its best sentence, and the more of the words it has, the better in both cases."""
    weights = dict(zip(FEATURES, load_ranking().weights.T.tolist(), strict=True))
    assert min(weights["cosine"]) > 0
    assert min(weights["sentence"]) > 0
    assert min(weights["names"]) > 0
    assert weights["words"][0] > 0


def test_weights_are_read_by_name(tmp_path: Path) -> None:
    """Their order in the file does not matter."""
    data = {
        case: {"bias": 10.0 * at, "weights": {name: float(n + 10 * at) for n, name in reversed([*enumerate(FEATURES)])}}
        for at, case in enumerate(CASES)
    }
    (tmp_path / "weights.json").write_text(json.dumps(data), encoding="utf-8")
    ranking = load_ranking(tmp_path / "weights.json")
    assert ranking.bias.tolist() == [0, 10]
    assert ranking.weights.tolist() == [[0, 1, 2, 3, 4], [10, 11, 12, 13, 14]]


def test_a_passage_has_a_value_for_every_feature() -> None:
    """In the order of their names."""
    features = rank_features(_signals([0.5, 0.6, 0.7]))
    assert (features.shape, features.dtype) == ((3, len(FEATURES)), np.float32)
    columns = _columns(features)
    assert columns["cosine"] == pytest.approx([0.1, 0.2, 0.3])
    assert columns["sentence"] == pytest.approx([0.5, 0.6, 0.7])
    assert columns["words"] == pytest.approx([0.2, 0.9, 0.0])
    assert columns["names"] == pytest.approx([1.0, 0.0, 0.5])
    assert columns["neighbours"] == pytest.approx([0.25, 0.25, 0.4])


def test_before_sentences_are_read_the_passage_stands_for_its_best() -> None:
    """So that the first score and the last are of the same kind."""
    assert _columns(rank_features(_signals()))["sentence"] == pytest.approx([0.1, 0.2, 0.3])


def test_the_score_is_that_of_the_case() -> None:
    """Bias and weights for passages in the query's language, others for the rest."""
    weights = np.zeros((2, len(FEATURES)), np.float32)
    weights[0, FEATURES.index("cosine")] = 2
    weights[1, FEATURES.index("names")] = -4
    ranking = Ranking(np.array([1, 10], np.float32), weights)
    signals = _signals()
    scores = ranking.score(rank_features(signals), signals.own)
    assert scores.dtype == np.float32
    assert scores == pytest.approx([1.2, 1.4, 8.0])


def test_neighbours_are_the_nearest_of_a_language_blended_with_those_of_all() -> None:
    """(n * own + n0 * all) / (n + n0), by hand: a language with many passages goes by its own."""
    near, far = [0.8] * NEIGHBOURS, [0.4] * NEIGHBOURS
    languages = np.array([0] * NEIGHBOURS + [1] * NEIGHBOURS)
    few, many = 100, 10_000
    found = neighbour_cosines(np.array(near + far), languages, np.array([few, many]))
    assert (found.shape, found.dtype) == ((2,), np.float32)
    assert found[0] == pytest.approx(0.8)
    assert found[1] == pytest.approx((many * 0.4 + PRIOR_NEIGHBOURS * 0.8) / (many + PRIOR_NEIGHBOURS))


def test_only_the_nearest_of_a_language_count() -> None:
    """However many more of it are found, in whatever order."""
    cosines = np.array([0.1] * 30 + [0.6] * NEIGHBOURS + [0.2] * 30)
    found = neighbour_cosines(cosines, np.zeros(len(cosines), int), np.array([1000]))
    assert found == pytest.approx([0.6])


def test_what_is_not_among_the_nearest_is_as_near_as_the_farthest_of_them() -> None:
    """A language with many passages of which one was found has the others behind it."""
    cosines = np.array([0.5] * NEIGHBOURS + [0.5, 0.2])
    languages = np.array([0] * NEIGHBOURS + [1, 0])
    found = neighbour_cosines(cosines, languages, np.array([500, 500]))
    own = (0.5 + (NEIGHBOURS - 1) * 0.2) / NEIGHBOURS
    assert found[1] == pytest.approx((500 * own + PRIOR_NEIGHBOURS * 0.5) / (500 + PRIOR_NEIGHBOURS))


def test_a_language_with_few_passages_goes_by_those_it_has() -> None:
    """Nothing is taken for far that does not exist; little is known of it, so that all count most."""
    cosines = np.array([0.9, 0.7, *[0.5] * NEIGHBOURS, 0.0])
    languages = np.array([1, 1, *[0] * NEIGHBOURS, 0])
    found = neighbour_cosines(cosines, languages, np.array([300, 2]))
    of_all = (0.9 + 0.7 + (NEIGHBOURS - 2) * 0.5) / NEIGHBOURS
    assert found[1] == pytest.approx((2 * 0.8 + PRIOR_NEIGHBOURS * of_all) / (2 + PRIOR_NEIGHBOURS))


@pytest.mark.parametrize("cosines", [[], [0.3], [0.3, 0.1]])
def test_a_small_archive_has_neighbours_too(cosines: list[float]) -> None:
    """Fewer passages than are counted, and languages that none is left of: a number all the same."""
    found = neighbour_cosines(np.array(cosines), np.zeros(len(cosines), int), np.array([len(cosines), 0]))
    assert found.shape == (2,)
    assert np.isfinite(found).all()
