"""Fits qa/weights.json, the two models that choose quotations and say how far to trust them.

    python scripts/fit_answers.py ../shared/data [--work DIR]

Takes XQuAD's paragraphs in several languages, the real news around them, and the project's own development
questions on the sample archive. Each question is asked in the crowd of everything, with its paragraph
present in one language only; then with its paragraph taken out, which makes it a near miss; then with a
year, number or name in it exchanged, which makes it unanswerable however near the evidence. Half of the
documents fit, the other half judge; what is shipped is fitted on the first half alone.
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
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from index.countries import country_of
from index.embed import SentenceTransformerEmbedder
from index.records import Article, Filters
from index.run import index_articles, index_sources
from index.search import Candidate, Query, find_candidates
from index.store import Reading, Store
from qa.calibration import WEIGHTS
from qa.compose import choose_sentences
from qa.datasets import LabelledQuestion, load_dataset
from qa.evidence import CONFIDENCE_FEATURES, QUOTE_FEATURES, Evidence, confidence_features, gather_evidence
from qa.measures import auroc, expected_calibration_error
from qa.question import Question, understand
from qa.ranking import rank_by_date

ROOT = Path(__file__).parent.parent
PARAGRAPHS_A_DOCUMENT = 5
SAMPLE_WEIGHT = 6.0
DEPTH = 30

# Log-odds by which a missing year, date, country or kind of answer lowers confidence at least. A paragraph of an
# encyclopedia, which most of the data are, leaves out what the page named before; a news article names it. A
# country counts as missing where others are named: an article on its own country's affairs need not name it.
AT_MOST = {"years_missing": -3.0, "date_missing": -1.5, "countries_missing": -3.5, "kind_missing": -1.2}
# A wrong answer costs half of what a missed one does: answer from odds of one to two, rounded up.
THRESHOLD = 0.35


@dataclass(frozen=True, slots=True)
class Case:
    """A question with the candidates it may use, and what is right.

    Attributes:
        article_ids: of the articles that answer; empty for a question without answer.
        kind: same, other (evidence in another language), miss (taken out), altered, sample.
    """

    kind: str
    question: Question
    candidates: list[Candidate]
    article_ids: frozenset[str]
    gold: tuple[str, ...]
    fits: bool
    weight: float = 1.0

    def holds_answer(self, evidence: Evidence) -> bool:
        """Say whether a sentence holds the gold answer."""
        return evidence.candidate.article.article_id in self.article_ids and any(g in evidence.text for g in self.gold)


def main() -> None:
    """Build, ask, fit, report, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("/tmp/vestka-fit"), help="keeps the store between runs")  # noqa: S108 - a default to override
    arguments = parser.parse_args()
    embedder = SentenceTransformerEmbedder()
    sets = {path.stem.split(".")[-1]: load_dataset(path) for path in sorted((arguments.data / "xquad").glob("*.json"))}
    news = [json.loads(line) for line in (arguments.data / "news" / "ntrex-dev.jsonl").read_text().splitlines()]
    articles = [article for dataset in sets.values() for article in dataset.articles]
    articles += [Article(r["id"], r["text"], r["title"], language=r["language"], source=r["source"]) for r in news]
    index_articles(arguments.work, articles, embedder)
    index_sources(arguments.work, [str(ROOT / "index" / "sample")], embedder)
    with Store(arguments.work).reading() as reading:
        asker = Asker(reading, embedder)
        cases = list(asker.paragraph_cases({language: dataset.questions for language, dataset in sets.items()}))
        cases += asker.sample_cases(load_dataset(ROOT / "tests" / "eval" / "sample-dev.jsonl").questions)
    fit_and_write(cases)


