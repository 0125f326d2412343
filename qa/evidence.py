"""Features of two small models: what speaks for a sentence holding the answer, and for the best of them answering."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from index.analyze import name_terms, word_terms
from index.reader import MAX_LOG_ODDS
from index.records import Article, Span
from index.search import Candidate
from qa.answer_kinds import KINDS, offers
from qa.question import Question
from qa.ranking import outside_period
from qa.when import YEAR, date_is_missing, find_dates

HAN_LANGUAGE = "zh"
"""Whose names are not transliterated: none can be said to be missing."""
RIVALS = 9
"""Articles that the quoted one is compared with. Where there are fewer, being ahead of them says less: margins count by
the share of rivals there are."""
QUOTED_ARTICLES = 3
"""Articles whose sentences may be quoted."""

QUOTE_FEATURES = (
    "cosine", "above_mean", "below_best", "before", "after", "words", "names", "article_gap", "passage_gap",
    "article_rank", "first", "length", "dated", "in_year", "reading", "reading_gap",
    *(f"asks_{kind}" for kind in KINDS),
)  # fmt: skip
CONFIDENCE_FEATURES = (
    "score", "margin", "crowd_margin", "standing", "cosine", "sentence", "sentence_margin", "words", "names",
    "years_missing", "date_missing", "outside_period", "numbers_missing", "countries_missing", "names_missing",
    "kind_missing", "quote_likely", "quote_words", "quote_names", "question_words", "reading", "reading_margin",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sentence that may be quoted.

    Attributes:
        reading: the log-odds that it answers, as the reader reads it; see sentence_readings.
        features: float64, in the order of QUOTE_FEATURES.
    """

    candidate: Candidate
    span: Span
    text: str
    cosine: float
    reading: float
    features: np.ndarray


def gather_evidence(
    question: Question, candidates: list[Candidate], stories: Mapping[str, int] | None = None
) -> list[Evidence]:
    """Return the sentences of the leading articles' passages, in the candidates' order.

    Args:
        stories: by article, the number of its story; without it every article is its own.
    """
    leading = _leading_articles(candidates, stories)
    ranks = {article_id: rank for rank, article_id in enumerate(leading)}
    best_of: dict[str, float] = {}
    cosines_of: dict[str, list[float]] = {}
    for candidate in candidates:
        if candidate.article.article_id in ranks:
            best_of.setdefault(candidate.article.article_id, candidate.score)
            cosines_of.setdefault(candidate.article.article_id, []).extend(candidate.sentences.tolist())
    read = sentence_readings(candidates)
    best_reading = _best_reading(read)
    evidence = []
    for candidate, readings in zip(candidates, read, strict=True):
        article = candidate.article
        if article.article_id not in ranks:
            continue
        of_article = cosines_of[article.article_id]
        mean, best = sum(of_article) / max(1, len(of_article)), max(of_article, default=0.0)
        cosines = candidate.sentences.tolist()
        for at, span in enumerate(candidate.row.passage.sentences):
            text = article.text[span.start : span.end]
            features = np.array(
                [
                    cosines[at],
                    cosines[at] - mean,
                    best - cosines[at],
                    cosines[at - 1] - mean if at else 0.0,
                    cosines[at + 1] - mean if at + 1 < len(cosines) else 0.0,
                    _share(question.words, word_terms(text, article.language)),
                    _share(question.names, name_terms(text)),
                    candidates[0].score - best_of[article.article_id],
                    best_of[article.article_id] - candidate.score,
                    float(ranks[article.article_id]),
                    float(span.start == 0),
                    np.log1p(len(text)),
                    _dated(question, text, article.published),
                    _in_year(question, text),
                    readings[at],
                    best_reading - readings[at],
                    *_kind_features(question, text),
                ]
            )
            evidence.append(Evidence(candidate, span, text, cosines[at], float(readings[at]), features))
    return evidence


def sentence_readings(candidates: Sequence[Candidate]) -> list[np.ndarray]:
    """Return for each candidate float32 (s,), the log-odds that each sentence answers.

    A passage that was not read was not among the best, and counts as least likely; where none was read, because the
    model gives nothing to read, each has even odds, which say nothing.
    """
    unread = 0.0 if all(each.reading is None for each in candidates) else -MAX_LOG_ODDS
    return [
        np.full(len(each.sentences), unread, np.float32) if each.reading is None else each.reading
        for each in candidates
    ]


def _best_reading(readings: Sequence[np.ndarray]) -> float:
    return max((float(each.max(initial=-MAX_LOG_ODDS)) for each in readings), default=-MAX_LOG_ODDS)


