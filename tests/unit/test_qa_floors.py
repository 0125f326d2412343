"""Floors hold what was reached, and are never lowered."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import SourceError, UsageError
from qa.floors import Floors, breaches, raise_floors, read_floors, write_floors


@pytest.fixture
def dataset(tmp_path: Path) -> Path:
    """A question set; floors look at nothing but its bytes."""
    path = tmp_path / "birds.jsonl"
    path.write_text('{"question": "Who?"}\n', "utf-8")
    return path


def measured(success: float | None = 0.5, ece: float | None = 0.2, *, answerable: int = 40) -> dict[str, Any]:
    """Return an evaluation of two measures, the same in English as pooled."""
    values = {"questions": 2 * answerable, "answerable": answerable, "success@1": success, "ECE": ece}
    return {"pooled": values, "languages": {"en": values}, "cases": {"other": values | {"ECE": None}}, "answers": []}


def taken(dataset: Path, success: float = 0.5, ece: float = 0.2) -> Floors:
    """Return the floors of an evaluation."""
    return raise_floors(None, dataset, measured(success, ece))[0]


def test_first_floors_are_the_figures(dataset: Path) -> None:
    """Of every group, rounded to the side on which the figure itself meets them; counts have none."""
    floors, kept = raise_floors(None, dataset, measured(0.66666, 0.12341))

    assert floors.floors == {
        "pooled": {"success@1": 0.666, "ECE": 0.124},
        "en": {"success@1": 0.666, "ECE": 0.124},
        "other language": {"success@1": 0.666},
    }
    assert kept == []
    assert breaches(floors, measured(0.66666, 0.12341)) == []


@pytest.mark.parametrize(("answerable", "epsilon"), [(6, 0.167), (40, 0.025), (600, 0.01)])
def test_an_epsilon_is_one_question(dataset: Path, answerable: int, epsilon: float) -> None:
    """Or a hundredth, where one question is less."""
    floors, _ = raise_floors(None, dataset, measured(answerable=answerable))

    assert floors.epsilon["pooled"] == epsilon


def test_what_few_questions_say_nothing_about_has_no_ceiling(dataset: Path) -> None:
    """The calibration of six answers is chance; the share of right ones is not."""
    floors, _ = raise_floors(None, dataset, measured(answerable=6))

    assert floors.floors["en"] == {"success@1": 0.5}


def test_a_refusal_too_many_has_no_floor_of_its_own(dataset: Path) -> None:
    """It is counted in the answer accuracy; alone it would forbid a better refusal rate."""
    evaluation = measured()
    evaluation["pooled"] = evaluation["pooled"] | {"refused though answerable": 0.1}

    assert "refused though answerable" not in raise_floors(None, dataset, evaluation)[0].floors["pooled"]


def test_floors_rise_and_never_fall(dataset: Path) -> None:
    """A better figure moves its floor or ceiling, a worse one leaves it and is said."""
    floors, kept = raise_floors(taken(dataset), dataset, measured(0.4, 0.1))

    assert floors.floors["en"] == {"success@1": 0.5, "ECE": 0.1}
    assert kept[0] == "pooled: success@1 keeps its floor 0.500: 0.400 is worse"
    assert len(kept) == 3

    floors, kept = raise_floors(floors, dataset, measured(0.6, 0.3))

    assert floors.floors["en"] == {"success@1": 0.6, "ECE": 0.1}
    assert [line for line in kept if "success" in line] == []


def test_floors_outlive_their_measure(dataset: Path) -> None:
    """What is not measured any more keeps its floor, so that its absence is seen."""
    floors, _ = raise_floors(taken(dataset), dataset, measured(None))

    assert floors.floors["en"]["success@1"] == 0.5


def test_a_given_epsilon_and_its_reason_stay(dataset: Path) -> None:
    """Who wrote them knows why."""
    given = Floors("birds.jsonl", "", "said by hand", {"pooled": 0.2}, {"pooled": {}})

    floors, _ = raise_floors(given, dataset, measured())

    assert (floors.epsilon["pooled"], floors.epsilon["en"], floors.reason) == (0.2, 0.025, "said by hand")


def test_each_figure_that_is_worse_has_a_line(dataset: Path) -> None:
    """More than the epsilon under a floor or above a ceiling; within it is no breach."""
    floors = taken(dataset)

    assert breaches(floors, measured(0.476, 0.224)) == []
    assert breaches(floors, measured(0.47, 0.23)) == [
        "pooled: success@1 0.470 is under its floor 0.500 (epsilon 0.025)",
        "pooled: ECE 0.230 is above its ceiling 0.200 (epsilon 0.025)",
        "en: success@1 0.470 is under its floor 0.500 (epsilon 0.025)",
        "en: ECE 0.230 is above its ceiling 0.200 (epsilon 0.025)",
        "other language: success@1 0.470 is under its floor 0.500 (epsilon 0.025)",
    ]


def test_what_is_not_measured_does_not_pass(dataset: Path) -> None:
    """A measure without a value, or a language that is gone, is a breach."""
    evaluation = measured(None)
    evaluation["languages"] = {}

    lines = breaches(taken(dataset), evaluation)

    assert len(lines) == 4
    assert lines[0].startswith("pooled: success@1 was not measured")


def test_floors_come_back_as_they_were_written(dataset: Path, tmp_path: Path) -> None:
    """The file is JSON with a line end, and nothing else is left beside it."""
    path = tmp_path / "floors.json"
    floors = taken(dataset)

    write_floors(path, floors)

    assert read_floors(path, dataset) == floors
    assert path.read_text("utf-8").endswith("}\n")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["birds.jsonl", "floors.json"]


def test_floors_of_other_questions_are_refused(dataset: Path, tmp_path: Path) -> None:
    """One byte is enough; the message names both sets."""
    path = tmp_path / "floors.json"
    write_floors(path, taken(dataset))
    dataset.write_bytes(dataset.read_bytes() + b"\n")

    with pytest.raises(UsageError, match=r"taken on other questions \(birds.jsonl\) than birds.jsonl"):
        read_floors(path, dataset)


@pytest.mark.parametrize(
    "content",
    ["{", "[]", "{}", '{"questions": "", "sha256": "", "reason": "", "epsilon": 3, "floors": {}}',
     '{"questions": "", "sha256": "", "reason": "", "epsilon": {}, "floors": {"en": {"ECE": 0}}}',
     '{"questions": "", "sha256": "", "reason": "", "epsilon": {"en": 0}, "floors": {"en": {"ECE": "low"}}}'],
)  # fmt: skip
def test_what_is_no_file_of_floors_is_refused(dataset: Path, tmp_path: Path, content: str) -> None:
    """In one line that names the file."""
    path = tmp_path / "floors.json"
    path.write_text(content, "utf-8")

    with pytest.raises(SourceError, match=r"floors\.json is no file of floors") as caught:
        read_floors(path, dataset)

    assert "\n" not in str(caught.value)


def test_missing_files_are_source_errors(dataset: Path, tmp_path: Path) -> None:
    """Whether the floors are missing or the questions."""
    path = tmp_path / "floors.json"
    with pytest.raises(SourceError, match=r"floors\.json cannot be read"):
        read_floors(path, dataset)

    path.write_text(json.dumps({"questions": "", "sha256": "", "reason": "", "epsilon": {}, "floors": {}}), "utf-8")
    with pytest.raises(SourceError, match=r"no\.jsonl cannot be read"):
        read_floors(path, tmp_path / "no.jsonl")
