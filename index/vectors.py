"""Nearest vectors by inner product; the one owner of faiss."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np


class VectorIndex:
    """Exact search over the vectors of a generation, by position in its passage table."""

    def __init__(self, faiss_index: faiss.Index) -> None:
        self._faiss_index = faiss_index

    @classmethod
    def build(cls, xb: np.ndarray) -> VectorIndex:
        """Build from float32 (n, d), rows L2-normalised."""
        faiss_index = faiss.IndexFlatIP(xb.shape[1])
        faiss_index.add(np.ascontiguousarray(xb, np.float32))
        return cls(faiss_index)

    @classmethod
    def load(cls, path: Path) -> VectorIndex:
        """Memory-map an index from its file, so that processes share its pages."""
        return cls(faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC))

    def save(self, path: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._faiss_index, str(path))

    def __len__(self) -> int:
        return int(self._faiss_index.ntotal)

    def search(self, xq: np.ndarray, k: int, mask: np.ndarray | None = None) -> tuple[np.ndarray, np.ndarray]:
        """Find the k nearest of one query vector.

        Args:
            xq: float32 (d,), L2-normalised.
            k: how many at most.
            mask: bool (n,), which positions may be found; all when None.

        Returns: float32 (m,) inner products and int64 (m,) positions, best first, m <= k.
        """
        k = min(k, len(self))
        if k == 0:
            return np.empty(0, np.float32), np.empty(0, np.int64)
        parameters = None
        if mask is not None:
            # The selector keeps a pointer into `bits`, which therefore has to outlive the search.
            bits = np.packbits(mask, bitorder="little")
            selector = faiss.IDSelectorBitmap(len(mask), faiss.swig_ptr(bits))
            parameters = faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]
        D, I = self._faiss_index.search(xq[None, :].astype(np.float32), k, params=parameters)  # noqa: E741
        found = I[0] >= 0
        return D[0][found], I[0][found]

    def products(self, xq: np.ndarray, positions: np.ndarray) -> np.ndarray:
        """Return float32 (m,): the inner products of a query vector with the vectors at some positions."""
        if len(positions) == 0:
            return np.empty(0, np.float32)
        rows = self._faiss_index.reconstruct_batch(np.ascontiguousarray(positions, np.int64))
        return np.asarray(rows @ xq.astype(np.float32), np.float32)
