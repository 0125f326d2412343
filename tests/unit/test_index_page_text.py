from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_pages import PAGES, SitePage

from index.boilerplate import RecurringLines
from index.errors import NoArticle
from index.page_bytes import decode_page, tidy_page
from index.page_lines import raw_lines
from index.page_text import read_text_page

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
SAMPLE = Path(__file__).parents[2] / "index" / "sample" / "txt"
P1 = "The town council of Veldan has agreed to build a new bridge over the river Orla, the mayor said on Friday."
P2 = '"We have waited for this for twenty years," Anna Holm told reporters. The work will cost 12 million crowns.'
P3 = "Traffic will be diverted through the old town until the autumn of next year, according to the plan."
TITLE = "Veldan to build a new bridge over the river"


def paragraphs(text: str) -> list[str]:
    """Take a text apart at its empty lines."""
    return text.split("\n\n")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
@pytest.mark.parametrize("blank", ["\n\n", "\n"], ids=["spaced", "dense"])
@pytest.mark.parametrize("section", [True, False])
def test_a_site_page_gives_its_parts_and_nothing_of_the_site(page: SitePage, blank: str, section: bool) -> None:
    """In every language a page alone gives title, minute, section, dateline and exactly the body."""
    article = read_text_page(tidy_page(page.text(section=section, blank=blank)))
    assert article.title == page.title
    assert article.published == page.published
    assert article.section == (page.section if section else None)
    assert (article.dateline, article.source) == (page.place, page.agency)
    assert paragraphs(article.text) == list(page.body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
def test_furniture_that_nobody_told_us_about(page: SitePage) -> None:
    """Menus, captions and list headings in words of no table are left out by where they stand."""
    strange = page.with_parts(
        menu=("Qwv Zrt", "Plok"),
        all_news="Mnurf",
        extra=("Foto: NPA",),
        tail=("Grumf blip", "Zap", "Frobble of the day"),
    )
    article = read_text_page(tidy_page(strange.text()))
    assert article.title == page.title
    assert paragraphs(article.text) == list(page.body)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.language)
@pytest.mark.parametrize("ending", ["\r\n", "\r", " \n", "\t\n"], ids=repr)
def test_dirt_between_letters_changes_nothing(page: SitePage, ending: str) -> None:
    """Line ends of other systems, trailing blanks, soft hyphens, no-break and zero-width spaces do not matter."""
    text = "\ufeff" + page.text().replace("e", "e\xad").replace(" ", "\xa0").replace("o", "o\u200b").replace(
        "\n", ending
    )
    article = read_text_page(tidy_page(text))
    assert article.title == page.title
    assert paragraphs(article.text) == list(page.body)


DATES = {
    "14 October 2022, 13:00": "2022-10-14T13:00",
    "14. Oktober 2022 um 13:00 Uhr": "2022-10-14T13:00",
    "14 октября 2022 г., 13:00": "2022-10-14T13:00",
    "13:00, 14 кастрычніка 2022": "2022-10-14T13:00",
    "14 października 2022, 13:00": "2022-10-14T13:00",
    "14 de octubre de 2022, 13:00": "2022-10-14T13:00",
    "2022年10月14日 13:00": "2022-10-14T13:00",
    "14.10.2022 13:00": "2022-10-14T13:00",
    "2022-10-14 13:00": "2022-10-14T13:00",
    "Friday, 14 October 2022, 13:00": "2022-10-14T13:00",
    "14 October 2022": "2022-10-14",
    "14 October 2022\n13:00": "2022-10-14T13:00",
}


@pytest.mark.parametrize(("line", "iso"), DATES.items())
def test_dates_of_every_shape(line: str, iso: str) -> None:
    """The date line is found in every usual form, with and without a time, and the page's clock is not taken."""
    page = f"Menu\nFlag Sunday, 6 November 2022\nSport\n{line}\n{TITLE}\n{P1}\n{P2}\nSubscribe to us\n"
    article = read_text_page(page)
    assert (article.published, article.title, article.section) == (iso, TITLE, "Sport")
    assert paragraphs(article.text) == [P1, P2]


@pytest.mark.parametrize("clock", ["Flag Sunday, 6 November 2022", "Flag Sunday, 6 November 2022, 14:35", "14:35"])
def test_a_clock_is_no_publication_date(clock: str) -> None:
    """Without a date line the day of the download is not taken for one."""
    article = read_text_page(f"Menu\n{clock}\nVeldan 3°C\nAll news\nMore\n\n{TITLE}\n\n{P1}\n\n{P2}\n")
    assert (article.published, article.title) == (None, TITLE)


