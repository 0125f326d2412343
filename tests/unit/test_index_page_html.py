from __future__ import annotations

import json
import re
import time
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.boilerplate import RecurringLines
from index.errors import NoArticle
from index.page_html import is_html, open_html_page, read_html_page
from index.page_text import PageArticle

SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "html"
P1 = "VELDAN, 3 March (NPA) - The town council of Veldan has agreed to build a new bridge over the river Orla."
P2 = "Mayor Anna Holm said that the café by the bridge would stay. The work will cost 12 million crowns in all."
P3 = "Traffic will be diverted through the old town until the autumn of next year, according to the plan."
TITLE = "Veldan to build a new bridge over the river"
BODY = f"<p>{P1}</p><p>{P2}</p><p>{P3}</p>"


def page(head: str = "", body: str = BODY, above: str = "", lang: str = "en") -> str:
    """Make a page of a news site."""
    return f"""<!DOCTYPE html><html lang="{lang}"><head><title>{TITLE} | Northern Press</title>{head}</head><body>
    <header><div class="weather">Veldan Overcast sky -0°C</div><nav><ul><li><a href="/">All news</a></li>
    <li><a href="/p">Politics</a></li></ul></nav></header>
    <main><article><h1>{TITLE}</h1>{above}{body}</article></main>
    <aside><h3>Read also</h3><ul><li><a href="/1">Choir wins a prize at home</a></li></ul></aside>
    <section><h3>Subscribe to us</h3></section><footer><p>© 2023 Northern Press. All rights reserved.</p></footer>
    </body></html>"""


def read(html: str | bytes, url: str | None = None) -> PageArticle:
    """Read a page that stands alone."""
    return read_html_page(open_html_page(html.encode() if isinstance(html, str) else html, url))


def test_a_page_gives_its_article_alone() -> None:
    """Paragraphs stand apart, and menu, weather, subscription and related news are left out."""
    article = read(page(above="<p>By Ann Lee</p><p>3 March 2023, 09:15</p>"))
    assert article.text.split("\n\n") == [P1, P2, P3]
    assert (article.title, article.published) == (TITLE, "2023-03-03T09:15")
    assert (article.dateline, article.source, article.language_hint) == ("VELDAN", "NPA", "en")


LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebPage", "datePublished": "2020-01-01"},
        {
            "@type": "NewsArticle", "headline": TITLE, "datePublished": "2023-03-03T09:15:00+03:00",
            "articleSection": ["Society"],
            "author": [{"@type": "Person", "name": "Ann Lee"}], "publisher": {"name": "Northern Press"},
        },
    ],
}  # fmt: skip
HEADS = {
    f'<script type="application/ld+json">{json.dumps(LD)}</script>': "2023-03-03T09:15:00+03:00",
    '<meta property="article:published_time" content="2023-03-03T09:15:00Z">': "2023-03-03T09:15:00+00:00",
    '<meta name="date" content="2023-03-03"><meta name="dc.date" content="2023-03-03T09:15">': "2023-03-03T09:15",
    '<meta name="pubdate" content="Fri, 03 Mar 2023 09:15:00 +0300">': "2023-03-03T09:15:00+03:00",
    '<meta itemprop="datePublished" content="3 March 2023, 09:15">': "2023-03-03T09:15",
    '<script type="application/ld+json">{broken</script><meta name="date" content="2023-03-03">': "2023-03-03",
}


@pytest.mark.parametrize(("head", "published"), HEADS.items(), ids=range(len(HEADS)))
def test_the_date_with_its_time(head: str, published: str) -> None:
    """The publication time is read from JSON-LD and meta tags of many kinds, as exact as any gives it."""
    assert read(page(head)).published == published


def test_the_time_element_and_visible_dates() -> None:
    """Without metadata the time element counts, and without that the date that a reader sees."""
    assert (
        read(page(above='<time datetime="2023-03-03T09:15:00+03:00">today</time>')).published
        == "2023-03-03T09:15:00+03:00"
    )
    assert read(page(above="<div>3 марта 2023, 09:15</div>")).published == "2023-03-03T09:15"


