"""What is added to the packaged model's weights."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest

from index.adapter import SHIPPED, read_adapter, write_adapter

FIRST_LAYER, LAYERS = 4, 12
# (out, in) of the linear maps of multilingual-e5-small, by the end of their names.
SHAPES = {
    "attention.self.query": (384, 384),
    "attention.self.key": (384, 384),
    "attention.self.value": (384, 384),
    "attention.output.dense": (384, 384),
    "intermediate.dense": (1536, 384),
    "output.dense": (384, 1536),
}


@pytest.fixture
def maps() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """Two low-rank maps of different shapes, with values that float16 holds."""
    chance = np.random.default_rng(7)
    return {
        name: tuple(chance.integers(-8, 8, shape).astype(np.float32) / 16 for shape in ((out, 4), (4, into)))
        for name, out, into in (("layer.0.query", 6, 6), ("layer.1.up", 12, 6))
    }


def test_what_is_written_is_read(tmp_path: Path, maps: dict[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """The product of the two maps, by the name of what they change."""
    write_adapter(tmp_path / "adapter.npz", maps)
    changes = read_adapter(tmp_path / "adapter.npz")
    assert list(changes) == list(maps)
    for name, (up, down) in maps.items():
        assert changes[name].dtype == np.float32
        assert changes[name].shape == (len(up), down.shape[1])
        assert changes[name] == pytest.approx(up @ down)


def test_the_change_is_the_same_to_the_last_bit_on_every_machine(tmp_path: Path) -> None:
    """A model's fingerprint is made of its weights: the product is exact before it is rounded, in whatever order."""
    chance = np.random.default_rng(7)
    up, down = chance.normal(0, 0.02, (64, 8)), chance.normal(0, 0.02, (8, 64))
    write_adapter(tmp_path / "adapter.npz", {"a": (up, down)})
    (change,) = read_adapter(tmp_path / "adapter.npz").values()
    exact = up.astype(np.float16).astype(np.float64) @ down.astype(np.float16).astype(np.float64)
    assert np.array_equal(change, exact.astype(np.float32))


def test_the_shipped_adapter_fits_the_packaged_model() -> None:
    """It changes linear maps of the upper layers, each by a matrix of its shape, and not by nothing."""
    changes = read_adapter()
    layers = set()
    for name, change in changes.items():
        match = re.fullmatch(r"encoder\.layer\.(\d+)\.(.+)", name)
        assert match is not None, name
        layers.add(int(match[1]))
        assert (change.shape, change.dtype) == (SHAPES[match[2]], np.float32)
        assert np.isfinite(change).all()
        assert 0 < np.abs(change).max() < 1
    assert layers == set(range(FIRST_LAYER, LAYERS))


def test_the_shipped_adapter_is_small() -> None:
    """It comes with every copy of the project."""
    assert SHIPPED.stat().st_size < 2_000_000


def test_an_adapter_holds_no_objects(tmp_path: Path) -> None:
    """A file that would run code when it is read is refused."""
    np.savez(tmp_path / "adapter.npz", **{"a.up": np.array([{}], object), "a.down": np.zeros((1, 1), np.float16)})
    with pytest.raises(ValueError, match="allow_pickle"):
        read_adapter(tmp_path / "adapter.npz")
