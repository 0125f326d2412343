"""What a quotation spans, and the order of several."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Article, Span
from index.search import Candidate
from index.sentences import split_sentences
from qa.compose import MAX_QUOTES, Quote, arrange_quotes, draft_answer
from qa.evidence import Evidence, gather_evidence
from qa.question import understand
from tests.candidates import BY_COSINE, candidate, quote_texts, quoted
from tests.news import BRIDGE, ORCHARD, PARK, THEATRE

CLOSED = "The old bridge over the Lesna in Zarechye was closed on Monday."
BEAMS = "Engineers found cracks in 14 of its 60 beams."
# A sentence, and one that is not understood without it.
REFERRING = {
    "be": ("Мост у Лодне закрылі.", "Ён быў пабудаваны ў 1962 годзе."),
    "ru": ("Мост в Лодне закрыли.", "Он был построен в 1962 году."),
    "en": ("The bridge in Lodna was closed.", "It was built in 1962."),
    "de": ("Die Brücke in Lodna wurde gesperrt.", "Sie wurde 1962 gebaut."),
    "pl": ("Zamknięto kładkę w Lodnie.", "Ta została zbudowana w 1962 roku."),
    "es": ("Cerraron el puente de Lodna.", "Este fue construido en 1962."),
    "zh": ("洛德纳大桥已关闭。", "该桥建于1962年。"),
}


def _article(name: str, text: str, language: str = "en") -> Article:
    return Article(name, text, language=language)


def _evidence(*candidates: Candidate) -> list[Evidence]:
    return gather_evidence(understand("What?"), list(candidates))


def test_sentences_in_a_row_are_one_quotation() -> None:
    """It is a slice of the article too, with the space between them as it stands there."""
    assert quoted([candidate(BRIDGE, [0.8, 0.9, 0.0])]) == [f"{CLOSED} {BEAMS}"]
    assert quoted([candidate(BRIDGE, [0.9, 0.8, 0.85])]) == [BRIDGE.text]


def test_an_article_is_quoted_in_reading_order() -> None:
    """A later sentence may be likelier; who reads them wants to read on."""
    assert quoted([candidate(BRIDGE, [0.8, 0.0, 0.9])]) == [
        CLOSED,
        "Repairs will cost 3.2 million roubles, the mayor Anton Veras said.",
    ]


@pytest.mark.parametrize("gap", ["\n", "\n\n", " \n "])
def test_sentences_of_two_paragraphs_stay_two_quotations(gap: str) -> None:
    """Each with the number of its own."""
    article = _article("a", f"The bridge is closed.{gap}Trains run to Lodna.")
    assert quoted([candidate(article, [0.8, 0.9])]) == ["The bridge is closed.", "Trains run to Lodna."]


def test_sentences_of_two_passages_stay_two_quotations() -> None:
    """A quotation lies within one passage, which the citation shows around it."""
    passages = [candidate(BRIDGE, [0.8], last=1), candidate(BRIDGE, [0.9, 0.0], first=1)]
    quotes = draft_answer(understand("What?"), passages, BY_COSINE).quotes
    assert quote_texts(quotes) == [CLOSED, BEAMS]
    assert [quote.candidate for quote in quotes] == passages


def test_the_likeliest_article_comes_first() -> None:
    """Whichever was found first; the sentences of one article stand together."""
    bridge, orchard = candidate(BRIDGE, [0.8, 0.0, 0.85]), candidate(ORCHARD, [0.9, 0.0, 0.0])
    evidence = {each.text: each for each in _evidence(bridge, orchard)}
    first, _, last = (span for span in bridge.row.passage.sentences)
    pears = orchard.row.passage.sentences[0]
    chosen = [
        evidence[each.article.text[span.start : span.end]]
        for each, span in ((orchard, pears), (bridge, last), (bridge, first))
    ]
    assert arrange_quotes(chosen) == (
        Quote(orchard, pears.start, pears.end),
        Quote(bridge, first.start, first.end),
        Quote(bridge, last.start, last.end),
    )


def test_of_too_many_quotations_those_with_the_likeliest_sentences_stay() -> None:
    """In reading order all the same."""
    text = "\n".join(f"Bridge number {number} is closed." for number in "ABCDE")
    evidence = _evidence(candidate(_article("a", text)))
    quotes = arrange_quotes([evidence[at] for at in (4, 2, 0, 1)])
    assert len(quotes) == MAX_QUOTES
    assert quote_texts(quotes) == [evidence[at].text for at in (0, 2, 4)]


@pytest.mark.parametrize("language", REFERRING)
@pytest.mark.parametrize("gap", ["", "\n", "\n\n"])
def test_a_pronoun_brings_the_sentence_before_it_along(language: str, gap: str) -> None:
    """What it stands for is said there, be it in the paragraph before."""
    before, referring = REFERRING[language]
    gap = gap or ("" if language == "zh" else " ")
    article = _article("a", f"{before}{gap}{referring}", language)
    assert quoted([candidate(article, [0.0, 0.9])]) == [article.text]


def test_a_pronoun_that_begins_a_passage_brings_nothing_along() -> None:
    """What stands before it was not found."""
    article = _article("a", "The bridge is closed. It was built in 1962.")
    assert quoted([candidate(article, [0.9], first=1)]) == ["It was built in 1962."]


def test_only_the_sentence_right_before_is_brought_along() -> None:
    """Though it begins with a pronoun itself: a quotation does not grow to its article's beginning."""
    article = _article("a", "The bridge is closed. It was built in 1962. It cost 40 crowns.")
    assert quoted([candidate(article, [0.0, 0.0, 0.9])]) == ["It was built in 1962. It cost 40 crowns."]