PUBLISHED = '<meta property="article:published_time" content="2023-03-03T09:15:00+03:00">'
CHANGES = {
    '<meta property="article:modified_time" content="2023-03-04T10:00:00+03:00">': "2023-03-04T10:00:00+03:00",
    '<meta property="og:updated_time" content="2023-03-03T06:16:00Z">': "2023-03-03T06:16:00+00:00",
    '<meta itemprop="dateModified" content="4 March 2023, 10:00">': "2023-03-04T10:00",
    '<time itemprop="dateModified" datetime="2023-03-04T10:00">Saturday</time>': "2023-03-04T10:00",
    '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2023-03-04"}</script>'
    '<meta property="og:updated_time" content="2023-03-04T10:00">': "2023-03-04T10:00",
    '<script type="application/ld+json">{"@type": "WebPage", "dateModified": "2023-03-05T10:00"}</script>'
    '<meta property="article:modified_time" content="2023-03-04T10:00">': "2023-03-05T10:00",
    '<meta property="article:modified_time" content="2023-03-03T09:15:00+03:00">': None,
    '<meta property="article:modified_time" content="2023-03-03T09:00:00+03:00">': None,
    '<meta property="article:modified_time" content="2023-03-03">': None,
    '<meta property="article:modified_time" content="yesterday">': None,
    '<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": ["2023-03-04"]}</script>': None,
    "": None,
}


@pytest.mark.parametrize(("head", "corrected"), CHANGES.items(), ids=range(len(CHANGES)))
def test_the_correction_with_its_time(head: str, corrected: str | None) -> None:
    """A page's last change is read as its publication is, and counts where it came later."""
    article = read(page(PUBLISHED + head))
    assert (article.published, article.corrected) == ("2023-03-03T09:15:00+03:00", corrected)


def test_a_correction_that_a_reader_sees() -> None:
    """Lines of date and time count where the page says nothing else, beside a publication of either kind."""
    above = "<div>3 March 2023, 09:15</div><div>Updated: 4 March 2023, 10:00</div>"
    for head in ("", PUBLISHED):
        assert read(page(head, above=above)).corrected == "2023-03-04T10:00"


def test_a_change_is_no_publication() -> None:
    """Where only the time element of the change is there, the publication is the date that a reader sees."""
    above = '<time itemprop="dateModified" datetime="2023-03-04T10:00">Saturday</time><p>3 March 2023, 09:15</p>'
    article = read(page(above=above))
    assert (article.published, article.corrected) == ("2023-03-03T09:15", "2023-03-04T10:00")


def test_json_ld_gives_the_rest() -> None:
    """Section, authors and source come from what the page says about itself."""
    article = read(page(next(iter(HEADS))))
    assert (article.section, article.authors, article.source) == ("Society", ("Ann Lee",), "Northern Press")


TITLES = [
    f'<meta property="og:title" content="{TITLE}">',
    f'<meta property="og:title" content="{TITLE} | Northern Press">',
    f'<meta property="og:site_name" content="Northern Press"><meta name="og:title" content="{TITLE} - Northern Press">',
    "",
]


@pytest.mark.parametrize("head", TITLES)
@pytest.mark.parametrize("heading", [True, False])
def test_the_title_has_no_site_name(head: str, heading: bool) -> None:
    """The headline comes without what the site adds to it, whichever tag gives it."""
    html = page(head) if heading else re.sub("<h1>.*</h1>", "", page(head))
    assert read(html).title == TITLE


def test_the_canonical_address() -> None:
    """A page's own address is taken over, unless it is the front page or that of another site."""
    link = '<link rel="canonical" href="{}">'
    url = "https://npa.example/a?utm=1"
    assert read(page(link.format("https://npa.example/a"))).url == "https://npa.example/a"
    assert read(page(link.format("/b")), url).url == "https://npa.example/b"
    assert read(page(link.format("https://npa.example/")), url).url == url
    assert read(page(link.format("https://evil.example/a")), url).url == url
    assert read(page(link.format("/b"))).url is None
    assert read(page()).url is None


@pytest.mark.parametrize(
    ("encoding", "declared"), [("latin-1", ""), ("latin-1", "iso-8859-1"), ("utf-16", ""), ("utf-8", "latin-1")]
)
def test_encodings(encoding: str, declared: str) -> None:
    """Latin-1 with and without a declaration, UTF-16 and a wrong declaration give the same text."""
    html = page(f'<meta charset="{declared}">' if declared else "")
    assert P2 in read(html.replace("©", "").encode(encoding)).text


