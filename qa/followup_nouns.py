"""Nouns with their articles in a question, as far as a name shows where they end: "the ferry Aurelia"."""

from __future__ import annotations

import re

from qa.followup_grammar import MANY
from qa.records import Turn

_GERMAN = re.compile(
    r"\b(?P<article>[Dd]er|[Dd]ie|[Dd]as|[Dd]en|[Ee]ine?n?)(?: [a-zäöüß]{2,20}){0,2}(?: [A-ZÄÖÜ][\w-]{1,40}){1,3}"
    r"(?: (?:in|im|an|am|auf|von|vom|der|des|bei|über|nach|zur|zum|für)(?: (?:der|die|das|den|dem))?"
    r"(?: [A-ZÄÖÜ][\w-]{1,40}){1,3}){0,2}"
)
# After a noun or a preposition the article is of another case, or of the second noun.
_DEPENDS = re.compile(r"(?:\b[A-ZÄÖÜ]\w{1,40}|\b(?:in|an|auf|mit|von|bei|zu)) $")
_GERMAN_ARTICLES = {"er": ("der", "ein", "den", "einen"), "sie": ("die", "eine"), "es": ("das", "ein")}
_ENGLISH = re.compile(
    r"\b[Tt]he(?: [a-z][\w-]{1,30}){0,3}?"
    r"(?:(?: (?:of|in|over|at|from|for|on))?(?: the)?(?: [A-Z][\w'’-]{1,40}){1,4}){1,3}"
)
_ENGLISH_HEAD = re.compile(r" (?:of|in|over|at|from|for|on)\b| [A-Z]")
_SPANISH = re.compile(
    r"\b(?:[Ee]l|[Ll]a|[Ll]os|[Ll]as)(?: [a-zß-ÿ][\w-]{1,30}){0,3}?"
    r"(?:(?: (?:del?|en|a))?(?: (?:la|el|los|las))?(?: [A-ZÁÉÍÓÚÑ][\w-]{1,40}){1,4}){1,3}"
)
_SPANISH_ARTICLES = {"él": "el", "ella": "la", "ellos": "los", "ellas": "las"}


def find_noun(pronoun: str, slot: str, turn: Turn) -> str | None:
    """Return the noun of a question that a pronoun of the same language may stand for.

    Args:
        pronoun: in lower case.
        slot: what it is to the grammar, see qa.followup_grammar.
    """
    if turn.language == "de":
        noun = _german_noun(pronoun, slot, turn.question)
    elif turn.language in ("en", "es"):
        match = (_ENGLISH if turn.language == "en" else _SPANISH).search(turn.question)
        noun = match[0] if match and _agrees(pronoun, match[0], turn.language) else None
    else:
        noun = None
    return noun[0].lower() + noun[1:] if noun else None


def _german_noun(pronoun: str, slot: str, question: str) -> str | None:
    articles = ("die",) if slot == MANY else _GERMAN_ARTICLES.get(pronoun)
    for match in _GERMAN.finditer(question):
        agrees = articles is None or match["article"].casefold() in articles
        if agrees and not _DEPENDS.search(question[: match.start()]):
            return match[0]
    return None


def _agrees(pronoun: str, noun: str, language: str) -> bool:
    """Say whether a noun with its article is of a pronoun's number, and in Spanish of its gender."""
    if language == "es":
        article = noun.split()[0].casefold()
        return _SPANISH_ARTICLES.get(pronoun, article) == article
    return _ENGLISH_HEAD.split(noun)[0].endswith("s") == (pronoun in ("they", "them", "their"))
