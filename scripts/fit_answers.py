"""Fits qa/weights.json, the models that choose quotations and say how far to trust them.

    python scripts/fit_answers.py ../shared/data [--work DIR]

Each question is asked in the crowd of everything, with its article present in one language only; then with the
article taken out, which makes it a near miss; then with a year, number or name in it exchanged, which makes it
unanswerable however near the evidence. Questions on news that their story leaves open are near misses of a harder
kind. The calibrating documents fit, which the model was not trained on; a quarter that nothing saw judges.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from asking import Asker, View, asking
from development import CALIBRATE, JUDGE, ROOT, XQUAD, Development, Item, load_development
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.countries import country_of
from qa.calibration import WEIGHTS
from qa.compose import Quote, arrange_quotes, choose_sentences
from qa.datasets import load_dataset
from qa.evidence import CONFIDENCE_FEATURES, QUOTE_FEATURES, Evidence, confidence_features, gather_evidence
from qa.measures import auroc, expected_calibration_error

SAMPLE = "sample"
SAMPLE_WEIGHT = 6.0

# Log-odds by which a missing year, date, country or kind of answer lowers confidence at least. A paragraph of an
# encyclopedia, which much of the data are, leaves out what the page named before; a news article names it. A
# country counts as missing where others are named: an article on its own country's affairs need not name it.
AT_MOST = {"years_missing": -3.0, "date_missing": -1.5, "countries_missing": -3.5, "kind_missing": -1.2}
FREE = frozenset({"question_words"})
"""What may speak for or against an answer. All else speaks one way: what is missing against it, the rest for it.
Otherwise features that go together cancel out in one kind of archive and mislead in another."""
# A wrong answer costs half of what a missed one does: answer from odds of one to two.
THRESHOLD = 1 / 3


@dataclass(frozen=True, slots=True)
class Case:
    """A question with its evidence.

    Attributes:
        kind: same, other (the article is in another language), miss (taken out), open (the article leaves it
            open), altered; with `sample` before it for the project's own questions.
        held: whether each sentence of the evidence holds the answer.
    """

    kind: str
    view: View
    evidence: list[Evidence]
    held: list[bool]
    weight: float = 1.0

    @property
    def fits(self) -> bool:
        """Whether it is fitted on; the others judge."""
        return self.view.item.part == CALIBRATE


@dataclass(frozen=True, slots=True)
class Judged:
    """A case with the sentences that would be quoted.

    Attributes:
        features: float64, in the order of CONFIDENCE_FEATURES.
        same: whether the first quotation is in the question's language.
        first, quoted: whether the first quotation, or any, holds the answer.
        size: how many quotations there are.
    """

    case: Case
    features: np.ndarray
    same: bool
    first: bool
    quoted: bool
    size: int


def main() -> None:
    """Ask, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("/tmp/vestka-fit"), help="keeps the store between runs")  # noqa: S108 - a default to override
    arguments = parser.parse_args()
    data = load_development(arguments.data)
    with asking(data, arguments.work) as asker:
        fit_and_write([*development_cases(asker, data), *sample_cases(asker)])


def development_cases(asker: Asker, data: Development) -> Iterator[Case]:
    """Yield all cases of the calibrating and judging documents."""
    chance = random.Random(20261122)  # noqa: S311 - experiments are to be repeatable
    names = [name for item in data.items for text in item.questions.values() for name in names_in(text)]
    for item in data.items:
        if item.part not in (CALIBRATE, JUDGE):
            continue
        for text in item.questions.values():
            for view in asker.views(item, text):
                yield as_case(view)
            altered = alter(text, names, chance) if item.origin == XQUAD else None
            if altered is not None:
                for view in asker.views(item, altered, altered=True, missing=False):
                    yield as_case(view, 0.7)


def sample_cases(asker: Asker) -> Iterator[Case]:
    """Yield the project's own questions on the sample archive: the first half fits, the second is looked at."""
    for name, part in (("sample-dev", CALIBRATE), ("sample-test", JUDGE)):
        for labelled in load_dataset(ROOT / "tests" / "eval" / f"{name}.jsonl").questions:
            question, query = asker.query(labelled.question)
            candidates = asker.find(question, query)
            item = Item(SAMPLE, labelled.question_id, part, {labelled.language: labelled.question}, {}, {})
            evidence = gather_evidence(question, candidates)
            held = [
                each.candidate.article.article_id in labelled.articles
                and any(g in each.text for g in labelled.evidence)
                for each in evidence
            ]
            languages = {c.article.language for c in candidates if c.article.article_id in labelled.articles}
            kind = "open" if not labelled.answerable else "same" if question.language in languages else "other"
            yield Case(f"{SAMPLE} {kind}", View(item, question, candidates, None), evidence, held, SAMPLE_WEIGHT)


