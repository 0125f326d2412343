"""Asks a question set and measures the answers."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.embed import Embedder, SentenceTransformerEmbedder
from index.progress import SILENT, Progress
from index.run import index_articles
from index.store import Store
from qa.answerer import Answerer
from qa.archive import ArchiveAnswerer
from qa.datasets import LabelledQuestion, load_dataset
from qa.measures import Figures, auroc, expected_calibration_error, mean, reciprocal_rank, success_at
from qa.records import Answer

DEPTH = 10
"""How many hits are ranked."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, the articles found for it in order, and its answer."""

    question: LabelledQuestion
    ranked: tuple[str, ...]
    answer: Answer

    @property
    def right(self) -> bool:
        """Whether the answer is what it should be: a quotation that holds the gold answer."""
        return self.question.answerable and any(
            any(piece in citation.quote for piece in self.question.evidence)
            and citation.article_id in self.question.articles
            for citation in self.answer.citations
        )


def evaluate(
    directory: Path,
    dataset: Path,
    model: str | None = None,
    device: str | None = None,
    progress: Progress = SILENT,
) -> dict[str, Any]:
    """Measure the answers to a question set.

    A set that brings its own articles is asked of those alone; another of the store in `directory`.

    Returns: `{"dataset", "pooled": figures, "languages": {code: figures}}`.
    Raises: SourceError, ModelUnavailable, StoreError.
    """
    loaded = load_dataset(dataset)
    embedder = SentenceTransformerEmbedder(model, device, progress)
    if not loaded.articles:
        outcomes = ask_all(ArchiveAnswerer(Store(directory), embedder), loaded.questions, progress)
    else:
        with tempfile.TemporaryDirectory(prefix="vestka-eval-") as folder:
            progress.stage(f"Indexing the {len(loaded.articles)} articles of {dataset.name}", None)
            outcomes = ask_all(_answerer_over(Path(folder), loaded.articles, embedder), loaded.questions, progress)
    languages = sorted({outcome.question.language for outcome in outcomes})
    return {
        "dataset": loaded.name,
        "pooled": figures(outcomes),
        "languages": {
            language: figures([outcome for outcome in outcomes if outcome.question.language == language])
            for language in languages
        },
    }


def ask_all(answerer: Answerer, questions: Sequence[LabelledQuestion], progress: Progress = SILENT) -> list[Outcome]:
    """Ask every question."""
    outcomes = []
    progress.stage("Asking", len(questions))
    for question in questions:
        hits = answerer.search(question.question, DEPTH).hits
        ranked = tuple(hit.article.article_id for hit in hits)
        outcomes.append(Outcome(question, ranked, answerer.ask(question.question)))
        progress.advance()
    progress.done()
    return outcomes


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the measures of the contract's section 6; None where a set has nothing to measure."""
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    others = [outcome for outcome in outcomes if not outcome.question.answerable]
    located = [outcome for outcome in answerable if outcome.question.articles]
    confidences = [outcome.answer.confidence for outcome in outcomes]
    answered = [outcome for outcome in outcomes if outcome.answer.answered]
    return {
        "questions": len(outcomes),
        "success@1": mean([success_at(o.ranked, o.question.articles, 1) for o in located]),
        "success@5": mean([success_at(o.ranked, o.question.articles, 5) for o in located]),
        "MRR@10": mean([reciprocal_rank(o.ranked, o.question.articles, DEPTH) for o in located]),
        "answer accuracy": mean([float(o.right) for o in answerable]),
        "refusal rate": mean([float(not o.answer.answered) for o in others]),
        "refused though answerable": mean([float(not o.answer.answered) for o in answerable]),
        "AUROC": auroc(confidences, [o.question.answerable for o in outcomes]),
        "ECE": expected_calibration_error([o.answer.confidence for o in answered], [o.right for o in answered]),
    }


def _answerer_over(directory: Path, articles: Sequence[Any], embedder: Embedder) -> Answerer:
    index_articles(directory, articles, embedder)
    return ArchiveAnswerer(Store(directory), embedder)
