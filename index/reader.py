"""Reads a question and a passage together: which of its sentences answers, and whether any does.

Vectors of whole texts say what a passage is about; whether it answers is seen where the question's tokens meet the
passage's. The model's states of a passage's tokens, projected to a few dimensions when the article is indexed, are
stored with it; those of a question are made when it is embedded anyway. A small transformer attends over both: late
interaction (Khattab and Zaharia 2020, "ColBERT") with stored, compressed tokens read by further layers (MacAvaney et
al. 2020, "PreTTR"). Fitted by scripts/fit_reader.py on the states of the adapted model.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import numpy as np

from index.embedded import PassageTokens

SHIPPED = Path(__file__).with_name("reader.npz")
HEADS = 4
SCALE = 8.0
"""Token vectors have length 1; times this, their entries are about 1, as layer normalisation wants them."""
SIDES = ("question", "passage")
QUESTION, HEADING, SENTENCE = 0, 1, 2
"""What a token is of."""
MAX_QUESTION_TOKENS = 48
MAX_LOG_ODDS = 8.0
"""Beyond it the reader is no surer than it can know."""


class Reader:
    """The fitted weights by name."""

    def __init__(self, weights: Mapping[str, np.ndarray]) -> None:
        self._weights = weights
        self._layers = len({name.split(".")[1] for name in weights if name.startswith("layers.")})
        projections = b"".join(weights[f"{of}.{name}"].tobytes() for of in SIDES for name in ("weight", "bias"))
        self.digest = hashlib.sha256(projections).hexdigest()
        """Changes whenever the tokens would that are stored."""

    def question_tokens(self, states: np.ndarray) -> np.ndarray:
        """Return float32 (t, TOKEN_DIM), rows L2-normalised, of a model's states (t, h) of a question."""
        return _unit(self._linear("question", states[:MAX_QUESTION_TOKENS]))

    def passage_tokens(self, states: np.ndarray) -> np.ndarray:
        """Return int8 (t, TOKEN_DIM) of a model's states (t, h) of a passage: the largest entry of a row is 127."""
        vectors = self._linear("passage", states)
        largest = np.maximum(np.abs(vectors).max(-1, keepdims=True, initial=0), 1e-6)
        return np.asarray(np.rint(vectors / largest * 127), np.int8)

    def read(
        self, question: np.ndarray, passages: Sequence[PassageTokens], cosines: Sequence[np.ndarray]
    ) -> list[np.ndarray]:
        """Score the sentences of passages for one question; all of them have tokens.

        Args:
            question: float32 (t, TOKEN_DIM), rows L2-normalised.
            cosines: for each passage float32 (s,), the centred cosines of the question with its sentences.

        Returns: for each passage float32 (s,), the log-odds that a sentence answers, within MAX_LOG_ODDS of 0.
        """
        return [self._read(question, *each) for each in zip(passages, cosines, strict=True)]

    def _read(self, question: np.ndarray, passage: PassageTokens, cosines: np.ndarray) -> np.ndarray:
        """Score the sentences of one passage: alone, all that is in between stays in a core's cache."""
        asked = len(question)
        vectors = _unit(passage.vectors.astype(np.float32))
        sentences = np.repeat(np.arange(-1, len(passage.counts) - 1), passage.counts)
        alike = question @ vectors.T  # (asked, t)
        kinds = np.concatenate([np.full(asked, QUESTION), np.where(sentences < 0, HEADING, SENTENCE)])
        matched = np.concatenate([alike.max(1), alike.max(0)])
        x = SCALE * np.concatenate([question, vectors]) + self._weights["segments"][kinds]
        x = np.asarray(x + matched[:, None] * self._weights["matches"][kinds], np.float32)
        for layer in range(self._layers):
            x = self._attend(f"layers.{layer}", x)
        x = self._norm("norm", x)
        scores = self._score(x[:asked], x[asked:], sentences, alike, cosines)
        return np.asarray(np.clip(scores, -MAX_LOG_ODDS, MAX_LOG_ODDS))

    def _attend(self, layer: str, x: np.ndarray) -> np.ndarray:
        """Return (t, d) for x (t, d)."""
        t, d = x.shape
        y = self._norm(f"{layer}.norm1", x)
        q, k, v = (self._linear(f"{layer}.{part}", y).reshape(t, HEADS, -1).transpose(1, 0, 2) for part in "qkv")
        weights = (q / np.float32((d // HEADS) ** 0.5)) @ k.transpose(0, 2, 1)
        np.exp(weights - weights.max(-1, keepdims=True), out=weights)
        read = (weights @ v) / weights.sum(-1, keepdims=True)
        x = x + self._linear(f"{layer}.o", read.transpose(1, 0, 2).reshape(t, d))
        up = _gelu(self._linear(f"{layer}.up", self._norm(f"{layer}.norm2", x)))
        return np.asarray(x + self._linear(f"{layer}.down", up))

    def _score(
        self, question: np.ndarray, tokens: np.ndarray, sentences: np.ndarray, alike: np.ndarray, cosines: np.ndarray
    ) -> np.ndarray:
        """Return float32 (s,) from what attention made of the tokens, and how alike those that went in were."""
        scores = np.full(len(cosines), -MAX_LOG_ODDS, np.float32)
        asked, in_passage = question.mean(0), alike.max(1).mean()
        for sentence, cosine in enumerate(cosines):
            mine = sentences == sentence
            if mine.any():
                direct = np.array([cosine, alike[:, mine].max(1).mean(), in_passage], np.float32)
                pooled = np.concatenate([tokens[mine].mean(0), tokens[mine].max(0), asked, direct])
                hidden = _gelu(self._linear("hidden", pooled))
                scores[sentence] = (self._linear("score", hidden) + self._linear("direct", direct))[0]
        return scores

    def _linear(self, name: str, x: np.ndarray) -> np.ndarray:
        return np.asarray(x @ self._weights[f"{name}.weight"].T + self._weights[f"{name}.bias"])

    def _norm(self, name: str, x: np.ndarray) -> np.ndarray:
        centred = x - x.mean(-1, keepdims=True)
        scale = np.sqrt((centred * centred).mean(-1, keepdims=True) + np.float32(1e-5))
        return np.asarray(centred / scale * self._weights[f"{name}.weight"] + self._weights[f"{name}.bias"])


def _unit(vectors: np.ndarray) -> np.ndarray:
    """Scale the last axis to length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-6), np.float32)


def _gelu(x: np.ndarray) -> np.ndarray:
    """Return the Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016)."""
    return np.asarray(0.5 * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x))))


@cache
def load_reader(path: Path = SHIPPED) -> Reader:
    """Read the weights."""
    with np.load(path, allow_pickle=False) as file:
        return Reader({name: file[name].astype(np.float32) for name in file.files})