class Asker:
    """Makes cases by retrieval as it is when asking."""

    def __init__(self, reading: Reading, embedder: SentenceTransformerEmbedder) -> None:
        self.reading = reading
        self.embedder = embedder
        self.random = random.Random(20261122)  # noqa: S311 - experiments are to be repeatable

    def candidates(self, text: str, language: str) -> tuple[Question, list[Candidate]]:
        """Retrieve for a question."""
        question = understand(text)
        query = Query(question.text, question.language, self.embedder.embed_query(text))
        return question, rank_by_date(question, find_candidates(self.reading, query, Filters(), DEPTH))

    def paragraph_cases(self, questions: dict[str, tuple[LabelledQuestion, ...]]) -> Iterator[Case]:
        """Yield all cases of parallel questions on paragraphs."""
        names = [name for asked in questions.values() for q in asked for name in names_in(q.question)]
        for language, asked in questions.items():
            for at, labelled in enumerate(asked):
                ids = {other: next(iter(questions[other][at].articles)) for other in questions}
                fits = int(ids[language][-4:]) // PARAGRAPHS_A_DOCUMENT % 2 == 0
                question, found = self.candidates(labelled.question, language)
                for other, article_id in ids.items():
                    left = without(found, set(ids.values()) - {article_id})
                    kind = "same" if other == language else "other"
                    yield Case(kind, question, left, frozenset([article_id]), questions[other][at].evidence, fits)
                yield Case("miss", question, without(found, set(ids.values())), frozenset(), (), fits)
                altered = self.alter(labelled.question, names)
                if altered is not None:
                    question, found = self.candidates(altered, language)
                    for article_id in ids.values():
                        left = without(found, set(ids.values()) - {article_id})
                        yield Case("altered", question, left, frozenset(), (), fits, 0.7)

    def sample_cases(self, questions: tuple[LabelledQuestion, ...]) -> list[Case]:
        """Return cases of the project's own questions; all of them fit, their test half is for judging."""
        cases = []
        for labelled in questions:
            question, found = self.candidates(labelled.question, labelled.language)
            cases.append(Case("sample", question, found, labelled.articles, labelled.evidence, True, SAMPLE_WEIGHT))
        return cases

    def alter(self, text: str, names: list[str]) -> str | None:
        """Exchange a country, number or name in a question for another, or return None where there is none."""
        countries = [word for word in re.findall(r"[^\W\d_]{4,}", text) if country_of(word)]
        if countries:
            others = [word for word in names if country_of(word) and country_of(word) != country_of(countries[0])]
            return text.replace(countries[0], self.random.choice(others))
        numbers = re.findall(r"\b\d{2,4}\b", text)
        if numbers:
            number = self.random.choice(numbers)
            return text.replace(number, str(max(2, int(number) + self.random.choice([-7, -4, -2, -1, 1, 2, 3, 5, 9]))))
        own = names_in(text)
        if not own:
            return None
        return text.replace(self.random.choice(own), self.random.choice(names))


def names_in(text: str) -> list[str]:
    """Return capitalised words after the first, of languages that do not capitalise nouns."""
    if re.search(r"\b(der|die|das|wie|was|wer|welche\w?|wann|wo|warum)\b", text, re.IGNORECASE):
        return []
    return re.findall(r"(?<=\s)[A-ZА-ЯЁ][a-zа-яё]{3,}", text)


def without(candidates: list[Candidate], article_ids: set[str]) -> list[Candidate]:
    """Return the candidates that do not come from some articles."""
    return [candidate for candidate in candidates if candidate.article.article_id not in article_ids]


