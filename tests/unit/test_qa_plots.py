"""The diagrams are files, and show what was measured."""

import struct
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from qa.plots import draw_plots, draw_reliability, draw_risk_coverage


def line(confidence: float, *, right: bool, case: str | None = "same", answered: bool = True) -> dict[str, Any]:
    """Return what one question adds; one without a case has no answer."""
    return {
        "confidence": confidence,
        "answered": answered,
        "answerable": case is not None,
        "cases": ["same", "other"] if case is None else [case],
        "right": right,
    }


ANSWERS = [
    line(0.95, right=True),
    line(0.85, right=True, case="other"),
    line(0.75, right=False, case="other"),
    line(0.65, right=False, case=None),
    line(0.05, right=False, case=None, answered=False),
]


@pytest.mark.parametrize("name", ["birds", "$a_b$ \\frac", "птушкі 新图书馆 🌉", "x" * 300, ""])
def test_two_diagrams_are_drawn_whatever_the_set_is_called(tmp_path: Path, name: str) -> None:
    """Into a folder that is made, as PNG of some size, without a warning of a missing letter or a broken formula."""
    paths = draw_plots({"dataset": name, "answers": ANSWERS}, tmp_path / "new" / "plots")

    assert [path.name for path in paths] == ["reliability.png", "risk_coverage.png"]
    for path in paths:
        content = path.read_bytes()
        assert content.startswith(b"\x89PNG\r\n")
        assert min(struct.unpack(">II", content[16:24])) > 500


@pytest.mark.parametrize(
    "answers",
    [
        [],
        ANSWERS[:1],
        ANSWERS[3:4],
        [line(0.1, right=False, answered=False)],
        [line(1.0, right=True), line(0, right=True)],
    ],
)
def test_few_or_one_sided_answers_are_drawn_too(tmp_path: Path, answers: list[dict[str, Any]]) -> None:
    """Nothing asked, nothing answered, no unanswerable question, confidence at its bounds."""
    assert len(draw_plots({"dataset": "few", "answers": answers}, tmp_path)) == 2


def test_the_reliability_diagram_shows_confidence_against_what_it_promises() -> None:
    """The answered against right quotations, all questions against answerability, with their calibration errors."""
    above, below = draw_reliability("Reliability: birds", ANSWERS).axes

    diagonal, of_answered, of_all = above.lines
    assert above.get_title() == "Reliability: birds"
    assert list(diagonal.get_ydata()) == [0, 1]
    assert list(of_answered.get_xdata()) == pytest.approx([0.65, 0.75, 0.85, 0.95])
    assert list(of_answered.get_ydata()) == [0, 0, 1, 1]
    assert "right quotation" in str(of_answered.get_label())
    assert "(ECE 0.400)" in str(of_answered.get_label())
    assert list(of_all.get_ydata()) == [0, 0, 1, 1, 1]
    assert (below.get_xlabel(), below.get_ylabel()) == ("confidence", "questions")


def test_the_risk_coverage_curve_ends_where_nothing_was_answered() -> None:
    """Four of five are answered, two of them wrongly; a case is drawn for its answerable questions."""
    (axes,) = draw_risk_coverage("Risk and coverage: birds", ANSWERS).axes

    curves = {str(curve.get_label()): curve for curve in axes.lines if not str(curve.get_label()).startswith("_")}
    of_all = curves["wrong, of all questions"]
    assert list(of_all.get_xdata()) == pytest.approx([0.2, 0.4, 0.6, 0.8])
    assert list(of_all.get_ydata()) == pytest.approx([0, 0, 1 / 3, 1 / 2])
    other = curves["wrong, of the answerable with evidence in another language"]
    assert list(other.get_xdata()) == [0.5, 1.0]
    assert list(other.get_ydata()) == [0.0, 0.5]
    assert list(curves["unanswerable, of all questions"].get_ydata())[-1] == pytest.approx(2 / 5)
    assert axes.get_xlabel().startswith("coverage")
    assert axes.get_ylabel().startswith("risk")


def test_drawing_needs_no_screen_and_keeps_no_state(tmp_path: Path) -> None:
    """Pyplot, which keeps figures alive and looks for a window, is never imported."""
    code = (
        "import sys; from pathlib import Path; from qa.plots import draw_plots;"
        f"draw_plots({{'dataset': 'x', 'answers': []}}, Path({str(tmp_path)!r}));"
        "assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
