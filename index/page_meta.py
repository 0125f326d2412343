"""What an HTML page says about itself: JSON-LD, Open Graph and other meta tags, `<time>`, `<h1>`, `<link>`."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any
from urllib.parse import urljoin, urlsplit

from lxml.html import HtmlElement  # type: ignore[import-untyped]

from index.errors import NoArticle
from index.page_bytes import tidy_page
from index.page_dates import find_date
from index.timestamps import day_of, parse_timestamp

_ARTICLE_TYPES = re.compile(r"Article|BlogPosting|Report$|LiveBlog|WebPage$")
_DATE_METAS = (
    "article:published_time", "og:published_time", "datepublished", "og:article:published_time", "pubdate",
    "publishdate", "publish_date", "publish-date", "publication_date", "parsely-pub-date", "sailthru.date",
    "dc.date.issued", "dcterms.created", "dc.date", "dcterms.date", "date", "mediator_published_time",
    "cxenseparse:recs:publishtime",
)  # fmt: skip
_CHANGE_METAS = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified",
)  # fmt: skip
_SECTION_CLASSES = frozenset({"section", "rubric", "category", "kicker", "topic"})
_MAX_SECTION_CHARS = 40
_MAIL_TIME = re.compile(r"\d\d:\d\d:\d\d [+-]\d{4}|\d\d:\d\d:\d\d GMT")
_SUFFIX = re.compile(r"\s+(?:[|·•–—»:]+|-)\s+")
_MAX_JSON_CHARS = 2_000_000
_MAX_DEPTH = 20
_MAX_DATE_CHARS = 100
_MAX_LOOKED_AT = 20


@dataclass(frozen=True, slots=True)
class PageMeta:
    """What was found; None or empty where the page does not say. `changed` may be no later than `published`."""

    title: str
    published: str | None
    changed: str | None
    url: str | None
    language: str | None
    section: str | None
    source: str | None
    authors: tuple[str, ...]


def read_meta(tree: HtmlElement, url: str | None) -> PageMeta:
    """Read what a page says about itself; `url` is where it came from, if from the web."""
    metas = _metas(tree)
    linked = list(_articles_in_json(tree))
    site = _first(metas.get("og:site_name"), *_names(_values(linked, "publisher")), metas.get("application-name"))
    heading = _only_text(tree.iter("h1"))
    canonical = _canonical(tree, metas, linked, url)
    return PageMeta(
        title=_title(tree, metas, linked, heading, site),
        published=_published(tree, metas, linked),
        changed=_changed(tree, metas, linked),
        url=canonical,
        language=_first(tree.get("lang"), metas.get("og:locale"), metas.get("content-language")),
        section=_section(tree, metas, linked),
        source=site or (urlsplit(canonical or url or "").hostname or "").removeprefix("www.") or None,
        authors=_authors(metas, linked),
    )


def _metas(tree: HtmlElement) -> dict[str, str]:
    """Map the names of meta tags, in lower case, to the first content of each."""
    found: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv")
        content = _clean(meta.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _articles_in_json(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Yield the JSON-LD objects that describe an article, the most specific kind first."""
    objects: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or len(script.text or "") > _MAX_JSON_CHARS:
            continue
        try:
            _collect(json.loads(script.text or "", strict=False), objects, 0)
        except (ValueError, RecursionError):
            continue
    kinds = [(str(found.get("@type") or ""), found) for found in objects]
    articles = [found for kind, found in kinds if _ARTICLE_TYPES.search(kind) and "WebPage" not in kind]
    yield from articles
    yield from (found for kind, found in kinds if "WebPage" in kind)


def _collect(value: object, objects: list[dict[str, Any]], depth: int) -> None:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, dict):
        objects.append(value)
        value = [value.get("@graph"), value.get("mainEntity"), value.get("mainEntityOfPage")]
    if isinstance(value, list):
        for part in value:
            _collect(part, objects, depth + 1)


def _values(objects: Iterable[dict[str, Any]], key: str) -> Iterator[object]:
    return (found[key] for found in objects if found.get(key))


def _names(values: Iterable[object]) -> list[str]:
    """Collect the names of persons, organisations and sections, given as strings, objects or lists of them."""
    names: list[str] = []
    for value in values:
        if isinstance(value, list):
            names += _names(value)
        elif name := _clean(value.get("name") if isinstance(value, dict) else value):
            names.append(name)
    return names


