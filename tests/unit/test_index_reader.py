"""A question and a passage read together, on weights that the tests make, and the weights that are shipped."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch

from index.embedded import TOKEN_DIM, PassageTokens
from index.reader import MAX_LOG_ODDS, MAX_QUESTION_TOKENS, SHIPPED, Reader, load_reader
from scripts.reader_model import TorchReader, padded

STATE = 96
MODEL_STATE = 2 * 384
"""Two layers of multilingual-e5-small beside each other."""
COUNTS = ((4, 9, 1, 12), (0, 7), (3, 5, 0, 6), (6,), (1, 0), (2, *[3] * 30))
"""Passages by their counts: without a heading, with a sentence of which no token is left, a heading alone."""
LARGEST = float(np.finfo(np.float16).max)
PROJECTIONS = ("question.weight", "question.bias", "passage.weight", "passage.bias")


@pytest.fixture(scope="module")
def trained() -> TorchReader:
    """A reader as training may leave one: no weight is zero, and float16 holds each."""
    chance = np.random.default_rng(7)
    torch.manual_seed(7)
    reader = TorchReader(chance.normal(0, 1, (200, STATE)).astype(np.float32))
    with torch.no_grad():
        for weight in reader.parameters():
            shaken = weight + torch.from_numpy(chance.normal(0, 0.15, tuple(weight.shape)))
            weight.copy_(shaken.to(torch.float16))
    return reader.eval()


@pytest.fixture(scope="module")
def reader(trained: TorchReader, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The same, written and read."""
    path = tmp_path_factory.mktemp("reader") / "reader.npz"
    trained.save(path)
    return load_reader(path)


@pytest.fixture
def weights(trained: TorchReader) -> dict[str, np.ndarray]:
    """The same by name, to be changed."""
    return {name: value.detach().numpy().copy() for name, value in trained.state_dict().items()}


def _states(tokens: int, seed: int) -> np.ndarray:
    """Return what a model may make of a text; each one shares a part with all others, as a model's states do."""
    return np.random.default_rng(seed).normal(np.linspace(-1, 1, STATE), 1, (tokens, STATE)).astype(np.float32)


def _passage(reader: Reader, counts: Sequence[int], seed: int) -> PassageTokens:
    """Return a passage with so many tokens of its heading and of each of its sentences."""
    return PassageTokens(reader.passage_tokens(_states(sum(counts), seed)), np.array(counts))


def _cosines(passages: Sequence[PassageTokens]) -> list[np.ndarray]:
    chance = np.random.default_rng(11)
    return [chance.uniform(0.2, 1.0, len(each.counts) - 1).astype(np.float32) for each in passages]


@pytest.fixture(scope="module")
def passages(reader: Reader) -> list[PassageTokens]:
    """Passages of all shapes."""
    return [_passage(reader, counts, seed) for seed, counts in enumerate(COUNTS)]


def _read(reader: Reader, passages: Sequence[PassageTokens]) -> list[np.ndarray]:
    return reader.read(reader.question_tokens(_states(10, 99)), passages, _cosines(passages))


def test_a_question_has_a_vector_of_length_one_for_each_token(reader: Reader) -> None:
    """As float32, up to as many tokens as are read."""
    tokens = reader.question_tokens(_states(10, 1))
    assert (tokens.shape, tokens.dtype) == ((10, TOKEN_DIM), np.float32)
    assert np.linalg.norm(tokens, axis=1) == pytest.approx(1, abs=1e-5)
    long = reader.question_tokens(_states(MAX_QUESTION_TOKENS + 20, 1))
    assert len(long) == MAX_QUESTION_TOKENS
    assert long == pytest.approx(reader.question_tokens(_states(MAX_QUESTION_TOKENS + 20, 1)[:MAX_QUESTION_TOKENS]))


def test_a_passage_has_a_byte_for_each_entry_of_each_token(reader: Reader) -> None:
    """The largest of a token is 127 or -127, so that its direction is kept as well as a byte can."""
    states = _states(100, 2)
    tokens = reader.passage_tokens(states)
    assert (tokens.shape, tokens.dtype) == ((100, TOKEN_DIM), np.int8)
    assert (np.abs(tokens.astype(int)).max(1) == 127).all()


