"""Finds the passages that speak of what a query asks: vectors, words, names, sentences and reading in one score.

The nearest vectors and the passages that share words or names with the query are weighed by what needs no text;
of the best of them the sentences are compared, and the best of those are read together with the query. The score of
index/ranking.py orders them each time.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from index.analyze import name_terms, word_terms
from index.database import PassageRow, read_passages, read_tokens
from index.embedded import QuestionVectors
from index.generation import Generation, day_range
from index.ranking import Signals, load_ranking, rank_features
from index.reader import MAX_LOG_ODDS, Reader, load_reader
from index.records import Article, Filters, Hit
from index.store import Reading

NEAREST_VECTORS = 200
NEAREST_TERMS = 50
RERANKED = 30
"""Passages whose sentences are compared, at least; three for each hit that is asked for."""
LEADING_ARTICLES = 5
"""Of which all passages are read; copies of one story may be among them."""
MAX_LEADING_PASSAGES = 120
READ = 16
"""Passages that are read together with the query."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for.

    Attributes:
        vectors: as the model gave them.
    """

    text: str
    language: str
    vectors: QuestionVectors


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that may answer, with what speaks for it.

    Attributes:
        score: what candidates are ranked by.
        cosine: of query and passage, centred.
        words: coverage of the query's words, 0 where the language differs.
        names: coverage of the query's names and numbers.
        sentences: float32 (s,), centred cosine of the query with each of the passage's sentences.
        reading: float32 (s,), the log-odds that each of them answers, as index/reader.py reads them; None where the
            passage was not read.
    """

    article: Article
    row: PassageRow
    score: float
    cosine: float
    words: float
    names: float
    sentences: np.ndarray
    reading: np.ndarray | None = None


def find_candidates(
    reading: Reading, query: Query, filters: Filters, k: int, reader: Reader | None = None
) -> list[Candidate]:
    """Return passages for a query, best first: enough for k hits from different articles.

    All passages of the leading articles are among them, so that whoever quotes has the whole article to choose from.

    Args:
        reader: reads the best together with the query; the shipped one unless given.
    """
    generation = reading.generation
    xq = generation.means.centre(query.vectors.whole, "questions", query.language)
    mask = generation.mask(filters)
    if mask is not None and not mask.any():
        return []
    _, nearest = generation.vectors.search(xq, max(NEAREST_VECTORS, 3 * k), mask)
    words, names = _term_coverage(generation, query, filters)
    table = generation.table
    found = np.union1d(nearest, _positions(table["number"], [*words, *names]))
    first = _weigh(generation, query, xq, found, words, names)
    order = np.argsort(-first.scores, kind="stable")
    leading = list(dict.fromkeys(table["article"][found[order]].tolist()))[:LEADING_ARTICLES]
    whole = np.flatnonzero(np.isin(table["article"], leading))[:MAX_LEADING_PASSAGES]
    best = np.union1d(found[order[: max(RERANKED, 3 * k)]], whole)
    candidates = _compare(reading, xq, _weigh(generation, query, xq, best, words, names))
    return _read(reading, query, candidates, reader or load_reader())


@dataclass(frozen=True, slots=True)
class _Weighed:
    """Passages by position with their first score and what it rests on, arrays of the same length."""

    positions: np.ndarray
    scores: np.ndarray
    signals: Signals


def _weigh(
    generation: Generation,
    query: Query,
    xq: np.ndarray,
    positions: np.ndarray,
    words: dict[int, float],
    names: dict[int, float],
) -> _Weighed:
    """Score passages by all that needs no text."""
    numbers = generation.table["number"][positions].tolist()
    languages = generation.table["language"][positions]
    own = _codes(generation, query.language, languages)
    cosines = generation.vectors.products(xq, positions)
    of_words = np.where(own, np.array([words.get(number, 0.0) for number in numbers], np.float32), 0)
    of_names = np.array([names.get(number, 0.0) for number in numbers], np.float32)
    signals = Signals(own, cosines, of_words, of_names)
    return _Weighed(positions, load_ranking().score(rank_features(signals), own), signals)


def _compare(reading: Reading, xq: np.ndarray, weighed: _Weighed) -> list[Candidate]:
    """Fetch passages and weigh in their sentences. Returns: best first; passages that are gone are left out."""
    generation, signals = reading.generation, weighed.signals
    numbers = generation.table["number"][weighed.positions].tolist()
    rows = read_passages(reading.connection, numbers)
    sentences = [
        generation.means.centre(row.sentence_vectors, "sentences", article.language) @ xq
        for row, article in (rows[number] for number in numbers if number in rows)
    ]
    there = np.array([number in rows for number in numbers], bool)
    signals = Signals(
        signals.own[there],
        signals.cosines[there],
        signals.words[there],
        signals.names[there],
        np.array([each.max(initial=-1) for each in sentences], np.float32),
    )
    scores = load_ranking().score(rank_features(signals), signals.own)
    candidates = []
    for at, number in enumerate(number for number in numbers if number in rows):
        row, article = rows[number]
        candidates.append(
            Candidate(
                article=article,
                row=row,
                score=float(scores[at]),
                cosine=float(signals.cosines[at]),
                words=float(signals.words[at]),
                names=float(signals.names[at]),
                sentences=sentences[at],
            )
        )
    return sorted(candidates, key=lambda candidate: -candidate.score)


def _read(reading: Reading, query: Query, candidates: list[Candidate], reader: Reader) -> list[Candidate]:
    """Read the best candidates together with the query and weigh that in. Returns: best first."""
    tokens = read_tokens(reading.connection, [each.row.number for each in candidates[:READ]])
    there = [each for each in candidates[:READ] if each.row.number in tokens]
    if not there or not len(query.vectors.tokens):
        return candidates
    answers = reader.read(
        query.vectors.tokens, [tokens[each.row.number] for each in there], [each.sentences for each in there]
    )
    cosines, words, names = np.array([(each.cosine, each.words, each.names) for each in there], np.float32).T
    signals = Signals(
        np.array([each.article.language == query.language for each in there], bool),
        cosines,
        words,
        names,
        sentences=np.array([each.sentences.max(initial=-1) for each in there], np.float32),
        reading=np.array([of_passage.max(initial=-MAX_LOG_ODDS) for of_passage in answers], np.float32),
    )
    scores = load_ranking().score(rank_features(signals), signals.own).tolist()
    read = {
        each.row.number: replace(each, score=score, reading=of_passage)
        for each, score, of_passage in zip(there, scores, answers, strict=True)
    }
    return sorted((read.get(each.row.number, each) for each in candidates), key=lambda each: -each.score)


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