@pytest.mark.parametrize(
    "head",
    [
        f"Home\nNews\n{TITLE}\n3 March 2023, 09:15",
        f"Home\nNews\n{TITLE}\nPublished: 3 March 2023, 09:15\nUpdated: 4 March 2023, 10:00",
        f"Home\n3 March 2023, 09:15\nBy Jane Doe\n{TITLE}",
        f"12:30 Snow in the hills\n3 March 2023, 12:00\nChoir wins a prize\nSport\n3 March 2023, 09:15\n{TITLE}",
        f"We use cookies. By going on you agree to our use of cookies.\nSign in\n3 March 2023, 09:15\n{TITLE}",
    ],
)
def test_heads_in_other_orders(head: str) -> None:
    """Headline before the date, update times, authors and lists of other news above do not confuse it."""
    article = read_text_page(f"{head}\n{P1}\n{P2}\n{P3}\nShare\nFacebook\n")
    assert (article.title, article.published) == (TITLE, "2023-03-03T09:15")
    assert paragraphs(article.text) == [P1, P2, P3]


UPDATED = [
    ("en", "Updated: 4 March 2023, 10:00"), ("en", "Last modified 04.03.2023 10:00"),
    ("ru", "Обновлено: 4 марта 2023, 10:00"), ("be", "Абноўлена: 4 сакавіка 2023, 10:00"),
    ("de", "Aktualisiert: 04.03.2023 10:00"), ("pl", "Aktualizacja: 4 marca 2023, 10:00"),
    ("es", "Actualizado: 4 de marzo de 2023, 10:00"), ("zh", "更新时间：2023年3月4日 10:00"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "line"), UPDATED)
@pytest.mark.parametrize("place", ["below the date", "above it", "below the title", "below the text"])
def test_a_line_that_tells_of_an_update_is_the_correction(language: str, line: str, place: str) -> None:
    """In every language and place, and it is no part of the text."""
    page = next(each for each in PAGES if each.language == language)
    if place == "below the date":
        page = page.with_parts(date=f"{page.date}\n{line}")
    elif place == "above it":
        page = page.with_parts(date=f"{line}\n{page.date}")
    elif place == "below the title":
        page = page.with_parts(extra=(line,))
    else:
        page = page.with_parts(tail=(line, *page.tail))
    article = read_text_page(tidy_page(page.text()))
    assert (article.published, article.corrected) == (page.published, "2023-03-04T10:00")
    assert (article.title, paragraphs(article.text)) == (page.title, list(page.body))


@pytest.mark.parametrize(
    ("head", "published", "corrected"),
    [
        ("3 March 2023, 09:15\nUpdated: 3 March 2023, 09:15", "2023-03-03T09:15", None),
        ("3 March 2023, 09:15\nUpdated: 2 March 2023", "2023-03-03T09:15", None),
        ("3 March 2023, 09:15\nPublished: 4 March 2023, 10:00", "2023-03-03T09:15", None),
        ("Updated: 4 March 2023, 10:00", "2023-03-04T10:00", None),
        (
            "3 March 2023, 09:15\nUpdated: 5 March 2023, 10:00\nUpdated: 4 March 2023, 10:00",
            "2023-03-03T09:15",
            "2023-03-05T10:00",
        ),
        (
            "Updated: 9 March 2023, 10:00\nChoir wins a prize\nSnow in the hills\n3 March 2023, 09:15",
            "2023-03-03T09:15",
            None,
        ),
    ],
)
def test_which_update_lines_are_corrections(head: str, published: str, corrected: str | None) -> None:
    """One after the publication and beside it, the last of several; alone it is the best date there is."""
    article = read_text_page(f"Menu\nSport\n{head}\n{TITLE}\n{P1}\n{P2}\n{P3}\nSubscribe to us\n")
    assert (article.published, article.corrected) == (published, corrected)


def test_updates_of_other_news_below_are_not_this_articles() -> None:
    """A list of news has several lines with dates."""
    tail = "Updated: 9 March 2023, 08:00\nLake is frozen over\nUpdated: 8 March 2023, 07:00\nSnow in the hills"
    article = read_text_page(f"Menu\n3 March 2023, 09:15\n\n{TITLE}\n\n{P1}\n\n{P2}\n\n{P3}\n\n{tail}\n")
    assert (article.corrected, paragraphs(article.text)) == (None, [P1, P2, P3])