def test_a_byte_keeps_the_direction(trained: TorchReader, reader: Reader) -> None:
    """The cosine of a token as it is stored with what was projected is 1 but for a little."""
    states = _states(100, 2)
    with torch.inference_mode():
        projected = trained.passage(torch.from_numpy(states)).numpy()
    tokens = reader.passage_tokens(states).astype(np.float32)
    lengths = np.linalg.norm(projected, axis=1) * np.linalg.norm(tokens, axis=1)
    assert ((projected * tokens).sum(1) / lengths > 0.999).all()


def test_no_states_give_no_tokens(reader: Reader, weights: dict[str, np.ndarray]) -> None:
    """Nothing is nothing; a state that is projected to nothing has a token all the same."""
    for tokens in (reader.question_tokens(_states(0, 1)), reader.passage_tokens(_states(0, 1))):
        assert tokens.shape == (0, TOKEN_DIM)
    flat = Reader({name: np.zeros_like(value) for name, value in weights.items()})
    for tokens in (flat.question_tokens(_states(3, 1)), flat.passage_tokens(_states(3, 1))):
        assert tokens.tolist() == [[0] * TOKEN_DIM] * 3


def test_each_sentence_of_each_passage_has_its_log_odds(reader: Reader, passages: list[PassageTokens]) -> None:
    """As float32, in the passages' order, and no surer than can be known."""
    read = _read(reader, passages)
    assert [each.shape for each in read] == [(len(counts) - 1,) for counts in COUNTS]
    for scores in read:
        assert scores.dtype == np.float32
        assert (np.abs(scores) <= MAX_LOG_ODDS).all()
    assert len({float(score) for scores in read for score in scores}) > 30


def test_passages_are_read_each_by_itself(reader: Reader, passages: list[PassageTokens]) -> None:
    """The company and the order change no score."""
    question, cosines = reader.question_tokens(_states(10, 99)), _cosines(passages)
    together = reader.read(question, passages, cosines)
    backwards = reader.read(question, passages[::-1], cosines[::-1])[::-1]
    for passage, of_passage, one, other in zip(passages, cosines, together, backwards, strict=True):
        (alone,) = reader.read(question, [passage], [of_passage])
        assert alone.tolist() == one.tolist() == other.tolist()


def test_no_passages_are_no_scores(reader: Reader) -> None:
    """Nothing was found, so nothing is read."""
    assert _read(reader, []) == []


def test_passages_and_cosines_belong_together(reader: Reader, passages: list[PassageTokens]) -> None:
    """One without the other is a mistake of ours."""
    with pytest.raises(ValueError, match="shorter"):
        reader.read(reader.question_tokens(_states(10, 99)), passages, _cosines(passages[1:]))


def test_a_sentence_without_tokens_does_not_answer(reader: Reader) -> None:
    """What lies beyond the model's reach cannot be said to answer; its neighbours are read."""
    (scores,) = _read(reader, [_passage(reader, (3, 5, 0, 6), 2)])
    assert scores[1] == -MAX_LOG_ODDS
    assert (scores[[0, 2]] > -MAX_LOG_ODDS).all()


@pytest.mark.parametrize("counts", [(6,), (6, 0, 0), (1, 0)])
def test_a_heading_alone_answers_nothing(reader: Reader, counts: tuple[int, ...]) -> None:
    """It has no sentences, or none that was read."""
    (scores,) = _read(reader, [_passage(reader, counts, 3)])
    assert scores.tolist() == [-MAX_LOG_ODDS] * (len(counts) - 1)


def test_a_cosine_speaks_for_a_sentence(reader: Reader) -> None:
    """By the weight it was given at the outset, its sentence gains and the others stay as they were."""
    passage, question = _passage(reader, (2, 5, 6), 4), reader.question_tokens(_states(10, 99))
    low, high = reader.read(question, [passage] * 2, [np.array([0.2, at], np.float32) for at in (0.2, 0.5)])
    assert low[0] == high[0]
    assert low[1] < high[1]


