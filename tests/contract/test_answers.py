"""Whatever the articles and the question, quotations are exact."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from index.errors import BadDate, BadQuestion
from index.passages import split_passages
from index.records import Article, Filters
from index.run import index_articles, index_sources
from index.search import Query, find_candidates
from index.store import Store
from qa.answerer import MAX_QUESTION_CHARS
from qa.archive import ArchiveAnswerer
from qa.citing import Statement, state_quotes
from qa.compose import draft_answer
from qa.phrases import refusal
from qa.phrases_support import disagreement_line, older_mark, support_line
from qa.question import understand
from qa.records import Answer, Searched
from qa.smalltalk import small_talk_reply
from qa.voices import find_stories
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES, BRIDGE

SAMPLE = Path(__file__).parents[2] / "index" / "sample"
LANGUAGES = ("be", "ru", "en", "de", "pl", "es", "zh", "und")

# Pieces that are hard to count or to cut: characters outside the basic plane, marks, line ends of all kinds.
PIECES = st.sampled_from(
    [
        "Минск. ", "The bridge has 14 beams. ", "e\u0301\u0327 ", "👩\u200d👩\u200d👧 ", "🇧🇾. ", "公园开放。",
        "三千棵树！", "\n", "\n\n", "\r\n", "\u2028", "«Да», — сказал он. ", "“[1]” ", "[2] ", "\t", "\u00a0",
        "x" * 300, "Dr. A. B. Veras… ", "1 000 000 ", "\u200f", "ß", "𝔘𝔫 ",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(min_size=1, max_size=200), st.lists(PIECES, min_size=1, max_size=25).map("".join))
QUESTIONS = st.one_of(
    st.sampled_from(["How many beams?", "Сколько деревьев?", "公园有多大？", "Wann?", "[1]", "'\"*", "👩‍👩‍👧"]),
    st.text(min_size=1, max_size=60).filter(lambda text: text.strip() != ""),
)


def check_statement(said: Statement | Answer, language: str, store: Store) -> None:
    """Every quotation is a slice of the stored article, lies in its passage, and has its number in the text.

    After the quotations stands what has to be known of them, and nothing else.
    """
    rest = said.text
    for number, citation in enumerate(said.citations, 1):
        article = store.article(citation.article_id).article
        assert 0 <= citation.start < citation.end <= len(article.text)
        assert citation.quote == article.text[citation.start : citation.end]
        assert citation.quote in citation.passage
        assert citation.passage in article.text
        assert citation.number == number
        assert citation.article_id not in {copy.article_id for copy in citation.copies}
        mark = f" ({older_mark(citation.published, language)})" if citation.older else ""
        line = f"“{citation.quote}” [{number}]{mark}\n"
        assert rest.startswith(line)
        rest = rest[len(line) :]
    assert said.support is not None
    assert 1 <= said.support.stories <= len(said.citations)
    assert set(said.support.languages) == {citation.language for citation in said.citations}
    support = support_line(said.support, language)
    disagreements = (f"{disagreement_line(language, ordered=ordered)}\n{support}" for ordered in (True, False))
    assert rest in {support, *disagreements}


def check_answer(answer: Answer, store: Store) -> None:
    """An answer has citations, a refusal has none and says so in the question's language; hits are exact."""
    assert 0 <= answer.confidence <= 1
    assert answer.answered == bool(answer.citations) == (answer.support is not None)
    if answer.searched is None:
        assert (answer.text, answer.answered, answer.nearest) == (
            small_talk_reply(answer.question, answer.language),
            False,
            (),
        )
    elif answer.answered:
        check_statement(answer, answer.language, store)
    else:
        assert answer.text == refusal(answer.language, answer.searched, with_hits=bool(answer.nearest))
    for rank, hit in enumerate(answer.nearest, 1):
        assert hit.rank == rank
        assert hit.article.text[hit.passage.start : hit.passage.end] == hit.passage.text
    assert answer.timings_ms["total"] >= 0


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(TEXTS, st.sampled_from(LANGUAGES), st.text(max_size=30)), min_size=1, max_size=4), QUESTIONS)
@example([("a\0b. \ud800c! " * 3, "en", "\0")], "\ud800 b?")
def test_quotations_are_exact_whatever_the_articles_and_the_question(
    written: list[tuple[str, str, str]], question: str
) -> None:
    """What would be quoted, answered or not, is word for word what the store holds."""
    articles = [Article(f"a/{n}", text, title, language=language) for n, (text, language, title) in enumerate(written)]
    with tempfile.TemporaryDirectory() as folder:
        report = index_articles(Path(folder), articles, FakeEmbedder())
        assert report.added + len(report.skipped) == len(articles)
        if not report.added:
            return
        store = Store(Path(folder))
        answerer = ArchiveAnswerer(store, FakeEmbedder())
        check_answer(answerer.ask(question), store)
        asked = understand(answerer.ask(question).question)
        with store.reading() as reading:
            vector = FakeEmbedder().embed_question(asked.text)
            candidates = find_candidates(reading, Query(asked.text, asked.language, vector), Filters(), 5)
            stories = find_stories(reading, candidates)
            quotes = draft_answer(asked, candidates, stories=stories).quotes
            statement = state_quotes(asked, quotes, candidates, stories, reading.generation.means) if quotes else None
        if statement is not None:
            check_statement(statement, asked.language, store)
        store.close()


