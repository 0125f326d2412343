"""The Telegram bot in trouble: failures, floods, blocks, a lost network, wrong tokens, signals."""

from __future__ import annotations

import logging
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from bot.telegram_bot import run_bot
from bot.telegram_phrases import PHRASES
from index.errors import BadDate, BadSetting, StoreCorrupt
from tests.bot_api import TOKEN
from tests.fakes import BRIDGE, FakeAnswerer
from tests.person import Person, wait_until
from tests.running_bot import BRIDGE_QUESTION, SlowAnswerer, running_bot

ROOT = Path(__file__).resolve().parents[2]


def test_failure_is_told_kindly_and_logged_without_words(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """When answering fails, the person reads a friendly sentence, and the log does not quote the question."""
    person.language = "es"
    answerer = FakeAnswerer(error=RuntimeError(f"cannot cope with {BRIDGE_QUESTION}"))
    caplog.set_level(logging.INFO)
    with running_bot(answerer, person.address):
        [unforeseen] = person.ask(BRIDGE_QUESTION)
        answerer.error = StoreCorrupt("The store is damaged; run `vestka check --repair`.")
        [foreseen] = person.ask(BRIDGE_QUESTION)
        answerer.error = BadDate("'2024-13-01' is not a date; write YYYY-MM-DD.")
        [public] = person.ask(BRIDGE_QUESTION)

    assert unforeseen["text"] == foreseen["text"] == PHRASES["es"].failure
    assert public["text"] == "'2024-13-01' is not a date; write YYYY-MM-DD."
    assert "RuntimeError" in caplog.text
    assert "vestka check --repair" in caplog.text
    assert BRIDGE_QUESTION not in caplog.text


def test_blocked_bot_goes_on(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """Someone who blocks the bot while it answers costs a log line at INFO; others are answered."""
    caplog.set_level(logging.INFO)
    other = person.neighbour()
    with running_bot(SlowAnswerer(), person.address):
        person.say("slowly: " + BRIDGE_QUESTION)
        wait_until(lambda: bool(person.calls("sendChatAction")))
        person.block()
        wait_until(lambda: "blocked by the user" in caplog.text)
        other.ask(BRIDGE_QUESTION)

    blocked = [record for record in caplog.records if "blocked by the user" in record.getMessage()]
    assert [record.levelno for record in blocked] == [logging.INFO]
    refused = [call["code"] for call in person.calls("sendMessage")]
    assert refused == [httpx.codes.FORBIDDEN]
    person.journal.clear()


def test_passing_failures_of_the_server_lose_nothing(own_person: Person) -> None:
    """A flood limit and a failing server delay an answer, and that is all."""
    own_person.break_method("sendMessage", httpx.codes.TOO_MANY_REQUESTS, retry_after=1)
    own_person.break_method("sendMessage", httpx.codes.BAD_GATEWAY)
    own_person.break_method("sendMessage", httpx.codes.INTERNAL_SERVER_ERROR)
    with running_bot(FakeAnswerer(), own_person.address):
        [reply] = own_person.ask(BRIDGE_QUESTION)

    assert BRIDGE.title in reply["text"]
    assert [call["code"] for call in own_person.calls("sendMessage")] == [429, 502, 500, 200]
    own_person.journal.clear()


def test_questions_from_before_the_start_are_answered_once(person: Person) -> None:
    """What people wrote while the bot was away is answered when it is back, and not again after that."""
    with running_bot(FakeAnswerer(), person.address):
        person.ask("/start")
    person.say(BRIDGE_QUESTION)
    with running_bot(FakeAnswerer(), person.address):
        person.wait_for(2)
    with running_bot(FakeAnswerer(), person.address):
        person.ask("/help")

    assert len(person.received()) == 3


def test_wrong_token_is_one_line_with_a_remedy(bot_api: str) -> None:
    """A token that Telegram does not know, or that is none, ends the bot with a line that hides it."""
    wrong = "123456789:notthetokennotthetokennotthetoken1"
    for token in (wrong, "nonsense"):
        with pytest.raises(BadSetting, match="BotFather") as refused:
            run_bot(FakeAnswerer(), token=token, base_url=bot_api)
        assert token not in str(refused.value)
        assert "\n" not in str(refused.value)
        assert refused.value.__cause__ is None
        assert refused.value.__suppress_context__ or refused.value.__context__ is None


def test_address_that_is_none_is_refused() -> None:
    """A base address that is no http address ends the bot with one line."""
    with pytest.raises(BadSetting, match="VESTKA_TELEGRAM_BASE_URL"):
        run_bot(FakeAnswerer(), token=TOKEN, base_url="127.0.0.1:8081")


def test_second_program_with_the_token_is_named_once(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """While another program polls with the token, one log line says so; afterwards the bot goes on."""
    poll = f"{person.address}/bot{TOKEN}/getUpdates"
    with running_bot(FakeAnswerer(), person.address):
        for _ in range(3):
            httpx.post(poll, data={"timeout": "0"})
            time.sleep(0.2)
        wait_until(lambda: "Another program" in caplog.text)
        person.ask(BRIDGE_QUESTION)

    assert caplog.text.count("Another program") == 1
    assert TOKEN.partition(":")[2] not in caplog.text


def test_bot_waits_for_telegram(own_person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """When Telegram cannot be reached at the start, the bot says so once, tries again, and then answers."""
    own_person.break_method("getMe", httpx.codes.BAD_GATEWAY, times=2)
    own_person.break_method("setMyCommands", httpx.codes.INTERNAL_SERVER_ERROR)
    with running_bot(FakeAnswerer(), own_person.address):
        own_person.ask(BRIDGE_QUESTION)

    assert caplog.text.count("cannot be reached") == 1
    own_person.journal.clear()


def test_bot_without_a_network_can_be_stopped(caplog: pytest.LogCaptureFixture) -> None:
    """A bot that never reached Telegram stops as soon as it is told to."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    with running_bot(FakeAnswerer(), nowhere):
        wait_until(lambda: "cannot be reached" in caplog.text)


def test_withdrawn_token_ends_the_bot(own_person: Person) -> None:
    """A token that is withdrawn while the bot runs ends it with the same line as a wrong one."""
    own_person.break_method("getUpdates", httpx.codes.UNAUTHORIZED)
    with pytest.raises(BadSetting, match="BotFather"):
        run_bot(FakeAnswerer(), token=TOKEN, base_url=own_person.address)


def test_token_is_never_logged(person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """Not even with every library's debugging on does the log hold the token."""
    caplog.set_level(logging.DEBUG)
    with running_bot(FakeAnswerer(), person.address):
        person.ask(BRIDGE_QUESTION)
        logging.getLogger("somebody").error("failed: %s", f"{person.address}/bot{TOKEN}/getMe")
        try:
            raise ValueError(TOKEN)
        except ValueError:
            logging.getLogger("somebody").exception("failed")

    assert "somebody" in caplog.text
    assert TOKEN.partition(":")[2] not in caplog.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_signal_finishes_what_is_in_hand(person: Person, number: signal.Signals) -> None:
    """A bot that is told to stop answers the question that it is working on, then ends with status 0."""
    program = (
        "from bot.telegram_bot import run_bot; from tests.fakes import FakeAnswerer;"
        f"run_bot(FakeAnswerer(delay_s=1), token={TOKEN!r}, base_url={person.address!r})"
    )
    process = subprocess.Popen(
        [sys.executable, "-W", "error", "-c", program],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        person.say(BRIDGE_QUESTION)
        wait_until(lambda: bool(person.calls("sendChatAction")))
        process.send_signal(number)
        _, said = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()

    assert process.returncode == 0, said
    assert said == ""
    assert len(person.received()) == 1
