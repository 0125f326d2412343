"""The SQLite file that holds the truth of a store: articles, passages and their vectors.

An article is *staged* while a run of indexing is under way and *live* once that run is published;
readers see live ones only, so a run that is killed changes nothing that anyone reads.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from index.embedded import TOKEN_DIM, PassageTokens, PassageVectors
from index.errors import StoreCorrupt, StoreError, StoreMismatch, StoreMissing
from index.records import Article, Passage, Span

FILE_NAME = "vestka.sqlite"
FORMAT = "2"
OLD_FORMAT = "1"
"""Held no corrections; whoever writes to such a store brings it up to date, and nothing is embedded again."""
STAGED, LIVE = 0, 1
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a damaged file makes the sqlite3 module raise: its message may itself be damaged."""
CANNOT_READ = "{} cannot be read ({}): restore it from a copy, or index again into a new folder"
CANNOT_WRITE = (
    "{} cannot be written to ({}): make room, or check who may write there, and run the command again; what is "
    "published stays as it is"
)
UNSTORABLE = re.compile("[\0\ud800-\udfff]")

SCHEMA = """
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article_id TEXT NOT NULL,
    state INTEGER NOT NULL,
    origin TEXT NOT NULL,
    digest BLOB NOT NULL,
    title TEXT NOT NULL, url TEXT, published TEXT, language TEXT NOT NULL, source TEXT,
    section TEXT, dateline TEXT, authors TEXT NOT NULL, extra TEXT, text TEXT NOT NULL, corrected TEXT,
    UNIQUE (article_id, state)
);
CREATE TABLE IF NOT EXISTS passages (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (number) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL,
    vector BLOB NOT NULL,            -- float16 (d,)
    sentences BLOB NOT NULL,         -- int32 (n, 2): spans in the article's text
    sentence_vectors BLOB NOT NULL,  -- float16 (n, d)
    tokens BLOB NOT NULL,            -- int8 (t, TOKEN_DIM)
    token_counts BLOB NOT NULL       -- int32 (1 + n,): how many tokens are of the heading and of each sentence
);
CREATE INDEX IF NOT EXISTS passages_by_article ON passages (article);
"""
SCHEMA += f"INSERT OR IGNORE INTO meta VALUES ('format', '{FORMAT}');"

ARTICLE_COLUMNS = (
    "article_id, title, url, published, language, source, section, dateline, authors, extra, text, corrected"
)
PASSAGE_COLUMNS = "ordinal, start, end, vector, sentences, sentence_vectors, tokens, token_counts"


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A stored passage with the vectors of its sentences.

    Attributes:
        sentence_vectors: float16 (n, d), one for each of `passage.sentences`, as the model gave them: L2-normalised,
            not centred.
    """

    number: int
    passage: Passage
    sentence_vectors: np.ndarray


def article_digest(article: Article) -> bytes:
    """Return a digest of all that an article says, so that an unchanged one is recognised.

    An article without a correction has the digest that it had before corrections were stored.
    """
    parts: tuple[str | None, ...] = (
        article.title, article.url, article.published, article.language, article.source, article.section,
        article.dateline, *article.authors, article.extra, article.text,
        *(() if article.corrected is None else (article.corrected,)),
    )  # fmt: skip
    joined = "\x1f".join("\x00" if part is None else part for part in parts)
    return hashlib.blake2b(joined.encode(errors="surrogatepass"), digest_size=16).digest()


def connect(directory: Path, *, write: bool = False) -> sqlite3.Connection:
    """Open the database of a store, one to write to in the old format too.

    Raises: StoreMissing, StoreCorrupt, StoreMismatch, StoreError (full).
    """
    path = directory / FILE_NAME
    if not write and not path.is_file():
        raise StoreMissing(f"there is no store in {directory}: make one with `vestka index SOURCE --store {directory}`")
    connection: sqlite3.Connection | None = None
    try:
        if write:
            connection = sqlite3.connect(path, timeout=30, isolation_level=None)
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.executescript(f"BEGIN IMMEDIATE; {SCHEMA} COMMIT;")
        else:
            # A pool hands connections from thread to thread; only one has each at a time.
            connection = sqlite3.connect(
                f"{path.absolute().as_uri()}?mode=ro",
                uri=True,
                timeout=30,
                isolation_level=None,
                check_same_thread=False,
            )
        empty = connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'meta'").fetchone() is None
        found = None if empty else get_meta(connection, "format")
    except DAMAGE as error:
        if connection is not None:
            connection.close()
        if write and isinstance(error, sqlite3.OperationalError):
            raise StoreError(CANNOT_WRITE.format(directory, reason(error))) from error
        raise StoreCorrupt(CANNOT_READ.format(path, reason(error))) from error
    if empty:
        connection.close()
        raise StoreMissing(
            f"the store in {directory} was never finished: run `vestka index SOURCE --store {directory}`"
        )
    if found == OLD_FORMAT and not write:
        connection.close()
        raise StoreMismatch(
            f"{path} has format {found} of an earlier Vestka: bring it up to date with "
            f"`vestka check --repair --store {directory}`; nothing is embedded again"
        )
    if found not in (FORMAT, OLD_FORMAT):
        connection.close()
        raise StoreMismatch(f"{path} has format {found}, this Vestka reads {FORMAT}: index again into a new folder")
    return connection


def reason(error: BaseException) -> str:
    """Return the first line of what a library says; SQLite quotes whole tables."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def storable(text: str) -> str:
    """Return a text without what no UTF-8 file can hold, at the same length: half characters and NUL."""
    return UNSTORABLE.sub("\ufffd", text)