@pytest.mark.parametrize("cosines", [(0.0, 0.8, 0.9), (0.85, 0.8, 0.9), (0.85, 0.0, 0.9)])
@pytest.mark.parametrize("gap", [" ", "\n", "\n\n"])
def test_what_is_brought_along_is_not_quoted_twice(gap: str, cosines: Sequence[float]) -> None:
    """Where the sentence before is likely itself, alone or at the end of another quotation."""
    article = _article("a", f"The weir leaks. The bridge is closed.{gap}It was built in 1962.")
    said = "\n".join(quoted([candidate(article, cosines)]))
    assert said.count("The bridge is closed.") == said.count("It was built in 1962.") == 1
    assert said.count("The weir leaks.") == (cosines[0] > 0)


WORDS = st.sampled_from(["It leaks.", "They sail.", "The ferry sails.", "Lodna celebrates.", "This is new."])


@given(
    st.lists(
        st.tuples(WORDS, st.sampled_from([" ", "\n", "\n\n"]), st.sampled_from([0.0, 0.7, 0.8, 0.9])),
        min_size=1,
        max_size=8,
    )
)
def test_quotations_are_slices_that_do_not_overlap(written: list[tuple[str, str, float]]) -> None:
    """Whatever sentences are chosen, in reading order and within their passage."""
    # Numbers keep the sentences apart.
    text = "".join(f"{words[:-1]} {at}.{gap}" for at, (words, gap, _) in enumerate(written)).strip()
    passage = candidate(_article("a", text), [cosine for *_, cosine in written])
    quotes = draft_answer(understand("What?"), [passage], BY_COSINE).quotes
    assert 1 <= len(quotes) <= MAX_QUOTES
    starts, ends = ({getattr(span, end) for span in split_sentences(text, "en")} for end in ("start", "end"))
    for quote in quotes:
        assert quote.start < quote.end
        assert quote.start in starts
        assert quote.end in ends
    assert all(first.end <= second.start for first, second in combinations(quotes, 2))


def test_a_passage_that_does_not_begin_its_article_keeps_its_offsets() -> None:
    """Spans count from the article's start, not from the passage's."""
    passage = candidate(BRIDGE, [0.1, 0.9], first=1)
    (quote,) = draft_answer(understand("How much?"), [passage], BY_COSINE).quotes
    assert Span(quote.start, quote.end) == split_sentences(BRIDGE.text, "en")[2]


def test_articles_of_any_language_are_quoted_side_by_side() -> None:
    """One quotation of each, the likeliest first."""
    many = [candidate(BRIDGE, [0.7]), candidate(PARK, [0.0, 0.9]), candidate(THEATRE, [0.8])]
    assert quoted(many) == [
        "公园里种了三千棵树，面积为12公顷。",
        "Театр в Заречье открыл сезон премьерой.",
        CLOSED,
    ]
