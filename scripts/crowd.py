"""Measures retrieval by the hard protocol: evidence in another language among a crowd in the question's own.

    python scripts/crowd.py ../shared/data [--work DIR] [--part train|calibrate|judge|all] [--every N] [--json]

All XQuAD paragraphs in all their languages, all news and the sample archive stand in one store. Measured by
success@1 and success@5 over articles, retrieved as when a question is asked:

    own      a question and its paragraph in one language; the paragraph's translations are taken out
    crowd    a question in one language, its paragraph in another; its other versions are taken out
    news     a story's title in one language, the story in another; its other versions are taken out
    asked    a question of the project's own on a story, in any language; the story's other versions are taken out

Everything else stays: the paragraph's siblings and the other stories, in every language.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from asking import Asker, View, asking
from development import CALIBRATE, JUDGE, NEWS, TRAIN, XQUAD, Development, Item, load_development, part_of

from bot.terminal_progress import watch
from index.progress import Progress
from qa.measures import mean, success_at

CUTS = (1, 5)
TITLES = "titles"
TASKS = ("own", "crowd", "news", "asked")

Successes = dict[tuple[str, str], list[tuple[float, ...]]]


def main() -> None:
    """Index what is not indexed yet, retrieve, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data", type=Path, help="the folder with xquad/ and news/")
    parser.add_argument("--work", type=Path, default=Path("/tmp/vestka-fit"), help="keeps the store between runs")  # noqa: S108 - a default to override
    parser.add_argument("--part", choices=(TRAIN, CALIBRATE, JUDGE, "all"), default=JUDGE, help="of the documents")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="take every N-th question and story only")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    if arguments.every < 1:
        parser.error("--every takes 1 or more")
    data = load_development(arguments.data)
    items = [
        item
        for item in (*data.items, *title_items(data))
        if arguments.part in ("all", item.part) and (item.origin == TITLES or any(item.evidence.values()))
    ][:: arguments.every]
    with asking(data, arguments.work) as asker:
        successes = measure(asker, items, watch(sys.stderr))
    result = {"part": arguments.part, "every": arguments.every, **summarise(successes)}
    print(json.dumps(result) if arguments.json else "\n".join(table(result)))


def title_items(data: Development) -> list[Item]:
    """Return an item for each story, whose questions are its titles."""
    titles = {article.article_id: article.title for article in data.articles}
    return [
        Item(TITLES, story, part_of(number), {language: titles[each] for language, each in ids.items()}, ids, {})
        for number, (story, ids) in enumerate(data.stories.items())
    ]


def measure(asker: Asker, items: Sequence[Item], progress: Progress) -> Successes:
    """Put each item to its task. Returns: by task and languages, success at each of CUTS for each query."""
    successes: Successes = defaultdict(list)
    progress.stage("Retrieving", len(items))
    for item in items:
        for language, text in item.questions.items():
            for view in asker.views(item, text, missing=False):
                task = task_of(item, language, view)
                if task is not None:
                    ranked = list(dict.fromkeys(each.article.article_id for each in view.candidates))
                    right = {item.article_ids[view.language or ""]}
                    name = language if task == "own" else f"{language}->{view.language}"
                    successes[task, name].append(tuple(success_at(ranked, right, k) for k in CUTS))
        progress.advance()
    progress.done()
    return successes


def task_of(item: Item, language: str, view: View) -> str | None:
    """Name the task of a view; a story is not looked for by a title in its own language."""
    if item.origin == XQUAD:
        return "own" if view.language == language else "crowd"
    if item.origin == NEWS:
        return "asked"
    return "news" if view.language != language else None


def summarise(successes: Successes) -> dict[str, dict[str, dict[str, Any]]]:
    """Return figures by task and languages, `all` of a task pooled."""
    result: dict[str, dict[str, dict[str, Any]]] = {}
    for task in TASKS:
        groups = {name: rows for (of_task, name), rows in sorted(successes.items()) if of_task == task}
        groups["all"] = [row for rows in groups.values() for row in rows]
        result[task] = {
            name: {"queries": len(rows)}
            | {f"success@{k}": mean([row[at] for row in rows]) for at, k in enumerate(CUTS)}
            for name, rows in groups.items()
        }
    return result


def table(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines of a table, a pair of languages a line."""
    yield f"part: {result['part']}, every {result['every']}"
    yield f"{'':14}{'queries':>9}" + "".join(f"{f'success@{k}':>11}" for k in CUTS)
    for task in TASKS:
        for name, values in result[task].items():
            cells = (values[f"success@{k}"] for k in CUTS)
            shown = "".join(f"{'-' if cell is None else f'{cell:.3f}':>11}" for cell in cells)
            yield f"{task:6}{name:8}{values['queries']:>9,}{shown}"


if __name__ == "__main__":
    main()
