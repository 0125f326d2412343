from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.http_app import create_app
from bot.http_loading import LoadingAnswerer
from index.records import Filters
from tests.fakes import BRIDGE, BRIDGE_DE, FakeAnswerer
from tests.servers import served

QUESTION = "How many million crowns did the harbour bridge cost?"
ADMIN = {"Authorization": "Bearer admin"}
JSON = {"Content-Type": "application/json"}


@pytest.fixture(scope="module")
def archive() -> FakeAnswerer:
    """One archive for this file."""
    return FakeAnswerer()


@pytest.fixture
def answerer(archive: FakeAnswerer) -> Iterator[FakeAnswerer]:
    """That archive, without what other tests asked."""
    archive.questions.clear()
    archive.histories.clear()
    yield archive
    archive.error = None


@pytest.fixture(scope="module")
def client(archive: FakeAnswerer) -> Iterator[httpx.Client]:
    """A client of a server over that archive, with an admin key and open to readers."""
    app = create_app(LoadingAnswerer.loaded(archive), admin_key="admin")
    with served(app) as base, httpx.Client(base_url=base, timeout=20) as connected:
        yield connected


def test_filters_reach_the_answerer(client: httpx.Client, answerer: FakeAnswerer) -> None:
    """Dates, language and source restrict the evidence; the question is trimmed; unknown keys are ignored."""
    days = {"since": "2024-03-04", "until": "2024-03-05", "as_of": "2024-03-06"}
    asked = {"question": f"  {QUESTION}\n", "language": "DE", "source": "Ellinger Bote", "x": 1}
    answer = client.post("/v1/ask", json=asked | days)

    assert answer.status_code == 200
    assert answerer.questions == [
        (QUESTION, Filters(days["since"], days["until"], "de", "Ellinger Bote", "2024-03-06"))
    ]
    assert answer.json()["as_of"] == "2024-03-06"
    assert set(answer.json()["filters"]) == {"since", "until", "language", "source"}


def test_a_conversation_goes_on_under_its_id(client: httpx.Client, answerer: FakeAnswerer) -> None:
    """Questions of one id follow each other; another id, an empty one or none begins with nothing."""
    for number, name in enumerate(["one", "one", "two", None, "", "", "one"]):
        named = {} if name is None else {"conversation_id": name}
        client.post("/v1/ask", json={"question": f"Question {number}?"} | named)

    assert answerer.histories == [[], ["Question 0?"], [], [], [], [], ["Question 0?", "Question 1?"]]


def test_a_follow_up_is_read_with_what_was_said(client: httpx.Client) -> None:
    """The answer says how a follow-up was read, and what it then found."""
    client.post("/v1/ask", json={"question": QUESTION, "conversation_id": "bridge"})

    answer = client.post("/v1/ask", json={"question": "And how many years?", "conversation_id": "bridge"}).json()

    assert answer["answered"] is True
    assert answer["question"] == "And how many years?"
    assert answer["read_as"] == f"{QUESTION} And how many years?"


def test_an_explanation_is_there_when_it_is_asked_for(client: httpx.Client) -> None:
    """`explain` adds the steps of the answer; without it they are left out."""
    explained = client.post("/v1/ask", json={"question": QUESTION, "explain": True}).json()

    assert explained["explanation"]["question"]["text"] == QUESTION
    assert "explanation" not in client.post("/v1/ask", json={"question": QUESTION}).json()


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"question": ""},
        {"question": " \n\t"},
        {"question": "x" * 2001},
        {"question": 5},
        {"question": None},
        {"question": ["x"]},
        {"question": "x", "since": "yesterday"},
        {"question": "x", "since": "2024-02-30"},
        {"question": "x", "until": "20240301"},
        {"question": "x", "until": "２０２４-03-01"},
        {"question": "x", "until": 20240301},
        {"question": "x", "as_of": "yesterday"},
        {"question": "x", "as_of": "2024-02-30"},
        {"question": "x", "as_of": "2024-03-01T10:00"},
        {"question": "x", "as_of": 20240301},
        {"question": "x", "explain": "yes"},
        {"question": "x", "explain": 1},
        {"question": "x", "conversation_id": "x" * 201},
        {"question": "x", "conversation_id": 7},
        {"question": "x", "conversation_id": "\ud800"},
        {"question": "x", "language": "German"},
        {"question": "x", "language": ["de"]},
        {"question": "x", "source": ""},
        {"question": "x", "stream": "yes"},
        {"question": "x", "stream": 1},
        {"question": "\ud800"},
        [],
        "question",
        None,
    ],
)
def test_wrong_questions_are_422(client: httpx.Client, answerer: FakeAnswerer, body: object) -> None:
    """Another length, a wrong type or a wrong date is refused, and never repeated or asked."""
    answer = client.post("/v1/ask", content=json.dumps(body), headers=JSON)

    assert answer.status_code == 422
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["detail"]
    assert "xxxx" not in answer.text
    assert answerer.questions == []


