"""Articles out of whatever a person names: a page, a folder of pages, JSON Lines, an address, a feed, a sitemap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

from index.boilerplate import NOTHING_RECURS, SAMPLE_PAGES, RecurringLines
from index.errors import NoArticle, SourceError
from index.feeds import MAX_ENTRIES, Feed, read_feed
from index.fetch import Fetched, fetch, is_web_address
from index.folders import ENDINGS, PAGE_ENDINGS, PageFile, sample_pages, single_file, walk_folder
from index.language import detect_language
from index.page_bytes import MAX_PAGE_BYTES, decode_page, tidy_page
from index.page_html import HtmlPage, is_html, open_html_page, read_html_page
from index.page_jsonl import MAX_ID_CHARS, read_jsonl
from index.page_lines import raw_lines
from index.page_text import PageArticle, read_text_page
from index.records import Article, Skipped

Fetch = Callable[[str], Fetched]
"""Gives what stands at an address. Raises: SourceError."""

_FEWEST_TO_COMPARE = 3
_MAX_SITEMAPS = 50


def read_source(source: str, *, allow_private: bool = False) -> Iterator[Article | Skipped]:
    """Read the articles of a source one after another, and say what gave none and why.

    Args:
        source: a file or folder (`.txt`, `.html`, `.htm`, `.jsonl`, `.jsonl.gz`), or an http(s) address of a
            page, an RSS or Atom feed or a sitemap.
        allow_private: fetch from private and loopback addresses too.

    Raises: SourceError (a path that does not exist, an address that cannot be fetched), AddressRefused.
    """
    if is_web_address(source):
        return read_address(source, lambda url: fetch(url, allow_private=allow_private))
    path = Path(source)
    try:
        if path.is_dir():
            return _or_reason(_read_folder(path), source, f"the folder holds no articles ({', '.join(ENDINGS)})")
        if path.is_file():
            return _or_reason(_read_single(path), source, "the file is empty")
        if path.exists():
            return iter([Skipped(source, "not a regular file")])
    except (OSError, ValueError) as error:
        raise SourceError(f"{source!r} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    raise SourceError(f"{source!r} does not exist: check the path, or write an address as https://host/path")


def count_source(source: str) -> int | None:
    """Count the pages of a folder, cheaply; None where the number of articles shows only on reading."""
    if is_web_address(source) or not Path(source).is_dir():
        return None
    count = 0
    for found in walk_folder(Path(source)):
        if isinstance(found, PageFile) and found.ending not in PAGE_ENDINGS:
            return None
        count += 1
    return count


def read_address(url: str, get: Fetch) -> Iterator[Article | Skipped]:
    """Read the page at an address, or every page that the feed or sitemap there lists. Raises: SourceError."""
    first = get(url)
    feed = read_feed(first.content, first.url)
    if feed is None:
        yield _page_from_web(first)
        return
    addresses = _entries(feed, get)
    number = 0
    for found in addresses:
        if isinstance(found, Skipped):
            yield found
            continue
        number += 1
        if number > MAX_ENTRIES:
            yield Skipped(url, f"only the first {MAX_ENTRIES} entries were read")
            return
        try:
            yield _page_from_web(get(found))
        except SourceError as error:
            yield Skipped(found, str(error))
    if not number:
        yield Skipped(url, "the feed lists no pages")


def _entries(feed: Feed, get: Fetch) -> Iterator[str | Skipped]:
    """Yield the addresses of a feed, and of the sitemaps that a sitemap index lists."""
    yield from feed.entries
    waiting = list(feed.indexes)
    asked: set[str] = set()
    while waiting and len(asked) < _MAX_SITEMAPS:
        url = waiting.pop(0)
        if url in asked:
            continue
        asked.add(url)
        try:
            fetched = get(url)
        except SourceError as error:
            yield Skipped(url, str(error))
            continue
        inner = read_feed(fetched.content, fetched.url)
        if inner is None:
            yield Skipped(url, "not a sitemap")
            continue
        yield from inner.entries
        waiting += inner.indexes
    if waiting:
        yield Skipped(waiting[0], f"only the first {_MAX_SITEMAPS} sitemaps of the index were read")


def _or_reason(items: Iterator[Article | Skipped], source: str, reason: str) -> Iterator[Article | Skipped]:
    """Pass items on, and when there is not a single one say why."""
    first = next(items, None)
    if first is None:
        yield Skipped(source, reason)
    else:
        yield from chain([first], items)


def _read_single(path: Path) -> Iterator[Article | Skipped]:
    page = single_file(path)
    if page is None:
        yield Skipped(str(path), f"not a kind of file that is read ({', '.join(ENDINGS)})")
    else:
        yield from _read_file(page, NOTHING_RECURS, {})


def _read_folder(folder: Path) -> Iterator[Article | Skipped]:
    recurring, opened = _learn(sample_pages(folder, SAMPLE_PAGES))
    for found in walk_folder(folder):
        if isinstance(found, Skipped):
            yield found
        else:
            yield from _read_file(found, recurring, opened)


def _learn(sample: list[PageFile]) -> tuple[RecurringLines, dict[Path, HtmlPage]]:
    """Learn from some pages what recurs on a site; keep the HTML pages that were taken apart for that."""
    recurring = RecurringLines()
    opened: dict[Path, HtmlPage] = {}
    if len(sample) < _FEWEST_TO_COMPARE:
        return recurring, opened
    for page in sample:
        try:
            content = _read_bytes(page.path)
            if page.ending == ".txt" and not is_html(content):
                recurring.add_page(raw_lines(tidy_page(decode_page(content))))
            else:
                opened[page.path] = open_html_page(content)
                recurring.add_page(opened[page.path].paragraphs)
        except NoArticle:
            continue
    return recurring, opened


def _read_file(page: PageFile, recurring: RecurringLines, opened: dict[Path, HtmlPage]) -> Iterator[Article | Skipped]:
    if page.ending not in PAGE_ENDINGS:
        yield from read_jsonl(page.path, page.name)
        return
    try:
        parts = opened.pop(page.path, None)
        content = b"" if parts else _read_bytes(page.path)
        if parts is None and (page.ending != ".txt" or is_html(content)):
            parts = open_html_page(content)
        if parts is not None:
            yield _article(read_html_page(parts, recurring), page.name)
        else:
            yield _article(read_text_page(tidy_page(decode_page(content)), recurring), page.name)
    except NoArticle as error:
        yield Skipped(str(page.path), str(error))


def _read_bytes(path: Path) -> bytes:
    """Read a page, never more than may be one. Raises: NoArticle."""
    try:
        with path.open("rb") as file:
            content = file.read(MAX_PAGE_BYTES + 1)
    except OSError as error:
        raise NoArticle(f"cannot be read: {error.strerror or error}") from None
    if len(content) > MAX_PAGE_BYTES:
        raise NoArticle(f"larger than {MAX_PAGE_BYTES // 1_000_000} MB")
    return content


def _page_from_web(fetched: Fetched) -> Article | Skipped:
    try:
        if fetched.media_type == "text/plain" and not is_html(fetched.content):
            text = tidy_page(decode_page(fetched.content, fetched.charset))
            return _article(read_text_page(text), fetched.url, fetched.url)
        page = open_html_page(fetched.content, fetched.url, fetched.charset)
        return _article(read_html_page(page), fetched.url)
    except NoArticle as error:
        return Skipped(fetched.url, str(error))


def _article(page: PageArticle, fallback_id: str, url: str | None = None) -> Article:
    address = page.url or url
    return Article(
        article_id=address if address and len(address) <= MAX_ID_CHARS else fallback_id,
        text=page.text,
        title=page.title,
        url=address,
        published=page.published,
        corrected=page.corrected,
        language=detect_language(f"{page.title}\n{page.text}", page.language_hint),
        source=page.source,
        section=page.section,
        dateline=page.dateline,
        authors=page.authors,
    )
