"""The commands that ask: ask and search, one question or a batch of them."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import click

from bot.cli_batch import Asked, run_batch, whole
from bot.cli_output import output_page, print_json, print_text
from bot.cli_session import Session, filter_options, json_option, make_filters, store_option
from bot.conversation import ask_in_turn
from bot.present import Json, answer_json, search_json
from bot.terminal import render_answer, render_hits
from bot.terminal_explanation import render_explanation
from bot.terminal_progress import watch
from index.errors import BadQuestion
from index.records import Filters
from qa.answerer import MAX_QUESTION_CHARS
from qa.conversations import Conversations

BATCH_HELP = "Read {} as JSON Lines (- for standard input); print one JSON object for each."


@click.command()
@click.argument("question", nargs=-1)
@click.option("--batch", type=click.File("rb"), metavar="FILE", help=BATCH_HELP.format('{"id", "question", ...}'))
@click.option("--explain", is_flag=True, help="Tell how the answer came about.")
@filter_options
@store_option
@json_option
@click.pass_obj
def ask(
    session: Session,
    /,
    question: tuple[str, ...],
    batch: BinaryIO | None,
    explain: bool,
    store: Path | None,
    as_json: bool,
    **given: str | None,
) -> int:
    """Answer a QUESTION with quotations from the archive, or say that it does not answer it."""
    directory, filters = session.directory(store), make_filters(given)
    text = _text_or_batch(question, batch)
    answerer = session.wiring.open_answerer(directory, session.settings, watch(sys.stderr))
    if batch is not None:
        # A batch may take longer than a person would be waited for.
        conversations = Conversations(idle_seconds=math.inf)

        def answered(asked: Asked) -> Json:
            wanted = asked.explain() or explain
            key = asked.conversation()
            return answer_json(ask_in_turn(answerer, conversations, key, asked.text, asked.filters, explain=wanted))

        return _print_batch(batch, "question", filters, answered)
    answer = answerer.ask(text, filters, explain=explain)
    if as_json:
        print_json(answer_json(answer))
    else:
        page = output_page()
        print_text(render_answer(answer, page) + (f"\n\n{render_explanation(answer, page)}" if explain else ""))
    return 0


@click.command()
@click.argument("query", nargs=-1)
@click.option("-k", type=click.IntRange(1, 1000), default=10, show_default=True, help="How many hits.")
@click.option("--passages", is_flag=True, help="Show more than one passage of an article.")
@click.option("--batch", type=click.File("rb"), metavar="FILE", help=BATCH_HELP.format('{"id", "query", ...}'))
@filter_options
@store_option
@json_option
@click.pass_obj
def search(
    session: Session,
    /,
    query: tuple[str, ...],
    k: int,
    passages: bool,
    batch: BinaryIO | None,
    store: Path | None,
    as_json: bool,
    **given: str | None,
) -> int:
    """Find the passages that are nearest to a QUERY."""
    directory, filters = session.directory(store), make_filters(given)
    text = _text_or_batch(query, batch)
    answerer = session.wiring.open_answerer(directory, session.settings, watch(sys.stderr))
    if batch is not None:
        return _print_batch(
            batch,
            "query",
            filters,
            lambda asked: search_json(answerer.search(asked.text, k, asked.filters, per_article=not passages)),
        )
    results = answerer.search(text, k, filters, per_article=not passages)
    if as_json:
        print_json(search_json(results))
    else:
        print_text(render_hits(results, output_page()))
    return 0


def _text_or_batch(words: tuple[str, ...], batch: BinaryIO | None) -> str:
    """Return what was typed; what cannot be asked is refused before the model is loaded."""
    if bool(words) == (batch is not None):
        raise click.UsageError("give either a text or --batch FILE", click.get_current_context())
    text = whole(" ".join(words)).strip()
    if batch is None and not 1 <= len(text) <= MAX_QUESTION_CHARS:
        limits = f"1 to {MAX_QUESTION_CHARS:,} characters"
        raise BadQuestion(f"a question has {limits}, this one {len(text):,}: rephrase it")
    return text


def _print_batch(batch: BinaryIO, key: str, filters: Filters, answer: Callable[[Asked], Json]) -> int:
    failed = 0
    for line, is_answer in run_batch(batch, key, filters, answer):
        print_json(line)
        failed += not is_answer
    if failed:
        click.echo(f"vestka: {failed} of the lines could not be answered: each says why", err=True)
    return 1 if failed else 0
