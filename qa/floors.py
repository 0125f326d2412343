"""Floors under the figures of a question set: what was reached stays reached.

A file of them is JSON: `{"questions", "sha256", "reason", "epsilon": {group: number}, "floors": {group: {measure:
number}}}`. Groups are `pooled`, each language, and the two cases. Where less is better, as with calibration error,
the number is a ceiling. Figures may be worse by `epsilon`, for the reason that stands beside it.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SourceError, UsageError

LESS_IS_BETTER = frozenset({"answered wrongly at 90 %", "ECE", "ECE answerable"})
# Where answerable questions are few these have no ceiling, for they say more of chance than of quality: a tenth of the
# questions is none, and a bin of confidence holds one answer. What else is measured moves by what one question counts.
MANY = 20
# It may rise for the sake of the refusal rate; what it costs shows in the answer accuracy, which has a floor.
FREE = "refused though answerable"
LEAST_EPSILON = 0.01
REASON = (
    "One question of the smaller kind, answerable or not, a hundredth at least: processors with and without "
    "bfloat16 may disagree about it."
)


@dataclass(frozen=True, slots=True)
class Floors:
    """The worst that the figures of a question set may be.

    Attributes:
        questions: the question set's file name.
        sha256: of the question set.
        reason: for the epsilons.
        epsilon: by group, how much worse than its floor a figure may be.
        floors: by group and measure.
    """

    questions: str
    sha256: str
    reason: str
    epsilon: Mapping[str, float]
    floors: Mapping[str, Mapping[str, float]]


def read_floors(path: Path, dataset: Path) -> Floors:
    """Read the floors of a question set. Raises: SourceError, UsageError (they were taken on other questions)."""
    try:
        record = json.loads(path.read_text("utf-8"))
        floors = Floors(
            questions=str(record["questions"]),
            sha256=str(record["sha256"]),
            reason=str(record["reason"]),
            epsilon={group: float(value) for group, value in record["epsilon"].items()},
            floors={
                group: {measure: float(value) for measure, value in of_group.items()}
                for group, of_group in record["floors"].items()
            },
        )
        if missing := floors.floors.keys() - floors.epsilon.keys():
            raise ValueError(f"{min(missing)} has no epsilon")
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}): name a file of floors") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(f"{path} is no file of floors ({error}): `vestka eval --write-floors` writes one") from error
    if floors.sha256 != _digest(dataset):
        raise UsageError(
            f"the floors in {path} were taken on other questions ({floors.questions}) than {dataset.name} holds now: "
            "a floor says nothing about them, write new ones to another file"
        )
    return floors


def breaches(floors: Floors, evaluation: Mapping[str, Any]) -> list[str]:
    """Return a line for each figure of `qa.evaluate.report` that is worse than its floor and epsilon allow."""
    measured = _groups(evaluation)
    lines = []
    for group, of_group in floors.floors.items():
        epsilon = floors.epsilon[group]
        for measure, floor in of_group.items():
            value = measured.get(group, {}).get(measure)
            bound = f"above its ceiling {floor:.3f}" if measure in LESS_IS_BETTER else f"under its floor {floor:.3f}"
            if value is None:
                lines.append(f"{group}: {measure} was not measured, it cannot be told whether it is {bound}")
            elif _gain(measure, floor, value) < -epsilon:
                lines.append(f"{group}: {measure} {value:.3f} is {bound} (epsilon {epsilon:g})")
    return lines


def raise_floors(floors: Floors | None, dataset: Path, evaluation: Mapping[str, Any]) -> tuple[Floors, list[str]]:
    """Return floors as high as the figures, and a line for each that was higher: it is kept."""
    raised = {group: dict(of_group) for group, of_group in floors.floors.items()} if floors else {}
    epsilon = dict(floors.epsilon) if floors else {}
    kept = []
    for group, values in _groups(evaluation).items():
        epsilon.setdefault(group, _epsilon(values))
        before = raised.get(group, {})
        reached = {}
        for measure in _bounded(values):
            floor, value = before.get(measure), _rounded(measure, values[measure])
            if floor is not None and _gain(measure, floor, value) < 0:
                kept.append(f"{group}: {measure} keeps its floor {floor:.3f}: {values[measure]:.3f} is worse")
                value = floor
            reached[measure] = value
        # In the figures' order, and nothing is lost that is not measured any more.
        raised[group] = reached | {measure: floor for measure, floor in before.items() if measure not in reached}
    reason = floors.reason if floors else REASON
    return Floors(dataset.name, _digest(dataset), reason, epsilon, raised), kept


def write_floors(path: Path, floors: Floors) -> None:
    """Write floors, whole or not at all. Raises: OSError."""
    record = {
        "questions": floors.questions,
        "sha256": floors.sha256,
        "reason": floors.reason,
        "epsilon": dict(floors.epsilon),
        "floors": {group: dict(of_group) for group, of_group in floors.floors.items()},
    }
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", "utf-8")
    aside.replace(path)


def _groups(evaluation: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    cases = {f"{case} language": values for case, values in evaluation.get("cases", {}).items()}
    return {"pooled": evaluation["pooled"], **evaluation["languages"], **cases}


def _bounded(values: Mapping[str, Any]) -> list[str]:
    """Return the measures of a group that floors are for."""
    measured = [measure for measure, value in values.items() if isinstance(value, float) and measure != FREE]
    return measured if values["answerable"] >= MANY else [each for each in measured if each not in LESS_IS_BETTER]


def _gain(measure: str, floor: float, value: float) -> float:
    """Return by how much a value is better than a floor."""
    return floor - value if measure in LESS_IS_BETTER else value - floor


def _rounded(measure: str, value: float) -> float:
    """Return a figure to three digits, never better than it is."""
    return (math.ceil(value * 1000) if measure in LESS_IS_BETTER else math.floor(value * 1000)) / 1000


def _epsilon(values: Mapping[str, Any]) -> float:
    questions, answerable = int(values["questions"]), int(values["answerable"])
    smaller = min((count for count in (answerable, questions - answerable) if count), default=1)
    return max(LEAST_EPSILON, math.ceil(1000 / smaller) / 1000)


def _digest(dataset: Path) -> str:
    try:
        return hashlib.sha256(dataset.read_bytes()).hexdigest()
    except OSError as error:
        raise SourceError(f"{dataset} cannot be read ({error.strerror}): name a question set") from error
