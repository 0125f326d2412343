"""The bot's token and the server it is for: what they look like, and what to do about wrong ones."""

from __future__ import annotations

import re

from index.errors import BadSetting

_TOKEN = re.compile(r"\d+:[\w-]+", re.ASCII)


def check_token(token: str, base_url: str | None) -> None:
    """Refuse what cannot be a token or a server's root. Raises: BadSetting."""
    if not _TOKEN.fullmatch(token):
        raise BadSetting("VESTKA_TELEGRAM_TOKEN is no bot's token; @BotFather gives one like 123456:ABC-DEF.")
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise BadSetting("VESTKA_TELEGRAM_BASE_URL is no address; write a root like http://127.0.0.1:8081.")


def refused_token() -> BadSetting:
    """Return the error for a token that the server does not know."""
    return BadSetting(
        "Telegram does not know VESTKA_TELEGRAM_TOKEN: copy it anew from @BotFather"
        " (and check VESTKA_TELEGRAM_BASE_URL if it is set)."
    )
