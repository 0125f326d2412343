"""Answers as Telegram messages: Telegram takes every one of them, and nothing is lost between them."""

from __future__ import annotations

from dataclasses import replace

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram_phrases import PHRASES, phrases_for
from bot.telegram_render import (
    link,
    render_answer,
    render_greeting,
    render_help,
    render_sources,
    render_text,
)
from bot.telegram_text import MAX_ENTITIES, MAX_UNITS, Message, Run, cleaned, messages, units
from index.records import Filters, StoreStatus
from qa.phrases_support import older_mark
from qa.records import Answer, Citation, Copy
from tests.bot_api_methods import EntityIn, text_faults
from tests.fakes import CopiesAnswerer, FakeAnswerer

EN = PHRASES["en"]
UNSEEN = regex.compile(r"[\s\p{Cc}\p{Cf}\u2800\ufffc]+")

SCRIPTS = [
    st.characters(exclude_categories=["Cs"]),
    st.sampled_from("abc ёўіЩ ąłß ñ 汉字。 هذا עברית हिन्दी ไทย 한국어 \n"),
    st.sampled_from(["🇧🇾", "👩‍👩‍👧‍👦", "👍🏽", "❤️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "é", "n̈", "\u200b", "\t", "\r\n", "\u2028", "\ud83d"]),
    st.sampled_from(["One sentence. ", "Two! ", "第三句。", "\n\n", "«Цытата», ", "> quoted\n", "<b>*_`[x](y)", "[1]"]),
]
PIECES = st.lists(st.one_of(SCRIPTS), max_size=40).map("".join)
LONG = st.tuples(PIECES, st.integers(1, 200)).map(lambda pair: (pair[0] * pair[1])[:9_000])
TEXTS = st.one_of(PIECES, LONG)
LINKS = st.one_of(st.none(), st.just("https://news.example/en/bridge?a=1&b=2#c"), PIECES)
STYLES = st.sampled_from([None, "blockquote", "italic"])


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """Draw an answer in either mode with up to 160 citations, whatever their texts are."""
    some = draw(st.lists(citations(), min_size=1, max_size=4)) * draw(st.sampled_from([1, 1, 1, 2, 40]))
    cited = tuple(replace(citation, number=number) for number, citation in enumerate(some, start=1))
    return Answer(
        question="?",
        language=draw(st.sampled_from([*PHRASES, "fi"])),
        answered=True,
        confidence=0.9,
        text=draw(TEXTS) + "\n".join(f"“{citation.quote}” [{citation.number}]" for citation in cited),
        citations=cited,
        nearest=(),
        as_of=None,
        filters=Filters(),
        mode=draw(st.sampled_from(["extractive", "generative"])),
    )


@st.composite
def citations(draw: st.DrawFn) -> Citation:
    """Draw a citation."""
    return Citation(
        number=1,
        article_id=draw(st.text(min_size=1)),
        title=draw(PIECES),
        url=draw(LINKS),
        published=draw(st.one_of(st.none(), st.just("2024-03-03T09:30"), PIECES)),
        language=draw(st.sampled_from(["und", "be", "xx"])),
        source=draw(st.one_of(st.none(), PIECES)),
        quote=draw(TEXTS),
        start=0,
        end=1,
        passage="",
        score=1.0,
        older=draw(st.booleans()),
        copies=tuple(draw(st.lists(copies(), max_size=5))),
    )


@st.composite
def copies(draw: st.DrawFn) -> Copy:
    """Draw another article with the same story."""
    source = draw(st.one_of(st.none(), PIECES))
    return Copy(
        draw(st.text(min_size=1)), draw(PIECES), draw(LINKS), None, draw(st.sampled_from(["und", "xx"])), source
    )


def shown(text: str) -> str:
    """Return what is seen of a text: no white space, no format characters, in Telegram's reading."""
    return str(UNSEEN.sub("", cleaned(text)))


def faults(parts: list[Message]) -> list[str]:
    """Say what Telegram would not take as it is."""
    found = [f"{units(part.text)} units" for part in parts if not 1 <= units(part.text) <= MAX_UNITS]
    for part in parts:
        entities = [
            EntityIn.model_validate(
                {"type": entity.style, "offset": entity.offset, "length": entity.length, "url": entity.url}
            )
            for entity in part.entities
        ]
        found += text_faults(part.text, entities)
    return found


def pieces(parts: list[Message], style: str) -> str:
    """Return all that is set in a style, one after the other."""
    return "".join(
        part.text.encode("utf-16-le")[2 * entity.offset : 2 * (entity.offset + entity.length)].decode("utf-16-le")
        for part in parts
        for entity in part.entities
        if entity.style == style
    )


@settings(deadline=None, max_examples=40)
@given(answers())
def test_any_answer_is_taken_and_whole(answer: Answer) -> None:
    """Whatever an answer holds, its messages keep Telegram's rules, with all its quotations in order."""
    parts = render_answer(answer, EN)

    assert faults(parts) == []
    quotes = "".join(citation.quote for citation in answer.citations)
    assert shown(pieces(parts, "blockquote")) == shown(quotes)
    if answer.mode == "generative":
        assert "".join(shown(part.text) for part in parts).startswith(shown(answer.text))
    assert [part.preview for part in parts[1:]] == [None] * (len(parts) - 1)


@settings(deadline=None, max_examples=30)
@given(answers())
def test_any_sources_are_taken_and_whole(answer: Answer) -> None:
    """The list of sources keeps Telegram's rules and names each article."""
    parts = render_sources(answer, EN)

    assert faults(parts) == []
    named = "".join(shown(part.text) for part in parts)
    first = {citation.article_id: citation for citation in reversed(answer.citations)}
    assert all(shown(" ".join(citation.title.split())) in named for citation in first.values())


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.tuples(TEXTS, STYLES), max_size=4).map(tuple), max_size=6),
    st.sampled_from([1, 1, 50]),
)
def test_messages_lose_nothing(drawn: list[tuple[tuple[str, str | None], ...]], times: int) -> None:
    """The messages one after the other are the blocks one after the other, but for white space."""
    blocks = [tuple(Run(text, style) for text, style in block * times) for block in drawn]
    parts = messages(blocks)

    assert faults(parts) == []
    whole = "".join(shown(run.text) for block in blocks for run in block)
    assert "".join(shown(part.text) for part in parts) == whole
    quoted = "".join(shown(run.text) for block in blocks for run in block if run.style == "blockquote")
    assert shown(pieces(parts, "blockquote")) == quoted


