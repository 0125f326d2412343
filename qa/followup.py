"""A question that leans on the one before it, read as one that stands on its own.

Words decide, no model does: what opens a question, its pronouns, how much it says of its own. The model is asked
only which word of the last question a new one is most like.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.followup_antecedents import dropped_person, find_antecedent, read_turn, topic
from qa.followup_exchange import conflicting, exchange
from qa.followup_grammar import OWNER, THIS
from qa.followup_likeness import Similarity
from qa.followup_parts import HAN_TEXT, PRONOUN, SMALL, TIME, WORD, Part
from qa.followup_reading import Reading, asks_for_more, read
from qa.followup_signs import is_fragment, is_question_word, lacks_subject, open_pronoun, slot_of
from qa.followup_words import CYRILLIC, WORDS
from qa.records import Turn

MAX_CHARS = 300
"""A longer question stands on its own."""
MIN_LEAD = 1
"""Signs by which a language that nobody spoke before must lead the one that was detected."""
SHORT_LETTERS = 20
"""A question with fewer may be in any language that has its words."""
MAX_ANSWER_CHARS = 600

_CYRILLIC_TEXT = re.compile("[\u0400-\u052f]")
_HAN_ADVERBS = frozenset(("什么时候", "为什么", "哪里", "怎么", "何时", "为何", "哪儿"))


def read_followup(question: str, language: str, history: Sequence[Turn], similarity: Similarity) -> str | None:
    """Return a question as one that stands on its own, or None where it does so already.

    Args:
        language: the question's, as it was detected.
        history: the turns before, oldest first.
        similarity: gives float32 (n, d), rows L2-normalised, of n short texts; asked once at most.
    """
    if not history or len(question) > MAX_CHARS:
        return None
    language = followup_language(question, language, history)
    if language not in WORDS:
        return None
    new, last = read(question, language), read_turn(history[-1])
    if not new.parts or not last.parts:
        return None
    if asks_for_more(question, language):
        text = _beside(new.text, topic(last), language)
    elif is_question_word(new):
        text = _ask_again(new, last)
    elif pronoun := open_pronoun(new, last):
        text = _fill_in(new, pronoun, history)
    elif is_fragment(new, question):
        text = _exchange(new, last, similarity)
    elif lacks_subject(new, last):
        text = _with_topic(new, last, history)
    else:
        return None
    return _as_question(text[:MAX_ANSWER_CHARS], language)


def followup_language(question: str, language: str, history: Sequence[Turn]) -> str:
    """Return the language of a question that may be too short to tell: that of the turn before, if its words fit.

    Args:
        language: as it was detected.
    """
    if HAN_TEXT.search(question):
        return "zh"
    before = history[-1].language if history else language
    letters = sum(char.isalpha() for char in question)
    cyrillic = bool(_CYRILLIC_TEXT.search(question))
    if not letters:
        return before
    signs = {code: _familiar(question, code) for code in WORDS if code != "zh" and cyrillic == (code in CYRILLIC)}
    short = letters < SHORT_LETTERS
    if language not in WORDS and not short:
        return language
    detected = signs.get(language, 1)
    if before != language and signs.get(before, 0) + (short and language in WORDS) > detected:
        return before
    best = max(signs, key=signs.__getitem__)
    return best if signs[best] > detected + MIN_LEAD else language


def _familiar(question: str, language: str) -> int:
    """Count the signs that a question is in a language: what opens it, question words, small words."""
    reading = read(question, language)
    return 2 * bool(reading.lead) + 2 * (reading.ask is not None) + len(reading.of(SMALL, PRONOUN))


def _ask_again(new: Reading, last: Reading) -> str:
    """Put new question words before what the last question is about."""
    asked = new.ask.text if new.ask else new.text
    old = last.ask
    if new.language != last.language:
        return _beside(asked, topic(last), new.language)
    if old is None:
        return asked + last.text if new.language == "zh" else f"{asked} {last.lowered}"
    if new.language == "zh":
        before, after = last.text[: old.start], last.text[old.end :]
        return before + asked + after if {old.text, asked} <= _HAN_ADVERBS else asked + before + after
    rest = last.text[old.end :].strip()
    following = next((part for part in last.parts if part.start >= old.end), None)
    if following is not None and new.language == "en" and old.text.casefold() == "who" and following.kind == WORD:
        return f"{asked} was it that someone {rest}"
    if following is not None and new.language == "de" and old.text.casefold() == "wer":
        return f"{asked} {following.text} jemand {rest[len(following.text) :].strip()}"
    return f"{asked} {rest}"


def _fill_in(new: Reading, pronoun: Part, history: Sequence[Turn]) -> str:
    """Put what a pronoun stands for in its place, or beside the question where its form would be wrong."""
    slot = slot_of(new, pronoun)
    found = find_antecedent(pronoun.text.casefold(), slot, new.language, history)
    text = found.text
    if not found.replaces or slot == THIS:
        return _beside(new.text, text, new.language)
    if slot == OWNER and new.language == "en":
        text += "’" if text.endswith("s") else "’s"
    return new.text[: pronoun.start] + text + new.text[pronoun.end :]


def _exchange(new: Reading, last: Reading, similarity: Similarity) -> str:
    if new.language == last.language:
        return exchange(new, last, similarity)
    # Words of two languages make no sentence: the last question stands beside, without what is exchanged.
    text = last.text
    for part in sorted(conflicting(new, last), key=lambda part: part.start, reverse=True):
        text = text[: part.start].rstrip() + text[part.end :]
    return _beside(new.text, text.strip(), new.language)


def _with_topic(new: Reading, last: Reading, history: Sequence[Turn]) -> str:
    about = topic(last, without=conflicting(new, last) if new.of(TIME) else [])
    person = dropped_person(new.language, history)
    return _beside(new.text, f"{person}, {about}" if person else about, new.language)


def _beside(text: str, addition: str, language: str) -> str:
    """Add to a question what it is about."""
    if not addition:
        return text
    return f"{text}（{addition}）" if language == "zh" else f"{text} ({addition})"


def _as_question(text: str, language: str) -> str:
    text = text.strip().rstrip("?？")
    text = text[:1].upper() + text[1:]
    if language == "zh":
        return text + "？"
    return f"¿{text}?" if language == "es" else f"{text}?"
