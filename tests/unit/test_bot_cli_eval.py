"""`vestka eval`: the table, the JSON, the diagrams and the floors."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fake_wiring import FakeWiring, complaint, lines, run

from bot.cli_eval import render_figures
from bot.settings import Settings
from index.progress import Progress
from qa.datasets import load_dataset
from qa.evaluate import ask_all, report

QUESTIONS = [
    {
        "id": "cars",
        "question": "How many cars are expected to cross it every day?",
        "language": "en",
        "answerable": True,
        "article": "invented/bridge-en",
        "evidence_contains_any": ["9,400 cars"],
    },
    {"id": "zoo", "question": "Who keeps zebras in Punta?", "language": "es", "answerable": False, "article": None},
]


class MeasuringWiring(FakeWiring):
    """Asks the fake archive, and counts how often."""

    def __init__(self) -> None:
        super().__init__()
        self.evaluations = 0

    def evaluate(self, directory: Path, dataset: Path, settings: Settings, progress: Progress) -> dict[str, Any]:
        self.evaluations += 1
        return report(dataset.stem, ask_all(self.answerer, load_dataset(dataset).questions, progress))


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A question set of two questions."""
    path = tmp_path / "bridges.jsonl"
    path.write_text("".join(json.dumps(question) + "\n" for question in QUESTIONS), "utf-8")
    return path


def test_a_measure_is_a_row_and_a_language_a_column(dataset: Path) -> None:
    """The pooled figures follow the languages, the cases follow them, and a note says what they are."""
    result = run("eval", str(dataset), wiring=MeasuringWiring())

    rows = [line.split() for line in result.stdout.splitlines()]
    assert result.exit_code == 0
    assert rows[0] == ["en", "es", "all", "same"]
    assert ["questions", "1", "1", "2", "2"] in rows
    assert ["success@1", "1.000", "-", "1.000", "1.000"] in rows
    assert "the unanswerable count in both" in " ".join(result.stdout.split())


def test_json_has_the_figures_and_each_answer(dataset: Path) -> None:
    """One object on one line."""
    (measured,) = lines(run("eval", str(dataset), "--json", wiring=MeasuringWiring()))

    assert measured["dataset"] == "bridges"
    assert measured["pooled"]["answer accuracy"] == 1.0
    assert measured["languages"]["es"]["refusal rate"] == 1.0
    assert measured["cases"]["same"]["AUROC"] == 1.0
    assert [answer["id"] for answer in measured["answers"]] == ["cars", "zoo"]


def figures_of(*languages: str) -> dict[str, Any]:
    """Return an evaluation with a figure for each language."""
    values = {"questions": 1234, "refused though answerable": 0.5}
    return {"pooled": values, "languages": dict.fromkeys(languages, values), "cases": {"other": values}}


@pytest.mark.parametrize("columns", [40, 80, 100])
@pytest.mark.parametrize("count", [1, 7, 30])
def test_a_table_fits_the_page(columns: int, count: int) -> None:
    """Languages that do not fit follow in a further block, and none is lost."""
    languages = [f"{chr(97 + at // 26)}{chr(97 + at % 26)}" for at in range(count)]

    text = render_figures(figures_of(*languages), columns)

    assert max(map(len, text.splitlines())) <= columns
    heads = " ".join(line for line in text.splitlines() if line.startswith(" "))
    assert heads.split() == [*languages, "all", "other"]
    assert text.count("1,234") == count + 2


def test_seven_languages_and_the_cases_stand_side_by_side() -> None:
    """The languages of the archive need no second block on a page of a hundred columns."""
    assert render_figures(figures_of("be", "de", "en", "es", "pl", "ru", "zh")).count("questions  ") == 1


def test_a_language_cannot_steer_the_terminal() -> None:
    """A question set is anyone's."""
    assert "\x1b" not in render_figures(figures_of("\x1b[2J\nx"))


def test_diagrams_are_drawn_where_asked(dataset: Path, tmp_path: Path) -> None:
    """Both are named on standard error; JSON stays alone on standard output."""
    folder = tmp_path / "deep" / "plots"

    result = run("eval", str(dataset), "--plots", str(folder), "--json", wiring=MeasuringWiring())

    assert len(lines(result)) == 1
    for name in ("reliability.png", "risk_coverage.png"):
        assert (folder / name).stat().st_size > 0
        assert f"vestka: drew {folder / name}" in result.stderr.splitlines()


def test_matplotlib_is_loaded_for_diagrams_alone() -> None:
    """No other command waits for it."""
    code = "import sys, bot.cli; sys.exit('matplotlib' in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])


def test_floors_are_written_and_then_held(dataset: Path, tmp_path: Path) -> None:
    """A run that is as good passes."""
    floors = tmp_path / "new" / "floors.json"

    written = run("eval", str(dataset), "--write-floors", str(floors), wiring=MeasuringWiring())
    held = run("eval", str(dataset), "--floors", str(floors), wiring=MeasuringWiring())

    assert (written.exit_code, held.exit_code) == (0, 0)
    assert f"vestka: wrote {floors}" in written.stderr.splitlines()
    assert json.loads(floors.read_text("utf-8"))["floors"]["en"]["success@1"] == 1.0


def test_a_worse_figure_fails_and_lowers_no_floor(dataset: Path, tmp_path: Path) -> None:
    """Exit status 1 and a line for each; raising keeps the higher floor and says so."""
    floors = tmp_path / "floors.json"
    run("eval", str(dataset), "--write-floors", str(floors), wiring=MeasuringWiring())
    record = json.loads(floors.read_text("utf-8"))
    record["floors"]["pooled"]["success@1"] = 9.0
    floors.write_text(json.dumps(record), "utf-8")

    both = ("--floors", str(floors), "--write-floors", str(floors))
    result = run("eval", str(dataset), *both, wiring=MeasuringWiring())

    assert result.exit_code == 1
    assert [line for line in result.stderr.splitlines() if "9.000" in line] == [
        "vestka: pooled: success@1 keeps its floor 9.000: 1.000 is worse",
        "vestka: pooled: success@1 1.000 is under its floor 9.000 (epsilon 1)",
    ]
    assert json.loads(floors.read_text("utf-8"))["floors"]["pooled"]["success@1"] == 9.0


@pytest.mark.parametrize("option", ["--floors", "--write-floors"])
def test_floors_of_other_questions_are_refused_before_asking(dataset: Path, tmp_path: Path, option: str) -> None:
    """It would take minutes to come to nothing."""
    floors, wiring = tmp_path / "floors.json", MeasuringWiring()
    run("eval", str(dataset), "--write-floors", str(floors), wiring=wiring)
    dataset.write_text(json.dumps(QUESTIONS[0]), "utf-8")

    result = run("eval", str(dataset), option, str(floors), wiring=wiring)

    assert (result.exit_code, wiring.evaluations) == (2, 1)
    assert "other questions" in complaint(result)
