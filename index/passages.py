"""Cuts an article into passages: sentences in a row, enough to mean something, few enough to embed."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from index.records import Article, Passage, Span
from index.sentences import split_sentences

# Where an over-long sentence may be cut, best first.
_STOP = re.compile(r"(?<=[.!?…][\s\"»”)])(?=\S)|(?<=[。！？])")
_COMMA = re.compile(r"(?<=[,;:]\s)|(?<=[，、；：])|(?<=\s)(?=[–—-]\s)")
_SPACE = re.compile(r"(?<=\s)(?=\S)")
# What it costs to end a passage within a line, at a line's end, and at an empty line, against the square of
# the share of `max_tokens` that a passage is away from the even size.
_BREAK_COST = {"": 0.03, "\n": 0.015, "\n\n": 0.0}


def split_passages(
    article: Article, count_tokens: Callable[[Sequence[str]], Sequence[int]], *, max_tokens: int = 120
) -> list[Passage]:
    """Cut an article into passages of at most `max_tokens`, of even size, on sentence boundaries.

    Only a sentence that is too long by itself is cut, and then each piece stands as a sentence.

    Args:
        count_tokens: the number of tokens of each text, for many texts at once.
    """
    text = article.text
    spans, sizes = _fitting(text, split_sentences(text, article.language), count_tokens, max_tokens)
    passages = []
    for ordinal, (first, last) in enumerate(_group(text, spans, sizes, max_tokens)):
        start, end = spans[first].start, spans[last - 1].end
        sentences = tuple(spans[first:last])
        passages.append(Passage(article.article_id, ordinal, start, end, text[start:end], sentences))
    return passages


def _fitting(
    text: str, spans: list[Span], count_tokens: Callable[[Sequence[str]], Sequence[int]], max_tokens: int
) -> tuple[list[Span], list[int]]:
    """Cut what is too long until every span fits; also give the sizes."""
    sizes = [max(1, size) for size in count_tokens([text[s.start : s.end] for s in spans])] if spans else []
    while any(size > max_tokens and s.end - s.start > 1 for s, size in zip(spans, sizes, strict=True)):
        cut: list[Span] = []
        known: list[int | None] = []
        for span, size in zip(spans, sizes, strict=True):
            pieces = [span] if size <= max_tokens else _cut(text, span, math.ceil(size / max_tokens))
            cut += pieces
            known += [size] if len(pieces) == 1 else [None] * len(pieces)
        counts = iter(count_tokens([text[s.start : s.end] for s, size in zip(cut, known, strict=True) if size is None]))
        spans, sizes = cut, [max(1, next(counts)) if size is None else size for size in known]
    return spans, sizes


def _cut(text: str, span: Span, parts: int) -> list[Span]:
    """Cut a span into at least two pieces of about the same length, at the best places there are."""
    length = span.end - span.start
    parts = min(max(2, parts), length)
    step = length / parts
    edges = [span.start]
    for number in range(1, parts):
        ideal = span.start + round(number * step)
        low, high = max(edges[-1] + 1, round(ideal - step / 4)), min(span.end - 1, round(ideal + step / 4))
        edges.append(_best_edge(text, ideal, low, high))
    edges.append(span.end)
    pieces = [_trim(text, start, end) for start, end in pairwise(edges)]
    return [piece for piece in pieces if piece.start < piece.end]


def _best_edge(text: str, ideal: int, low: int, high: int) -> int:
    for pattern in (_STOP, _COMMA, _SPACE):
        found = [match.start() for match in pattern.finditer(text, low, high + 1) if low <= match.start() <= high]
        if found:
            return min(found, key=lambda edge: abs(edge - ideal))
    return min(max(ideal, low), high)


def _trim(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _group(text: str, spans: list[Span], sizes: list[int], max_tokens: int) -> list[tuple[int, int]]:
    """Choose ranges of sentences, of sizes as even as can be, ending with paragraphs where that is cheap."""
    if not spans:
        return []
    total = sum(sizes)
    ideal = total / math.ceil(total / max_tokens)
    best = [0.0] + [math.inf] * len(spans)
    came_from = [0] * (len(spans) + 1)
    for end in range(1, len(spans) + 1):
        gap = text[spans[end - 1].end : spans[end].start] if end < len(spans) else "\n\n"
        edge = _BREAK_COST["\n" * min(2, gap.count("\n"))]
        size = 0
        for start in range(end - 1, -1, -1):
            size += sizes[start]
            if size > max_tokens and start < end - 1:
                break
            cost = best[start] + ((size - ideal) / max_tokens) ** 2 + edge
            if cost < best[end]:
                best[end], came_from[end] = cost, start
    ranges = []
    end = len(spans)
    while end:
        ranges.append((came_from[end], end))
        end = came_from[end]
    return ranges[::-1]
