"""Question sets: JSON Lines as in the contract, and SQuAD's JSON form, whose paragraphs are articles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index.errors import SourceError
from index.language import detect_language
from index.records import Article


@dataclass(frozen=True, slots=True)
class LabelledQuestion:
    """A question with what is known about its answer.

    Attributes:
        articles: ids of those that answer it; empty when the archive does not.
        evidence: a right quotation contains one of these.
    """

    question_id: str
    question: str
    language: str
    answerable: bool
    articles: frozenset[str]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dataset:
    """Questions, and the articles they bring along (none when they are asked of a store)."""

    name: str
    articles: tuple[Article, ...]
    questions: tuple[LabelledQuestion, ...]


def load_dataset(path: Path) -> Dataset:
    """Read a question set. Raises: SourceError."""
    try:
        text = path.read_text(encoding="utf-8")
        if path.suffix == ".json":
            return _squad(path.stem, json.loads(text))
        questions = tuple(_question(json.loads(line)) for line in text.split("\n") if line.strip())
        return Dataset(path.stem, (), questions)
    except OSError as error:
        raise SourceError(f"{path} cannot be read ({error.strerror}): name a question set") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise SourceError(
            f"{path} is no question set ({error}): it takes JSON Lines with id, question, language, answerable, "
            "article and evidence_contains_any, or SQuAD's JSON"
        ) from error


def _question(record: dict[str, Any]) -> LabelledQuestion:
    if not isinstance(record["question"], str) or not isinstance(record["language"], str):
        raise TypeError("question and language are strings")
    return LabelledQuestion(
        question_id=str(record["id"]),
        question=record["question"],
        language=record["language"],
        answerable=bool(record["answerable"]),
        articles=frozenset(_strings(record.get("article"))),
        evidence=_strings(record.get("evidence_contains_any")),
    )


def _strings(value: object) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value or []
    if not isinstance(values, list) or not all(isinstance(each, str) for each in values):
        raise TypeError("article and evidence_contains_any are strings or lists of strings")
    return tuple(values)


def _squad(name: str, data: dict[str, Any]) -> Dataset:
    articles: list[Article] = []
    questions: list[LabelledQuestion] = []
    for number, paragraph in enumerate(_paragraphs(data)):
        article_id = f"{name}/{number:04d}"
        language = detect_language(paragraph["context"])
        articles.append(Article(article_id, paragraph["context"], language=language))
        for entry in paragraph["qas"]:
            answers = tuple(dict.fromkeys(answer["text"] for answer in entry["answers"]))
            questions.append(
                LabelledQuestion(
                    question_id=str(entry["id"]),
                    question=entry["question"],
                    language=language,
                    answerable=bool(answers) and not entry.get("is_impossible", False),
                    articles=frozenset([article_id]) if answers else frozenset(),
                    evidence=answers,
                )
            )
    return Dataset(name, tuple(articles), tuple(questions))


def _paragraphs(data: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for document in data["data"]:
        yield from document["paragraphs"]
