"""Articles in HTML pages.

trafilatura cuts out the text (F1 .96 on real news pages, the best of the free extractors) and htmldate finds a date
where neither metadata nor visible lines give one; where trafilatura finds nothing, the page's lines are read as a
text page. Both are built on lxml, whose parser is slow on a few hostile shapes: those are refused first.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from lxml import etree, html  # type: ignore[import-untyped]
from lxml.html import HtmlElement  # type: ignore[import-untyped]

from index.boilerplate import NOTHING_RECURS, RecurringLines
from index.datelines import find_dateline
from index.errors import NoArticle
from index.furniture import count_letters
from index.page_bytes import decode_page, tidy_page
from index.page_meta import PageMeta, read_meta
from index.page_text import MIN_LETTERS, PageArticle, drop_site_lines, read_text_page
from index.timestamps import correction

MAX_TAGS = 60_000
MAX_ATTRIBUTES = 300
_LONG_TAG_CHARS = 4_000
_TAG = re.compile(r"""<[a-zA-Z](?:"[^"]*"|'[^']*'|[^'">])*+""")
_QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
_CHARSET = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_CHARSET_WITHIN = 4_096
_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")
_MARKUP = re.compile(r"<(?:!doctype html|html|head|body|title|meta|div|p|article|section|h1)\b", re.IGNORECASE)
_HTML_START = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?>.*?-->)\s*)*+<(?:!doctype\s+html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_NAMES = (
    "address article aside blockquote body br caption dd div dl dt fieldset figcaption h1 h2 h3 h4 h5 h6 header hr li "
    "main ol p pre section table td th time tr ul"
)
_HIDDEN_NAMES = (
    "script style noscript template svg nav aside footer form button select iframe head figure object audio video"
)
_BLOCKS = frozenset(_BLOCK_NAMES.split())
_HIDDEN = frozenset(_HIDDEN_NAMES.split())
_TABLE_RULE = re.compile(r"[|\s:-]+")
_SPACES = re.compile(r"\s+")
_TITLE_LINES = 4
# What two large libraries may raise on a page that nobody meant to be read; an error of ours is none of these.
_FAILURES = (
    ValueError, TypeError, AttributeError, LookupError, RuntimeError, AssertionError, ArithmeticError, etree.LxmlError
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """A page taken apart: `paragraphs` as extracted, `visible` all the lines that a reader sees."""

    meta: PageMeta
    paragraphs: tuple[str, ...]
    visible: str
    guessed_date: str | None


def is_html(content: bytes) -> bool:
    """Whether a page is HTML whatever its name says."""
    return _HTML_START.match(content[:_CHARSET_WITHIN]) is not None


def open_html_page(content: bytes, url: str | None = None, charset: str | None = None) -> HtmlPage:
    """Take an HTML page apart. Raises: NoArticle.

    Args:
        url: where the page was fetched from.
        charset: what the answer's header declared.
    """
    declared = _CHARSET.search(content[:_CHARSET_WITHIN])
    text = decode_page(content, charset or (declared[1].decode("ascii", "replace") if declared else None))
    if not _MARKUP.search(text):
        raise NoArticle("not an HTML page")
    _refuse_hostile(text)
    try:
        tree = _parse(text)
        meta = read_meta(tree, url)
        visible = tidy_page(_visible_text(tree))
        paragraphs = _extract(tree)
        return HtmlPage(meta, paragraphs, visible, None if meta.published else _guess_date(tree))
    except _FAILURES as error:
        raise NoArticle(f"the page cannot be taken apart ({type(error).__name__})") from None


def read_html_page(page: HtmlPage, recurring: RecurringLines = NOTHING_RECURS) -> PageArticle:
    """Make an article of a page's parts. Raises: NoArticle."""
    meta = page.meta
    paragraphs = drop_site_lines(_below_title(page.paragraphs, meta.title), recurring)
    seen = _read_visible(page.visible, recurring)
    text = "\n\n".join(paragraphs)
    if count_letters(text) < MIN_LETTERS:
        if seen is None:
            raise NoArticle("no article text found")
        text = seen.text
    published = meta.published or (seen.published if seen else None) or page.guessed_date
    dateline = next((found for line in text.split("\n\n")[:3] if (found := find_dateline(line))), None)
    return PageArticle(
        text=text,
        title=meta.title or (seen.title if seen else ""),
        published=published,
        corrected=correction(published, meta.changed or (seen.corrected if seen else None)),
        section=meta.section,
        dateline=dateline.place if dateline else None,
        source=meta.source or (dateline.agency if dateline else None),
        authors=meta.authors or (seen.authors if seen else ()),
        url=meta.url,
        language_hint=meta.language,
    )


def _refuse_hostile(text: str) -> None:
    """Refuse what takes lxml or trafilatura minutes: their time grows with the square of these numbers."""
    if text.count("<") > MAX_TAGS:
        raise NoArticle(f"the page has more than {MAX_TAGS} tags")
    for tag in _TAG.finditer(text):
        if tag.end() - tag.start() <= _LONG_TAG_CHARS:
            continue
        names = _QUOTED.sub("", tag[0])
        if max(names.count("="), len(names.split())) > MAX_ATTRIBUTES:
            raise NoArticle(f"a tag of the page has more than {MAX_ATTRIBUTES} attributes")


def _parse(text: str) -> HtmlElement:
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return html.document_fromstring(_XML_DECLARATION.sub("", text, count=1).encode("utf-8"), parser=parser)


def _extract(tree: HtmlElement) -> tuple[str, ...]:
    """Cut out the article's paragraphs, list entries and table rows."""
    # Half a second of imports that text pages and records do not need.
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    document = trafilatura.bare_extraction(tree, favor_precision=True, include_comments=False, include_tables=True)
    text = getattr(document, "text", None) or ""
    lines = [" ".join(line.split()) for line in tidy_page(text).split("\n")]
    return tuple(_row(line) for line in lines if line and not _TABLE_RULE.fullmatch(line))


def _row(line: str) -> str:
    """Write a table's row so that it is not taken for a row of links."""
    return " – ".join(filter(None, line.strip("| ").split(" | "))) if line.startswith("| ") else line


def _guess_date(tree: HtmlElement) -> str | None:
    import htmldate

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    found: str | None = htmldate.find_date(tree, original_date=True, extensive_search=False)
    return found


def _visible_text(tree: HtmlElement) -> str:
    """Write down what a reader sees outside menus, one block a line."""
    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        tag = element.tag if isinstance(element.tag, str) else "script"
        edge = "\n" if tag in _BLOCKS else ""
        if event == "end":
            pieces += (edge, _SPACES.sub(" ", element.tail or ""))
        elif tag in _HIDDEN:
            walk.skip_subtree()
        else:
            pieces += (edge, _SPACES.sub(" ", element.text or ""))
    return "".join(pieces)


def _below_title(paragraphs: tuple[str, ...], title: str) -> tuple[str, ...]:
    """Leave out the headline and what stands above it."""
    for at, line in enumerate(paragraphs[:_TITLE_LINES]):
        if line.casefold() == title.casefold() or (len(line) > 20 and title.casefold().startswith(line.casefold())):
            return paragraphs[at + 1 :]
    return paragraphs


def _read_visible(visible: str, recurring: RecurringLines) -> PageArticle | None:
    try:
        return read_text_page(visible, recurring)
    except NoArticle:
        return None
