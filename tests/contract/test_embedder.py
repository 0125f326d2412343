"""What an embedder promises, asked of the packaged model."""

from __future__ import annotations

import numpy as np
import pytest

from index.centre import shipped_means
from index.embed import PassageInput, SentenceTransformerEmbedder, passage_input
from index.embedded import TOKEN_DIM
from index.errors import ModelUnavailable
from index.packaged_model import packaged_model
from index.passages import split_passages
from index.reader import MAX_QUESTION_TOKENS
from index.records import Span
from index.sentences import split_sentences
from tests.fake_embedder import FakeEmbedder
from tests.news import ARTICLES

ODD = [
    "",
    " ",
    "\0",
    "\ud800",
    "a\ud800b\udfff",
    "\u202e\ufeff",
    "😀👩‍👩‍👧",
    "\ufffd" * 50,
    "ﷺ",
    "e" + "\u0301" * 200,
    "人" * 3000,
]


def _input(text: str, title: str = "", day: str = "") -> PassageInput:
    return PassageInput(title, day, text, tuple(split_sentences(text, "en")))


def _unit(vectors: np.ndarray) -> np.ndarray:
    return np.asarray(vectors / np.linalg.norm(vectors.astype(np.float32), axis=1, keepdims=True))


def _near(one: np.ndarray, other: np.ndarray) -> bool:
    return bool((np.sum(one * other, -1) > 0.999).all())


@pytest.mark.parametrize("kind", ["packaged", "fake"])
def test_vectors_have_the_promised_shapes_and_length_one(embedder: SentenceTransformerEmbedder, kind: str) -> None:
    """A vector for each passage and for each of its sentences; the fake keeps the contract too."""
    tried = embedder if kind == "packaged" else FakeEmbedder()
    inputs = [passage_input(a, p) for a in ARTICLES for p in split_passages(a, tried.count_tokens)]
    vectors = tried.embed_passages(inputs)
    assert [each.whole.shape for each in vectors] == [(tried.dim,)] * len(inputs)
    assert [each.sentences.shape for each in vectors] == [(len(each.sentences), tried.dim) for each in inputs]
    queries = tried.embed_queries(["Wie viele?", "公园有多大？", "Why?"])
    assert queries.shape == (3, tried.dim)
    for rows in (*(each.whole[None] for each in vectors), *(each.sentences for each in vectors), queries):
        assert rows.dtype == np.float32
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert len(tried.count_tokens(["a b", ""])) == 2
    assert tried.count_tokens(["a b", ""])[1] == 0


@pytest.mark.parametrize("kind", ["packaged", "fake"])
def test_nothing_gives_nothing(embedder: SentenceTransformerEmbedder, kind: str) -> None:
    """No passages, no queries, no texts, a passage without sentences."""
    tried = embedder if kind == "packaged" else FakeEmbedder()
    assert tried.embed_queries([]).shape == (0, tried.dim)
    assert tried.embed_passages([]) == []
    assert tried.count_tokens([]) == []
    (vectors,) = tried.embed_passages([PassageInput("", "", "…", ())])
    assert vectors.sentences.shape == (0, tried.dim)
    assert len(vectors.tokens.counts) == 1


def test_a_batch_gives_what_single_calls_give(embedder: SentenceTransformerEmbedder) -> None:
    """Order, company and padding change no vector."""
    inputs = [_input(a.text[: 40 + 60 * at], a.title, "2024-05-01" if at % 2 else "") for at, a in enumerate(ARTICLES)]
    for each, together in zip(inputs, embedder.embed_passages(inputs), strict=True):
        (alone,) = embedder.embed_passages([each])
        assert _near(alone.whole, together.whole)
        assert _near(alone.sentences, together.sentences)
        assert alone.tokens.counts.tolist() == together.tokens.counts.tolist()
        assert _near(_unit(alone.tokens.vectors), _unit(together.tokens.vectors))


def test_tokens_are_counted_by_heading_and_sentence(embedder: SentenceTransformerEmbedder) -> None:
    """Each token of the title and of the sentences is kept, none of the prompt and the model's own marks."""
    title, sentences = "Bridge in Zarechye", ["The bridge is closed.", "Its beams have cracks, the mayor said."]
    (vectors,) = embedder.embed_passages([_input(" ".join(sentences), title)])
    assert vectors.tokens.counts.tolist() == embedder.count_tokens([title, *sentences])
    assert vectors.tokens.vectors.shape == (sum(vectors.tokens.counts), TOKEN_DIM)


def test_a_question_has_its_vector_and_tokens_to_read(embedder: SentenceTransformerEmbedder) -> None:
    """The vector is that of the query; tokens have length one, and there are not more than are read."""
    vectors = embedder.embed_question("Why is the bridge closed?")
    assert _near(vectors.whole, embedder.embed_queries(["Why is the bridge closed?"])[0])
    assert np.linalg.norm(vectors.tokens, axis=1) == pytest.approx(1, abs=1e-5)
    assert len(embedder.embed_question("why " * 500).tokens) == MAX_QUESTION_TOKENS


def test_queries_together_have_the_vectors_that_they_have_alone(embedder: SentenceTransformerEmbedder) -> None:
    """In the order in which they are given, short and long ones, the same one twice."""
    queries = ["Why?", "Сколько балок старого моста через Лесну в Заречье имеют трещины?" * 4, "公园有多大？", "Why?"]
    together = embedder.embed_queries(queries)
    for row, query in enumerate(queries):
        assert _near(embedder.embed_queries([query])[0], together[row])


