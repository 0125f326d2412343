"""A question with what its words tell: language, kind of answer, words, names and numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from index.analyze import name_terms, word_terms
from index.language import detect_language
from qa.answer_kinds import wanted_kind
from qa.periods import Period, find_periods
from qa.when import YEAR, When, find_dates

NOUNS_ARE_CAPITALISED = "de"
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, with what it holds.

    Attributes:
        kind: of answer wanted, one of qa.answer_kinds.KINDS, or None for any.
        words: stemmed words, in its language.
        names: folded names, countries and numbers.
        dates: those that name at least a month.
        periods: the times it asks about, as days from and to.
    """

    text: str
    language: str
    kind: str | None
    words: frozenset[str]
    names: frozenset[str]
    dates: tuple[When, ...]
    periods: tuple[Period, ...] = ()

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in the question that are neither years nor parts of dates and periods."""
        of_times = {number for when in self.dates for number in when.numbers}
        of_times.update(number.lstrip("0") for period in self.periods for number in DIGITS.findall(period.text))
        return frozenset(name for name in self.names - self.years - of_times if name[0].isdecimal())

    @property
    def years(self) -> frozenset[str]:
        """The numbers that look like years."""
        return frozenset(name for name in self.names if YEAR.fullmatch(name))

    @property
    def countries(self) -> frozenset[str]:
        """The countries in the question."""
        return frozenset(name for name in self.names if name.startswith("@"))

    @property
    def proper_names(self) -> frozenset[str]:
        """The names that are neither numbers nor countries; none where every noun is written like a name."""
        if self.language == NOUNS_ARE_CAPITALISED:
            return frozenset()
        return frozenset(name for name in self.names - self.countries if not name[0].isdecimal())


def understand(text: str, today: date | None = None, language: str | None = None) -> Question:
    """Read a question.

    Args:
        today: the day from which "yesterday" counts, now unless given.
        language: the question's, where it is known.
    """
    language = language or detect_language(text)
    return Question(
        text=text,
        language=language,
        kind=wanted_kind(text),
        words=frozenset(word_terms(text, language)),
        names=frozenset(name_terms(text)),
        dates=tuple(find_dates(text)),
        periods=tuple(find_periods(text, language, today or date.today())),
    )
