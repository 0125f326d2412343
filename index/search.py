"""Finds the passages that speak of what a query asks: vectors, words, names and sentences in one score.

    score = cosine                                 of query and passage, both centred
          + max(0, coverage - 0.5)                 words, where passage and query share the language
          + 0.15 * coverage                        names and numbers, where they do not
          + 0.5 * best cosine                      of the query with a sentence of the passage

Only high word coverage counts: a little of it lifts every passage in the query's own language, and with it
buries the evidence in another.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from index.analyze import name_terms, word_terms
from index.database import PassageRow, read_passages
from index.generation import Generation, day_range
from index.records import Article, Filters, Hit
from index.store import Reading

WORDS_ABOVE = 0.5
NAMES_WEIGHT = 0.15
SENTENCES_WEIGHT = 0.5
NEAREST_VECTORS = 200
NEAREST_TERMS = 50
RERANKED = 30
"""Passages whose sentences are compared, at least; three for each hit that is asked for."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: float32 (d,) as the model gave it, the text it came from, and its language."""

    text: str
    language: str
    vector: np.ndarray


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with what speaks for it.

    Attributes:
        score: what candidates are ranked by.
        cosine: of query and passage, centred.
        raw_cosine: the same as the model gave them.
        words: coverage of the query's words, 0 where the language differs.
        names: coverage of the query's names and numbers.
        sentences: float32 (s,), centred cosine of the query with each of the passage's sentences.
    """

    article: Article
    row: PassageRow
    score: float
    cosine: float
    raw_cosine: float
    words: float
    names: float
    sentences: np.ndarray


def find_candidates(reading: Reading, query: Query, filters: Filters, k: int) -> list[Candidate]:
    """Return passages for a query, best first: enough for k hits from different articles."""
    generation = reading.generation
    xq = generation.means.centre(query.vector, "questions", query.language)
    _, positions = generation.vectors.search(xq, max(NEAREST_VECTORS, 3 * k), generation.mask(filters))
    words, names = _term_coverage(generation, query, filters)
    table = generation.table
    by_terms = _positions(table["number"], [*words, *names])
    positions = np.union1d(positions, by_terms)
    if len(positions) == 0:
        return []
    cosines = generation.vectors.products(xq, positions)
    numbers = table["number"][positions]
    own = _codes(generation, query.language, table["language"][positions])
    word_shares = np.array([words.get(number, 0.0) for number in numbers.tolist()], np.float32)
    name_shares = np.array([names.get(number, 0.0) for number in numbers.tolist()], np.float32)
    scores = cosines + np.where(own, np.maximum(0, word_shares - WORDS_ABOVE), NAMES_WEIGHT * name_shares)
    best = np.argsort(-scores, kind="stable")[: max(RERANKED, 3 * k)]
    rows = read_passages(reading.connection, numbers[best].tolist())
    candidates = []
    for at in best:
        found = rows.get(int(numbers[at]))
        if found is None:
            continue
        row, article = found
        sentences = generation.means.centre(row.sentence_vectors, "sentences", article.language) @ xq
        candidates.append(
            Candidate(
                article=article,
                row=row,
                score=float(scores[at] + SENTENCES_WEIGHT * sentences.max(initial=-1)),
                cosine=float(cosines[at]),
                raw_cosine=float(row.vector.astype(np.float32) @ query.vector),
                words=float(word_shares[at]) if own[at] else 0.0,
                names=float(name_shares[at]),
                sentences=sentences,
            )
        )
    return sorted(candidates, key=lambda candidate: -candidate.score)


def best_hits(candidates: list[Candidate], k: int, *, per_article: bool = True) -> list[Hit]:
    """Return the k best candidates as hits, at most one an article if so wished."""
    hits: list[Hit] = []
    seen: set[str] = set()
    for candidate in candidates:
        if len(hits) == k:
            break
        if per_article and candidate.article.article_id in seen:
            continue
        seen.add(candidate.article.article_id)
        hits.append(Hit(len(hits) + 1, candidate.score, candidate.article, candidate.row.passage))
    return hits


def _term_coverage(generation: Generation, query: Query, filters: Filters) -> tuple[dict[int, float], dict[int, float]]:
    days = day_range(filters)
    in_language = int(_codes(generation, query.language, generation.table["language"]).sum())
    coverage = []
    for field, terms, passages in (
        ("words", word_terms(query.text, query.language), in_language),
        ("names", name_terms(query.text), len(generation.table)),
    ):
        weights = generation.words.idf(field, terms, passages)
        coverage.append(generation.words.coverage(field, weights, NEAREST_TERMS, filters, days))
    return coverage[0], coverage[1]


def _codes(generation: Generation, language: str, codes: np.ndarray) -> np.ndarray:
    """Return bool, same shape: which language codes are those of a language."""
    if language not in generation.languages:
        return np.zeros(codes.shape, bool)
    return np.asarray(codes == generation.languages.index(language))


def _positions(sorted_numbers: np.ndarray, numbers: list[int]) -> np.ndarray:
    """Return the positions of passage numbers in the table, which is sorted by them."""
    wanted = np.unique(np.array(numbers, np.int64))
    at: np.ndarray = np.searchsorted(sorted_numbers, wanted)
    at, wanted = at[at < len(sorted_numbers)], wanted[at < len(sorted_numbers)]
    found: np.ndarray = at[sorted_numbers[at] == wanted]
    return found
