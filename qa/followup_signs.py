"""Whether a question leans on the one before it, and how."""

from __future__ import annotations

from index.analyze import word_terms
from qa.answer_kinds import wanted_kind
from qa.followup_grammar import MANY, OBLIQUE, OWNER, PERSON, THING, THIS
from qa.followup_parts import ASK, COUNTRY, NAME, NUMBER, PRONOUN, SIGN, SMALL, TIME, WORD, Part
from qa.followup_reading import Reading, counts_things, defines_word, is_idle

MAX_FRAGMENT_WORDS = 3
"""Of its own, in what is a piece of a question."""
MAX_FRAGMENT_PARTS = 4
MAX_BARE_FRAGMENT_WORDS = 1
"""The same without anything that opens a follow-up."""
MAX_WEAK_WORDS = 2
"""In a question with a pronoun that may stand for nothing."""
MAX_LEANING_WORDS = 1
"""In a question that says too little."""
MIN_NAMED_WORDS = 4
MIN_COMPOUND_CHARS = 4

# Verbs in the third person, which have a subject somewhere.
_SPANISH_AUXILIARIES = frozenset("ha han había habían está están fue fueron será tiene tienen".split())


def is_question_word(new: Reading) -> bool:
    """Say whether a question is nothing but question words: "And why?", "Когда это было?"."""
    if new.ask is None or defines_word(new):
        return False
    light = new.words.exactly | new.words.opens
    return all(
        part.kind in (ASK, SIGN)
        or (part.text.casefold() in light and (part.kind == SMALL or new.language == "zh"))
        or (part.kind == PRONOUN and slot_of(new, part) == THING and new.language != "zh")
        for part in new.parts
    )


def open_pronoun(new: Reading, last: Reading) -> Part | None:
    """Return the first pronoun, if it stands for something outside of its question."""
    pronoun = next((part for part in new.of(PRONOUN) if not _is_closed(new, part)), None)
    if pronoun is None or slot_of(new, pronoun) not in (THING, THIS):
        return pronoun
    leans = not _is_named(new) and (new.own_words <= MAX_WEAK_WORDS or _comes_back(new, last))
    return pronoun if leans else None


def slot_of(new: Reading, pronoun: Part) -> str:
    """Return what a pronoun is to the grammar, see qa.followup_grammar."""
    at = new.parts.index(pronoun)
    after = new.parts[at + 1] if at + 1 < len(new.parts) else None
    if pronoun.text.casefold() == "her" and after is not None and after.kind in (WORD, NAME):
        return OWNER
    if pronoun.text == "sie" and new.language == "de":
        before = new.before(pronoun) or after
        verb = before.text if before is not None else ""
        return MANY if verb.endswith("en") or verb == "sind" else PERSON
    return new.words.pronouns[pronoun.text.casefold()]


def _is_closed(new: Reading, pronoun: Part) -> bool:
    """Say whether a pronoun may stand for something in its own question.

    Within one clause only a possessive can: in "why did the court convict him" he is not the court.
    """
    slot = slot_of(new, pronoun)
    if slot == OBLIQUE and new.of(NAME) and new.own_words > MIN_NAMED_WORDS - (new.language == "es"):
        # A long question with a name, which "его" or "le" most likely stands for.
        return True
    before = [part for part in new.parts if part.end <= pronoun.start]
    # What is counted is none, as in "how many goals did he score".
    content = [part for part in before if part.kind in (WORD, NAME, COUNTRY) and part != new.asked_for]
    if not content:
        return False
    if slot == OWNER or (new.language == "zh" and new.text.startswith("的", pronoun.end)):
        return True
    return any(
        part.start > content[0].start
        and part.kind in (SMALL, SIGN)
        and part.text.casefold() in (*new.words.joints, ",")
        for part in before
    )


