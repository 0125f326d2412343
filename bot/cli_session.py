"""What all commands share: the store and settings they work with, their common options."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.wiring import Wiring
from index.records import Filters

if TYPE_CHECKING:
    from bot.settings import Settings

Command = TypeVar("Command", bound=Callable[..., Any])

STORE_HELP = "The store's folder.  [default: $VESTKA_STORE, else ./store]"


class Session:
    """One run of the command.

    Attributes:
        wiring: what the commands call.
        store: `--store` where it stands before the command's name.
        debug: whether errors show their traceback.
    """

    def __init__(self, wiring: Wiring) -> None:
        self.wiring = wiring
        self.store: Path | None = None
        self.debug = False

    @cached_property
    def settings(self) -> Settings:
        """The settings, read once and only when a command runs: help is shown whatever they are."""
        return self.wiring.settings()

    def directory(self, store: Path | None) -> Path:
        """Return the store's folder, given the command's own `--store`."""
        settings = self.settings
        return store or self.store or settings.store


def store_option(command: Command) -> Command:
    """Add `--store DIR`."""
    return click.option("--store", type=click.Path(path_type=Path), metavar="DIR", help=STORE_HELP)(command)


def json_option(command: Command) -> Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")(command)


def filter_options(command: Command) -> Command:
    """Add the options that restrict the evidence."""
    for option in (
        click.option(
            "--as-of", metavar="YYYY-MM-DD", callback=_day, help="Only what was known at the end of this day."
        ),
        click.option("--source", metavar="NAME", help="Only articles of this source."),
        click.option("--until", metavar="YYYY-MM-DD", callback=_day, help="Only articles up to this day."),
        click.option("--since", metavar="YYYY-MM-DD", callback=_day, help="Only articles from this day on."),
        click.option("--language", metavar="xx", callback=_language, help="Only articles in this language."),
    ):
        command = option(command)
    return command


def make_filters(given: dict[str, str | None]) -> Filters:
    """Return the filters that `filter_options` gave."""
    return Filters(given["since"], given["until"], given["language"], given["source"], given["as_of"])


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
            raise ValueError
        date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"{value!r} is not a date: write YYYY-MM-DD") from None
    return value


def _language(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    if value is None:
        return None
    if not re.fullmatch("[A-Za-z]{2,3}", value):
        raise click.BadParameter(f"{value!r} is not a language code: write one such as en, ru or zh")
    return value.lower()
