from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pytest

from index.records import Article
from index.search import Candidate
from qa.calibration import WEIGHTS, load_calibration
from qa.compose import (
    AFTER_SHARE,
    BEFORE_SHARE,
    MAX_SENTENCES,
    NEIGHBOUR_SHARE,
    choose_sentences,
    draft_answer,
)
from qa.evidence import CONFIDENCE_FEATURES, QUOTE_FEATURES, QUOTED_ARTICLES, Evidence, gather_evidence
from qa.question import understand
from tests.candidates import BY_COSINE, candidate, quoted
from tests.news import BRIDGE, ORCHARD, THEATRE

CLOSED = "The old bridge over the Lesna in Zarechye was closed on Monday."
BEAMS = "Engineers found cracks in 14 of its 60 beams."


def _article(name: str, text: str, language: str = "en") -> Article:
    return Article(name, text, language=language)


def _evidence(*candidates: Candidate) -> list[Evidence]:
    return gather_evidence(understand("What?"), list(candidates))


def test_the_shipped_weights_are_for_the_features_there_are() -> None:
    """Names and order agree, so that no weight meets another feature."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(data["quote"]["weights"]) == QUOTE_FEATURES
    assert tuple(data["same"]["weights"]) == tuple(data["other"]["weights"]) == CONFIDENCE_FEATURES
    assert 0 < load_calibration().threshold < 1


@pytest.mark.parametrize("cosines", [(5.0,) * 3, (-5.0,) * 3, (0.0,) * 3])
def test_the_shipped_models_give_probabilities(cosines: Sequence[float]) -> None:
    """Whatever the evidence, confidence lies between 0 and 1."""
    draft = draft_answer(understand("How many beams?"), [candidate(BRIDGE, cosines, score=9.0)])
    assert 0 < draft.confidence < 1
    assert ((draft.likely > 0) & (draft.likely < 1)).all()


def test_the_likeliest_sentence_is_quoted() -> None:
    """Whatever its place in the passage."""
    assert quoted([candidate(BRIDGE, [0.1, 0.9, 0.2])]) == [BEAMS]


@pytest.mark.parametrize(
    ("question", "same", "bias"),
    [("How many beams of the bridge have cracks?", True, 1), ("Wie viele Balken der Brücke haben Risse?", False, -1)],
)
def test_confidence_is_that_of_the_model_for_the_languages(question: str, same: bool, bias: int) -> None:
    """Evidence in the question's language is judged by one model, in another by the other."""
    draft = draft_answer(understand(question), [candidate(BRIDGE, [1.0])], BY_COSINE)
    assert draft.same_language is same
    assert draft.model is (BY_COSINE.same if same else BY_COSINE.other)
    assert draft.confidence == pytest.approx(1 / (1 + np.exp(-bias)))
    assert draft.features.shape == (len(CONFIDENCE_FEATURES),)


def test_a_draft_holds_all_that_was_weighed() -> None:
    """A probability for every sentence of the evidence, and the features that gave the confidence."""
    draft = draft_answer(understand("What?"), [candidate(BRIDGE, [0.1, 0.9, 0.2])], BY_COSINE)
    assert [each.text for each in draft.evidence][:2] == [CLOSED, BEAMS]
    assert draft.likely == pytest.approx([1 / (1 + np.exp(6 - 10 * cosine)) for cosine in (0.1, 0.9, 0.2)])
    assert draft.features[CONFIDENCE_FEATURES.index("quote_likely")] == pytest.approx(draft.likely[1])


def test_copies_are_no_rivals() -> None:
    """A story is as sure however many papers print it; another story beside it makes it less so."""
    bridge, orchard = candidate(BRIDGE, [0.9]), candidate(ORCHARD, [0.3], score=0.4)
    reprint = candidate(_article("reprint", BRIDGE.text), [0.9], score=0.98)
    stories = {BRIDGE.article_id: 0, "reprint": 0, ORCHARD.article_id: 1}
    alone = draft_answer(understand("What?"), [bridge, orchard], BY_COSINE, stories)
    beside = draft_answer(understand("What?"), [bridge, reprint, orchard], BY_COSINE, stories)
    assert dict(zip(CONFIDENCE_FEATURES, beside.features, strict=True)) == pytest.approx(
        dict(zip(CONFIDENCE_FEATURES, alone.features, strict=True))
    )
    rival = draft_answer(understand("What?"), [bridge, reprint, orchard], BY_COSINE, stories | {"reprint": 2})
    margin = CONFIDENCE_FEATURES.index("margin")
    assert rival.features[margin] < beside.features[margin]


