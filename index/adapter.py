"""What Vestka taught the packaged model: low-rank changes of its weights, added to them when the model is loaded.

The packaged multilingual-e5-small finds evidence in the question's own language better than in another, and the
sentence on the subject better than the one that answers. A low-rank adaptation (Hu et al. 2022, "LoRA") is fitted by
scripts/fit_adapter.py and shipped as a small file; merged into the weights, it costs nothing when asking. Merging is
one product a matrix, so that no library for adapters is needed to run Vestka.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

SHIPPED = Path(__file__).with_name("adapter.npz")


def read_adapter(path: Path = SHIPPED) -> dict[str, np.ndarray]:
    """Return what is added to each weight matrix, float32 (out, in), by the name of its linear map.

    The file holds `NAME.up`, float16 (out, r), and `NAME.down`, float16 (r, in).
    """
    with np.load(path, allow_pickle=False) as file:
        names = [key.removesuffix(".up") for key in file.files if key.endswith(".up")]
        # In float64 the sums of products of float16 come out the same on every machine, and so do fingerprints.
        return {
            name: np.asarray(
                file[f"{name}.up"].astype(np.float64) @ file[f"{name}.down"].astype(np.float64), np.float32
            )
            for name in names
        }


def write_adapter(path: Path, maps: Mapping[str, tuple[np.ndarray, np.ndarray]]) -> None:
    """Write low-rank maps (up, down) by the names of the linear maps that they change."""
    arrays: dict[str, np.ndarray] = {}
    for name, (up, down) in maps.items():
        arrays |= {f"{name}.up": up.astype(np.float16), f"{name}.down": down.astype(np.float16)}
    np.savez(path, allow_pickle=False, **arrays)