def test_passages_and_sentences_of_the_sample_archive_are_slices(tmp_path: Path) -> None:
    """Of every page that comes with the project, as it is read and as it is stored."""
    report = index_sources(tmp_path, [str(SAMPLE)], FakeEmbedder())
    store = Store(tmp_path)
    assert report.added == store.status().articles > 20
    seen = set()
    with store.reading() as reading:
        for (article_id,) in reading.connection.execute("SELECT article_id FROM articles"):
            stored = store.article(article_id)
            article = stored.article
            passages = split_passages(article, FakeEmbedder().count_tokens)
            assert tuple((p.start, p.end) for p in passages) == tuple((s.start, s.end) for s in stored.passages)
            for passage in passages:
                assert passage.text == article.text[passage.start : passage.end] == passage.text.strip() != ""
                for span in passage.sentences:
                    assert passage.start <= span.start < span.end <= passage.end
                    assert article.text[span.start : span.end].strip() == article.text[span.start : span.end]
            seen.add(article.language)
    assert seen >= set(LANGUAGES) - {"und"}
    store.close()


@pytest.mark.parametrize("question", ["", "  \n\t", "\u2003"])
def test_an_empty_question_is_refused(answerer: ArchiveAnswerer, question: str) -> None:
    """Asking and searching alike."""
    for use in (answerer.ask, answerer.search):
        with pytest.raises(BadQuestion, match="empty"):
            use(question)


def test_a_question_may_be_long_but_not_endless(answerer: ArchiveAnswerer) -> None:
    """The limit counts after trimming."""
    assert answerer.ask(f"  {'wo ' * 666}wo  ").question == f"{'wo ' * 666}wo"
    with pytest.raises(BadQuestion, match=f"{MAX_QUESTION_CHARS} are allowed"):
        answerer.ask("x" * (MAX_QUESTION_CHARS + 1))


@pytest.mark.parametrize("day", ["2021", "2021-2-3", "2021-02-30", "yesterday", "20210203", "2021-02-03T10:00", ""])
def test_a_day_that_is_none_is_refused(answerer: ArchiveAnswerer, day: str) -> None:
    """The message names the filter and the form."""
    with pytest.raises(BadDate, match=r"since .* YYYY-MM-DD"):
        answerer.ask("Wann?", Filters(since=day))
    with pytest.raises(BadDate, match=r"until .* YYYY-MM-DD"):
        answerer.search("Wann?", filters=Filters(until=day))
    for use in (answerer.ask, answerer.search):
        with pytest.raises(BadDate, match=r"as_of .* YYYY-MM-DD"):
            use("Wann?", filters=Filters(as_of=day))


def test_filters_that_nothing_meets_give_a_refusal_without_hits(answerer: ArchiveAnswerer) -> None:
    """It does not send anyone to hits that are not there, and repeats the filters."""
    filters = Filters(since="2030-01-01", language="de")
    answer = answerer.ask("How many beams of the bridge have cracks?", filters)
    assert (answer.answered, answer.nearest, answer.citations, answer.confidence) == (False, (), (), 0.0)
    assert answer.searched == Searched(0, None, None, ())
    assert answer.text == refusal("en", answer.searched, with_hits=False)
    assert (answer.filters, answer.as_of, answer.mode) == (filters, "2024-05-01", "extractive")


def test_an_answer_sees_what_was_put_and_removed_through_it(tmp_path: Path) -> None:
    """The answerer that writes is the one that reads, with no restart in between."""
    index_articles(tmp_path, ARTICLES[1:], FakeEmbedder())
    store = Store(tmp_path)
    answerer = ArchiveAnswerer(store, FakeEmbedder())
    question = "How many beams of the old bridge over the Lesna have cracks?"
    assert BRIDGE.article_id not in [hit.article.article_id for hit in answerer.ask(question).nearest]
    assert answerer.put([BRIDGE]).added == 1
    assert answerer.ask(question).nearest[0].article == BRIDGE
    assert answerer.search(question, 1).hits[0].article == BRIDGE
    assert answerer.article(BRIDGE.article_id).article == BRIDGE
    assert answerer.remove([BRIDGE.article_id]).removed == 1
    assert BRIDGE.article_id not in [hit.article.article_id for hit in answerer.ask(question).nearest]
    assert answerer.status().articles == 4
    store.close()


def test_numbers_in_brackets_within_a_quotation_are_left_as_they_are(tmp_path: Path) -> None:
    """Articles may say [7] themselves; the citations' numbers come after the quotation marks."""
    article = Article("a", "The bridge [7] has 14 beams [8].", language="en")
    index_articles(tmp_path, [article], FakeEmbedder())
    store = Store(tmp_path)
    with store.reading() as reading:
        asked = understand("How many beams has the bridge?")
        query = Query(asked.text, asked.language, FakeEmbedder().embed_question(asked.text))
        candidates = find_candidates(reading, query, Filters(), 5)
        quotes = draft_answer(asked, candidates).quotes
        statement = state_quotes(asked, quotes, candidates, {}, reading.generation.means)
    assert re.findall(r"” \[(\d+)\]", statement.text) == ["1"]
    assert statement.citations[0].quote == article.text
    store.close()
