from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bot.answer_parts import text_parts
from bot.http_app import create_app
from bot.http_loading import LoadingAnswerer
from bot.present import answer_json
from index.errors import StoreLocked
from index.records import Filters
from qa.answerer import NO_FILTERS
from qa.records import Answer
from tests.answer_texts import ANSWER, TEXTS
from tests.browser import ask, chromium, opened, shot
from tests.fakes import ARTICLES, BRIDGE, BRIDGE_DE, CRANES, HOSTILE, CopiesAnswerer, FakeAnswerer
from tests.servers import served

QUESTION = "It took how many years to build the harbour bridge, and how many million crowns did it cost?"
STORY = "The harbour bridge of Port Elling?"
QUOTE = "It took four years to build and cost 212 million crowns, the council said."
REFUSED = "Who won the chess cup?"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for this file."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def answerer() -> FakeAnswerer:
    """Every invented article, the hostile one too."""
    return FakeAnswerer((*ARTICLES, HOSTILE))


@pytest.fixture(scope="module")
def address(answerer: FakeAnswerer) -> Iterator[str]:
    """A server that needs no key."""
    with served(create_app(LoadingAnswerer.loaded(answerer))) as base:
        yield base


def test_a_question_is_answered_with_its_quotation(browser: Browser, address: str) -> None:
    """Enter sends; the card holds the verbatim quote, the title as a link, source, date and language."""
    with opened(browser, address) as page:
        expect(page.get_by_text(re.compile("Articles: 8"))).to_be_visible()
        ask(page, QUESTION)

        card = page.locator(".card").first
        expect(card.locator("blockquote")).to_have_text(QUOTE)
        expect(card.locator("blockquote")).to_have_attribute("lang", "en")
        link = card.get_by_role("link", name=BRIDGE.title)
        expect(link).to_have_attribute("href", "https://news.example/en/bridge")
        expect(link).to_have_attribute("rel", "noopener noreferrer")
        expect(card).to_contain_text("Elling Courier")
        expect(card).to_contain_text("3 March 2024, 09:30")
        expect(card.locator(".badge")).to_have_text("English")
        expect(page.get_by_role("log")).to_have_attribute("aria-busy", "false")
        expect(page.get_by_role("textbox", name="Your question")).to_have_value("")


def test_the_quotation_is_marked_in_its_article(browser: Browser, address: str) -> None:
    """The panel marks exactly the quote, though an emoji stands before it; Escape closes the panel."""
    with opened(browser, address) as page:
        ask(page, QUESTION)
        opener = page.locator(".card").first.get_by_role("button", name="In the article")
        opener.click()

        panel = page.get_by_role("dialog")
        expect(panel.locator("mark")).to_have_text(QUOTE)
        expect(panel.locator("mark")).to_be_in_viewport()
        expect(panel.get_by_role("heading")).to_have_text(BRIDGE.title)
        assert panel.locator(".text").evaluate("element => element.textContent") == BRIDGE.text
        shot(page, "article-1280-light")
        page.keyboard.press("Escape")
        expect(panel).to_be_hidden()
        expect(opener).to_be_focused()


def test_a_quotation_is_found_again_in_an_article_that_grew(browser: Browser) -> None:
    """A quote that has moved is still marked; when it is gone the page says so."""
    answerer = FakeAnswerer()
    with served(create_app(LoadingAnswerer.loaded(answerer))) as base, opened(browser, base) as page:
        ask(page, QUESTION)
        opener = page.locator(".card").first.get_by_role("button", name="In the article")
        expect(opener).to_be_visible()
        _rewrite(answerer, "Corrected. " + BRIDGE.text)
        opener.click()
        expect(page.locator("mark")).to_have_text(QUOTE)
        page.get_by_role("button", name="Close").click()

        _rewrite(answerer, "Withdrawn.")
        opener.click()
        expect(page.get_by_text("this quotation is no longer in it")).to_be_visible()
        expect(page.locator("mark")).to_have_count(0)


def _rewrite(answerer: FakeAnswerer, text: str) -> None:
    answerer.put([replace(BRIDGE, text=text)])


