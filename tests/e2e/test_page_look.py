from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.http_app import create_app
from bot.http_loading import LoadingAnswerer
from tests.browser import ask, chromium, opened, shot
from tests.fakes import ARTICLES, BRIDGE, CopiesAnswerer
from tests.servers import served

QUESTION = "It took how many years to build the harbour bridge, and how many million crowns did it cost?"
INTERFACE = ["be", "ru", "en", "de", "pl", "es", "zh"]
SIZES = [(320, 640), (360, 740), (390, 844), (1280, 900)]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for this file."""
    with chromium() as launched:
        yield launched


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """A server that needs no key."""
    with served(create_app(LoadingAnswerer.loaded(CopiesAnswerer(ARTICLES)))) as base:
        yield base


@pytest.mark.parametrize("language", INTERFACE)
def test_every_interface_language_is_complete(browser: Browser, address: str, language: str) -> None:
    """The browser's language is used, and every word of English has its counterpart."""
    with opened(browser, address, locale=language) as page:
        expect(page.locator("html")).to_have_attribute("lang", language)
        words = page.evaluate("async () => (await import('/page/words.js')).WORDS")
        assert words[language].keys() == words["en"].keys()
        for name, text in words[language].items():
            assert set(re.findall(r"{\w+}", text)) == set(re.findall(r"{\w+}", words["en"][name])), name
        page.locator("#question").fill(QUESTION)
        page.keyboard.press("Enter")
        expect(page.locator(".below").first.get_by_role("button")).to_have_text(words[language]["reading"])
        expect(page.locator(".card time").first).to_contain_text("2024")


def test_the_language_picker_translates_what_is_there(browser: Browser, address: str) -> None:
    """Choosing another language rewrites answers already given, and is remembered."""
    with opened(browser, address) as page:
        ask(page, QUESTION)
        expect(page.locator(".card time").first).to_have_text("3 March 2024, 09:30")
        page.get_by_label("Language of this page").select_option("be")
        expect(page.locator(".card time").first).to_have_text("3 сакавіка 2024 г., 09:30")
        expect(page.locator(".card .badge").first).to_have_text("англійская")
        expect(page.locator(".card button").first).to_have_text("У артыкуле")
        page.reload()
        expect(page.locator("html")).to_have_attribute("lang", "be")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_nothing_overflows(browser: Browser, address: str, width: int, height: int, scheme: str) -> None:
    """At every size, light and dark, the page and the article are no wider than the window."""
    viewport = {"width": width, "height": height}
    with opened(browser, address, viewport=viewport, color_scheme=scheme) as page:
        expect(page.get_by_text(re.compile("Articles: 7"))).to_be_visible()
        _assert_fits(page)
        shot(page, f"welcome-{width}-{scheme}")
        ask(page, QUESTION)
        expect(page.locator("blockquote").first).to_be_visible()
        _assert_fits(page)
        shot(page, f"answer-{width}-{scheme}")
        page.get_by_text("Filters").click()
        _assert_fits(page)
        shot(page, f"filters-{width}-{scheme}")
        page.locator(".below").first.get_by_role("button").click()
        expect(page.locator("mark")).to_be_in_viewport()
        _assert_fits(page)
        shot(page, f"article-{width}-{scheme}")


def _assert_fits(page: Page) -> None:
    wide = page.evaluate("""() => [...document.querySelectorAll("body *")]
        .filter((each) => each.getBoundingClientRect().right > innerWidth + 0.5
            || each.getBoundingClientRect().left < -0.5)
        .map((each) => each.outerHTML.slice(0, 80))""")
    assert wide == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_dark_mode_is_dark(browser: Browser, address: str) -> None:
    """The reader's system decides between paper and night."""
    colour = "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).map(Number)"
    with opened(browser, address, color_scheme="light") as page:
        assert min(page.evaluate(colour)) > 200
    with opened(browser, address, color_scheme="dark") as page:
        assert max(page.evaluate(colour)) < 60


def test_the_keyboard_reaches_everything(browser: Browser, address: str) -> None:
    """Tab walks from the question through the answer's buttons, each with a visible focus ring."""
    with opened(browser, address) as page:
        ask(page, QUESTION)
        expect(page.locator("blockquote").first).to_be_visible()
        seen = set()
        for _ in range(16):
            page.keyboard.press("Tab")
            seen.add(page.evaluate("document.activeElement.textContent.trim().slice(0, 40)"))
            ringed = "getComputedStyle(document.activeElement).outlineStyle !== 'none'"
            inside = "document.activeElement.matches('body, #question')"
            assert page.evaluate(f"{ringed} || {inside}")
        assert "In the article" in seen
        assert BRIDGE.title[:40] in seen


def test_the_documentation_page_needs_nothing_from_elsewhere(browser: Browser, address: str) -> None:
    """/docs lists every operation with its example, from this server alone."""
    with opened(browser, address) as page:
        page.goto(address + "/docs")
        expect(page.locator("summary", has_text="/v1/ask")).to_be_visible()
        page.locator("summary", has_text="/v1/ask").click()
        expect(page.get_by_text("How much did the harbour bridge cost?")).to_be_visible()
        _assert_fits(page)
        shot(page, "docs-1280-light")
