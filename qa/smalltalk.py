"""Small talk: greetings, thanks, questions about Vestka itself, and texts that ask nothing.

The table of phrases decides the language of the reply, since "hola" alone is too short for a detector.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from qa.smalltalk_noise import asks_nothing
from qa.smalltalk_phrases import NOTHING, PHRASES, TELLING
from qa.smalltalk_replies import REPLIES

MAX_CHARS = 200
"""A longer text is more than small talk."""
MAX_SENTENCES = 6
FALLBACK_LANGUAGE = "en"

_SENTENCE_END = re.compile(r"[^\w\s'’-]+|\s[-–—]+\s|\n")
_DRAWN_OUT = re.compile(r"([^\W\d_])\1{2,}")
_NAMES = ("vestka", "вестка")
_NAME = re.compile(r"^(?:vestka|вестка) | (?:vestka|вестка|bot|бот)$")


def small_talk_reply(text: str, language: str) -> str | None:
    """Return the reply to a text that is nothing but small talk, None to anything that may be a question.

    Args:
        language: as it was detected; the reply is in that of the phrases where they are of one.
    """
    found = _read(text) if len(text) <= MAX_CHARS else []
    if found:
        spoken = [code for code in found[0] if all(code in meanings for meanings in found)] or list(found[0])
        own = language if language in spoken else spoken[0]
        kinds = {meanings[own] for meanings in found if own in meanings}
        return REPLIES[own].to(next(kind for kind in TELLING if kind in kinds))
    if asks_nothing(text):
        return REPLIES[language if language in REPLIES else FALLBACK_LANGUAGE].to(NOTHING)
    return None


def _read(text: str) -> list[dict[str, str]]:
    """Return the kind of small talk by language for each sentence; empty where one of them is none."""
    sentences = [" ".join(part.split()) for part in _SENTENCE_END.split(_plain(text))]
    spoken = [sentence for sentence in sentences if sentence and sentence not in _NAMES]
    found = [_meanings(sentence) for sentence in spoken[: MAX_SENTENCES + 1]]
    return found if len(found) <= MAX_SENTENCES and all(found) else []


def _plain(text: str) -> str:
    """Return a text in lower case, letters that are drawn out written once: "Helloooo"."""
    return _DRAWN_OUT.sub(r"\1", unicodedata.normalize("NFKC", text).lower())


def _meanings(sentence: str) -> dict[str, str]:
    """Return the kind of small talk that a sentence is by language."""
    named = _NAME.sub("", sentence)
    return {
        language: kind
        for language, kinds in _patterns().items()
        for kind, pattern in kinds.items()
        if pattern.fullmatch(sentence) or pattern.fullmatch(named)
    }


@cache
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    return {
        language: {kind: re.compile(phrases) for kind, phrases in kinds.items()} for language, kinds in PHRASES.items()
    }
