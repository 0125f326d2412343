"""Text as Telegram takes it: styled runs, cut into messages of at most 4,096 UTF-16 units and 100 entities.

Runs rather than markup: a run has one style, so entities can neither overlap nor nest, and no character of
a text can ever be taken for markup.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]

MAX_UNITS = 4096
MAX_ENTITIES = 100
GAP = "\n\n"
"""What stands between two blocks of one message."""

# What Telegram's own input cleaning drops: carriage returns, direction overrides, three combining marks.
_DROPPED = re.compile("[\r\u202a-\u202e\u0333\u033f\u030a]")
_LINE_ENDS = re.compile("\r\n|[\u0085\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
_CUTS = (
    re.compile(r"\s*\n\s*\n"),
    re.compile(r"\s*\n"),
    re.compile(r"[.!?…]+[\"'»”’)\]]*(?=\s)|[。！？]+[」』”’）]*"),
)
_SPACE = re.compile(r"\s+")
_GRAPHEME = regex.compile(r"\X")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of text in one style: an entity type of the Bot API, or none; `url` goes with `text_link`."""

    text: str
    style: str | None = None
    url: str | None = None


Block = tuple[Run, ...]
"""A paragraph: cut only when it does not fit a message of its own."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A style of a message; offset and length count UTF-16 units."""

    style: str
    offset: int
    length: int
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message that Telegram accepts; `preview` is the address whose preview is shown under it."""

    text: str
    entities: tuple[Entity, ...] = ()
    preview: str | None = None


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units."""
    return len(text) + sum(char > "\uffff" for char in text)


def cleaned(text: str) -> str:
    """Return the text as Telegram would store it, so that what we count is what arrives."""
    text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    return _CONTROLS.sub(" ", text)


def messages(blocks: Iterable[Block]) -> list[Message]:
    """Lay blocks out in few messages, each block whole where it fits one; only white space is lost."""
    laid: list[list[Block]] = []
    room = 0
    for block in blocks:
        for number, piece in enumerate(_pieces(_clean_block(block))):
            need = units(_text(piece)) + len(GAP)
            fits = laid and need <= room and _styled(sum(laid[-1], ())) + _styled(piece) <= MAX_ENTITIES
            if not fits or number > 0:
                laid.append([])
                room = MAX_UNITS + len(GAP)
            laid[-1].append(piece)
            room -= need
    return [_message(pieces) for pieces in laid]


def _clean_block(block: Block) -> Block:
    return _trimmed(tuple(Run(cleaned(run.text), run.style, run.url) for run in block))


def _trimmed(block: Block) -> Block:
    return _slice(block, 0, len(_text(block)))


def _pieces(block: Block) -> Iterator[Block]:
    """Yield the parts of a block that fit a message each; a part that would show nothing is left out."""
    text = _text(block)
    for start, end in _cuts(text):
        for piece in _few_styles(_slice(block, start, end)):
            if any(_shows(char) for char in _text(piece)):
                yield piece


def _few_styles(block: Block) -> Iterator[Block]:
    """Yield the parts of a block that have no more styled runs than a message may have entities."""
    part: list[Run] = []
    for run in block:
        if run.style and _styled(tuple(part)) == MAX_ENTITIES:
            yield _trimmed(tuple(part))
            part = []
        part.append(run)
    yield _trimmed(tuple(part))


def _cuts(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end = _reach(text, start)
        if end < len(text):
            end = _best_cut(text, start, end)
        yield start, end
        start = end
        while start < len(text) and text[start].isspace():
            start += 1


def _reach(text: str, start: int) -> int:
    """Return how far a message that begins at `start` can go."""
    end = min(len(text), start + MAX_UNITS)
    excess = units(text[start:end]) - MAX_UNITS
    while excess > 0:
        end -= 1
        excess -= 2 if text[end] > "\uffff" else 1
    return end


def _best_cut(text: str, start: int, end: int) -> int:
    """Return where to cut: between paragraphs, lines, sentences, words or, in one long word, characters."""
    half = start + (end - start) // 2
    for pattern in _CUTS:
        # One character further, so that the space after a sentence that just fits is seen.
        cuts = [_inner(match) for match in pattern.finditer(text, half, end + 1)]
        cuts = [cut for cut in cuts if half < cut <= end]
        if cuts:
            return cuts[-1]
    spaces = [match.start() for match in _SPACE.finditer(text, start + 1, end + 1)]
    if spaces:
        return spaces[-1]
    # The window is wider than the reach: the last character in it may be seen only in part.
    for match in reversed(list(_GRAPHEME.finditer(text, start, min(len(text), end + 32)))):
        if start < match.end() <= end:
            return int(match.end())
    return end


def _inner(match: re.Match[str]) -> int:
    """Return the cut that a match proposes: before white space, after the end of a sentence."""
    return match.start() if match.group()[0].isspace() else match.end()


def _slice(block: Block, start: int, end: int) -> Block:
    """Return the runs of a stretch of a block, without white space at its two ends."""
    text = _text(block)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    runs: list[Run] = []
    at = 0
    for run in block:
        part = run.text[max(start - at, 0) : max(end - at, 0)]
        at += len(run.text)
        if part:
            runs.append(Run(part, run.style, run.url))
    return tuple(runs)


def _message(pieces: list[Block]) -> Message:
    text = ""
    entities: list[Entity] = []
    for piece in pieces:
        text += GAP if text else ""
        for run in piece:
            bare = run.text.strip()
            if run.style and bare:
                lead = run.text[: len(run.text) - len(run.text.lstrip())]
                entities.append(Entity(run.style, units(text + lead), units(bare), run.url))
            text += run.text
    return Message(text, tuple(entities))


def _text(block: Block) -> str:
    return "".join(run.text for run in block)


def _styled(block: Block) -> int:
    return sum(run.style is not None for run in block)


def _shows(char: str) -> bool:
    """Say whether a character is seen: Telegram refuses a message of spaces and format characters."""
    return not char.isspace() and unicodedata.category(char) not in ("Cc", "Cf") and char not in "\u2800\ufffc"