def test_an_article_whose_id_is_an_address_opens(browser: Browser, address: str) -> None:
    """Ids with slashes and question marks survive the way to the server."""
    with opened(browser, address) as page:
        ask(page, "Hafenbrücke Port Elling Verkehr freigegeben Kronen Bau kostete")
        page.locator(".card", has_text=BRIDGE_DE.title).get_by_role("button").click()
        expect(page.get_by_role("dialog").get_by_role("heading")).to_have_text(BRIDGE_DE.title)


def test_a_refusal_shows_the_nearest_articles(browser: Browser, address: str) -> None:
    """A question that the archive does not answer gets the refusal's text and articles that open."""
    with opened(browser, address) as page:
        ask(page, REFUSED)
        expect(page.get_by_text("The archive does not answer this question.")).to_be_visible()
        expect(page.get_by_role("heading", name="Nearest articles")).to_be_visible()
        expect(page.locator(".nearest .card")).to_have_count(3)
        expect(page.locator("blockquote")).to_have_count(0)
        shot(page, "refusal-1280-light")
        page.locator(".nearest .card").first.get_by_role("button").click()
        expect(page.get_by_role("dialog").locator("mark")).to_be_visible()


def test_hostile_articles_stay_text(browser: Browser, address: str) -> None:
    """Markup in titles, sources, dates and texts is shown as it is, and no script address becomes a link."""
    with opened(browser, address) as page:
        ask(page, "Did the zebra <b>escape</b> from the zoo on Monday? escaped article script")
        card = page.locator(".card").first
        expect(card.locator(".title")).to_have_text(HOSTILE.title)
        expect(card.locator("blockquote")).to_have_text(HOSTILE.text)
        expect(card.locator("a")).to_have_count(0)
        expect(card.locator("time")).to_have_text("2024-02-30<svg>")
        card.get_by_role("button").click()
        expect(page.get_by_role("dialog").locator("mark")).to_have_text(HOSTILE.text)
        expect(page.locator("#conversation :is(img, b, u, script), #reader :is(img, b, script)")).to_have_count(0)
        assert page.title() == "Vestka"


def test_a_page_is_a_conversation_until_a_new_one(browser: Browser) -> None:
    """Questions on a page go on from each other; the button, like loading it anew, begins with an empty log."""
    answerer = FakeAnswerer()
    with served(create_app(LoadingAnswerer.loaded(answerer))) as base, opened(browser, base) as page:
        anew = page.get_by_role("button", name="New conversation")
        expect(anew).to_be_hidden()
        ask(page, QUESTION)
        expect(page.locator(".answer")).to_have_count(1)
        ask(page, "And when?")
        expect(page.locator(".answer")).to_have_count(2)
        expect(page.locator(".answer .text").last).to_have_text(f"Read as: {QUESTION} And when?")

        anew.click()
        expect(page.locator(".turn")).to_have_count(0)
        expect(anew).to_be_hidden()
        expect(page.get_by_role("textbox", name="Your question")).to_be_focused()
        ask(page, "And when?")
        expect(page.locator(".answer")).to_have_count(1)
        page.reload()
        ask(page, "And when?")
        expect(page.locator(".answer")).to_have_count(1)

    assert answerer.histories == [[], [QUESTION], [], []]


def test_a_conversation_has_a_name_that_nobody_guesses(browser: Browser, address: str) -> None:
    """Each is random, also where the browser makes no random UUIDs, as on a page that is not from https."""
    names = """async () => {
        const { conversationId, newConversation } = await import("/page/conversation.js");
        const names = [conversationId()];
        newConversation();
        names.push(conversationId());
        crypto.randomUUID = undefined;
        newConversation();
        names.push(conversationId());
        return names;
    }"""
    with opened(browser, address) as page:
        found = page.evaluate(names)

    assert len(set(found)) == 3
    assert all(re.fullmatch("[0-9a-f]{32}", name.replace("-", "")) for name in found)


