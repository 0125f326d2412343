"""An embedder that needs no model: texts with words in common have vectors that lie near each other."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Sequence

import numpy as np
from anyascii import anyascii

from index.embed import PassageInput

TOKEN = re.compile(r"\w+|[^\w\s]")


class FakeEmbedder:
    """Hashes folded words and their trigrams into a few dimensions, and counts what it was asked.

    Attributes:
        calls: how often passages were embedded.
        embedded: how many passages.
    """

    def __init__(
        self, name: str = "fake", fingerprint: str | None = None, dim: int = 64, seconds_a_batch: float = 0.0
    ) -> None:
        self.name = name
        self.fingerprint = fingerprint or f"{name}:{dim}"
        self.dim = dim
        self.seconds_a_batch = seconds_a_batch
        self.calls = 0
        self.embedded = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words, and a token for every four characters of a long one."""
        return [sum(1 + len(token) // 8 for token in TOKEN.findall(text)) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed queries. Returns: float32 (n, d), rows L2-normalised."""
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, self.dim)

    def embed_passages(self, inputs: Sequence[PassageInput]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Embed passages and their sentences, see Embedder."""
        self.calls += 1
        self.embedded += len(inputs)
        time.sleep(self.seconds_a_batch)
        vectors = np.array([self._vector(f"{each.title} {each.day} {each.text}") for each in inputs], np.float32)
        of_sentences = [
            np.array([self._vector(each.text[s.start : s.end]) for s in each.sentences], np.float32).reshape(
                -1, self.dim
            )
            for each in inputs
        ]
        return vectors.reshape(-1, self.dim), of_sentences

    def _vector(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dim)
        vector[0] = 0.01
        for word in re.findall(r"\w+", anyascii(text).lower()):
            grams = [word, *(f" {word} "[at : at + 3] for at in range(len(word)))]
            for gram in grams:
                code = zlib.crc32(gram.encode())
                vector[code % self.dim] += 1.0 if code & 0x10000 else -1.0
        return np.asarray(vector / np.linalg.norm(vector), np.float32)
