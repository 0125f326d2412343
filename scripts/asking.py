"""Asks the development questions of everything at once, as the scripts that fit and measure need it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import numpy as np
from development import ROOT, Development, Item

from index.database import read_article
from index.embed import SentenceTransformerEmbedder
from index.embedded import PassageTokens
from index.generation import Generation
from index.reader import SHIPPED, Reader
from index.records import Filters
from index.run import index_articles, index_sources
from index.search import Candidate, Query, find_candidates
from index.store import Reading, Store
from index.words import WordIndex
from qa.question import Question, understand
from qa.ranking import rank_by_date

DEPTH = 10
"""How many articles are asked for, as answering and `vestka search` do."""


@dataclass(frozen=True, slots=True)
class View:
    """A question with what is found when the article it is about is there in one language only.

    Attributes:
        item: what the question is about.
        language: of that article; None where the article is gone in all languages.
        altered: whether the question was changed so that nothing answers it.
    """

    item: Item
    question: Question
    candidates: list[Candidate]
    language: str | None
    altered: bool = False

    @property
    def answerable(self) -> bool:
        """Whether an article that answers is there."""
        return self.language is not None and not self.altered and bool(self.item.evidence.get(self.language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Depleted(Generation):
    """A generation without some articles: their vectors are not searched, as if they had never been indexed.

    Attributes:
        left: bool (n,), the passages that are left.
    """

    left: np.ndarray

    def mask(self, filters: Filters) -> np.ndarray | None:
        """Return what is left; other filters are not used here."""
        return self.left


class DepletedWords:
    """A word index without some passages."""

    def __init__(self, words: WordIndex, gone: frozenset[int]) -> None:
        self._words = words
        self._gone = gone

    def idf(self, field: str, terms: list[str], passages: int) -> dict[str, float]:
        """See WordIndex."""
        return self._words.idf(field, terms, passages)

    def coverage(self, field: str, weights: dict[str, float], k: int, *conditions: Any) -> dict[int, float]:
        """See WordIndex."""
        found = self._words.coverage(field, weights, k + len(self._gone), *conditions)
        left = {number: share for number, share in found.items() if number not in self._gone}
        return dict(sorted(left.items(), key=lambda item: -item[1])[:k])


class Remembering(Reader):
    """The shipped reader, which reads the same passage for the same question once: views of a question share most."""

    def __init__(self, path: Path = SHIPPED) -> None:
        with np.load(path, allow_pickle=False) as file:
            super().__init__({name: file[name].astype(np.float32) for name in file.files})
        self._question = b""
        self._read_before: dict[bytes, np.ndarray] = {}

    def read(
        self, question: np.ndarray, passages: Sequence[PassageTokens], cosines: Sequence[np.ndarray]
    ) -> list[np.ndarray]:
        """See Reader."""
        if question.tobytes() != self._question:
            self._question = question.tobytes()
            self._read_before.clear()
        scores = []
        for passage, of_passage in zip(passages, cosines, strict=True):
            key = passage.vectors.tobytes()
            if key not in self._read_before:
                (self._read_before[key],) = super().read(question, [passage], [of_passage])
            scores.append(self._read_before[key])
        return scores


class Asker:
    """Retrieves as answering does, from an archive that may lack some articles."""

    def __init__(self, reading: Reading, embedder: SentenceTransformerEmbedder) -> None:
        self._reading = reading
        self._embedder = embedder
        self._reader = Remembering()
        self._numbers: dict[str, int] = {}

    def query(self, text: str) -> tuple[Question, Query]:
        """Read a question and embed it."""
        question = understand(text)
        return question, Query(question.text, question.language, self._embedder.embed_question(question.text))

    def find(self, question: Question, query: Query, gone: Collection[str] = ()) -> list[Candidate]:
        """Return candidates, best first, where some articles are gone.

        They are kept out of the search, not only out of its results, so that as many others are found as ever.
        """
        return rank_by_date(question, find_candidates(self._without(gone), query, Filters(), DEPTH, self._reader))

    def views(self, item: Item, text: str, *, altered: bool = False, missing: bool = True) -> Iterator[View]:
        """Yield a view for each language that the article is in, and one without it if wished."""
        question, query = self.query(text)
        ids = set(item.article_ids.values())
        for language, article_id in item.article_ids.items():
            yield View(item, question, self.find(question, query, ids - {article_id}), language, altered)
        if missing:
            yield View(item, question, self.find(question, query, ids), None, altered)

    def _without(self, gone: Collection[str]) -> Reading:
        if not gone:
            return self._reading
        generation = self._reading.generation
        left = ~np.isin(generation.table["article"], [self._number(article_id) for article_id in gone])
        whole = {field.name: getattr(generation, field.name) for field in fields(generation)}
        whole["words"] = DepletedWords(generation.words, frozenset(generation.table["number"][~left].tolist()))
        return Reading(self._reading.connection, Depleted(**whole, left=left))

    def _number(self, article_id: str) -> int:
        if article_id not in self._numbers:
            found = read_article(self._reading.connection, article_id)
            self._numbers[article_id] = -1 if found is None else found[0]
        return self._numbers[article_id]


@contextmanager
def asking(data: Development, work: Path) -> Iterator[Asker]:
    """Put everything and the sample archive into a store at `work`, kept between runs, and open it."""
    embedder = SentenceTransformerEmbedder()
    index_articles(work, data.articles, embedder)
    index_sources(work, [str(ROOT / "index" / "sample")], embedder)
    with Store(work).reading() as reading:
        yield Asker(reading, embedder)
