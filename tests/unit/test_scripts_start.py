"""scripts/start: what it does with a store that is there, one that is not, and a question."""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"

VESTKA = """#!/usr/bin/env bash
echo "$@" >> "$(dirname "$0")/calls"
if [ "$1" = status ]; then cat "$(dirname "$0")/status" 2>/dev/null; fi
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project whose environment is installed, with a `vestka` that notes how it was called."""
    root = (tmp_path / "a project").resolve()
    shutil.copytree(SCRIPTS, root / "scripts")
    contents = b""
    for name in ("pyproject.toml", "requirements.lock"):
        (root / name).write_text(f"# {name}\n", "utf-8")
        contents += (root / name).read_bytes()
    for name, text in {"vestka": VESTKA, "python": "#!/bin/sh\n"}.items():
        (root / ".venv" / "bin" / name).parent.mkdir(parents=True, exist_ok=True)
        (root / ".venv" / "bin" / name).write_text(text, "utf-8")
        (root / ".venv" / "bin" / name).chmod(0o755)
    (root / ".venv" / ".installed").write_text(hashlib.sha256(contents + f"{root}\n".encode()).hexdigest(), "utf-8")
    return root


def start(project: Path, *arguments: str, status: str = "", **environment: str) -> list[str]:
    """Run scripts/start from a folder of no importance; return how it called `vestka`."""
    (project / ".venv" / "bin" / "status").write_text(status, "utf-8")
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VESTKA_")}
    subprocess.run(
        [project / "scripts" / "start", *arguments],
        env=inherited | environment,
        cwd="/",
        check=True,
        timeout=30,
    )
    return (project / ".venv" / "bin" / "calls").read_text("utf-8").splitlines()


def test_without_a_store_the_sample_archive_is_indexed_first(project: Path) -> None:
    """The first start makes a store, then serves."""
    assert start(project) == ["status --json", "index --sample", "serve"]


def test_a_store_that_was_never_finished_is_finished(project: Path) -> None:
    """A run of indexing that was killed leaves no article to be seen: it is taken up again."""
    assert "index --sample" in start(project, status='{"articles": 0, "passages": 0, "pending": 12}')


def test_with_a_store_it_serves_at_once(project: Path) -> None:
    """A store with articles is left as it is."""
    assert start(project, status='{"articles": 60, "passages": 90}') == ["status --json", "serve"]


def test_a_question_is_answered_instead(project: Path) -> None:
    """What does not look like an option is a question, in quotes or not."""
    assert start(project, "What about", "imports?", status='{"articles": 60}')[-1] == "ask What about imports?"


def test_options_are_those_of_serve(project: Path) -> None:
    """Another port can be asked for."""
    assert start(project, "--port", "8010", status='{"articles": 60}')[-1] == "serve --port 8010"


def test_the_bot_runs_when_its_token_is_set(project: Path) -> None:
    """A token is enough to start the Telegram bot too."""
    token = {"VESTKA_TELEGRAM_TOKEN": "1:invented"}

    assert start(project, status='{"articles": 60}', **token)[-1] == "serve --telegram"


@pytest.mark.parametrize(
    "script", sorted(path.name for path in SCRIPTS.iterdir() if path.is_file() and path.suffix in {"", ".sh"})
)
def test_scripts_are_valid_bash(script: str) -> None:
    """Every script can at least be read by bash, and can be run unless others only read it."""
    subprocess.run(["bash", "-n", SCRIPTS / script], check=True)

    assert os.access(SCRIPTS / script, os.X_OK) == (not script.endswith(".sh"))