def storable_id(article_id: str) -> str:
    """Return an id or path that can be stored; what cannot is spelt out, so that two stay two."""
    return article_id.encode(errors="backslashreplace").decode().replace("\0", "\\x00")


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """Run a block as one transaction: all of it or nothing."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        # SQLite has rolled back by itself when the disk was full.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def get_meta(connection: sqlite3.Connection, key: str) -> str | None:
    """Return a setting of the store, or None where it was never set."""
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Remember a setting of the store."""
    connection.execute(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value", (key, value)
    )


def get_generation(connection: sqlite3.Connection) -> int:
    """Return the number of the published generation; 0 before the first."""
    number = get_meta(connection, "generation") or "0"
    if not number.isdecimal():
        raise StoreCorrupt(f"generation {number!r} is no number: `vestka check` tells what else is damaged")
    return int(number)


def stage_article(
    connection: sqlite3.Connection,
    article: Article,
    origin: str,
    passages: Sequence[Passage],
    vectors: Sequence[PassageVectors],
) -> None:
    """Write an article that waits for publication, in place of one staged before under the same id."""
    number = _stage_alone(connection, article, origin)
    connection.executemany(
        f"INSERT INTO passages (article, {PASSAGE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)",
        [
            (
                number, passage.ordinal, passage.start, passage.end, of_passage.whole.astype("<f2").tobytes(),
                np.array([(span.start, span.end) for span in passage.sentences], "<i4").tobytes(),
                of_passage.sentences.astype("<f2").tobytes(),
                of_passage.tokens.vectors.tobytes(), of_passage.tokens.counts.astype("<i4").tobytes(),
            )
            for passage, of_passage in zip(passages, vectors, strict=True)
        ],
    )  # fmt: skip


def stage_like(connection: sqlite3.Connection, article: Article, origin: str, like: int) -> None:
    """Write an article that waits for publication, with the passages of the stored one that has the number `like`."""
    number = _stage_alone(connection, article, origin)
    copied = f"SELECT ?, {PASSAGE_COLUMNS} FROM passages WHERE article = ? ORDER BY number"
    connection.execute(f"INSERT INTO passages (article, {PASSAGE_COLUMNS}) {copied}", (number, like))