def test_the_longest_question_is_asked(client: httpx.Client, answerer: FakeAnswerer) -> None:
    """2,000 characters after trimming are fine, whatever they weigh in bytes."""
    longest = "жураўлі🌉" * 250
    assert client.post("/v1/ask", json={"question": f" {longest} "}).status_code == 200
    assert len(answerer.questions[0][0]) == 2000


@pytest.mark.parametrize("body", [b"{", b"", b"\xff\xfe", b'{"question":"\xff"}', b"[" * 60_000, b'{"question":NaN'])
def test_broken_json_is_refused(client: httpx.Client, body: bytes) -> None:
    """What is not JSON is 400 or 422 with a reason."""
    answer = client.post("/v1/ask", content=body, headers=JSON)
    assert answer.status_code in {400, 422}
    assert answer.json()["title"] in {"Bad Request", "Unprocessable Entity"}


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
_FIELDS = "question since until language source as_of conversation_id explain other"
_KEYS = st.sampled_from(_FIELDS.split())


@settings(max_examples=60, deadline=None)
@given(
    body=st.binary(max_size=60)
    | st.dictionaries(_KEYS, _VALUES, max_size=5).map(lambda each: json.dumps(each).encode())
)
def test_no_body_is_a_fault_of_the_server(client: httpx.Client, body: bytes) -> None:
    """Whatever is sent, the answer is an answer or a problem of the caller's making."""
    answer = client.post("/v1/ask", content=body, headers=JSON)
    assert answer.status_code in {200, 400, 422}
    assert "X-Request-Id" in answer.headers


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("size", [66_000, 81_000, 300_000, 8_000_000])
def test_an_over_long_body_is_413(client: httpx.Client, size: int, chunked: bool) -> None:
    """Long bodies are refused whether or not they say how long they are, and the server lives on."""
    body = json.dumps({"question": "x" * size}).encode()
    content: Any = (body[at : at + 16_000] for at in range(0, len(body), 16_000)) if chunked else body
    answer = client.post("/v1/ask", content=content, headers=JSON)

    assert answer.status_code == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert client.get("/healthz").status_code == 200


def test_articles_have_a_longer_limit(client: httpx.Client) -> None:
    """An article may be megabytes long, but not more than ten."""
    long = client.put("/v1/articles/long", json={"text": "word " * 1_000_000}, headers=ADMIN)
    assert long.status_code == 201
    too_long = client.put("/v1/articles/long", json={"text": "word " * 2_200_000}, headers=ADMIN)
    assert too_long.status_code == 413
    assert client.delete("/v1/articles/long", headers=ADMIN).status_code == 200


def test_search_returns_hits(client: httpx.Client) -> None:
    """GET /v1/search takes k, the filters and `passages`; wrong values are 422."""
    found = client.get("/v1/search", params={"q": " harbour bridge ", "k": 1, "passages": "true"})
    assert found.json()["query"] == "harbour bridge"
    assert [hit["article_id"] for hit in found.json()["hits"]] == [BRIDGE.article_id]
    german = client.get("/v1/search", params={"q": "bridge", "language": "de"})
    assert [hit["article_id"] for hit in german.json()["hits"]] == [BRIDGE_DE.article_id]
    known = client.get("/v1/search", params={"q": "bridge", "as_of": "2024-03-03"}).json()["hits"]
    assert {hit["published"][:10] > "2024-03-03" for hit in known} == {False}
    assert BRIDGE_DE.article_id not in {hit["article_id"] for hit in known}
    for wrong in (
        {"q": ""},
        {"q": "a", "k": "0"},
        {"q": "a", "k": "many"},
        {"q": "a", "since": "x"},
        {"q": "a", "as_of": "2024-13-01"},
        {},
    ):
        assert client.get("/v1/search", params=wrong).status_code == 422


