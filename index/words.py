"""Passages found by their words and names; the one owner of tantivy.

The score of a passage is the *coverage* of the query: the share of the query's IDF whose terms stand in
it, from 0 to 1. Repetition in a passage counts nothing, since a passage is short.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import tantivy

from index.records import Filters

WRITER_BYTES = 64_000_000
FIELDS = ("words", "names")
DAY_FIELDS = ("day", "corrected")
LAST_DAY = 2**40
"""Later than any day there is, and as its negative earlier."""


@dataclass(frozen=True, slots=True)
class Days:
    """The days since 1970-01-01 that filters allow an article; None is no limit.

    Attributes:
        first, last: of its publication, both included; an article without one meets no limit.
        as_of: the last on which it may have been corrected.
    """

    first: int | None = None
    last: int | None = None
    as_of: int | None = None


@dataclass(frozen=True, slots=True)
class WordEntry:
    """What the word index holds of a passage.

    Attributes:
        number: the passage's number in the database.
        day, corrected: days since 1970-01-01 of its article's publication and correction, or None.
    """

    number: int
    words: list[str]
    names: list[str]
    language: str
    source: str | None
    day: int | None
    corrected: int | None = None


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    for field in DAY_FIELDS:
        builder.add_integer_field(field, indexed=True, fast=True)
    for field in ("language", "source", *FIELDS):
        builder.add_text_field(field, tokenizer_name="raw", index_option="basic")
    return builder.build()


SCHEMA = _schema()


def update_words(directory: Path, removed: Iterable[int], added: Iterable[WordEntry]) -> None:
    """Bring the word index in a directory up to date in one commit; it is made if it is not there."""
    directory.mkdir(parents=True, exist_ok=True)
    index = tantivy.Index(SCHEMA, path=str(directory))
    writer = index.writer(heap_size=WRITER_BYTES, num_threads=1)
    for number in removed:
        # delete_documents_by_term takes the number for a signed one and deletes nothing.
        writer.delete_documents_by_query(_term("number", number))
    for entry in added:
        document = tantivy.Document()
        document.add_unsigned("number", entry.number)
        document.add_text("language", entry.language)
        for field, day in zip(DAY_FIELDS, (entry.day, entry.corrected), strict=True):
            if day is not None:
                document.add_integer(field, day)
        if entry.source is not None:
            document.add_text("source", entry.source)
        for field, terms in zip(FIELDS, (entry.words, entry.names), strict=True):
            for term in dict.fromkeys(terms):
                document.add_text(field, term)
        writer.add_document(document)
    writer.commit()
    writer.wait_merging_threads()


class WordIndex:
    """Reads the word index of one generation."""

    def __init__(self, directory: Path) -> None:
        self._searcher = tantivy.Index.open(str(directory)).searcher()

    def __len__(self) -> int:
        return int(self._searcher.num_docs)

    def idf(self, field: str, terms: Iterable[str], passages: int) -> dict[str, float]:
        """Return the inverse document frequency of each term among a number of passages (Robertson and Zaragoza 2009).

        idf = ln(1 + (n - df + 0.5) / (df + 0.5)); a term that no passage holds counts like the rarest.
        """
        weights = {}
        for term in dict.fromkeys(terms):
            df = min(self._searcher.doc_freq(field, term), passages)
            weights[term] = math.log(1 + (passages - df + 0.5) / (df + 0.5))
        return weights

    def coverage(
        self,
        field: str,
        weights: Mapping[str, float],
        k: int,
        filters: Filters,
        days: Days,
    ) -> dict[int, float]:
        """Return the k passages that cover most of the weights: number -> share of the weight, in (0, 1]."""
        total = sum(weights.values())
        if total <= 0:
            return {}
        clauses = [
            (tantivy.Occur.Should, tantivy.Query.const_score_query(_term(field, term), weight))
            for term, weight in weights.items()
        ]
        query = tantivy.Query.boolean_query(clauses)
        restrictions = _restrictions(filters, days)
        if restrictions:
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *restrictions])
        hits = self._searcher.search(query, k, count=False).hits
        numbers = self._searcher.fast_field_values("number", [address for _, address in hits])
        return {int(number or 0): min(1.0, score / total) for (score, _), number in zip(hits, numbers, strict=True)}


def _term(field: str, value: object) -> tantivy.Query:
    return tantivy.Query.term_query(SCHEMA, field, value, "basic")


def _restrictions(filters: Filters, days: Days) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """Return clauses that a passage must meet and that add nothing to its score."""
    queries = [
        _term(field, value)
        for field, value in (("language", filters.language), ("source", filters.source))
        if value is not None
    ]
    if days.first is not None or days.last is not None:
        first = -LAST_DAY if days.first is None else days.first
        queries.append(_between("day", first, LAST_DAY if days.last is None else days.last))
    restrictions = [(tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in queries]
    if days.as_of is not None:
        restrictions.append((tantivy.Occur.MustNot, _between("corrected", days.as_of + 1, LAST_DAY)))
    return restrictions


def _between(field: str, first: int, last: int) -> tantivy.Query:
    return tantivy.Query.range_query(SCHEMA, field, tantivy.FieldType.Integer, first, last)
