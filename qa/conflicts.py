"""Sources that disagree: quotations that give different figures for the same thing, newest first.

A conflict that is none is worse than one that is missed, so that two quotations disagree only where all of this
holds: the question asks for a number, each has one figure that it can mean, both count the same, neither is the other
rounded, they speak of the same time and the same names, they are alike, and they are no translations of each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np

from index.analyze import fold_name, name_terms
from index.centre import LanguageMeans, normalise
from index.search import Candidate
from qa.answer_kinds import NUMBER
from qa.figures import PERCENT, UNITS, Figure, find_figures, units_in
from qa.question import Question
from qa.records import Citation
from qa.when import YEAR, find_dates

MAX_RATIO = 10
"""Figures that are further apart hardly count the same."""
MIN_LIKENESS = 0.55
"""Cosine from which two sentences may tell the same."""
MIN_LIKENESS_ASKED = 0.42
"""The same for two languages, where both figures count what the question names."""
TELLING_UNITS = UNITS.keys() - {PERCENT}
"""Units that tell a little of what is counted; a percentage may be of anything."""
# German writes all nouns with capitals; a name stands without article, after a preposition or another name.
GERMAN_NAME = re.compile(
    r"(?:\b(?:in|aus|bei|von|nach|für|um|mit|durch|gegen)\s|(?<=[a-zäöüß]\s)(?:[A-ZÄÖÜ][a-zäöüß]{1,30}\s))"
    r"([A-ZÄÖÜ][a-zäöüß]{2,30})\b"
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Quotations that disagree on the figure asked for.

    Attributes:
        positions: theirs among the citations, newest first, those of unknown date last.
        older: the positions of those that are older than the newest and give another figure than it.
    """

    positions: tuple[int, ...]
    older: frozenset[int]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A quotation that gives one figure.

    Attributes:
        asked_units, asked_names: those of its figure, and of its passage, that the question bears too.
        names: those of its passage.
    """

    citation: Citation
    figure: Figure
    asked_units: frozenset[str]
    asked_names: frozenset[str]
    quote_names: frozenset[str]
    names: frozenset[str]


def find_conflict(
    question: Question, citations: Sequence[Citation], stories: Mapping[str, int], vectors: np.ndarray
) -> Conflict | None:
    """Say which quotations give different figures for what a question asks, or None where none is sure to.

    Args:
        stories: the story of each article, as qa.voices.find_stories gives it.
        vectors: float32 (c, d), those of the quotations, see quote_vector.
    """
    if question.kind != NUMBER:
        return None
    claims = {at: claim for at, claim in enumerate(_claims(question, citations)) if claim is not None}
    disagreeing = {
        at
        for first, second in combinations(claims, 2)
        if _disagree(claims[first], claims[second], float(vectors[first] @ vectors[second]))
        and _may_differ(citations[first], citations[second], stories)
        for at in (first, second)
    }
    if not disagreeing:
        return None
    positions = sorted(disagreeing, key=lambda at: citations[at].published or "", reverse=True)
    newest = positions[0]
    older = (
        at
        for at in positions
        if _is_before(citations[at].published, citations[newest].published)
        and not claims[at].figure.agrees(claims[newest].figure)
    )
    return Conflict(tuple(positions), frozenset(older))


def quote_vector(candidate: Candidate, start: int, end: int, means: LanguageMeans) -> np.ndarray:
    """Return float32 (d,), L2-normalised: the mean of the centred vectors of a candidate's sentences in a span."""
    within = [start <= span.start and span.end <= end for span in candidate.row.passage.sentences]
    vectors = means.centre(candidate.row.sentence_vectors[within], "sentences", candidate.article.language)
    return normalise(vectors.sum(axis=0))


def newest_first(citations: Sequence[Citation], conflict: Conflict) -> tuple[Citation, ...]:
    """Return citations with those that disagree newest first in their places, older ones marked, numbered again."""
    places = iter(conflict.positions)
    order = [next(places) if at in conflict.positions else at for at in range(len(citations))]
    return tuple(
        replace(citations[at], number=number, older=at in conflict.older) for number, at in enumerate(order, 1)
    )


