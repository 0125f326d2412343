"""Asks a question set and measures the answers."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.embed import Embedder, SentenceTransformerEmbedder
from index.errors import ArticleNotFound
from index.progress import SILENT, Progress
from index.run import index_articles
from index.store import Store
from qa.answerer import Answerer
from qa.archive import ArchiveAnswerer
from qa.datasets import LabelledQuestion, load_dataset
from qa.measures import (
    Figures,
    auroc,
    expected_calibration_error,
    false_positive_rate_at,
    mean,
    reciprocal_rank,
    success_at,
)
from qa.records import Answer, Citation

DEPTH = 10
"""How many hits are ranked."""
CASES = ("same", "other")
"""Whether the evidence is in the question's language or only in another."""
UNCALIBRATED: Figures = {"ECE": None, "ECE answerable": None}
"""No figures of a case: with the unanswerable questions in both, neither has the share of them that is true."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question, the articles found for it in order, and its answer.

    Attributes:
        evidence_languages: of the right articles, as far as the archive has them.
    """

    question: LabelledQuestion
    ranked: tuple[str, ...]
    answer: Answer
    evidence_languages: frozenset[str] = frozenset()

    @property
    def right(self) -> bool:
        """Whether the answer is what it should be: a quotation that holds the gold answer."""
        return any(self._is_right(citation) for citation in self.answer.citations)

    @property
    def first_right(self) -> bool:
        """Whether the first quotation holds the gold answer."""
        return any(self._is_right(citation) for citation in self.answer.citations[:1])

    @property
    def cases(self) -> tuple[str, ...]:
        """Those of CASES that the question counts in.

        One that has no right article is a negative to both, one whose article is not in the archive to neither.
        """
        if self.evidence_languages:
            return ("same",) if self.question.language in self.evidence_languages else ("other",)
        return () if self.question.answerable else CASES

    def _is_right(self, citation: Citation) -> bool:
        return (
            self.question.answerable
            and citation.article_id in self.question.articles
            and any(piece in citation.quote for piece in self.question.evidence)
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

    Returns: as `report`.
    Raises: SourceError, ModelUnavailable, StoreError.
    """
    loaded = load_dataset(dataset)
    embedder = SentenceTransformerEmbedder(model, device, progress)
    if not loaded.articles:
        return report(loaded.name, ask_all(ArchiveAnswerer(Store(directory), embedder), loaded.questions, progress))
    with tempfile.TemporaryDirectory(prefix="vestka-eval-") as folder:
        progress.stage(f"Indexing the {len(loaded.articles)} articles of {dataset.name}", None)
        answerer = _answerer_over(Path(folder), loaded.articles, embedder)
        return report(loaded.name, ask_all(answerer, loaded.questions, progress))


def ask_all(answerer: Answerer, questions: Sequence[LabelledQuestion], progress: Progress = SILENT) -> list[Outcome]:
    """Ask every question."""
    outcomes = []
    progress.stage("Asking", len(questions))
    for question in questions:
        hits = answerer.search(question.question, DEPTH).hits
        ranked = tuple(hit.article.article_id for hit in hits)
        answer = answerer.ask(question.question)
        outcomes.append(Outcome(question, ranked, answer, _languages_of(answerer, question.articles)))
        progress.advance()
    progress.done()
    return outcomes


def report(name: str, outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures of a question set, and what they were made of.

    Returns: `{"dataset", "pooled": figures, "languages": {code: figures}, "cases": {"same" | "other": figures},
        "answers": [...]}`; languages are the questions', and a case without an answerable question is left out.
    """
    languages = sorted({outcome.question.language for outcome in outcomes})
    of_case = {case: [outcome for outcome in outcomes if case in outcome.cases] for case in CASES}
    return {
        "dataset": name,
        "pooled": figures(outcomes),
        "languages": {
            language: figures([outcome for outcome in outcomes if outcome.question.language == language])
            for language in languages
        },
        "cases": {
            case: figures(counted) | UNCALIBRATED
            for case, counted in of_case.items()
            if any(outcome.question.answerable for outcome in counted)
        },
        "answers": [_answer_line(outcome) for outcome in outcomes],
    }


def figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return the measures; None where a set has nothing to measure.

    `answer accuracy` counts refusals as wrong; `first quotation right` and `any quotation right` are of the
    answerable questions that were answered. `answered wrongly at 90 %` is the share of the others that would be
    answered by the threshold which 90 % of the answerable ones reach. `ECE` compares confidence with right
    quotations, in what was answered; `ECE answerable` with answerability, in all questions where both kinds are.
    """
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    others = [outcome for outcome in outcomes if not outcome.question.answerable]
    located = [outcome for outcome in answerable if outcome.question.articles]
    answered = [outcome for outcome in outcomes if outcome.answer.answered]
    quoted = [outcome for outcome in answerable if outcome.answer.answered]
    confidences = [outcome.answer.confidence for outcome in outcomes]
    is_answerable = [outcome.question.answerable for outcome in outcomes]
    return {
        "questions": len(outcomes),
        "answerable": len(answerable),
        "success@1": mean([success_at(o.ranked, o.question.articles, 1) for o in located]),
        "success@5": mean([success_at(o.ranked, o.question.articles, 5) for o in located]),
        "MRR@10": mean([reciprocal_rank(o.ranked, o.question.articles, DEPTH) for o in located]),
        "answer accuracy": mean([float(o.right) for o in answerable]),
        "first quotation right": mean([float(o.first_right) for o in quoted]),
        "any quotation right": mean([float(o.right) for o in quoted]),
        "refusal rate": mean([float(not o.answer.answered) for o in others]),
        "refused though answerable": mean([float(not o.answer.answered) for o in answerable]),
        "answered wrongly at 90 %": false_positive_rate_at(confidences, is_answerable, 90),
        "AUROC": auroc(confidences, is_answerable),
        "ECE": expected_calibration_error([o.answer.confidence for o in answered], [o.right for o in answered]),
        "ECE answerable": expected_calibration_error(confidences, is_answerable) if answerable and others else None,
    }


def _answer_line(outcome: Outcome) -> dict[str, Any]:
    """Return what one question adds to the figures, as JSON."""
    return {
        "id": outcome.question.question_id,
        "language": outcome.question.language,
        "cases": list(outcome.cases),
        "answerable": outcome.question.answerable,
        "answered": outcome.answer.answered,
        "confidence": outcome.answer.confidence,
        "right": outcome.right,
        "first_right": outcome.first_right,
        "rank": next(
            (rank for rank, found in enumerate(outcome.ranked, 1) if found in outcome.question.articles), None
        ),
    }


def _languages_of(answerer: Answerer, article_ids: Iterable[str]) -> frozenset[str]:
    languages = set()
    for article_id in article_ids:
        try:
            languages.add(answerer.article(article_id).article.language)
        except ArticleNotFound:
            continue
    return frozenset(languages)


def _answerer_over(directory: Path, articles: Sequence[Any], embedder: Embedder) -> Answerer:
    index_articles(directory, articles, embedder)
    return ArchiveAnswerer(Store(directory), embedder)
