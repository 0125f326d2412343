"""The commands that stay: serve and telegram."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli_session import Session, store_option
from bot.listen import bind, is_loopback
from bot.terminal_progress import watch
from index.errors import BadSetting, UsageError


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0: any free one.")
@click.option("--open-to-everyone", is_flag=True, help="Listen beyond this machine without API keys.")
@click.option("--telegram/--no-telegram", default=False, help="Run the Telegram bot too.")
@store_option
@click.pass_obj
def serve(session: Session, host: str, port: int, open_to_everyone: bool, telegram: bool, store: Path | None) -> None:
    """Serve the chat page and the HTTP endpoint."""
    directory, settings = session.directory(store), session.settings
    if telegram:
        _need_token(session)
    with bind(host, port) as bound:
        if not (is_loopback(bound) or settings.api_keys or open_to_everyone):
            raise UsageError(
                f"{host} can be reached by other machines and no API keys are set: "
                "set VESTKA_API_KEYS, or give --open-to-everyone"
            )
        session.wiring.serve(directory, settings, watch(sys.stderr), bound, telegram=telegram)


@click.command()
@store_option
@click.pass_obj
def telegram(session: Session, store: Path | None) -> None:
    """Run the Telegram bot."""
    directory = session.directory(store)
    _need_token(session)
    session.wiring.run_telegram(directory, session.settings, watch(sys.stderr))


def _need_token(session: Session) -> None:
    if session.settings.telegram_token is None:
        raise BadSetting("VESTKA_TELEGRAM_TOKEN is not set: set it to the token that @BotFather gave you")
