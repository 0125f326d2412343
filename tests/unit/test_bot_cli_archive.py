"""The commands that keep an archive: what they print, and when they fail."""

from pathlib import Path

from fake_wiring import FakeWiring, complaint, lines, run
from fakes import BRIDGE, BRIDGE_DE

from index.records import IndexReport, Skipped


def test_index_prints_its_report() -> None:
    """The report is JSON where a program reads it; progress stays on standard error."""
    wiring = FakeWiring()
    wiring.report = IndexReport(added=1, skipped=[Skipped("b.txt", "no text")], passages=3, seconds=0.5)

    result = run("index", "a", "b", "--prune", wiring=wiring)

    assert result.exit_code == 0
    assert lines(result) == [
        {"added": 1, "updated": 0, "unchanged": 0, "removed": 0,
         "skipped": [{"source": "b.txt", "reason": "no text"}], "passages": 3, "seconds": 0.5}
    ]  # fmt: skip
    assert wiring.calls == [(["a", "b"], True)]
    assert "Reading" in result.stderr


def test_index_fails_when_nothing_could_be_read() -> None:
    """Sources without a single article are a failure, and the report says why."""
    wiring = FakeWiring()
    wiring.report = IndexReport(skipped=[Skipped("a", "empty")])

    result = run("index", "a", wiring=wiring)

    assert result.exit_code == 1
    assert lines(result)[0]["skipped"] == [{"source": "a", "reason": "empty"}]


def test_index_takes_the_sample_archive() -> None:
    """--sample indexes what comes with Vestka; without it a SOURCE is needed."""
    wiring = FakeWiring()

    run("index", "--sample", wiring=wiring)

    ((sources, _prune),) = wiring.calls
    assert [Path(source).parts[-2:] for source in sources] == [("index", "sample")]
    assert run("index").exit_code == 2


def test_show_prints_the_article_as_json() -> None:
    """The text is the one that offsets count in."""
    (article,) = lines(run("show", BRIDGE_DE.article_id))

    assert article["text"] == BRIDGE_DE.text
    assert article["passages"] == [{"start": 0, "end": len(BRIDGE_DE.text)}]


def test_an_article_that_is_not_there_is_one_line() -> None:
    """The error says what is missing, with exit status 1."""
    result = run("show", "nowhere")

    assert result.exit_code == 1
    assert "nowhere" in complaint(result)


def test_status_counts_what_is_there() -> None:
    """Status is one JSON object with the fields of the contract."""
    (status,) = lines(run("status"))

    promised = "articles passages languages first_published last_published model store_bytes generation"
    assert set(promised.split()) <= set(status)
    assert status["languages"]["en"] == 1


def test_remove_forgets_what_is_there_and_names_what_is_not() -> None:
    """An unknown id is a failure with its reason, and the others are removed all the same."""
    result = run("remove", BRIDGE.article_id, "nowhere")

    assert result.exit_code == 1
    assert lines(result)[0]["removed"] == 1
    assert "nowhere: no such article" in complaint(result)
    assert run("remove", BRIDGE.article_id).exit_code == 0


def test_check_fails_on_problems_until_they_are_repaired() -> None:
    """Problems are named with exit status 1; --repair says what it mended and looks again."""
    wiring = FakeWiring()
    wiring.problems = ["2 vectors are missing"]

    assert run("check", wiring=wiring).stdout == "wrong: 2 vectors are missing\n"
    assert run("check", wiring=wiring).exit_code == 1
    repaired = run("check", "--repair", "--json", wiring=wiring)

    assert repaired.exit_code == 0
    assert lines(repaired) == [{"ok": True, "problems": [], "repaired": ["2 vectors are missing"]}]
