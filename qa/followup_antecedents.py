"""What a pronoun stands for, as far as the questions and quotations before tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.answer_kinds import PERSON as WHO
from qa.answer_kinds import wanted_kind
from qa.followup_grammar import MANY, OBLIQUE, OWNER, PERSON, PLACE, THING
from qa.followup_names import find_person
from qa.followup_nouns import find_noun
from qa.followup_parts import COUNTRY, NAME, Part
from qa.followup_reading import Reading, read
from qa.followup_words import WORDS
from qa.records import Turn

MAX_TOPIC_CHARS = 200
PRO_DROP = frozenset(("es", "pl"))
"""Languages whose verbs need no pronoun."""

_POSSESSIVE = re.compile(r"['’]s$")
_BRACKETS = str.maketrans({"(": " ", ")": " ", "（": "，", "）": None})


@dataclass(frozen=True, slots=True)
class Antecedent:
    """What a pronoun stands for.

    Attributes:
        replaces: whether it can stand in the pronoun's place; if not, it is added to the question.
    """

    text: str
    replaces: bool


def find_antecedent(pronoun: str, slot: str, language: str, history: Sequence[Turn]) -> Antecedent:
    """Return what a pronoun stands for: a person, a place or a thing of the turns before, else the last topic.

    Args:
        pronoun: in lower case.
        slot: what it is to the grammar, see qa.followup_grammar.
        language: the pronoun's.
    """
    last = history[-1]
    if slot == PLACE and (place := _place(last, language)):
        return Antecedent(place, replaces=True)
    noun = (
        find_noun(pronoun, slot, last) if slot in (PERSON, MANY, THING, OWNER) and last.language == language else None
    )
    name = find_person(pronoun, language, history) if slot in (PERSON, OBLIQUE, OWNER) and pronoun != "its" else None
    if name and not (noun and name in noun):
        return Antecedent(name, replaces=slot == PERSON or language == "en")
    if slot in (THING, OWNER, OBLIQUE) and (country := _country(last)):
        return Antecedent(country, replaces=language in ("en", "zh"))
    if noun:
        return Antecedent(noun, replaces=slot != OWNER or language == "en")
    return Antecedent(topic(read_turn(last)), replaces=False)


def read_turn(turn: Turn) -> Reading:
    """Read the question of a turn; of a language that is not known here, as far as English goes."""
    return read(turn.question, turn.language if turn.language in WORDS else "en")


def topic(reading: Reading, *, without: Sequence[Part] = ()) -> str:
    """Return a question without its question words and first auxiliaries: what it is about.

    Args:
        without: more parts that are left out.
    """
    parts = list(reading.parts)
    ask = reading.ask
    gone = [*without, *([ask] if ask else [])]
    for part in parts[1:] if parts[0] == ask else parts:
        if part.text.casefold() not in reading.words.opens:
            break
        gone.append(part)
    kept = ""
    for part in parts:
        if part not in gone:
            gap = " " if kept and reading.text[part.start - 1] == " " else ""
            kept += gap + part.text
    return " ".join(kept.translate(_BRACKETS).split())[:MAX_TOPIC_CHARS]


def dropped_person(language: str, history: Sequence[Turn]) -> str | None:
    """Return the person whom a verb without a subject may speak of: the one who answered a question for a person."""
    if language not in PRO_DROP or wanted_kind(history[-1].question) != WHO:
        return None
    return find_person("", language, history[-1:])


def _place(turn: Turn, language: str) -> str | None:
    """Return the last place that a question names, as "in Mir"; of a question for a place, what the answer names."""
    if turn.language != language:
        return None
    if language == "zh":
        countries = read(turn.question, language).of(COUNTRY)
        return countries[-1].text if countries else None
    for text in (turn.question, *turn.quotes[:1]):
        reading = read(text, language)
        for part in reversed(reading.of(COUNTRY, NAME)):
            before = reading.preposition(part)
            if before is not None and before.text.casefold() in reading.words.where:
                return f"{before.text} {part.text}"
    return None


def _country(turn: Turn) -> str | None:
    """Return the country that a question is about, unless it only says where something is."""
    reading = read_turn(turn)
    found = [
        part
        for part in reading.of(COUNTRY)
        if (before := reading.preposition(part)) is None or before.text.casefold() not in reading.words.where
    ]
    return _POSSESSIVE.sub("", found[0].text) if len(found) == 1 else None
