"""Headless Chromium on a page of ours, with everything that a page should not do counted as a fault."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright

SCREENSHOTS = Path(__file__).parent / "screenshots"
CHROMIUM = "/usr/bin/chromium"
CHROMIUM_ARGS = [
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium; a machine without it fails the tests that need it, it does not skip them."""
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_ARGS)
        yield launched
        launched.close()


@contextmanager
def opened(browser: Browser, address: str, **options: Any) -> Iterator[Page]:
    """Open the page; on leaving, fail if it logged an error or asked any other server for anything."""
    context = browser.new_context(
        **{
            "locale": "en-GB",
            "reduced_motion": "reduce",
            "viewport": {"width": 1280, "height": 900},
            **options,
        }
    )
    context.set_default_timeout(10_000)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if _is_fault(message) else None)
    page.on("request", lambda request: None if request.url.startswith(address) else faults.append(request.url))
    try:
        page.goto(address + "/")
        yield page
    finally:
        context.close()
    assert faults == []


def _is_fault(message: ConsoleMessage) -> bool:
    """Refusals such as 401 are logged by the browser itself and are no fault of the page."""
    return message.type in {"error", "warning"} and "Failed to load resource" not in message.text


def ask(page: Page, question: str) -> None:
    """Type a question and send it with Enter."""
    page.get_by_role("textbox", name="Your question").fill(question)
    page.keyboard.press("Enter")


def shot(page: Page, name: str) -> None:
    """Keep a picture for people to look at."""
    SCREENSHOTS.mkdir(exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png")
