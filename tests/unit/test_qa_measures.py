from __future__ import annotations

import pytest

from qa.measures import auroc, expected_calibration_error, mean, reciprocal_rank, success_at


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
