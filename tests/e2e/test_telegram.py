"""The Telegram bot and the people who ask it, over local Bot API servers."""

from __future__ import annotations

import itertools
from dataclasses import replace

import httpx
import pytest

from bot.telegram_phrases import PHRASES
from index.errors import StoreCorrupt
from qa.records import Citation
from tests.fakes import BRIDGE, BRIDGE_DE, FakeAnswerer
from tests.person import Person, styled
from tests.running_bot import BRIDGE_QUESTION, LongAnswerer, SlowAnswerer, running_bot


def test_question_is_answered_with_quotations_and_their_sources(person: Person) -> None:
    """Each quotation is a block quote, followed by its number, linked title, source, date and language."""
    answerer = FakeAnswerer()
    with running_bot(answerer, person.address):
        [reply] = person.ask(BRIDGE_QUESTION)

    citations = FakeAnswerer().ask(BRIDGE_QUESTION).citations
    assert styled(reply, "blockquote") == [citation.quote for citation in citations]
    assert styled(reply, "text_link") == [citation.title for citation in citations]
    assert [entity["url"] for entity in reply["entities"] if "url" in entity] == [
        citation.url for citation in citations
    ]
    assert f"[1] {BRIDGE.title}\nElling Courier · 3 March 2024 · English" in reply["text"]
    assert f"[2] {BRIDGE_DE.title}\nEllinger Bote · 4 March 2024 · German" in reply["text"]
    assert reply["link_preview_options"]["url"] == BRIDGE.url


def test_reply_quotes_the_question_and_typing_comes_first(person: Person) -> None:
    """The typing action is there before the answer, and the answer replies to the question's message."""
    with running_bot(FakeAnswerer(), person.address):
        said = person.say(BRIDGE_QUESTION)
        [reply] = person.wait_for(1)

    assert reply["reply_parameters"]["message_id"] == said["message_id"]
    assert reply["reply_parameters"]["allow_sending_without_reply"] is True
    methods = [call["method"] for call in person.journal if "chat_id" in call["args"]]
    assert methods[0] == "sendChatAction"


