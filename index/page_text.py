"""Articles in text pages: where the article is, among menus, clock, weather, calls and lists of other news.

It is found by structure: the line with date and time, the headline beside it, the dateline, paragraphs that read
like paragraphs. The text is the stretch of lines that holds most of them (a maximum subsequence, as in Pasternack
and Roth, 2009): prose counts for it, short lines and furniture count against it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from index.boilerplate import NOTHING_RECURS, Recurrence, RecurringLines
from index.datelines import Dateline, find_dateline
from index.errors import NoArticle
from index.furniture import Shape, count_letters
from index.page_heading import Heading, find_heading
from index.page_lines import Line, is_menu, split_lines
from index.timestamps import correction

MIN_LETTERS = 40
"""Less than this is no article; a Chinese character counts two and a half."""

_PROSE_UNIT = 60
_MAX_PROSE = 5.0
_SENTENCE_WORTH = 0.5
_DATELINE_WORTH = 5.0
_COSTS = {Shape.FURNITURE: -3.0, Shape.CREDIT: -1.0, Shape.SIGN: -0.5}
_RECURRING_COST = -3.0
_DATE_COST = -4.0
_SHORT_COST = -1.0
_SUBHEADING_COST = -0.5
_POINT_COST = -0.3
_INTRO_LETTERS = 25
_CAPTION_LETTERS = 60
_FEW_LINES = 3
_DATELINE_PARAGRAPHS = 3
_POINT = re.compile(r"[•·▪●*–—-]\s|\d{1,2}[.)]\s")


@dataclass(frozen=True, slots=True)
class PageArticle:
    """What a page says, before it has an id; `text` has paragraphs with an empty line between."""

    text: str
    title: str = ""
    published: str | None = None
    corrected: str | None = None
    section: str | None = None
    dateline: str | None = None
    source: str | None = None
    authors: tuple[str, ...] = ()
    url: str | None = None
    language_hint: str | None = None


def read_text_page(text: str, recurring: RecurringLines = NOTHING_RECURS) -> PageArticle:
    """Find the article in the cleaned text of a page. Raises: NoArticle."""
    lines = split_lines(text, recurring)
    worths = _worths(lines)
    core = _best_stretch(worths) or _few_lines(lines)
    heading = find_heading(lines, core)
    if _is_furnished(lines, heading, core):
        kept = _article_lines(lines, worths, heading)
    else:
        first = heading.first if heading.published else 0
        kept = [line for at, line in enumerate(lines) if at >= first and at not in heading.used]
    body = "\n\n".join(line.text for line in kept)
    if count_letters(body) < MIN_LETTERS:
        raise NoArticle("no article text found")
    dateline = _first_dateline(kept)
    return PageArticle(
        text=body,
        title=heading.title,
        published=heading.published,
        corrected=correction(heading.published, heading.changed),
        section=heading.section,
        dateline=dateline.place if dateline else None,
        source=dateline.agency if dateline else None,
        authors=(dateline.author,) if dateline and dateline.author else heading.authors,
    )


def drop_site_lines(paragraphs: Sequence[str], recurring: RecurringLines) -> list[str]:
    """Leave out the paragraphs that belong to the site, from a text that was cut out of its page already."""
    lines = split_lines("\n".join(paragraphs), recurring)
    kept = [at for at, line in enumerate(lines) if not line.site]
    opening = next((number for number, at in enumerate(kept[:_FEW_LINES]) if lines[at].dateline), 0)
    kept = [at for number, at in enumerate(kept) if number >= opening or lines[at].sentence]
    while kept and lines[kept[0]].when is not None:
        del kept[0]
    while kept and lines[kept[-1]].recurrence is not Recurrence.NONE:
        kept.pop()
    return [lines[at].text for at in kept]


def _worths(lines: Sequence[Line]) -> list[float]:
    """Say how much each line counts for or against being in the article."""
    worths = []
    listing = False
    in_a_row = 0
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        listing = (
            before is not None
            and not line.prose
            and not line.site
            and line.when is None
            and (_introduces(before) or (listing and line.apart == before.apart) or line.text.endswith(";"))
        )
        # A single such line may stand between two paragraphs; several together are where the article ends.
        in_a_row = in_a_row + 1 if line.site or line.recurrence is not Recurrence.NONE else 0
        worth = 0.0 if listing else _worth(line, before, lines[at + 1] if at + 1 < len(lines) else None)
        worths.append(worth * max(1, in_a_row))
    return worths


def _introduces(line: Line) -> bool:
    return line.text.endswith((":", "：")) and line.letters >= _INTRO_LETTERS and not line.site


def _worth(line: Line, before: Line | None, after: Line | None) -> float:
    if line.recurrence is not Recurrence.NONE:
        return _RECURRING_COST
    if line.shape in _COSTS:
        return _COSTS[line.shape]
    if line.when is not None or line.timed:
        return _DATE_COST
    if line.prose:
        worth = min(_SENTENCE_WORTH + line.letters / _PROSE_UNIT, _MAX_PROSE)
        return worth + (_DATELINE_WORTH if line.dateline else 0)
    if line.sentence:
        return _SENTENCE_WORTH
    if _POINT.match(line.text):
        return _POINT_COST
    # A last paragraph whose full stop was forgotten; a list of headlines would go on in the same way.
    ending = line.apart and line.letters >= _CAPTION_LETTERS and before is not None and before.prose
    if ending and (after is None or after.site or after.prose):
        return _SENTENCE_WORTH
    between = before is not None and before.prose and after is not None and after.prose
    return _SUBHEADING_COST if between else _SHORT_COST


def _best_stretch(worths: Sequence[float]) -> range | None:
    """Find the run of lines with the highest sum, if any is above nothing."""
    best, best_sum = None, 0.0
    start, total = 0, 0.0
    for at, worth in enumerate(worths):
        if total <= 0:
            start, total = at, 0.0
        total += worth
        if total > best_sum:
            best, best_sum = range(start, at + 1), total
    return best


def _few_lines(lines: Sequence[Line]) -> range:
    """Take a page without any prose as a whole, if it is but a few lines and none is furniture."""
    if not lines or len(lines) > _FEW_LINES or any(line.site for line in lines):
        raise NoArticle("no article text found")
    return range(len(lines))


def _is_furnished(lines: Sequence[Line], heading: Heading, core: range) -> bool:
    """Whether there is anything on the page but the article; if not, nothing is left out.

    Only sites print the minute of publication.
    """
    if heading.published and "T" in heading.published:
        return True
    others = [line for at, line in enumerate(lines) if at not in heading.used]
    if any(line.shape is Shape.FURNITURE or line.recurrence is not Recurrence.NONE for line in others):
        return True
    if any(line.when is not None and line.when.weekday for line in others):
        return True
    return is_menu(lines[: heading.first]) or is_menu(lines[core.stop :])


def _article_lines(lines: Sequence[Line], worths: Sequence[float], heading: Heading) -> list[Line]:
    """Cut the article's text out of a page: to where the sum of the lines' worths is highest."""
    sums = list(accumulate(worths[heading.opening + 1 :], initial=0.0))
    highest = max(sums)
    stop = heading.opening + 1 + max(at for at, total in enumerate(sums) if total == highest)
    start = max(heading.last + 1, 0) if heading.last >= 0 else heading.opening
    title = heading.title.casefold()
    dated = lines[heading.opening].dateline
    kept = []
    for at in range(start, stop):
        line = lines[at]
        # Above the text stand captions; where it opens with a dateline, it is plain that they do.
        caption = at < heading.opening and not line.sentence and (dated or line.letters < _CAPTION_LETTERS)
        if not (at in heading.used or line.site or caption or line.text.casefold() == title):
            kept.append(line)
    return kept


def _first_dateline(lines: Sequence[Line]) -> Dateline | None:
    found = (find_dateline(line.text) for line in lines[:_DATELINE_PARAGRAPHS])
    return next((dateline for dateline in found if dateline), None)
