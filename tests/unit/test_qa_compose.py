from __future__ import annotations

import itertools
import json
import re

import numpy as np
import pytest

from index.database import PassageRow
from index.records import Article, Passage, Span
from index.search import Candidate
from index.sentences import split_sentences
from qa.calibration import WEIGHTS, Calibration, Logistic, load_calibration
from qa.compose import MAX_QUOTES, answer_text, cite, draft_answer
from qa.evidence import CONFIDENCE_FEATURES, QUOTE_FEATURES, QUOTED_ARTICLES, gather_evidence
from qa.question import understand
from tests.news import BRIDGE, ORCHARD, PARK, THEATRE

NUMBERS = itertools.count(1)


def _weights(names: tuple[str, ...], **weights: float) -> np.ndarray:
    return np.array([weights.get(name, 0.0) for name in names])


BY_COSINE = Calibration(
    Logistic(-6.0, _weights(QUOTE_FEATURES, cosine=10.0)),
    Logistic(1.0, _weights(CONFIDENCE_FEATURES)),
    Logistic(-1.0, _weights(CONFIDENCE_FEATURES)),
    0.5,
)


def _candidate(article: Article, cosines: list[float], score: float = 1.0) -> Candidate:
    spans = tuple(split_sentences(article.text, article.language))
    passage = Passage(article.article_id, 0, 0, len(article.text), article.text, spans)
    empty = np.zeros((len(spans), 0), np.float16)
    row = PassageRow(next(NUMBERS), passage, empty)
    sentences = np.array((cosines + [0.0] * len(spans))[: len(spans)], np.float32)
    return Candidate(article, row, score, 0.5, 0.0, 0.0, sentences)


def test_the_shipped_weights_are_for_the_features_there_are() -> None:
    """Names and order agree, so that no weight meets another feature."""
    data = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    assert tuple(data["quote"]["weights"]) == QUOTE_FEATURES
    assert tuple(data["same"]["weights"]) == tuple(data["other"]["weights"]) == CONFIDENCE_FEATURES
    assert 0 < load_calibration().threshold < 1


def test_evidence_has_a_value_for_every_feature() -> None:
    """The order of the names is the order of the values."""
    (first, *_) = gather_evidence(understand("How many beams have cracks?"), [_candidate(BRIDGE, [0.1, 0.9, 0.2])])
    assert first.features.shape == (len(QUOTE_FEATURES),)
    values = dict(zip(QUOTE_FEATURES, first.features.tolist(), strict=True))
    assert values["cosine"] == pytest.approx(0.1)
    assert values["first"] == 1.0


def test_the_likeliest_sentence_is_quoted_first() -> None:
    """Whatever its place in the passage."""
    draft = draft_answer(understand("How many?"), [_candidate(BRIDGE, [0.1, 0.9, 0.2])], BY_COSINE)
    (citation,) = cite(draft.quotes)
    assert citation.quote == "Engineers found cracks in 14 of its 60 beams."


def test_confidence_is_that_of_the_model_for_the_languages() -> None:
    """Evidence in the question's language is judged by one model, in another by the other."""
    same = draft_answer(understand("How many beams of the bridge have cracks?"), [_candidate(BRIDGE, [1.0])], BY_COSINE)
    other = draft_answer(understand("Wie viele Balken der Brücke haben Risse?"), [_candidate(BRIDGE, [1.0])], BY_COSINE)
    assert same.confidence == pytest.approx(1 / (1 + np.exp(-1)))
    assert other.confidence == pytest.approx(1 / (1 + np.exp(1)))


def test_quotations_are_few_and_never_the_same_twice() -> None:
    """At most three, however many sentences are likely, and a sentence that two articles share is quoted once."""
    copy = Article("copy", BRIDGE.text, BRIDGE.title, language="en")
    twice = [_candidate(each, [0.0, 0.9, 0.0]) for each in (BRIDGE, copy)]
    assert len(draft_answer(understand("What?"), twice, BY_COSINE).quotes) == 1
    many = [_candidate(each, [0.9, 0.0, 0.9]) for each in (BRIDGE, ORCHARD, THEATRE)]
    assert len(draft_answer(understand("What?"), many, BY_COSINE).quotes) == MAX_QUOTES