@pytest.mark.parametrize("candidates", [[], [candidate(_article("a", ""))]])
def test_without_sentences_there_is_nothing_to_quote(candidates: list[Candidate]) -> None:
    """No evidence is no confidence, and no model that gave it."""
    draft = draft_answer(understand("What?"), candidates)
    assert (draft.quotes, draft.confidence, draft.evidence, draft.model) == ((), 0.0, (), None)
    assert len(draft.likely) == len(draft.features) == 0


def test_only_the_leading_articles_are_quoted() -> None:
    """What ranks low is not read for quotations, however near one of its sentences."""
    leading = [_article(f"a{at}", f"{BRIDGE.text} {at}") for at in range(QUOTED_ARTICLES)]
    candidates = [*(candidate(each, [0.1]) for each in leading), candidate(ORCHARD, [1.0])]
    draft = draft_answer(understand("What?"), candidates, BY_COSINE)
    assert draft.quotes
    assert all(quote.candidate.article in leading for quote in draft.quotes)


@pytest.mark.parametrize(
    ("text", "likeliest", "other", "needed"),
    [
        ("The weir leaks. The bridge is closed.", 0, 1, NEIGHBOUR_SHARE),
        ("The weir leaks. The bridge is closed.", 1, 0, NEIGHBOUR_SHARE),
        ("The weir leaks.\nThe bridge is closed.", 0, 1, AFTER_SHARE),
        ("The weir leaks.\nThe bridge is closed.", 1, 0, BEFORE_SHARE),
        ("The weir leaks. Boats wait. The bridge is closed.", 0, 2, AFTER_SHARE),
        ("The weir leaks. Boats wait. The bridge is closed.", 2, 0, BEFORE_SHARE),
    ],
)
def test_what_is_quoted_beside_the_likeliest_is_likely_itself(
    text: str, likeliest: int, other: int, needed: float
) -> None:
    """The more so if it is read before it."""
    evidence = _evidence(candidate(_article("a", text)))
    likely = np.full(len(evidence), 0.01)
    likely[likeliest] = 0.8
    for share, chosen in ((needed + 0.01, [likeliest, other]), (needed - 0.01, [likeliest])):
        likely[other] = share * 0.8
        assert choose_sentences(evidence, likely) == chosen


def test_a_sentence_of_another_article_is_read_after_the_likeliest() -> None:
    """Wherever it stands in its own."""
    evidence = _evidence(
        candidate(_article("a", "The weir leaks.")), candidate(_article("b", "Boats wait. Cars wait."))
    )
    likely = np.array([0.4 * (AFTER_SHARE + 0.01), 0.01, 0.4])
    assert choose_sentences(evidence, likely) == [2, 0]
    assert choose_sentences(evidence, likely * np.array([0.9, 1, 1])) == [2]


def test_a_sentence_may_adjoin_any_that_is_quoted() -> None:
    """What would be too unlikely to be read first comes along with what stands between."""
    evidence = _evidence(candidate(_article("a", "The weir leaks. Boats wait. The bridge is closed.")))
    assert choose_sentences(evidence, np.array([0.4, 0.5, 0.8])) == [2, 1, 0]
    assert choose_sentences(evidence, np.array([0.4, 0.1, 0.8])) == [2]


def test_sentences_are_chosen_up_to_a_number_and_in_order_of_likelihood() -> None:
    """Of equally likely ones the first found, which the better candidate holds."""
    evidence = _evidence(*(candidate(each) for each in (BRIDGE, ORCHARD, THEATRE)))
    assert choose_sentences(evidence, np.full(len(evidence), 0.5)) == list(range(MAX_SENTENCES))
    rising = np.linspace(0.5, 0.9, len(evidence))
    assert choose_sentences(evidence, rising) == list(range(len(evidence)))[: -MAX_SENTENCES - 1 : -1]


def test_the_same_words_are_quoted_once() -> None:
    """A sentence that two articles share says nothing new the second time."""
    other = _article("other", f"{BEAMS} The ferry sails from Lodna.")
    evidence = _evidence(candidate(BRIDGE), candidate(other))
    likely = np.array([0.1, 0.9, 0.1, 0.8, 0.7])
    assert [evidence[at].text for at in choose_sentences(evidence, likely)] == [BEAMS, other.text[len(BEAMS) + 1 :]]


def test_of_the_tellings_of_a_story_one_is_quoted() -> None:
    """The one found first, be it with several of its sentences; other stories are quoted beside it."""
    found = [candidate(BRIDGE, [0.7]), candidate(THEATRE, [0.9, 0.9]), candidate(ORCHARD, [0.8])]
    stories = {BRIDGE.article_id: 4, THEATRE.article_id: 4, ORCHARD.article_id: 0}
    assert quoted(found, stories) == [ORCHARD.text.split(" Der ")[0], CLOSED]
    assert len(quoted(found)) == 3
