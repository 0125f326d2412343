"""Local Bot API servers, our own and the strict one when the shared tools are there, and people at them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import httpx
import pytest

from tests.bot_api import create_bot_api
from tests.person import Person
from tests.servers import served
from tests.strict_bot_api import SCRIPT, strict_bot_api


def serve_bot_api() -> AbstractContextManager[str]:
    """Run our own server and yield its address."""
    return served(create_bot_api(), wait_until_ready=False)


SERVERS: dict[str, Callable[[], AbstractContextManager[str]]] = {"own": serve_bot_api}
if SCRIPT.exists():
    SERVERS["strict"] = strict_bot_api
NEWCOMERS = itertools.count(1000, 10)


@pytest.fixture(scope="session", params=SERVERS)
def bot_api(request: pytest.FixtureRequest) -> Iterator[str]:
    """The root of a Bot API server."""
    with SERVERS[request.param]() as address:
        yield address


@pytest.fixture(scope="session")
def own_bot_api() -> Iterator[str]:
    """The root of our own server, for what only that one can do."""
    with serve_bot_api() as address:
        yield address


@pytest.fixture
def person(bot_api: str) -> Iterator[Person]:
    """Someone new; nothing that the bot does to the server may be wrong."""
    yield from _newcomer(bot_api)


@pytest.fixture
def own_person(own_bot_api: str) -> Iterator[Person]:
    """Someone new at our own server."""
    yield from _newcomer(own_bot_api)


def _newcomer(address: str) -> Iterator[Person]:
    with httpx.Client(base_url=address) as http:
        person = Person(http, next(NEWCOMERS))
        person.faults()
        person.journal.clear()
        yield person
        assert person.faults() == []
