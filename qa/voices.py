"""Which articles tell the same story: syndicated copies and translations, so that one voice is counted once.

Two texts are a copy or a translation of each other when the sentences of the shorter one are found in the longer one,
in whatever language:

    alignment = sum of length * cosine, over the sentences that are each other's nearest / length of the shorter text

and when they bear the same numbers and were published within days. An outlet's own report on the same subject has
few sentences that are another's, and last year's edition of the same statistic has other numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.database import read_passages
from index.records import Article
from index.search import Candidate
from index.store import Reading
from index.timestamps import day_number
from qa.figures import number_values
from qa.records import Citation, Copy, Support

# Chosen by scripts/fit_voices.py.
MIN_ALIGNMENT_SAME = 0.55
MIN_ALIGNMENT_OTHER = 0.38
"""From which alignment on two texts in one language, or in two, tell the same story."""
MIN_SHARE = 0.5
"""Of the articles of a story, so many have to be copies or translations of one that joins it."""
MAX_DAYS_APART = 7
MAX_PASSAGES, MAX_SENTENCES = 12, 60
"""So much of an article's beginning is compared."""
SMALL_NUMBER = 10
"""Whole numbers below are as often written in words."""
UNDATED = "9999"


@dataclass(frozen=True, slots=True)
class Telling:
    """An article with the sentences that it is compared by.

    Attributes:
        sentences: float32 (s, d), centred, L2-normalised.
        lengths: int (s,), characters of each.
    """

    article: Article
    sentences: np.ndarray
    lengths: np.ndarray


def find_stories(reading: Reading, candidates: Sequence[Candidate]) -> dict[str, int]:
    """Return the number of the story that each candidate's article tells; see group_stories."""
    return group_stories(read_tellings(reading, candidates))


def read_tellings(reading: Reading, candidates: Sequence[Candidate]) -> list[Telling]:
    """Read what the candidates' articles are compared by, in the candidates' order."""
    generation = reading.generation
    rows = {candidate.row.number: candidate.row for candidate in candidates}
    one_of = {candidate.article.article_id: candidate for candidate in candidates}
    numbers = _passage_numbers(generation.table, [candidate.row.number for candidate in one_of.values()])
    missing = [number for of_article in numbers for number in of_article if number not in rows]
    rows |= {number: row for number, (row, _) in read_passages(reading.connection, missing).items()}
    tellings = []
    for candidate, of_article in zip(one_of.values(), numbers, strict=True):
        there = [rows[number] for number in of_article if number in rows]
        lengths = [span.end - span.start for row in there for span in row.passage.sentences][:MAX_SENTENCES]
        if lengths:
            vectors = np.concatenate([row.sentence_vectors for row in there])[:MAX_SENTENCES]
            centred = generation.means.centre(vectors, "sentences", candidate.article.language)
            tellings.append(Telling(candidate.article, centred, np.array(lengths)))
    return tellings


def group_stories(tellings: Sequence[Telling]) -> dict[str, int]:
    """Return the number of the story that each article tells, from 0 for the story that was told first.

    The articles come in the order in which they were published, those of unknown date last.
    """
    ordered = sorted(tellings, key=_earliest_first)
    partners = _partners(ordered)
    stories: list[set[int]] = []
    number_of: dict[str, int] = {}
    for at, telling in enumerate(ordered):
        shares = [len(story & partners[at]) / len(story) for story in stories]
        number = shares.index(max(shares)) if max(shares, default=0) >= MIN_SHARE else len(stories)
        if number == len(stories):
            stories.append(set())
        stories[number].add(at)
        number_of[telling.article.article_id] = number
    return number_of


def align(first: Telling, second: Telling) -> float:
    """Return how much of the shorter text the other one says too, in [0, 1]."""
    if first.lengths.sum() > second.lengths.sum():
        first, second = second, first
    cosines = first.sentences @ second.sentences.T
    there = cosines.argmax(1)
    mutual = cosines.argmax(0)[there] == np.arange(len(there))
    best = np.maximum(cosines.max(1), 0)
    return float((first.lengths * best)[mutual].sum() / max(1, first.lengths.sum()))


