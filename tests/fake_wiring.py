"""`vestka` in this process over a fake archive, for the tests of its commands."""

import json
import socket
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result
from fakes import FakeAnswerer

from bot.cli import vestka
from bot.cli_session import Session
from bot.settings import Settings
from bot.wiring import Wiring
from index.progress import Progress
from index.records import IndexReport, StoredArticle, StoreStatus

QUESTION = "How much did the harbour bridge of Port Elling cost?"
COMMANDS = sorted(vestka.commands)


class FakeWiring(Wiring):
    """The commands' surroundings with a fake archive; remembers what it was asked to do."""

    def __init__(self, answerer: FakeAnswerer | None = None, **settings: Any) -> None:
        self.answerer = answerer or FakeAnswerer()
        self.given = settings
        self.report = IndexReport(added=2, passages=2)
        self.problems: list[str] = []
        self.directories: list[Path] = []
        self.calls: list[Any] = []

    def configure_logging(self, *, verbose: bool) -> None:
        """Leave the log of the tests alone."""

    def settings(self) -> Settings:
        return Settings(_env_prefix="NO_SUCH_PREFIX_", **self.given)

    def read_article(self, directory: Path, article_id: str) -> StoredArticle:
        self.directories.append(directory)
        return self.answerer.article(article_id)

    def read_status(self, directory: Path) -> StoreStatus:
        self.directories.append(directory)
        return self.answerer.status()

    def remove_articles(self, directory: Path, article_ids: Sequence[str]) -> IndexReport:
        return self.answerer.remove(article_ids)

    def check_store(self, directory: Path) -> list[str]:
        return self.problems

    def repair_store(self, directory: Path) -> list[str]:
        mended, self.problems = self.problems, []
        return mended

    def index_sources(
        self, directory: Path, sources: Sequence[str], settings: Settings, progress: Progress, *, prune: bool
    ) -> IndexReport:
        progress.stage("Reading", 2)
        progress.done()
        self.calls.append((list(sources), prune))
        return self.report

    def open_answerer(self, directory: Path, settings: Settings, progress: Progress) -> FakeAnswerer:
        self.directories.append(directory)
        return self.answerer

    def evaluate(self, directory: Path, dataset: Path, settings: Settings, progress: Progress) -> dict[str, Any]:
        return {"pooled": {"success@1": 0.5, "questions": 2}, "languages": {"en": {"success@1": 1.0}}}

    def serve(
        self, directory: Path, settings: Settings, progress: Progress, bound: socket.socket, *, telegram: bool
    ) -> None:
        self.calls.append((bound.getsockname()[0], telegram))

    def run_telegram(self, directory: Path, settings: Settings, progress: Progress) -> None:
        self.calls.append("telegram")


def run(*arguments: str, wiring: Wiring | None = None, stdin: str | bytes | None = None) -> Result:
    """Run `vestka` in this process."""
    return CliRunner().invoke(vestka, arguments, input=stdin, obj=Session(wiring or FakeWiring()), prog_name="vestka")


def lines(result: Result) -> list[Any]:
    """Return standard output as JSON Lines."""
    return [json.loads(line) for line in result.stdout.splitlines()]


def complaint(result: Result) -> str:
    """Return the one line of standard error, having made sure that it is one and no traceback."""
    (line,) = result.stderr.splitlines()
    assert line.startswith("vestka: ")
    return line
