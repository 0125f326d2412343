"""Damage to the files of a store: what a check says of it, what can be rebuilt, and what a reader is told."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.check import check_store, repair_store
from index.database import FILE_NAME
from index.errors import StoreCorrupt, StoreError, StoreMissing
from index.generation import MANIFEST, MEANS, TABLE, VECTORS, generation_path
from index.records import Filters
from index.run import index_articles
from index.search import Query, best_hits, find_candidates
from index.store import Store
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES, BRIDGE

LACKS = "passage 0 of news/bridge lacks tokens of its sentences"
IDS = {article.article_id for article in ARTICLES}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of five articles with their tokens, never touched."""
    directory = tmp_path_factory.mktemp("whole") / "store"
    index_articles(directory, ARTICLES, FakeEmbedder(tokens=True))
    return directory


@pytest.fixture
def places() -> random.Random:
    """Chooses what is damaged, the same in every run."""
    return random.Random(20261122)  # noqa: S311 - places, not secrets


@pytest.fixture
def folder(whole: Path, tmp_path: Path) -> Path:
    """A copy of it, to be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "store"))


def found(directory: Path) -> set[str]:
    """Return the ids of the articles that a reader finds."""
    store = Store(directory)
    try:
        with store.reading() as reading:
            question = FakeEmbedder(tokens=True).embed_question("bridge")
            query = Query("bridge Birnen театр музей 公园", "en", question)
            hits = best_hits(find_candidates(reading, query, Filters(), 10), 10)
            assert all(hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text for hit in hits)
            return {hit.article.article_id for hit in hits}
    finally:
        store.close()


def found_or_refused(directory: Path) -> None:
    """A reader either finds what there is or is told in one line; it meets no other error."""
    try:
        found(directory)
    except StoreError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is right


def derived_files(directory: Path) -> list[Path]:
    """Return the derived files, but for locks, which hold nothing."""
    folder = generation_path(directory, 1)
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.endswith(".lock"))


def flip(path: Path, at: int, bit: int) -> None:
    """Flip one bit of a file."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1 << bit
    path.unlink()
    path.write_bytes(content)


