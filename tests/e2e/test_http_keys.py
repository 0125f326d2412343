from __future__ import annotations

import logging
from collections.abc import Iterator

import httpx
import pytest
from starlette.routing import Route

from bot.http_app import create_app, routes
from bot.http_loading import LoadingAnswerer
from tests.fakes import FakeAnswerer
from tests.servers import served

ASKED = {"question": "How much did the harbour bridge cost?"}
RECORD = {"text": "The mill was sold."}


@pytest.fixture(scope="module")
def locked() -> Iterator[httpx.Client]:
    """A server whose readers need a key and whose admin has one."""
    app = create_app(LoadingAnswerer.loaded(FakeAnswerer()), api_keys={"one", "ключ"}, admin_key="admin")
    with served(app) as base, httpx.Client(base_url=base) as client:
        yield client


@pytest.fixture(scope="module")
def unlocked() -> Iterator[httpx.Client]:
    """A server without any key."""
    with (
        served(create_app(LoadingAnswerer.loaded(FakeAnswerer()))) as base,
        httpx.Client(base_url=base) as client,
    ):
        yield client


@pytest.mark.parametrize("header", [b"Bearer one", b"bearer  one", "Bearer ключ".encode(), b"Bearer admin"])
def test_a_known_key_opens(locked: httpx.Client, header: bytes) -> None:
    """Each of the keys reads, the admin's too; the scheme's case does not matter."""
    assert locked.post("/v1/ask", json=ASKED, headers={b"Authorization": header}).status_code == 200


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer two", "Bearer on", "Basic one", "one"])
def test_anything_else_is_401(locked: httpx.Client, header: str | None) -> None:
    """Without a key or with a wrong one the answer says how to send one, whatever the route or the body."""
    headers = {} if header is None else {"Authorization": header}
    for answer in (
        locked.post("/v1/ask", json=ASKED, headers=headers),
        locked.post("/v1/ask", content=b"{", headers=headers),
        locked.get("/v1/search?q=a", headers=headers),
        locked.get("/v1/articles/invented/bridge-en", headers=headers),
        locked.get("/v1/none", headers=headers),
    ):
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
        assert answer.headers["Content-Type"] == "application/problem+json"


def test_keys_share_no_conversation(caplog: pytest.LogCaptureFixture) -> None:
    """The same conversation id under another key is another conversation, and no key is written to the log."""
    caplog.set_level(logging.DEBUG)
    answerer = FakeAnswerer()
    app = create_app(LoadingAnswerer.loaded(answerer), api_keys={"key-one", "key-two"}, admin_key="key-admin")
    with served(app) as base, httpx.Client(base_url=base) as client:
        for key in ("key-one", "key-two", "key-admin", "key-one"):
            headers = {"Authorization": f"Bearer {key}"}
            assert client.post("/v1/ask", json=ASKED | {"conversation_id": "c"}, headers=headers).is_success

    assert answerer.histories == [[], [], [], [ASKED["question"]]]
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("httpx", "httpcore"))]
    assert not any("key-" in message for message in ours)


def test_what_shows_nothing_of_the_archive_is_open(locked: httpx.Client) -> None:
    """The page, its files, the documentation and the health checks need no key."""
    for path in ("/", "/healthz", "/readyz", "/docs", "/openapi.json", "/page/app.js"):
        assert locked.get(path).status_code == 200


def test_no_route_under_v1_is_forgotten(locked: httpx.Client) -> None:
    """Every route that exists under /v1 wants a key."""
    known = [route.path for route in routes.routes if isinstance(route, Route)]
    paths = [path for path in known if path.startswith("/v1")]
    assert len(paths) >= 5
    for path in paths:
        for method in ("GET", "POST", "PUT", "DELETE"):
            answer = locked.request(method, path.replace("{article_id:path}", "x"))
            assert answer.status_code == 401


@pytest.mark.parametrize("method", ["PUT", "DELETE"])
def test_changing_articles_needs_the_admin_key(locked: httpx.Client, unlocked: httpx.Client, method: str) -> None:
    """401 without a key; 403 with a reader's or a wrong one, or when no admin key is configured."""
    for client in (locked, unlocked):
        assert client.request(method, "/v1/articles/x", json=RECORD).status_code == 401
    for key in ("one", "wrong", "admi", "admin2"):
        headers = {"Authorization": f"Bearer {key}"}
        for client in (locked, unlocked):
            assert client.request(method, "/v1/articles/x", json=RECORD, headers=headers).status_code == 403
    headers = {"Authorization": "Bearer admin"}
    assert locked.request(method, "/v1/articles/x", json=RECORD, headers=headers).status_code in {200, 201}
    assert unlocked.request(method, "/v1/articles/x", json=RECORD, headers=headers).status_code == 403


def test_without_keys_everyone_may_read(unlocked: httpx.Client) -> None:
    """A key that nobody asked for does no harm."""
    assert unlocked.post("/v1/ask", json=ASKED).status_code == 200
    assert unlocked.post("/v1/ask", json=ASKED, headers={"Authorization": "Bearer x"}).status_code == 200
