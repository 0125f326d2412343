from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.passages import split_passages
from index.records import Article
from index.sentences import split_sentences


class Tokenizer:
    """Counts a token for every four characters, and how often it was asked."""

    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, texts: Sequence[str]) -> list[int]:
        """Count a batch."""
        self.calls += 1
        return [self.size(text) for text in texts]

    def size(self, text: str) -> int:
        """Count one text."""
        return -(-len(text) // 4)


def _sentences(*sizes: int) -> list[str]:
    """Sentences of so many of the tokenizer's tokens."""
    return ["A" + "b" * (4 * size - 2) + "." for size in sizes]


def _sizes(text: str, max_tokens: int = 120) -> list[int]:
    passages = split_passages(Article("a", text, language="en"), Tokenizer(), max_tokens=max_tokens)
    return [sum(Tokenizer().size(text[s.start : s.end]) for s in p.sentences) for p in passages]


@pytest.mark.parametrize("text", ["", " \n\u3000 "])
def test_an_empty_article_has_no_passages(text: str) -> None:
    """Nothing to read gives nothing to store, and the tokenizer is not troubled."""
    tokenizer = Tokenizer()
    assert split_passages(Article("a", text), tokenizer) == []
    assert tokenizer.calls == 0


def test_a_short_article_is_one_passage() -> None:
    """What fits is not cut."""
    assert _sizes(" ".join(_sentences(30, 40, 50))) == [120]


def test_passages_of_an_article_are_of_even_size() -> None:
    """No tiny leftover: 130 tokens become two halves, not 120 and 10."""
    assert _sizes(" ".join(_sentences(*[10] * 13))) in ([60, 70], [70, 60])


def test_a_passage_ends_with_its_paragraph_when_one_ends_near() -> None:
    """A paragraph's end a sentence away is worth an uneven cut."""
    first, second = _sentences(*[10] * 8), _sentences(*[10] * 10)
    assert _sizes(" ".join(first) + "\n\n" + " ".join(second)) == [80, 100]


def test_the_tokenizer_is_asked_once_for_an_article() -> None:
    """Counting is batched, since a call costs more than a sentence."""
    tokenizer = Tokenizer()
    split_passages(Article("a", " ".join(_sentences(*[30] * 40)), language="en"), tokenizer)
    assert tokenizer.calls == 1


def test_an_over_long_sentence_is_cut_at_commas_and_nothing_is_lost() -> None:
    """A list without end is cut after commas, and each piece counts as a sentence."""
    text = "In the list: " + ", ".join(["3,5 tonnes of apples from the old garden"] * 60) + "."
    passages = split_passages(Article("a", text, language="en"), Tokenizer())
    pieces = [text[s.start : s.end] for p in passages for s in p.sentences]
    assert " ".join(pieces) == text
    assert all(piece.endswith((",", ".")) for piece in pieces)


@pytest.mark.parametrize("text", ["x" * 5000, "人" * 5000, "a" + " " * 4000 + "b", "слово " * 1000])
def test_text_without_sentences_is_cut_anywhere(text: str) -> None:
    """Where there is no comma a space does, and where there is no space any character."""
    passages = split_passages(Article("a", text, language="zh"), Tokenizer())
    assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())
    assert max(_sizes(text)) <= 120


def test_a_character_of_too_many_tokens_is_kept_whole() -> None:
    """A tokenizer that finds everything too long cannot keep an article from being cut and stored."""
    passages = split_passages(Article("a", "ab c"), lambda texts: [500] * len(texts))
    assert [p.text for p in passages] == ["a", "b", "c"]


_WORDS = st.sampled_from(
    ["Минск. ", "г. ", "wort ", "x" * 60, "\n", "\n\n", "人", "。", ", ", "! ", "A. B. ", "😀", "\u3000"]
)


@given(
    st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=120).map("".join)),
    st.sampled_from(["be", "ru", "en", "de", "zh", "und"]),
    st.integers(2, 40),
)
def test_passages_are_slices_in_order_that_cover_every_sentence(text: str, language: str, limit: int) -> None:
    """Whatever the text: exact slices, in order, within the limit, and no character of a sentence lost."""
    article = Article("a", text, language=language)
    tokenizer = Tokenizer()
    passages = split_passages(article, tokenizer, max_tokens=limit)
    assert [p.ordinal for p in passages] == list(range(len(passages)))
    reached = 0
    for passage in passages:
        assert text[passage.start : passage.end] == passage.text
        assert (passage.start, passage.end) == (passage.sentences[0].start, passage.sentences[-1].end)
        assert sum(tokenizer.size(text[s.start : s.end]) for s in passage.sentences) <= limit
        for span in passage.sentences:
            assert not text[reached : span.start].strip()
            assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
            reached = span.end
    assert not text[reached:].strip()
    starts = {s.start for p in passages for s in p.sentences}
    assert starts >= {s.start for s in split_sentences(text, language)}
