"""The records of what a model makes of questions and passages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

TOKEN_DIM = 64
"""Length of a token's vector: a projection of the model's state that index/reader.py was fitted with."""


@dataclass(frozen=True, slots=True)
class QuestionVectors:
    """What a model makes of a question.

    Attributes:
        whole: float32 (d,), L2-normalised.
        tokens: float32 (t, TOKEN_DIM), rows L2-normalised; none where the model's states cannot be read.
    """

    whole: np.ndarray
    tokens: np.ndarray


@dataclass(frozen=True, slots=True)
class PassageTokens:
    """The tokens of a passage.

    Attributes:
        vectors: int8 (t, TOKEN_DIM); their directions count, not their lengths.
        counts: int (1 + s,), how many of them are of the heading and of each of the s sentences, in this order.
    """

    vectors: np.ndarray
    counts: np.ndarray


@dataclass(frozen=True, slots=True)
class PassageVectors:
    """What a model makes of a passage.

    Attributes:
        whole: float32 (d,), L2-normalised, so that an inner product is a cosine in [-1, 1].
        sentences: float32 (s, d), rows L2-normalised.
        tokens: none where the model's states cannot be read.
    """

    whole: np.ndarray
    sentences: np.ndarray
    tokens: PassageTokens
