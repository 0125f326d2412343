"""The last question with what the new one puts in the place of its like: a year, a country, a number, a word."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from qa.followup_likeness import Similarity, most_similar
from qa.followup_parts import COUNTRY, NAME, NUMBER, SMALL, TIME, WORD, Part
from qa.followup_reading import Reading
from qa.when import YEAR, find_dates

MAX_PLACE_WORDS = 2
MAX_YEAR_CHARS = 16
"""Of a year with the word for it."""

_POSSESSIVE = re.compile(r"['’]s$")
# Prepositions that are one: в and во, у and ў, w and we, in and im.
_SAME_PREPOSITIONS = {"во": "в", "со": "с", "ў": "у", "са": "з", "we": "w", "ze": "z", "im": "in", "am": "an"}


@dataclass(frozen=True, slots=True)
class Edit:
    """A new text for a slice of the last question."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What a part of the new question does to the last one.

    Attributes:
        used: the parts of the new question that it takes.
        edits: to the last question.
        added: what has no like in it.
    """

    used: tuple[Part, ...] = ()
    edits: tuple[Edit, ...] = ()
    added: str = ""


def exchange(new: Reading, last: Reading, similarity: Similarity) -> str:
    """Return the last question with the parts of the new one in place of those of the same kind.

    What has no like in it is added at its end.
    """
    changes = [_time_change(new, last), _place_change(new, last), _number_change(new, last)]
    edits = [edit for change in changes for edit in change.edits]
    added = [change.added for change in changes if change.added]
    if rest := _rest(new, [part for change in changes for part in change.used]):
        free = [part for part in last.of(WORD, NAME) if not any(_overlap(part, edit) for edit in edits)]
        chosen = most_similar(rest, new, last, free, similarity)
        if chosen is None:
            added.append(rest)
        else:
            edits.append(Edit(chosen.start, chosen.end, rest))
    if new.ask is not None and new.language != "zh":
        edits.append(_ask_edit(new.ask, last))
    text = last.text
    for edit in sorted(edits, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return _with_added(text, added, last)


def conflicting(new: Reading, last: Reading) -> list[Part]:
    """Return the parts of the last question whose place something in the new one takes, with their prepositions."""
    gone = last.of(TIME) if new.of(TIME) else []
    if new.of(COUNTRY, NAME):
        places = last.of(COUNTRY) or [phrase[-1] for phrase in _led_places(last, 1) if phrase[-1].kind == NAME]
        gone = gone + places[-1:]
    return [part for each in gone for part in (last.preposition(each), each) if part is not None]


def _ask_edit(asked: Part, last: Reading) -> Edit:
    ask = last.ask
    if ask is not None:
        return Edit(ask.start, ask.end, asked.text)
    return Edit(0, 1, f"{asked.text} {last.lowered[0]}")


def _time_change(new: Reading, last: Reading) -> Change:
    """Exchange a time: a year for a year, a month for a month of the same year, any other for the whole."""
    times, theirs = new.of(TIME), last.of(TIME)
    if not times:
        return Change()
    preposition = new.preposition(times[0])
    used = (*times, *([preposition] if preposition else []))
    core = times[0].text
    phrase = new.text[(preposition or times[0]).start : times[-1].end]
    year = YEAR.search(core)
    only_year = len(core) <= MAX_YEAR_CHARS and not find_dates(core)
    if len(theirs) != 1:
        if year is not None and phrase == year[0]:
            phrase = last.words.of_year.format(year[0])
        gone = [part for time in theirs for part in (last.preposition(time), time) if part is not None]
        return Change(used, tuple(Edit(max(part.start - 1, 0), part.end, "") for part in gone), phrase)
    (time,) = theirs
    place = YEAR.search(time.text)
    if year is not None and only_year and place and len(set(YEAR.findall(time.text))) == 1:
        begin = time.start + place.start()
        return Change(used, (Edit(begin, begin + len(place[0]), year[0]),))
    before = last.preposition(time)
    text = phrase if preposition else core
    if place and year is None and (find_dates(f"1 {core}") or find_dates(core)):
        text = _in_year(text, place[0], time.text[place.start() :], last.language)
    start = before.start if before is not None and preposition else time.start
    return Change(used, (Edit(start, time.end, text),))


def _in_year(month: str, year: str, year_and_rest: str, language: str) -> str:
    """Return a month with the year that was asked about."""
    if language == "zh":
        return f"{year}年{month}"
    return f"{month}{' de ' if language == 'es' else ' '}{year_and_rest}"


def _place_change(new: Reading, last: Reading) -> Change:
    """Exchange a country for a country, and a name after a preposition for such a one."""
    countries = new.of(COUNTRY)
    led = next((phrase for phrase in _led_places(new, MAX_PLACE_WORDS)), None)
    if led is None and not countries:
        return Change()
    own = led[1:] if led else countries[:1]
    used = tuple(led or own)
    phrase = new.text[own[0].start : own[-1].end]
    whole = new.text[used[0].start : own[-1].end]
    theirs = _led_places(last, len(own))
    same = [found for found in theirs if led and _alike(found[0].text, led[0].text)]
    if same:
        target = _of_kind(same, own[0].kind)[-1]
        # Belarusian writes у after a consonant and ў after a vowel, so that the one that stands there is right.
        keeps = last.language == "be"
        return Change(used, (Edit(target[int(keeps)].start, target[-1].end, phrase if keeps else whole),))
    if own[0].kind == COUNTRY and (known := last.of(COUNTRY)):
        before = next((found for found in theirs if found[1] == known[0]), None)
        if led and before:
            return Change(used, (Edit(before[0].start, before[-1].end, whole),))
        possessive = _POSSESSIVE.search(known[0].text)
        text = _POSSESSIVE.sub("", phrase) + (possessive[0] if possessive else "")
        return Change(used, (Edit(known[0].start, known[0].end, text),))
    if theirs:
        target = _of_kind(theirs, own[0].kind)[-1]
        return Change(used, (Edit(target[0 if led else 1].start, target[-1].end, whole),))
    return Change(used, added=whole)


def _led_places(reading: Reading, size: int) -> list[list[Part]]:
    """Return each preposition with up to so many content words after it, the first of them a country or a name."""
    found = []
    for at, part in enumerate(reading.parts):
        if part.kind != SMALL or part.text.casefold() not in reading.words.places:
            continue
        phrase = [part]
        for after in reading.parts[at + 1 :]:
            if len(phrase) == 1 and after.text.casefold() in reading.words.articles:
                continue
            if after.kind not in (WORD, NAME, COUNTRY) or len(phrase) > size:
                break
            phrase.append(after)
        if len(phrase) > 1 and phrase[1].kind != WORD:
            found.append(phrase)
    return found


def _of_kind(phrases: list[list[Part]], kind: str) -> list[list[Part]]:
    return [phrase for phrase in phrases if phrase[1].kind == kind] or phrases


def _alike(one: str, other: str) -> bool:
    one, other = one.casefold(), other.casefold()
    return _SAME_PREPOSITIONS.get(one, one) == _SAME_PREPOSITIONS.get(other, other)


def _number_change(new: Reading, last: Reading) -> Change:
    """Exchange the only number, with what it counts."""
    numbers, theirs = new.of(NUMBER), last.of(NUMBER)
    if len(numbers) != 1 or len(theirs) != 1:
        return Change()
    counted, their_counted = _after(new, numbers[0]), _after(last, theirs[0])
    preposition = new.preposition(numbers[0])
    used = tuple(part for part in (preposition, numbers[0], counted) if part is not None)
    if counted is None or their_counted is None or new.language == "zh":
        return Change(used, (Edit(theirs[0].start, theirs[0].end, numbers[0].text),))
    text = new.text[numbers[0].start : counted.end]
    return Change(used, (Edit(theirs[0].start, their_counted.end, text),))


def _after(reading: Reading, number: Part) -> Part | None:
    at = reading.parts.index(number) + 1
    after = reading.parts[at] if at < len(reading.parts) else None
    return after if after is not None and after.kind in (WORD, NAME, SMALL) else None


def _rest(new: Reading, used: Sequence[Part]) -> str:
    """Return what is left of the new question, without small words around it."""
    content = [part for part in new.of(WORD, NAME, NUMBER, COUNTRY) if part not in used]
    if not content:
        return ""
    preposition = new.preposition(content[0])
    first = content[0] if preposition is None or preposition in used else preposition
    return new.text[first.start : content[-1].end]


def _with_added(text: str, added: Sequence[str], last: Reading) -> str:
    if last.language == "zh":
        return "，".join([text, *added])
    for phrase in added:
        joins = phrase[0].isdigit() or phrase.split()[0].casefold() in last.words.places
        text += (" " if joins else ", ") + phrase
    return " ".join(text.split())


def _overlap(part: Part, edit: Edit) -> bool:
    return part.start < edit.end and edit.start < part.end
