"""How an answer came about, as a person reads it in a terminal; the steps are those of qa.explain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.terminal import INDENT, Page
from bot.terminal_text import display_width, one_line, wrap
from qa.records import Answer, Citation

GAP = "  "
MAX_FEATURES = 8
MIN_LOG_ODDS = 0.01
"""What adds less carried no weight."""
QUESTION = ("text", "language", "wants", "words", "names")
CANDIDATES = {
    "score": "score",
    "cosine": "cosine",
    "best_sentence": "sentence",
    "reading": "reading",
    "words": "words",
    "names": "names",
    "story": "story",
    "language": "lang",
    "published": "published",
    "article_id": "article",
}
"""The columns by their keys."""
WIDEST = {"published": len("2000-01-01")}


def render_explanation(answer: Answer, page: Page) -> str:
    """Return every step of an answer that was asked to tell them; a step that was not taken is left out."""
    steps = answer.explanation or {}
    parts = (
        ("The question as it was understood", _question(steps.get("question", {}), answer, page)),
        ("Candidates, best first", _candidates(steps.get("candidates", ()))),
        ("Sentences, likeliest first", _sentences(steps.get("sentences", ()), answer, page)),
        ("Confidence", _confidence(steps.get("confidence", {}), page)),
        ("Milliseconds", _indented(_pairs(answer.timings_ms), page)),
    )
    lines = ["How this answer came about"]
    for title, body in parts:
        if body:
            lines += ["", *page.bold([title]), *body]
    return "\n".join(lines)


def _question(question: Mapping[str, Any], answer: Answer, page: Page) -> list[str]:
    lines = [f"{name}: {_value(question[name])}" for name in QUESTION if _value(question.get(name))]
    if answer.read_as and answer.read_as != question.get("text"):
        lines.insert(0, f"read as: {one_line(answer.read_as)}")
    for period in question.get("periods", ()):
        span = f"{_value(period.get('start')) or '…'} to {_value(period.get('end')) or '…'}"
        lines.append(f"period: “{_value(period.get('text'))}” is {span}")
    return _indented(lines, page)


def _candidates(candidates: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return a table; the articles' ids, which can be long, come last and are not cut."""
    rows = [[_value(each.get(key))[: WIDEST.get(key)] or "-" for key in CANDIDATES] for each in candidates]
    return _table([list(CANDIDATES.values()), *rows]) if rows else []


def _sentences(sentences: Sequence[Mapping[str, Any]], answer: Answer, page: Page) -> list[str]:
    lines: list[str] = []
    for each in sentences:
        number = next((f" [{cited.number}]" for cited in answer.citations if _holds(cited, each)), "")
        place = f"{_value(each['article_id'])} {each['start']}-{each['end']}"
        lines += wrap(f"{_value(each.get('likely'))}  {place}{number}", page.width, INDENT)
        if each.get("text"):
            lines += wrap(one_line(str(each["text"])), page.width, INDENT * 2)
        lines += page.dim(wrap(", ".join(_pairs(each.get("features", {}))), page.width, INDENT * 2))
    return lines


def _holds(citation: Citation, sentence: Mapping[str, Any]) -> bool:
    """Say whether a sentence is part of a quotation."""
    start, end = int(sentence["start"]), int(sentence["end"])
    return citation.article_id == sentence["article_id"] and citation.start <= start < end <= citation.end


def _confidence(confidence: Mapping[str, Any], page: Page) -> list[str]:
    if not confidence:
        return []
    probability, needed, case = (_value(confidence.get(name)) for name in ("probability", "threshold", "case"))
    features = sorted(confidence.get("features", {}).items(), key=lambda item: -abs(item[1]["log_odds"]))
    rows = [
        [f"{feature['log_odds']:+.2f}", _value(feature["value"]), one_line(name)]
        for name, feature in features[:MAX_FEATURES]
        if abs(feature["log_odds"]) >= MIN_LOG_ODDS
    ]
    lines = _indented([f"probability {probability}, needed {needed} ({case})"], page)
    return lines + (_table([["log odds", "value", "feature"], *rows]) if rows else [])


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lay rows out in columns, the last one as wide as it is."""
    widths = [max(map(display_width, column)) for column in zip(*rows, strict=True)]
    widths[-1] = 0
    padded = (
        [" " * (width - display_width(cell)) + cell for cell, width in zip(row, widths, strict=True)] for row in rows
    )
    return [INDENT + GAP.join(row) for row in padded]


def _indented(lines: Iterable[str], page: Page) -> list[str]:
    return [line for each in lines for line in wrap(each, page.width, INDENT)]


def _pairs(values: Mapping[str, Any]) -> list[str]:
    return [f"{one_line(name)} {_value(value)}" for name, value in values.items()]


def _value(value: Any) -> str:
    """Return a value of a step on one line; nothing for what is not there."""
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return ", ".join(map(_value, value))
    return one_line(str(value))
