"""The answerer over one store: understand, search, compose, and quote or refuse."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from index.embed import Embedder, SentenceTransformerEmbedder
from index.errors import BadDate, BadQuestion, StoreMismatch
from index.progress import SILENT, Progress
from index.records import Article, Filters, IndexReport, StoredArticle, StoreStatus
from index.run import index_articles
from index.search import Candidate, Query, best_hits, find_candidates
from index.store import Store
from index.writer import remove_articles
from qa.answerer import MAX_QUESTION_CHARS, NO_FILTERS, Answerer
from qa.calibration import load_calibration
from qa.compose import answer_text, cite, draft_answer
from qa.phrases import refusal
from qa.question import Question, understand
from qa.ranking import rank_by_date
from qa.records import Answer, SearchResults, Turn

NEAREST_HITS = 5


@dataclass(slots=True)
class Stopwatch:
    """Adds up the milliseconds of a question by stage."""

    started: float = field(default_factory=time.perf_counter)
    stages: dict[str, float] = field(default_factory=dict)
    _lap: float = field(default_factory=time.perf_counter)

    def lap(self, stage: str) -> None:
        """End a stage: it took the time since the one before ended."""
        now = time.perf_counter()
        self.stages[stage] = round(1000 * (now - self._lap), 2)
        self._lap = now

    def total(self) -> dict[str, float]:
        """Return the stages with the time since the start as `total`."""
        return {"total": round(1000 * (time.perf_counter() - self.started), 2), **self.stages}


class ArchiveAnswerer:
    """Answers from one store with one model; thread-safe."""

    def __init__(self, store: Store, embedder: Embedder) -> None:
        """Join a store and the model it was built with. Raises: StoreMismatch."""
        if store.fingerprint != embedder.fingerprint:
            raise StoreMismatch(
                f"{store.directory} was built with the model {store.status().model}, not {embedder.name}: "
                "set VESTKA_MODEL to that one, or use another --store"
            )
        self._store = store
        self._embedder = embedder
        # A model is not safe to call from two threads; the two cores are busy with one question anyway.
        self._model_lock = threading.Lock()

    def ask(
        self, question: str, filters: Filters = NO_FILTERS, *, history: Sequence[Turn] = (), explain: bool = False
    ) -> Answer:
        """Answer a question; see Answerer."""
        watch = Stopwatch()
        asked = understand(check_question(question))
        check_filters(filters)
        watch.lap("understand")
        candidates, as_of = self._find(asked, filters, NEAREST_HITS, watch)
        draft = draft_answer(asked, candidates)
        answered = bool(draft.quotes) and draft.confidence >= load_calibration().threshold
        citations = cite(draft.quotes) if answered else ()
        nearest = tuple(best_hits(candidates, NEAREST_HITS))
        watch.lap("compose")
        return Answer(
            question=asked.text,
            language=asked.language,
            answered=answered,
            confidence=draft.confidence,
            text=answer_text(citations) if answered else refusal(asked.language, with_hits=bool(nearest)),
            citations=citations,
            nearest=nearest,
            as_of=as_of,
            filters=filters,
            timings_ms=watch.total(),
        )

    def search(
        self, query: str, k: int = 10, filters: Filters = NO_FILTERS, *, per_article: bool = True
    ) -> SearchResults:
        """Find the k best passages; see Answerer."""
        watch = Stopwatch()
        asked = understand(check_question(query))
        check_filters(filters)
        candidates, _ = self._find(asked, filters, k, watch)
        hits = best_hits(candidates, k, per_article=per_article)
        return SearchResults(asked.text, tuple(hits), watch.total())

    def article(self, article_id: str) -> StoredArticle:
        """Return a stored article. Raises: ArticleNotFound."""
        return self._store.article(article_id)

    def put(self, articles: Sequence[Article]) -> IndexReport:
        """Add or update articles. Raises: StoreLocked."""
        with self._model_lock:
            return index_articles(self._store.directory, articles, self._embedder)

    def remove(self, article_ids: Sequence[str]) -> IndexReport:
        """Forget articles. Raises: StoreLocked."""
        return remove_articles(self._store.directory, article_ids)

    def status(self) -> StoreStatus:
        """Say what the archive holds."""
        return self._store.status()

    def _find(self, asked: Question, filters: Filters, k: int, watch: Stopwatch) -> tuple[list[Candidate], str | None]:
        with self._model_lock:
            vector = self._embedder.embed_query(asked.text)
        watch.lap("embed")
        with self._store.reading() as reading:
            query = Query(asked.text, asked.language, vector)
            candidates = rank_by_date(asked, find_candidates(reading, query, filters, k))
            as_of = reading.generation.last_published
        watch.lap("retrieve")
        return candidates, as_of


def check_question(text: str) -> str:
    """Return a question trimmed, without half characters. Raises: BadQuestion."""
    trimmed = text.encode(errors="replace").decode().strip()
    if not trimmed:
        raise BadQuestion("the question is empty: ask something in a sentence")
    if len(trimmed) > MAX_QUESTION_CHARS:
        raise BadQuestion(f"the question has {len(trimmed)} characters: {MAX_QUESTION_CHARS} are allowed")
    return trimmed


def check_filters(filters: Filters) -> Filters:
    """Return filters whose dates are real. Raises: BadDate."""
    for name in ("since", "until"):
        value = getattr(filters, name)
        if value is None:
            continue
        try:
            valid = date.fromisoformat(value).isoformat() == value
        except ValueError:
            valid = False
        if not valid:
            raise BadDate(f"{name} is {value!r}: write a date as YYYY-MM-DD")
    return filters


def open_answerer(
    directory: Path, model: str | None = None, device: str | None = None, progress: Progress = SILENT
) -> Answerer:
    """Open a store and load its model. Raises: StoreMissing, StoreMismatch, ModelUnavailable."""
    store = Store(directory)
    with store.reading():
        pass
    answerer = ArchiveAnswerer(store, SentenceTransformerEmbedder(model, device, progress))
    # What is set up on first use is set up now, so that the first question is as fast as the next.
    answerer.ask("?")
    return answerer
