"""One writer at a time: an advisory lock that the operating system drops when its process ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import StoreLocked, StoreMissing

FILE_NAME = "writer.lock"


@contextmanager
def writer_lock(directory: Path) -> Iterator[None]:
    """Hold the right to write to a store; the directory is made if needed. Raises: StoreLocked, StoreMissing."""
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(directory / FILE_NAME, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreMissing(f"{directory} cannot be written to ({error.strerror}): choose another --store") from error
    try:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            holder = os.read(file, 32).decode(errors="replace").strip() or "unknown"
            raise StoreLocked(
                f"process {holder} is writing to {directory}: wait until it ends, then run the command again"
            ) from None
        os.ftruncate(file, 0)
        os.write(file, str(os.getpid()).encode())
        yield
    finally:
        os.close(file)
