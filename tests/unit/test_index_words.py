from __future__ import annotations

import math
import os
import shutil
from pathlib import Path

import pytest

from index.records import Filters
from index.words import Days, WordEntry, WordIndex, update_words

NO_DAYS = Days()
ENTRIES = (
    WordEntry(1, ["en:bridge", "en:close", "en:bridge"], ["zarec"], "en", "Example", 18_000),
    WordEntry(2, ["en:bridge"], ["zarec", "14"], "en", "Example", 19_000),
    WordEntry(3, ["de:birne"], ["14"], "de", "Landbote", None),
    WordEntry(4, ["en:pear"], [], "en", None, -5, 19_000),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A word index of four passages."""
    update_words(tmp_path / "words", [], ENTRIES)
    return tmp_path / "words"


def _found(folder: Path, terms: list[str], filters: Filters | None = None, days: Days = NO_DAYS) -> set[int]:
    field = "words" if ":" in terms[0] else "names"
    weights = dict.fromkeys(terms, 1.0)
    return set(WordIndex(folder).coverage(field, weights, 10, filters or Filters(), days))


def test_coverage_is_the_share_of_the_weight_that_a_passage_holds(folder: Path) -> None:
    """Two words of weight 3 and 1: who has both has all, who has the heavy one has three quarters."""
    found = WordIndex(folder).coverage("words", {"en:bridge": 3.0, "en:close": 1.0}, 10, Filters(), NO_DAYS)
    assert found == pytest.approx({1: 1.0, 2: 0.75})


def test_only_the_k_best_are_returned(folder: Path) -> None:
    """The limit keeps those that cover most."""
    weights = {"en:bridge": 3.0, "en:close": 1.0}
    assert list(WordIndex(folder).coverage("words", weights, 1, Filters(), NO_DAYS)) == [1]


def test_a_query_without_weight_finds_nothing(folder: Path) -> None:
    """A question of stop words alone has no terms."""
    assert WordIndex(folder).coverage("words", {}, 10, Filters(), NO_DAYS) == {}


def test_idf_is_robertsons(folder: Path) -> None:
    """Two of three passages hold the one word, none the other."""
    assert WordIndex(folder).idf("words", ["en:bridge", "en:no", "en:no"], 3) == pytest.approx(
        {"en:bridge": math.log(1 + 1.5 / 2.5), "en:no": math.log(1 + 3.5 / 0.5)}
    )
    assert WordIndex(folder).idf("words", ["en:bridge"], 0)["en:bridge"] > 0


@pytest.mark.parametrize(
    ("filters", "days", "numbers"),
    [
        (Filters(), NO_DAYS, {1, 2, 3, 4}),
        (Filters(language="de"), NO_DAYS, {3}),
        (Filters(source="Example"), NO_DAYS, {1, 2}),
        (Filters(source="example"), NO_DAYS, set()),
        (Filters(source=""), NO_DAYS, set()),
        (Filters(), Days(18_000), {1, 2}),
        (Filters(), Days(last=18_000), {1, 4}),
        (Filters(), Days(18_001, 19_000), {2}),
        (Filters(language="en", source="Example"), Days(19_001), set()),
        (Filters(), Days(last=19_000, as_of=19_000), {1, 2, 4}),
        (Filters(), Days(last=18_999, as_of=18_999), {1}),
        (Filters(language="de"), Days(as_of=0), {3}),
    ],
)
def test_filters_are_met(folder: Path, filters: Filters, days: Days, numbers: set[int]) -> None:
    """A passage that misses a condition is out: without a date every one on dates, corrected since the asked day."""
    words = ["en:bridge", "de:birne", "en:pear"]
    assert _found(folder, words, filters, days) == numbers


def test_filters_do_not_change_coverage(folder: Path) -> None:
    """What restricts adds nothing to the score."""
    days = Days(0, as_of=20_000)
    found = WordIndex(folder).coverage("names", {"14": 1.0, "zarec": 1.0}, 10, Filters(language="en"), days)
    assert found == pytest.approx({1: 0.5, 2: 1.0})


def test_an_update_removes_and_adds(folder: Path) -> None:
    """One commit takes passages out and puts others in."""
    update_words(folder, [1, 99], [WordEntry(5, ["en:bridge"], [], "en", None, None)])
    assert _found(folder, ["en:bridge"]) == {2, 5}
    assert len(WordIndex(folder)) == 4


def test_an_open_index_does_not_notice_an_update_of_its_copy(folder: Path, tmp_path: Path) -> None:
    """Segments shared by hard links are never changed in place."""
    before = WordIndex(folder)
    shutil.copytree(folder, tmp_path / "next", copy_function=os.link)
    update_words(tmp_path / "next", [1, 2, 3], [WordEntry(5, ["en:bridge"], [], "en", None, None)])
    assert set(before.coverage("words", {"en:bridge": 1.0}, 9, Filters(), NO_DAYS)) == {1, 2}
    assert _found(folder, ["en:bridge"]) == {1, 2}
    assert _found(tmp_path / "next", ["en:bridge"]) == {5}


def test_odd_terms_are_indexed_or_passed_over(tmp_path: Path) -> None:
    """A term of a hundred thousand letters, an empty list, characters of all planes: nothing fails."""
    entries = [WordEntry(1, ["en:" + "x" * 100_000, "en:😀", "en:a b"], [], "zh", "x" * 70_000, 2**30)]
    update_words(tmp_path / "words", [], entries)
    assert _found(tmp_path / "words", ["en:😀"]) == {1}
    assert len(WordIndex(tmp_path / "words")) == 1
