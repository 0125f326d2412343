"""Citations, and the text of an answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pytest

from index.centre import OTHER, LanguageMeans
from index.records import Article
from index.search import Candidate
from qa.citing import Statement, cite, say_read_as, state_quotes, state_timeline
from qa.compose import Quote
from qa.phrases import read_as_line
from qa.phrases_support import PHRASES, disagreement_line, older_mark, support_line
from qa.question import understand
from qa.records import Copy, Support, TimelineEntry
from tests.candidates import VECTOR, candidate
from tests.news import BRIDGE, ORCHARD, PARK, THEATRE, UNDATED

NO_MEANS = LanguageMeans((OTHER,), *(np.zeros((1, len(VECTOR)), np.float32) for _ in range(3)))
BEDS = "How many beds does the clinic in Lodna have?"


def _clinic(name: str, beds: int, published: str | None) -> Article:
    text = f"The clinic in Lodna has {beds} beds. Patients are pleased."
    return Article(name, text, f"Clinic {name}", published=published, language="en", source="Lodna Post")


OLD, NEW = _clinic("old", 204, "2024-05-01"), _clinic("new", 240, "2024-06-02")


def _quote(passage: Candidate, first: int = 0, last: int | None = None) -> Quote:
    """Quote some sentences of a passage, the first unless given."""
    sentences = passage.row.passage.sentences[first : first + 1 if last is None else last]
    return Quote(passage, sentences[0].start, sentences[-1].end)


def _state(question: str, articles: Sequence[Article], stories: Mapping[str, int] | None = None) -> Statement:
    """Answer with the first sentence of each article."""
    found = [candidate(article) for article in articles]
    return state_quotes(understand(question), [_quote(each) for each in found], found, stories or {}, NO_MEANS)


def test_a_citation_is_a_slice_of_its_article_with_all_that_is_known_of_it() -> None:
    """Numbers count from 1, in the order of the quotations."""
    found = [candidate(BRIDGE, score=2.0), candidate(PARK, score=1.5)]
    quotes = [_quote(found[1], 1), _quote(found[0], 1, 3), _quote(found[1])]
    citations = cite(quotes, found, {})
    assert [each.number for each in citations] == [1, 2, 3]
    for citation, quote in zip(citations, quotes, strict=True):
        article = quote.candidate.article
        assert citation.quote == article.text[citation.start : citation.end] != ""
        assert (citation.start, citation.end) == (quote.start, quote.end)
        assert citation.passage == quote.candidate.row.passage.text
        assert citation.quote in citation.passage
        assert citation.score == quote.candidate.score
        assert (citation.article_id, citation.title, citation.url) == (article.article_id, article.title, article.url)
        assert citation.published == article.published
        assert (citation.language, citation.source) == (article.language, article.source)
        assert (citation.older, citation.copies) == (False, ())


def test_nothing_quoted_is_nothing_cited() -> None:
    """Whatever was found."""
    assert cite([], [candidate(BRIDGE)], {}) == ()


def test_copies_are_the_other_tellings_that_were_found() -> None:
    """As the stories have them, earliest first; not those of other stories, nor what was not found."""
    found = [candidate(each) for each in (BRIDGE, ORCHARD, THEATRE, PARK, BRIDGE)]
    stories = {
        UNDATED.article_id: 0,
        THEATRE.article_id: 0,
        BRIDGE.article_id: 0,
        ORCHARD.article_id: 1,
        PARK.article_id: 0,
    }
    first, second = cite([_quote(found[0]), _quote(found[1])], iter(found), stories)
    assert first.copies == tuple(
        Copy(each.article_id, each.title, each.url, each.published, each.language, each.source)
        for each in (THEATRE, PARK)
    )
    assert second.copies == ()


@pytest.mark.parametrize(
    "question",
    [
        "Што вядома пра мост у Зарэччы?",
        "Что известно о мосте в Заречье?",
        "What is known of the bridge in Zarechye?",
        "Was weiß man über die Brücke in Saretschje?",
        "Co wiadomo o moście w Zarzeczu?",
        "¿Qué se sabe del puente de Zarechie?",
        "关于扎列奇耶大桥有哪些消息？",
    ],
)
def test_each_quotation_has_a_line_with_its_number_and_what_it_rests_on_follows(question: str) -> None:
    """Word for word, in the question's language whatever the articles' is."""
    statement = _state(question, [BRIDGE, THEATRE, ORCHARD])
    lines = statement.text.splitlines()
    assert lines[:-1] == [f"“{each.quote}” [{each.number}]" for each in statement.citations]
    assert [int(number) for number in re.findall(r"” \[(\d+)\]", statement.text)] == [1, 2, 3]
    assert lines[-1] == support_line(Support(3, ("en", "ru", "de")), understand(question).language)
    assert statement.support == Support(3, ("en", "ru", "de"))
    assert statement.timeline == ()


def test_one_story_is_counted_once() -> None:
    """However many of its tellings are quoted."""
    stories = {BRIDGE.article_id: 0, THEATRE.article_id: 0, ORCHARD.article_id: 1}
    assert _state("What?", [BRIDGE, THEATRE, ORCHARD], stories).support == Support(2, ("en", "ru", "de"))


def test_where_quotations_disagree_the_newest_comes_first() -> None:
    """Numbered anew; the older one is marked with its day, and a line says that they disagree."""
    statement = _state(BEDS, [OLD, NEW])
    assert [(each.number, each.article_id, each.older) for each in statement.citations] == [
        (1, "new", False),
        (2, "old", True),
    ]
    assert statement.text.splitlines() == [
        "“The clinic in Lodna has 240 beds.” [1]",
        f"“The clinic in Lodna has 204 beds.” [2] ({older_mark('2024-05-01', 'en')})",
        disagreement_line("en", ordered=True),
        support_line(Support(2, ("en",)), "en"),
    ]
    assert "1 May 2024" in statement.text


def test_copies_stay_with_their_citation_where_the_order_changes() -> None:
    """Those of the newest are not the older one's."""
    reprint = _clinic("reprint", 204, "2024-05-02")
    found = [candidate(each) for each in (OLD, NEW, reprint)]
    quotes = [_quote(each) for each in found[:2]]
    stories = {"old": 0, "reprint": 0, "new": 1}
    newest, older = state_quotes(understand(BEDS), quotes, found, stories, NO_MEANS).citations
    assert (newest.article_id, newest.copies) == ("new", ())
    assert (older.article_id, [copy.article_id for copy in older.copies]) == ("old", ["reprint"])


