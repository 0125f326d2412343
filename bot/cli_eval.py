"""The command `eval`: how good the answers to a question set are."""

from __future__ import annotations

import sys
import textwrap
from pathlib import Path

import click

from bot.cli_output import output_page, print_json, print_text
from bot.cli_session import Session, json_option, store_option
from bot.present import Json
from bot.terminal_progress import watch
from bot.terminal_text import one_line
from qa.floors import breaches, raise_floors, read_floors, write_floors

COLUMN = 7
NOTE = "same, other: evidence in the question's language or only in another; the unanswerable count in both"


@click.command(name="eval")
@click.argument("dataset", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--plots",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Draw reliability.png and risk_coverage.png into this folder.",
)
@click.option(
    "--floors",
    "floors_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Compare with the floors in this file: exit status 1 if a figure is worse.",
)
@click.option(
    "--write-floors",
    "raised_file",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Raise the floors in this file to the figures; none is lowered.",
)
@store_option
@json_option
@click.pass_obj
def evaluate(
    session: Session,
    dataset: Path,
    plots: Path | None,
    floors_file: Path | None,
    raised_file: Path | None,
    store: Path | None,
    as_json: bool,
) -> int:
    """Measure the answers to the question set DATASET: JSON Lines, or SQuAD's and XQuAD's JSON."""
    directory = session.directory(store)
    # What is wrong with the files is said before minutes of asking.
    floors = None if floors_file is None else read_floors(floors_file, dataset)
    to_raise = read_floors(raised_file, dataset) if raised_file is not None and raised_file.exists() else None
    for folder in (plots, None if raised_file is None else raised_file.parent):
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    evaluation = session.wiring.evaluate(directory, dataset, session.settings, watch(sys.stderr))
    if as_json:
        print_json(evaluation)
    else:
        print_text(render_figures(evaluation, output_page().width))
    if plots is not None:
        # Matplotlib takes most of a second to import.
        from qa.plots import draw_plots

        for path in draw_plots(evaluation, plots):
            _say(f"drew {path}")
    if raised_file is not None:
        raised, kept = raise_floors(to_raise, dataset, evaluation)
        write_floors(raised_file, raised)
        for line in (*kept, f"wrote {raised_file}"):
            _say(line)
    worse = [] if floors is None else breaches(floors, evaluation)
    for line in worse:
        _say(line)
    return 1 if worse else 0


def render_figures(evaluation: Json, columns: int = 100) -> str:
    """Return the figures of `qa.evaluate.report` as a table: a measure a row, a language a column.

    Languages that do not fit into so many columns follow in a further block.
    """
    cases = evaluation.get("cases", {})
    groups = {**evaluation["languages"], "all": evaluation["pooled"], **cases}
    measures = list(evaluation["pooled"])
    first = max(map(len, measures))
    names = list(groups)
    fit = max(1, (columns - first) // COLUMN)
    blocks = []
    for start in range(0, len(names), fit):
        block = names[start : start + fit]
        lines = [f"{'':{first}}" + "".join(f"{one_line(name)[: COLUMN - 1]:>{COLUMN}}" for name in block)]
        for measure in measures:
            cells = (f"{_cell(groups[name].get(measure)):>{COLUMN}}" for name in block)
            lines.append(f"{measure:{first}}" + "".join(cells))
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks + ([textwrap.fill(NOTE, columns)] if cases else []))


def _cell(value: float | int | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def _say(line: str) -> None:
    click.echo(f"vestka: {line}", err=True)