@pytest.mark.parametrize(
    ("separator", "sentence"),
    [
        ("\n\n", "A paragraph. Of two sentences."),
        ("\n", "A line, short"),
        (" ", "A sentence."),
        (" ", "word"),
    ],
)
def test_cuts_fall_between_the_largest_units(separator: str, sentence: str) -> None:
    """A text that is too long is cut between paragraphs, else lines, else sentences, else words."""
    count = 3 * MAX_UNITS // len(sentence + separator)
    parts = render_text(separator.join([sentence] * count))

    assert len(parts) in (3, 4)
    assert all(part.text.endswith(sentence) and part.text.startswith(sentence) for part in parts)
    assert all(units(part.text) > MAX_UNITS / 2 for part in parts[:-1])


def test_chinese_is_cut_after_its_full_stop() -> None:
    """Chinese has no spaces; its sentences are kept whole all the same."""
    parts = render_text("新图书馆周六开馆。" * 1000)

    assert len(parts) == 3
    assert all(part.text.endswith("。") for part in parts)


@pytest.mark.parametrize("grapheme", ["👩‍👩‍👧‍👦", "🇧🇾", "ё̂", "👍🏽", "한"])
def test_characters_of_many_code_points_are_not_cut(grapheme: str) -> None:
    """One endless word is cut between what a reader sees as characters."""
    parts = render_text(grapheme * 5000)

    assert faults(parts) == []
    assert all(part.text.replace(grapheme, "") == "" for part in parts)


def test_paragraph_that_fits_a_message_is_kept_whole() -> None:
    """A paragraph moves to the next message rather than being cut."""
    parts = messages([(Run("a" * 1000),), (Run("b" * 4000),), (Run("c" * 90),)])

    assert [len(part.text) for part in parts] == [1000, 4000 + 2 + 90]


def test_quotation_goes_on_in_the_next_message() -> None:
    """A quotation too long for a message is a block quote in each of its messages."""
    answer = FakeAnswerer().ask("harbour bridge of Port Elling")
    long = replace(answer.citations[0], quote="The bridge is long. " * 500)
    parts = render_answer(replace(answer, text=f"“{long.quote}” [1]", citations=(long,)), EN)

    assert len(parts) == 3
    assert [entity.style for part in parts for entity in part.entities] == ["blockquote"] * 3 + ["text_link"]
    assert all(part.text.startswith("The bridge is long.") for part in parts)


def test_entities_are_spread_over_messages() -> None:
    """More styled pieces than a message may have go to the next message."""
    parts = messages([(Run("x", "italic"), Run(" ")) * 250])

    assert [len(part.entities) for part in parts] == [MAX_ENTITIES, MAX_ENTITIES, 50]


def test_extractive_text_is_not_said_twice() -> None:
    """Of an extractive answer's text only paragraphs that say more than the quotations are shown."""
    answer = FakeAnswerer().ask("harbour bridge of Port Elling")
    plain = render_answer(answer, EN)
    introduced = render_answer(replace(answer, text=f"Two articles say this:\n{answer.text}"), EN)

    assert plain[0].text.startswith(answer.citations[0].quote)
    assert introduced[0].text == f"Two articles say this:\n\n{plain[0].text}"


