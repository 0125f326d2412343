"""What the commands call, put together from the settings.

The imports stand in the functions: torch, FAISS and the servers take seconds to import, and a command that
needs none of them has to start at once.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import BadSetting

if TYPE_CHECKING:
    from socket import socket

    from bot.present import Json
    from bot.settings import Settings
    from index.progress import Progress
    from index.records import IndexReport, StoredArticle, StoreStatus
    from qa.answerer import Answerer

log = logging.getLogger(__name__)

NO_EFFECT_YET = {
    "llm_base_url": "answers consist of quotations",
    "rate_limit": "requests are not counted",
    "telegram_webhook_url": "the bot fetches its messages",
}


class Wiring:
    """The real store, model and doors; tests give the commands one with fakes."""

    def configure_logging(self, *, verbose: bool) -> None:
        """Send logs to standard error."""
        from bot.process_log import configure_logging

        configure_logging(verbose=verbose)

    def settings(self) -> Settings:
        """Read the settings. Raises: BadSetting."""
        from bot.settings import read_settings

        return read_settings()

    def read_article(self, directory: Path, article_id: str) -> StoredArticle:
        """Return a stored article without loading a model. Raises: StoreError."""
        from index.store import Store

        return Store(directory).article(article_id)

    def read_status(self, directory: Path) -> StoreStatus:
        """Say what a store holds without loading a model. Raises: StoreError."""
        from index.store import Store

        return Store(directory).status()

    def remove_articles(self, directory: Path, article_ids: Sequence[str]) -> IndexReport:
        """Forget articles without loading a model. Raises: StoreError."""
        from index.writer import remove_articles

        return remove_articles(directory, article_ids)

    def check_store(self, directory: Path) -> list[str]:
        """Return what is wrong with a store, one line each. Raises: StoreMissing."""
        from index.check import check_store

        return check_store(directory)

    def repair_store(self, directory: Path) -> list[str]:
        """Rebuild what is derived in a store; return what was mended. Raises: StoreError."""
        from index.check import repair_store

        return repair_store(directory)

    def index_sources(
        self, directory: Path, sources: Sequence[str], settings: Settings, progress: Progress, *, prune: bool
    ) -> IndexReport:
        """Add or update the articles of some sources. Raises: SourceError, ModelUnavailable, StoreError."""
        refuse_unsupported(settings)
        from index.sources import read_source

        for source in sources:
            # Reads nothing yet, but a path that does not exist is said before the model is loaded.
            read_source(source)
        from index.embed import SentenceTransformerEmbedder
        from index.run import index_sources

        embedder = SentenceTransformerEmbedder(settings.model, settings.device, progress)
        allow_private = settings.allow_private_addresses
        return index_sources(directory, sources, embedder, prune=prune, allow_private=allow_private, progress=progress)

    def open_answerer(self, directory: Path, settings: Settings, progress: Progress) -> Answerer:
        """Open a store with its model, ready for questions. Raises: ModelUnavailable, StoreError."""
        refuse_unsupported(settings)
        warn_of_unsupported(settings, "llm_base_url")
        from qa.archive import open_answerer

        try:
            return open_answerer(directory, settings.model, settings.device, progress)
        finally:
            progress.done()

    def evaluate(self, directory: Path, dataset: Path, settings: Settings, progress: Progress) -> Json:
        """Measure the answers to a question set. Raises: SourceError, ModelUnavailable, StoreError."""
        refuse_unsupported(settings)
        from qa.evaluate import evaluate

        return evaluate(directory, dataset, settings.model, settings.device, progress)

    def serve(self, directory: Path, settings: Settings, progress: Progress, bound: socket, *, telegram: bool) -> None:
        """Serve HTTP and the chat page, and the Telegram bot too if asked to, until told to stop."""
        refuse_unsupported(settings)
        warn_of_unsupported(settings, "rate_limit", *(("telegram_webhook_url",) if telegram else ()))
        from bot.serve import serve

        serve(lambda: self.open_answerer(directory, settings, progress), settings, bound, telegram=telegram)

    def run_telegram(self, directory: Path, settings: Settings, progress: Progress) -> None:
        """Run the Telegram bot alone until told to stop."""
        warn_of_unsupported(settings, "telegram_webhook_url")
        from bot.telegram_bot import run_bot

        token = settings.telegram_token
        run_bot(
            self.open_answerer(directory, settings, progress),
            token="" if token is None else token.get_secret_value(),
            base_url=settings.telegram_base_url,
            allowed=settings.telegram_allowed,
        )


def refuse_unsupported(settings: Settings) -> None:
    """Refuse what would be another archive than the one asked for, rather than answer from it.

    Raises: BadSetting.
    """
    if settings.store_url is not None:
        raise BadSetting("VESTKA_STORE_URL: this version has the embedded store only: unset it")


def warn_of_unsupported(settings: Settings, *names: str) -> None:
    """Log which of these settings are set and change nothing yet."""
    for name in names:
        if getattr(settings, name) is not None:
            log.warning("VESTKA_%s has no effect in this version: %s", name.upper(), NO_EFFECT_YET[name])
