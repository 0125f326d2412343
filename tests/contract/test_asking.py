"""What an answer tells of itself, and how a question is read."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from index.records import Article, Filters
from index.run import index_articles
from index.store import Store
from qa.archive import ArchiveAnswerer, open_answerer
from qa.calibration import load_calibration
from qa.phrases import read_as_line, refusal
from qa.records import Searched, Support, Turn
from qa.smalltalk import small_talk_reply
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES, BRIDGE


@pytest.fixture
def boldness(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer however unsure."""
    monkeypatch.setattr("qa.archive.load_calibration", lambda: replace(load_calibration(), threshold=0.0))


@pytest.fixture
def bold(answerer: ArchiveAnswerer, boldness: None) -> ArchiveAnswerer:
    """An answerer that answers however unsure it is."""
    return answerer


def test_an_answer_says_what_it_rests_on_and_what_was_searched(bold: ArchiveAnswerer) -> None:
    """How many stories, in which languages; how much of the archive, from when to when."""
    answer = bold.ask("How many beams of the old bridge over the Lesna in Zarechye have cracks?")
    assert answer.answered
    assert answer.citations[0].article_id == BRIDGE.article_id
    assert answer.support is not None
    assert answer.support.stories == len({citation.article_id for citation in answer.citations})
    assert answer.searched is not None
    assert (answer.searched.articles, set(answer.searched.languages)) == (5, {"be", "de", "en", "ru", "zh"})
    assert (answer.searched.first_published, answer.searched.last_published) == ("2021-03-05", "2024-05-01")
    assert (answer.read_as, answer.timeline, answer.explanation) == (None, (), None)


def test_a_refusal_says_what_was_searched(answerer: ArchiveAnswerer, monkeypatch: pytest.MonkeyPatch) -> None:
    """It rests on nothing, and names the part of the archive that meets the filters."""
    monkeypatch.setattr("qa.archive.load_calibration", lambda: replace(load_calibration(), threshold=1.1))
    answer = answerer.ask("How many beams have cracks?", Filters(language="en"))
    assert (answer.answered, answer.citations, answer.support) == (False, (), None)
    assert answer.searched == Searched(1, "2021-03-05", "2021-03-05", ("en",))
    assert answer.text == refusal("en", answer.searched, with_hits=True)


@pytest.mark.usefixtures("boldness")
def test_a_copy_is_named_and_not_counted(tmp_path: Path) -> None:
    """What another paper reprinted is one story; the citation lists it."""
    reprint = replace(BRIDGE, article_id="other/bridge", url=None, source="Other News", published="2021-03-06")
    index_articles(tmp_path, [*ARTICLES, reprint], FakeEmbedder())
    store = Store(tmp_path)
    answer = ArchiveAnswerer(store, FakeEmbedder()).ask(
        "How many beams of the bridge have cracks?", Filters(language="en")
    )
    (cited,) = {citation.article_id for citation in answer.citations}
    assert {cited} | {copy.article_id for copy in answer.citations[0].copies} == {BRIDGE.article_id, "other/bridge"}
    assert answer.support == Support(1, ("en",))
    store.close()


def test_what_was_not_known_on_a_day_is_not_found(tmp_path: Path) -> None:
    """Neither what was published or corrected later, nor what has no date; the answer tells the day."""
    corrected = replace(BRIDGE, article_id="corrected", title="Bridge reopened", corrected="2023-02-01")
    index_articles(tmp_path, [*ARTICLES, corrected], FakeEmbedder())
    store = Store(tmp_path)
    answerer = ArchiveAnswerer(store, FakeEmbedder())
    question = "How many beams of the bridge have cracks?"
    for day, known in (
        ("2021-03-04", set()),
        ("2021-03-05", {"news/bridge"}),
        ("2023-01-31", {"news/bridge", "news/orchard", "https://example.org/театр?id=7"}),
        ("2023-02-01", {"news/bridge", "news/orchard", "https://example.org/театр?id=7", "corrected"}),
    ):
        filters = Filters(as_of=day)
        answer = answerer.ask(question, filters)
        assert {hit.article.article_id for hit in answer.nearest} == known
        assert {hit.article.article_id for hit in answerer.search(question, filters=filters).hits} == known
        assert answer.as_of == day
        assert answer.searched is not None
        assert answer.searched.articles == len(known)
    store.close()


def test_yesterday_is_the_day_before_that_of_the_knowledge(answerer: ArchiveAnswerer) -> None:
    """Who asks as of a day asks on that day."""
    answer = answerer.ask("Which bridge was closed yesterday?", Filters(as_of="2021-03-06"), explain=True)
    assert answer.explanation is not None
    (period,) = answer.explanation["question"]["periods"]
    assert (period["start"], period["end"]) == ("2021-03-05", "2021-03-05")


