"""The figures of a question set, counted by hand."""

import pytest
from fakes import BRIDGE, BRIDGE_DE, TRAM, FakeAnswerer

from index.records import Filters
from qa.datasets import LabelledQuestion
from qa.evaluate import Outcome, ask_all, figures, report
from qa.records import Answer, Citation


def question(language: str = "en", *, articles: tuple[str, ...] = (), gold: str = "") -> LabelledQuestion:
    """Return a question; without articles the archive does not answer it."""
    return LabelledQuestion("q", "Who?", language, bool(gold), frozenset(articles), (gold,) if gold else ())


def answer(confidence: float, *quotes: tuple[str, str]) -> Answer:
    """Return an answer that quotes (article, words), or a refusal."""
    citations = tuple(
        Citation(number, article_id, "", None, None, "en", None, quote, 0, len(quote), quote, 1.0)
        for number, (article_id, quote) in enumerate(quotes, 1)
    )
    return Answer("Who?", "en", bool(quotes), confidence, "", citations, (), None, Filters())


HERON = question(articles=("heron",), gold="Heron")
NOBODY = question()


def test_a_quotation_is_right_with_the_gold_answer_from_a_right_article() -> None:
    """Not with other words, nor with the same words of another article, nor where there is no answer."""
    assert Outcome(HERON, (), answer(0.9, ("heron", "The Heron it was."))).right
    assert not Outcome(HERON, (), answer(0.9, ("heron", "The Egret it was."))).right
    assert not Outcome(HERON, (), answer(0.9, ("egret", "The Heron it was."))).right
    assert not Outcome(NOBODY, (), answer(0.9, ("heron", "The Heron it was."))).right


def test_first_and_any_quotation_are_told_apart_among_the_answered() -> None:
    """One right at once, one in its second quotation, one wrong, one refused: 1 of 3, 2 of 3, and 2 of all 4."""
    outcomes = [
        Outcome(HERON, (), answer(0.9, ("heron", "The Heron."))),
        Outcome(HERON, (), answer(0.8, ("heron", "A bridge."), ("heron", "The Heron."))),
        Outcome(HERON, (), answer(0.7, ("heron", "A bridge."))),
        Outcome(HERON, (), answer(0.1)),
        Outcome(NOBODY, (), answer(0.6, ("heron", "A bridge."))),
    ]

    measured = figures(outcomes)

    assert measured["first quotation right"] == pytest.approx(1 / 3)
    assert measured["any quotation right"] == pytest.approx(2 / 3)
    assert measured["answer accuracy"] == 0.5
    assert (measured["questions"], measured["answerable"]) == (5, 4)


def test_false_answers_are_counted_where_nine_tenths_would_be_answered() -> None:
    """Whatever was refused: two of the four unanswerable ones are as sure as all but the least sure of ten."""
    answerable = [Outcome(HERON, (), answer(at / 10)) for at in range(1, 11)]
    others = [Outcome(NOBODY, (), answer(confidence)) for confidence in (0.05, 0.15, 0.2, 0.7)]

    assert figures([*answerable, *others])["answered wrongly at 90 %"] == 0.5


def test_both_calibration_errors() -> None:
    """Of the answered, 0.9 is right and 0.7 is wrong; of all, two are answerable and the refused one is not."""
    outcomes = [
        Outcome(HERON, (), answer(0.9, ("heron", "The Heron."))),
        Outcome(HERON, (), answer(0.7, ("heron", "A bridge."))),
        Outcome(NOBODY, (), answer(0.2)),
    ]

    measured = figures(outcomes)

    assert measured["ECE"] == pytest.approx((0.1 + 0.7) / 2)
    assert measured["ECE answerable"] == pytest.approx((0.1 + 0.3 + 0.2) / 3)


def test_what_a_set_has_none_of_is_not_measured() -> None:
    """Without unanswerable questions there is no refusal rate, AUROC or false answer; without any there is nothing."""
    measured = figures([Outcome(HERON, ("heron",), answer(0.2))])

    assert measured["success@1"] == 1.0
    for name in ("refusal rate", "AUROC", "answered wrongly at 90 %", "ECE", "ECE answerable"):
        assert measured[name] is None
    assert set(figures([]).values()) == {0, None}


@pytest.mark.parametrize(
    ("asked", "evidence", "cases"),
    [
        (question("de", articles=("heron",), gold="x"), {"de", "en"}, ("same",)),
        (question("de", articles=("heron",), gold="x"), {"en"}, ("other",)),
        (question("de", articles=("gone",), gold="x"), set(), ()),
        (question("de"), set(), ("same", "other")),
    ],
)
def test_a_case_is_told_by_the_languages_of_the_evidence(
    asked: LabelledQuestion, evidence: set[str], cases: tuple[str, ...]
) -> None:
    """Any right article in the question's language makes it the same; what has no answer counts against both."""
    assert Outcome(asked, (), answer(0.5), frozenset(evidence)).cases == cases


def test_a_report_has_figures_pooled_by_language_and_by_case() -> None:
    """One English question with its evidence in English, one German one with it in Russian, one without answer."""
    outcomes = [
        Outcome(HERON, ("heron",), answer(0.9, ("heron", "The Heron.")), frozenset({"en"})),
        Outcome(question("de", articles=("h",), gold="Heron"), ("x", "h"), answer(0.3), frozenset({"ru"})),
        Outcome(question("de"), (), answer(0.6, ("h", "Heron"))),
    ]

    measured = report("birds", outcomes)

    assert measured["dataset"] == "birds"
    assert measured["pooled"]["success@1"] == 0.5
    assert list(measured["languages"]) == ["de", "en"]
    assert measured["languages"]["de"]["refusal rate"] == 0.0
    assert (measured["cases"]["same"]["AUROC"], measured["cases"]["other"]["AUROC"]) == (1.0, 0.0)
    assert measured["cases"]["same"]["questions"] == 2
    assert measured["cases"]["same"]["ECE"] is None
    assert measured["answers"][1] == {
        "id": "q",
        "language": "de",
        "cases": ["other"],
        "answerable": True,
        "answered": False,
        "confidence": 0.3,
        "right": False,
        "first_right": False,
        "rank": 2,
    }


def test_a_case_without_answerable_questions_has_no_figures() -> None:
    """Nothing but negatives is no case."""
    measured = report("x", [Outcome(HERON, (), answer(0.9), frozenset({"en"})), Outcome(NOBODY, (), answer(0.1))])

    assert list(measured["cases"]) == ["same"]


def test_asking_finds_the_languages_of_the_right_articles() -> None:
    """Those that are in the archive; what is not there any more has none."""
    asked = question("be", articles=(BRIDGE_DE.article_id, TRAM.article_id, "gone"), gold="6,4")
    english = LabelledQuestion(
        "b",
        "How many cars are expected to cross it every day?",
        "en",
        True,
        frozenset({BRIDGE.article_id}),
        ("9,400",),
    )

    foreign, own = ask_all(FakeAnswerer(), [asked, english])

    assert foreign.evidence_languages == {"de", "ru"}
    assert (own.cases, own.ranked[0], own.right) == (("same",), BRIDGE.article_id, True)
