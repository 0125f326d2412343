"""The HTTP server, and the Telegram bot beside it in the same event loop where it is asked for."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

import click
import uvicorn

from bot.http_app import create_app
from bot.http_loading import LoadingAnswerer
from bot.http_problems import HttpProblem
from bot.listen import web_address
from bot.settings import Settings
from bot.signals import stop_event
from index.errors import VestkaError
from qa.answerer import Answerer

log = logging.getLogger(__name__)

GRACE_S = 5
"""How long answers that are being given may take once the server is told to stop."""
LOOK_EVERY_S = 0.2


def serve(load: Callable[[], Answerer], settings: Settings, bound: socket.socket, *, telegram: bool) -> None:
    """Serve on a bound socket until SIGTERM or SIGINT; the archive is loaded meanwhile."""
    asyncio.run(_serve(load, settings, bound, telegram))


async def _serve(load: Callable[[], Answerer], settings: Settings, bound: socket.socket, telegram: bool) -> None:
    loading = LoadingAnswerer(load)
    admin_key = settings.admin_key
    app = create_app(
        loading,
        api_keys=[key.get_secret_value() for key in settings.api_keys],
        admin_key=None if admin_key is None else admin_key.get_secret_value(),
    )
    # No access log: the address of a search holds the query, and what people ask is nobody's business.
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, timeout_graceful_shutdown=GRACE_S
    )
    server = _Server(config)
    with stop_event() as stopped:
        click.echo(f"vestka: serving on {web_address(bound)}, loading the archive", err=True)
        serving = asyncio.create_task(server.serve(sockets=[bound]))
        beside = asyncio.create_task(_when_loaded(loading, settings, telegram, stopped))
        stopping = asyncio.create_task(stopped.wait())
        await asyncio.wait({serving, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopped.set()
        server.should_exit = True
        await serving
        await beside


async def _when_loaded(loading: LoadingAnswerer, settings: Settings, telegram: bool, stopped: asyncio.Event) -> None:
    """Say when the archive is loaded, and run the bot from then on: Telegram keeps what comes before."""
    answerer = await _loaded(loading, stopped)
    if answerer is None:
        return
    click.echo("vestka: the archive is loaded", err=True)
    if telegram and settings.telegram_token is not None:
        try:
            await _run_telegram(answerer, settings, settings.telegram_token.get_secret_value(), stopped)
        except VestkaError as error:
            # A token that is withdrawn must not take the chat page down with it.
            log.error("the Telegram bot has ended: %s", error)


async def _loaded(loading: LoadingAnswerer, stopped: asyncio.Event) -> Answerer | None:
    while not stopped.is_set():
        try:
            return loading.get()
        except HttpProblem:
            await asyncio.sleep(LOOK_EVERY_S)
    return None


async def _run_telegram(answerer: Answerer, settings: Settings, token: str, stopped: asyncio.Event) -> None:
    from bot.telegram_bot import telegram_bot

    bot = telegram_bot(answerer, token=token, base_url=settings.telegram_base_url, allowed=settings.telegram_allowed)
    async with bot as fetching:
        stopping = asyncio.create_task(stopped.wait())
        await asyncio.wait({fetching, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if fetching.done():
            fetching.result()


class _Server(uvicorn.Server):
    """A server that leaves signals to others; uvicorn's own raises them again when it has stopped."""

    def capture_signals(self) -> AbstractContextManager[None]:  # type: ignore[override] # uvicorn's is a generator
        return nullcontext()
