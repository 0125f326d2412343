"""The features that speak for a sentence, and for the best of them answering."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from index.reader import MAX_LOG_ODDS
from index.records import Article
from index.search import Candidate
from qa.evidence import (
    CONFIDENCE_FEATURES,
    QUOTE_FEATURES,
    QUOTED_ARTICLES,
    RIVALS,
    Evidence,
    confidence_features,
    sentence_readings,
)
from qa.evidence import gather_evidence as gather
from qa.question import understand
from tests.candidates import candidate
from tests.news import BRIDGE, ORCHARD, PARK, THEATRE

TODAY = date(2024, 6, 1)


def _of_sentence(evidence: Evidence) -> dict[str, float]:
    return dict(zip(QUOTE_FEATURES, evidence.features.tolist(), strict=True))


def _of_answer(question: str, *candidates: Candidate) -> dict[str, float]:
    """Return the features where the first sentence of the first candidate would be quoted alone."""
    asked = understand(question, TODAY)
    features = confidence_features(asked, list(candidates), gather(asked, list(candidates))[:1], 0.7)
    return dict(zip(CONFIDENCE_FEATURES, features.tolist(), strict=True))


def test_a_sentence_is_compared_with_the_others_of_its_article() -> None:
    """In all its passages: their mean, their best, and those right before and after in the passage."""
    passages = [candidate(BRIDGE, [0.1, 0.7], last=2), candidate(BRIDGE, [0.4], first=2, score=0.8)]
    first, second, third = map(_of_sentence, gather(understand("What?"), passages))
    assert [each["cosine"] for each in (first, second, third)] == pytest.approx([0.1, 0.7, 0.4])
    assert [each["above_mean"] for each in (first, second, third)] == pytest.approx([-0.3, 0.3, 0.0], abs=1e-6)
    assert [each["below_best"] for each in (first, second, third)] == pytest.approx([0.6, 0.0, 0.3], abs=1e-6)
    assert [each["before"] for each in (first, second, third)] == pytest.approx([0.0, -0.3, 0.0], abs=1e-6)
    assert [each["after"] for each in (first, second, third)] == pytest.approx([0.3, 0.0, 0.0], abs=1e-6)
    assert [each["first"] for each in (first, second, third)] == [1, 0, 0]
    assert [each["passage_gap"] for each in (first, second, third)] == pytest.approx([0, 0, 0.2])


def test_a_sentence_stands_behind_by_its_article() -> None:
    """By rank, and by how much better the best passage of all is."""
    rows = gather(understand("What?"), [candidate(BRIDGE), candidate(ORCHARD, score=0.6), candidate(BRIDGE, score=0.5)])
    features = [_of_sentence(each) for each in rows]
    assert [each["article_rank"] for each in features] == [0] * 3 + [1] * 3 + [0] * 3
    assert [each["article_gap"] for each in features] == pytest.approx([0] * 3 + [0.4] * 3 + [0] * 3)


def test_only_the_leading_articles_are_read() -> None:
    """All their passages, in the candidates' order."""
    leading = [Article(f"a{at}", BRIDGE.text, language="en") for at in range(QUOTED_ARTICLES)]
    found = [*map(candidate, leading), candidate(ORCHARD), candidate(leading[0])]
    articles = [each.candidate.article for each in gather(understand("What?"), found)]
    assert list(dict.fromkeys(articles)) == leading
    assert articles[-1] == leading[0]


def _read(found: list[Article], stories: dict[str, int] | None) -> list[str]:
    """Return the ids of the articles whose sentences are read."""
    evidence = gather(understand("What?"), [candidate(each) for each in found], stories)
    return list(dict.fromkeys(each.candidate.article.article_id for each in evidence))


def _bridge(name: str, text: str, language: str = "en") -> Article:
    return Article(name, text, language=language)


def test_of_copies_and_translations_the_one_found_first_is_read() -> None:
    """So that other stories come to word, up to as many articles as ever."""
    first, copy = _bridge("first", "The bridge cost 40 crowns."), _bridge("copy", "The bridge cost 40 crowns.")
    longer = _bridge("longer", "The bridge cost 40 crowns. It has 2 towers.")
    german = _bridge("german", "Die Brücke kostete 41 Kronen.", "de")
    others = [_bridge(f"other {at}", "The ferry sails.") for at in range(QUOTED_ARTICLES)]
    stories = {each.article_id: 7 for each in (first, copy, longer, german)}
    expected = ["first", *(each.article_id for each in others[: QUOTED_ARTICLES - 1])]
    assert _read([first, copy, longer, german, *others], stories) == expected
    assert _read([first, copy, german, longer, *others], None) == ["first", "copy", "german"]
    assert _read([first, copy], {"another": 7}) == ["first", "copy"]