class CountingEmbedder(FakeEmbedder):
    """Counts the queries that it was asked for."""

    queries = 0

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed queries."""
        self.queries += len(texts)
        return super().embed_queries(texts)


def test_an_answerer_that_was_opened_has_embedded_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the model sets up on first use is not waited for by the first who asks."""
    index_articles(tmp_path, ARTICLES, FakeEmbedder())
    embedder = CountingEmbedder()
    monkeypatch.setattr("qa.archive.SentenceTransformerEmbedder", lambda *_: embedder)
    open_answerer(tmp_path)
    assert embedder.queries > 0


@pytest.mark.parametrize(
    ("greeting", "language"),
    [
        ("Прывітанне!", "be"), ("Здравствуйте!", "ru"), ("Hello!", "en"), ("Guten Tag!", "de"), ("Cześć!", "pl"),
        ("¡Hola!", "es"), ("你好！", "zh"),
    ],
)  # fmt: skip
def test_a_greeting_is_returned_and_nothing_is_searched(
    answerer: ArchiveAnswerer, greeting: str, language: str
) -> None:
    """In its language, without citations, hits, or a confidence in anything."""
    answer = answerer.ask(greeting)
    assert answer.text == small_talk_reply(greeting, answer.language) != ""
    assert answer.language == language
    assert (answer.answered, answer.confidence, answer.citations, answer.nearest) == (False, 0.0, (), ())
    assert (answer.searched, answer.support, answer.read_as) == (None, None, None)
    assert answer.timings_ms["total"] >= 0


BEAMS = Turn(
    "How many beams of the old bridge over the Lesna in Zarechye have cracks?",
    "en",
    (BRIDGE.article_id,),
    ("Engineers found cracks in 14 of its 60 beams.",),
)


def test_a_follow_up_is_read_with_the_conversation(bold: ArchiveAnswerer) -> None:
    """The answer says how, before anything else, and is that to the question that was read."""
    asked = "And when was it closed?"
    answer = bold.ask(asked, history=[BEAMS])
    assert answer.question == asked
    assert answer.read_as is not None
    assert "bridge" in answer.read_as
    alone = bold.ask(answer.read_as)
    assert answer.text == f"{read_as_line(answer.read_as, 'en')}\n{alone.text}"
    assert (answer.citations, answer.confidence) == (alone.citations, alone.confidence)


def test_a_question_that_stands_alone_is_read_alone(bold: ArchiveAnswerer) -> None:
    """Whatever was asked before."""
    asked = "Welche Ernte hatten die Obstbauern in Grünfeld?"
    answer, alone = bold.ask(asked, history=[BEAMS]), bold.ask(asked)
    assert answer.read_as is None
    assert (answer.text, answer.citations) == (alone.text, alone.citations)


@pytest.mark.usefixtures("boldness")
def test_what_happened_is_told_in_order_of_time(tmp_path: Path) -> None:
    """Each step with the day that its quotation is about."""
    steps = [
        Article(f"step {at}", text, "The bridge in Lodna", published=day, language="en")
        for at, (day, text) in enumerate(
            [
                ("2024-11-02", "The bridge in Lodna opened to traffic again after eight months of work."),
                ("2024-03-05", "The bridge in Lodna was closed when divers found 37 cracks below the water."),
                ("2024-05-20", "Workers of the bridge in Lodna went on strike over wages of 900 crowns."),
            ]
        )
    ]
    index_articles(tmp_path, steps, FakeEmbedder())
    store = Store(tmp_path)
    answer = ArchiveAnswerer(store, FakeEmbedder()).ask("What happened to the bridge in Lodna?")
    assert [entry.date for entry in answer.timeline] == ["2024-03-05", "2024-05-20", "2024-11-02"]
    assert [entry.number for entry in answer.timeline] == [each.number for each in answer.citations] == [1, 2, 3]
    assert [each.article_id for each in answer.citations] == ["step 1", "step 2", "step 0"]
    assert answer.text.startswith(f"5 March 2024: “{steps[1].text}” [1]\n20 May 2024: ")
    assert answer.support == Support(3, ("en",))
    store.close()


@pytest.mark.parametrize("filters", [Filters(), Filters(since="2030-01-01")])
def test_an_answer_explains_itself_when_asked_to(answerer: ArchiveAnswerer, filters: Filters) -> None:
    """As JSON, with the confidence it gives and the passages that were found; else it does not."""
    question = "How many beams of the bridge have cracks?"
    answer = answerer.ask(question, filters, explain=True)
    assert answer.explanation is not None
    explained = json.loads(json.dumps(answer.explanation, allow_nan=False))
    assert explained["question"]["text"] == question
    assert explained["confidence"]["probability"] == pytest.approx(answer.confidence, abs=1e-4)
    assert explained["confidence"]["threshold"] == load_calibration().threshold
    assert [each["article_id"] for each in explained["candidates"]] == [
        hit.article.article_id for hit in answer.nearest
    ]
    assert answerer.ask(question, filters).explanation is None
