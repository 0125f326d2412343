from __future__ import annotations

import gzip
import json
import os
import tracemalloc
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from site_pages import PAGES
from web_server import web_site

from index.errors import AddressRefused, SourceError
from index.fetch import Fetched
from index.language import detect_language
from index.records import Article, Skipped
from index.sources import count_source, read_address, read_source

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
SAMPLE = Path(__file__).parents[2] / "index" / "sample"
PARAGRAPH = "The town council of {} has agreed to build a new bridge over the river, the mayor said on Friday."
HTML = """<html><head><title>{0}</title></head><body><article>
<h1>{0}</h1><p>{1}</p><p>{1} It will be long.</p></article></body></html>"""


def split(items: Iterable[Article | Skipped]) -> tuple[list[Article], list[Skipped]]:
    """Sort out what was read and what was not."""
    found = list(items)
    return [x for x in found if isinstance(x, Article)], [x for x in found if isinstance(x, Skipped)]


def html(title: str) -> str:
    """Make a page of HTML."""
    return HTML.format(title, PARAGRAPH.format(title))


def test_a_folder_of_everything(tmp_path: Path) -> None:
    """Pages and records of every kind are read, in order, under ids made of their paths; other files are not."""
    (tmp_path / "b").mkdir()
    (tmp_path / "a.txt").write_text(PAGES[0].text())
    (tmp_path / "b" / "c.html").write_text(html("Halm gets a bridge"))
    (tmp_path / "b" / "d.jsonl").write_text('{"text": "One."}\n\n{"text": "Two.", "id": "two"}\n')
    (tmp_path / "b" / "e.jsonl.gz").write_bytes(gzip.compress(b'{"text": "Three.", "url": "https://npa.example/3"}\n'))
    (tmp_path / "f.pdf").write_bytes(b"%PDF")
    articles, skipped = split(read_source(str(tmp_path)))
    assert not skipped
    assert [article.article_id for article in articles] == ["a", "b/c", "b/d:1", "two", "https://npa.example/3"]
    assert (articles[0].language, articles[0].published, articles[0].section) == ("en", "2023-03-03T09:15", "Society")


def test_corrections_of_every_kind_of_page(tmp_path: Path) -> None:
    """Text, HTML and records tell when they were corrected after their publication."""
    page = PAGES[0]
    (tmp_path / "a.txt").write_text(page.with_parts(date=f"{page.date}\nUpdated: 4 March 2023, 10:00").text())
    metas = "".join(
        f'<meta property="article:{name}_time" content="2023-03-0{day}T10:00">'
        for name, day in (("published", 3), ("modified", 4))
    )
    (tmp_path / "b.html").write_text(html("Halm gets a bridge").replace("<head>", f"<head>{metas}"))
    (tmp_path / "c.jsonl").write_text('{"text": "One.", "published": "2023-03-03", "modified": "2023-03-04T10:00"}\n')
    articles, _ = split(read_source(str(tmp_path)))
    assert [article.corrected for article in articles] == ["2023-03-04T10:00"] * 3


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_the_language_is_the_articles(tmp_path: Path, page: object) -> None:
    """The language of every page is found from its article."""
    (tmp_path / "a.txt").write_text(page.text())  # type: ignore[attr-defined]
    (article,), _ = split(read_source(str(tmp_path / "a.txt")))
    assert article.language == page.language  # type: ignore[attr-defined]
    assert article.article_id == "a"


