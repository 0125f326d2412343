"""Answers and progress as a person sees them in a terminal."""

import io
import itertools
import re
from dataclasses import replace

import pytest
from fakes import BRIDGE, CRANES, HOSTILE, CopiesAnswerer, FakeAnswerer
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal import Page, render_answer, render_hits, render_report
from bot.terminal_explanation import render_explanation
from bot.terminal_progress import ProgressBar, ProgressLines, watch
from bot.terminal_text import display_width, one_line, printable, wrap
from index.records import Filters, IndexReport, Skipped
from qa.phrases_support import older_mark

ESCAPES = re.compile("\x1b\\[[0-9;]*m")
QUESTION = "How much did the harbour bridge of Port Elling cost?"


@given(st.text(), st.integers(10, 120))
def test_wrapping_loses_and_adds_nothing_but_white_space(text: str, width: int) -> None:
    """Whatever is wrapped, its characters stay, in their order."""
    clean = printable(text)

    lines = wrap(clean, width, "  ")

    assert "".join("".join(lines).split()) == "".join(clean.split())


@given(st.text("абвгд efgh 新图书馆，。", max_size=300), st.integers(30, 80))
def test_lines_fit_the_width_in_every_script(text: str, width: int) -> None:
    """A line that could be broken is never wider than the terminal; a wide character takes two columns."""
    for line in wrap(text, width, "  "):
        breakable = len(line.split()) > 1 or any(char in "新图书馆" for char in line.strip()[:-1])
        assert display_width(line) <= width + 2 or not breakable


def test_wide_characters_take_two_columns() -> None:
    """Chinese is broken between its characters, and never before a full stop."""
    assert wrap("云溪市新图书馆。开", 14) == ["云溪市新图书", "馆。开"]
    assert wrap("云溪市新图书。开馆", 12) == ["云溪市新图", "书。开馆"]


def test_an_address_stays_whole() -> None:
    """A word that is wider than the line is not broken, so that it can be copied."""
    address = "https://news.example/a/very/long/address"

    assert wrap(f"see {address} now", 20) == ["see", address, "now"]


@given(st.text(st.characters(categories=["Cc", "Cf", "Lu", "Zs", "Cs", "Zl", "Zp"])))
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    """Escape sequences and marks of direction never reach the terminal from an article."""
    left = printable(text)

    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", left)
    assert "\n" not in one_line(text)


def test_an_answer_shows_its_sources() -> None:
    """Each citation is shown with its number, title, source, date, language and address."""
    shown = render_answer(FakeAnswerer().ask(QUESTION), Page(100))

    assert "[1] Harbour bridge of Port Elling opens after four years" in shown
    assert "    Elling Courier · 2024-03-03 09:30 · en\n    https://news.example/en/bridge\n" in shown
    assert "confidence 93%" in shown


def test_copies_of_a_story_are_named_under_its_source() -> None:
    """Each copy is named with its language, few of many, and one without a source by its title."""
    answer = CopiesAnswerer().ask(QUESTION)
    first = answer.citations[0]
    nameless = replace(first.copies[1], source=None)
    many = replace(first, copies=(*first.copies[:1], *[nameless] * 1234))

    assert "    also told by: Ellinger Bote (de), Зуеўскі веснік (be), <u>Source</u> (en)\n" in render_answer(
        answer, Page(100)
    )
    shown = " ".join(render_answer(replace(answer, citations=(many,)), Page(100)).split())
    assert f"{CRANES.title} (be) and 1,230 more" in shown


@pytest.mark.parametrize("question", [QUESTION, "Сколько стоил harbour bridge of Port Elling?"])
def test_an_older_figure_is_marked_once(question: str) -> None:
    """Where the text does not say that a figure is older, its source does, in the question's language."""
    answer = CopiesAnswerer().ask(question)
    mark = older_mark(None, answer.language)
    said = replace(answer, text=f"{answer.text} ({mark})")

    shown = render_answer(answer, Page(1000))
    assert shown.index(mark) > shown.index(f"[2] {answer.citations[1].title}")
    assert shown.count(mark) == render_answer(said, Page(1000)).count(mark) == 1


def test_what_needed_no_search_has_no_confidence() -> None:
    """A reply to a greeting does not say how sure it is; a refusal does."""
    refusal = FakeAnswerer().ask("Who?")
    greeting = replace(refusal, text="Hello!", nearest=(), searched=None, as_of=None)

    assert render_answer(greeting, Page()) == "Hello!\n\n1 ms"
    assert "confidence 8%" in render_answer(refusal, Page())


def test_the_day_whose_knowledge_was_asked_for_is_named() -> None:
    """An answer under --as-of does not claim that the archive ends there."""
    assert "archive up to 2024-10-20" in render_answer(FakeAnswerer().ask(QUESTION), Page())
    past = render_answer(FakeAnswerer().ask(QUESTION, Filters(as_of="2024-03-05")), Page())
    assert "as known on 2024-03-05" in past
    assert "archive up to" not in past


