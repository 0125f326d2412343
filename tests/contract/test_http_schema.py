from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from pydantic import BaseModel

from bot.http_answers import AnswerModel, SearchModel
from bot.http_app import create_app
from bot.http_loading import LoadingAnswerer
from bot.http_schemas import ArticleModel, AskRequest, ReadinessModel, ReportModel
from index.records import Filters
from qa.answerer import NO_FILTERS
from qa.records import Answer, TimelineEntry
from tests.fakes import ARTICLES, BRIDGE, CopiesAnswerer, FakeAnswerer
from tests.servers import served

ADMIN = {"Authorization": "Bearer admin"}
ANSWERED = {"question": "How many million crowns did the harbour bridge cost?"}
REFUSED = {"question": "Who won the chess cup?"}
NEW = "/v1/articles/" + quote("https://news.example/new?a=1", safe="")


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    """A client of a server that needs a key for changes alone."""
    app = create_app(LoadingAnswerer.loaded(FakeAnswerer()), admin_key="admin")
    with served(app) as base, httpx.Client(base_url=base) as connected:
        yield connected


@pytest.fixture(scope="module")
def document(client: httpx.Client) -> dict[str, Any]:
    """The OpenAPI document."""
    found: dict[str, Any] = client.get("/openapi.json").json()
    return found


@pytest.mark.parametrize(
    ("method", "path", "body", "model"),
    [
        ("POST", "/v1/ask", ANSWERED, AnswerModel),
        ("POST", "/v1/ask", REFUSED, AnswerModel),
        ("POST", "/v1/ask", ANSWERED | {"explain": True, "as_of": "2024-03-03"}, AnswerModel),
        ("GET", "/v1/search?q=bridge&k=3", None, SearchModel),
        ("GET", "/v1/articles/" + BRIDGE.article_id, None, ArticleModel),
        ("GET", "/readyz", None, ReadinessModel),
        ("PUT", NEW, {"text": "A new article."}, ReportModel),
        ("DELETE", NEW, None, ReportModel),
    ],
)
def test_answers_have_exactly_the_documented_fields(
    client: httpx.Client, method: str, path: str, body: object, model: type[BaseModel]
) -> None:
    """Nothing is missing from what the OpenAPI document promises, and nothing is added to it."""
    answer = client.request(method, path, json=body, headers=ADMIN)

    assert answer.is_success
    # Only an explanation may be missing: it is there when it is asked for.
    assert model.model_validate(answer.json()).model_dump(exclude_unset=True) == answer.json()
    assert ("explanation" in answer.json()) == (body is not None and "explain" in str(body))


class RichAnswerer(CopiesAnswerer):
    """Fills every field of an answer."""

    def ask(self, question: str, filters: Filters = NO_FILTERS, **more: Any) -> Answer:
        """Answer with a timeline and as a follow-up too."""
        answer = super().ask(question, filters, **more)
        return replace(answer, read_as="Read.", timeline=(TimelineEntry("2024-03", 1), TimelineEntry("2024-03-04", 2)))


def test_an_answers_further_fields_are_documented() -> None:
    """Copies, older figures, a timeline, what was searched and what supports it are as the document says."""
    with served(create_app(LoadingAnswerer.loaded(RichAnswerer()))) as base:
        answer = httpx.post(base + "/v1/ask", json={"question": "The harbour bridge of Port Elling?"}).json()

    assert AnswerModel.model_validate(answer).model_dump(exclude_unset=True) == answer
    first, second = answer["citations"]
    assert (first["older"], second["older"]) == (False, True)
    assert [copy["language"] for copy in first["copies"]] == ["de", "be", "en"]
    assert second["copies"] == []
    assert answer["timeline"] == [{"date": "2024-03", "number": 1}, {"date": "2024-03-04", "number": 2}]
    assert answer["read_as"] == "Read."
    assert answer["searched"]["articles"] == len(ARTICLES)
    assert answer["support"] == {"stories": 2, "languages": ["de", "en"]}