def _delete(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.unlink()
    path.touch()


def _halve(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content[: len(content) // 2])


def _append(path: Path) -> None:
    content = path.read_bytes()
    path.unlink()
    path.write_bytes(content + b"\0")


def _flip_in_the_middle(path: Path) -> None:
    flip(path, path.stat().st_size // 2, 3)


def test_a_healthy_store_has_no_problems(folder: Path) -> None:
    """A check says nothing, a repair mends nothing and publishes nothing."""
    assert check_store(folder) == []
    assert repair_store(folder) == []
    assert derived_files(folder)
    assert found(folder) == IDS


@pytest.mark.parametrize("damage", [_delete, _empty, _halve, _append, _flip_in_the_middle])
def test_damage_to_any_derived_file_is_seen_and_mended(whole: Path, tmp_path: Path, damage: object) -> None:
    """Each file in turn; the check names it, and the repair needs no model."""
    for number, original in enumerate(derived_files(whole)):
        name = original.relative_to(whole)
        directory = Path(shutil.copytree(whole, tmp_path / str(number)))
        damage(directory / name)  # type: ignore[operator]
        (problem, *_) = check_store(directory)
        assert original.name in problem
        found_or_refused(directory)
        assert repair_store(directory)[0] == f"rebuilt: {problem}"
        assert check_store(directory) == []
        assert found(directory) == IDS


def test_a_bit_flipped_anywhere_is_seen_and_harms_no_reader(whole: Path, tmp_path: Path, places: random.Random) -> None:
    """Random bits of each derived file: the check says so, a reader finds articles or is told."""
    for original in derived_files(whole):
        name = original.relative_to(whole)
        for _ in range(6):
            directory = Path(shutil.copytree(whole, tmp_path / "store"))
            flip(directory / name, places.randrange(original.stat().st_size), places.randrange(8))
            assert check_store(directory) != []
            found_or_refused(directory)
            shutil.rmtree(directory)


@pytest.mark.parametrize("name", [TABLE, MEANS, MANIFEST])
def test_a_reader_is_told_how_to_mend_a_damaged_generation(folder: Path, name: str) -> None:
    """The message names the command."""
    _halve(generation_path(folder, 1) / name)
    with pytest.raises(StoreCorrupt, match="vestka check --repair --store"):
        found(folder)


@pytest.mark.parametrize("name", [VECTORS, TABLE, "words/meta.json"])
def test_the_next_run_does_not_hand_damage_down(folder: Path, name: str) -> None:
    """Indexing builds a whole generation even where the one before it is damaged."""
    _halve(generation_path(folder, 1) / name)
    index_articles(folder, [BRIDGE.__class__("new", "A new bridge opened.", language="en")], FakeEmbedder())
    assert check_store(folder) == []
    assert found(folder) == IDS | {"new"}


def test_a_missing_generation_is_said_and_rebuilt(folder: Path) -> None:
    """To the reader with the remedy; the articles are all in the database."""
    shutil.rmtree(generation_path(folder, 1))
    with pytest.raises(StoreCorrupt, match=r"missing.*vestka check --repair"):
        found(folder)
    assert len(check_store(folder)) == 1
    assert repair_store(folder) != []
    assert check_store(folder) == []
    assert found(folder) == IDS


def test_a_generation_of_another_store_is_not_taken_for_its_own(folder: Path, tmp_path: Path) -> None:
    """Files that are whole but belong to other articles are seen."""
    index_articles(tmp_path / "other", [BRIDGE], FakeEmbedder())
    shutil.rmtree(generation_path(folder, 1))
    shutil.copytree(generation_path(tmp_path / "other", 1), generation_path(folder, 1))
    assert check_store(folder) != []
    repair_store(folder)
    assert found(folder) == IDS


def test_a_missing_database_is_a_missing_store(folder: Path) -> None:
    """The derived files alone are no store."""
    (folder / FILE_NAME).unlink()
    for use in (check_store, repair_store, found):
        with pytest.raises(StoreMissing):
            use(folder)


@pytest.fixture
def rows(folder: Path) -> Iterator[sqlite3.Connection]:
    """The database, for changing rows as no program of ours would."""
    connection = sqlite3.connect(folder / FILE_NAME, isolation_level=None)
    yield connection
    connection.close()


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (
            "UPDATE articles SET text = replace(text, '14', '15') WHERE article_id = 'news/bridge'",
            "not what was stored",
        ),
        ("UPDATE articles SET published = NULL WHERE article_id = 'news/bridge'", "not what was stored"),
        ('UPDATE passages SET "end" = 9999 WHERE number = 1', "outside its text"),
        ("UPDATE passages SET start = -1 WHERE number = 1", "outside its text"),
        ("UPDATE passages SET vector = x'00' WHERE number = 1", "no valid vector"),
        ("UPDATE passages SET vector = zeroblob(0) WHERE number = 1", "no valid vector"),
        ("UPDATE passages SET sentences = x'00' WHERE number = 1", "sentences"),
        ("UPDATE passages SET sentences = x'00000000FFFF0000' WHERE number = 1", "sentences"),
        ("UPDATE passages SET sentences = zeroblob(length(sentences)) WHERE number = 1", "sentences that cannot be"),
        ("UPDATE passages SET sentence_vectors = x'' WHERE number = 1", "sentences"),
        ("UPDATE passages SET tokens = x'' WHERE number = 1", LACKS),
        ("UPDATE passages SET tokens = CAST(x'00' || tokens AS BLOB) WHERE number = 1", LACKS),
        ("UPDATE passages SET tokens = substr(tokens, 65) WHERE number = 1", LACKS),
        ("UPDATE passages SET tokens = CAST(tokens || zeroblob(64) AS BLOB) WHERE number = 1", LACKS),
        ("UPDATE passages SET token_counts = x'' WHERE number = 1", LACKS),
        ("UPDATE passages SET token_counts = x'00' WHERE number = 1", LACKS),
        ("UPDATE passages SET token_counts = zeroblob(length(token_counts)) WHERE number = 1", LACKS),
        ("UPDATE passages SET token_counts = CAST(token_counts || zeroblob(4) AS BLOB) WHERE number = 1", LACKS),
        # Less than none adds up to no tokens, and is wrong all the same.
        ("UPDATE passages SET tokens = x'', token_counts = x'FFFFFFFF010000000000000000000000' WHERE number=1", LACKS),
        ("DELETE FROM passages WHERE number = 1", "has no passages"),
        ("DELETE FROM meta WHERE key = 'dim'", "vector"),
        ("UPDATE articles SET state = 0 WHERE number = 2", "does not list the passages"),
    ],
)
def test_damaged_rows_are_seen(folder: Path, rows: sqlite3.Connection, change: str, problem: str) -> None:
    """What the database cannot know to be wrong is compared with what was stored."""
    rows.execute(change)
    assert any(problem in line for line in check_store(folder))


def test_a_passage_may_have_no_tokens(folder: Path, rows: sqlite3.Connection) -> None:
    """An earlier Vestka stored none, and a model that the reader does not know gives none."""
    rows.execute("UPDATE passages SET tokens = x'', token_counts = x'' WHERE number = 1")
    rows.execute("UPDATE passages SET tokens = x'', token_counts = zeroblob(length(token_counts)) WHERE number = 2")
    assert check_store(folder) == []
    assert found(folder) == IDS


def test_a_generation_that_cannot_be_written_leaves_the_published_one(folder: Path) -> None:
    """A full disk, or a folder that is not ours: one line with the remedy, and readers notice nothing."""
    blocked = folder / "generations" / "00000002.tmp"
    blocked.symlink_to("/dev/null")
    with pytest.raises(StoreError, match=r"cannot be written to .*: make room"):
        index_articles(folder, [BRIDGE.__class__("new", "A new bridge opened.", language="en")], FakeEmbedder())
    assert check_store(folder) == []
    assert found(folder) == IDS
    blocked.unlink()
    assert index_articles(folder, [], FakeEmbedder()).passages == len(IDS) + 1
    assert found(folder) == IDS | {"new"}


def test_a_repair_says_what_it_cannot_mend(folder: Path, rows: sqlite3.Connection) -> None:
    """A text that is not what was stored is in no derived file; the remedy is a copy or another run."""
    rows.execute("UPDATE articles SET text = 'x' WHERE article_id = 'news/bridge'")
    with pytest.raises(StoreCorrupt, match=r"cannot be rebuilt; restore .* or index again"):
        repair_store(folder)


def test_a_damaged_database_is_said_to_be_one(whole: Path, tmp_path: Path, places: random.Random) -> None:
    """Zeroed and random pages all over the file: a check says so or raises our error; a reader meets no other."""
    size = (whole / FILE_NAME).stat().st_size
    for number, at in enumerate(range(0, size, 4096)):
        for filling in (bytes(4096), places.randbytes(4096)):
            directory = Path(shutil.copytree(whole, tmp_path / f"{number}-{filling[0]}"))
            content = bytearray((directory / FILE_NAME).read_bytes())
            changed = content[at : at + 4096] != filling[: size - at]
            content[at : at + 4096] = filling[: size - at]
            (directory / FILE_NAME).write_bytes(content)
            try:
                assert not changed or check_store(directory) != []
            except StoreError as error:
                assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
            found_or_refused(directory)
            try:
                index_articles(directory, [BRIDGE], FakeEmbedder())
            except StoreError as error:
                assert "\n" not in str(error)  # noqa: PT017 - either outcome is right


def test_a_bit_flipped_in_the_database_gives_no_other_error_than_ours(
    whole: Path, tmp_path: Path, places: random.Random
) -> None:
    """Wherever it is: a check, a reader and a repair end well or with one line."""
    size = (whole / FILE_NAME).stat().st_size
    for number in range(60):
        directory = Path(shutil.copytree(whole, tmp_path / str(number)))
        flip(directory / FILE_NAME, places.randrange(size), places.randrange(8))
        for use in (check_store, found, repair_store):
            try:
                use(directory)
            except StoreError as error:
                assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
        shutil.rmtree(directory)