def test_an_explanation_tells_every_step() -> None:
    """The question as understood, candidates, sentences, what carried weight and the time it took are shown."""
    answer = FakeAnswerer().ask(QUESTION, explain=True)

    shown = render_explanation(answer, Page(120))

    assert f"    text: {QUESTION}\n    language: en\n    wants: number\n" in shown
    assert "    period: “in 2024” is 2024-01-01 to …\n" in shown
    table = shown[shown.index("Candidates") : shown.index("Sentences")].split("\n")
    assert table[1].split() == "score cosine sentence reading words names story lang published article".split()
    assert table[2].split() == ["5", "0.5", "0.25", "-1.5", "5", "0", "1", "en", "2024-03-03", BRIDGE.article_id]
    assert {row.split()[3] for row in table[3:] if row} == {"-"}
    first = answer.citations[0]
    assert f"    0.75  {first.article_id} {first.start}-{first.end} [1]\n        cosine 0.5, numbers 1\n" in shown
    assert "    probability 0.93, needed 0.5 (same language)\n" in shown
    weighed = shown[shown.index("log odds") : shown.index("Milliseconds")]
    assert weighed.split() == "log odds value feature -2.00 1 other language +1.50 0.75 likely".split()
    assert shown.endswith("Milliseconds\n    total 1")


def test_an_explanation_tells_how_a_follow_up_was_read() -> None:
    """What the question was read as is said where it is not the question's own text; a step not taken is left out."""
    answer = replace(FakeAnswerer().ask(QUESTION), read_as="The whole question?", explanation={"question": {}})

    assert render_explanation(answer, Page()).split("\n")[2:5] == [
        "The question as it was understood",
        "    read as: The whole question?",
        "",
    ]
    assert "Candidates" not in render_explanation(answer, Page())


def test_a_quotation_that_the_text_holds_is_not_said_twice() -> None:
    """An answer made of quotations shows each one once; one that retells them shows them below."""
    answer = FakeAnswerer().ask(QUESTION)
    quote = answer.citations[0].quote
    retold = type(answer)(**{name: getattr(answer, name) for name in answer.__slots__} | {"text": "Retold [1] [2]."})

    assert render_answer(answer, Page(1000)).count(quote) == 1
    assert f"“{quote}”" in render_answer(retold, Page(1000))


def test_a_refusal_shows_what_is_nearest() -> None:
    """Without an answer the nearest articles are shown, and marked as no more than that."""
    shown = render_answer(FakeAnswerer().ask("Who?"), Page(80))

    assert shown.startswith("The archive does not answer this question.")
    assert "Nearest in the archive:" in shown
    assert BRIDGE.title in shown


def test_plain_pages_have_no_styles_and_styled_ones_the_same_text() -> None:
    """Bold and dim type add nothing but escape sequences, and only where they are wanted."""
    answer = FakeAnswerer().ask(QUESTION)
    plain, styled = render_answer(answer, Page(60)), render_answer(answer, Page(60, styled=True))

    assert "\x1b" not in plain
    assert ESCAPES.sub("", styled) == plain
    assert styled != plain


def test_a_hostile_article_stays_text() -> None:
    """An article with escape sequences in every field changes nothing but what is read."""
    escape = "\x1b]0;owned\x07\x9b2J\u202e"
    fields = {name: getattr(HOSTILE, name) for name in ("article_id", "title", "source", "url", "published")}
    article = type(HOSTILE)(
        text=f"A zebra{escape} escaped.", language="en", **{k: f"{v}{escape}" for k, v in fields.items()}
    )
    answerer = FakeAnswerer([article])

    for shown in (
        render_answer(answerer.ask("A zebra escaped, they say?"), Page(80)),
        render_explanation(answerer.ask("A zebra escaped, they say?", explain=True), Page(80)),
        render_hits(answerer.search("zebra"), Page(80)),
    ):
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown)


def test_no_hits_is_said() -> None:
    """A search that finds nothing says so."""
    assert render_hits(FakeAnswerer([]).search("anything"), Page()) == "Nothing found."


def test_a_report_gives_every_reason() -> None:
    """What was skipped is listed with its reason, on a line of its own."""
    report = IndexReport(added=1200, skipped=[Skipped("a\n.html", "empty"), Skipped("b.txt", "no text")], seconds=1.26)

    shown = render_report(report, Page(120))

    assert "1,200 added" in shown
    assert shown.splitlines()[-2:] == ["  a .html: empty", "  b.txt: no text"]


def test_plain_progress_says_begin_middle_and_end() -> None:
    """Without a terminal there is a line at the beginning, one every few seconds, and one at the end."""
    stream = io.StringIO()
    seconds = itertools.count(step=2.0)
    progress = ProgressLines(stream, clock=lambda: next(seconds))

    progress.stage("Embedding", 1000)
    for _ in range(4):
        progress.advance(250)
    progress.done()

    assert stream.getvalue().splitlines() == [
        "Embedding: 1,000",
        "Embedding: 750 of 1,000 (75%)",
        "Embedding: 1,000 done in 10.0 s",
    ]


def test_a_new_stage_ends_the_one_before() -> None:
    """No stage is left without its last line, and ending twice says nothing twice."""
    stream = io.StringIO()
    progress = ProgressLines(stream, clock=lambda: 0.0)

    progress.stage("Reading", None)
    progress.stage("Writing", None)
    progress.done()
    progress.done()

    assert stream.getvalue().splitlines() == [
        "Reading", "Reading: done in 0.0 s", "Writing", "Writing: done in 0.0 s",
    ]  # fmt: skip


class FakeTerminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """Say so."""
        return True


def test_a_terminal_gets_a_bar() -> None:
    """In a terminal progress is a bar with its label and percentage."""
    terminal = FakeTerminal()

    progress = watch(terminal)
    progress.stage("Embedding", 4)
    progress.advance(4)
    progress.done()
    progress.advance()

    assert isinstance(progress, ProgressBar)
    assert "Embedding: 100%" in terminal.getvalue()


def test_other_streams_get_lines() -> None:
    """Where nobody watches there is no bar."""
    assert isinstance(watch(io.StringIO()), ProgressLines)
