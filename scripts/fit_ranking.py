"""Fits index/ranking.json, the weights by which passages in any language are put into one order.

    python scripts/fit_ranking.py ../shared/data [--work DIR]

Each question is asked in the crowd of all articles, with its own article present in one language only. The weights
maximise the probability that a passage of that article comes first (conditional logit, McFadden 1974). They are
fitted on the calibrating documents, on which the model was not trained, and judged on a quarter that nothing saw.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from asking import View, asking
from development import CALIBRATE, JUDGE, load_development

from index.ranking import CASES, FEATURES, WEIGHTS, Ranking, Signals, load_ranking, rank_features
from index.reader import MAX_LOG_ODDS
from index.search import Candidate
from qa.evidence import sentence_readings

CANDIDATES = 60
PENALTY = 1e-3
SENTENCE_SHARE = 0.5
"""What a passage's best sentence weighs against the passage. The crowd cannot tell 0.5 from 1.75 (both find the same
share, within half a point); in a small archive a single sentence misleads more often than a passage."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question's candidates as numbers.

    Attributes:
        features: float32 (n, f), in the order of index.ranking.FEATURES.
        own: bool (n,), whether a passage is in the question's language.
        right: bool (n,), whether it is of the article that answers.
        pair: the question's language and the article's.
        weight: what the list counts: as much in the question's language as in all others together.
    """

    features: np.ndarray
    own: np.ndarray
    right: np.ndarray
    pair: tuple[str, str]
    weight: float
    part: str


def main() -> None:
    """Ask, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("/tmp/vestka-fit"), help="keeps the store between runs")  # noqa: S108 - a default to override
    arguments = parser.parse_args()
    data = load_development(arguments.data)
    lists = []
    with asking(data, arguments.work) as asker:
        for item in data.items:
            if item.part in (CALIBRATE, JUDGE) and any(item.evidence.values()):
                for text in item.questions.values():
                    views = asker.views(item, text, missing=False)
                    lists += [as_list(view) for view in views if view.answerable]
    report("as shipped", load_ranking(), [each for each in lists if each.part == JUDGE])
    fitted = fit([each for each in lists if each.part == CALIBRATE])
    report("fitted, on the fitting part", fitted, [each for each in lists if each.part == CALIBRATE])
    report("fitted", fitted, [each for each in lists if each.part == JUDGE])
    WEIGHTS.write_text(json.dumps(as_json(fitted), indent=1) + "\n")


def as_list(view: View) -> Ranked:
    """Return a view's candidates as numbers."""
    candidates, language = view.candidates[:CANDIDATES], view.question.language
    article_id = view.item.article_ids[view.language or ""]
    features, own = features_of(candidates, language)
    right = np.array([each.article.article_id == article_id for each in candidates], bool)
    others = max(1, len(view.item.article_ids) - 1)
    weight = 1.0 if view.language == language else 1.0 / others
    return Ranked(features, own, right, (language, view.language or ""), weight, view.item.part)


def features_of(candidates: Sequence[Candidate], language: str) -> tuple[np.ndarray, np.ndarray]:
    """Return the features, float32 (n, f), and bool (n,), whether a passage is in the query's language."""
    own = np.array([each.article.language == language for each in candidates], bool)
    columns = np.array([[each.cosine, each.words, each.names] for each in candidates], np.float32)
    best = np.array([each.sentences.max(initial=-1) for each in candidates], np.float32)
    reading = np.array([each.max(initial=-MAX_LOG_ODDS) for each in sentence_readings(candidates)], np.float32)
    cosines, words, names = columns.reshape(-1, 3).T
    return rank_features(Signals(own, cosines, words, names, best, reading)), own


def fit(lists: Sequence[Ranked]) -> Ranking:
    """Return the weights that make the right passages come first, scaled so that cosines weigh 1 on average."""
    usable = [each for each in lists if each.right.any()]
    size = max(len(each.own) for each in usable)
    n = len(FEATURES)
    cosine, sentence = FEATURES.index("cosine"), FEATURES.index("sentence")
    features = torch.zeros(len(usable), size, 2 * n + 1)
    there = torch.zeros(len(usable), size, dtype=torch.bool)
    right = torch.zeros(len(usable), size, dtype=torch.bool)
    for at, each in enumerate(usable):
        rows = len(each.own)
        own = each.own[:, None]
        joined = each.features.copy()
        joined[:, cosine] += SENTENCE_SHARE * joined[:, sentence]
        joined[:, sentence] = 0
        columns = [joined * own, joined * ~own, own.astype(np.float32)]
        features[at, :rows] = torch.from_numpy(np.concatenate(columns, axis=1))
        there[at, :rows], right[at, :rows] = True, torch.from_numpy(each.right)
    scale = features[there].std(0) + 1e-6
    weights = torch.zeros(2 * n + 1, requires_grad=True)
    counts = torch.tensor([each.weight for each in usable])
    optimizer = torch.optim.LBFGS([weights], max_iter=200)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        scores = (features / scale) @ weights
        of_all = torch.logsumexp(scores.masked_fill(~there, -1e9), 1)
        of_right = torch.logsumexp(scores.masked_fill(~right, -1e9), 1)
        value: torch.Tensor = (counts * (of_all - of_right)).sum() / counts.sum() + PENALTY * (weights**2).sum()
        value.backward()  # type: ignore[no-untyped-call]
        return value

    optimizer.step(loss)  # type: ignore[no-untyped-call]
    fitted = (weights.detach() / scale).numpy()
    by_case, bias = fitted[: 2 * n].reshape(2, n), np.array([fitted[2 * n], 0.0], np.float32)
    by_case[:, sentence] = SENTENCE_SHARE * by_case[:, cosine]
    unit = by_case[:, cosine].mean()
    return Ranking(bias / unit, by_case / unit)


def report(name: str, ranking: Ranking, lists: Sequence[Ranked]) -> None:
    """Print how often the right article comes first, by pair of languages."""
    first = defaultdict(list)
    for each in lists:
        at = int(ranking.score(each.features, each.own).argmax())
        first[each.pair].append(bool(each.right[at]))
    print(f"{name}: success@1 in the crowd, %, question's language by article's")
    answers = sorted({language for _, language in first})
    print("      " + "".join(f"{language:>7}" for language in answers))
    for asked in sorted({language for language, _ in first}):
        cells = (
            f"{100 * np.mean(first[asked, other]):7.1f}" if (asked, other) in first else "      -" for other in answers
        )
        print(f"{asked:6}" + "".join(cells))


def as_json(ranking: Ranking) -> dict[str, object]:
    """Return the weights by name."""
    return {
        case: {"bias": round(float(bias), 5), "weights": dict(zip(FEATURES, np.round(row, 5).tolist(), strict=True))}
        for case, bias, row in zip(CASES, ranking.bias, ranking.weights.astype(float), strict=True)
    }


if __name__ == "__main__":
    main()
