from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from index.errors import SourceError
from qa.datasets import LabelledQuestion, load_dataset

QUESTION = {
    "id": "q1",
    "question": "When was it closed?",
    "language": "en",
    "answerable": True,
    "article": "news/bridge",
    "evidence_contains_any": ["Monday", "5 March"],
}


def _write(path: Path, *records: dict[str, Any]) -> Path:
    path.write_text("\n".join(json.dumps(record, ensure_ascii=False) for record in records) + "\n\n", encoding="utf-8")
    return path


def test_json_lines_give_questions_without_articles(tmp_path: Path) -> None:
    """Such a set is asked of a store; empty lines are nothing."""
    dataset = load_dataset(_write(tmp_path / "dev.jsonl", QUESTION))
    assert (dataset.name, dataset.articles) == ("dev", ())
    assert dataset.questions == (
        LabelledQuestion("q1", "When was it closed?", "en", True, frozenset({"news/bridge"}), ("Monday", "5 March")),
    )


@pytest.mark.parametrize(("article", "expected"), [(["a", "b"], {"a", "b"}), ("a", {"a"}), (None, set()), ([], set())])
def test_a_question_may_have_several_articles_or_none(tmp_path: Path, article: object, expected: set[str]) -> None:
    """One id, a list of ids or null."""
    (question,) = load_dataset(_write(tmp_path / "q.jsonl", QUESTION | {"article": article})).questions
    assert question.articles == expected


def test_one_piece_of_evidence_may_stand_alone(tmp_path: Path) -> None:
    """A string is one piece, not as many as it has letters; a line separator within it ends no line."""
    record = QUESTION | {"evidence_contains_any": "5\u2028March"}
    (question,) = load_dataset(_write(tmp_path / "q.jsonl", record)).questions
    assert question.evidence == ("5\u2028March",)


def test_an_unanswerable_question_needs_neither_article_nor_evidence(tmp_path: Path) -> None:
    """What the archive does not answer has nothing to point at."""
    record = {"id": 7, "question": "Who?", "language": "de", "answerable": False}
    assert load_dataset(_write(tmp_path / "q.jsonl", record)).questions == (
        LabelledQuestion("7", "Who?", "de", False, frozenset(), ()),
    )


def test_squad_paragraphs_become_articles(tmp_path: Path) -> None:
    """A paragraph is an article of its language; answers are the evidence, each once; one without answers has none."""
    first = "Die Brücke über den Fluss wurde am Montag wegen einiger Risse in den Balken gesperrt."
    questions = [
        {"id": "a", "question": "Wann?", "answers": [{"text": "Montag", "answer_start": 36}] * 2},
        {"id": "b", "question": "Wer?", "answers": []},
        {"id": "c", "question": "Wo?", "answers": [{"text": "Fluss"}], "is_impossible": True},
    ]
    data = {"data": [{"title": "x", "paragraphs": [{"context": first, "qas": questions}]}]}
    dataset = load_dataset(_write(tmp_path / "xquad.de.json", data))
    assert [(article.article_id, article.text, article.language) for article in dataset.articles] == [
        ("xquad.de/0000", first, "de")
    ]
    assert [(q.question_id, q.answerable, q.evidence) for q in dataset.questions] == [
        ("a", True, ("Montag",)),
        ("b", False, ()),
        ("c", False, ("Fluss",)),
    ]
    assert dataset.questions[0].articles == {"xquad.de/0000"}


@pytest.mark.parametrize(
    "content",
    [
        "{", "[]", '{"id": 1}', "\xff", "3", json.dumps(QUESTION | {"article": 3}), '{"data": 3}',
        json.dumps(QUESTION | {"question": None}), json.dumps(QUESTION | {"evidence_contains_any": 5}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["set.jsonl", "set.json"])
def test_what_is_no_question_set_is_refused_in_one_line(tmp_path: Path, name: str, content: str) -> None:
    """The message names the file and what it should be, whatever is wrong."""
    (tmp_path / name).write_bytes(content.encode("latin-1"))
    with pytest.raises(SourceError, match=r"is no question set .* JSON Lines") as caught:
        load_dataset(tmp_path / name)
    assert "\n" not in str(caught.value)


def test_a_missing_question_set_is_a_source_error(tmp_path: Path) -> None:
    """The message names the path and the remedy."""
    with pytest.raises(SourceError, match=r"no\.jsonl cannot be read"):
        load_dataset(tmp_path / "no.jsonl")
