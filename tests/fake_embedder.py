"""An embedder that needs no model: texts with words in common have vectors that lie near each other."""

from __future__ import annotations

import re
import time
import zlib
from collections.abc import Sequence

import numpy as np
from anyascii import anyascii

from index.embed import PassageInput
from index.embedded import TOKEN_DIM, PassageTokens, PassageVectors, QuestionVectors

TOKEN = re.compile(r"\w+|[^\w\s]")


class FakeEmbedder:
    """Hashes folded words and their trigrams into a few dimensions, and counts what it was asked.

    With `tokens` each word has a token to read; without, as with a model that the reader does not know, there is none.

    Attributes:
        calls: how often passages were embedded.
        embedded: how many passages.
    """

    def __init__(
        self,
        name: str = "fake",
        fingerprint: str | None = None,
        dim: int = 64,
        seconds_a_batch: float = 0.0,
        *,
        tokens: bool = False,
    ) -> None:
        self.name = name
        self.fingerprint = fingerprint or f"{name}:{dim}"
        self.dim = dim
        self.seconds_a_batch = seconds_a_batch
        self.tokens = tokens
        self.calls = 0
        self.embedded = 0

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Count words, and a token for every four characters of a long one."""
        return [sum(1 + len(token) // 8 for token in TOKEN.findall(text)) for text in texts]

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed queries. Returns: float32 (n, d), rows L2-normalised."""
        return np.array([self._vector(text) for text in texts], np.float32).reshape(-1, self.dim)

    def embed_question(self, text: str) -> QuestionVectors:
        """Embed a question with its tokens, see Embedder."""
        tokens = self._tokens([text]).vectors.astype(np.float32)
        tokens /= np.linalg.norm(tokens, axis=1, keepdims=True)
        return QuestionVectors(self.embed_queries([text])[0], tokens)

    def embed_passages(self, inputs: Sequence[PassageInput]) -> list[PassageVectors]:
        """Embed passages with their sentences and tokens, see Embedder."""
        self.calls += 1
        self.embedded += len(inputs)
        time.sleep(self.seconds_a_batch)
        embedded = []
        for each in inputs:
            sentences = [each.text[span.start : span.end] for span in each.sentences]
            whole = self._vector(f"{each.title} {each.day} {each.text}")
            tokens = self._tokens([f"{each.title} {each.day}", *sentences])
            embedded.append(PassageVectors(whole, self.embed_queries(sentences), tokens))
        return embedded

    def _tokens(self, texts: Sequence[str]) -> PassageTokens:
        """Return a token for each word of a heading and of sentences; the same for the same word."""
        words = [re.findall(r"\w+", anyascii(text).lower()) if self.tokens else [] for text in texts]
        codes = [zlib.crc32(word.encode()) for of_text in words for word in of_text]
        vectors = [np.random.default_rng(code).integers(-127, 128, TOKEN_DIM) for code in codes]
        counts = np.array([len(of_text) for of_text in words])
        return PassageTokens(np.array(vectors, np.int8).reshape(-1, TOKEN_DIM), counts)

    def _vector(self, text: str) -> np.ndarray:
        vector = np.zeros(self.dim)
        vector[0] = 0.01
        for word in re.findall(r"\w+", anyascii(text).lower()):
            grams = [word, *(f" {word} "[at : at + 3] for at in range(len(word)))]
            for gram in grams:
                code = zlib.crc32(gram.encode())
                vector[code % self.dim] += 1.0 if code & 0x10000 else -1.0
        return np.asarray(vector / np.linalg.norm(vector), np.float32)
