"""A question with what its words tell: language, kind of answer, words, names and numbers."""

from __future__ import annotations

from dataclasses import dataclass

from index.analyze import name_terms, word_terms
from index.language import detect_language
from qa.answer_kinds import wanted_kind


@dataclass(frozen=True, slots=True)
class Question:
    """A question as asked, with what it holds.

    Attributes:
        kind: of answer wanted, one of qa.answer_kinds.KINDS, or None for any.
        words: stemmed words, in its language.
        names: folded names, countries and numbers.
    """

    text: str
    language: str
    kind: str | None
    words: frozenset[str]
    names: frozenset[str]

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers in the question, years among them."""
        return frozenset(name for name in self.names if name[0].isdecimal())


def understand(text: str) -> Question:
    """Read a question."""
    language = detect_language(text)
    words, names = word_terms(text, language), name_terms(text)
    return Question(text, language, wanted_kind(text), frozenset(words), frozenset(names))
