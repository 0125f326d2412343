"""An answer's text taken apart, for doors that show quotations in a form of their own: nothing is said twice.

bot/page/parts.js does the same for the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from qa.records import EXTRACTIVE, Answer, Citation

MAX_GAP = 4
"""How far the `[n]` may be from the end of its quotation: closing marks and a space."""
OPENING_MARKS = "“„‟«‹「『〈《‘‚\"'"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A quotation with what its line of the text says before and after it."""

    citation: Citation
    before: str = ""
    after: str = ""


def text_parts(answer: Answer) -> list[str | Quoted]:
    """Return the paragraphs and the quotations of an answer in the order of its text, each citation once.

    A text that retells its quotations is one paragraph, and they follow it.
    """
    if answer.mode != EXTRACTIVE:
        return [answer.text, *map(Quoted, answer.citations)]
    placed: list[Citation] = []
    gaps: list[list[str]] = []
    at = 0
    for citation in answer.citations:
        if place := _place(answer.text, citation, at):
            placed.append(citation)
            gaps.append(answer.text[at : place[0]].split("\n"))
            at = place[1]
    gaps.append(answer.text[at:].split("\n"))
    # In the first gap no quotation's line ends, in the last none begins.
    gaps[0].insert(0, "")
    gaps[-1].append("")
    parts: list[str | Quoted] = []
    for citation, (gap, following) in zip(placed, pairwise(gaps), strict=True):
        after = following[0] if len(following) > 1 else ""
        quoted = Quoted(citation, _said(gap[-1].rstrip(OPENING_MARKS)), _said(after))
        parts += [_said("\n".join(gap[1:-1])), quoted]
    parts.append(_said("\n".join(gaps[-1][1:-1])))
    unplaced = (Quoted(citation) for citation in answer.citations if citation not in placed)
    return [part for part in (*parts, *unplaced) if part]


def _place(text: str, citation: Citation, at: int) -> tuple[int, int] | None:
    """Return where a quotation begins and where its `[n]` ends, looked for from `at` on."""
    marker = f"[{citation.number}]"
    while (at := text.find(citation.quote, at)) >= 0:
        end = at + len(citation.quote)
        marked = text.find(marker, end, end + MAX_GAP + len(marker))
        if marked >= 0 and not _said(text[end:marked]):
            return at, marked + len(marker)
        at += 1
    return None


def _said(text: str) -> str:
    """Return a text trimmed, or nothing where it has no letter and no digit."""
    return text.strip() if any(char.isalnum() for char in text) else ""
