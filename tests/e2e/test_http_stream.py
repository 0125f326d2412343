from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from itertools import islice
from typing import Any

import httpx
import pytest

from bot.http_app import create_app
from bot.http_loading import LoadingAnswerer
from index.errors import StoreLocked, StoreMissing
from index.records import Filters
from qa.answerer import NO_FILTERS, Answerer
from qa.records import Answer
from tests.fakes import FakeAnswerer
from tests.servers import served, wait_for

QUESTION = "How many million crowns did the harbour bridge of Port Elling cost?"
STREAMED = {"question": QUESTION, "stream": True}


@pytest.fixture
def answerer() -> FakeAnswerer:
    """A fresh archive."""
    return FakeAnswerer()


@pytest.fixture
def base(answerer: FakeAnswerer) -> Iterator[str]:
    """The address of a server over that archive."""
    with served(create_app(LoadingAnswerer.loaded(answerer))) as address:
        yield address


def events(text: str) -> list[tuple[str, Any]]:
    """Return the events of a stream."""
    found = []
    for block in text.replace("\r\n", "\n").split("\n\n"):
        fields = dict(line.split(": ", 1) for line in block.splitlines() if not line.startswith(":"))
        if fields:
            found.append((fields["event"], json.loads(fields["data"])))
    return found


def test_a_stream_tells_citations_then_text_then_the_answer(base: str) -> None:
    """The deltas joined are the answer's text, and the last event is what a plain request gets."""
    answer = httpx.post(base + "/v1/ask", json=STREAMED)
    plain = httpx.post(base + "/v1/ask", json={"question": QUESTION}).json()

    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.headers["X-Request-Id"]
    told = events(answer.text)
    names = [name for name, _ in told]
    assert names == ["citations", *["delta"] * (len(names) - 2), "answer"]
    assert len(names) == 4
    assert told[0][1] == plain["citations"]
    assert "".join(data["text"] for name, data in told if name == "delta") == plain["text"]
    assert told[-1][1] == plain


def test_a_stream_may_be_explained_and_be_a_turn_of_a_conversation(base: str, answerer: FakeAnswerer) -> None:
    """`explain`, `as_of` and `conversation_id` do for a stream what they do for a plain request."""
    extra = {"conversation_id": "c", "explain": True, "as_of": "2024-03-03"}
    told = [
        events(httpx.post(base + "/v1/ask", json=STREAMED | extra | {"question": question}).text)
        for question in (QUESTION, "And how many years?")
    ]

    assert told[0][-1][1]["explanation"]["question"]["text"] == QUESTION
    assert told[1][-1][1]["read_as"] == f"{QUESTION} And how many years?"
    assert [filters.as_of for _, filters in answerer.questions] == ["2024-03-03"] * 2


def test_a_streamed_refusal_has_no_citations(base: str) -> None:
    """A refusal streams like an answer."""
    told = events(httpx.post(base + "/v1/ask", json={"question": "Who won?", "stream": True}).text)
    assert told[0] == ("citations", [])
    assert told[-1][1]["answered"] is False


def test_an_error_in_a_stream_is_an_event(base: str, answerer: FakeAnswerer) -> None:
    """Once the stream has begun a failure is an `error` event, without what is the operator's."""
    answerer.error = StoreLocked("/srv/store is locked by process 17")
    [(name, problem)] = events(httpx.post(base + "/v1/ask", json=STREAMED).text)
    assert (name, problem["status"]) == ("error", 503)
    assert "/srv" not in problem["detail"]


def test_what_can_be_refused_at_once_is_no_stream(base: str) -> None:
    """A wrong question is a 422 problem even when a stream was asked for."""
    answer = httpx.post(base + "/v1/ask", json=STREAMED | {"question": " "})
    assert (answer.status_code, answer.headers["Content-Type"]) == (422, "application/problem+json")


def test_a_stream_begins_before_the_answer_is_there() -> None:
    """The headers come at once, the events when the answer is made: nothing in between holds them back."""
    gate = threading.Event()
    with (
        served(create_app(LoadingAnswerer.loaded(GatedAnswerer(gate)))) as base,
        httpx.stream("POST", base + "/v1/ask", json=STREAMED) as answer,
    ):
        assert answer.status_code == 200
        gate.set()
        assert events(answer.read().decode())[-1][0] == "answer"


def test_a_reader_who_leaves_does_no_harm(base: str, answerer: FakeAnswerer) -> None:
    """Streams that are abandoned do not use up the server."""
    answerer.delay_s = 0.2
    for _ in range(6):
        with httpx.stream("POST", base + "/v1/ask", json=STREAMED) as answer:
            assert answer.status_code == 200
    assert httpx.post(base + "/v1/ask", json={"question": QUESTION}, timeout=20).status_code == 200


def test_too_many_waiting_questions_are_told_to_come_back() -> None:
    """One is answered, one waits; the rest get 503 with Retry-After, and health is not affected."""
    gate = threading.Event()
    app = create_app(LoadingAnswerer.loaded(GatedAnswerer(gate)), at_once=1, waiting=1)
    with served(app) as base, httpx.Client(base_url=base, timeout=30) as client, ThreadPoolExecutor(6) as pool:
        asked = [pool.submit(client.post, "/v1/ask", json={"question": "x"}) for _ in range(6)]
        refused = [each.result() for each in islice(as_completed(asked), 4)]
        assert client.get("/readyz").status_code == 200
        gate.set()
        answers = [each.result() for each in asked]

    assert [each.status_code for each in refused] == [503] * 4
    assert all(int(each.headers["Retry-After"]) > 0 for each in refused)
    assert sorted(each.status_code for each in answers) == [200] * 2 + [503] * 4


class GatedAnswerer(FakeAnswerer):
    """Answers once its gate is open."""

    def __init__(self, gate: threading.Event) -> None:
        super().__init__()
        self._gate = gate

    def ask(self, question: str, filters: Filters = NO_FILTERS, **more: Any) -> Answer:
        """Wait, then answer."""
        self._gate.wait(20)
        return super().ask(question, filters, **more)


def test_the_server_is_up_before_the_archive_is_loaded() -> None:
    """While the model loads it is alive and not ready; then it becomes ready by itself."""
    may_load = threading.Event()

    def load() -> Answerer:
        may_load.wait(20)
        return FakeAnswerer()

    with served(create_app(load), wait_until_ready=False) as base:
        assert httpx.get(base + "/healthz").status_code == 200
        assert httpx.get(base + "/").status_code == 200
        for answer in (
            httpx.get(base + "/readyz"),
            httpx.post(base + "/v1/ask", json={"question": "x"}),
            httpx.post(base + "/v1/ask", json=STREAMED),
            httpx.get(base + "/v1/search?q=x"),
            httpx.get(base + "/v1/articles/x"),
        ):
            assert answer.status_code == 503
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert int(answer.headers["Retry-After"]) > 0
        may_load.set()
        wait_for(base + "/readyz")
        assert httpx.post(base + "/v1/ask", json={"question": "x"}).status_code == 200


def test_a_store_that_comes_later_is_found() -> None:
    """What cannot be loaded is tried again, and meanwhile nothing of the reason gets out."""
    tried = []

    def load() -> Answerer:
        tried.append(1)
        if len(tried) < 4:
            raise StoreMissing("no store in /srv/secret: run `vestka index` first")
        return FakeAnswerer()

    loading = LoadingAnswerer(load, retry_s=0.2)
    with served(create_app(loading), wait_until_ready=False) as base:
        early = httpx.get(base + "/readyz")
        assert early.status_code == 503
        assert "secret" not in early.text
        wait_for(base + "/readyz")
    assert len(tried) == 4