def is_fragment(new: Reading, question: str) -> bool:
    """Say whether a question is a piece of one: "And in 2024?", "What about Germany?".

    Args:
        question: as it was asked.
    """
    if _asks_whether(new):
        return False
    if (ask := new.ask) is not None:
        # "What happened in May?" is a question of its own, "How many in May?" is not.
        return (bool(new.lead) or wanted_kind(ask.text) is not None) and (_only_says_where(new) or _only_names(new))
    if new.lead or question.strip(" ?？").endswith("呢"):
        led = new.parts[0].kind in (SMALL, TIME, COUNTRY)
        return new.own_words <= MAX_FRAGMENT_WORDS + led
    size = new.own_words + len(new.of(TIME, COUNTRY, NUMBER))
    return (
        question.rstrip().endswith(("?", "？"))
        and size <= MAX_BARE_FRAGMENT_WORDS
        and len(new.parts) <= MAX_FRAGMENT_PARTS
    )


def _only_says_where(new: Reading) -> bool:
    """Say whether nothing but a time or a place stands beside the question words."""
    content = new.of(WORD, NAME, COUNTRY)
    if not new.of(WORD, NAME):
        return bool(content or new.of(TIME))
    return len(new.parts) == 3 and len(content) == 1 and new.preposition(content[0]) is not None


def _only_names(new: Reading) -> bool:
    """Say whether nothing but what is counted stands beside the question words: "And how many women?"."""
    noun = new.asked_for
    return (
        counts_things(new) and len(new.parts) == 2 and noun is not None and (new.language != "de" or noun.kind == NAME)
    )


def _asks_whether(new: Reading) -> bool:
    """Say whether a question is one to answer with yes or no."""
    if new.parts[0].text.casefold() in new.words.opens:
        return True
    return any(part.text.casefold() in new.words.whether for part in new.parts)


def lacks_subject(new: Reading, last: Reading) -> bool:
    """Say whether a question says too little to be one of its own: "Who won?", "¿Hubo heridos?"."""
    if _is_named(new) or defines_word(new):
        return False
    if new.ask is None and not _asks_whether(new):
        return False
    if not new.own_words and is_idle(new):
        return False
    if new.of(TIME):
        # "What was opened last year?" asks for the news of that time, "And who won in 2023?" does not.
        return bool(new.lead) and new.own_words <= MAX_LEANING_WORDS
    if new.own_words <= MAX_LEANING_WORDS:
        return True
    if new.own_words == MAX_LEANING_WORDS + 1 and (_only_counts(new) or _drops_subject(new)):
        return True
    own = new.own_words - (new.asked_for is not None)
    return own <= MAX_LEANING_WORDS + 1 and _comes_back(new, last)


def _is_named(new: Reading) -> bool:
    """Say whether a question names something; German capitalises every noun."""
    return bool(new.of(COUNTRY)) or (new.language != "de" and bool(new.of(NAME)))


def _drops_subject(new: Reading) -> bool:
    """Say whether a Spanish question begins with a verb whose subject is nowhere: "¿Ha ganado premios?"."""
    words = [part.text.casefold() for part in new.parts]
    return new.language == "es" and words[0] in _SPANISH_AUXILIARIES and not new.words.articles.intersection(words)


def _only_counts(new: Reading) -> bool:
    """Say whether a question asks how many of a thing did something, and not where or when."""
    return counts_things(new) and all(part.kind in (ASK, WORD, NAME) for part in new.parts)


def _comes_back(new: Reading, last: Reading) -> bool:
    """Say whether a question comes back to a thing of the last one: "Who designed the bridge?"."""
    # What is capitalised in German is a noun.
    nouns = (NAME,) if new.language == "de" else (WORD, NAME)
    theirs = {term for part in last.of(*nouns) for term in word_terms(part.text, last.language)}
    own = [part.text for part in new.of(*nouns) if part != new.asked_for]
    if new.language == "de":
        # The second half of a compound is the thing again: Saal for Konzertsaal.
        halves = tuple(noun.casefold() for noun in own if len(noun) >= MIN_COMPOUND_CHARS)
        if any(part.text.casefold().endswith(halves) for part in last.of(NAME)):
            return True
    return any(term in theirs for text in own for term in word_terms(text, new.language))