def as_case(view: View, weight: float = 1.0) -> Case:
    """Return a case with its kind."""
    evidence = gather_evidence(view.question, view.candidates)
    held = [view.answerable and view.item.holds(each.candidate.article, each.span) for each in evidence]
    if view.altered:
        kind = "altered"
    elif view.language is None:
        kind = "miss"
    elif not view.answerable:
        kind = "open"
    else:
        kind = "same" if view.language == view.question.language else "other"
    return Case(kind, view, evidence, held, weight)


def alter(text: str, names: list[str], chance: random.Random) -> str | None:
    """Exchange a country, number or name in a question for another, or return None where there is none."""
    countries = [word for word in re.findall(r"[^\W\d_]{4,}", text) if country_of(word)]
    if countries:
        others = [word for word in names if country_of(word) and country_of(word) != country_of(countries[0])]
        return text.replace(countries[0], chance.choice(others))
    numbers = re.findall(r"\b\d{2,4}\b", text)
    if numbers:
        number = chance.choice(numbers)
        return text.replace(number, str(max(2, int(number) + chance.choice([-7, -4, -2, -1, 1, 2, 3, 5, 9]))))
    own = names_in(text)
    return text.replace(chance.choice(own), chance.choice(names)) if own else None


def names_in(text: str) -> list[str]:
    """Return capitalised words after the first, of languages that do not capitalise nouns."""
    if re.search(r"\b(der|die|das|wie|was|wer|welche\w?|wann|wo|warum)\b", text, re.IGNORECASE):
        return []
    return re.findall(r"(?<=\s)[A-ZА-ЯЁ][a-zа-яё]{3,}", text)


def fit_and_write(cases: list[Case]) -> None:
    """Fit the models, print how they do on the judging documents, write the weights."""
    of_answerable = [case for case in cases if case.fits and any(case.held)]
    quote_model = logistic().fit(
        np.array([each.features for case in of_answerable for each in case.evidence]),
        [held for case in of_answerable for held in case.held],
        logisticregression__sample_weight=[case.weight for case in of_answerable for _ in case.held],
    )
    show("quote", quote_model, QUOTE_FEATURES)
    judged = [judge(case, quote_model) for case in cases if case.evidence]
    models = {"quote": (quote_model, QUOTE_FEATURES)}
    confidences = np.zeros(len(judged))
    for name, wanted in (("same", True), ("other", False)):
        mine = [at for at, each in enumerate(judged) if each.same == wanted]
        fitting = [judged[at] for at in mine if judged[at].case.fits]
        model = fit_bounded(
            np.array([each.features for each in fitting]),
            np.array([each.quoted for each in fitting], float),
            np.array([each.case.weight for each in fitting]),
        )
        models[name] = (model, CONFIDENCE_FEATURES)
        confidences[mine] = model.predict_proba(np.array([judged[at].features for at in mine]))[:, 1]
        show(name, model, CONFIDENCE_FEATURES)
    print(f"quotations: {np.mean([each.size for each in judged]):.2f} on average")
    report(judged, confidences)
    written = {name: unscaled(model, features) for name, (model, features) in models.items()}
    WEIGHTS.write_text(json.dumps({"threshold": THRESHOLD} | written, indent=1) + "\n")


def judge(case: Case, quote_model: Pipeline) -> Judged:
    """Choose quotations as answering does."""
    evidence = case.evidence
    likely = quote_model.predict_proba(np.array([each.features for each in evidence]))[:, 1]
    chosen = choose_sentences(evidence, likely)
    question = case.view.question
    features = confidence_features(
        question, case.view.candidates, [evidence[at] for at in chosen], float(likely[chosen[0]])
    )
    same = evidence[chosen[0]].candidate.article.language == question.language
    quotes = arrange_quotes([evidence[at] for at in chosen])
    right = [
        any(is_within(each, quote) for each, held in zip(evidence, case.held, strict=True) if held) for quote in quotes
    ]
    return Judged(case, features, same, right[0], any(right), len(quotes))


def is_within(evidence: Evidence, quote: Quote) -> bool:
    """Say whether a sentence is quoted."""
    same_article = evidence.candidate.article.article_id == quote.candidate.article.article_id
    return same_article and quote.start <= evidence.span.start and evidence.span.end <= quote.end