def test_a_correction_is_read_beside_what_it_corrects() -> None:
    """A telling in the same language that has other numbers, each of its own."""
    wrong, right = _bridge("wrong", "The bridge cost 40 crowns."), _bridge("right", "The bridge cost 48 crowns.")
    reprint = _bridge("reprint", "The bridge cost 48 crowns.")
    assert _read([wrong, right], {"wrong": 0, "right": 0}) == ["wrong", "right"]
    assert _read([right, reprint], {"right": 0, "reprint": 0}) == ["right"]
    assert _read([wrong, right, reprint], {"wrong": 0, "right": 0, "reprint": 0}) == ["wrong", "right"]


@pytest.mark.parametrize(
    ("question", "words", "names"),
    [
        ("When was the bridge in Zarechye closed?", 1.0, 1.0),
        ("Who closed the ferry in Lodna?", 1 / 3, 0.0),
        ("Wann wurde die Brücke gesperrt?", 0.0, None),
    ],
)
def test_words_and_names_of_the_question_are_counted(question: str, words: float, names: float | None) -> None:
    """As shares of those there are; words of another language are none of the sentence's."""
    features = _of_sentence(gather(understand(question), [candidate(BRIDGE)])[0])
    assert features["words"] == pytest.approx(words)
    assert names is None or features["names"] == pytest.approx(names)


@pytest.mark.parametrize(
    ("question", "name", "first", "second"),
    [
        ("How many beams have cracks?", "asks_number", -1, 1),
        ("How many beams have cracks?", "asks_date", 0, 0),
        ("Why was it closed?", "asks_reason", -1, -1),
    ],
)
def test_the_kind_of_answer_speaks_for_sentences_that_offer_it(
    question: str, name: str, first: float, second: float
) -> None:
    """And against the others; a kind that is not asked for does not count."""
    features = [_of_sentence(each) for each in gather(understand(question), [candidate(BRIDGE)])]
    assert [features[0][name], features[1][name]] == [first, second]


def test_margins_are_over_other_articles() -> None:
    """The best, and the mean and the spread of the best passage of each; two rivals count as two of RIVALS."""
    lead = 2 / RIVALS
    strangers = [candidate(ORCHARD, score=0.7), candidate(ORCHARD, score=0.2), candidate(THEATRE, [0.6], score=0.5)]
    features = _of_answer("What?", candidate(BRIDGE, [0.8]), candidate(BRIDGE, score=0.9), *strangers)
    assert features["score"] == pytest.approx(1.0)
    assert features["margin"] == pytest.approx(lead * 0.3)
    assert features["crowd_margin"] == pytest.approx(lead * 0.4)
    assert features["standing"] == pytest.approx(lead * 0.4 / (0.1 + 0.02))
    assert features["sentence_margin"] == pytest.approx(lead * (0.8 - 0.6))
    assert features["quote_likely"] == 0.7


def test_an_article_alone_has_no_rivals() -> None:
    """Being ahead of nothing says nothing."""
    features = _of_answer("What?", candidate(BRIDGE, [0.8]))
    assert [features[name] for name in ("margin", "crowd_margin", "standing", "sentence_margin")] == [0, 0, 0, 0]


def test_enough_rivals_count_fully() -> None:
    """However many there are beyond them."""
    for size in (RIVALS, RIVALS + 3):
        strangers = [candidate(replace(ORCHARD, article_id=f"other/{at}"), score=0.7) for at in range(size)]
        assert _of_answer("What?", candidate(BRIDGE, [0.8]), *strangers)["margin"] == pytest.approx(0.3)


@pytest.mark.parametrize(
    ("name", "missing", "there"),
    [
        ("names_missing", "Who is Wierzba of Zarechye?", "Who is Veras of Zarechye?"),
        ("numbers_missing", "Were 77 beams cracked?", "Were 60 beams cracked?"),
        ("years_missing", "Was the bridge closed in 2019?", "Was the bridge closed in 2021?"),
        ("date_missing", "Was the bridge closed in May 2021?", "Was the bridge closed in March 2021?"),
        ("outside_period", "Was the bridge closed last year?", "Was the bridge closed between 2020 and 2022?"),
        ("kind_missing", "How many cracks are there?", "Where is the bridge?"),
    ],
)
def test_what_the_question_names_and_the_evidence_lacks_is_counted(name: str, missing: str, there: str) -> None:
    """Nothing is missing that the passage, or the article's title or day, bears."""
    assert _of_answer(missing, candidate(BRIDGE))[name] == 1
    assert _of_answer(there, candidate(BRIDGE))[name] == 0


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Eggs are dearer in Poland.", 1),
        ("Eggs are dearer in Germany.", 0),
        ("Eggs are dearer.", 0),
    ],
)
def test_a_country_is_missing_where_others_are_named(text: str, missing: int) -> None:
    """An article on its own country's affairs need not name it."""
    article = Article("a", text, language="en")
    assert _of_answer("What do eggs cost in Germany?", candidate(article))["countries_missing"] == missing