def test_copies_stand_under_their_source(browser: Browser) -> None:
    """Each copy is a link to its page, or opens here where it has no safe one; an older figure is marked."""
    app = create_app(LoadingAnswerer.loaded(CopiesAnswerer((*ARTICLES, HOSTILE))))
    with served(app) as base, opened(browser, base) as page:
        ask(page, STORY)
        first, second = _cards(page, 2)

        also = first.locator(".also")
        expect(also).to_have_text("Also:Ellinger Bote (German)Зуеўскі веснік (Belarusian)<u>Source</u> (English)")
        expect(also.get_by_role("link")).to_have_attribute("href", BRIDGE_DE.url or "")
        expect(also.get_by_role("link")).to_have_attribute("rel", "noopener noreferrer")
        expect(second.locator(".also")).to_have_count(0)
        expect(first.get_by_text("earlier figure")).to_have_count(0)
        expect(second.get_by_text("earlier figure")).to_be_visible()
        shot(page, "copies-1280-light")
        also.get_by_role("button", name="Зуеўскі веснік").click()
        panel = page.get_by_role("dialog")
        expect(panel.get_by_role("heading")).to_have_text(CRANES.title)
        expect(panel.locator("mark, .notice")).to_have_count(0)


def _cards(page: Page, count: int) -> list[Locator]:
    """Return the cards of an answer once they are there: `all` alone does not wait for it."""
    cards = page.locator(".card")
    expect(cards).to_have_count(count)
    return cards.all()


class WordyAnswerer(FakeAnswerer):
    """Says more than its quotations."""

    def ask(self, question: str, filters: Any = NO_FILTERS, **more: Any) -> Answer:
        """Answer with dates, a mark and what supports the answer."""
        answer = super().ask(question, filters, **more)
        return replace(answer, text=TEXTS["words in their lines"])


def test_what_the_text_says_around_its_quotations_keeps_its_place(browser: Browser) -> None:
    """A date stands over its quotation, a mark under it, a line of its own where it stood; no quotation comes twice."""
    app = create_app(LoadingAnswerer.loaded(WordyAnswerer()))
    with served(app) as base, opened(browser, base) as page:
        ask(page, STORY)
        first, second = _cards(page, 2)

        expect(first.locator(".before")).to_have_text("3 March:")
        expect(second.locator(".before")).to_have_text("4 March:")
        expect(second.locator(".after")).to_have_text("(earlier figure, 4 March)")
        expect(page.locator(".answer > .text")).to_have_text("End.")
        for citation in ANSWER.citations:
            expect(page.get_by_text(citation.quote)).to_have_count(1)


@pytest.mark.parametrize("mode", ["extractive", "generative"])
@pytest.mark.parametrize("text", TEXTS)
def test_the_page_takes_texts_apart_as_telegram_does(browser: Browser, address: str, text: str, mode: str) -> None:
    """bot/page/parts.js gives what bot/answer_parts.py gives."""
    answer = replace(ANSWER, text=TEXTS[text], mode=mode)
    taken_apart = """async (answer) => (await import("/page/parts.js")).textParts(answer).map(
        (part) => part.citation ? [part.citation.number, part.before, part.after] : part)"""
    with opened(browser, address) as page:
        parts = page.evaluate(taken_apart, answer_json(answer))

    assert parts == [
        part if isinstance(part, str) else [part.citation.number, part.before, part.after]
        for part in text_parts(answer)
    ]


def test_filters_are_asked_with(browser: Browser, address: str, answerer: FakeAnswerer) -> None:
    """Dates and language go with the question and are shown under it; Clear forgets them."""
    with opened(browser, address) as page:
        page.get_by_text("Filters").click()
        page.get_by_label("From").fill("2024-03-04")
        page.get_by_label("Until").fill("2024-12-31")
        page.get_by_label("Language of articles").select_option(label="German")
        ask(page, QUESTION + " Elling")
        expect(page.locator(".question")).to_contain_text("From 4 March 2024")
        expect(page.locator(".answer")).to_be_visible()
        assert answerer.questions[-1][1] == Filters("2024-03-04", "2024-12-31", "de")

        page.locator("summary").click()
        page.get_by_role("button", name="Clear").click()
        ask(page, QUESTION)
        expect(page.locator(".answer")).to_have_count(2)
        assert answerer.questions[-1][1] == Filters()


