"""Answers in order of time: which questions want one, what day a sentence is about, and which sentences make it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from index.language import detect_language
from qa.answer_kinds import wanted_kind
from qa.periods import Period, find_periods
from qa.timeline_words import CHRONICLE, HAPPENED

MAX_ENTRIES = 8
MAX_OF_STORY = 2
RELEVANT_SHARE = 0.6
"""An entry scores at least this share of what the best scores."""
LONGEST_MONTH_DAYS = 31
FIRST_YEAR = "1500"
"""Of those that are read as years."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A sentence that may be a step of a timeline.

    Attributes:
        date: ISO 8601, a year, a month or a day.
        score: how well it answers, not negative.
        story: its cluster of articles that tell the same story.
        key: the number by which the caller knows it.
    """

    date: str
    score: float
    story: int
    key: int


def wants_timeline(question_text: str) -> bool:
    """Say whether a question asks what happened over time; what happened on one day is one event."""
    happened = HAPPENED.search(question_text) is not None
    if not happened and not (CHRONICLE.search(question_text) and wanted_kind(question_text) is None):
        return False
    periods = find_periods(question_text, detect_language(question_text), date.today())
    return not any(period.start == period.end for period in periods)


def event_date(sentence: str, article_published: str | None, language: str | None = None) -> str | None:
    """Return the ISO date that a sentence of an article is about, as exact as it says: a year, a month or a day.

    Of several dates it is the newest that had come when the article was published, since what lies further back is
    background, else the next day or month to come. "Yesterday" counts from the publication. A sentence that names no
    time, or only one that the publication lies in, is about the day of publication.

    Args:
        language: the article's; detected where it is not known.
    """
    published = date.fromisoformat(article_published[:10]) if article_published else None
    periods = find_periods(sentence, language or detect_language(sentence), published or date.min, nearest=True)
    dates = [found for period in periods if (found := _event(period))]
    if published is None:
        # What counts from the first day there is, counts from nothing.
        return max((iso for _, iso in dates if iso > FIRST_YEAR), default=None)
    day = published.isoformat()
    past = [(start, day if day.startswith(iso) else iso) for start, iso in dates if start <= published]
    if past:
        return max(past)[1]
    return min((iso for _, iso in dates if len(iso) > len(FIRST_YEAR)), default=day)


def build_timeline(scored: Sequence[Dated]) -> list[Dated]:
    """Choose the steps of a timeline: at most MAX_ENTRIES relevant ones in order of time, few of one story."""
    best = max((each.score for each in scored), default=0.0)
    chosen: list[Dated] = []
    of_story: Counter[int] = Counter()
    taken: set[tuple[int, str]] = set()
    for each in sorted(scored, key=lambda each: -each.score):
        if len(chosen) == MAX_ENTRIES or each.score < RELEVANT_SHARE * best:
            break
        if of_story[each.story] < MAX_OF_STORY and (each.story, each.date) not in taken:
            of_story[each.story] += 1
            taken.add((each.story, each.date))
            chosen.append(each)
    return sorted(chosen, key=lambda each: each.date)


def _event(period: Period) -> tuple[date, str] | None:
    """Return the first day of a closed period and its date as far as it is known; None for one that is too long."""
    start, end = period.start, period.end
    if start is None or end is None:
        return None
    iso = start.isoformat()
    if start == end:
        return start, iso
    if (end - start).days < LONGEST_MONTH_DAYS:
        return start, iso[: len("2000-01")]
    return (start, iso[: len("2000")]) if start.year == end.year else None
