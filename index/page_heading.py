"""What stands above an article on a text page: date and time, section, headline, author."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from index.boilerplate import Recurrence
from index.furniture import Shape, count_letters
from index.page_lines import Line, is_menu

_TITLE_LETTERS = range(8, 301)
_SENTENCE_TITLE_LETTERS = 160
_SECTION_LETTERS = range(3, 41)
_SECTION_WORDS = 4
_LINES_ABOVE = 5
_OPENING_LINES = 6
_DATE_LINES = 40
_CLOCK_LINES = 2
_LINES_BESIDE = 2
_NO_TIME_COST = 6.0
_REVISED_COST = 5.0
_WEEKDAY_COST = 6.0
_FAR_COST = 25.0
_OVERLAP = 0.35
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]([0-5]\d)")
_AUTHOR = re.compile(
    r"(?:by|von|autor(?:ka)?:?|автор:?|аўтар:?|por|作者[:：]?|记者[:：]?)\s*"
    r"((?-i:[^\W\d_a-zа-яёіў][\w.'’-]*)(?: (?-i:[^\W\d_a-zа-яёіў][\w.'’-]*)){0,3})",
    re.IGNORECASE,
)
_CRUMBS = re.compile(r"\s*[>»›→]\s*|\s/\s")
_WORD = re.compile(r"[^\W\d_]{4,}|[\u4e00-\u9fff]{2}")
_STEM_CHARS = 5


@dataclass(frozen=True, slots=True)
class Heading:
    """The lines around the beginning of an article that are not its text.

    Attributes:
        changed: when the page says that it was changed.
        used: numbers of the lines that are accounted for.
        first, last: numbers of the first and last line of the heading; `first > last` when there is none.
        opening: number of the first line that is certainly the article's text.
    """

    title: str
    published: str | None
    changed: str | None
    section: str | None
    authors: tuple[str, ...]
    used: frozenset[int]
    first: int
    last: int
    opening: int


def find_heading(lines: Sequence[Line], core: range) -> Heading:
    """Find the heading of the article whose text is mainly in `core`."""
    opening = _find_opening(lines, core)
    date_at = _find_date(lines, opening, core)
    title_at = _find_title(lines, date_at, opening)
    if title_at is not None and title_at >= opening:
        opening = title_at + 1
    above = [at for at in (date_at, title_at) if at is not None and at < opening]
    used = set(above) | ({date_at} if date_at is not None else set())
    section_at = _find_section(lines, above)
    authors: list[str] = []
    for at in range(min(above, default=opening), opening):
        if at not in used and (match := _AUTHOR.fullmatch(lines[at].text)):
            authors.append(match[1])
            used.add(at)
    published, time_at = _published(lines, date_at)
    changed_at = _find_change(lines, date_at, opening, core)
    changed = lines[changed_at].when if changed_at is not None else None
    used |= {at for at in (section_at, time_at, changed_at) if at is not None}
    return Heading(
        title=lines[title_at].text if title_at is not None else "",
        published=published,
        changed=changed.iso if changed else None,
        section=_CRUMBS.split(lines[section_at].text)[-1] if section_at is not None else None,
        authors=tuple(authors),
        used=frozenset(used),
        first=min(above, default=0),
        last=max(above, default=-1),
        opening=opening,
    )


def _find_opening(lines: Sequence[Line], core: range) -> int:
    """Return the first line of the text: the dateline, or else the first paragraph that is no headline."""
    for at in islice(core, _OPENING_LINES):
        if lines[at].dateline:
            return at
    first = next((at for at in core if lines[at].prose), core.start)
    return first + 1 if lines[first].headline and first + 1 < core.stop else first


def _find_date(lines: Sequence[Line], opening: int, core: range) -> int | None:
    """Choose among the date lines the one that says when the article was published.

    The nearest above the text, rather with a time than without. The clock of the page has a weekday, no time,
    and stands far above.
    """
    costs: dict[int, float] = {}
    for at in range(max(0, opening - _DATE_LINES), opening):
        when = lines[at].when
        if when is None:
            continue
        distance = sum(not lines[between].site for between in range(at + 1, opening))
        clock = when.weekday and not when.has_time
        far = distance > _CLOCK_LINES or opening - at > _CLOCK_LINES + 1
        if when.weekday and ((clock and when.other_letters) or (far and (clock or when.other_letters))):
            continue
        costs[at] = (
            distance
            + when.other_letters / 8
            + (0 if when.has_time else _NO_TIME_COST)
            + (_REVISED_COST if when.revised else 0)
            + (_WEEKDAY_COST if clock else 0)
        )
    if costs:
        best = min(costs, key=lambda at: (costs[at], at))
        return best if costs[best] < _FAR_COST else None
    return _date_below(lines, opening, core)


def _date_below(lines: Sequence[Line], opening: int, core: range) -> int | None:
    """Return the date line below the text, if there is but one: lists of other news have several."""
    below = [at for at in range(opening, len(lines)) if lines[at].when]
    return below[0] if len(below) == 1 and below[0] >= core.stop - 1 else None


def _find_change(lines: Sequence[Line], date_at: int | None, opening: int, core: range) -> int | None:
    """Find the last of the lines that say when the article was changed: beside its date, or below the text."""
    if date_at is None:
        return None
    below = _date_below(lines, opening, core)
    changes: dict[int, str] = {}
    for at in (*range(max(0, date_at - _LINES_BESIDE), opening), *(() if below is None else (below,))):
        when = lines[at].when
        if when is not None and when.revised and at != date_at:
            changes[at] = when.iso
    return max(changes, key=lambda at: changes[at], default=None)


def _published(lines: Sequence[Line], date_at: int | None) -> tuple[str | None, int | None]:
    """Return the publication time, and the number of a line of its own that gives the hour."""
    when = lines[date_at].when if date_at is not None else None
    if date_at is None or when is None:
        return None, None
    if not when.has_time:
        for at in (date_at + 1, date_at - 1):
            if 0 <= at < len(lines) and (time := _TIME.fullmatch(lines[at].text)):
                return f"{when.iso}T{int(time[1]):02}:{time[2]}", at
    return when.iso, None


def _find_title(lines: Sequence[Line], date_at: int | None, opening: int) -> int | None:
    if date_at is None or date_at >= opening:
        return _title_without_date(lines, opening)
    below = [at for at in range(date_at + 1, opening) if _may_be_title(lines[at])]
    above = [at for at in range(date_at - 1, max(-1, date_at - _LINES_ABOVE), -1) if _is_long_headline(lines[at])]
    first_below = _best(lines, below)
    if above and (first_below is None or _names_the_same_story(lines, above[0], first_below, date_at, opening)):
        return above[0]
    if first_below is not None:
        return first_below
    return opening if _is_sentence_title(lines, opening, date_at) else None


def _is_sentence_title(lines: Sequence[Line], at: int, date_at: int) -> bool:
    """Whether what looks like the first paragraph is a headline with a full stop: short, and in its place."""
    line = lines[at]
    following = next(iter(lines[at + 1 : at + 2]), None)
    if following is None or line.dateline or not (following.prose or following.sentence):
        return False
    apart = following.dateline or (line.apart and following.apart)
    return line.letters <= _SENTENCE_TITLE_LETTERS and (apart or (at == date_at + 1 and line.single))


def _title_without_date(lines: Sequence[Line], opening: int) -> int | None:
    candidates = [at for at in range(opening) if _may_be_title(lines[at]) and lines[at].headline]
    plain = not any(line.site for line in lines[:opening]) and not is_menu(lines[:opening])
    return _best(lines, candidates[:1] if plain else candidates[: -_LINES_ABOVE - 1 : -1])


def _best(lines: Sequence[Line], candidates: Iterable[int]) -> int | None:
    """Take the first candidate that does not recur on other pages; else the first of all."""
    numbers = list(candidates)
    new = [at for at in numbers if lines[at].recurrence is Recurrence.NONE and lines[at].shape is Shape.TEXT]
    return next(iter(new or numbers), None)


def _may_be_title(line: Line) -> bool:
    return (
        line.letters in _TITLE_LETTERS
        and line.when is None
        and not line.timed
        and line.shape is not Shape.CREDIT
        and not _AUTHOR.fullmatch(line.text)
    )


def _is_long_headline(line: Line) -> bool:
    """Whether a line is longer than the name of a section and may be a headline."""
    wide = line.text.count(" ") >= _SECTION_WORDS or line.letters > _SECTION_LETTERS.stop
    return wide and line.headline and _may_be_title(line) and not line.site and line.recurrence is Recurrence.NONE


def _names_the_same_story(lines: Sequence[Line], above: int, below: int, date_at: int, opening: int) -> bool:
    """Whether the line above the date is the headline, and the one below it a standfirst, a caption or text."""
    if date_at - above > 2:
        return False
    if lines[below].site or lines[below].text.endswith((".", "。")):
        return True
    story = _stems(" ".join(line.text for line in lines[opening : opening + 3]))
    first, second = (_share(_stems(lines[at].text), story) for at in (above, below))
    return first >= _OVERLAP and first >= second


def _stems(text: str) -> set[str]:
    return {word[:_STEM_CHARS].casefold() for word in _WORD.findall(text)}


def _share(part: set[str], whole: set[str]) -> float:
    return len(part & whole) / max(1, len(part))


def _find_section(lines: Sequence[Line], above: Sequence[int]) -> int | None:
    """Find the name of a section: a short line beside date and headline that is no doubled menu line."""
    if not above:
        return None
    beside: list[int] = [min(above) - 1, *range(min(above) + 1, max(above))]
    for at in beside:
        if at < 0 or at in above:
            continue
        line = lines[at]
        name = _CRUMBS.split(line.text)[-1]
        if (
            count_letters(name) in _SECTION_LETTERS
            and name.count(" ") < _SECTION_WORDS
            and line.shape is Shape.TEXT
            and line.when is None
            and not line.sentence
            and not any(char.isdigit() for char in line.text)
            and not _AUTHOR.fullmatch(line.text)
            and (at == 0 or lines[at - 1].text.casefold() != line.text.casefold())
        ):
            return at
    return None