def test_bad_input_has_a_reason_and_loses_nothing_else(tmp_path: Path) -> None:
    """An empty file, a picture named .html, a huge page, broken lines: each has a reason, the rest is read."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 20)
    (tmp_path / "latin.txt").write_bytes(PAGES[1].text().encode("latin-1"))
    (tmp_path / "menu.txt").write_text("Menu\nAll news\nX\n")
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(30_000_000)
    (tmp_path / "lines.jsonl").write_text('{"text": "Good."}\n{broken\n{"text": "Good too."}\n')
    (tmp_path / "z.html").write_text(html("Halm gets a bridge"))
    if os.getuid():
        (tmp_path / "locked.txt").touch(mode=0)
    articles, skipped = split(read_source(str(tmp_path)))
    assert [article.article_id for article in articles] == ["latin", "lines:1", "lines:3", "z"]
    assert "über" in articles[0].text
    reasons = {Path(item.source).name: item.reason for item in skipped}
    assert reasons["empty.txt"] == "the file is empty"
    assert "binary" in reasons["picture.html"]
    assert "20 MB" in reasons["huge.txt"]
    assert "no article text" in reasons["menu.txt"]
    assert "broken JSON" in reasons["lines.jsonl:2"]


def test_sources_that_give_nothing(tmp_path: Path) -> None:
    """An empty folder, a file of another kind and an empty file have a reason; a missing path is an error."""
    (tmp_path / "a.pdf").touch()
    (tmp_path / "a.jsonl").touch()
    (tmp_path / "empty").mkdir()
    for name, reason in {"empty": "no articles", "a.pdf": "not a kind of file", "a.jsonl": "empty"}.items():
        (item,) = read_source(str(tmp_path / name))
        assert isinstance(item, Skipped)
        assert reason in item.reason
    for missing in ("missing", "a.pdf/b", "\0", "x" * 5000):
        with pytest.raises(SourceError) as caught:
            list(read_source(str(tmp_path / missing)))
        assert "\n" not in str(caught.value)


def test_what_recurs_in_a_folder_is_left_out(tmp_path: Path) -> None:
    """A sentence on every page of a folder is no part of any article, in text and HTML pages alike."""
    notice = "Everything here was written for tests, and none of it is true in any way."
    towns = ["Veldan", "Halm", "Ostrin", "Brodna", "Tarvik", "Sunapol"]
    for town in towns:
        (tmp_path / f"{town}.txt").write_text(
            f"3 March 2023, 09:15\n{town} builds a bridge\n{PARAGRAPH.format(town)}\n{notice}\n"
        )
        (tmp_path / f"{town}2.html").write_text(html(f"{town} two").replace("</article>", f"<p>{notice}</p></article>"))
    articles, _ = split(read_source(str(tmp_path)))
    assert len(articles) == 12
    assert not any(notice in article.text for article in articles)
    (alone,), _ = split(read_source(str(tmp_path / "Halm.txt")))
    assert notice in alone.text


def test_html_in_a_text_file(tmp_path: Path) -> None:
    """A page of HTML is read as one whatever its name."""
    (tmp_path / "a.txt").write_text("<!DOCTYPE html>" + html("Halm gets a bridge"))
    (article,), _ = split(read_source(str(tmp_path)))
    assert "<" not in article.text


def test_articles_come_one_by_one(tmp_path: Path) -> None:
    """A folder larger than memory is read without holding it."""
    for n in range(24):
        body = "\n\n".join(f"{PARAGRAPH.format(f'town {n}')} It is number {k}." for k in range(150))
        (tmp_path / f"{n:02}.txt").write_text(f"3 March 2023, 09:15\nTitle of story {n}\n{body}\n")
    detect_language("What the language model takes is not counted.")
    tracemalloc.start()
    peaks = []
    for item in read_source(str(tmp_path)):
        assert isinstance(item, Article)
        peaks.append(tracemalloc.get_traced_memory()[1])
    tracemalloc.stop()
    assert peaks[-1] < peaks[0] + 500_000


def test_pages_are_counted_cheaply(tmp_path: Path) -> None:
    """A folder of pages has a number; records and addresses are counted only by reading."""
    for name in ("a.txt", "b.html", "c.pdf"):
        (tmp_path / name).touch()
    assert count_source(str(tmp_path)) == 2
    (tmp_path / "d.jsonl").touch()
    assert count_source(str(tmp_path)) is None
    assert count_source("https://npa.example/") is None


def test_a_page_a_feed_and_a_sitemap_of_the_web() -> None:
    """An address gives its page or all the pages it lists; one that fails is skipped with its reason."""
    items = "".join(f"<item><link>{path}</link></item>" for path in ("/1", "/gone", "/2"))
    feed = f"<rss><channel>{items}</channel></rss>"
    index = "<sitemapindex><sitemap><loc>/map</loc></sitemap><sitemap><loc>/1</loc></sitemap></sitemapindex>"
    site = {"/feed": feed, "/index": index, "/map": "<urlset><url><loc>/2</loc></url></urlset>"}
    site |= {"/1": html("Halm gets a bridge"), "/2": html("Ostrin gets a bridge"), "/robots": "User-agent: *"}
    with web_site({path: (200, {"Content-Type": "text/html"}, text.encode()) for path, text in site.items()}) as (
        root,
        _,
    ):

        def read(path: str) -> tuple[list[str], list[str]]:
            articles, skipped = split(read_source(root + path, allow_private=True))
            assert all(article.url == article.article_id for article in articles)
            return [a.article_id.removeprefix(root) for a in articles], [s.source.removeprefix(root) for s in skipped]

        assert read("/1") == (["/1"], [])
        assert read("/feed") == (["/1", "/2"], ["/gone"])
        assert read("/index") == (["/2"], ["/1"])
        assert read("/robots") == ([], ["/robots"])
        with pytest.raises(SourceError, match="404"):
            read("/gone")
        with pytest.raises(AddressRefused):
            list(read_source(root + "/1"))


def test_sitemaps_that_list_each_other_end() -> None:
    """A sitemap index that lists itself and others without end is left after a bounded number."""
    asked: list[str] = []

    def get(url: str) -> Fetched:
        asked.append(url)
        n = len(asked)
        entries = "".join(f"<sitemap><loc>https://npa.example/{k}</loc></sitemap>" for k in (0, n, n + 1))
        return Fetched(url, f"<sitemapindex>{entries}</sitemapindex>".encode(), "text/xml", None)

    items = list(read_address("https://npa.example/0", get))
    assert len(asked) <= 52
    assert all(isinstance(item, Skipped) for item in items)


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed pages are not here")
def test_the_seed_folder() -> None:
    """The two real pages are found under the ids that questions about them use."""
    articles, skipped = split(read_source(str(SEEDS)))
    assert not skipped
    assert [(a.article_id, a.language, a.published) for a in articles] == [
        ("000_5d82f3b1935fc3b3", "en", "2022-10-14T13:00"),
        ("001_b65be0fcde7aa94a", "de", "2024-05-24T15:34"),
    ]
    for article in articles:
        for furniture in (
            "°C",
            "All news",
            "Alle Nachrichten",
            "Subscribe",
            "Abonnieren",
            "Recent news",
            "Letzte Nachrichten",
        ):
            assert furniture not in article.text + article.title


def records_of(folder: Path) -> Iterator[dict[str, object]]:
    """Read the records of a folder without our reader."""
    for path in folder.glob("*.jsonl"):
        yield from (json.loads(line) for line in path.read_text().splitlines())


@pytest.mark.skipif(not SAMPLE.is_dir(), reason="the sample archive is not here")
def test_the_sample_archive_is_read_whole() -> None:
    """Every page and record of the sample archive gives an article in the language that its name says."""
    articles, skipped = split(read_source(str(SAMPLE)))
    assert not skipped
    assert len(articles) == len({article.article_id for article in articles})
    pages = [*SAMPLE.glob("*/*.txt"), *SAMPLE.glob("*/*.html")]
    assert len(articles) == len(pages) + len(list(records_of(SAMPLE)))
    for article in articles:
        folder, _, name = article.article_id.partition("/")
        if folder in ("txt", "html"):
            assert article.language == name.partition("-")[0]
