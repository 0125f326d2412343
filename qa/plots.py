"""Draws how far confidence can be trusted: a reliability diagram and a risk-coverage curve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from anyascii import anyascii
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from qa.measures import expected_calibration_error, reliability, risk_coverage

RELIABILITY = "reliability.png"
RISK_COVERAGE = "risk_coverage.png"
INCHES, DPI = (7.0, 6.0), 120
MAX_NAME_CHARS = 60
ALL, ANSWERABLE = "black", "tab:green"
CASES = (("same", "the question's language", "tab:blue"), ("other", "another language", "tab:orange"))

Line = Mapping[str, Any]


def draw_plots(evaluation: Mapping[str, Any], directory: Path) -> list[Path]:
    """Draw the answers of `qa.evaluate.report` into a folder, made if need be. Returns: the files. Raises: OSError."""
    directory.mkdir(parents=True, exist_ok=True)
    answers: Sequence[Line] = evaluation["answers"]
    # A file's name is anyone's: in ASCII every font has its letters.
    name = anyascii(str(evaluation["dataset"]))[:MAX_NAME_CHARS]
    drawn = {
        RELIABILITY: draw_reliability(f"Reliability: {name}", answers),
        RISK_COVERAGE: draw_risk_coverage(f"Risk and coverage: {name}", answers),
    }
    paths = []
    for file_name, figure in drawn.items():
        paths.append(directory / file_name)
        figure.savefig(paths[-1], dpi=DPI)
    return paths


def draw_reliability(title: str, answers: Sequence[Line]) -> Figure:
    """Draw confidence against what it promises, and below how many questions have which confidence."""
    figure = _figure()
    above, below = figure.subplots(2, 1, sharex=True, height_ratios=(3, 1))
    above.plot([0, 1], [0, 1], color="0.7", linewidth=1, label="perfect calibration")
    answered = [line for line in answers if line["answered"]]
    _plot_bins(above, answered, "right", "right quotation, of the answered", ALL, "o-")
    if len({line["answerable"] for line in answers}) == 2:
        _plot_bins(above, answers, "answerable", "answerable, of all questions", ANSWERABLE, "s--")
    above.set_ylim(-0.02, 1.02)
    _label(above, title, "", "share")
    parts = [[line["confidence"] for line in answers if line["answerable"] == wanted] for wanted in (True, False)]
    below.hist(
        parts,
        bins=20,
        range=(0, 1),
        stacked=True,
        color=[ANSWERABLE, "tab:red"],
        label=["answerable questions", "unanswerable questions"],
    )
    _label(below, "", "confidence", "questions")
    _add_legend(figure)
    return figure


def draw_risk_coverage(title: str, answers: Sequence[Line]) -> Figure:
    """Draw what share of the answers is wrong as more and more are given, up to those that were given.

    Beyond them nothing was quoted that could be right; there only answerability is known. The two cases are drawn
    for the answerable questions, since the others belong to none.
    """
    figure = _figure()
    axes = figure.subplots()
    _plot_risk(axes, answers, "wrong, of all questions", ALL)
    for case, language, colour in CASES:
        counted = [line for line in answers if line["answerable"] and case in line["cases"]]
        _plot_risk(axes, counted, f"wrong, of the answerable with evidence in {language}", colour)
    points = risk_coverage(*_columns(answers, "answerable"), len(answers))
    if points:
        axes.plot(*zip(*points, strict=True), "--", color=ANSWERABLE, label="unanswerable, of all questions")
    axes.set_xlim(0, 1.02)
    axes.set_ylim(-0.02, 1.02)
    _label(axes, title, "coverage: share of the questions answered, surest first", "risk: share of the answered")
    _add_legend(figure)
    return figure


def _figure() -> Figure:
    figure = Figure(figsize=INCHES, layout="constrained")
    FigureCanvasAgg(figure)
    return figure


def _columns(answers: Sequence[Line], promise: str) -> tuple[list[float], list[bool]]:
    return [line["confidence"] for line in answers], [line[promise] for line in answers]


def _plot_bins(axes: Axes, answers: Sequence[Line], promise: str, label: str, colour: str, style: str) -> None:
    confidences, kept = _columns(answers, promise)
    error = expected_calibration_error(confidences, kept)
    if error is not None:
        bins = reliability(confidences, kept)
        label = f"{label} (ECE {error:.3f})"
        axes.plot([b.confidence for b in bins], [b.accuracy for b in bins], style, color=colour, label=label)


def _plot_risk(axes: Axes, counted: Sequence[Line], label: str, colour: str) -> None:
    answered = [line for line in counted if line["answered"]]
    points = risk_coverage(*_columns(answered, "right"), len(counted))
    if points:
        axes.plot(*zip(*points, strict=True), color=colour, label=label)
        axes.plot(*points[-1], "o", color=colour)


def _label(axes: Axes, title: str, x: str, y: str) -> None:
    # Dollar signs in a title are no formula.
    axes.set_title(title, parse_math=False)
    axes.set_xlabel(x)
    axes.set_ylabel(y)
    axes.grid(color="0.9")
    axes.set_axisbelow(True)


def _add_legend(figure: Figure) -> None:
    """Name what is drawn, below it; matplotlib warns of a legend to nothing."""
    if any(axes.get_legend_handles_labels()[0] for axes in figure.axes):
        figure.legend(loc="outside lower center", fontsize="small")