def test_a_sentence_has_the_vector_of_its_own_words(embedder: SentenceTransformerEmbedder) -> None:
    """In a passage of two subjects each sentence is nearest to the question about it."""
    passage = _input("The bridge was closed because of cracks. The pear harvest was the best in years.", "Local news")
    (vectors,) = embedder.embed_passages([passage])
    for row, question in enumerate(("Why is the bridge closed?", "How was the harvest of pears?")):
        assert int(np.argmax(vectors.sentences @ embedder.embed_queries([question])[0])) == row


def test_the_title_and_the_day_are_read_with_the_passage(embedder: SentenceTransformerEmbedder) -> None:
    """A passage that says only "it" is found by what its title says."""
    text = "It will be closed until autumn, the mayor said."
    plain, titled = embedder.embed_passages([_input(text), _input(text, "Bridge in Zarechye", "2021-03-05")])
    query = embedder.embed_queries(["When will the bridge in Zarechye open?"])[0]
    assert titled.whole @ query > plain.whole @ query


@pytest.mark.parametrize("text", ODD, ids=ascii)
def test_odd_texts_are_embedded(embedder: SentenceTransformerEmbedder, text: str) -> None:
    """Half characters, marks without letters, nothing at all: a unit vector, and never an error."""
    (vectors,) = embedder.embed_passages([PassageInput(text, text, f"x{text}", (Span(0, 1 + len(text)),))])
    for rows in (vectors.whole[None], vectors.sentences, embedder.embed_queries([text])):
        assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)
    assert embedder.count_tokens([text])[0] >= 0


def test_what_is_too_long_is_cut_off_and_not_refused(embedder: SentenceTransformerEmbedder) -> None:
    """The model reads what it can; a sentence beyond that has a vector all the same."""
    text = "The bridge is closed. " * 2000
    (vectors,) = embedder.embed_passages([PassageInput("t" * 5000, "", text, (Span(0, 21), Span(40_000, 40_021)))])
    assert np.isfinite(vectors.whole).all()
    assert np.linalg.norm(vectors.sentences, axis=1) == pytest.approx(1, abs=1e-5)
    assert np.linalg.norm(embedder.embed_queries([text])[0]) == pytest.approx(1, abs=1e-5)


def test_the_fingerprint_is_the_same_after_every_load(embedder: SentenceTransformerEmbedder) -> None:
    """A store built yesterday is read today; vectors are the same too."""
    again = SentenceTransformerEmbedder()
    assert (again.fingerprint, again.name, again.dim) == (embedder.fingerprint, embedder.name, embedder.dim)
    assert np.allclose(again.embed_queries(["Grünfeld"])[0], embedder.embed_queries(["Grünfeld"])[0], atol=1e-5)


def test_what_the_packaged_model_was_taught_belongs_to_it_alone(embedder: SentenceTransformerEmbedder) -> None:
    """Named by its folder it is loaded as it came: its vectors are others, and so is its fingerprint."""
    untaught = SentenceTransformerEmbedder(str(packaged_model()))
    assert untaught.dim == embedder.dim
    assert untaught.fingerprint.rpartition(":")[2] != embedder.fingerprint.rpartition(":")[2]
    query = "How many beams of the bridge have cracks?"
    cosine = float(untaught.embed_queries([query])[0] @ embedder.embed_queries([query])[0])
    assert 0.5 < cosine < 0.9999


def test_a_model_that_is_none_is_unavailable_in_one_line(tmp_path: object) -> None:
    """The message names the setting."""
    with pytest.raises(ModelUnavailable, match="VESTKA_MODEL") as caught:
        SentenceTransformerEmbedder(str(tmp_path))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("question", "language", "right"),
    [
        ("Warum wurde die alte Brücke gesperrt?", "de", 0),
        ("Wer hat das Stück im Theater inszeniert?", "de", 2),
        ("Wer gründete die Sammlung von Strohpuppen?", "de", 3),
        ("Wie viele Bäume stehen im neuen Park?", "de", 4),
        ("How many tonnes of pears were harvested?", "en", 1),
        ("Сколько деревьев посадили в новом парке?", "ru", 4),
        ("¿Cuántas toneladas de peras se cosecharon?", "es", 1),
        ("Dlaczego zamknięto stary most?", "pl", 0),
        ("老桥为什么关闭？", "zh", 0),
    ],
)
def test_a_question_lies_nearest_to_what_answers_it_in_another_language(
    embedder: SentenceTransformerEmbedder, question: str, language: str, right: int
) -> None:
    """After centring, the language of an article does not decide."""
    means = shipped_means(embedder.fingerprint, embedder.dim)
    assert len(means.languages) > 1, "the shipped means belong to another model: run scripts/fit_language_means.py"
    inputs = [passage_input(a, p) for a in ARTICLES for p in split_passages(a, embedder.count_tokens)]
    assert len(inputs) == len(ARTICLES)
    vectors = embedder.embed_passages(inputs)
    centred = np.array(
        [means.centre(each.whole, "passages", a.language) for each, a in zip(vectors, ARTICLES, strict=True)]
    )
    query = means.centre(embedder.embed_queries([question])[0], "questions", language)
    assert int(np.argmax(centred @ query)) == right
