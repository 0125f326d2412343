"""How an answer came about, as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest

from index.reader import MAX_LOG_ODDS
from index.records import Article
from index.search import Candidate
from qa.calibration import Calibration, Logistic
from qa.compose import draft_answer
from qa.evidence import CONFIDENCE_FEATURES, QUOTE_FEATURES
from qa.explain import MAX_CANDIDATES, MAX_SENTENCES, explain
from qa.question import understand
from tests.candidates import candidate
from tests.news import ARTICLES, BRIDGE, ORCHARD

CHANCE = np.random.default_rng(3)
CALIBRATION = Calibration(
    quote=Logistic(-6.0, np.array([10.0 if name == "cosine" else 0.0 for name in QUOTE_FEATURES])),
    same=Logistic(0.4, CHANCE.normal(0, 0.5, len(CONFIDENCE_FEATURES))),
    other=Logistic(-0.6, CHANCE.normal(0, 0.5, len(CONFIDENCE_FEATURES))),
    threshold=0.35,
)
QUESTION = "How many beams of the bridge in Zarechye had cracks last year?"
STORIES = {BRIDGE.article_id: 1, ORCHARD.article_id: 0}


def _explained(text: str, candidates: list[Candidate]) -> dict[str, Any]:
    """Return an explanation as someone gets it who reads it as JSON."""
    asked = understand(text, date(2022, 5, 1))
    draft = draft_answer(asked, candidates, CALIBRATION, STORIES)
    explained = explain(asked, candidates, draft, CALIBRATION, STORIES)
    assert json.loads(json.dumps(explained, allow_nan=False)) == explained
    return explained


def test_it_tells_how_the_question_was_read() -> None:
    """Its language, words, names, the kind of answer and the time it asks for."""
    question = _explained(QUESTION, [candidate(BRIDGE)])["question"]
    assert (question["text"], question["language"], question["wants"]) == (QUESTION, "en", "number")
    assert "en:beam" in question["words"]
    assert question["words"] == sorted(question["words"])
    assert question["names"]
    assert question["periods"] == [
        {"text": "last year", "start": "2021-01-01", "end": "2021-12-31", "relative": True},
    ]


def test_a_period_may_be_open() -> None:
    """What has no end has none."""
    (period,) = _explained("What was built in Lodna since March 2021?", [])["question"]["periods"]
    assert (period["start"], period["end"]) == ("2021-03-01", None)


def test_it_tells_what_was_found_best_first() -> None:
    """Where each passage stands, in which story, and what spoke for it."""
    found = [
        candidate(BRIDGE, [0.1, 0.12345678], score=0.9, reading=[-3.0, 1.23456, -8.0]),
        candidate(Article("und", "Alone.", published=None)),
    ]
    first, second = _explained(QUESTION, found)["candidates"]
    assert first == {
        "article_id": BRIDGE.article_id,
        "language": "en",
        "published": "2021-03-05",
        "story": 1,
        "start": 0,
        "end": len(BRIDGE.text),
        "score": 0.9,
        "cosine": 0.5,
        "best_sentence": 0.1235,
        "reading": 1.2346,
        "words": 0.0,
        "names": 0.0,
    }
    assert (second["article_id"], second["story"], second["published"]) == ("und", None, None)
    assert (second["best_sentence"], second["reading"]) == (0.0, None)


def test_a_passage_without_sentences_may_have_been_read() -> None:
    """Nothing in it can answer."""
    (found,) = _explained(QUESTION, [candidate(Article("empty", ""), reading=[])])["candidates"]
    assert found["reading"] == -MAX_LOG_ODDS


def test_it_tells_which_sentences_were_weighed_likeliest_first() -> None:
    """With the features of each, where it stands, and how likely it holds the answer."""
    found = [candidate(BRIDGE, [0.1, 0.9, 0.3], reading=[-1.0, 2.0, -3.0])]
    sentences = _explained(QUESTION, found)["sentences"]
    assert [BRIDGE.text[each["start"] : each["end"]].split()[0] for each in sentences] == [
        "Engineers",
        "Repairs",
        "The",
    ]
    assert [each["likely"] for each in sentences] == sorted((each["likely"] for each in sentences), reverse=True)
    assert all(tuple(each["features"]) == QUOTE_FEATURES for each in sentences)
    assert sentences[0]["features"]["cosine"] == 0.9
    assert [each["features"]["reading"] for each in sentences] == [2, -3, -1]


@pytest.mark.parametrize(
    ("text", "case", "model"),
    [
        (QUESTION, "same language", CALIBRATION.same),
        ("Wie viele Balken der Brücke in Zarechye hatten Risse?", "other language", CALIBRATION.other),
    ],
)
def test_contributions_add_up_to_the_log_odds_of_the_confidence(text: str, case: str, model: Logistic) -> None:
    """Those of the features with the model's bias, whichever model it was."""
    confidence = _explained(text, [candidate(each, [0.9, 0.2]) for each in (BRIDGE, ORCHARD)])["confidence"]
    assert (confidence["case"], confidence["threshold"]) == (case, 0.35)
    assert tuple(confidence["features"]) == CONFIDENCE_FEATURES
    log_odds = model.bias + sum(each["log_odds"] for each in confidence["features"].values())
    probability = confidence["probability"]
    assert 0.01 < probability < 0.99
    assert np.log(probability / (1 - probability)) == pytest.approx(log_odds, abs=0.01)
    for (name, each), weight in zip(confidence["features"].items(), model.weights, strict=True):
        assert each["log_odds"] == pytest.approx(each["value"] * weight, abs=1e-3), name


def test_the_bias_is_told_too() -> None:
    """So that whoever reads it can add up the log-odds."""
    for text, model in ((QUESTION, CALIBRATION.same), ("Wie viele Balken hatten Risse?", CALIBRATION.other)):
        assert _explained(text, [candidate(BRIDGE, [0.9])])["confidence"]["bias"] == pytest.approx(model.bias)


@pytest.mark.parametrize("candidates", [[], [candidate(Article("empty", ""))]])
def test_nothing_found_is_explained_too(candidates: list[Candidate]) -> None:
    """No sentence was weighed and no feature counted."""
    explained = _explained(QUESTION, candidates)
    assert len(explained["candidates"]) == len(candidates)
    assert explained["sentences"] == []
    assert explained["confidence"]["probability"] == 0
    assert explained["confidence"]["features"] == {}


def test_an_explanation_is_short() -> None:
    """However much was found."""
    explained = _explained(QUESTION, [candidate(each) for each in ARTICLES * 20])
    assert len(explained["candidates"]) == MAX_CANDIDATES
    assert len(explained["sentences"]) == MAX_SENTENCES
    assert len(json.dumps(explained)) < 20_000