def test_typing_is_kept_alive(own_person: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    """The typing action is repeated as long as the answer takes."""
    monkeypatch.setattr("bot.telegram_bot.TYPING_EVERY_S", 0.1)

    with running_bot(SlowAnswerer(), own_person.address):
        own_person.ask("slowly: " + BRIDGE_QUESTION)

    assert len(own_person.calls("sendChatAction")) >= 3


@pytest.mark.parametrize("language", PHRASES)
def test_start_greets_in_the_persons_language(person: Person, language: str) -> None:
    """/start says in the person's language what the bot does and what the archive holds."""
    person.language = f"{language}-XX"
    with running_bot(FakeAnswerer(), person.address):
        [reply] = person.ask("/start")

    phrases = PHRASES[language]
    assert phrases.greeting in reply["text"]
    assert phrases.articles.format(number="7") in reply["text"]
    assert phrases.day("2024-10-20") in reply["text"]
    assert phrases.language("be") in reply["text"]


def test_start_greets_without_an_archive(person: Person) -> None:
    """/start still greets when the archive cannot be read."""
    with running_bot(FakeAnswerer(error=StoreCorrupt("The store is damaged.")), person.address):
        [reply] = person.ask("/start")

    assert reply["text"].startswith(PHRASES["en"].greeting)


def test_help_lists_the_commands(person: Person) -> None:
    """/help, and any unknown command, lists the commands; a client in another language sees English."""
    person.language = "fi"
    with running_bot(FakeAnswerer(), person.address):
        [help_text] = person.ask("/help")
        refusal, again = person.ask("/nonsense", parts=2)

    for command, purpose in PHRASES["en"].commands.items():
        assert f"/{command} - {purpose}" in help_text["text"]
    assert refusal["text"] == PHRASES["en"].unknown_command
    assert again["text"] == help_text["text"]


def test_sources_of_the_last_answer(person: Person) -> None:
    """/sources lists the last answer's sources with links, and before any answer says to ask first."""
    person.language = "pl"
    with running_bot(FakeAnswerer(), person.address):
        [before] = person.ask("/sources")
        person.ask(BRIDGE_QUESTION)
        [after] = person.ask("/sources")
        person.ask("Quantum chromodynamics?")
        [refused] = person.ask("/sources")

    assert before["text"] == PHRASES["pl"].no_answer_yet
    assert after["text"].startswith(PHRASES["pl"].sources)
    assert styled(after, "text_link") == [BRIDGE.title, BRIDGE_DE.title]
    assert refused["text"].startswith(PHRASES["pl"].no_sources)


def test_a_chat_is_a_conversation_until_a_new_one(person: Person) -> None:
    """A question goes on from those before it, other chats know nothing of them, and /new forgets them."""
    person.language, other = "de", person.neighbour()
    answerer = FakeAnswerer()
    with running_bot(answerer, person.address):
        person.ask(BRIDGE_QUESTION)
        [follow_up] = person.ask("And how many years?")
        other.ask("And when?")
        [begun] = person.ask("/new")
        person.ask("And when?")

    read_as = f"{BRIDGE_QUESTION} And how many years?"
    assert answerer.histories == [[], [BRIDGE_QUESTION], [], []]
    assert follow_up["text"].startswith(f"Read as: {read_as}\n\nThe harbour bridge of Port Elling opened")
    assert begun["text"] == PHRASES["de"].new_conversation


def test_refusal_shows_the_closest_articles(person: Person) -> None:
    """A question without an answer gets the refusal in its own language and what comes closest."""
    with running_bot(FakeAnswerer(), person.address):
        [reply] = person.ask("Почему небо зелёное?")

    refusal = FakeAnswerer().ask("Почему небо зелёное?")
    assert reply["text"].startswith(f"{refusal.text}\n\n{PHRASES['ru'].nearest}\n\n• ")
    assert all(hit.article.title in reply["text"] for hit in refusal.nearest)
    assert not styled(reply, "blockquote")


def test_over_long_question_gets_a_hint(person: Person) -> None:
    """A question of more than 2,000 characters is not asked; the person reads how long it may be."""
    answerer = FakeAnswerer()
    with running_bot(answerer, person.address):
        [reply] = person.ask("why " * 600)

    assert reply["text"] == PHRASES["en"].too_long.format(length="2,399", limit="2,000")
    assert not answerer.questions


def test_picture_gets_a_hint(own_person: Person) -> None:
    """A picture or a sticker gets a hint to write; an event such as a pinned message gets nothing."""
    photo = {"file_id": "A", "file_unique_id": "B", "width": 9, "height": 9}
    with running_bot(FakeAnswerer(), own_person.address):
        own_person.show({"delete_chat_photo": True})
        own_person.show({"photo": [photo], "caption": "What is this?"})
        [reply] = own_person.wait_for(1)

    assert reply["text"] == PHRASES["en"].text_only


def test_long_answer_arrives_whole_and_in_order(person: Person) -> None:
    """An answer of many messages arrives complete and in order, although Telegram asks to slow down."""
    with running_bot(LongAnswerer(6), person.address):
        parts = person.ask(BRIDGE_QUESTION, parts=6)

    numbers = [quote.split()[1] for part in parts for quote in styled(part, "blockquote")]
    assert numbers == ["1", "2", "3", "4", "5", "6"]
    limited = [call for call in person.calls("sendMessage") if call["code"] == httpx.codes.TOO_MANY_REQUESTS]
    assert limited
    attempts = person.calls("sendMessage")
    for call, following in itertools.pairwise(attempts):
        if call in limited:
            assert following["t"] - call["t"] >= 1.0


def test_chats_do_not_hold_each_other_up(person: Person) -> None:
    """Two questions of one chat are answered in their order, while another chat's is answered at once."""
    other = person.neighbour()
    with running_bot(SlowAnswerer(), person.address):
        person.say("slowly: " + BRIDGE_QUESTION)
        person.say("/help")
        other.ask(BRIDGE_QUESTION)
        assert not person.received()
        first, second = person.wait_for(2)

    assert BRIDGE.title in first["text"]
    assert "/sources" in second["text"]


def test_group_is_answered_only_when_it_asks(person: Person) -> None:
    """In a group the bot answers commands, mentions and replies to it, and nothing else."""
    answerer, group = FakeAnswerer(), -1_000_000 - person.number
    with running_bot(answerer, person.address):
        person.say("Did anybody see the harbour bridge?", chat=group)
        person.say("/frobnicate", chat=group)
        [mentioned] = person.ask(f"@QA_bot {BRIDGE_QUESTION}", chat=group)
        asked = next(call for call in person.calls("sendMessage", group))
        bot_message = asked["args"]["reply_parameters"]["message_id"] + 1
        person.say("harbour bridge, years to build?", chat=group, reply_to=bot_message)
        person.wait_for(2, group)
        [sources] = person.ask("/sources@qa_bot", chat=group)
        [hint] = person.ask("@qa_bot", chat=group)

    assert BRIDGE.title in mentioned["text"]
    assert [question for question, _ in answerer.questions] == [
        BRIDGE_QUESTION,
        "harbour bridge, years to build?",
    ]
    assert sources["text"].startswith(PHRASES["en"].sources)
    assert hint["text"] == PHRASES["en"].ask


def test_people_in_a_group_have_conversations_of_their_own(person: Person) -> None:
    """A reply to the bot's answer is a follow-up to what the same person asked, not to another's question."""
    answerer, group, other = FakeAnswerer(), -3_000_000 - person.number, person.neighbour()
    with running_bot(answerer, person.address):
        person.ask(f"@qa_bot {BRIDGE_QUESTION}", chat=group)
        asked = next(call for call in person.calls("sendMessage", group))
        answer = asked["args"]["reply_parameters"]["message_id"] + 1
        person.say("And how many years?", chat=group, reply_to=answer)
        person.wait_for(2, group)
        other.say("And when?", chat=group, reply_to=answer)
        person.wait_for(3, group)
        [begun] = person.ask("/new@qa_bot", chat=group)
        person.ask("@qa_bot And when?", chat=group)

    assert answerer.histories == [[], [BRIDGE_QUESTION], [], []]
    assert begun["text"] == PHRASES["en"].new_conversation


def test_only_the_allowed_are_answered(person: Person) -> None:
    """With a list of allowed numbers others read that they are not invited, and their own number."""
    stranger = person.neighbour("de")
    group = -2_000_000 - person.number
    with running_bot(FakeAnswerer(), person.address, frozenset({person.number})):
        [refused] = stranger.ask("/start")
        stranger.say("/start@qa_bot", chat=group)
        [greeted] = person.ask("/start")
        person.ask("/start", chat=group)

    assert refused["text"] == PHRASES["de"].not_invited.format(user=stranger.number)
    assert greeted["text"].startswith(PHRASES["en"].greeting)
    assert len(person.received(group)) == 1


def test_menu_of_commands_is_there_in_every_language(person: Person) -> None:
    """The bot fills Telegram's menu in seven languages and, for everybody else, in English."""
    with running_bot(FakeAnswerer(), person.address):
        pass

    menus = {call["args"].get("language_code", ""): call["args"] for call in person.calls("setMyCommands")}
    assert set(menus) == {"", *PHRASES}
    assert menus["be"]["commands"][0] == {
        "command": "start",
        "description": PHRASES["be"].commands["start"],
    }
    assert menus[""]["commands"] == menus["en"]["commands"]


def test_citation_without_a_link_stays_readable(person: Person) -> None:
    """A source that cannot be linked to is named in italics, and nothing is previewed."""
    odd = replace(BRIDGE, url="javascript:alert(1)", published="someday", language="und", source=None)
    with running_bot(FakeAnswerer([odd]), person.address):
        [reply] = person.ask(BRIDGE_QUESTION)

    citation: Citation = FakeAnswerer([odd]).ask(BRIDGE_QUESTION).citations[0]
    assert styled(reply, "italic") == [citation.title]
    assert reply["text"] == f"{citation.quote}\n[1] {citation.title}\nsomeday"
    assert reply["link_preview_options"] == {"is_disabled": True}
