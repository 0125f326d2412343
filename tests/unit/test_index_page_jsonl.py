from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import NoArticle
from index.page_jsonl import MAX_LINE_BYTES, article_from_record, read_jsonl
from index.records import Article, Skipped

TEXT = "The town council of Veldan has agreed to build a new bridge."


def write(path: Path, *lines: bytes | dict[str, Any]) -> Path:
    """Write lines as they are, records as JSON."""
    written = (line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines)
    path.write_bytes(b"".join(line + b"\n" for line in written))
    return path


def test_a_whole_record() -> None:
    """Every field of the contract is taken over, and other keys are kept."""
    record = {
        "id": "n1", "url": "https://npa.example/1", "title": " New\nbridge ", "text": TEXT,
        "published": "2023-03-03 09:15Z", "corrected": "2023-03-04 10:00Z",
        "language": "en-GB", "source": "NPA", "section": "Society", "authors": ["Ann Lee", " "], "story": {"n": [1]},
    }  # fmt: skip
    article = article_from_record(record, "x")
    assert article == Article(
        "n1", TEXT, "New bridge", "https://npa.example/1", "2023-03-03T09:15+00:00", "en", "NPA", "Society", None,
        ("Ann Lee",), '{"story": {"n": [1]}}', "2023-03-04T10:00+00:00",
    )  # fmt: skip


def test_ids_in_their_order() -> None:
    """The id is the record's, else its address, else where it stands."""
    assert article_from_record({"id": 7, "url": "u", "text": TEXT}, "f:1").article_id == "7"
    assert article_from_record({"id": "", "url": "u", "text": TEXT}, "f:1").article_id == "u"
    assert article_from_record({"text": TEXT}, "f:1").article_id == "f:1"


def test_text_is_kept_as_it_is() -> None:
    """Only control characters, line ends and the form of accents are touched."""
    text = "  One\u00a0line\t\r\nTwo\u0301 \ud800\0\n"
    assert article_from_record({"text": text}, "x").text == "  One\u00a0line\t\nTw\u00f3 \n"


@pytest.mark.parametrize(
    ("given_code", "code"),
    [("ru", "ru"), ("deu", "de"), ("zh_Hans", "zh"), ("English", "en"), ("und", "en"), (None, "en")],
)
def test_a_language_code_is_trusted(given_code: str | None, code: str) -> None:
    """What looks like a code is believed; anything else is read from the text."""
    assert article_from_record({"text": TEXT, "language": given_code}, "x").language == code


@pytest.mark.parametrize(
    ("changes", "corrected"),
    [
        ({"corrected": "2023-03-04"}, "2023-03-04"),
        ({"modified": "2023-03-04 10:00Z"}, "2023-03-04T10:00+00:00"),
        ({"updated": " 2023-03-04T10:00 "}, "2023-03-04T10:00"),
        ({"modified": "2023-03-04", "updated": "2023-03-05"}, "2023-03-04"),
        ({"corrected": "2023-03-03T09:20", "modified": "2023-03-05"}, "2023-03-03T09:20"),
        ({"corrected": None, "modified": True, "updated": "2023-03-05"}, "2023-03-05"),
        ({"modified": "by hand", "updated": "2023-03-05"}, "2023-03-05"),
        ({"modified": "1678000000", "updated": {"by": "x"}}, None),
        ({"corrected": "2023-03-03T09:15", "modified": "2023-03-05"}, None),
        ({"modified": "2023-03-03T09:15:40"}, None),
        ({"corrected": "2022-01-01"}, None),
        ({"corrected": ""}, None),
    ],
)
def test_the_correction_of_a_record(changes: dict[str, Any], corrected: str | None) -> None:
    """`corrected`, else what others call it, where it is a date after the publication; theirs are kept as well."""
    article = article_from_record({"text": TEXT, "published": "2023-03-03T09:15", **changes}, "x")
    assert article.corrected == corrected
    kept = {key: value for key, value in changes.items() if key != "corrected"}
    assert json.loads(article.extra or "{}") == kept


def test_a_record_without_a_publication_has_no_correction() -> None:
    """What came after it cannot be told."""
    assert article_from_record({"text": TEXT, "corrected": "2023-03-04"}, "x").corrected is None


BAD = [
    ({}, "no text"), ({"text": " \n"}, "no text"), ({"text": None}, "no text"), ({"text": 5}, "text is not a string"),
    ({"text": TEXT, "published": "2022-13-45"}, "does not exist"), ({"text": TEXT, "published": "soon"}, "not ISO"),
    ({"text": TEXT, "published": "2023-03-03", "corrected": "soon"}, "not ISO"),
    ({"text": TEXT, "corrected": "2022-13-45"}, "does not exist"), ({"text": TEXT, "corrected": 5}, "corrected is not"),
    ({"text": TEXT, "published": 5}, "published is not"), ({"text": TEXT, "authors": 5}, "authors is not"),
    ({"text": TEXT, "authors": [5]}, "authors is not"), ({"text": TEXT, "title": []}, "title is not"),
    ({"text": TEXT, "id": True}, "id is not"), ({"text": TEXT, "id": "x" * 3000}, "2000 characters"),
]  # fmt: skip


