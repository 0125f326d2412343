"""A question with what its words tell: language, kind of answer, words, names and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from index.analyze import name_terms, word_terms
from index.language import detect_language
from qa.answer_kinds import wanted_kind
from qa.when import YEAR, When, find_dates


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, with what it holds.

    Attributes:
        kind: of answer wanted, one of qa.answer_kinds.KINDS, or None for any.
        words: stemmed words, in its language.
        names: folded names, countries and numbers.
        dates: those that name at least a month.
    """

    text: str
    language: str
    kind: str | None
    words: frozenset[str]
    names: frozenset[str]
    dates: tuple[When, ...]

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in the question that are neither years nor parts of dates."""
        of_dates = frozenset().union(*(date.numbers for date in self.dates))
        return frozenset(name for name in self.names - self.years - of_dates if name[0].isdecimal())

    @property
    def years(self) -> frozenset[str]:
        """The numbers that look like years."""
        return frozenset(name for name in self.names if YEAR.fullmatch(name))

    @property
    def countries(self) -> frozenset[str]:
        """The countries in the question."""
        return frozenset(name for name in self.names if name.startswith("@"))


def understand(text: str) -> Question:
    """Read a question."""
    language = detect_language(text)
    words, names = word_terms(text, language), name_terms(text)
    return Question(text, language, wanted_kind(text), frozenset(words), frozenset(names), tuple(find_dates(text)))