def test_only_the_direction_of_a_token_counts(reader: Reader) -> None:
    """Half of all its entries is the same token."""
    vectors = 2 * np.random.default_rng(5).integers(-60, 60, (11, TOKEN_DIM)).astype(np.int8)
    one, other = (PassageTokens(each, np.array([2, 4, 5])) for each in (vectors, vectors // 2))
    (whole,), (half,) = _read(reader, [one]), _read(reader, [other])
    assert whole == pytest.approx(half, abs=1e-4)


@pytest.mark.parametrize("scale", [0.0, 1e-3, 100.0, LARGEST])
def test_no_weights_give_other_than_numbers(
    weights: dict[str, np.ndarray], passages: list[PassageTokens], scale: float
) -> None:
    """However large or small float16 lets them be: every score is within its bounds, and nothing is warned of."""
    for extreme in (
        Reader({name: np.float32(scale) * np.sign(value) for name, value in weights.items()}),
        Reader({name: np.float32(scale) * value.clip(-1, 1) for name, value in weights.items()}),
    ):
        for scores in _read(extreme, passages):
            assert (np.abs(scores) <= MAX_LOG_ODDS).all()


@pytest.mark.parametrize("question", [1, 10, MAX_QUESTION_TOKENS])
def test_it_reads_as_it_was_trained(trained: TorchReader, reader: Reader, question: int) -> None:
    """But for what a byte cannot hold, and for the bounds that training does not have."""
    asked, told = _states(question, 99), [_states(sum(counts), seed) for seed, counts in enumerate(COUNTS)]
    owners = [np.repeat(np.arange(-1, len(counts) - 1), counts) for counts in COUNTS]
    passages = [
        PassageTokens(reader.passage_tokens(each), np.array(counts)) for each, counts in zip(told, COUNTS, strict=True)
    ]
    cosines = _cosines(passages)
    together = np.zeros((len(told), max(map(len, cosines))), np.float32)
    for row, of_passage in enumerate(cosines):
        together[row, : len(of_passage)] = of_passage
    with torch.inference_mode():
        expected = trained(
            padded([asked] * len(told), [np.full(question, -1)] * len(told)),
            padded(told, owners),
            torch.from_numpy(together),
        ).numpy()
    for row, scores in enumerate(reader.read(reader.question_tokens(asked), passages, cosines)):
        clipped = expected[row, : len(scores)].clip(-MAX_LOG_ODDS, MAX_LOG_ODDS)
        assert scores == pytest.approx(clipped, abs=0.05)


@pytest.mark.parametrize("name", PROJECTIONS)
def test_the_digest_changes_with_the_tokens(weights: dict[str, np.ndarray], name: str) -> None:
    """Tokens that are stored were made with one projection, and are of no use with another."""
    before = Reader(weights).digest
    assert Reader({**weights, name: weights[name] + 0.01}).digest != before


def test_the_digest_is_that_of_the_projections_only(weights: dict[str, np.ndarray]) -> None:
    """Whatever else is fitted again, a store need not be built anew."""
    before = Reader(weights).digest
    others = {name: value if name in PROJECTIONS else value + 0.01 for name, value in weights.items()}
    assert Reader(others).digest == before
    assert Reader(dict(reversed(weights.items()))).digest == before


def test_a_reader_holds_no_objects(tmp_path: Path, weights: dict[str, np.ndarray]) -> None:
    """A file that would run code when it is read is refused."""
    np.savez(tmp_path / "reader.npz", **{**weights, "segments": np.array([{}], object)})
    with pytest.raises(ValueError, match="allow_pickle"):
        load_reader(tmp_path / "reader.npz")


def test_the_shipped_reader_is_as_it_was_trained() -> None:
    """All weights of the reader that is trained are there, in its shapes, as float16, and are numbers."""
    expected = TorchReader(np.random.default_rng(7).normal(0, 1, (TOKEN_DIM, MODEL_STATE)).astype(np.float32))
    with np.load(SHIPPED, allow_pickle=False) as file:
        shipped = {name: file[name] for name in file.files}
    assert {name: value.shape for name, value in shipped.items()} == {
        name: tuple(value.shape) for name, value in expected.state_dict().items()
    }
    for name, value in shipped.items():
        assert value.dtype == np.float16, name
        assert np.isfinite(value).all(), name


def test_the_shipped_reader_is_small() -> None:
    """It comes with every copy of the project."""
    assert SHIPPED.stat().st_size < 1_000_000


def test_the_shipped_reader_reads() -> None:
    """Whatever the states, its scores are numbers within their bounds."""
    reader, chance = load_reader(), np.random.default_rng(7)
    states = chance.normal(0, 1, (40, MODEL_STATE)).astype(np.float32)
    passage = PassageTokens(reader.passage_tokens(states), np.array([5, 20, 0, 15]))
    (scores,) = reader.read(reader.question_tokens(states[:9]), [passage], [np.array([0.3, 0.1, 0.2], np.float32)])
    assert (np.abs(scores) <= MAX_LOG_ODDS).all()
    assert scores[1] == -MAX_LOG_ODDS
