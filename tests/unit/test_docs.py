"""The README tells of every command and every setting, and of none that does not exist."""

import re
from pathlib import Path

import pytest

from bot.cli import vestka
from bot.settings import Settings

README = (Path(__file__).resolve().parents[2] / "README.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(vestka.commands))
def test_every_command_is_in_the_readme(name: str) -> None:
    """A command that nobody can read about does not exist."""
    assert f"vestka {name}" in README


@pytest.mark.parametrize("name", sorted(Settings.model_fields))
def test_every_setting_is_in_the_readme(name: str) -> None:
    """A setting that nobody can read about does not exist."""
    assert f"VESTKA_{name.upper()}" in README


def test_the_readme_names_nothing_that_is_not_there() -> None:
    """What was renamed or removed is gone from the README too."""
    commands = set(re.findall(r"^(?:\$ )?vestka (\w+)", README, re.MULTILINE))
    settings = set(re.findall(r"\bVESTKA_(\w+)", README))

    assert commands <= set(vestka.commands)
    assert settings <= {name.upper() for name in Settings.model_fields}
