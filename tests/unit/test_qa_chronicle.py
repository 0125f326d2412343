"""The steps of a story, a dated sentence a passage."""

from __future__ import annotations

import pytest

from index.records import Article
from index.search import Candidate
from qa.chronicle import dated_quotes
from qa.timeline import MAX_ENTRIES
from tests.candidates import candidate


def _article(name: str, text: str, published: str | None = None, language: str = "en") -> Article:
    return Article(name, text, published=published, language=language)


CLOSED = _article("closed", "The bridge in Lodna was closed. Trains ran.", "2024-03-05T10:00")
CRACKS = _article("cracks", "The mayor spoke. On 12 January 2024 divers found cracks in the bridge.", "2024-01-14")
OPENED = _article("opened", "The bridge in Lodna was opened again. People cheered.", "2024-11-02")


def _steps(candidates: list[Candidate], stories: dict[str, int] | None = None) -> list[tuple[str, str]]:
    """Return the days with the sentences that tell of them."""
    return [
        (day, quote.candidate.article.text[quote.start : quote.end])
        for day, quote in dated_quotes(candidates, stories or {})
    ]


def test_the_steps_come_in_order_of_time() -> None:
    """Whatever was found first; each passage tells of one by its best sentence, on the day that this names."""
    found = [candidate(OPENED, [0.9]), candidate(CLOSED, [0.8]), candidate(CRACKS, [0.2, 0.7])]
    assert _steps(found, {"opened": 2, "closed": 1, "cracks": 0}) == [
        ("2024-01-12", "On 12 January 2024 divers found cracks in the bridge."),
        ("2024-03-05", "The bridge in Lodna was closed."),
        ("2024-11-02", "The bridge in Lodna was opened again."),
    ]


def test_a_quotation_lies_in_its_passage() -> None:
    """With the passage's place in the article."""
    passage = candidate(CRACKS, [0.7], first=1)
    ((_, quote),) = dated_quotes([passage], {})
    assert (quote.start, quote.end) == (passage.row.passage.start, passage.row.passage.end)
    assert quote.candidate is passage


@pytest.mark.parametrize(
    ("language", "sentence", "day"),
    [
        ("be", "Мост закрылі ўчора.", "2024-03-04"),
        ("ru", "Мост закрыли вчера.", "2024-03-04"),
        ("en", "The bridge was closed yesterday.", "2024-03-04"),
        ("de", "Die Brücke wurde gestern gesperrt.", "2024-03-04"),
        ("pl", "Most zamknięto wczoraj.", "2024-03-04"),
        ("es", "El puente se cerró ayer.", "2024-03-04"),
        ("zh", "大桥昨天关闭。", "2024-03-04"),
    ],
)
def test_days_count_from_the_publication_in_the_articles_language(language: str, sentence: str, day: str) -> None:
    """Whatever the question's language is."""
    article = _article("a", sentence, "2024-03-05", language)
    assert _steps([candidate(article, [0.9])]) == [(day, sentence)]


def test_of_the_tellings_of_a_story_the_best_found_is_quoted() -> None:
    """With more than one of its steps, where they are of two days; copies and translations add none."""
    later = _article(
        "later", "Die Brücke in Lodna wurde gesperrt. Am 12. Januar 2024 fand man Risse.", "2024-03-06", "de"
    )
    found = [
        candidate(CLOSED, [0.9], last=1),
        candidate(later, [0.8], last=1),
        candidate(later, [0.8], first=1),
        candidate(OPENED, [0.7]),
    ]
    assert _steps(found, {"closed": 0, "later": 0, "opened": 1}) == [
        ("2024-03-05", "The bridge in Lodna was closed."),
        ("2024-11-02", "The bridge in Lodna was opened again."),
    ]
    assert len(_steps(found, {"closed": 0, "later": 2, "opened": 1})) == 4


def test_what_is_hardly_about_it_is_no_step() -> None:
    """Beside sentences that are."""
    assert _steps([candidate(CLOSED, [0.9]), candidate(OPENED, [0.1]), candidate(CRACKS, [-0.5, -0.4])]) == [
        ("2024-03-05", "The bridge in Lodna was closed.")
    ]


def test_what_has_no_day_is_no_step() -> None:
    """An article without date, whose sentence names none; one that names a day has it."""
    undated = _article("undated", "The bridge in Lodna was painted.")
    dated = _article("dated", "On 3 May 2023 the bridge in Lodna was painted.")
    assert _steps([candidate(undated, [0.9]), candidate(dated, [0.8])]) == [("2023-05-03", dated.text)]


def test_a_telling_without_day_does_not_stand_for_the_others() -> None:
    """A copy whose page gives no date hides nothing, though it is found first."""
    copy = _article("copy", CLOSED.text)
    assert _steps([candidate(copy, [0.9]), candidate(CLOSED, [0.8])], {"copy": 0, "closed": 0}) == [
        ("2024-03-05", "The bridge in Lodna was closed.")
    ]


def test_a_timeline_is_short() -> None:
    """However much is found."""
    articles = [_article(f"a{at}", f"Bridge number {at} was closed.", f"2024-03-{at + 1:02}") for at in range(20)]
    stories = {article.article_id: at for at, article in enumerate(articles)}
    assert len(_steps([candidate(each, [0.9]) for each in articles], stories)) == MAX_ENTRIES


@pytest.mark.parametrize("candidates", [[], [candidate(_article("empty", "", "2024-03-05"))]])
def test_without_sentences_there_are_no_steps(candidates: list[Candidate]) -> None:
    """Nothing found, or nothing in it."""
    assert dated_quotes(candidates, {}) == []