@pytest.mark.parametrize(
    ("question", "article"),
    [("Who is Wierzba?", PARK), ("Wer ist Wierzba?", BRIDGE), ("谁是李明？", BRIDGE)],
)
def test_names_that_cannot_be_recognised_are_not_missing(question: str, article: Article) -> None:
    """Chinese is not transliterated, and German writes every noun like a name."""
    assert _of_answer(question, candidate(article))["names_missing"] == 0


def _readings(*candidates: Candidate) -> list[list[float]]:
    return [each.tolist() for each in sentence_readings(candidates)]


def test_what_was_not_read_is_least_likely_to_answer() -> None:
    """It was not among the best; what was read is as likely as it was read to be."""
    assert _readings(candidate(BRIDGE, reading=[-1, 2, 0.5]), candidate(ORCHARD), candidate(Article("a", ""))) == [
        [-1, 2, 0.5],
        [-MAX_LOG_ODDS] * 3,
        [],
    ]


def test_where_nothing_was_read_all_have_even_odds() -> None:
    """Without tokens to read nothing is known, and nothing is held against any sentence."""
    assert _readings(candidate(BRIDGE), candidate(ORCHARD)) == [[0, 0, 0]] * 2
    assert _readings() == []


def test_a_sentence_is_weighed_by_how_it_was_read() -> None:
    """And by how far it stands behind the one that was read best, of whatever article, quoted or not."""
    others = [candidate(replace(ORCHARD, article_id=f"other/{at}"), reading=[0, 0, 0]) for at in range(QUOTED_ARTICLES)]
    best = candidate(THEATRE, reading=[1, 5, 1])
    found = [candidate(BRIDGE, reading=[-1, 2, 0.5]), candidate(PARK), *others, best]
    evidence = [each for each in gather(understand("What?"), found) if each.candidate in found[:2]]
    assert [each.reading for each in evidence] == [-1, 2, 0.5, *[-MAX_LOG_ODDS] * 3]
    features = [_of_sentence(each) for each in evidence]
    assert [each["reading"] for each in features] == [each.reading for each in evidence]
    assert [each["reading_gap"] for each in features] == [6, 3, 4.5, *[5 + MAX_LOG_ODDS] * 3]


def test_where_nothing_was_read_reading_weighs_nothing() -> None:
    """Neither for a sentence nor for an answer, whatever the rivals."""
    found = [candidate(BRIDGE), candidate(ORCHARD)]
    for each in map(_of_sentence, gather(understand("What?"), found)):
        assert (each["reading"], each["reading_gap"]) == (0, 0)
    features = _of_answer("What?", *found)
    assert (features["reading"], features["reading_margin"]) == (0, 0)


def test_an_answer_is_as_likely_as_its_sentence_was_read_to_be() -> None:
    """The margin over the best sentence of other articles counts by the share of rivals there are."""
    quoted = candidate(BRIDGE, [0.8], reading=[2, 7, 1], last=3)
    again = candidate(BRIDGE, reading=[6, 6, 6])
    features = _of_answer("What?", quoted, again, candidate(ORCHARD, reading=[-4, -1, -3]), candidate(THEATRE))
    assert (features["reading"], features["reading_margin"]) == (2, pytest.approx(2 / RIVALS * 3))
    alone = _of_answer("What?", quoted, candidate(ORCHARD))
    assert alone["reading_margin"] == pytest.approx((2 + MAX_LOG_ODDS) / RIVALS)
    unread = _of_answer("What?", candidate(BRIDGE), candidate(ORCHARD, reading=[-4, -1, -3]))
    assert unread["reading_margin"] == pytest.approx((1 - MAX_LOG_ODDS) / RIVALS)


def test_a_copy_is_no_rival_in_reading() -> None:
    """It tells the same story, and its sentences read as well."""
    copy = replace(BRIDGE, article_id="copy")
    found = [candidate(BRIDGE, reading=[2, 0, 0]), candidate(copy, reading=[2, 0, 0]), candidate(PARK, reading=[1] * 3)]
    asked = understand("What?", TODAY)
    for stories, margin in (({BRIDGE.article_id: 1, "copy": 1}, 1 / RIVALS), ({}, 0)):
        features = confidence_features(asked, found, gather(asked, found, stories)[:1], 0.7, stories)
        assert features[CONFIDENCE_FEATURES.index("reading_margin")] == pytest.approx(margin)


def test_an_article_alone_that_was_not_read_is_ahead_of_nothing() -> None:
    """Where nothing was read a margin would be one over what is not there."""
    assert _of_answer("What?", candidate(BRIDGE))["reading_margin"] == 0


def test_there_is_a_value_for_every_feature() -> None:
    """All of them finite, also where nothing is known of the article."""
    bare = candidate(Article("a", "Nothing."))
    (evidence,) = gather(understand("?"), [bare])
    features = confidence_features(understand("?"), [bare], [evidence], 0.5)
    assert evidence.features.shape == (len(QUOTE_FEATURES),)
    assert features.shape == (len(CONFIDENCE_FEATURES),)
    assert np.isfinite(evidence.features).all()
    assert np.isfinite(features).all()