def test_figures_of_unknown_time_disagree_too() -> None:
    """None of them is called the older one, or the newest."""
    statement = _state(BEDS, [_clinic("a", 204, None), _clinic("b", 240, None)])
    assert [each.article_id for each in statement.citations] == ["a", "b"]
    assert not any(each.older for each in statement.citations)
    assert statement.text.splitlines()[2] == disagreement_line("en", ordered=False)


@pytest.mark.parametrize(
    ("question", "articles"),
    [
        (BEDS, [OLD, _clinic("same", 204, "2024-06-02")]),
        ("What pleases the patients of the clinic in Lodna?", [OLD, NEW]),
        (BEDS, [OLD]),
    ],
)
def test_where_nothing_disagrees_the_order_stays(question: str, articles: list[Article]) -> None:
    """The likeliest first, and not a word about it."""
    statement = _state(question, articles)
    assert [each.article_id for each in statement.citations] == [each.article_id for each in articles]
    assert len(statement.text.splitlines()) == len(articles) + 1


def test_sentences_that_are_not_alike_do_not_disagree() -> None:
    """Their vectors tell, centred as the store's means say."""
    found = [candidate(OLD), candidate(NEW, vectors=[(0.0, 1.0, 0.0)])]
    statement = state_quotes(understand(BEDS), [_quote(each) for each in found], found, {}, NO_MEANS)
    assert [each.article_id for each in statement.citations] == ["old", "new"]


@pytest.mark.parametrize(
    ("question", "march", "second"),
    [
        ("Што здарылася з мостам у Лодне?", "сакавік 2024", "2 лістапада 2024"),
        ("Что случилось с мостом в Лодне?", "март 2024", "2 ноября 2024"),
        ("What happened to the bridge in Lodna?", "March 2024", "2 November 2024"),
        ("Was ist mit der Brücke in Lodna passiert?", "März 2024", "2. November 2024"),
        ("Co się stało z mostem w Lodnie?", "marzec 2024", "2 listopada 2024"),
        ("¿Qué pasó con el puente de Lodna?", "marzo de 2024", "2 de noviembre de 2024"),
        ("洛德纳大桥发生了什么？", "2024年3月", "2024年11月2日"),
    ],
)
def test_a_timeline_has_a_line_for_each_step_with_its_day(question: str, march: str, second: str) -> None:
    """As exact as the day is known, in the question's language; its entries point to the citations."""
    found = [candidate(BRIDGE), candidate(THEATRE)]
    asked = understand(question)
    dated = [("2024-03", _quote(found[1])), ("2024-11-02", _quote(found[0]))]
    statement = state_timeline(asked, dated, found, {})
    first, last, rests = statement.text.splitlines()
    assert statement.timeline == (TimelineEntry("2024-03", 1), TimelineEntry("2024-11-02", 2))
    assert [each.article_id for each in statement.citations] == [THEATRE.article_id, BRIDGE.article_id]
    assert first.startswith(march)
    assert first.endswith(f": “{statement.citations[0].quote}” [1]")
    assert last.startswith(second)
    assert last.endswith(f": “{statement.citations[1].quote}” [2]")
    assert rests == support_line(Support(2, ("ru", "en")), asked.language)


def test_a_timeline_lists_copies_and_counts_stories() -> None:
    """As other answers do."""
    found = [candidate(each) for each in (BRIDGE, THEATRE, ORCHARD)]
    stories = {BRIDGE.article_id: 0, ORCHARD.article_id: 0, THEATRE.article_id: 1}
    dated = [("2021-03-05", _quote(found[0])), ("2021-03-06", _quote(found[0], 1))]
    statement = state_timeline(understand("What happened?"), dated, found, stories)
    assert statement.support == Support(1, ("en",))
    assert [[copy.article_id for copy in each.copies] for each in statement.citations] == [[ORCHARD.article_id]] * 2


@pytest.mark.parametrize("language", [*PHRASES, "und"])
def test_how_a_follow_up_was_read_stands_before_the_answer(language: str) -> None:
    """On a line of its own, in the question's language; nothing stands there where it was read as it is."""
    said = say_read_as("“It leaks.” [1]", "Why does the bridge in Lodna leak?", language)
    first, second = said.splitlines()
    assert first == read_as_line("Why does the bridge in Lodna leak?", language)
    assert "Why does the bridge in Lodna leak?" in first
    assert second == "“It leaks.” [1]"
    assert say_read_as("“It leaks.” [1]", None, language) == "“It leaks.” [1]"