def _leading_articles(candidates: list[Candidate], stories: Mapping[str, int] | None) -> list[str]:
    """Return the ids of the articles that may be quoted: of a story that is told many times the best found.

    A telling in the same language with other numbers is a correction, or is corrected by the other: both are read.
    """
    told: dict[int | str, list[Article]] = {}
    leading: list[str] = []
    for article in dict.fromkeys(candidate.article for candidate in candidates):
        if len(leading) == QUOTED_ARTICLES:
            break
        tellings = told.setdefault(_story(article, stories), [])
        if all(_corrects(article, other) for other in tellings):
            tellings.append(article)
            leading.append(article.article_id)
    return leading


def _story(article: Article, stories: Mapping[str, int] | None) -> int | str:
    return (stories or {}).get(article.article_id, article.article_id)


def _corrects(one: Article, other: Article) -> bool:
    """Say whether two tellings in one language differ in their numbers, not only in how much they tell."""
    first, second = ({name for name in name_terms(each.text) if name[0].isdecimal()} for each in (one, other))
    return one.language == other.language and bool(first - second) and bool(second - first)


def confidence_features(
    question: Question,
    candidates: list[Candidate],
    quoted: Sequence[Evidence],
    quote_likely: float,
    stories: Mapping[str, int] | None = None,
) -> np.ndarray:
    """Return float64 in the order of CONFIDENCE_FEATURES for the sentences that would be quoted, likeliest first.

    Args:
        quote_likely: how likely the quote model finds the first of them to hold the answer, in [0, 1].
        stories: by article, the number of its story, see gather_evidence; a copy is no rival.
    """
    best = quoted[0]
    candidate = best.candidate
    article = candidate.article
    strangers = [other for other in candidates if _story(other.article, stories) != _story(article, stories)]
    of_strangers = [
        readings
        for other, readings in zip(candidates, sentence_readings(candidates), strict=True)
        if _story(other.article, stories) != _story(article, stories)
    ]
    others: dict[str, float] = {}
    for other in strangers:
        others.setdefault(other.article.article_id, other.score)
    rivals = sorted(others.values(), reverse=True)[:RIVALS]
    lead = len(rivals) / RIVALS
    in_article = set(name_terms(f"{article.title}\n{article.text}")) | _date_terms(article.published)
    context = set(name_terms(f"{article.title}\n{candidate.row.passage.text}")) | _date_terms(article.published)
    return np.array(
        [
            candidate.score,
            lead * (candidate.score - (rivals[0] if rivals else 0.0)),
            lead * (candidate.score - (float(np.mean(rivals)) if rivals else 0.0)),
            lead * (candidate.score - float(np.mean(rivals))) / (float(np.std(rivals)) + 0.02) if rivals else 0.0,
            candidate.cosine,
            best.cosine,
            lead * (best.cosine - max((float(each.sentences.max(initial=-1)) for each in strangers), default=0.0)),
            candidate.words,
            _share(question.names, context),
            float(len(question.years - in_article)),
            float(date_is_missing(question.dates, article.text, article.published)),
            float(outside_period(question, article.text, article.published)),
            float(len(question.numbers - context)),
            float(len(question.countries - in_article)) if any(name.startswith("@") for name in in_article) else 0.0,
            float(len(question.proper_names - in_article)) if article.language != HAN_LANGUAGE else 0.0,
            float(_kind_is_missing(question, quoted)),
            quote_likely,
            best.features[QUOTE_FEATURES.index("words")],
            best.features[QUOTE_FEATURES.index("names")],
            np.log1p(len(question.words)),
            best.reading,
            lead * (best.reading - _best_reading(of_strangers)),
        ]
    )


def _kind_is_missing(question: Question, quoted: Sequence[Evidence]) -> bool:
    """Say whether a certain kind of answer is wanted and none of the sentences offers it."""
    kind = question.kind
    return kind is not None and not any(offers(kind, each.text, question.names) for each in quoted)


def _kind_features(question: Question, text: str) -> list[float]:
    """Return for each kind of answer 1 where it is wanted and offered, -1 where wanted only, 0 where not wanted."""
    return [(1.0 if offers(kind, text, question.names) else -1.0) if question.kind == kind else 0.0 for kind in KINDS]


def _dated(question: Question, text: str, published: str | None) -> float:
    """Return 1 where a sentence bears a date of the question, -1 where it bears others only, else 0."""
    if not question.dates or not find_dates(text):
        return 0.0
    return -1.0 if date_is_missing(question.dates, text, published, count_publication=False) else 1.0


def _in_year(question: Question, text: str) -> float:
    """Return 1 where a sentence bears a year of the question, -1 where it bears others only, else 0."""
    years = frozenset(YEAR.findall(text))
    if not question.years or not years:
        return 0.0
    return 1.0 if years & question.years else -1.0


def _share(wanted: frozenset[str], there: list[str] | set[str]) -> float:
    return len(wanted.intersection(there)) / len(wanted) if wanted else 0.5


def _date_terms(published: str | None) -> set[str]:
    return {part.lstrip("0") for part in (published or "")[:10].split("-") if part}
