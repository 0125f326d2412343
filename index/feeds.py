"""Addresses of articles in RSS and Atom feeds and in sitemaps, told by their content.

lxml with entities, network and document types off: a feed is somebody else's XML.
"""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urljoin

from lxml import etree  # type: ignore[import-untyped]

MAX_ENTRIES = 10_000
_MAX_UNPACKED_BYTES = 50_000_000
_START = re.compile(
    rb"\s*<(?:\?xml|!--|!DOCTYPE (?!html)|(?:\w+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b)", re.IGNORECASE
)
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_FEEDS = frozenset({"rss", "feed", "RDF"})
_SITEMAPS = frozenset({"urlset", "sitemapindex"})


@dataclass(frozen=True, slots=True)
class Feed:
    """The addresses that a feed or sitemap lists, in its order; those of `indexes` are further sitemaps."""

    entries: tuple[str, ...]
    indexes: tuple[str, ...] = ()


def read_feed(content: bytes, url: str) -> Feed | None:
    """Read a feed or sitemap that was found at `url`; None when it is something else."""
    content = _unpack(content)
    if not _START.match(content[:1000].removeprefix(codecs.BOM_UTF8)) and not content.startswith(_WIDE_MARKS):
        return None
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True, remove_comments=True
    )
    try:
        root = etree.parse(BytesIO(content), parser).getroot()
    except (etree.XMLSyntaxError, OSError, ValueError):
        return None
    name = _name(root) if root is not None else ""
    if name not in _FEEDS | _SITEMAPS:
        return None
    base = urljoin(url, root.get("{http://www.w3.org/XML/1998/namespace}base") or "")
    links = _sitemap_links(root) if name in _SITEMAPS else _feed_links(root)
    addresses = [urljoin(base, link.strip()) for link in links if link and link.strip()]
    found = tuple(address for address in dict.fromkeys(addresses) if address.startswith(("http://", "https://")))
    return Feed((), found) if name == "sitemapindex" else Feed(found[:MAX_ENTRIES])


def _unpack(content: bytes) -> bytes:
    """Unpack a sitemap that is served as a gzip file, up to a bound."""
    if not content.startswith(b"\x1f\x8b"):
        return content
    try:
        return zlib.decompressobj(31).decompress(content, _MAX_UNPACKED_BYTES)
    except zlib.error:
        return content


def _name(element: etree._Element) -> str:
    """Return the name of an element without its namespace; nothing for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _sitemap_links(root: etree._Element) -> Iterator[str | None]:
    for entry in root:
        if _name(entry) in ("url", "sitemap"):
            yield next((child.text for child in entry if _name(child) == "loc"), None)


def _feed_links(root: etree._Element) -> Iterator[str | None]:
    for entry in root.iter():
        if _name(entry) in ("item", "entry"):
            yield _entry_link(entry)


def _entry_link(entry: etree._Element) -> str | None:
    """Return the address of an entry's own page: Atom's alternate link, RSS's link, else a permanent guid."""
    guid: str | None = None
    for child in entry:
        name = _name(child)
        if name == "link" and child.get("rel", "alternate") == "alternate":
            link: str | None = child.get("href") or child.text
            if link and link.strip():
                return link
        elif name == "guid" and child.get("isPermaLink", "true").lower() != "false":
            guid = child.text
    return guid