def test_what_cannot_be_asked_is_said_before_asking(browser: Browser, address: str) -> None:
    """An over-long question and swapped dates are explained beside the composer, and nothing is lost."""
    with opened(browser, address) as page:
        ask(page, "x" * 2001)
        expect(page.get_by_role("alert")).to_have_text("A question has at most 2000 characters; this one has 2001.")
        expect(page.get_by_role("textbox", name="Your question")).to_have_value("x" * 2001)
        page.get_by_text("Filters").click()
        page.get_by_label("From").fill("2024-05-02")
        page.get_by_label("Until").fill("2024-05-01")
        ask(page, "Why?")
        expect(page.get_by_role("alert")).to_have_text("“From” lies after “until”.")
        ask(page, "   ")
        expect(page.locator(".turn")).to_have_count(0)


def test_shift_enter_starts_a_line(browser: Browser, address: str) -> None:
    """Shift+Enter writes a line break, which the question keeps."""
    with opened(browser, address) as page:
        box = page.get_by_role("textbox", name="Your question")
        box.press_sequentially("one")
        box.press("Shift+Enter")
        box.press_sequentially("two")
        box.press("Enter")
        expect(page.locator(".question p").first).to_have_text("one two", use_inner_text=False)
        assert page.locator(".question p").first.evaluate("element => element.textContent") == "one\ntwo"


def test_a_key_is_asked_for_and_kept_for_the_tab(browser: Browser) -> None:
    """Without a key the page asks for one; a wrong one is asked for again; the right one is remembered."""
    app = create_app(LoadingAnswerer.loaded(FakeAnswerer()), api_keys={"right"})
    with served(app) as base, opened(browser, base) as page:
        ask(page, QUESTION)
        expect(page.get_by_text("This archive wants an access key.")).to_be_visible()
        page.get_by_label("Access key", exact=True).fill("wrong")
        page.get_by_label("Access key", exact=True).press("Enter")
        expect(page.get_by_text("This key is not known here.")).to_be_visible()
        shot(page, "key-1280-light")
        page.get_by_label("Access key", exact=True).fill("right")
        page.get_by_role("button", name="Continue").click()
        expect(page.locator("blockquote").first).to_have_text(QUOTE)

        page.reload()
        ask(page, QUESTION)
        expect(page.locator("blockquote").first).to_have_text(QUOTE)


def test_giving_no_key_is_explained(browser: Browser) -> None:
    """Cancelling the key leaves the question with the reason and a way to try again."""
    app = create_app(LoadingAnswerer.loaded(FakeAnswerer()), api_keys={"right"})
    with served(app) as base, opened(browser, base) as page:
        ask(page, QUESTION)
        page.get_by_role("button", name="Cancel").click()
        expect(page.locator(".failure")).to_contain_text("This archive wants an access key.")
        expect(page.get_by_role("button", name="Try again")).to_be_visible()


def test_failures_are_said_in_words_and_can_be_tried_again(browser: Browser) -> None:
    """A busy archive, a fault and a dead server each have their sentence; trying again answers."""
    answerer = FakeAnswerer(error=StoreLocked("another process writes"))
    app = create_app(LoadingAnswerer.loaded(answerer))
    with served(app, wait_until_ready=False) as base, opened(browser, base) as page:
        ask(page, QUESTION)
        expect(page.locator(".failure")).to_contain_text("The archive is busy or still being loaded.")
        answerer.error = RuntimeError("bug")
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".failure")).to_contain_text("Something went wrong on the server.")
        answerer.error = None
        page.context.set_offline(True)
        page.get_by_role("button", name="Try again").click()
        expect(page.locator(".failure")).to_contain_text("The server cannot be reached.")
        shot(page, "failure-1280-light")
        page.context.set_offline(False)
        page.get_by_role("button", name="Try again").click()
        expect(page.locator("blockquote").first).to_have_text(QUOTE)
        expect(page.locator(".failure")).to_have_count(0)


def test_waiting_is_shown(browser: Browser) -> None:
    """While the answer is on its way the page says so and does not send a second question."""
    app = create_app(LoadingAnswerer.loaded(FakeAnswerer(delay_s=0.7)))
    with served(app) as base, opened(browser, base) as page:
        ask(page, QUESTION)
        expect(page.get_by_text("Searching the archive…")).to_be_visible()
        expect(page.get_by_role("button", name="Send")).to_be_disabled()
        expect(page.locator("blockquote").first).to_be_visible()
        expect(page.get_by_text("Searching the archive…")).to_have_count(0)
