"""Ranks candidates by what only the question's reader knows: the time it asks about."""

from __future__ import annotations

from dataclasses import replace

from index.search import Candidate
from qa.evidence_time import bears_period, is_plain
from qa.question import Question
from qa.when import YEAR, date_is_missing

IN_TIME_BONUS = 0.1
"""Added to the score of a passage that bears the date or the year of a question, in its text or by publication."""
NEARLY_EQUAL = 0.02
"""Passages whose scores differ by no more say it as well as each other, and the newer comes first."""


def rank_by_date(question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """Return candidates best first, those of the asked time preferred, or the newer where no time is asked about."""
    if not question.dates and not question.years and not question.periods:
        return _newer_first(candidates)
    preferred = [
        replace(candidate, score=candidate.score + IN_TIME_BONUS) if _is_in_time(question, candidate) else candidate
        for candidate in candidates
    ]
    return sorted(preferred, key=lambda candidate: -candidate.score)


def outside_period(question: Question, text: str, published: str | None) -> bool:
    """Say whether a question names a relative time or a range, and evidence bears no date in it.

    Of a plain day, month or year qa.when.date_is_missing and the years themselves tell.
    """
    asked = [period for period in question.periods if period.relative or not is_plain(period)]
    return bool(asked) and not any(bears_period(period, text, published) for period in asked)


def _is_in_time(question: Question, candidate: Candidate) -> bool:
    text, published = candidate.row.passage.text, candidate.article.published
    if any(period.relative or not is_plain(period) for period in question.periods):
        return any(bears_period(period, text, published) for period in question.periods)
    if question.dates:
        return not date_is_missing(question.dates, text, published)
    return bool(question.years & {*YEAR.findall(text), (published or "")[:4]})


def _newer_first(candidates: list[Candidate]) -> list[Candidate]:
    """Put the newest before those that are hardly better, where it has as much of the question's words and names.

    It takes the score of the first that it passes, so that the order stays that of the scores.
    """
    left = list(candidates)
    ordered: list[Candidate] = []
    while left:
        leader = left[0]
        newest = 0
        for at, other in enumerate(left):
            if leader.score - other.score > NEARLY_EQUAL:
                break
            if _day(other) > _day(left[newest]) > "" and _says_as_much(other, leader):
                newest = at
        chosen = left.pop(newest)
        ordered.append(replace(chosen, score=leader.score) if newest else chosen)
    return candidates if all(a is b for a, b in zip(ordered, candidates, strict=True)) else ordered


def _says_as_much(other: Candidate, leader: Candidate) -> bool:
    return other.words >= leader.words and other.names >= leader.names


def _day(candidate: Candidate) -> str:
    return (candidate.article.published or "")[:10]