TAILS = [
    "Subscribe to us\nRecent news from Veldan",
    "If you notice a mistake, select it and press Ctrl+Enter.\n© 2023 NPA. All rights reserved. No copying.",
    "Stay with us\nTelegram\nX\nMore for you\nWater prices rise\nThe price of water will rise by three per cent.",
    "10:15 Choir wins a prize\n11:20 Snow expected in the hills\n12:40 Lake is frozen over",
    "Share: Telegram | Mail | Copy link\n\nWrite to us: news@npa.example",
    "Tags: bridge, river\n3 March 2023, 08:00\nLake is frozen over\n3 March 2023, 07:00\nSnow expected in the hills",
    "-0-\nPrint version\nMost read\nWho will win?",
]


@pytest.mark.parametrize("tail", TAILS)
def test_tails_are_cut_off(tail: str) -> None:
    """Calls, lists of other news with and without times, teasers and rights after the text are no part of it."""
    article = read_text_page(f"Menu\n3 March 2023, 09:15\n\n{TITLE}\n\n{P1}\n\n{P2}\n\n{P3}\n\n{tail}\n")
    assert paragraphs(article.text) == [P1, P2, P3]


BODIES = [
    [P1, "The winners in the four classes of the contest are:", "Anna Berg", "John Dale", "Mary Ford", P2],
    [P1, "Corrected: an earlier version of this report gave a wrong sum.", P2],
    [P1, '"Why now?"', "He laughed.", P2, "Questions and answers", P3],
    [P1, "- the bridge is 186 metres long;", "- it has two lanes;", "- it cost 12 million.", P2],
    [P1, P2, "The exhibition of the drafts in the town hall will be open to everybody until the end of the year"],
    [P1, "10:00", P2, "11:30", P3],
]


@pytest.mark.parametrize("body", BODIES)
def test_what_is_unusual_within_a_text_stays(body: list[str]) -> None:
    """Lists, subheadings, corrections, short sentences and a last line without its full stop are the article's."""
    text = "\n\n".join(body)
    article = read_text_page(f"Menu\nVeldan 3°C\n3 March 2023, 09:15\n\n{TITLE}\n\n{text}\n\nSubscribe to us\nX\n")
    assert paragraphs(article.text) == body


@pytest.mark.parametrize(
    "title",
    [
        "Mayor Holm: We have waited for this bridge.",
        "Mayor Holm: We have waited for this bridge. Now it will be built",
        "Will Veldan get its bridge at last?",
        "“We have waited for this”",
    ],
)
@pytest.mark.parametrize("first", [P1, f"VELDAN, 3 March (NPA) - {P1}"])
def test_headlines_that_look_like_sentences(title: str, first: str) -> None:
    """A headline may be a quotation, a question, or two sentences, with and without its full stop."""
    article = read_text_page(f"Menu\n3 March 2023, 09:15\n\n{title}\n\n{first}\n\n{P2}\n\nSubscribe to us\nX\n")
    assert article.title == title
    assert paragraphs(article.text) == [first, P2]


def test_photo_credits_and_cross_references_within_a_text_go() -> None:
    """Credits and "read also" lines between paragraphs are left out."""
    page = f"3 March 2023, 09:15\n{TITLE}\nPhoto: NPA\n{P1}\nRead also: Choir wins\n{P2}\nPhotos by Ann Lee\n{P3}\n"
    assert paragraphs(read_text_page(page).text) == [P1, P2, P3]


def test_a_plain_text_loses_nothing() -> None:
    """A title and paragraphs with nothing around them are kept whole, short lines and all."""
    article = read_text_page(f"{TITLE}\n\nA report from the north\n\n{P1}\n\n{P2}\n\nAnna Berg\n")
    assert article.title == TITLE
    assert paragraphs(article.text) == ["A report from the north", P1, P2, "Anna Berg"]


def test_wrapped_paragraphs_are_joined() -> None:
    """Lines of a text that was wrapped at a fixed width become paragraphs again."""
    wrapped = re.sub(r"(.{40,60}) ", r"\1\n", P1)
    assert paragraphs(read_text_page(f"{TITLE}\n\n{wrapped}\n\n{P2}\n").text) == [P1, P2]


@pytest.mark.parametrize(
    "page", ["", "Hello.", "Menu\nAll news\nX\n", "One\nTwo\nThree\nFour\nFive\nSix\n" * 5, "...\n---\n"]
)
def test_pages_without_an_article_say_so(page: str) -> None:
    """Menus, lists of headlines and scraps are skipped with a reason."""
    with pytest.raises(NoArticle, match="no article text found"):
        read_text_page(page)


