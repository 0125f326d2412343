"""The command `eval`: how good the answers to a question set are."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli_output import print_json, print_text
from bot.cli_session import Session, json_option, store_option
from bot.present import Json
from bot.terminal_progress import watch


@click.command(name="eval")
@click.argument("dataset", type=click.Path(exists=True, path_type=Path))
@store_option
@json_option
@click.pass_obj
def evaluate(session: Session, dataset: Path, store: Path | None, as_json: bool) -> None:
    """Measure the answers to the question set DATASET: JSON Lines, or SQuAD's and XQuAD's JSON."""
    directory = session.directory(store)
    figures = session.wiring.evaluate(directory, dataset, session.settings, watch(sys.stderr))
    if as_json:
        print_json(figures)
    else:
        print_text(render_figures(figures))


def render_figures(figures: Json) -> str:
    """Return `{"pooled": {measure: value}, "languages": {code: {measure: value}}}` as a table."""
    rows = {**figures["languages"], "all": figures["pooled"]}
    measures = list(figures["pooled"])
    head = f"{'':6}" + "".join(f"{measure:>{len(measure) + 2}}" for measure in measures)
    lines = [head]
    for name, values in rows.items():
        cells = (f"{_cell(values.get(measure)):>{len(measure) + 2}}" for measure in measures)
        lines.append(f"{name:6}" + "".join(cells))
    return "\n".join(lines)


def _cell(value: float | int | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