@pytest.mark.parametrize(
    "article_id",
    [
        "plain",
        "folder/of/pages/1",
        "https://news.example/a?b=c&d#e",
        "with space",
        "100%25",
        "газета/№1",
        "a//b",
    ],
)
def test_an_article_is_put_read_replaced_and_removed(client: httpx.Client, article_id: str) -> None:
    """Any id makes the whole journey, percent-encoded in the address."""
    path = "/v1/articles/" + quote(article_id, safe="")
    record = {"text": "The mill was sold.", "title": "Mill", "published": "2024-05-01", "language": "en"}
    assert client.get(path).status_code == 404

    added = client.put(path, json=record, headers=ADMIN)
    assert (added.status_code, added.json()["added"]) == (201, 1)
    stored = client.get(path).json()
    assert (stored["article_id"], stored["text"], stored["title"]) == (article_id, record["text"], "Mill")
    replaced = client.put(path, json=record | {"text": "It was not sold."}, headers=ADMIN)
    assert (replaced.status_code, replaced.json()["updated"]) == (200, 1)
    assert client.delete(path, headers=ADMIN).json()["removed"] == 1
    assert client.delete(path, headers=ADMIN).status_code == 404


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"text": ""},
        {"text": "  "},
        {"text": 5},
        {"text": "x", "title": 5},
        {"text": "x", "published": "never"},
        {"text": "x", "id": "other"},
        {"text": "x", "note": "\ud800"},
        ["text"],
    ],
)
def test_a_wrong_record_is_422(client: httpx.Client, record: object) -> None:
    """A record without text, with a wrong date or with another id stores nothing."""
    headers = ADMIN | JSON
    answer = client.put("/v1/articles/wrong", content=json.dumps(record), headers=headers)
    assert answer.status_code == 422
    assert client.get("/v1/articles/wrong").status_code == 404


def test_unknown_addresses_and_methods_are_problems(client: httpx.Client) -> None:
    """404 and 405 are problems too, and 405 says what the address takes."""
    for path in ("/none", "/v1/none", "/page/none.js", "/page/..%2fhttp_app.py", "/v1/articles"):
        answer = client.get(path)
        assert (answer.status_code, answer.json()["status"]) == (404, 404)
    answer = client.post("/v1/articles/x")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "DELETE, GET, PUT")
    assert client.get("/v1/ask").headers["Allow"] == "POST"


def test_every_answer_has_an_id_and_security_headers(client: httpx.Client) -> None:
    """A plain request id comes back, any other is replaced; nothing inline or from outside is allowed."""
    for path in ("/", "/healthz", "/v1/search?q=a", "/none", "/docs", "/page/app.js", "/openapi.json"):
        answer = client.get(path, headers={"X-Request-Id": "abc-1_Z"})
        assert answer.headers["X-Request-Id"] == "abc-1_Z"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
    for wrong in ("", "a" * 65, "a b", "a;b", "<script>"):
        given_back = client.get("/healthz", headers={"X-Request-Id": wrong}).headers["X-Request-Id"]
        assert given_back != wrong
        assert given_back.isalnum()


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html"),
        ("/docs", "text/html"),
        ("/page/app.js", "text/javascript"),
        ("/page/style.css", "text/css"),
        ("/page/favicon.svg", "image/svg+xml"),
    ],
)
def test_static_files_have_their_type_and_are_not_sent_twice(client: httpx.Client, path: str, kind: str) -> None:
    """A browser that has the file asks again and gets 304."""
    first = client.get(path)
    assert first.headers["Content-Type"].split(";")[0] == kind
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["Cache-Control"] == "no-cache"
    assert client.head(path).status_code == 200


def test_an_unexpected_error_tells_nothing(
    client: httpx.Client, answerer: FakeAnswerer, caplog: pytest.LogCaptureFixture
) -> None:
    """A fault is 500 without traceback or path; the log has its id and place, not the question."""
    caplog.set_level(logging.DEBUG, logger="bot")
    answerer.error = RuntimeError(f"/srv/secret: {QUESTION}")
    for body in ({"question": QUESTION}, {"question": QUESTION, "stream": True}):
        answer = client.post("/v1/ask", json=body, headers={"X-Request-Id": "trace-me"})
        assert "secret" not in answer.text
        assert "fakes.py" not in answer.text
        assert '"status":500' in answer.text.replace(" ", "")
    assert client.post("/v1/ask", json={"question": QUESTION}).status_code == 500
    assert client.get("/readyz").status_code == 500
    assert "RuntimeError, request trace-me" in caplog.text
    assert "harbour" not in caplog.text


def test_many_questions_at_once_are_all_answered(client: httpx.Client) -> None:
    """Forty callers at the same time each get their own answer."""

    def asked(number: int) -> str:
        question = f"Question {number} about the harbour bridge"
        answer = client.post("/v1/ask", json={"question": question})
        return str(answer.json()["question"]).removesuffix(question)

    with ThreadPoolExecutor(20) as pool:
        assert set(pool.map(asked, range(40))) == {""}
