"""The two rules of the tree: imports go one way, and each heavy library has one owner."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

# Each package may import itself and those that stand before it.
ORDER = ("index", "qa", "bot")

# Names that belong together have one owner; a library that is not here may be imported anywhere.
OWNED = {
    "faiss": "faiss",
    "tantivy": "tantivy",
    "trafilatura": "trafilatura",
    "torch": "the model runtime",
    "sentence_transformers": "the model runtime",
    "matplotlib": "matplotlib",
    "telegram": "telegram",
    "fastapi": "fastapi",
    "pymilvus": "pymilvus",
}


def imported(path: Path) -> Iterator[str]:
    """Yield the dotted name of every module that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def violations(root: Path) -> list[str]:
    """Return what breaks the rules below a folder, one line each."""
    found: list[str] = []
    owners: dict[str, set[str]] = defaultdict(set)
    for place, package in enumerate(ORDER):
        for path in sorted((root / package).rglob("*.py")):
            name = path.relative_to(root).as_posix()
            for module in imported(path):
                top = module.partition(".")[0]
                if top in ORDER[place + 1 :]:
                    found.append(f"{name} imports {module}: imports go bot -> qa -> index")
                if not top:
                    found.append(f"{name} imports {module}: write the whole name")
                if top in OWNED:
                    owners[OWNED[top]].add(name)
    found += [
        f"{library} has {len(files)} owners: {sorted(files)}" for library, files in owners.items() if len(files) > 1
    ]
    return found


def test_the_tree_keeps_its_rules() -> None:
    """Imports go bot -> qa -> index, and each heavy library is imported by one file."""
    assert violations(ROOT) == []


def test_every_package_is_looked_at() -> None:
    """The walk sees the three packages: a renamed folder does not pass unseen."""
    assert all(list((ROOT / package).glob("*.py")) for package in ORDER)


@pytest.mark.parametrize(
    ("planted", "complaint"),
    [
        ({"index/a.py": "from qa.records import Answer"}, "index/a.py imports qa.records"),
        ({"index/a.py": "import bot.cli"}, "index/a.py imports bot.cli"),
        ({"qa/a.py": "def f():\n    from bot import cli"}, "qa/a.py imports bot"),
        ({"qa/a.py": "from . import records"}, "qa/a.py imports ."),
        ({"index/a.py": "import faiss", "index/b.py": "from faiss import IndexFlat"}, "faiss has 2 owners"),
        (
            {"index/a.py": "import torch", "qa/b.py": "import sentence_transformers"},
            "the model runtime has 2",
        ),
        (
            {"bot/a.py": "import telegram", "bot/deep/b.py": "from telegram.ext import Application"},
            "telegram has 2",
        ),
    ],
)
def test_a_planted_violation_is_found(tmp_path: Path, planted: dict[str, str], complaint: str) -> None:
    """What breaks a rule is named with its file."""
    for name, text in planted.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")

    assert [line for line in violations(tmp_path) if line.startswith(complaint)]


def test_names_of_the_packages_hide_nothing() -> None:
    """No module is called like one of the standard library that it would hide, or like a library it wraps."""
    names = {path.stem for package in ORDER for path in (ROOT / package).glob("*.py")} - {
        "__init__",
        "__main__",
    }

    assert not names & (set(sys.stdlib_module_names) | set(OWNED))
