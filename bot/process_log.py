"""What a process of Vestka logs, and where to: configured once, at the entry point."""

from __future__ import annotations

import logging


def configure_logging(*, verbose: bool) -> None:
    """Send logs to standard error, once for the process."""
    logging.basicConfig(level=logging.INFO if verbose else logging.WARNING, format="vestka: %(message)s", force=True)
    # At INFO these write whole addresses, and a Telegram address holds the bot's token.
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)
    # Warnings of libraries are for those who change Vestka; the tests turn them into errors.
    logging.captureWarnings(capture=True)
    logging.getLogger("py.warnings").setLevel(logging.INFO if verbose else logging.ERROR)
