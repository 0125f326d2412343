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


@dataclass(frozen=True, slots=True)
class WordEntry:
    """What the word index holds of a passage.

    Attributes:
        number: the passage's number in the database.
        day: days since 1970-01-01 of its article's publication, or None.
    """

    number: int
    words: list[str]
    names: list[str]
    language: str
    source: str | None
    day: int | None


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_unsigned_field("number", indexed=True, fast=True)
    builder.add_integer_field("day", indexed=True, fast=True)
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
        if entry.day is not None:
            document.add_integer("day", entry.day)
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
        days: tuple[int | None, int | None],
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


def _restrictions(filters: Filters, days: tuple[int | None, int | None]) -> list[tuple[tantivy.Occur, tantivy.Query]]:
    """Return clauses that a passage must meet and that add nothing to its score."""
    queries = [
        _term(field, value)
        for field, value in (("language", filters.language), ("source", filters.source))
        if value is not None
    ]
    since, until = days
    if since is not None or until is not None:
        first = -(2**40) if since is None else since
        last = 2**40 if until is None else until
        queries.append(tantivy.Query.range_query(SCHEMA, "day", tantivy.FieldType.Integer, first, last))
    return [(tantivy.Occur.Must, tantivy.Query.const_score_query(query, 0.0)) for query in queries]
