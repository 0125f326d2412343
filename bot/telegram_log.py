"""The bot's log: no token, which Telegram's addresses hold and libraries log, and nobody's words."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterator
from contextlib import contextmanager

from index.errors import VestkaError

MASK = "[token]"

log = logging.getLogger(__name__)


class TokenFilter(logging.Filter):
    """Masks the token in the message and the traceback of every record that it sees."""

    def __init__(self, token: str) -> None:
        super().__init__()
        # The part after the colon is the secret, and the colon may be written %3A.
        self._token = token.partition(":")[2] or token
        self._formatter = logging.Formatter()

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record through, without the token."""
        message = record.getMessage()
        if self._token in message:
            record.msg, record.args = message.replace(self._token, MASK), None
        if record.exc_info and not record.exc_text:
            record.exc_text = self._formatter.formatException(record.exc_info)
        if record.exc_text and self._token in record.exc_text:
            record.exc_text = record.exc_text.replace(self._token, MASK)
            # Handlers that format the exception themselves would bring the token back.
            record.exc_info = None
        return True


@contextmanager
def token_hidden(token: str) -> Iterator[None]:
    """Mask the token in whatever the root logger's handlers write, as long as the context is open."""
    httpx_logger = logging.getLogger("httpx")
    # At INFO it logs the address of every request.
    httpx_logger.setLevel(max(httpx_logger.level, logging.WARNING))
    mask = TokenFilter(token)
    handlers = list(logging.getLogger().handlers)
    for handler in handlers:
        handler.addFilter(mask)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(mask)


def log_failure(error: BaseException) -> None:
    """Log why a message got no reply."""
    if isinstance(error, VestkaError):
        log.log(logging.INFO if error.public else logging.ERROR, "No reply: %s", error)
        return
    # Only the places: the message of an unforeseen error may quote the question.
    places = "".join(traceback.format_tb(error.__traceback__))
    log.error("No reply: %s at\n%s", type(error).__name__, places)
