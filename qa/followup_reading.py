"""A short question as far as a follow-up needs it read: what opens it, its parts, how much it says of its own."""

from __future__ import annotations

from dataclasses import dataclass

from qa.followup_grammar import Words
from qa.followup_parts import ASK, NAME, WORD, Part, cut, patterns_of
from qa.followup_words import WORDS

MAX_READ_CHARS = 400
"""A longer question is read up to here."""
EDGES = " \t\r\n?？!！.。¿¡,，;；:…"


@dataclass(frozen=True, slots=True)
class Reading:
    """A question in its parts.

    Attributes:
        text: without what opens a follow-up and without the signs around it.
        lead: what opened it, empty where nothing did.
        parts: in reading order; question words are one part.
    """

    text: str
    language: str
    lead: str
    parts: tuple[Part, ...]

    @property
    def words(self) -> Words:
        """The words of its language."""
        return WORDS[self.language]

    @property
    def ask(self) -> Part | None:
        """Its question words."""
        return next((part for part in self.parts if part.kind == ASK), None)

    @property
    def own_words(self) -> int:
        """How many words carry a subject of its own; in Chinese two letters are a word."""
        found = self.of(WORD, NAME)
        if self.language == "zh":
            return sum((len(part.text) + 1) // 2 for part in found)
        return len(found)

    @property
    def asked_for(self) -> Part | None:
        """The noun right after the question words: "which architect"."""
        ask = self.ask
        if ask is None or self.language == "zh":
            return None
        return next((part for part in self.of(WORD, NAME) if part.start == ask.end + 1), None)

    def of(self, *kinds: str) -> list[Part]:
        """Return the parts of some kinds."""
        return [part for part in self.parts if part.kind in kinds]

    def before(self, part: Part) -> Part | None:
        """Return the part before one."""
        at = self.parts.index(part)
        return self.parts[at - 1] if at else None

    def preposition(self, part: Part) -> Part | None:
        """Return the preposition of place or time right before a part."""
        before = self.before(part)
        return before if before is not None and before.text.casefold() in self.words.places else None

    @property
    def lowered(self) -> str:
        """The text to stand after a word: its first letter small, unless it begins with a name."""
        if self.parts[0].kind in (WORD, ASK) or self.parts[0].text.casefold() in self.words.small:
            return self.text[0].lower() + self.text[1:]
        return self.text


def read(text: str, language: str) -> Reading:
    """Read a question in one of the seven languages."""
    trimmed = text[:MAX_READ_CHARS].strip(EDGES)
    lead = patterns_of(language).leads.match(trimmed)
    body = trimmed[lead.end() :].lstrip(EDGES) if lead else trimmed
    if not body:
        lead, body = None, trimmed
    if language == "zh":
        body = body.removesuffix("呢")
    parts = cut(body, language, led=lead is not None)
    return Reading(body, language, lead[0].strip(EDGES) if lead else "", tuple(parts))


def defines_word(reading: Reading) -> bool:
    """Say whether a question asks what a word means."""
    defines = patterns_of(reading.language).defines
    return (defines.search if reading.language == "zh" else defines.match)(reading.text) is not None


def asks_for_more(text: str, language: str) -> bool:
    """Say whether a text asks for more of the same: "Tell me more"."""
    return patterns_of(language).more.fullmatch(text.strip(EDGES)) is not None


def counts_things(reading: Reading) -> bool:
    """Say whether a question asks how many there are of a thing."""
    ask = reading.ask
    return ask is not None and patterns_of(reading.language).counts.fullmatch(ask.text) is not None


def is_idle(reading: Reading) -> bool:
    """Say whether a question has a pronoun or a demonstrative that stands for nothing: "What time is it?"."""
    return patterns_of(reading.language).empty.search(reading.text) is not None
