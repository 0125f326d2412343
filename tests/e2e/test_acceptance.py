"""The acceptance questions on two real pages, asked in a crowd of real news and paragraphs; needs ../shared."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.embed import Embedder
from index.records import Article
from index.run import index_articles, index_sources
from index.store import Store
from qa.archive import ArchiveAnswerer
from qa.datasets import load_dataset
from qa.evaluate import Outcome, ask_all

SHARED = Path(__file__).resolve().parents[3] / "shared"
QUESTIONS = SHARED / "acceptance" / "seed-questions.jsonl"

pytestmark = pytest.mark.skipif(not QUESTIONS.is_file(), reason="the real pages are kept outside the repository")


@pytest.fixture(scope="module")
def store(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A store of the two pages, the news and all paragraphs."""
    directory = tmp_path_factory.mktemp("store")
    paragraphs = [
        Article(f"{path.stem}/{number}", article.text, language=article.language)
        for path in sorted((SHARED / "data" / "xquad").glob("*.json"))
        for number, article in enumerate(load_dataset(path).articles)
    ]
    index_articles(directory, paragraphs, embedder)
    index_sources(directory, [str(SHARED / "seeds"), str(SHARED / "data" / "news")], embedder)
    opened = Store(directory)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def outcomes(store: Store, embedder: Embedder) -> list[Outcome]:
    """The answers to the acceptance questions."""
    return ask_all(ArchiveAnswerer(store, embedder), load_dataset(QUESTIONS).questions)


@pytest.mark.parametrize(
    ("article_id", "title", "published", "language", "start", "end"),
    [
        (
            "000_5d82f3b1935fc3b3",
            "Belarusian ambassador comments on joint actions",
            "2022-10-14T13:00",
            "en",
            "Astana, 14 October (BelTA) - ",
            "mission stated.",
        ),
        (
            "001_b65be0fcde7aa94a",
            "Alejnik über die belarussisch-russische Zusammenarbeit",
            "2024-05-24T15:34",
            "de",
            "MINSK, 24. Mai (BelTA) - ",
            "des Vorjahres.",
        ),
    ],
)
def test_the_pages_are_read(
    store: Store, article_id: str, title: str, published: str, language: str, start: str, end: str
) -> None:
    """Title, time, language and body are found, and nothing that stands around them."""
    article = store.article(article_id).article

    assert article.title.startswith(title)
    assert (article.published, article.language) == (published, language)
    assert article.text.startswith(start)
    assert article.text.endswith(end)
    for furniture in ("°C", "All news", "Alle Nachrichten", "Subscribe", "Abonnieren"):
        assert furniture not in article.text


def test_the_right_page_answers(outcomes: list[Outcome]) -> None:
    """At least 11 of the 14 questions get the right article with a right quotation."""
    wrong = [o.question.question_id for o in outcomes if o.question.answerable and not o.right]

    assert len(wrong) <= 3, wrong


def test_what_the_pages_do_not_say_is_refused(outcomes: list[Outcome]) -> None:
    """At least 4 of the 6 questions without an answer are refused."""
    answered = [o.question.question_id for o in outcomes if not o.question.answerable and o.answer.answered]

    assert len(answered) <= 2, answered


def test_every_quotation_is_verbatim(store: Store, outcomes: list[Outcome]) -> None:
    """A quotation is its slice of the stored text."""
    citations = [citation for outcome in outcomes for citation in outcome.answer.citations]

    assert citations
    for citation in citations:
        text = store.article(citation.article_id).article.text
        assert text[citation.start : citation.end] == citation.quote, json.dumps(citation.quote)
