"""Order within a chat, patience with failures, actions that are kept up."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from bot.telegram_queue import InOrder, backoff_s, patiently, repeated


class Flaky:
    """Fails so many times, then says ok."""

    def __init__(self, failures: int) -> None:
        self.left = failures

    async def send(self) -> str:
        """Fail or say ok."""
        if self.left:
            self.left -= 1
            raise ConnectionError
        return "ok"


def test_same_key_runs_in_order_and_others_beside_it() -> None:
    """Work of one key waits for what came before it; work of another key does not."""
    done: list[str] = []

    def work(name: str, gate: asyncio.Event) -> Callable[[], Awaitable[None]]:
        async def run() -> None:
            await gate.wait()
            done.append(name)

        return run

    async def main() -> None:
        queue, shut, wide = InOrder(), asyncio.Event(), asyncio.Event()
        wide.set()
        first = asyncio.create_task(queue.run("a", work("a1", shut)))
        second = asyncio.create_task(queue.run("a", work("a2", wide)))
        await asyncio.create_task(queue.run("b", work("b1", wide)))
        shut.set()
        await asyncio.gather(first, second)

    asyncio.run(main())

    assert done == ["b1", "a1", "a2"]


def test_failed_work_lets_the_next_begin() -> None:
    """An error reaches whoever asked for the work and holds up nobody after it."""

    async def main() -> str:
        queue, flaky = InOrder(), Flaky(1)
        with pytest.raises(ConnectionError):
            await queue.run("a", flaky.send)
        return await queue.run("a", flaky.send)

    assert asyncio.run(main()) == "ok"


@pytest.mark.parametrize(("failures", "pauses"), [(0, []), (3, [1.0, 2.0, 3.0])])
def test_sending_is_tried_again_after_each_pause(failures: int, pauses: list[float]) -> None:
    """Each failure is followed by the pause that it asks for, then by another try."""
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    said = asyncio.run(patiently(Flaky(failures).send, lambda error, tries: float(tries), sleep=sleep))

    assert said == "ok"
    assert slept == pauses


def test_hopeless_sending_is_given_up() -> None:
    """An error that no pause would help is raised as it is."""
    with pytest.raises(ConnectionError):
        asyncio.run(patiently(Flaky(1).send, lambda error, tries: None))


def test_pauses_grow_up_to_a_limit() -> None:
    """Failures in a row are followed by longer and longer pauses, up to half a minute."""
    assert [backoff_s(failures) for failures in (1, 2, 3, 4, 20)] == [0.5, 1.0, 2.0, 4.0, 30.0]


def test_action_is_done_at_once_and_kept_up() -> None:
    """An action happens at least once, again and again while the context is open, and not after that."""
    times: list[int] = []

    async def act() -> None:
        times.append(1)

    async def main() -> tuple[int, int, int]:
        async with repeated(act, 60):
            pass
        once = len(times)
        async with repeated(act, 0.001):
            await asyncio.sleep(0.05)
        often = len(times)
        await asyncio.sleep(0.01)
        return once, often, len(times)

    once, often, after = asyncio.run(main())

    assert once == 1
    assert often > once + 1
    assert after == often
