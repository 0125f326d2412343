"""The grammar of follow-ups: what a language's words are to a question that leans on the one before it."""

from __future__ import annotations

from dataclasses import dataclass

from index.stopwords import STOP_WORDS

PERSON, MANY, OBLIQUE, OWNER, THING, PLACE, THIS = ("person", "many", "oblique", "owner", "thing", "place", "this")
"""What a pronoun is: he; they; a form that no name can replace as it is; his; it, which may stand for nothing;
there; this, before a noun."""


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language; regular expressions where it says so.

    Attributes:
        leads: what opens a follow-up, such as "and what about" (regular expression).
        asks: question words with their prepositions (regular expression).
        defines: asking for the meaning of a word, which needs no question before it (regular expression).
        empty: pronouns that stand for nothing, as in "what time is it", "this year" (regular expression).
        more: asking for more of the same (regular expression).
        counts: question words before what is counted (regular expression).
        opens: first words of a question that is answered with yes or no.
        whether: words anywhere in such a question, "anyone" among them.
        pronouns: what each of them is.
        joints: words between two clauses.
        places: prepositions of place and time.
        where: those of them that say where something is.
        exactly: words that add nothing to a question word.
        articles: determiners before a noun.
        small: words that carry no subject, all those above among them.
        of_year: how a year joins a question.
    """

    leads: str
    asks: str
    defines: str
    empty: str
    more: str
    counts: str
    opens: frozenset[str]
    whether: frozenset[str]
    pronouns: dict[str, str]
    joints: frozenset[str]
    places: frozenset[str]
    where: frozenset[str]
    exactly: frozenset[str]
    articles: frozenset[str]
    small: frozenset[str]
    of_year: str


def make_words(
    language: str,
    *,
    leads: str,
    asks: str,
    defines: str,
    empty: str,
    more: str,
    counts: str,
    opens: str,
    whether: str,
    pronouns: dict[str, str],
    joints: str,
    places: str,
    where: str,
    exactly: str,
    articles: str,
    small: str,
    of_year: str,
) -> Words:
    """Return the words of a language that is written with spaces, given as lists in one text each."""
    listed = [frozenset(words.split()) for words in (opens, whether, joints, places, where, exactly, articles, small)]
    all_small = STOP_WORDS.get(language, frozenset()).union(*listed)
    return Words(
        leads=leads,
        asks=asks,
        defines=defines,
        empty=empty,
        more=more,
        counts=counts,
        opens=listed[0],
        whether=listed[1],
        pronouns={word: slot for slot, words in pronouns.items() for word in words.split()},
        joints=listed[2],
        places=listed[3],
        where=listed[4],
        exactly=listed[5],
        articles=listed[6],
        small=all_small,
        of_year=of_year,
    )