def test_lines_around_the_quotations_keep_their_places() -> None:
    """How a question was read comes first, a date before its quotation, what supports the answer last."""
    answer = FakeAnswerer().ask("harbour bridge of Port Elling")
    first, second = answer.citations
    text = f"Read as: what?\n3 March: “{first.quote}” [1]\n“{second.quote}” [2] (earlier figure)\nTwo sources."

    [message] = render_answer(replace(answer, text=text), EN)

    assert message.text.startswith(f"Read as: what?\n\n3 March:\n{first.quote}\n[1] {first.title}\n")
    assert message.text.endswith("4 March 2024 · German\n(earlier figure)\n\nTwo sources.")
    assert pieces([message], "blockquote") == first.quote + second.quote


def test_copies_are_named_and_linked_briefly() -> None:
    """Under a source stand the other articles with its story: three, linked where possible, and how many more."""
    answer = CopiesAnswerer().ask("harbour bridge of Port Elling")
    first = answer.citations[0]
    many = replace(first, copies=(*first.copies[:1], replace(first.copies[1], source=None), *[first.copies[2]] * 5))

    [message] = render_answer(answer, EN)
    told = render_answer(replace(answer, citations=(many,)), EN)[0].text

    assert "\nAlso: Ellinger Bote (German), Зуеўскі веснік (Belarusian), <u>Source</u> (English)\n" in message.text
    assert pieces([message], "text_link").startswith(f"{first.title}Ellinger Bote")
    assert message.text.count("Also:") == 1
    assert f"Also: Ellinger Bote (German), {first.copies[1].title} (Belarusian), <u>Source</u> (English) +4\n" in told
    assert "Also: Ellinger Bote (German), " in render_sources(answer, EN)[0].text


@pytest.mark.parametrize("question", ["harbour bridge of Port Elling", "Мост harbour bridge of Port Elling"])
def test_an_older_figure_is_marked_once(question: str) -> None:
    """Where the text does not say that a figure is older, its source does, in the question's language."""
    answer = CopiesAnswerer().ask(question)
    mark = older_mark(None, answer.language)
    said = replace(answer, text=f"{answer.text} ({mark})")

    [silent], [told] = render_answer(answer, EN), render_answer(said, EN)

    assert silent.text.endswith(f"\n{mark}")
    assert told.text.endswith(f"\n({mark})")
    assert told.text.count(mark) == silent.text.count(mark) == 1


def test_generated_text_comes_before_the_quotations() -> None:
    """A generated answer is shown as it is, with its numbers, above the quotations."""
    answer = FakeAnswerer().ask("harbour bridge of Port Elling")
    [message] = render_answer(replace(answer, mode="generative", text="It cost 212 million. [1][2]"), EN)

    assert message.text.startswith(f"It cost 212 million. [1][2]\n\n{answer.citations[0].quote}\n[1] ")


def test_sources_of_one_article_are_one_line() -> None:
    """Two quotations of one article make one entry with both numbers."""
    answer = FakeAnswerer().ask("harbour bridge of Port Elling")
    first, second = answer.citations
    cited = (first, replace(first, number=2), replace(second, number=3))
    [message] = render_sources(replace(answer, citations=cited), EN)

    assert f"\n\n[1] [2] {first.title}\n" in message.text
    assert f"\n\n[3] {second.title}\n" in message.text


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        "ftp://news.example/a",
        "http://localhost/a",
        "https://news.example/a b",
        "https://news.example:port/",
        "https://[::1",
        "https://./",
        "https://news.example/\u202egnp.exe",
        "https://news.example/" + "a" * 3000,
    ],
)
def test_odd_addresses_are_not_linked(url: str | None) -> None:
    """Only what Telegram opens as a web page becomes a link."""
    assert link(url) is None


def test_every_phrase_is_said_in_every_language() -> None:
    """No language lacks a phrase or a placeholder, and each has a command for each command."""
    status = StoreStatus(1234, 9, {"be": 1, "und": 1, "en": 9}, None, "2024-05-24T15:34", "m", 1, 1, 0)
    for language, phrases in PHRASES.items():
        [greeting] = render_greeting(status, phrases)
        assert phrases.day("2024-05-24") in greeting.text
        assert phrases.listed([phrases.language("en"), phrases.language("be")]) in greeting.text
        assert "{" not in greeting.text
        assert set(phrases.commands) == set(EN.commands)
        assert all(f"/{command} " in render_help(phrases)[0].text for command in phrases.commands)
        assert all(name in phrases.too_long for name in ("{length}", "{limit}"))
        assert "{user}" in phrases.not_invited
        assert language == "en" or phrases.new_conversation != EN.new_conversation
        assert language == "en" or phrases.greeting != EN.greeting


@pytest.mark.parametrize(
    ("code", "language"), [("zh-hans", "zh"), ("BE", "be"), ("pt-br", "en"), (None, "en"), ("", "en")]
)
def test_interface_language_follows_the_client(code: str | None, language: str) -> None:
    """The client's language is spoken where we speak it; English otherwise."""
    assert phrases_for(code) is PHRASES[language]