def test_sentences_in_a_row_are_one_quotation() -> None:
    """It is a slice of the article too, with the space between them as it stands there."""
    (citation,) = cite(draft_answer(understand("What?"), [_candidate(BRIDGE, [0.8, 0.9, 0.0])], BY_COSINE).quotes)
    assert citation.quote == BRIDGE.text[: BRIDGE.text.index(" Repairs")]


def test_sentences_of_two_paragraphs_stay_two_quotations() -> None:
    """A line's end is never quoted, and the likelier one comes first."""
    article = Article("a", "The bridge is closed.\nThe ferry sails.", language="en")
    citations = cite(draft_answer(understand("What?"), [_candidate(article, [0.8, 0.9])], BY_COSINE).quotes)
    assert [each.quote for each in citations] == ["The ferry sails.", "The bridge is closed."]


def test_a_much_less_likely_sentence_is_not_added() -> None:
    """What is quoted beside the likeliest has to be about as likely."""
    (citation,) = cite(draft_answer(understand("What?"), [_candidate(BRIDGE, [1.0, -1.0, -1.0])], BY_COSINE).quotes)
    assert citation.quote == "The old bridge over the Lesna in Zarechye was closed on Monday."


def test_only_the_leading_articles_are_quoted() -> None:
    """What ranks low is not read for quotations, however near one of its sentences."""
    leading = [Article(f"a{at}", BRIDGE.text, language="en") for at in range(QUOTED_ARTICLES)]
    candidates = [*(_candidate(each, [0.1]) for each in leading), _candidate(ORCHARD, [1.0])]
    draft = draft_answer(understand("What?"), candidates, BY_COSINE)
    assert draft.quotes
    assert all(quote.candidate.article in leading for quote in draft.quotes)


@pytest.mark.parametrize("candidates", [[], [_candidate(Article("a", ""), [])]])
def test_without_sentences_there_is_nothing_to_quote(candidates: list[Candidate]) -> None:
    """No evidence is no confidence."""
    draft = draft_answer(understand("What?"), candidates)
    assert (draft.quotes, draft.confidence) == ((), 0.0)
    assert cite(draft.quotes) == ()
    assert answer_text(()) == ""


def test_citations_are_verbatim_and_every_number_is_used() -> None:
    """A quotation is a slice of its article and of its passage; `[n]` in the text are the citations' numbers."""
    candidates = [_candidate(each, [0.9, 0.0, 0.9], score=2.0) for each in (PARK, THEATRE)]
    citations = cite(draft_answer(understand("公园有多大？"), candidates, BY_COSINE).quotes)
    text = answer_text(citations)
    assert (
        [int(number) for number in re.findall(r"\[(\d+)\]", text)] == [each.number for each in citations] == [1, 2, 3]
    )
    by_id = {each.article_id: each for each in (PARK, THEATRE)}
    for citation in citations:
        article = by_id[citation.article_id]
        assert article.text[citation.start : citation.end] == citation.quote
        assert citation.quote in citation.passage
        assert f"“{citation.quote}” [{citation.number}]" in text
        assert (citation.title, citation.url, citation.published) == (article.title, article.url, article.published)
        assert (citation.language, citation.source, citation.score) == (article.language, article.source, 2.0)


def test_the_shipped_models_give_probabilities() -> None:
    """Whatever the evidence, confidence lies between 0 and 1."""
    for cosines in ([5.0] * 3, [-5.0] * 3, [0.0] * 3):
        draft = draft_answer(understand("How many beams?"), [_candidate(BRIDGE, cosines, score=9.0)])
        assert 0 < draft.confidence < 1


def test_a_passage_that_does_not_begin_its_article_keeps_its_offsets() -> None:
    """Spans count from the article's start, not from the passage's."""
    spans = tuple(split_sentences(BRIDGE.text, "en"))[1:]
    passage = Passage(
        "news/bridge", 1, spans[0].start, spans[-1].end, BRIDGE.text[spans[0].start : spans[-1].end], spans
    )
    row = PassageRow(2, passage, np.zeros((len(spans), 0), np.float16))
    candidate = Candidate(BRIDGE, row, 1.0, 0.5, 0.0, 0.0, np.array([0.1, 0.9], np.float32))
    (citation, *_) = cite(draft_answer(understand("How much?"), [candidate], BY_COSINE).quotes)
    assert Span(citation.start, citation.end) == spans[1]
    assert citation.quote == "Repairs will cost 3.2 million roubles, the mayor Anton Veras said."
