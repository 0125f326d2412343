"""The command as a whole: its parts, its errors, and that it stays light where no model is needed."""

import os
import subprocess
import sys
from pathlib import Path

import click
import pytest
from fake_wiring import COMMANDS, FakeWiring, complaint, run

from bot.cli import vestka
from bot.settings import Settings
from bot.wiring import refuse_unsupported, warn_of_unsupported
from index.errors import BadSetting, StoreMissing, VestkaError
from index.records import StoreStatus

HEAVY = ("torch", "sentence_transformers", "transformers", "trafilatura", "fastapi", "uvicorn", "telegram")


def test_the_commands_are_those_of_the_contract() -> None:
    """Every promised command is there."""
    promised = "index ask search show remove status check chat serve telegram eval"

    assert sorted(promised.split()) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_and_option_has_help(name: str) -> None:
    """Help is shown whatever the settings are, and no option goes without a word."""

    class Broken(FakeWiring):
        def settings(self) -> Settings:
            raise BadSetting("must not be read")

    result = run(name, "--help", wiring=Broken())

    assert result.exit_code == 0
    assert vestka.commands[name].help
    options = [each for each in vestka.commands[name].params if isinstance(each, click.Option)]
    assert all(each.help for each in options)
    assert "--store" in {name for each in options for name in each.opts}


def test_the_store_is_the_nearest_that_is_named() -> None:
    """What stands after the command wins, then what stands ahead of it, the setting, ./store."""
    wiring, plain = FakeWiring(store="from-setting"), FakeWiring()

    run("--store", "ahead", "status", "--store", "after", wiring=wiring)
    run("--store", "ahead", "status", wiring=wiring)
    run("status", wiring=wiring)
    run("status", wiring=plain)

    assert wiring.directories == [Path("after"), Path("ahead"), Path("from-setting")]
    assert plain.directories == [Path("store")]


@pytest.mark.parametrize("arguments", [("ask", "--nonsense"), ("nonsense",), ("search", "a", "-k", "0"), ("show",)])
def test_wrong_usage_is_one_line_and_status_2(arguments: tuple[str, ...]) -> None:
    """The line says where help is."""
    result = run(*arguments)

    assert result.exit_code == 2
    assert "--help`" in complaint(result)


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (StoreMissing("there is no store:\n  make one"), 1, "there is no store: make one"),
        (BadSetting("VESTKA_X is wrong"), 2, "VESTKA_X is wrong"),
        (
            PermissionError(13, "Permission denied", "s/vestka.sqlite"),
            1,
            "s/vestka.sqlite: Permission denied",
        ),
        (ZeroDivisionError("\x1b[31mdivision"), 1, "unexpected ZeroDivisionError: [31mdivision"),
        (KeyboardInterrupt(), 130, None),
    ],
)
def test_every_error_is_one_line(error: BaseException, status: int, said: str | None) -> None:
    """No traceback, no control characters: what is wrong, and the exit status for it."""

    class Failing(FakeWiring):
        def read_status(self, directory: Path) -> StoreStatus:
            raise error

    result = run("status", wiring=Failing())

    assert result.exit_code == status
    assert result.stdout == ""
    if said is not None:
        assert said in complaint(result)


def test_debug_shows_where_it_happened() -> None:
    """--debug adds the traceback."""

    class Failing(FakeWiring):
        def read_status(self, directory: Path) -> StoreStatus:
            raise VestkaError("wrong")

    assert "Traceback" in run("--debug", "status", wiring=Failing()).stderr


def vestka_process(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m bot` as a process of its own, without anybody's settings."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("VESTKA_")}
    return subprocess.run(
        [sys.executable, *arguments], env=inherited | environment, capture_output=True, text=True, check=False
    )


def test_python_m_bot_is_the_command(tmp_path: Path) -> None:
    """`python -m bot` runs it, with real settings and a store that is not there."""
    missing = vestka_process("-m", "bot", "status", VESTKA_STORE=str(tmp_path / "none"))
    unknown = vestka_process("-m", "bot", "status", VESTKA_STROE="x")

    assert (missing.returncode, missing.stdout) == (1, "")
    assert str(tmp_path / "none") in missing.stderr
    assert unknown.returncode == 2
    assert "VESTKA_STORE" in unknown.stderr


def test_a_setting_without_effect_is_not_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    """What this version cannot do is refused where it would change the archive, and said elsewhere."""
    settings = FakeWiring(llm_base_url="http://127.0.0.1:1", rate_limit="60/minute").settings()

    warn_of_unsupported(settings, "llm_base_url", "rate_limit", "telegram_webhook_url")

    assert [record.args[0] for record in caplog.records if record.args] == ["LLM_BASE_URL", "RATE_LIMIT"]
    with pytest.raises(BadSetting, match="VESTKA_STORE_URL"):
        refuse_unsupported(FakeWiring(store_url="http://127.0.0.1:19530").settings())


@pytest.mark.parametrize(
    "arguments",
    [("--help",), ("serve", "--help"), ("status",), ("show", "a"), ("check",), ("remove", "a")],
    ids=" ".join,
)
def test_a_command_without_a_model_imports_none(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """The libraries of the model and of the servers, which take seconds, are not imported for nothing."""
    program = (
        "import sys\nfrom bot.cli import vestka\n"
        f"try:\n    vestka.main({[*arguments]!r})\nexcept SystemExit: pass\n"
        f"print([name for name in {HEAVY!r} if name in sys.modules])"
    )

    result = vestka_process("-c", program, VESTKA_STORE=str(tmp_path / "none"))

    assert result.stdout.splitlines()[-1] == "[]", result.stderr