def test_lines_that_recur_on_other_pages_are_the_sites() -> None:
    """A sentence that stands on many pages is left out; copies of one article do not make its lines recur."""
    notice = "This report was made by the northern desk of our agency with the help of many friends."
    pages = [
        f"3 March 2023, 09:15\nVeldan story {n} today\n{P1.replace('Veldan', f'Town {n} of the north')}\n{notice}\n"
        for n in "abcdefgh"
    ]
    copies = [f"3 March 2023, 09:15\n{TITLE}\n{P1}\n{P2}\n" for _ in range(8)]
    recurring = RecurringLines()
    for page in pages + copies:
        recurring.add_page(raw_lines(page))
    assert notice not in read_text_page(pages[0], recurring).text
    assert paragraphs(read_text_page(copies[0], recurring).text) == [P1, P2]
    assert read_text_page(copies[0], recurring).title == TITLE


@given(st.text(max_size=3000))
def test_any_text_gives_an_article_or_a_reason(text: str) -> None:
    """No text makes the reader fail in another way, and what it returns is clean."""
    try:
        article = read_text_page(tidy_page(text))
    except NoArticle:
        return
    assert article.text == tidy_page(article.text).strip()
    assert all(paragraph.strip() for paragraph in paragraphs(article.text))


WORDS = {
    "en": "the council of town has built bridges near every river and people walk there on Sundays".split(),
    "ru": "совет города построил мосты возле каждой реки и люди гуляют там по воскресеньям".split(),
    "pl": "rada miasta zbudowała mosty przy każdej rzece i ludzie chodzą tam w niedziele".split(),
}


@st.composite
def sentences(draw: st.DrawFn) -> list[str]:
    """Make a page of sentences."""
    words = WORDS[draw(st.sampled_from(sorted(WORDS)))]
    lines = draw(st.lists(st.lists(st.sampled_from(words), min_size=20, max_size=40), min_size=1, max_size=8))
    return [" ".join(line).capitalize() + draw(st.sampled_from([".", "!", "?", '."'])) for line in lines]


@given(sentences(), st.sampled_from(["\n", "\n\n"]))
def test_plain_sentences_are_all_kept(lines: list[str], blank: str) -> None:
    """A page of nothing but sentences comes out whole: as title and text, in order."""
    article = read_text_page(blank.join(lines))
    found = ([article.title] if article.title else []) + paragraphs(article.text)
    assert found == lines


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed pages are not here")
def test_the_seed_pages() -> None:
    """The two real pages give exactly their titles, minutes, sections, datelines and bodies."""
    first, second = (read_text_page(tidy_page(decode_page(path.read_bytes()))) for path in sorted(SEEDS.glob("*.txt")))
    assert (first.published, first.section, first.dateline) == ("2022-10-14T13:00", None, "Astana")
    assert first.title.startswith("Belarusian ambassador comments")
    assert first.title.endswith("to counter sanctions")
    assert first.text.startswith("Astana, 14 October (BelTA) - Logistics")
    assert first.text.endswith("the head of the diplomatic mission stated.")
    assert len(paragraphs(first.text)) == 4
    assert (second.published, second.section, second.dateline) == ("2024-05-24T15:34", "Politik", "MINSK")
    assert second.title.startswith("Alejnik")
    assert second.title.endswith("Vervollkommnung")
    assert second.text.startswith("MINSK, 24. Mai (BelTA) - Belarus")
    assert second.text.endswith("im gleichen Zeitraum des Vorjahres.")
    assert len(paragraphs(second.text)) == 5


FURNITURE = re.compile(
    r"°C|[Cc]ookie|^\d\d:\d\d |\||@|Subscribe|Abonnieren|Подпис|Падпі|Subskryb|Suscr|订阅|All news|Alle Nach"
    r"|Все новости|Усе навіны|Wszystkie|Todas las|Print version|Druckversion|Foto: LNA|Photo: LNA",
    re.MULTILINE,
)


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.txt")), ids=lambda path: path.stem)
def test_sample_pages_hold_no_furniture(path: Path) -> None:
    """Of every text page of the sample archive, read alone, title, minute and body are clean."""
    article = read_text_page(tidy_page(decode_page(path.read_bytes())))
    assert article.published is not None
    assert "T" in article.published
    assert article.title
    assert article.dateline
    assert not FURNITURE.search(article.text)
    assert not FURNITURE.search(article.title)
