"""The lines of a text page, with what there is to know about each by itself."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from index.boilerplate import Recurrence, RecurringLines
from index.datelines import find_dateline
from index.errors import NoArticle
from index.furniture import SENTENCE_END, Shape, count_letters, shape_of
from index.page_dates import PageDate, find_date, starts_with_time

_MAX_LINES = 100_000
_DATE_LINE_CHARS = 100
_DATE_LINE_LETTERS = 30
_BARE_DATE_LETTERS = 12
_PROSE_LETTERS = 40
_LABEL_LETTERS = 40
_MENU_LINES = 4
_LONG_LETTERS = 200
_WRAP_WIDTH = range(50, 121)
_INNER_END = re.compile(r"(?<=[^\W\d]{2})[.!?…][\"»”’)]*\s+[\"«„“(]?[^\W\d_a-zа-яёіў]|[。！？].")
_LOWER_START = re.compile(r"[\"«„“(]?[a-zа-яёіўà-ÿąćęłńóśźż]")


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or one paragraph that was wrapped at a fixed width.

    Attributes:
        letters: letters and digits, a Chinese character counting two and a half.
        sentence: whether it ends as a sentence does.
        apart: whether an empty line stands before it.
        when: the date, if the line consists of one.
        timed: whether it begins with an hour and minute, as entries of news lists do.
        dateline: whether it opens as an agency's report does.
    """

    text: str
    letters: int
    sentence: bool
    apart: bool
    shape: Shape
    recurrence: Recurrence
    when: PageDate | None
    timed: bool
    dateline: bool

    @property
    def prose(self) -> bool:
        """Whether it reads like a paragraph of an article."""
        return (self.sentence and self.letters >= _PROSE_LETTERS) or self.letters >= _LONG_LETTERS or self.dateline

    @property
    def headline(self) -> bool:
        """Whether it could be a headline: one phrase, not over-long, without a full stop."""
        stopped = self.text.endswith((".", "。", ";", ":", ",", "；", "：")) and not self.text.endswith("..")
        return 0 < self.letters <= _LONG_LETTERS and not stopped and self.single

    @property
    def single(self) -> bool:
        """Whether no sentence ends within it."""
        return _INNER_END.search(self.text) is None

    @property
    def site(self) -> bool:
        """Whether it belongs to the site, wherever it stands."""
        return self.shape in (Shape.FURNITURE, Shape.CREDIT) or self.recurrence is Recurrence.COMMON


def is_menu(lines: Sequence[Line]) -> bool:
    """Whether there are so many labels in some lines that they are a site's."""
    return sum(not line.sentence and line.letters < _LABEL_LETTERS for line in lines) >= _MENU_LINES


def raw_lines(text: str) -> list[str]:
    """Return the lines of a cleaned page that are not empty, each without space around. Raises: NoArticle."""
    lines = [line for raw in text.split("\n") if (line := raw.strip())]
    if len(lines) > _MAX_LINES:
        raise NoArticle(f"the page has more than {_MAX_LINES} lines")
    return lines


def split_lines(text: str, recurring: RecurringLines) -> list[Line]:
    """Split a cleaned page into its lines, empty ones left out, and look at each. Raises: NoArticle."""
    raw_lines(text)
    lines: list[Line] = []
    for filled, block in groupby((line.strip() for line in text.split("\n")), key=bool):
        if filled:
            paragraphs = _unwrap(list(block))
            lines += [_look_at(line, number == 0, recurring) for number, line in enumerate(paragraphs)]
    return lines


def _look_at(text: str, apart: bool, recurring: RecurringLines) -> Line:
    date = find_date(text) if len(text) <= _DATE_LINE_CHARS else None
    letters = count_letters(text)
    return Line(
        text=text,
        letters=letters,
        sentence=SENTENCE_END.search(text) is not None,
        apart=apart,
        shape=shape_of(text, letters),
        recurrence=recurring.of(text),
        when=date if date and _is_date_line(text, date) else None,
        timed=starts_with_time(text),
        dateline=find_dateline(text) is not None,
    )


def _is_date_line(text: str, date: PageDate) -> bool:
    if SENTENCE_END.search(text) and date.other_letters > 4:
        return False
    most = _DATE_LINE_LETTERS if date.has_time or date.weekday or date.revised else _BARE_DATE_LETTERS
    return date.other_letters <= most


def _unwrap(block: list[str]) -> list[str]:
    """Join the lines of a paragraph that was wrapped at a fixed width: most of its breaks are within sentences."""
    width = max(map(len, block), default=0)
    if len(block) < 2 or width not in _WRAP_WIDTH or any(len(line) < 0.6 * width for line in block[:-1]):
        return block
    within = sum(
        not SENTENCE_END.search(line) and _LOWER_START.match(following) is not None
        for line, following in pairwise(block)
    )
    return [" ".join(block)] if 2 * within >= len(block) - 1 else block
