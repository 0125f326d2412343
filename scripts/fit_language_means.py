"""Computes index/language_means.npz, the mean vectors of questions, passages and sentences by language.

    python scripts/fit_language_means.py [../shared/data/news/ntrex-dev.jsonl]

Questions and short news texts of the project's own serve for all languages; real news, when a file of
articles is given, for the languages it holds.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from index.centre import OTHER, SHIPPED, LanguageMeans
from index.embed import SentenceTransformerEmbedder, passage_input
from index.passages import split_passages
from index.records import Article

DATA = Path(__file__).parent.parent / "tests" / "eval"


def read_lines(path: Path) -> Iterator[dict[str, str]]:
    """Yield the records of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(news: list[str]) -> None:
    """Compute and write the means."""
    embedder = SentenceTransformerEmbedder()
    questions: dict[str, list[np.ndarray]] = defaultdict(list)
    for record in read_lines(DATA / "questions-language.jsonl"):
        questions[record["language"]].append(embedder.embed_queries([record["question"]])[0])
    articles = [
        Article(f"{path}:{number}", record["text"], record.get("title", ""), language=record["language"])
        for path in [DATA / "passages-language.jsonl", *map(Path, news)]
        for number, record in enumerate(read_lines(path))
    ]
    pairs = [(article, passage) for article in articles for passage in split_passages(article, embedder.count_tokens)]
    vectors = embedder.embed_passages([passage_input(*pair) for pair in pairs])
    passages: dict[str, list[np.ndarray]] = defaultdict(list)
    sentences: dict[str, list[np.ndarray]] = defaultdict(list)
    for (article, _), of_passage in zip(pairs, vectors, strict=True):
        passages[article.language].append(of_passage.whole)
        sentences[article.language] += list(of_passage.sentences)
    languages = sorted(set(questions) & set(passages))
    means = [np.array([np.mean(kind[code], 0) for code in languages]) for kind in (questions, passages, sentences)]
    rows = [np.vstack([mean, mean.mean(0)]) for mean in means]
    LanguageMeans((*languages, OTHER), rows[0], rows[1], rows[2]).save(SHIPPED, fingerprint=embedder.fingerprint)
    print({code: (len(questions[code]), len(passages[code]), len(sentences[code])) for code in languages})


if __name__ == "__main__":
    main(sys.argv[1:])
