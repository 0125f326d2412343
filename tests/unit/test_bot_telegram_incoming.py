"""Reading what people send: questions, commands, and what is not meant for the bot."""

from __future__ import annotations

import pytest

from bot.telegram_incoming import Incoming, Words, read_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who won?", Words(True, None, "Who won?")),
        ("  Who won? \n", Words(True, None, "Who won?")),
        ("mail me@qa_bot.example", Words(True, None, "mail me@qa_bot.example")),
        ("/start", Words(True, "start", "/start")),
        ("/START payload", Words(True, "start", "/START payload")),
        ("/new", Words(True, "new", "/new")),
        ("/start@QA_bot", Words(True, "start", "/start@QA_bot")),
        ("/start@other_bot", Words(False, "start", "/start@other_bot")),
        ("/nonsense", Words(True, "nonsense", "/nonsense")),
        ("/1.5 million?", Words(True, None, "/1.5 million?")),
        ("/кто победил", Words(True, None, "/кто победил")),
        (None, Words(True, None, None)),
    ],
)
def test_private_messages(text: str | None, words: Words) -> None:
    """In a private chat everything is for the bot, except commands for another one."""
    assert read_words(text, bot_name="qa_bot", private=True, to_bot=False) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Who won?", Words(False, None, "Who won?")),
        ("@qa_bot Who won?", Words(True, None, "Who won?")),
        ("Who won, @QA_Bot?", Words(True, None, "Who won, ?")),
        ("@qa_bot", Words(True, None, "")),
        ("@qa_bot_two, who won?", Words(False, None, "@qa_bot_two, who won?")),
        ("me@qa_bot", Words(False, None, "me@qa_bot")),
        ("/sources", Words(True, "sources", "/sources")),
        ("/nonsense", Words(False, "nonsense", "/nonsense")),
        ("/nonsense@qa_bot", Words(True, "nonsense", "/nonsense@qa_bot")),
        (None, Words(False, None, None)),
    ],
)
def test_group_messages(text: str | None, words: Words) -> None:
    """In a group only mentions, its own commands and commands with its name are for the bot."""
    assert read_words(text, bot_name="qa_bot", private=False, to_bot=False) == words


def test_reply_to_the_bot_in_a_group() -> None:
    """A reply to the bot is for it even without its name."""
    assert read_words("And when?", bot_name="qa_bot", private=False, to_bot=True) == Words(True, None, "And when?")


def message(chat_id: int, thread_id: int | None, user_id: int | None) -> Incoming:
    """Return a message; a group's number is negative."""
    return Incoming(chat_id, 1, thread_id, user_id, "en", chat_id > 0, Words(True, None, "Who?"))


def test_each_chat_topic_and_person_has_a_conversation() -> None:
    """A private chat is one conversation for each of its topics, a group one for each topic and person."""
    places = [
        (7, None, 7),
        (7, 1, 7),
        (8, None, 8),
        (-7, None, 7),
        (-7, None, 8),
        (-7, 1, 7),
        (-7, 1, 8),
        (-8, None, 7),
    ]

    conversations = [message(*place).conversation for place in places]

    assert None not in conversations
    assert len(set(conversations)) == len(places)
    assert message(-7, 1, 8).conversation == conversations[6]


def test_a_groups_nameless_have_no_conversation() -> None:
    """Who asks without a number is not taken for the one who asked before."""
    assert message(-7, None, None).conversation is None
