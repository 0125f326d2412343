"""What commands print on standard output: JSON a line for programs, pages for people."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys

import click

from bot.present import Json
from bot.terminal import Page

MAX_COLUMNS = 100
# Legal in JSON as they are, but some terminals obey them and some readers of lines break there.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029]")


def json_line(value: Json) -> str:
    """Return an object as JSON on one line, whatever its strings hold."""
    line = json.dumps(value, ensure_ascii=False)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", line)


def print_json(value: Json) -> None:
    """Print an object as one line at once, so that a reader of a batch need not wait for the next."""
    click.echo(json_line(value))


def print_text(text: str) -> None:
    """Print a rendered text; its styles are left as they are."""
    click.echo(text, color=True)


def to_terminal() -> bool:
    """Tell whether a person reads the output."""
    return sys.stdout.isatty()


def output_page() -> Page:
    """Return the page that fits standard output; NO_COLOR is respected (no-color.org)."""
    columns = shutil.get_terminal_size().columns
    return Page(min(columns, MAX_COLUMNS), styled=to_terminal() and not os.environ.get("NO_COLOR"))
