from __future__ import annotations

import math
import threading
from dataclasses import replace

import pytest

from index.records import Filters
from qa.conversations import Conversations
from qa.records import Answer, Citation, Searched, Turn

REFUSAL = Answer(
    question="Who built the mill?",
    language="en",
    answered=False,
    confidence=0.1,
    text="The archive does not answer this question.",
    citations=(),
    nearest=(),
    as_of=None,
    filters=Filters(),
    searched=Searched(3, None, None, ("en",)),
)


def cited(number: int, article_id: str, quote: str) -> Citation:
    """Return a citation of an article that consists of its quotation."""
    return Citation(
        number,
        article_id,
        "Mill",
        None,
        None,
        "en",
        None,
        quote=quote,
        start=0,
        end=len(quote),
        passage=quote,
        score=1.0,
    )


def asked(question: str) -> Answer:
    """Return a refusal to a question."""
    return replace(REFUSAL, question=question)


def questions(conversations: Conversations, key: object) -> list[str]:
    """Return what was asked in a conversation."""
    return [turn.question for turn in conversations.history(key)]


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_new_conversation_has_no_history() -> None:
    """And asking for it does not begin one."""
    assert Conversations().history("a") == ()


def test_a_turn_is_what_was_asked_and_quoted() -> None:
    """Articles once each, in the order of the citations."""
    citations = (cited(1, "b", "Ada built it."), cited(2, "a", "It was in 1901."), cited(3, "b", "It burnt."))
    conversations = Conversations()
    conversations.remember("a", replace(REFUSAL, language="be", answered=True, citations=citations))
    assert conversations.history("a") == (
        Turn("Who built the mill?", "be", ("b", "a"), ("Ada built it.", "It was in 1901.", "It burnt.")),
    )


def test_a_follow_up_is_remembered_as_it_was_read() -> None:
    """So that the next one can refer to it."""
    conversations = Conversations()
    conversations.remember("a", replace(asked("And when?"), read_as="When was the mill built?"))
    assert questions(conversations, "a") == ["When was the mill built?"]


def test_a_long_quotation_is_cut() -> None:
    """What is remembered is bounded."""
    conversations = Conversations()
    conversations.remember("a", replace(REFUSAL, answered=True, citations=(cited(1, "a", "mill " * 1000),)))
    assert conversations.history("a")[0].quotes == (("mill " * 60),)


def test_a_refused_question_is_remembered() -> None:
    """Without quotations: a follow-up may put it differently."""
    conversations = Conversations()
    conversations.remember("a", REFUSAL)
    assert conversations.history("a") == (Turn("Who built the mill?", "en"),)


def test_small_talk_is_not_remembered() -> None:
    """Thanks between two questions part nothing."""
    conversations = Conversations(turns=1)
    conversations.remember("a", REFUSAL)
    conversations.remember("a", replace(asked("Thanks!"), searched=None))
    assert questions(conversations, "a") == ["Who built the mill?"]


def test_the_last_turns_are_kept_oldest_first() -> None:
    """Three unless told."""
    conversations, one = Conversations(), Conversations(turns=1)
    for question in ("1?", "2?", "3?", "4?"):
        conversations.remember("a", asked(question))
        one.remember("a", asked(question))
    assert questions(conversations, "a") == ["2?", "3?", "4?"]
    assert questions(one, "a") == ["4?"]


def test_conversations_are_apart_and_forgotten_alone() -> None:
    """Whatever can be hashed names one."""
    conversations = Conversations()
    for key in ("a", ("a", 1)):
        conversations.remember(key, asked(f"{key}?"))
    conversations.forget("a")
    conversations.forget("never begun")
    assert questions(conversations, "a") == []
    assert questions(conversations, ("a", 1)) == ["('a', 1)?"]


def test_the_least_recently_used_is_dropped() -> None:
    """To be read is to be used; what is dropped is gone."""
    conversations = Conversations(capacity=2)
    for key in ("a", "b"):
        conversations.remember(key, asked(f"{key}?"))
    assert questions(conversations, "a") == ["a?"]
    conversations.remember("c", asked("c?"))
    assert [questions(conversations, key) for key in "abc"] == [["a?"], [], ["c?"]]


def test_reading_unknown_conversations_drops_none() -> None:
    """Only what is remembered takes a place."""
    conversations = Conversations(capacity=1)
    conversations.remember("a", asked("a?"))
    for number in range(10):
        conversations.history(number)
    assert questions(conversations, "a") == ["a?"]


def test_an_idle_conversation_is_forgotten() -> None:
    """Counted from its last use, each on its own."""
    clock = Clock()
    conversations = Conversations(idle_seconds=10.0, clock=clock)
    for key in ("a", "b"):
        conversations.remember(key, asked(f"{key}?"))
    clock.now = 10.0
    assert questions(conversations, "b") == ["b?"]
    clock.now = 10.5
    assert questions(conversations, "a") == []
    conversations.remember("a", asked("again?"))
    assert questions(conversations, "a") == ["again?"]
    clock.now = 20.0
    assert questions(conversations, "b") == ["b?"]


def test_an_idle_conversation_begins_anew() -> None:
    """A new question is not put to turns of long ago, read or not."""
    clock = Clock()
    conversations = Conversations(idle_seconds=10.0, clock=clock)
    conversations.remember("a", asked("old?"))
    clock.now = 11.0
    conversations.remember("a", asked("new?"))
    assert questions(conversations, "a") == ["new?"]


def test_a_conversation_of_its_own_process_never_ages() -> None:
    """A terminal can stay open for days."""
    clock = Clock()
    conversations = Conversations(idle_seconds=math.inf, clock=clock)
    conversations.remember("a", asked("a?"))
    clock.now = 1e9
    assert questions(conversations, "a") == ["a?"]


@pytest.mark.parametrize(("capacity", "turns"), [(0, 3), (1, 0), (-1, 3)])
def test_room_for_nothing_is_refused(capacity: int, turns: int) -> None:
    """It would forget everything without a word."""
    with pytest.raises(ValueError, match="at least 1"):
        Conversations(capacity, turns)


def test_threads_lose_no_turn() -> None:
    """Each thread adds to one conversation that all share, and reads, fills and forgets others meanwhile."""
    threads, rounds = 8, 200
    shared = Conversations(capacity=threads + 1, turns=threads * rounds)
    start = threading.Barrier(threads)
    failures: list[BaseException] = []

    def talk(thread: int) -> None:
        try:
            start.wait()
            for number in range(rounds):
                shared.remember("all", asked(f"{thread} {number}"))
                shared.remember(thread, asked(f"{number}"))
                assert questions(shared, thread) == [str(number)]
                shared.forget(thread)
        except BaseException as failure:  # noqa: BLE001 - a thread's failure is the test's
            failures.append(failure)

    running = [threading.Thread(target=talk, args=(thread,)) for thread in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert failures == []
    said = questions(shared, "all")
    assert len(said) == threads * rounds
    for thread in range(threads):
        own = [question for question in said if question.startswith(f"{thread} ")]
        assert own == [f"{thread} {number}" for number in range(rounds)]
