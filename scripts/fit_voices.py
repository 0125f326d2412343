"""Measures from which alignment on two articles tell the same story, for the thresholds of qa/voices.py.

    python scripts/fit_voices.py ../shared/data [--work DIR]

Takes real news told in five languages each and XQuAD's paragraphs in three, and makes of each news article a copy
(agency credit, other headline, words left out or exchanged), a cut (paragraphs dropped, half of the time another
article's added) and a next edition (the same words with other figures). Neighbouring paragraphs of one XQuAD
document and different stories are what must stay apart. Half of the stories and documents choose, the others judge.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np

from index.database import read_passages
from index.embed import SentenceTransformerEmbedder
from index.records import Article
from index.run import index_articles
from index.store import Reading, Store
from qa.datasets import load_dataset
from qa.voices import MAX_PASSAGES, Telling, align, group_stories, numbers_differ, telling_numbers

PARAGRAPHS_A_DOCUMENT = 5
CREDITS = {
    "en": "(LNA) - ",
    "de": "Berlin (LNA) - ",
    "ru": "МОСКВА, ЛНА. ",
    "be": "МІНСК, ЛНА. ",
    "pl": "WARSZAWA (LNA) - ",
}
COPY, CUT, NEXT = "copy", "cut", "next"
THRESHOLDS = (0.3, 0.34, 0.38, 0.42, 0.46, 0.5, 0.55, 0.6)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two articles.

    Attributes:
        kind: what they are to each other.
        same: whether they tell the same story.
        alignment: 0 where their numbers speak against it.
    """

    kind: str
    same: bool
    one_language: bool
    alignment: float


