"""Starts a second Bot API server, judged by TDLib and aiogram; needs the shared tools beside the checkout."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.person import wait_for_server

SCRIPT = Path(__file__).resolve().parents[2] / "shared/tools/telegram/strict_tg.py"
REQUIREMENTS = (
    "aiogram==3.31.0",
    "fastapi==0.165.0",
    "httpx==0.28.1",
    "python-multipart==0.0.34",
    "tdjson==1.8.69",
    "uvicorn==0.54.0",
)


@contextmanager
def strict_bot_api() -> Iterator[str]:
    """Run the server and yield its address."""
    python = _environment()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([python, SCRIPT, str(port)], stdout=subprocess.DEVNULL)
    try:
        address = f"http://127.0.0.1:{port}"
        wait_for_server(address)
        yield address
    finally:
        # It would wait for long polls to end.
        process.kill()
        process.wait()


def _environment() -> Path:
    """Return the Python of an environment that has what the server needs; made once, then kept."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "vestka" / "strict-bot-api-venv"
    python, complete = home / "bin/python", home / "complete"
    wanted = "\n".join(REQUIREMENTS)
    if not complete.exists() or complete.read_text() != wanted:
        subprocess.run([sys.executable, "-m", "venv", "--clear", home], check=True)
        install: list[str | Path] = [
            python,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            *REQUIREMENTS,
        ]
        subprocess.run(install, check=True)
        complete.write_text(wanted)
    return python
