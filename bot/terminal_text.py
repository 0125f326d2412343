"""Text for terminals: nothing in it can steer the terminal, and lines fit its width in every script."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Controls (escape sequences begin with one), and the marks that turn the direction of text around them.
_UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_BREAKS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_WIDE = frozenset("WF")
_HANGING = frozenset("，。、；：？！）》」』”’…％%,.;:?!)]»")
"""Characters that never begin a line."""


def printable(text: str) -> str:
    """Return a text without what could move the cursor, hide text or turn its order; newlines stay."""
    return _UNSAFE.sub("", _BREAKS.sub("\n", text).replace("\t", " "))


def one_line(text: str) -> str:
    """Return a printable text on one line, runs of white space as one blank."""
    return " ".join(printable(text).split())


def display_width(text: str) -> int:
    """Return the columns that a text takes: two for a wide character, none for one that combines."""
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in _WIDE else 1 for char in text
    )


def wrap(text: str, width: int, indent: str = "") -> list[str]:
    """Break a printable text into indented lines of at most `width` columns, where they can be broken.

    A word that is wider than a line stays whole, so that addresses can be copied.
    """
    lines: list[str] = []
    room = max(1, width - len(indent))
    for paragraph in text.split("\n"):
        line = ""
        for piece in _pieces(paragraph):
            if line and display_width(line + piece.rstrip()) > room:
                lines.append(indent + line.rstrip())
                line = ""
            line += piece
        lines.append((indent + line).rstrip())
    return lines


def _pieces(paragraph: str) -> Iterator[str]:
    """Yield what a line may be broken between: words with their blanks, and wide characters one by one."""
    piece = ""
    for word in re.findall(r"\S+\s*", paragraph):
        for char in word:
            wide = unicodedata.east_asian_width(char) in _WIDE
            if piece and char not in _HANGING and (wide or unicodedata.east_asian_width(piece[-1]) in _WIDE):
                yield piece
                piece = ""
            piece += char
        yield piece
        piece = ""