class Editor:
    """Makes other versions of articles."""

    def __init__(self, articles: list[Article]) -> None:
        self.articles = articles
        self.random = random.Random(20261124)  # noqa: S311 - experiments are to be repeatable

    def versions(self) -> Iterator[Article]:
        """Yield a copy, a cut and a next edition of each article."""
        for article in self.articles:
            lines = article.text.split("\n")
            words = article.title.split(" ")
            title = " ".join(words[: max(3, len(words) * 2 // 3)])
            copied = "\n".join([CREDITS[article.language] + lines[0], *lines[1:]])
            yield self._version(article, COPY, title, self._lose_words(copied))
            kept = sorted(
                self.random.sample(range(len(lines)), max(2, round(len(lines) * self.random.uniform(0.5, 0.8))))
            )
            left = [lines[at] for at in kept]
            if self.random.random() < 0.5:
                left.insert(len(left) // 2, self.random.choice(self.articles).text.split("\n")[0])
            yield self._version(article, CUT, title, "\n".join(left))
            if re.search(r"\d\d", article.text):
                yield self._version(
                    article, NEXT, self._other_figures(article.title), self._other_figures(article.text)
                )

    def _version(self, article: Article, kind: str, title: str, text: str) -> Article:
        return replace(article, article_id=f"{article.article_id}#{kind}", title=title, text=text)

    def _lose_words(self, text: str) -> str:
        return " ".join(word for word in text.split(" ") if self.random.random() > 0.04)

    def _other_figures(self, text: str) -> str:
        def other(number: re.Match[str]) -> str:
            if re.fullmatch(r"(?:19|20)\d\d", number[0]):
                return str(int(number[0]) - 1)
            return re.sub(r"\d", lambda digit: str((int(digit[0]) + self.random.randint(0, 7)) % 9 + 1), number[0])

        return re.sub(r"\d[\d.,]*", other, text)


def main() -> None:
    """Index, compare, report."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, default=Path("/tmp/vestka-voices"), help="keeps the store between runs")  # noqa: S108 - a default to override
    arguments = parser.parse_args()
    lines = (arguments.data / "news" / "ntrex-dev.jsonl").read_text("utf-8").splitlines()
    news = [Article(r["id"], r["text"], r["title"], language=r["language"]) for r in map(json.loads, lines)]
    paragraphs = [
        article for path in sorted((arguments.data / "xquad").glob("*.json")) for article in load_dataset(path).articles
    ]
    index_articles(arguments.work, [*news, *Editor(news).versions(), *paragraphs], SentenceTransformerEmbedder())
    with Store(arguments.work).reading() as reading:
        tellings = read_all(reading)
    halves = [[telling for telling in tellings if fits(telling) == wanted] for wanted in (True, False)]
    for name, half in zip(("choosing", "judging"), halves, strict=True):
        pairs = list(compare(half))
        for one_language in (True, False):
            print(f"{name} half, {'one language' if one_language else 'two languages'}: share taken for one story")
            report([pair for pair in pairs if pair.one_language == one_language])
        report_stories(name, half)


def read_all(reading: Reading) -> list[Telling]:
    """Read every article of a store as one that is compared."""
    numbers = reading.generation.table["number"].tolist()
    rows: dict[str, list[tuple[np.ndarray, list[int]]]] = {}
    articles = {}
    for row, article in read_passages(reading.connection, numbers).values():
        articles[article.article_id] = article
        lengths = [span.end - span.start for span in row.passage.sentences]
        if lengths and row.passage.ordinal < MAX_PASSAGES:
            centred = reading.generation.means.centre(row.sentence_vectors, "sentences", article.language)
            rows.setdefault(article.article_id, []).append((centred, lengths))
    return [
        Telling(
            articles[article_id],
            np.concatenate([centred for centred, _ in of_article]),
            np.array([length for _, lengths in of_article for length in lengths]),
        )
        for article_id, of_article in rows.items()
    ]


def group_of(telling: Telling) -> str:
    """Return the document of a paragraph, or the story of a news article."""
    article_id = telling.article.article_id.split("#")[0]
    _, slash, number = article_id.rpartition("/")
    return f"xquad {int(number) // PARAGRAPHS_A_DOCUMENT}" if slash else article_id.rpartition(".")[0]


def story_of(telling: Telling) -> str:
    """Return what tells the same story as others; a next edition is a story of its own in each language."""
    article_id = telling.article.article_id
    if article_id.endswith(f"#{NEXT}"):
        return article_id
    _, slash, number = article_id.rpartition("/")
    return f"xquad {number}" if slash else group_of(telling)


def fits(telling: Telling) -> bool:
    """Say whether an article is of the half that chooses."""
    return bool(random.Random(group_of(telling)).getrandbits(1))  # noqa: S311 - the same halves in every run


def compare(tellings: list[Telling]) -> Iterator[Pair]:
    """Yield the pairs that tell the same story, and those that are near each other and do not."""
    numbers = {telling.article.article_id: telling_numbers(telling.article) for telling in tellings}
    for first, second in combinations(tellings, 2):
        same, near = story_of(first) == story_of(second), group_of(first) == group_of(second)
        alignment = align(first, second)
        if not near and alignment < THRESHOLDS[0]:
            continue
        ids = [telling.article.article_id for telling in (first, second)]
        versions = {article_id.partition("#")[2] for article_id in ids} - {""}
        if NEXT in versions and numbers[ids[0]] == numbers[ids[1]]:
            continue
        kind = "-".join(sorted(versions)) or ("translation" if same else "neighbour" if near else "stranger")
        opposed = numbers_differ(numbers[ids[0]], numbers[ids[1]])
        one_language = first.article.language == second.article.language
        yield Pair(kind if near else "stranger", same, one_language, 0.0 if opposed else alignment)


def report(pairs: list[Pair]) -> None:
    """Print for each kind of pair and each threshold how many are taken for one story."""
    print(f"  {'':28}{''.join(f'{threshold:8.2f}' for threshold in THRESHOLDS)}")
    for (kind, same), n in sorted(Counter((pair.kind, pair.same) for pair in pairs).items()):
        alignments = np.array([pair.alignment for pair in pairs if (pair.kind, pair.same) == (kind, same)])
        shares = "".join(f"{(alignments >= threshold).mean():8.3f}" for threshold in THRESHOLDS)
        print(f"  {'same ' if same else 'other'} {kind:16}{n:6}{shares}")


def report_stories(name: str, tellings: list[Telling]) -> None:
    """Print how well all articles are grouped, and how well they are without next editions."""
    for kinds in (("", COPY, CUT), ("",)):
        chosen = [telling for telling in tellings if telling.article.article_id.partition("#")[2] in kinds]
        stories = group_stories(chosen)
        found = Counter()
        for first, second in combinations(chosen, 2):
            joined = stories[first.article.article_id] == stories[second.article.article_id]
            found[joined, story_of(first) == story_of(second)] += 1
        print(
            f"{name} half, {len(chosen)} articles{' with copies and cuts' if len(kinds) > 1 else ''}: "
            f"pairs joined rightly {found[True, True]}, wrongly {found[True, False]}, missed {found[False, True]}; "
            f"{len(set(stories.values()))} stories for {len({story_of(telling) for telling in chosen})}"
        )


if __name__ == "__main__":
    main()
