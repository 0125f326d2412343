"""The answerer over one store: understand, search, compose, and quote or refuse."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np

from index.centre import LanguageMeans
from index.embed import Embedder, SentenceTransformerEmbedder
from index.embedded import QuestionVectors
from index.errors import BadDate, BadQuestion, StoreMismatch
from index.language import detect_language
from index.progress import SILENT, Progress
from index.records import Article, Filters, IndexReport, StoredArticle, StoreStatus
from index.run import index_articles
from index.search import Candidate, Query, best_hits, find_candidates
from index.store import Reading, Store
from index.writer import remove_articles
from qa.answerer import MAX_QUESTION_CHARS, NO_FILTERS, Answerer
from qa.calibration import load_calibration
from qa.chronicle import dated_quotes
from qa.citing import Statement, say_read_as, state_quotes, state_timeline
from qa.compose import Draft, draft_answer
from qa.explain import explain as explain_answer
from qa.followup import followup_language, read_followup
from qa.phrases import refusal
from qa.question import Question, understand
from qa.ranking import rank_by_date
from qa.records import Answer, Searched, SearchResults, Turn
from qa.smalltalk import small_talk_reply
from qa.timeline import wants_timeline
from qa.voices import find_stories

NEAREST_HITS = 5
TIMELINE_SHARE = 0.5
"""Of the threshold, from which a timeline is given: it asks for what there is on a subject, not for one fact, and so
less has to be found than the confidence, which is about one fact, wants."""


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
            raise StoreMismatch.of_model(store.directory, store.status().model, embedder.name)
        self._store = store
        self._embedder = embedder
        # A model is not safe to call from two threads; the two cores are busy with one question anyway.
        self._model_lock = threading.Lock()

    def ask(
        self, question: str, filters: Filters = NO_FILTERS, *, history: Sequence[Turn] = (), explain: bool = False
    ) -> Answer:
        """Answer a question; see Answerer."""
        watch = Stopwatch()
        text = check_question(question)
        check_filters(filters)
        language = detect_language(text)
        reply = small_talk_reply(text, language)
        if reply is not None:
            # The reply's language: of a greeting's few letters none can be told.
            return Answer(
                text, detect_language(reply), False, 0.0, reply, (), (), None, filters, timings_ms=watch.total()
            )
        read_as = read_followup(text, language, history, self._embed) if history else None
        # A follow-up's words may have been put into a question in another language.
        spoken = followup_language(text, language, history) if read_as else None
        asked = understand(read_as or text, _day_of_asking(filters), spoken)
        watch.lap("understand")
        vectors = self._embed_question(asked.text)
        watch.lap("embed")
        with self._store.reading() as reading:
            candidates = self._find(reading, asked, vectors, filters, NEAREST_HITS)
            watch.lap("retrieve")
            stories = find_stories(reading, candidates)
            watch.lap("stories")
            calibration = load_calibration()
            draft = draft_answer(asked, candidates, calibration, stories)
            means = reading.generation.means
            statement = _state(asked, draft, candidates, stories, means, calibration.threshold)
            extent = reading.generation.extent(filters)
            newest = reading.generation.last_published
        searched = Searched(extent.articles, extent.first_published, extent.last_published, extent.languages)
        nearest = tuple(best_hits(candidates, NEAREST_HITS))
        said = refusal(asked.language, searched, with_hits=bool(nearest)) if statement is None else statement.text
        watch.lap("compose")
        timings = watch.total()
        return Answer(
            question=text,
            language=asked.language,
            answered=statement is not None,
            confidence=draft.confidence,
            text=say_read_as(said, read_as, asked.language),
            citations=statement.citations if statement else (),
            nearest=nearest,
            as_of=filters.as_of or newest,
            filters=filters,
            timings_ms=timings,
            read_as=read_as,
            searched=searched,
            support=statement.support if statement else None,
            timeline=statement.timeline if statement else (),
            explanation=explain_answer(asked, candidates, draft, calibration, stories) if explain else None,
        )

    def search(
        self, query: str, k: int = 10, filters: Filters = NO_FILTERS, *, per_article: bool = True
    ) -> SearchResults:
        """Find the k best passages; see Answerer."""
        watch = Stopwatch()
        asked = understand(check_question(query), _day_of_asking(check_filters(filters)))
        watch.lap("understand")
        vectors = self._embed_question(asked.text)
        watch.lap("embed")
        with self._store.reading() as reading:
            candidates = self._find(reading, asked, vectors, filters, k)
        watch.lap("retrieve")
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

    def _embed(self, texts: Sequence[str]) -> np.ndarray:
        with self._model_lock:
            return self._embedder.embed_queries(texts)

    def _embed_question(self, text: str) -> QuestionVectors:
        with self._model_lock:
            return self._embedder.embed_question(text)

    def _find(
        self, reading: Reading, asked: Question, vectors: QuestionVectors, filters: Filters, k: int
    ) -> list[Candidate]:
        query = Query(asked.text, asked.language, vectors)
        return rank_by_date(asked, find_candidates(reading, query, filters, k))


def _state(
    asked: Question,
    draft: Draft,
    candidates: list[Candidate],
    stories: Mapping[str, int],
    means: LanguageMeans,
    threshold: float,
) -> Statement | None:
    """Return what the answer says, or None where the evidence is not good enough."""
    if wants_timeline(asked.text) and draft.confidence >= TIMELINE_SHARE * threshold:
        dated = dated_quotes(candidates, stories)
        if len(dated) > 1:
            return state_timeline(asked, dated, candidates, stories)
    if draft.quotes and draft.confidence >= threshold:
        return state_quotes(asked, draft.quotes, candidates, stories, means)
    return None


def _day_of_asking(filters: Filters) -> date:
    """Return the day that "yesterday" counts from."""
    return date.today() if filters.as_of is None else date.fromisoformat(filters.as_of)


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
    for name in ("since", "until", "as_of"):
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
    answerer.ask("Who?")
    return answerer
