"""Answers taken apart into paragraphs and quotations: nothing is lost, nothing is said twice."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer_parts import Quoted, text_parts
from tests.answer_texts import ANSWER, ONE, TEXTS, TWO
from tests.fakes import FakeAnswerer


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("quotations alone", [Quoted(ONE), Quoted(TWO)]),
        ("lines around them", ["Read as: who?", Quoted(ONE), "Between.", Quoted(TWO), "Two sources."]),
        (
            "words in their lines",
            [Quoted(ONE, "3 March:"), Quoted(TWO, "4 March:", "(earlier figure, 4 March)"), "End."],
        ),
        ("numbers without quotations", ["[1] and [2] differ.", Quoted(ONE), Quoted(TWO)]),
        ("one line", [Quoted(ONE, "They say"), Quoted(TWO, "and", "too")]),
        ("one is retold", [Quoted(TWO), "The first is retold [1].", Quoted(ONE)]),
        ("in Chinese", [Quoted(ONE, "3月："), Quoted(TWO, "", "（较早的数字）")]),
    ],
)
def test_a_text_is_taken_apart_in_its_order(text: str, parts: list[str | Quoted]) -> None:
    """Quotations stand apart with what their line says around them; other lines are paragraphs in their places."""
    assert text_parts(replace(ANSWER, text=TEXTS[text])) == parts


def test_a_text_that_retells_is_kept_whole() -> None:
    """The text of another mode comes first and its quotations after it; a refusal's is all there is."""
    retold = replace(ANSWER, text="It cost 212 million [1][2].", mode="generative")
    refusal = FakeAnswerer().ask("Who?")

    assert text_parts(retold) == [retold.text, Quoted(ONE), Quoted(TWO)]
    assert text_parts(refusal) == [refusal.text]


SCRAPS = st.text(st.sampled_from("ab“”[1] 2\n."), max_size=6)


@given(st.tuples(SCRAPS, SCRAPS, SCRAPS), SCRAPS)
def test_every_quotation_comes_once_and_in_order(around: tuple[str, str, str], quote: str) -> None:
    """Whatever stands around the quotations and whatever they say, each comes once."""
    citations = (replace(ONE, quote=quote), replace(TWO, quote="b"))
    text = f"{around[0]}“{quote}” [1]{around[1]}“b” [2]{around[2]}"

    parts = text_parts(replace(ANSWER, text=text, citations=citations))

    assert [part.citation for part in parts if isinstance(part, Quoted)] == list(citations)
