"""Names in questions and quotations that may be those of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from index.analyze import ALL_STOP_WORDS
from index.countries import country_of
from index.page_dates import MONTH_NUMBERS
from qa.answer_kinds import PERSON, wanted_kind
from qa.followup_parts import NAME
from qa.followup_reading import read
from qa.followup_words import WORDS
from qa.records import Turn

MAX_NAME_WORDS = 3
MAX_HAN_NAME_CHARS = 4
HAN_CUE_CHARS = 2
GENDERED = frozenset(("be", "ru", "de", "pl"))
"""Languages in which "he" may be a bridge."""
FEMININE = frozenset("she her she яна ona ella 她 её яе jej ją".split())

_TOKEN = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*|[^\w\s]")
_HAN_LETTER = "(?:(?![是为的由被和与在向给对说])[\u4e00-\u9fff])"
_HAN_NAME = re.compile(f"{_HAN_LETTER}{{1,5}}(?:·{_HAN_LETTER}{{1,6}}){{1,3}}")
_WHO_IS = re.compile("谁是|是谁")
_PARTICLES = frozenset("de la del van von der den al bin ibn da di dos du le".split())
_GENITIVES = frozenset(("of", "von", "de", "del"))
_SENTENCE_END = frozenset('.!?…:;«»"“”„')
_FIRST = "."
"""Stands for what comes before the first word of a sentence."""


def find_person(pronoun: str, language: str, history: Sequence[Turn]) -> str | None:
    """Return the person last spoken of: who answered a question for a person, else who was asked about.

    Args:
        pronoun: in lower case; empty for a subject that was left out.
        language: the pronoun's.
    """
    for turn in reversed(history):
        asked = _names(turn.question, turn.language)
        found = [name for name in asked if " " in name or turn.language == "zh"]
        if said := _said_to_be(turn):
            found = said
        elif wanted_kind(turn.question) == PERSON and not _asks_who_somebody_is(turn, asked):
            found = _answers(turn, asked) + found
        elif not found and language not in GENDERED:
            found = asked
        if found:
            return _of_gender(found, pronoun)
    return None


def _answers(turn: Turn, asked: Sequence[str]) -> list[str]:
    """Return the full names in the quotations that the question did not name."""
    said = [name for quote in turn.quotes for name in _names(quote, turn.language)]
    return [
        name
        for name in said
        if (" " in name or turn.language == "zh") and not any(name in other or other in name for other in asked)
    ]


def _asks_who_somebody_is(turn: Turn, asked: Sequence[str]) -> bool:
    if turn.language not in WORDS:
        return False
    reading = read(turn.question, turn.language)
    in_names = sum(len(part.text.split()) for part in reading.of(NAME))
    return bool(asked) and reading.own_words <= max(1, in_names)


def _names(text: str, language: str) -> list[str]:
    """Return what may be persons in a text, those that are surest first."""
    if language == "zh":
        return [match[0] for match in _HAN_NAME.finditer(text)] or _who_is(text)
    places = WORDS[language if language in WORDS else "en"].places - _GENITIVES
    articles = WORDS["de"].articles
    names: list[str] = []
    first_words: list[str] = []
    for before, run in _capitalised_runs(text, language):
        if before in places or len(run) > MAX_NAME_WORDS + 1:
            continue
        if language != "de":
            if len(run) > 1 or before != _FIRST:
                names.append(" ".join(run[-MAX_NAME_WORDS:]))
        elif before in articles:
            # A noun with its name, such as "der Historiker Konrad Vossberg", or no name at all.
            if len(run) >= MAX_NAME_WORDS:
                names.append(" ".join([before, *run] if before in ("der", "die") else run[1:]))
        elif len(run) > 1:
            # Adjectives begin sentences too: "Neuer Intendant ist ...".
            (first_words if before == _FIRST else names).append(" ".join(run[:MAX_NAME_WORDS]))
    return names + first_words


def _capitalised_runs(text: str, language: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the capitalised words that stand together and are no country, each with the word before them."""
    small = WORDS[language].small if language in WORDS else ALL_STOP_WORDS
    run: list[str] = []
    led = before = _FIRST
    for token in [*(match[0] for match in _TOKEN.finditer(text)), _FIRST]:
        lower = token.casefold()
        if (
            token[0].isupper()
            and not token.isupper()
            and lower not in ALL_STOP_WORDS | small
            and lower not in MONTH_NUMBERS
            and country_of(token) is None
        ):
            led = led if run else before
            run.append(token)
        elif len(run) == 1 and lower in _PARTICLES and language != "de":
            run.append(token)
        elif run:
            while run[-1].casefold() in _PARTICLES:
                run.pop()
            yield led, run
            run = []
        before = _FIRST if token in _SENTENCE_END or (before == _FIRST and not token[0].isalpha()) else lower


def _who_is(text: str) -> list[str]:
    if not _WHO_IS.search(text):
        return []
    name = _WHO_IS.sub("", text).strip(" ?？。")
    return [name] if 1 < len(name) <= MAX_HAN_NAME_CHARS else []


def _said_to_be(turn: Turn) -> list[str]:
    """Return who a Chinese answer says it is: what stands in the quotation where 谁 stood in the question."""
    before, asked, after = turn.question.strip(" ?？").partition("谁")
    if turn.language != "zh" or not asked or len(before) < HAN_CUE_CHARS:
        return []
    cue = re.escape(before[-HAN_CUE_CHARS:])
    end = re.escape(after[:HAN_CUE_CHARS]) if after else "[，。,.、]|$"
    found = (re.search(rf"{cue}([\u4e00-\u9fff·]{{2,12}}?)(?={end})", quote) for quote in turn.quotes)
    return [match[1] for match in found if match]


def _of_gender(names: Sequence[str], pronoun: str) -> str:
    """Return the first name that may be of a pronoun's gender, else the first."""
    if not pronoun:
        return names[0]
    feminine = pronoun in FEMININE
    return next((name for name in names if name.split()[0].endswith(("a", "я", "а")) == feminine), names[0])
