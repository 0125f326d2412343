"""The floors under the quality of answers on the sample archive, on questions that nothing was fitted on.

They are raised, and new ones added, by:

    vestka index --sample --store S
    vestka eval tests/eval/sample-test.jsonl --store S --write-floors tests/eval/floors.json
"""

from pathlib import Path
from typing import Any

import pytest

from index.embed import Embedder
from index.run import index_sources
from index.store import Store
from qa.archive import ArchiveAnswerer
from qa.datasets import load_dataset
from qa.evaluate import ask_all, report
from qa.floors import breaches, read_floors

FOLDER = Path(__file__).parent
QUESTIONS = FOLDER / "sample-test.jsonl"


@pytest.fixture(scope="module")
def evaluation(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The figures of the test questions, asked of the sample archive."""
    directory = tmp_path_factory.mktemp("store")
    sample = Path(__file__).resolve().parents[2] / "index" / "sample"
    index_sources(directory, [str(sample)], embedder)
    store = Store(directory)
    try:
        return report("sample-test", ask_all(ArchiveAnswerer(store, embedder), load_dataset(QUESTIONS).questions))
    finally:
        store.close()


def test_there_are_floors_for_every_language() -> None:
    """Pooled figures hide a language that is left behind."""
    languages = {question.language for question in load_dataset(QUESTIONS).questions}

    assert languages | {"pooled"} <= read_floors(FOLDER / "floors.json", QUESTIONS).floors.keys()


def test_no_figure_falls_below_its_floor(evaluation: dict[str, Any]) -> None:
    """What was reached stays reached, in every language; the floors are those of these very questions."""
    assert breaches(read_floors(FOLDER / "floors.json", QUESTIONS), evaluation) == []
