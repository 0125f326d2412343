"""Ranks candidates by what only the question's reader knows: the time it asks about."""

from __future__ import annotations

from dataclasses import replace

from index.search import Candidate
from qa.question import Question
from qa.when import YEAR, date_is_missing

IN_TIME_BONUS = 0.1
"""Added to the score of a passage that bears the date or the year of a question, in its text or by publication."""


def rank_by_date(question: Question, candidates: list[Candidate]) -> list[Candidate]:
    """Return candidates best first, those of the asked time preferred; unchanged where no time is asked about."""
    if not question.dates and not question.years:
        return candidates
    preferred = [
        replace(candidate, score=candidate.score + IN_TIME_BONUS) if _is_in_time(question, candidate) else candidate
        for candidate in candidates
    ]
    return sorted(preferred, key=lambda candidate: -candidate.score)


def _is_in_time(question: Question, candidate: Candidate) -> bool:
    text, published = candidate.row.passage.text, candidate.article.published
    if question.dates:
        return not date_is_missing(question.dates, text, published)
    return bool(question.years & {*YEAR.findall(text), (published or "")[:4]})
