"""`vestka serve` as a process: it is up before the archive is loaded, says so, and stops when told to."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from servers import wait_for

TESTS = Path(__file__).resolve().parents[1]

# Serves the fake archive as the command would; the archive is loaded once a file is there.
PROGRAM = """
import sys, time, pathlib
sys.path[:0] = sys.argv[1:3]
from fakes import FakeAnswerer
from bot.cli import vestka
from bot.cli_session import Session
from bot.wiring import Wiring

class Slow(Wiring):
    def open_answerer(self, directory, settings, progress):
        while not pathlib.Path(sys.argv[3]).exists():
            time.sleep(0.02)
        return FakeAnswerer()

vestka.main(["serve", "--port", "0"], obj=Session(Slow()))
"""


@contextmanager
def serving(gate: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the server; yield its process and its address, which it says on standard error."""
    command = [sys.executable, "-c", PROGRAM, str(TESTS), str(TESTS.parent), str(gate)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            found = re.search(r"http://[\d.:]+", process.stderr.readline())
            assert found is not None
            yield process, found[0]
        finally:
            process.kill()


@pytest.mark.parametrize("stop", [signal.SIGTERM, signal.SIGINT])
def test_it_is_up_at_once_and_stops_when_told_to(tmp_path: Path, stop: signal.Signals) -> None:
    """It is alive while it loads and ready afterwards; a signal to stop ends it soon, with status 0."""
    gate = tmp_path / "loaded"
    with serving(gate) as (process, address):
        wait_for(f"{address}/healthz")
        early = httpx.get(f"{address}/readyz").status_code
        gate.touch()
        wait_for(f"{address}/readyz")
        answer = httpx.post(f"{address}/v1/ask", json={"question": "What did the harbour bridge cost?"}).json()
        process.send_signal(stop)
        told = time.monotonic()
        status = process.wait(timeout=20)

        assert early == httpx.codes.SERVICE_UNAVAILABLE
        assert answer["answered"] is True
        assert status == 0
        assert time.monotonic() - told < 10


def test_nothing_that_people_ask_is_logged(tmp_path: Path) -> None:
    """A query, which stands in the address of a search, does not reach standard error."""
    with serving(tmp_path) as (process, address):
        wait_for(f"{address}/readyz")
        httpx.get(f"{address}/v1/search", params={"q": "private matter"})
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)

        assert process.stderr is not None
        assert "private" not in process.stderr.read()
