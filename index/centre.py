"""Language centring: what makes passages in different languages comparable.

A multilingual encoder writes the language into the vector, so that any passage in the question's own
language lies nearer than the right one in another. Subtracting the mean of each language's vectors, and
normalising again, takes that away (Libovický et al. 2020, "On the Language Neutrality of Pre-trained
Multilingual Representations").
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

SHIPPED = Path(__file__).with_name("language_means.npz")
PRIOR_PASSAGES = 100
"""How many passages the shipped means weigh against the archive's own."""

OTHER = "other"
"""Stands for every language without means of its own: the average of the languages that have some."""

KINDS = ("questions", "passages", "sentences")


@dataclass(frozen=True, slots=True)
class LanguageMeans:
    """The mean vectors by language of questions, passages and sentences.

    Attributes:
        languages: codes; the last is OTHER.
        questions, passages, sentences: float32 (l, d), a row a language.
    """

    languages: tuple[str, ...]
    questions: np.ndarray
    passages: np.ndarray
    sentences: np.ndarray

    def centre(self, vectors: np.ndarray, kind: str, language: str) -> np.ndarray:
        """Centre vectors of one kind and language. Returns: float32, same shape, rows L2-normalised."""
        means: np.ndarray = getattr(self, kind)
        row = self.languages.index(language) if language in self.languages else len(self.languages) - 1
        return normalise(vectors.astype(np.float32) - means[row])

    def save(self, path: Path, fingerprint: str = "") -> None:
        """Write the means to an .npz file, with the fingerprint of the model they belong to."""
        np.savez(
            path,
            languages=np.array(self.languages),
            fingerprint=np.array(fingerprint),
            questions=self.questions,
            passages=self.passages,
            sentences=self.sentences,
        )

    @classmethod
    def load(cls, path: Path) -> LanguageMeans:
        """Read means from an .npz file."""
        with np.load(path, allow_pickle=False) as file:
            return cls(tuple(str(code) for code in file["languages"]), *(file[kind] for kind in KINDS))


def shipped_means(fingerprint: str, dim: int) -> LanguageMeans:
    """Return the means shipped for a model; for another model zeros, which centre nothing."""
    if SHIPPED.is_file():
        with np.load(SHIPPED, allow_pickle=False) as file:
            matches = str(file["fingerprint"]) == fingerprint
        if matches:
            return LanguageMeans.load(SHIPPED)
    zeros = np.zeros((1, dim), np.float32)
    return LanguageMeans((OTHER,), zeros, zeros, zeros)


def blend_means(
    prior: LanguageMeans,
    languages: Sequence[str],
    sums: Mapping[str, tuple[np.ndarray, np.ndarray, int, int]],
) -> LanguageMeans:
    """Blend shipped means with an archive's own, each language by how much of it there is.

    mean = (n0 * shipped + n * own) / (n0 + n), n0 = PRIOR_PASSAGES. A question's mean is moved as far as its
    language's passages moved away from those of OTHER when nothing is shipped for the language.

    Args:
        prior: the shipped means.
        languages: those of the archive.
        sums: by language, float (d,) sum of passage vectors, the same of sentence vectors, and how many of each.
    """
    codes = [*dict.fromkeys((*prior.languages[:-1], *languages)), OTHER]
    rows: dict[str, list[np.ndarray]] = {kind: [] for kind in KINDS}
    for code in codes:
        known = code in prior.languages
        at = prior.languages.index(code) if known else len(prior.languages) - 1
        own = sums.get(code)
        passage, sentence, question = prior.passages[at], prior.sentences[at], prior.questions[at]
        if own is not None:
            of_passages, of_sentences, n, m = own
            blended = (PRIOR_PASSAGES * passage + of_passages) / (PRIOR_PASSAGES + n)
            question = question if known and code != OTHER else question + (blended - passage)
            sentence = (PRIOR_PASSAGES * sentence + of_sentences) / (PRIOR_PASSAGES + m)
            passage = blended
        for kind, row in zip(KINDS, (question, passage, sentence), strict=True):
            rows[kind].append(row)
    return LanguageMeans(tuple(codes), *(np.array(rows[kind], np.float32) for kind in KINDS))


def normalise(vectors: np.ndarray) -> np.ndarray:
    """Scale the last axis to length 1; a zero vector stays zero. Returns: float32."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), np.float32)