def _claims(question: Question, citations: Sequence[Citation]) -> Iterator[_Claim | None]:
    """Yield for each quotation the figure that it answers with, None where there is none or more than one."""
    units, names = units_in(question.text), _names(question.text, question.language)
    known = [figure.value for figure in find_figures(question.text)]
    for citation in citations:
        figures = [figure for figure in find_figures(citation.quote) if figure.value not in known]
        figures = [figure for figure in figures if figure.units & units] or figures
        if len({figure.value for figure in figures}) != 1:
            yield None
            continue
        context = _without_endings(name_terms(f"{citation.title}\n{citation.passage}"))
        yield _Claim(
            citation=citation,
            figure=figures[0],
            asked_units=figures[0].units & units,
            asked_names=names & context,
            quote_names=_names(citation.quote, citation.language),
            names=context,
        )


def _may_differ(one: Citation, other: Citation, stories: Mapping[str, int]) -> bool:
    """Say whether the articles of two quotations can disagree: a translation cannot, a copy can be a corrected one."""
    if one.article_id == other.article_id:
        return False
    first, second = stories.get(one.article_id), stories.get(other.article_id)
    return first is None or first != second or one.language == other.language


def _disagree(one: _Claim, other: _Claim, likeness: float) -> bool:
    low, high = sorted((one.figure.value, other.figure.value))
    return (
        not one.figure.agrees(other.figure)
        and high <= MAX_RATIO * low
        and likeness >= _min_likeness(one, other)
        and _same_time(one, other)
        and _same_names(one, other)
    )


def _min_likeness(one: _Claim, other: _Claim) -> float:
    """Return from which cosine two quotations tell the same; none does where their figures count different things."""
    if one.citation.language == other.citation.language:
        return MIN_LIKENESS if one.figure.units & other.figure.units else np.inf
    # In two languages only the commonest units can be compared.
    if one.asked_units & other.asked_units & TELLING_UNITS:
        return MIN_LIKENESS_ASKED
    return np.inf if (one.figure.units ^ other.figure.units) & UNITS.keys() else MIN_LIKENESS


def _same_time(one: _Claim, other: _Claim) -> bool:
    """Say whether two quotations may speak of the same time: they do not name different years or months."""
    years, months = [], []
    for claim in (one, other):
        quote = claim.citation.quote
        years.append({year for year in YEAR.findall(quote) if float(year) != claim.figure.value})
        months.append({date.month for date in find_dates(quote)})
    return not any(all(named) and named[0].isdisjoint(named[1]) for named in (years, months))


def _same_names(one: _Claim, other: _Claim) -> bool:
    """Say whether two quotations speak of the same names. Chinese ones, which no capitals show, count as the same."""
    languages = {one.citation.language, other.citation.language}
    if "zh" in languages:
        return len(languages) == 1
    if one.quote_names and other.quote_names and one.quote_names.isdisjoint(other.quote_names):
        return False
    return one.asked_names == other.asked_names and not one.names.isdisjoint(other.names)


def _names(text: str, language: str) -> frozenset[str]:
    """Return the names in a text as they are compared."""
    return _without_endings(GERMAN_NAME.findall(text) if language == "de" else name_terms(text))


def _without_endings(names: Iterable[str]) -> frozenset[str]:
    """Return names and countries folded and cut before most endings, numbers left out."""
    folded = (name if name.startswith("@") else fold_name(name) for name in names if not name[0].isdecimal())
    return frozenset(name[: max(3, min(4, len(name) - 1))] for name in folded)


def _is_before(published: str | None, newest: str | None) -> bool:
    """Say whether one publication came before another, on an earlier day or, where both tell it, at an earlier time."""
    if published is None or newest is None:
        return False
    exact = min(len(published), len(newest))
    return published[:exact] < newest[:exact]