def test_an_answer_is_the_contracts(client: httpx.Client) -> None:
    """Every [n] has its citation and the other way round, and each quote is its slice of the article."""
    answer = client.post("/v1/ask", json=ANSWERED | {"since": "2024-01-01"}).json()

    assert answer["answered"] is True
    assert re.findall(r"\[(\d+)\]", answer["text"]) == [str(each["number"]) for each in answer["citations"]]
    for citation in answer["citations"]:
        path = "/v1/articles/" + quote(citation["article_id"], safe="")
        text = client.get(path).json()["text"]
        assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert answer["filters"] == {"since": "2024-01-01", "until": None, "language": None, "source": None}
    assert set(answer["timings_ms"]) >= {"total"}


def test_a_refusal_is_the_contracts(client: httpx.Client) -> None:
    """A refusal has no citations, a text and the nearest hits, ranked from 1."""
    answer = client.post("/v1/ask", json=REFUSED).json()

    assert (answer["answered"], answer["citations"]) == (False, [])
    assert answer["text"]
    assert [hit["rank"] for hit in answer["nearest"]] == [1, 2, 3]


def test_every_reference_in_the_document_resolves(document: dict[str, Any]) -> None:
    """A generator of clients can read the document."""
    shapes = document["components"]["schemas"]
    assert {reference.rsplit("/", 1)[1] for reference in _references(document)} <= shapes.keys()
    assert document["components"]["securitySchemes"]["key"] == {"type": "http", "scheme": "bearer"}


def _references(part: object) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "$ref":
                yield value
            yield from _references(value)
    elif isinstance(part, list):
        for each in part:
            yield from _references(each)


def test_the_document_has_the_contracts_routes(document: dict[str, Any]) -> None:
    """Each route of the contract is told, with its methods."""
    told = {(method.upper(), path) for path, methods in document["paths"].items() for method in methods}
    assert told >= {
        ("POST", "/v1/ask"),
        ("GET", "/v1/search"),
        ("GET", "/v1/articles/{article_id}"),
        ("PUT", "/v1/articles/{article_id}"),
        ("DELETE", "/v1/articles/{article_id}"),
        ("GET", "/healthz"),
        ("GET", "/readyz"),
    }


def test_the_example_question_is_a_valid_one(document: dict[str, Any]) -> None:
    """The example can be sent as it stands."""
    [example] = document["components"]["schemas"]["AskRequest"]["examples"]
    assert AskRequest.model_validate(example).question == example["question"]


@pytest.mark.parametrize(
    ("method", "path", "route", "options", "status"),
    [
        (
            "POST",
            "/v1/ask",
            "/v1/ask",
            {"content": b"{", "headers": {"Content-Type": "application/json"}},
            400,
        ),
        ("POST", "/v1/ask", "/v1/ask", {"json": {"question": " "}}, 422),
        ("POST", "/v1/ask", "/v1/ask", {"json": {"question": "x" * 70_000}}, 413),
        ("GET", "/v1/search", "/v1/search", {}, 422),
        ("GET", "/v1/articles/none", "/v1/articles/{article_id}", {}, 404),
        ("PUT", "/v1/articles/x", "/v1/articles/{article_id}", {"json": {"text": "x"}}, 401),
        (
            "PUT",
            "/v1/articles/x",
            "/v1/articles/{article_id}",
            {"json": {"text": " "}, "headers": ADMIN},
            422,
        ),
        ("DELETE", "/v1/articles/x", "/v1/articles/{article_id}", {"headers": ADMIN}, 404),
        (
            "DELETE",
            "/v1/articles/x",
            "/v1/articles/{article_id}",
            {"headers": {"Authorization": "Bearer y"}},
            403,
        ),
    ],
)
def test_every_problem_is_documented(
    client: httpx.Client,
    document: dict[str, Any],
    method: str,
    path: str,
    route: str,
    options: dict[str, Any],
    status: int,
) -> None:
    """The status is among the operation's, and the body is a problem in RFC 9457's form."""
    answer = client.request(method, path, **options)

    assert answer.status_code == status
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = answer.json()
    assert problem["status"] == status
    assert problem["type"] == "about:blank"
    assert problem["title"]
    assert problem["detail"]
    told = document["paths"][route][method.lower()]["responses"][str(status)]["content"]
    assert list(told) == ["application/problem+json"]


def test_readiness_counts_the_archive(client: httpx.Client) -> None:
    """The page's status line has what it needs."""
    ready = client.get("/readyz").json()
    assert ready["articles"] == len(ARTICLES)
    assert sum(ready["languages"].values()) == len(ARTICLES)
    assert ready["last_published"] == "2024-10-20"
