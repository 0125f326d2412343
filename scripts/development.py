"""The development data as the fitting scripts use them: questions in many languages, and where their answers stand.

XQuAD's paragraphs and NTREX's news are each told in several languages; a question on one is asked in some language
and answered from another. Documents and stories are dealt out once for all: half *train* the model, a quarter
*calibrates* the models of quotations and confidence, on which the model was not trained, a quarter *judges*.

The project's own reading set, `scripts/reading.jsonl.gz`, only trains: 384 subjects, each told in four paragraphs in
different languages that a careless reader confuses, with questions in seven languages on single sentences, and some
that no paragraph answers. It was written for this and checked by nobody: never put it into an archive.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from index.records import Article, Span
from qa.datasets import load_dataset

ROOT = Path(__file__).parent.parent
READING_SET = Path(__file__).with_name("reading.jsonl.gz")
NEWS_QUESTIONS = ROOT / "tests" / "eval" / "news-questions.jsonl"
TRAIN, CALIBRATE, JUDGE = "train", "calibrate", "judge"
PARAGRAPHS_A_DOCUMENT = 5
XQUAD, NEWS, READING = "xquad", "news", "reading"


@dataclass(frozen=True, slots=True)
class Item:
    """A question in several languages, and the articles in several languages that it is about.

    Attributes:
        origin: XQUAD, NEWS or READING.
        subject: the document or story; an article on another is about something else.
        part: TRAIN, CALIBRATE or JUDGE.
        questions: the question by language.
        article_ids: the article by language.
        evidence: by language of the article, the spans of its text that hold the answer; empty for a near miss,
            whose answer is missing from the article.
    """

    origin: str
    subject: str
    part: str
    questions: Mapping[str, str]
    article_ids: Mapping[str, str]
    evidence: Mapping[str, tuple[Span, ...]]

    def holds(self, article: Article, span: Span) -> bool:
        """Say whether a slice of an article's text holds the answer."""
        if self.article_ids.get(article.language) != article.article_id:
            return False
        return any(_overlap(span, gold) for gold in self.evidence.get(article.language, ()))


@dataclass(frozen=True, slots=True)
class Development:
    """Articles and the questions on them.

    Attributes:
        titles: by story, the ids of its articles by language.
    """

    articles: tuple[Article, ...]
    items: tuple[Item, ...]
    stories: Mapping[str, Mapping[str, str]]


def load_development(data: Path) -> Development:
    """Read XQuAD and the news below a folder, and the project's own questions on the news."""
    paragraphs, items = _xquad(data / "xquad")
    news = [json.loads(line) for line in (data / "news" / "ntrex-dev.jsonl").read_text("utf-8").splitlines()]
    articles = {
        record["id"]: Article(
            record["id"], record["text"], record["title"], language=record["language"], source=record["source"]
        )
        for record in news
    }
    stories: dict[str, dict[str, str]] = {}
    for record in news:
        stories.setdefault(record["story"], {})[record["language"]] = record["id"]
    return Development((*paragraphs, *articles.values()), (*items, *_news_items(articles, stories)), dict(stories))


def load_reading() -> Development:
    """Read the project's own training set."""
    articles: list[Article] = []
    items: list[Item] = []
    with gzip.open(READING_SET, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            for number, paragraph in enumerate(record["paragraphs"]):
                text, spans = _joined(paragraph["sents"], "" if paragraph["lang"] == "zh" else " ")
                language, title = paragraph["lang"], paragraph.get("title", "")
                article_id = f"{record['id']}/{number}"
                articles.append(
                    Article(article_id, text, title, published=paragraph.get("published"), language=language)
                )
                for asked in (*paragraph["qs"], *paragraph["open"]):
                    evidence = {language: tuple(spans[at] for at in asked.get("s", ()))}
                    items.append(Item(READING, record["id"], TRAIN, asked["q"], {language: article_id}, evidence))
    return Development(tuple(articles), tuple(items), {})


def _joined(sentences: Sequence[str], between: str) -> tuple[str, list[Span]]:
    """Return a paragraph of sentences, and where each stands in it."""
    spans: list[Span] = []
    for sentence in sentences:
        start = spans[-1].end + len(between) if spans else 0
        spans.append(Span(start, start + len(sentence)))
    return between.join(sentences), spans


def part_of(number: int) -> str:
    """Deal a document or story out by its number."""
    return TRAIN if number % 2 == 0 else CALIBRATE if number % 4 == 1 else JUDGE


def _xquad(folder: Path) -> tuple[list[Article], list[Item]]:
    sets = {path.stem.split(".")[-1]: load_dataset(path) for path in sorted(folder.glob("*.json"))}
    articles = {article.article_id: article for dataset in sets.values() for article in dataset.articles}
    items = []
    for parallel in zip(*(dataset.questions for dataset in sets.values()), strict=True):
        asked = dict(zip(sets, parallel, strict=True))
        ids = {language: next(iter(question.articles)) for language, question in asked.items()}
        evidence = {
            language: tuple(
                Span(match.start(), match.end())
                for gold in question.evidence
                for match in re.finditer(re.escape(gold), articles[ids[language]].text)
            )
            for language, question in asked.items()
        }
        document = int(next(iter(ids.values())).rpartition("/")[2]) // PARAGRAPHS_A_DOCUMENT
        questions = {language: question.question for language, question in asked.items()}
        items.append(Item(XQUAD, str(document), part_of(document), questions, ids, evidence))
    return list(articles.values()), items


def _news_items(articles: Mapping[str, Article], stories: Mapping[str, Mapping[str, str]]) -> list[Item]:
    numbers = {story: number for number, story in enumerate(stories)}
    items = []
    for line in NEWS_QUESTIONS.read_text("utf-8").splitlines():
        record = json.loads(line)
        ids = stories[record["story"]]
        evidence = {
            language: tuple(_line_spans(articles[article_id].text)[number] for number in record["lines"])
            for language, article_id in ids.items()
        }
        part = part_of(numbers[record["story"]])
        items.append(Item(NEWS, record["story"], part, record["questions"], ids, evidence))
    return items


def _line_spans(text: str) -> list[Span]:
    return [Span(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text)]


def _overlap(first: Span, second: Span) -> bool:
    """Say whether two spans share at least half of the shorter one."""
    shared = min(first.end, second.end) - max(first.start, second.start)
    return 2 * shared >= min(first.end - first.start, second.end - second.start)
