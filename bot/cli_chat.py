"""The command `chat`: questions one after the other in the terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli_batch import whole
from bot.cli_output import output_page, print_json, print_text
from bot.cli_session import Session, filter_options, json_option, make_filters, store_option
from bot.present import answer_json
from bot.terminal import render_answer
from bot.terminal_progress import watch
from bot.terminal_text import one_line
from index.errors import UsageError

LEAVE = frozenset({"exit", "quit", "/exit", "/quit"})


@click.command()
@filter_options
@store_option
@json_option
@click.pass_obj
def chat(session: Session, /, store: Path | None, as_json: bool, **given: str | None) -> None:
    """Ask one question after the other; an empty line is passed over, `exit` or Ctrl-D ends it."""
    directory, filters = session.directory(store), make_filters(given)
    answerer = session.wiring.open_answerer(directory, session.settings, watch(sys.stderr))
    for question in _questions():
        try:
            answer = answerer.ask(question, filters)
        except UsageError as error:
            click.echo(f"vestka: {one_line(str(error))}", err=True)
            continue
        if as_json:
            print_json(answer_json(answer))
        else:
            print_text(render_answer(answer, output_page()) + "\n")


def _questions() -> Iterator[str]:
    """Yield what is typed, or the lines of standard input."""
    person = sys.stdin.isatty() and sys.stdout.isatty()
    if person:
        with contextlib.suppress(ImportError):
            import readline  # noqa: F401 - importing it gives `input` line editing and history
        click.echo("Ask the archive; leave with Ctrl-D or `exit`.", err=True)
    while True:
        try:
            line = input("> ") if person else sys.stdin.readline()
        except EOFError:
            click.echo(err=True)
            return
        if not person and not line:
            return
        question = whole(line.strip())
        if question.lower() in LEAVE:
            return
        if question:
            yield question