def _published(tree: HtmlElement, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    given: list[object] = [*_values(linked, "datePublished"), *(metas[name] for name in _DATE_METAS if name in metas)]
    times = [time for time in tree.iter("time") if time.get("datetime") and time.get("itemprop") != "dateModified"]
    times.sort(key=lambda time: not (time.get("itemprop") == "datePublished" or time.get("pubdate") is not None))
    given += [time.get("datetime") for time in times[:1]]
    given += [place.get("content") for place in tree.xpath("//*[@itemprop='datePublished'][@content]")[:1]]
    return _first_date(given)


def _changed(tree: HtmlElement, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    given: list[object] = [*_values(linked, "dateModified"), *(metas[name] for name in _CHANGE_METAS if name in metas)]
    places = tree.xpath("//*[@itemprop='dateModified'][@datetime or @content]")
    given += [place.get("datetime") or place.get("content") for place in places[:1]]
    return _first_date(given)


def _first_date(given: Iterable[object]) -> str | None:
    """Take the first date that is given, and its time from wherever the same day stands with one."""
    dates = [date for value in given if (date := _timestamp(value))]
    if not dates:
        return None
    exact = (date for date in dates if "T" in date and day_of(date) == day_of(dates[0]))
    return next(exact, dates[0])


def _timestamp(value: object) -> str | None:
    text = _clean(value)
    if not text or len(text) > _MAX_DATE_CHARS:
        return None
    with suppress(NoArticle):
        return parse_timestamp(text)
    if _MAIL_TIME.search(text):
        with suppress(ValueError):
            return parsedate_to_datetime(text).isoformat()
    date = find_date(text)
    return date.iso if date else None


def _title(
    tree: HtmlElement, metas: dict[str, str], linked: list[dict[str, Any]], heading: str, site: str | None
) -> str:
    headline = _clean(next(_values(linked, "headline"), None))
    title = _first(headline, metas.get("og:title"), metas.get("twitter:title"), heading) or ""
    if not title:
        title = _clean(next((element.text for element in tree.iter("title")), None))
    if len(heading) > 10 and title.startswith(heading):
        return heading
    parts = _SUFFIX.split(title)
    if len(parts) > 1:
        kept = title[: title.rindex(parts[-1])].rstrip(" |·•–—»:-")
        if (site and parts[-1].casefold() in site.casefold()) or (title != headline and "|" in title[len(kept) :]):
            return kept
    if site and title.casefold().endswith(site.casefold()):
        return title[: -len(site)].rstrip(" |·•–—»:-") or title
    return title


def _canonical(tree: HtmlElement, metas: dict[str, str], linked: list[dict[str, Any]], url: str | None) -> str | None:
    """Return the address a page gives for itself. A whole site's pages sometimes all name its front page."""
    links = (link.get("href") for link in tree.iter("link") if (link.get("rel") or "").lower() == "canonical")
    for given in (*links, metas.get("og:url"), *_values(linked, "url")):
        if not isinstance(given, str) or not given.strip():
            continue
        address = urljoin(url or "", given.strip())
        parts = _split(address)
        # A page from the web may only speak for its own site.
        if parts and (parts[1].strip("/") or parts[2]) and (not url or _site(url) == _site(address)):
            return address
    return url


def _split(address: str) -> tuple[str, str, str] | None:
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    ok = parts.scheme in ("http", "https") and parts.hostname
    return (parts.hostname or "", parts.path, parts.query) if ok else None


def _site(address: str) -> str:
    parts = _split(address)
    return parts[0].removeprefix("www.") if parts else ""


def _section(tree: HtmlElement, metas: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    given = _first(metas.get("article:section"), *_names(_values(linked, "articleSection")))
    if given:
        return given
    classed = tree.xpath("//article//*[@class] | //main//*[@class]")
    labels = (element for element in classed if _SECTION_CLASSES & set(element.get("class").lower().split()))
    names = (_clean(element.text_content()) for element in islice(labels, _MAX_LOOKED_AT))
    return next((name for name in names if 1 < len(name) <= _MAX_SECTION_CHARS), None)


def _authors(metas: dict[str, str], linked: list[dict[str, Any]]) -> tuple[str, ...]:
    names = _names(_values(linked, "author")) or _names([metas.get("author"), metas.get("article:author")])
    return tuple(dict.fromkeys(name for name in names if "://" not in name))


def _first(*values: str | None) -> str | None:
    return next((value for value in values if value), None)


def _only_text(elements: Iterable[HtmlElement]) -> str:
    """Return the text of an element, if there is one of its kind with any text."""
    texts = [text for element in islice(elements, _MAX_LOOKED_AT) if (text := _clean(element.text_content()))]
    return texts[0] if len(texts) == 1 else ""


def _clean(value: object) -> str:
    """Return a string on one line; nothing for what is no string."""
    return " ".join(tidy_page(value).split()) if isinstance(value, str) else ""
