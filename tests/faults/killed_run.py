"""Runs of indexing that are killed: by themselves at a chosen step, or from outside at any moment."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from pathlib import Path
from types import FrameType

from index.run import index_sources
from tests.fake_embedder import FakeEmbedder

STEPS = frozenset(
    "execute executemany executescript commit add_document delete_documents_by_query write_index savez save rename "
    "link mkdir fsync unlink rmdir write flock ftruncate".split()
)
"""Calls that change something on the disk; a run may be killed before each of them."""

FORKS = multiprocessing.get_context("forkserver")
# Imports once what takes seconds to import.
FORKS.set_forkserver_preload(["tests.faults.killed_run"])


def write_pages(folder: Path, version: int, numbers: range) -> None:
    """Write a record for each number; those divisible by three differ between versions."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for number in numbers:
        text = f"Farm {number} of Zarechye has {number + 10} cows. The farmer sells milk in town {number % 7}."
        if number % 3 == 0:
            text += f" This is report {version}."
        (folder / f"{number:03}.jsonl").write_text(json.dumps({"id": f"farm/{number}", "text": text}))


def killed_at_step(directory: Path, pages: Path, step: int) -> bool:
    """Index, and die right before a step; say whether there were as many steps."""
    process = FORKS.Process(target=_run, args=(directory, pages, step, 0.0))
    process.start()
    process.join()
    assert process.exitcode in (0, -signal.SIGKILL)
    return process.exitcode != 0


def killed_after(directory: Path, pages: Path, seconds: float) -> bool:
    """Index, and be killed from outside after some time; say whether the run had not ended before."""
    receiver, sender = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_run, args=(directory, pages, 0, 0.01, sender))
    process.start()
    receiver.recv()
    time.sleep(seconds)
    process.kill()
    process.join()
    return process.exitcode != 0


def count_steps(directory: Path, pages: Path) -> int:
    """Index without being killed, and return how many steps that took."""
    receiver, sender = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_run, args=(directory, pages, 0, 0.0, None, sender))
    process.start()
    steps = int(receiver.recv())
    process.join()
    return steps


def index(directory: Path, pages: Path, seconds_a_batch: float = 0.0) -> FakeEmbedder:
    """Index a folder in small batches, and forget what it no longer holds; return the embedder that was used."""
    embedder = FakeEmbedder(seconds_a_batch=seconds_a_batch)
    index_sources(directory, [str(pages)], embedder, prune=True, batch_passages=5)
    return embedder


def _run(
    directory: Path,
    pages: Path,
    deadly_step: int,
    seconds_a_batch: float,
    when_started: object = None,
    when_ended: object = None,
) -> None:
    steps = 0

    def watch(frame: FrameType, event: str, function: object) -> None:
        nonlocal steps
        if event == "c_call" and getattr(function, "__name__", "") in STEPS:
            steps += 1
            if steps == deadly_step:
                os.kill(os.getpid(), signal.SIGKILL)

    if when_started is not None:
        when_started.send(None)  # type: ignore[attr-defined]
    sys.setprofile(watch)
    index(directory, pages, seconds_a_batch)
    sys.setprofile(None)
    if when_ended is not None:
        when_ended.send(steps)  # type: ignore[attr-defined]
