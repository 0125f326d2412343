"""The command `chat`: questions one after the other in the terminal."""

from __future__ import annotations

import contextlib
import math
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bot.cli_batch import whole
from bot.cli_output import output_page, print_json, print_text
from bot.cli_session import Session, filter_options, json_option, make_filters, store_option
from bot.conversation import ask_in_turn
from bot.present import answer_json
from bot.terminal import render_answer
from bot.terminal_progress import watch
from bot.terminal_text import one_line
from index.errors import UsageError
from qa.conversations import Conversations

LEAVE = frozenset({"exit", "quit", "/exit", "/quit"})
NEW = frozenset({"new", "/new"})
THIS = "chat"
"""The key of the only conversation there is."""


@click.command()
@filter_options
@store_option
@json_option
@click.pass_obj
def chat(session: Session, /, store: Path | None, as_json: bool, **given: str | None) -> None:
    """Hold a conversation: a question may go on from the ones before it.

    `/new` forgets what was said and begins anew; an empty line is passed over; `exit` or Ctrl-D ends it.
    """
    directory, filters = session.directory(store), make_filters(given)
    answerer = session.wiring.open_answerer(directory, session.settings, watch(sys.stderr))
    # What still stands on the screen is still talked about, however long ago it was said.
    conversations = Conversations(idle_seconds=math.inf)
    for question in _questions():
        if question.lower() in NEW:
            conversations.forget(THIS)
            click.echo("A new conversation.", err=True)
            continue
        try:
            answer = ask_in_turn(answerer, conversations, THIS, question, filters)
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
        click.echo("Ask the archive; /new begins a new conversation; leave with Ctrl-D or `exit`.", err=True)
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
