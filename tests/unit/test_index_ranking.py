"""One score for passages in the query's language and in any other."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from index.ranking import (
    CASES,
    FEATURES,
    MIN_READING,
    WEIGHTS,
    Ranking,
    Signals,
    load_ranking,
    rank_features,
)


def _signals(sentences: list[float] | None = None, reading: list[float] | None = None) -> Signals:
    """Three passages, the first two in the query's language."""
    return Signals(
        own=np.array([True, True, False]),
        cosines=np.array([0.1, 0.2, 0.3], np.float32),
        words=np.array([0.2, 0.9, 0.0], np.float32),
        names=np.array([1.0, 0.0, 0.5], np.float32),
        sentences=None if sentences is None else np.array(sentences, np.float32),
        reading=None if reading is None else np.array(reading, np.float32),
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
    """The nearer a passage and its best sentence, the better it reads and the more of the words it has, the better."""
    weights = dict(zip(FEATURES, load_ranking().weights.T.tolist(), strict=True))
    assert min(weights["cosine"]) > 0
    assert min(weights["sentence"]) > 0
    assert min(weights["names"]) > 0
    assert min(weights["reading"]) > 0
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
    assert ranking.weights.tolist() == [[10 * at + n for n in range(len(FEATURES))] for at in range(len(CASES))]


def test_a_passage_has_a_value_for_every_feature() -> None:
    """In the order of their names."""
    features = rank_features(_signals([0.5, 0.6, 0.7], [-3.0, 0.0, 4.5]))
    assert (features.shape, features.dtype) == ((3, len(FEATURES)), np.float32)
    columns = _columns(features)
    assert columns["cosine"] == pytest.approx([0.1, 0.2, 0.3])
    assert columns["sentence"] == pytest.approx([0.5, 0.6, 0.7])
    assert columns["words"] == pytest.approx([0.2, 0.9, 0.0])
    assert columns["names"] == pytest.approx([1.0, 0.0, 0.5])
    assert columns["reading"] == pytest.approx([MIN_READING, 0.0, 4.5])


def test_before_sentences_are_compared_the_passage_stands_for_its_best() -> None:
    """So that the first score and the last are of the same kind."""
    assert _columns(rank_features(_signals()))["sentence"] == pytest.approx([0.1, 0.2, 0.3])


def test_what_is_not_read_counts_like_what_does_not_answer() -> None:
    """So that reading a passage never sets it behind those that were not worth it, however badly it reads."""
    unread, read = _signals([0.5, 0.6, 0.7]), _signals([0.5, 0.6, 0.7], [MIN_READING - 5] * 3)
    assert _columns(rank_features(unread))["reading"] == [MIN_READING] * 3
    assert _columns(rank_features(read))["reading"] == [MIN_READING] * 3
    none = Signals(*[np.zeros(0, np.float32)] * 4)
    assert rank_features(none).shape == (0, len(FEATURES))


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