@pytest.mark.parametrize(("record", "reason"), BAD)
def test_wrong_records_have_a_reason(record: dict[str, Any], reason: str) -> None:
    """A missing text, a wrong type and a wrong date are named."""
    with pytest.raises(NoArticle, match=reason):
        article_from_record(record, "x")


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    """Broken lines are skipped with file, line number and reason; the others are read."""
    path = write(
        tmp_path / "a.jsonl",
        {"text": TEXT}, b"{broken", b"[1]", b'"x"', b"\xff\xfe", b"", {"text": ""}, b'{"text": "a", "n": NaN}',
        b"[" * 100_000, b"9" * 5000, {"id": "last", "text": TEXT},
    )  # fmt: skip
    found = list(read_jsonl(path, "a"))
    assert [item.article_id for item in found if isinstance(item, Article)] == ["a:1", "last"]
    skipped = [item for item in found if isinstance(item, Skipped)]
    assert [item.source for item in skipped] == [f"{path}:{n}" for n in (2, 3, 4, 5, 7, 8, 9, 10)]
    assert all(item.reason and "\n" not in item.reason for item in skipped)


def test_an_endless_line_is_passed_over(tmp_path: Path) -> None:
    """A 50 MB line is skipped with a reason, never held whole, and the line after it is read."""
    path = tmp_path / "a.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "')
        file.truncate(50_000_000)
        file.seek(50_000_000)
        file.write(b'"}\n' + json.dumps({"text": TEXT}).encode())
    tracemalloc.start()
    first, second = read_jsonl(path, "a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert first == Skipped(f"{path}:1", "the line is longer than 8 MB")
    assert isinstance(second, Article)
    assert second.article_id == "a:2"
    assert peak < 40_000_000


def test_a_line_of_just_the_limit_is_read(tmp_path: Path) -> None:
    """A line that is as long as may be is an article, with and without a line end."""
    line = json.dumps({"text": ""}).encode()
    line = line[:-2] + b"a" * (MAX_LINE_BYTES - len(line) - 1) + line[-2:]
    path = tmp_path / "a.jsonl"
    path.write_bytes(line + b"\n" + line)
    assert [type(item) for item in read_jsonl(path, "a")] == [Article, Article]


def test_compressed_files(tmp_path: Path) -> None:
    """A compressed file reads like a plain one; of a damaged one everything up to the damage is read."""
    content = b"".join(json.dumps({"id": str(n), "text": f"{TEXT} {n}"}).encode() + b"\n" for n in range(2000))
    whole, cut, mangled = (tmp_path / f"{name}.jsonl.gz" for name in ("whole", "cut", "mangled"))
    packed = gzip.compress(content)
    whole.write_bytes(packed)
    cut.write_bytes(packed[: len(packed) // 2])
    mangled.write_bytes(b"no gzip at all")
    assert len(list(read_jsonl(whole, "a"))) == 2000
    *articles, last = read_jsonl(cut, "a")
    assert len(articles) > 100
    assert all(isinstance(item, Article) for item in articles)
    assert isinstance(last, Skipped)
    assert "damaged" in last.reason
    assert [type(item) for item in read_jsonl(mangled, "a")] == [Skipped]


@given(st.lists(st.binary(max_size=200), max_size=10))
def test_any_lines_are_safe(tmp_path_factory: pytest.TempPathFactory, lines: list[bytes]) -> None:
    """Whatever stands in a file, each line gives an article, a reason, or nothing when it is empty."""
    path = tmp_path_factory.mktemp("any") / "a.jsonl"
    write(path, *lines)
    for item in read_jsonl(path, "a"):
        assert isinstance(item, Article | Skipped)


KEYS = ["id", "text", "title", "published", "corrected", "updated", "authors", "other"]


@given(st.dictionaries(st.sampled_from(KEYS), st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(), lambda inner: st.lists(inner), max_leaves=4)))  # fmt: skip
def test_any_record_is_an_article_or_a_reason(record: dict[str, Any]) -> None:
    """No record makes the reader fail in another way, and what it gives can be stored as UTF-8."""
    try:
        article = article_from_record(record, "f:1")
    except NoArticle:
        return
    for value in (article.article_id, article.text, article.title, article.extra or ""):
        value.encode()
