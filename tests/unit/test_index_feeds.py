from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.feeds import MAX_ENTRIES, Feed, read_feed

URL = "https://npa.example/feeds/all.xml"
ITEM = "<item><title>Bridge</title><link> /1 </link></item>"
RSS = f"""<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><link>https://npa.example/</link>{ITEM}{ITEM}
<item><guid>https://npa.example/2</guid></item><item><guid isPermaLink="false">17</guid></item>
<item><link>javascript:alert(1)</link></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><link href="https://npa.example/"/>
<entry><link rel="self" href="/self"/><link rel="alternate" href="https://npa.example/1"/></entry>
<entry><link href="2"/></entry></feed>"""
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel/><item><link>https://npa.example/1</link></item></rdf:RDF>"""
SITEMAP = """<!-- made by hand --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>
https://npa.example/1</loc><lastmod>2023-03-03</lastmod></url></urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://npa.example/s1.xml</loc>
</sitemap></sitemapindex>"""
FEEDS = [
    (RSS, Feed(("https://npa.example/1", "https://npa.example/2"))),
    (ATOM, Feed(("https://npa.example/1", "https://npa.example/feeds/2"))),
    (RDF, Feed(("https://npa.example/1",))),
    (SITEMAP, Feed(("https://npa.example/1",))),
    (INDEX, Feed((), ("https://npa.example/s1.xml",))),
]


@pytest.mark.parametrize(("content", "feed"), FEEDS, ids=["rss", "atom", "rdf", "sitemap", "index"])
def test_feeds_are_told_by_their_content(content: str, feed: Feed) -> None:
    """The addresses of entries come in order, each once, made whole, in any encoding, packed or not."""
    plain = content.partition("?>")[2] or content
    for written in (
        content.encode(),
        b"\xef\xbb\xbf" + content.encode(),
        plain.encode("utf-16"),
        gzip.compress(content.encode()),
    ):
        assert read_feed(written, URL) == feed


@pytest.mark.parametrize(
    "content",
    ["", "<!DOCTYPE html><html><body><rss></rss>", "<html/>", '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"/>',
     "plain text", "<?xml", "{}", "<!-- <rss> -->"],
)  # fmt: skip
def test_pages_are_no_feeds(content: str) -> None:
    """HTML, XHTML, text and broken XML are left to others."""
    assert read_feed(content.encode(), URL) is None


def test_entities_are_not_followed() -> None:
    """Neither files nor a billion laughs come in through a document type."""
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    content = f"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{laughs}]>
    <rss><channel><item><link>https://npa.example/&f;&a11;</link></item>{ITEM}</channel></rss>"""
    feed = read_feed(content.encode(), URL)
    assert feed is None or all("root:" not in entry and len(entry) < 100 for entry in feed.entries)


def test_the_number_of_entries_is_bounded() -> None:
    """A feed without end gives so many addresses and no more."""
    items = "".join(f"<item><link>/{n}</link></item>" for n in range(MAX_ENTRIES + 5))
    feed = read_feed(f"<rss><channel>{items}</channel></rss>".encode(), URL)
    assert feed is not None
    assert len(feed.entries) == MAX_ENTRIES


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<rss>", b"<?xml version='1.0'?>", b"\x1f\x8b", b"<urlset><url><loc>", b"\xff\xfe"]),
)
def test_any_bytes_are_safe(content: bytes, start: bytes) -> None:
    """Nothing makes the reader fail."""
    feed = read_feed(start + content, URL)
    assert feed is None or all(entry.startswith(("http://", "https://")) for entry in feed.entries)
