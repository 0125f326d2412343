"""From candidates to an answer: which sentences are quoted, and whether they are good enough to answer with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from index.records import Span
from index.search import Candidate
from qa.calibration import Calibration, Logistic, load_calibration
from qa.evidence import Evidence, confidence_features, gather_evidence
from qa.openers import refers_back
from qa.question import Question

MAX_QUOTES = 3
MAX_SENTENCES = 4
NEIGHBOUR_SHARE, AFTER_SHARE, BEFORE_SHARE = 0.35, 0.25, 0.8
"""A further sentence is quoted when it is at least such a share as likely to hold the answer as the likeliest: where it
adjoins what is quoted, or stands elsewhere; or stands before the likeliest in its article, where it comes first when
read and so has to be nearly as likely itself."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of an article, or several in a row: `article.text[start:end]` is quoted."""

    candidate: Candidate
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Draft:
    """The quotations there would be, and how far to trust them.

    Attributes:
        quotes: article by article, the likeliest article first, in reading order within an article.
        confidence: how likely they answer, in [0, 1].
        evidence, likely: the sentences there are, and how likely each holds the answer, float64 (n,).
        features: float64, in the order of qa.evidence.CONFIDENCE_FEATURES; empty without evidence.
        model: the one that gave the confidence; None without evidence.
        same_language: whether the likeliest sentence is in the question's language.
    """

    quotes: tuple[Quote, ...]
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    likely: np.ndarray = field(default_factory=lambda: np.empty(0))
    features: np.ndarray = field(default_factory=lambda: np.empty(0))
    model: Logistic | None = None
    same_language: bool = True


def draft_answer(
    question: Question,
    candidates: list[Candidate],
    calibration: Calibration | None = None,
    stories: Mapping[str, int] | None = None,
) -> Draft:
    """Choose quotations for a question and say how far to trust them.

    Args:
        stories: by article, the number of its story; of copies and translations one is quoted. Without it every
            article is its own.
    """
    calibration = calibration or load_calibration()
    evidence = gather_evidence(question, candidates, stories)
    if not evidence:
        return Draft((), 0.0)
    likely = calibration.quote.probability(np.array([each.features for each in evidence]))
    chosen = choose_sentences(evidence, likely)
    quoted = [evidence[at] for at in chosen]
    features = confidence_features(question, candidates, quoted, float(likely[chosen[0]]), stories)
    same_language = quoted[0].candidate.article.language == question.language
    model = calibration.same if same_language else calibration.other
    confidence = float(model.probability(features))
    return Draft(arrange_quotes(quoted), confidence, tuple(evidence), likely, features, model, same_language)


def choose_sentences(evidence: Sequence[Evidence], likely: np.ndarray) -> list[int]:
    """Return the positions of the sentences to quote, likeliest first; the same words are quoted once.

    Args:
        likely: float64 (n,), how likely each sentence holds the answer.
    """
    order = np.argsort(-likely, kind="stable").tolist()
    chosen: list[Evidence] = []
    positions: list[int] = []
    for at in order:
        if len(chosen) == MAX_SENTENCES:
            break
        share = float(likely[at] / likely[order[0]])
        if share >= _needed_share(evidence[at], chosen) and all(evidence[at].text != each.text for each in chosen):
            chosen.append(evidence[at])
            positions.append(at)
    return positions


def _needed_share(sentence: Evidence, chosen: Sequence[Evidence]) -> float:
    """Return how likely a sentence must be to be quoted beside others, as a share of the first of them."""
    if not chosen:
        return 0.0
    if any(_follows(sentence, each) or _follows(each, sentence) for each in chosen):
        return NEIGHBOUR_SHARE
    likeliest = chosen[0]
    same_article = sentence.candidate.article.article_id == likeliest.candidate.article.article_id
    return BEFORE_SHARE if same_article and sentence.span.start < likeliest.span.start else AFTER_SHARE


def arrange_quotes(sentences: Sequence[Evidence]) -> tuple[Quote, ...]:
    """Make quotations of sentences, likeliest first: at most MAX_QUOTES, in reading order within each article.

    Sentences that follow each other in a paragraph become one quotation.
    """
    articles = list(dict.fromkeys(each.candidate.article.article_id for each in sentences))
    runs: list[list[Evidence]] = []
    for each in sorted(
        sentences, key=lambda each: (articles.index(each.candidate.article.article_id), each.span.start)
    ):
        if runs and _follows(runs[-1][-1], each):
            runs[-1].append(each)
        else:
            runs.append([each])
    if len(runs) > MAX_QUOTES:
        place = {id(each): at for at, each in enumerate(sentences)}
        best = sorted(range(len(runs)), key=lambda at: min(place[id(each)] for each in runs[at]))[:MAX_QUOTES]
        runs = [runs[at] for at in sorted(best)]
    quotes: list[Quote] = []
    for run in runs:
        quote = Quote(run[0].candidate, _opening(run[0]).start, run[-1].span.end)
        if quotes and quotes[-1].candidate.row.number == quote.candidate.row.number and quote.start < quotes[-1].end:
            # What was brought along ends the quotation before.
            quote = replace(quotes.pop(), end=quote.end)
        quotes.append(quote)
    return tuple(quotes)


def _opening(evidence: Evidence) -> Span:
    """Return a sentence, or the one before it where it begins with a pronoun."""
    span, passage = evidence.span, evidence.candidate.row.passage
    article = evidence.candidate.article
    at = passage.sentences.index(span)
    if at == 0 or not refers_back(evidence.text, article.language):
        return span
    return passage.sentences[at - 1]


def _follows(first: Evidence, second: Evidence) -> bool:
    """Say whether the second of two sentences comes next in the paragraph of a passage."""
    if first.candidate.row.number != second.candidate.row.number or first.span.end > second.span.start:
        return False
    return _adjoin(first.candidate.article.text, first.span, second.span)


def _adjoin(text: str, first: Span, second: Span) -> bool:
    between = text[first.end : second.start]
    return not between.strip() and "\n" not in between