def test_tables_and_lists_are_kept() -> None:
    """Rows of a table and entries of a list are lines of the article."""
    table = "<table><tr><th>Year</th><th>Cost</th></tr><tr><td>2023</td><td>12 million</td></tr></table>"
    text = read(
        page(body=f"<p>{P1}</p>{table}<ul><li>two lanes for cars and lorries</li></ul><p>{P2}</p><p>{P3}</p>")
    ).text
    assert "2023 – 12 million" in text
    assert "two lanes for cars" in text


def test_lines_that_recur_are_left_out() -> None:
    """What stands at the end of many pages of an archive is the site's."""
    notice = "This report was made by the northern desk of our agency with the help of many friends."
    recurring = RecurringLines()
    for n in range(9):
        recurring.add_page([notice, f"{'n' * n} {P1}"])
    opened = open_html_page(page(body=f"{BODY}<p>{notice}</p>").encode())
    assert notice in read_html_page(opened).text
    assert read_html_page(opened, recurring).text.split("\n\n") == [P1, P2, P3]


@pytest.mark.parametrize(
    "content", [b"<html><body></body></html>", b"<html><p>Hello.</p>", b"no markup at all, only words", b""]
)
def test_pages_without_an_article_say_so(content: bytes) -> None:
    """An empty page, a scrap and a text with another name have a reason."""
    with pytest.raises(NoArticle, match=r"no article text|not an HTML|empty"):
        read(content)


HOSTILE = {
    "nested": "<div>" * 50_000 + "text",
    "tags": "<p>" * 70_000,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(50_000)) + ">text",
    "bare attributes": "<p " + " ".join(f"a{n}" for n in range(50_000)) + ">text",
    "json": '<script type="application/ld+json">' + "[" * 200_000 + "</script>",
    "tables": "<table><tr><td>abc " * 10_000,
    "headings": "<article>" + "<h1 class=section>a" * 20_000,
    "quotes": "<a '" * 20_000 + '<a "' * 20_000,
    "comments": "<!--" * 50_000,
    "entities": "&#x1;&#xD800;&#0;&amp" * 10_000,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_soon(name: str) -> None:
    """Pages made to break a parser give a reason or a text within seconds."""
    started = time.monotonic()
    with suppress(NoArticle):
        read(f"<html><body>{HOSTILE[name]}</body></html>")
    assert time.monotonic() - started < 10


MARKUP = st.lists(
    st.sampled_from(
        ["<html>", "<p>", "</p>", "<div", ">", "<table><tr><td>", "<![CDATA[", "<meta charset=", '"', "<!--", "&", "\0"]
    )
    | st.text(max_size=60)
)


@settings(max_examples=60)
@given(MARKUP.map("".join).map(lambda text: text.encode("utf-8", "surrogatepass")) | st.binary(max_size=500))
def test_any_markup_is_an_article_or_a_reason(content: bytes) -> None:
    """Nothing makes the reader fail in another way."""
    with suppress(NoArticle):
        assert read(b"<html><body><p>" + content).text


def test_html_is_told_by_its_start() -> None:
    """A page is known by its first tags, whatever its name."""
    assert is_html(b"\xef\xbb\xbf <!-- x --><!DOCTYPE html><p>")
    assert is_html(b'<?xml version="1.0"?>\n<html>')
    assert not is_html(b"<b>Title</b> and text")
    assert not is_html(b"<!---->" * 500 + b"x")


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.html")), ids=lambda path: path.stem)
def test_sample_pages_hold_no_furniture(path: Path) -> None:
    """Of every HTML page of the sample archive title, minute and body are clean."""
    article = read(path.read_bytes())
    assert article.title
    assert article.published is not None
    assert "T" in article.published
    assert article.dateline
    assert not re.search(r"°C|[Cc]ookie|^\d\d:\d\d |\||@|©|^- ", article.text, re.MULTILINE)
    assert article.title not in article.text
    assert len(article.text.split("\n\n")) >= 3