def telling_numbers(article: Article) -> frozenset[float]:
    """Return what the numbers of an article are worth, small ones left out."""
    numbers = number_values(f"{article.title}\n{article.text}")
    return frozenset(number for number in numbers if number >= SMALL_NUMBER or number % 1)


def numbers_differ(first: frozenset[float], second: frozenset[float]) -> bool:
    """Say whether most numbers of the text that has fewer are missing from the other."""
    shared = len(first & second)
    missing = min(len(first), len(second)) - shared
    return missing > shared


def list_copies(article_id: str, stories: Mapping[str, int], articles: Mapping[str, Article]) -> tuple[Copy, ...]:
    """Return the other articles that tell an article's story, earliest first.

    Args:
        stories: as find_stories gives them.
        articles: by id, those that may be listed.
    """
    if article_id not in stories:
        return ()
    return tuple(
        Copy(other.article_id, other.title, other.url, other.published, other.language, other.source)
        for other_id, story in stories.items()
        if story == stories[article_id] and other_id != article_id and (other := articles.get(other_id)) is not None
    )


def count_support(citations: Iterable[Citation], stories: Mapping[str, int]) -> Support:
    """Count the stories that are cited, and name the languages of the quotations in their order."""
    cited = list(citations)
    told = {stories.get(citation.article_id, citation.article_id) for citation in cited}
    return Support(len(told), tuple(dict.fromkeys(citation.language for citation in cited)))


def _partners(tellings: Sequence[Telling]) -> list[set[int]]:
    """Return for each article the positions of those that are copies or translations of it."""
    partners: list[set[int]] = [set() for _ in tellings]
    numbers: dict[int, frozenset[float]] = {}
    days = [day_number(telling.article.published) for telling in tellings]
    for first, second in _promising(tellings):
        one, other = days[first], days[second]
        if one is not None and other is not None and abs(one - other) > MAX_DAYS_APART:
            continue
        if align(tellings[first], tellings[second]) < _min_alignment(tellings[first], tellings[second]):
            continue
        for at in (first, second):
            if at not in numbers:
                numbers[at] = telling_numbers(tellings[at].article)
        if not numbers_differ(numbers[first], numbers[second]):
            partners[first].add(second)
            partners[second].add(first)
    return partners


def _promising(tellings: Sequence[Telling]) -> list[tuple[int, int]]:
    """Return the pairs that may be aligned well enough: alignment counts some of the nearest sentences, this all."""
    if len(tellings) < 2:
        return []
    lengths = [telling.lengths for telling in tellings]
    starts = np.cumsum([0, *(len(each) for each in lengths[:-1])])
    sentences = np.concatenate([telling.sentences for telling in tellings])
    nearest = np.maximum(np.maximum.reduceat(sentences @ sentences.T, starts, axis=1), 0)
    totals = np.array([each.sum() for each in lengths])
    bound = np.add.reduceat(nearest * np.concatenate(lengths)[:, None], starts, axis=0) / np.maximum(1, totals)[:, None]
    return [
        (first, second)
        for second in range(len(tellings))
        for first in range(second)
        if bound[(first, second) if totals[first] <= totals[second] else (second, first)]
        >= _min_alignment(tellings[first], tellings[second])
    ]


def _min_alignment(first: Telling, second: Telling) -> float:
    return MIN_ALIGNMENT_SAME if first.article.language == second.article.language else MIN_ALIGNMENT_OTHER


def _passage_numbers(table: np.ndarray, passages: Sequence[int]) -> list[list[int]]:
    """Return for each of some passages the numbers of its article's first passages.

    Numbers are given as articles are written, so that the table is sorted by those of articles and of passages.
    """
    of_passages, of_articles = np.ascontiguousarray(table["number"]), np.ascontiguousarray(table["article"])
    at = np.minimum(np.searchsorted(of_passages, passages), len(table) - 1)
    articles = of_articles[at]
    starts = np.searchsorted(of_articles, articles)
    return [
        of_passages[start : start + MAX_PASSAGES][of_articles[start : start + MAX_PASSAGES] == article].tolist()
        for start, article in zip(starts, articles, strict=True)
    ]


def _earliest_first(telling: Telling) -> tuple[str, str]:
    return telling.article.published or UNDATED, telling.article.article_id