def _stage_alone(connection: sqlite3.Connection, article: Article, origin: str) -> int:
    """Write a waiting article without its passages. Returns: its number."""
    connection.execute("DELETE FROM articles WHERE article_id = ? AND state = ?", (article.article_id, STAGED))
    cursor = connection.execute(
        f"INSERT INTO articles (state, origin, digest, {ARTICLE_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            STAGED, origin, article_digest(article), article.article_id, article.title, article.url,
            article.published, article.language, article.source, article.section, article.dateline,
            "\n".join(article.authors), article.extra, article.text, article.corrected,
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def article_from_row(row: Sequence[Any]) -> Article:
    """Build an article from a row of ARTICLE_COLUMNS."""
    article_id, title, url, published, language, source, section, dateline, authors, extra, text, corrected = row
    return Article(
        article_id=str(article_id), text=str(text), title=str(title), url=_text(url), published=_text(published),
        language=str(language), source=_text(source), section=_text(section), dateline=_text(dateline),
        authors=tuple(str(authors).split("\n")) if authors else (), extra=_text(extra),
        corrected=_text(corrected),
    )  # fmt: skip


def read_article(connection: sqlite3.Connection, article_id: str) -> tuple[int, Article] | None:
    """Return the number and the article that is live under an id, or None."""
    row = connection.execute(
        f"SELECT number, {ARTICLE_COLUMNS} FROM articles WHERE article_id = ? AND state = ?",
        (article_id, LIVE),
    ).fetchone()
    return None if row is None else (row[0], article_from_row(row[1:]))


def read_spans(connection: sqlite3.Connection, article_number: int) -> tuple[Span, ...]:
    """Return the spans of an article's passages in order."""
    rows = connection.execute("SELECT start, end FROM passages WHERE article = ? ORDER BY ordinal", (article_number,))
    return tuple(Span(start, end) for start, end in rows)


def read_passages(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, tuple[PassageRow, Article]]:
    """Return live passages by number, with their articles; numbers that are gone are left out."""
    found: dict[int, tuple[PassageRow, Article]] = {}
    wanted = [int(number) for number in numbers]
    for at in range(0, len(wanted), 500):
        some = wanted[at : at + 500]
        rows = connection.execute(
            "SELECT p.number, p.ordinal, p.start, p.end, p.sentences, p.sentence_vectors, "
            + ", ".join(f"a.{column}" for column in ARTICLE_COLUMNS.split(", "))
            + f" FROM passages p JOIN articles a ON a.number = p.article WHERE a.state = {LIVE} AND p.number IN "
            + f"({','.join('?' * len(some))})",
            some,
        )
        try:
            for row in rows:
                found[row[0]] = _passage_row(row)
        except (ValueError, TypeError) as error:
            raise StoreCorrupt(f"a passage is damaged ({error}): `vestka check` tells which") from error
    return found


def read_tokens(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, PassageTokens]:
    """Return the tokens of passages by number; passages that are gone, or have none, are left out."""
    wanted = [int(number) for number in numbers]
    rows = connection.execute(
        f"SELECT number, tokens, token_counts FROM passages WHERE number IN ({','.join('?' * len(wanted))})", wanted
    )
    try:
        return {number: _passage_tokens(tokens, counts) for number, tokens, counts in rows if tokens}
    except (ValueError, TypeError) as error:
        raise StoreCorrupt(f"a passage is damaged ({error}): `vestka check` tells which") from error


def _passage_tokens(tokens: bytes, counts: bytes) -> PassageTokens:
    vectors, sizes = np.frombuffer(tokens, np.int8).reshape(-1, TOKEN_DIM), np.frombuffer(counts, "<i4")
    if (sizes < 0).any() or sizes.sum() != len(vectors):
        raise ValueError("its tokens do not add up")
    return PassageTokens(vectors, sizes.astype(np.int64))


def _passage_row(row: Sequence[Any]) -> tuple[PassageRow, Article]:
    number, ordinal, start, end, sentences, sentence_vectors, *columns = row
    article = article_from_row(columns)
    spans = tuple(Span(int(first), int(last)) for first, last in np.frombuffer(sentences, "<i4").reshape(-1, 2))
    passage = Passage(article.article_id, ordinal, start, end, article.text[start:end], spans)
    return PassageRow(number, passage, np.frombuffer(sentence_vectors, "<f2").reshape(len(spans), -1)), article


def _text(value: object) -> str | None:
    return None if value is None else str(value)
