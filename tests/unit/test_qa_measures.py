from __future__ import annotations

import pytest

from qa.measures import (
    ConfidenceBin,
    auroc,
    expected_calibration_error,
    false_positive_rate_at,
    mean,
    reciprocal_rank,
    reliability,
    risk_coverage,
    success_at,
)


def test_success_is_any_right_article_among_the_first() -> None:
    """The second of two is found at 2, not at 1."""
    ranked, relevant = ["a", "b", "c"], {"b", "x"}
    assert [success_at(ranked, relevant, k) for k in (0, 1, 2, 9)] == [0.0, 0.0, 1.0, 1.0]
    assert success_at([], relevant, 5) == 0.0


def test_reciprocal_rank_is_of_the_first_right_article_within_k() -> None:
    """Third place gives a third, and nothing below k counts."""
    ranked = ["a", "b", "c", "d"]
    assert reciprocal_rank(ranked, {"c", "d"}, 10) == pytest.approx(1 / 3)
    assert reciprocal_rank(ranked, {"c"}, 2) == 0.0


def test_auroc_counts_pairs_and_halves_ties() -> None:
    """Of the six pairs here three are won and one is tied: 3.5 of 6."""
    assert auroc([0.9, 0.5, 0.3, 0.5, 0.1], [True, True, False, False, True]) == pytest.approx(3.5 / 6)
    assert auroc([0.9, 0.8, 0.2], [True, True, False]) == 1.0
    assert auroc([0.1, 0.9], [True, False]) == 0.0
    assert auroc([0.5, 0.5], [True, False]) == 0.5


def test_auroc_of_one_kind_alone_is_not_a_number_that_can_be_given() -> None:
    """Without both kinds there are no pairs."""
    assert auroc([0.5, 0.6], [True, True]) is None
    assert auroc([], []) is None


def test_false_positives_are_counted_at_the_score_that_enough_positives_reach() -> None:
    """Nine of ten positives reach 0.2, and two of the three negatives do: one above, one exactly."""
    scores = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0]
    negatives = [0.15, 0.2, 0.95]
    positive = [True] * len(scores) + [False] * len(negatives)
    assert false_positive_rate_at(scores + negatives, positive) == pytest.approx(2 / 3)
    assert false_positive_rate_at(scores + negatives, positive, 100) == 1.0
    assert false_positive_rate_at(scores + negatives, positive, 50) == pytest.approx(1 / 3)


def test_a_tenth_of_a_few_positives_is_none() -> None:
    """Of nine positives all have to reach the score: eight would be less than 90 %."""
    scores = [0.1] + [0.9] * 8 + [0.5]
    assert false_positive_rate_at(scores, [True] * 9 + [False]) == 1.0


def test_false_positives_need_both_kinds() -> None:
    """Without negatives or without positives there is no rate."""
    assert false_positive_rate_at([0.5], [True]) is None
    assert false_positive_rate_at([0.5], [False]) is None


def test_reliability_has_the_bins_that_hold_something() -> None:
    """Bins of a half: three answers below with one right, one above that is right; a confidence of 1 is above."""
    low, high = reliability([0.1, 0.2, 0.3, 1.0], [True, False, False, True], bins=2)
    assert (low.confidence, low.accuracy, low.share) == pytest.approx((0.2, 1 / 3, 0.75))
    assert high == ConfidenceBin(1.0, 1.0, 0.25)


def test_risk_is_counted_from_the_surest_answer_on() -> None:
    """The two of equal confidence are answered together; two of six questions were never answered."""
    points = risk_coverage([0.5, 0.9, 0.5, 0.7], [True, True, False, False], 6)
    assert points == [(1 / 6, 0.0), (2 / 6, 1 / 2), (4 / 6, 2 / 4)]
    assert risk_coverage([], [], 3) == []


def test_calibration_error_weighs_the_gap_of_each_bin() -> None:
    """Two at 0.9 of which one is right, two at 0.2 of which none is: (0.4 + 0.2) / 2."""
    assert expected_calibration_error([0.9, 0.9, 0.2, 0.2], [True, False, False, False]) == pytest.approx(0.3)


def test_calibration_error_at_the_edges() -> None:
    """A confidence of exactly 1 has a bin, and nothing asked gives nothing."""
    assert expected_calibration_error([1.0, 0.0], [True, False]) == 0.0
    assert expected_calibration_error([1.0], [False]) == 1.0
    assert expected_calibration_error([], []) is None


def test_the_mean_of_nothing_is_nothing() -> None:
    """An empty set has no figure."""
    assert mean([]) is None
    assert mean([1.0, 2.0]) == 1.5