def report(judged: list[Judged], confidences: np.ndarray) -> None:
    """Print how answerable questions of each kind stand against those without an answer, on the judging part."""

    def rows(kind: str, origin: str | None) -> list[int]:
        return [
            at
            for at, each in enumerate(judged)
            if not each.case.fits and each.case.kind == kind and origin in (None, each.case.view.item.origin)
        ]

    for prefix, origins in (("", (XQUAD, "news")), (f"{SAMPLE} ", (None,))):
        for origin in origins:
            for answerable in ("same", "other"):
                positive = rows(prefix + answerable, origin)
                answered = [judged[at] for at in positive if confidences[at] >= THRESHOLD]
                if not positive:
                    continue
                print(
                    f"{origin or SAMPLE} {answerable}: n {len(positive)}  "
                    f"answered {len(answered) / len(positive):.3f}  "
                    f"of them first quotation right {np.mean([each.first for each in answered]):.3f}, "
                    f"any {np.mean([each.quoted for each in answered]):.3f}  "
                    f"of all {np.mean([judged[at].first for at in positive]):.3f}, "
                    f"{np.mean([judged[at].quoted for at in positive]):.3f}"
                )
                for kind in ("miss", "open", "altered"):
                    negative = rows(prefix + kind, origin)
                    if negative:
                        print(f"    against {kind:8} {compare(positive, negative, judged, confidences)}")
    every = [at for at, each in enumerate(judged) if not each.case.fits]
    error = expected_calibration_error(confidences[every].tolist(), [judged[at].quoted for at in every])
    print(f"ECE over all {len(every)} judged cases: {error:.3f}")


def compare(positive: list[int], negative: list[int], judged: list[Judged], confidences: np.ndarray) -> str:
    """Return the figures of answerable cases against cases without an answer."""
    both = positive + negative
    scores = confidences[both].tolist()
    area = auroc(scores, [True] * len(positive) + [False] * len(negative))
    error = expected_calibration_error(scores, [judged[at].quoted for at in both])
    at_90 = np.quantile(confidences[positive], 0.1)
    return (
        f"n {len(negative)}  AUROC {area:.3f}  ECE {error:.3f}  "
        f"answered {np.mean(confidences[negative] >= THRESHOLD):.3f}  "
        f"answered at 90 % of the answerable {np.mean(confidences[negative] >= at_90):.3f}"
    )


def show(name: str, model: Pipeline, features: tuple[str, ...]) -> None:
    """Print the weights of scaled features, the strongest first."""
    weights = sorted(zip(features, model[-1].coef_[0].tolist(), strict=True), key=lambda pair: -abs(pair[1]))
    print(name, " ".join(f"{feature} {weight:+.2f}" for feature, weight in weights))


def logistic() -> Pipeline:
    """Return an unfitted model."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2000))


def fit_bounded(features: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> Pipeline:
    """Fit a logistic model of confidence within the bounds of AT_MOST and the direction of each feature."""
    model = logistic().fit(features, labels, logisticregression__sample_weight=weights)
    scaler, regression = model[0], model[-1]
    x = scaler.transform(features)
    signs = 2 * labels - 1
    bounds = [_bounds(name, scale) for name, scale in zip(CONFIDENCE_FEATURES, scaler.scale_, strict=True)]

    def loss(parameters: np.ndarray) -> tuple[float, np.ndarray]:
        odds = signs * (x @ parameters[:-1] + parameters[-1])
        slope = -weights * signs / (1 + np.exp(np.clip(odds, -30, 30)))
        value = (weights * np.logaddexp(0, -odds)).sum() + 0.5 * (parameters[:-1] ** 2).sum()
        return float(value), np.append(x.T @ slope + parameters[:-1], slope.sum())

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=[*bounds, (None, None)])
    regression.coef_[0], regression.intercept_[0] = found.x[:-1], found.x[-1]
    return model


def _bounds(name: str, scale: float) -> tuple[float | None, float | None]:
    if name in FREE:
        return None, None
    if name.endswith("_missing") or name == "outside_period":
        return None, AT_MOST.get(name, 0.0) * scale
    return 0.0, None


def unscaled(model: Pipeline, names: tuple[str, ...]) -> dict[str, object]:
    """Return a model's weights for features as they come."""
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    return {"bias": bias, "weights": dict(zip(names, weights.tolist(), strict=True))}


if __name__ == "__main__":
    main()