def fit_and_write(cases: list[Case]) -> None:
    """Fit both models, print how they do on the judging half, write the weights."""
    gathered = [gather_evidence(case.question, case.candidates) for case in cases]
    rows, labels, weights = [], [], []
    for case, evidence in zip(cases, gathered, strict=True):
        held = [case.holds_answer(each) for each in evidence]
        if case.fits and any(held):
            rows += [each.features for each in evidence]
            labels += held
            weights += [case.weight] * len(held)
    quote_model = logistic().fit(np.array(rows), labels, logisticregression__sample_weight=weights)
    judged = []
    quoted_sentences = []
    for case, evidence in zip(cases, gathered, strict=True):
        if evidence:
            likely = quote_model.predict_proba(np.array([each.features for each in evidence]))[:, 1]
            chosen = choose_sentences(evidence, likely)
            best = evidence[chosen[0]]
            sentences = [evidence[at] for at in chosen]
            features = confidence_features(case.question, case.candidates, sentences, float(likely[chosen[0]]))
            same = best.candidate.article.language == case.question.language
            first = case.holds_answer(best)
            quoted = any(case.holds_answer(evidence[at]) for at in chosen)
            quoted_sentences.append(len(chosen))
            judged.append((case, features, same, first, quoted))
    models = {"quote": (quote_model, QUOTE_FEATURES)}
    confidences = np.zeros(len(judged))
    for name, wanted in (("same", True), ("other", False)):
        mine = [at for at, (case, _, same, _, _) in enumerate(judged) if same == wanted]
        fitting = [at for at in mine if judged[at][0].fits]
        model = logistic().fit(
            np.array([judged[at][1] for at in fitting]),
            [judged[at][4] for at in fitting],
            logisticregression__sample_weight=[judged[at][0].weight for at in fitting],
        )
        clamp(model, CONFIDENCE_FEATURES)
        models[name] = (model, CONFIDENCE_FEATURES)
        confidences[mine] = model.predict_proba(np.array([judged[at][1] for at in mine]))[:, 1]
        print(name, dict(zip(CONFIDENCE_FEATURES, np.round(model[-1].coef_[0], 2).tolist(), strict=True)))
    print(f"sentences quoted: {np.mean(quoted_sentences):.2f} on average")
    print("quote", dict(zip(QUOTE_FEATURES, np.round(quote_model[-1].coef_[0], 2).tolist(), strict=True)))
    for answerable in ("same", "other", "sample"):
        report(answerable, judged, confidences)
    weights_json = {"threshold": THRESHOLD} | {
        name: unscaled(model, features) for name, (model, features) in models.items()
    }
    WEIGHTS.write_text(json.dumps(weights_json, indent=1) + "\n")


def report(answerable: str, judged: list[tuple[Case, np.ndarray, bool, bool, bool]], confidences: np.ndarray) -> None:
    """Print how one kind of answerable question stands against those without an answer, on the judging half."""
    fits = answerable == "sample"
    positive = [
        at for at, row in enumerate(judged) if row[0].kind == answerable and row[0].fits == fits and row[0].gold
    ]
    if not positive:
        return
    print(
        f"{answerable:7} n {len(positive)}  first quote right {np.mean([judged[at][3] for at in positive]):.3f}  "
        f"quoted {np.mean([judged[at][4] for at in positive]):.3f}  "
        f"answered {np.mean(confidences[positive] >= THRESHOLD):.3f}"
    )
    for kind in ("miss", "altered") if not fits else ("sample",):
        negative = [
            at for at, row in enumerate(judged) if row[0].kind == kind and row[0].fits == fits and not row[0].gold
        ]
        both = positive + negative
        scores = confidences[both].tolist()
        area = auroc(scores, [True] * len(positive) + [False] * len(negative))
        error = expected_calibration_error(scores, [judged[at][4] for at in both])
        at_90 = np.quantile(confidences[positive], 0.1)
        print(
            f"        against {kind:8} n {len(negative)}  AUROC {area:.3f}  ECE {error:.3f}  "
            f"answered {np.mean(confidences[negative] >= THRESHOLD):.3f}  "
            f"answered at 90 % of the answerable {np.mean(confidences[negative] >= at_90):.3f}"
        )


def logistic() -> Pipeline:
    """Return an unfitted model."""
    return make_pipeline(StandardScaler(), LogisticRegression(C=1.0, max_iter=2000))


def clamp(model: Pipeline, names: tuple[str, ...]) -> Pipeline:
    """Make a fitted model mind at least as much as AT_MOST says that evidence lacks what the question names."""
    scaler, regression = model[0], model[-1]
    for at, name in enumerate(names):
        if name in AT_MOST:
            regression.coef_[0, at] = min(regression.coef_[0, at], AT_MOST[name] * scaler.scale_[at])
    return model


def unscaled(model: Pipeline, names: tuple[str, ...]) -> dict[str, object]:
    """Return a model's weights for features as they come."""
    scaler, regression = model[0], model[-1]
    weights = regression.coef_[0] / scaler.scale_
    bias = float(regression.intercept_[0] - (weights * scaler.mean_).sum())
    return {"bias": bias, "weights": dict(zip(names, weights.tolist(), strict=True))}


if __name__ == "__main__":
    main()
