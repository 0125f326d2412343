from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.centre import normalise
from index.vectors import VectorIndex


@pytest.fixture
def xb() -> np.ndarray:
    """Some unit vectors, float32 (50, 8)."""
    return normalise(np.random.default_rng(7).normal(size=(50, 8)))


def test_the_nearest_come_first_with_their_inner_products(xb: np.ndarray) -> None:
    """Search is exact."""
    products, positions = VectorIndex.build(xb).search(xb[3], 10)
    assert positions.tolist() == np.argsort(-(xb @ xb[3]), kind="stable")[:10].tolist()
    assert products == pytest.approx((xb @ xb[3])[positions], abs=1e-6)


def test_a_mask_leaves_only_what_it_allows(xb: np.ndarray) -> None:
    """Filtered search gives the nearest of the allowed ones, all of them if need be."""
    for allowed in ([], [49], [0, 7, 8, 31], list(range(50))):
        mask = np.zeros(50, bool)
        mask[allowed] = True
        _, positions = VectorIndex.build(xb).search(xb[3], 50, mask)
        assert sorted(positions.tolist()) == allowed


def test_more_than_there_are_gives_all_there_are(xb: np.ndarray) -> None:
    """No padding comes back."""
    assert len(VectorIndex.build(xb).search(xb[0], 1000)[1]) == 50


def test_an_empty_index_finds_nothing() -> None:
    """An archive from which everything was removed can still be asked."""
    index = VectorIndex.build(np.empty((0, 8), np.float32))
    assert len(index) == 0
    assert [len(part) for part in index.search(np.ones(8, np.float32), 5)] == [0, 0]


def test_products_at_positions_are_inner_products(xb: np.ndarray) -> None:
    """Any position can be scored, found or not."""
    index = VectorIndex.build(xb)
    assert index.products(xb[1], np.array([4, 2, 4])) == pytest.approx(xb[[4, 2, 4]] @ xb[1], abs=1e-6)
    assert index.products(xb[1], np.array([], np.int64)).shape == (0,)


def test_a_saved_index_is_the_same_index(xb: np.ndarray, tmp_path: Path) -> None:
    """The memory-mapped file answers as the index in memory did."""
    index = VectorIndex.build(xb)
    index.save(tmp_path / "vectors.faiss")
    loaded = VectorIndex.load(tmp_path / "vectors.faiss")
    mask = np.arange(50) % 3 == 0
    for one, other in zip(index.search(xb[9], 9, mask), loaded.search(xb[9], 9, mask), strict=True):
        assert np.array_equal(one, other)
    assert np.array_equal(index.products(xb[9], np.arange(50)), loaded.products(xb[9], np.arange(50)))
