"""Articles as JSON Lines, one record a line, plain or gzip-compressed; the form is in the README.

Whatever is wrong with a line costs that line only: broken JSON, a wrong type, 50 MB without a line end.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from index.errors import NoArticle
from index.language import detect_language
from index.page_bytes import tidy_record
from index.records import UNKNOWN_LANGUAGE, Article, Skipped
from index.timestamps import correction, parse_timestamp

MAX_LINE_BYTES = 8_000_000
MAX_ID_CHARS = 2000
"""Longer ids are refused, not cut: two cut ones might be the same."""

_FIELDS = ("url", "title", "published", "language", "source", "section")
_USED = frozenset({"id", "text", "authors", "dateline", "corrected", *_FIELDS})
# What others write for purposes of their own: read where it is a date, and kept in `extra` whatever it is.
_CHANGED = ("modified", "updated")
_LANGUAGE_CODE = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.IGNORECASE | re.ASCII)
_SHORT_CODES = {"bel": "be", "rus": "ru", "eng": "en", "deu": "de", "ger": "de", "pol": "pl", "spa": "es"} | {
    "zho": "zh",
    "chi": "zh",
    "cmn": "zh",
}
# What a compressed file may grow to. Real text shrinks to a third or a tenth; only a bomb to a thousandth.
_MAX_EXPANSION = 200
_FREE_BYTES = 1_000_000_000


def article_from_record(record: dict[str, Any], fallback_id: str) -> Article:
    """Turn one record into an article. Keys that are not used are kept in `extra`. Raises: NoArticle."""
    text = tidy_record(_string(record, "text") or "")
    if not text.strip():
        raise NoArticle("the record has no text")
    fields = {name: _line(record, name) for name in _FIELDS}
    published = parse_timestamp(fields["published"]) if fields["published"] else None
    title = fields["title"] or ""
    article_id = _record_id(record) or fields["url"] or fallback_id
    if len(article_id) > MAX_ID_CHARS:
        raise NoArticle(f"the id has more than {MAX_ID_CHARS} characters")
    unused = {key: value for key, value in record.items() if key not in _USED}
    return Article(
        article_id=article_id,
        text=text,
        title=title,
        url=fields["url"],
        published=published,
        language=_language(fields["language"], f"{title}\n{text}"),
        source=fields["source"],
        section=fields["section"],
        dateline=_line(record, "dateline"),
        authors=_authors(record.get("authors")),
        extra=tidy_record(json.dumps(unused, ensure_ascii=False)) if unused else None,
        corrected=_corrected(record, published),
    )


def read_jsonl(path: Path, fallback_id: str) -> Iterator[Article | Skipped]:
    """Read a `.jsonl` or `.jsonl.gz` file line by line.

    Args:
        fallback_id: with the line's number, the id of a record that has neither id nor address.
    """
    number = 0
    try:
        with path.open("rb") as plain:
            stream, most_bytes = cast(IO[bytes], plain), sys.maxsize
            if path.suffix.lower() == ".gz":
                stream = cast(IO[bytes], gzip.GzipFile(fileobj=plain, mode="rb"))
                most_bytes = _FREE_BYTES + _MAX_EXPANSION * path.stat().st_size
            for number, line in enumerate(_bounded_lines(stream, most_bytes), start=1):
                place = f"{path}:{number}"
                try:
                    record = _parse(line)
                    if record is not None:
                        yield article_from_record(record, f"{fallback_id}:{number}")
                except NoArticle as error:
                    yield Skipped(place, str(error))
    except (EOFError, zlib.error, gzip.BadGzipFile):
        yield Skipped(
            f"{path}:{number + 1}",
            "the compressed file is damaged or cut off here; the lines above were read",
        )
    except OSError as error:
        yield Skipped(str(path), f"cannot be read: {error.strerror or error}")


def _bounded_lines(stream: IO[bytes], most_bytes: int) -> Iterator[bytes | None]:
    """Yield lines without their end; None for one that is too long, of which only the start was held.

    Raises: EOFError (there is more than `most_bytes`).
    """
    total = 0
    too_long = False
    while piece := stream.readline(MAX_LINE_BYTES):
        total += len(piece)
        if total > most_bytes:
            raise EOFError
        ended = piece.endswith(b"\n")
        if not too_long and (ended or len(piece) < MAX_LINE_BYTES):
            yield piece.rstrip(b"\r\n")
        elif not too_long:
            yield None
        too_long = not ended


def _parse(line: bytes | None) -> dict[str, Any] | None:
    """Return the record of a line, None for an empty line. Raises: NoArticle."""
    if line is None:
        raise NoArticle(f"the line is longer than {MAX_LINE_BYTES // 1_000_000} MB")
    try:
        text = line.decode("utf-8-sig").strip()
        record = json.loads(text, parse_constant=_no_constant) if text else None
    except UnicodeDecodeError:
        raise NoArticle("the line is not valid UTF-8") from None
    except (ValueError, RecursionError) as error:
        detail = f" ({error.msg}, character {error.pos + 1})" if isinstance(error, json.JSONDecodeError) else ""
        raise NoArticle(f"broken JSON{detail}") from None
    if not text:
        return None
    if not isinstance(record, dict):
        raise NoArticle("the line is not a JSON object")
    return record


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")


def _string(record: dict[str, Any], key: str) -> str | None:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise NoArticle(f"{key} is not a string")
    return value


def _line(record: dict[str, Any], key: str) -> str | None:
    """Return a value that stands on one line, None when it is absent or empty."""
    return " ".join(tidy_record(_string(record, key) or "").split()) or None


def _record_id(record: dict[str, Any]) -> str | None:
    value = record.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return _line(record, "id")


def _corrected(record: dict[str, Any], published: str | None) -> str | None:
    """Return when an article was last changed after its publication. Raises: NoArticle (`corrected` is no date)."""
    given = _line(record, "corrected")
    if given:
        return correction(published, parse_timestamp(given))
    for key in _CHANGED:
        value = record.get(key)
        if isinstance(value, str):
            with suppress(NoArticle):
                return correction(published, parse_timestamp(value))
    return None


def _language(given: str | None, text: str) -> str:
    match = _LANGUAGE_CODE.fullmatch(given or "")
    code = match[1].lower() if match else UNKNOWN_LANGUAGE
    code = _SHORT_CODES.get(code, code)
    return detect_language(text, given) if code == UNKNOWN_LANGUAGE else code


def _authors(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise NoArticle("authors is not a list of strings")
    return tuple(clean for name in names if (clean := " ".join(tidy_record(name).split())))
