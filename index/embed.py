"""Texts into vectors; the one owner of torch and sentence-transformers.

A passage is read once, with its article's title and date before it. The mean of all its tokens is its vector, the
mean of a sentence's tokens that sentence's, and the tokens themselves, projected to a few dimensions, are what
index/reader.py reads with a question.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

# Threads that spin while they wait steal the cores from whoever else is at work.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
import torch
from sentence_transformers import SentenceTransformer
from transformers.utils.logging import disable_progress_bar

from index.adapter import read_adapter
from index.embedded import TOKEN_DIM, PassageTokens, PassageVectors, QuestionVectors
from index.errors import ModelUnavailable
from index.packaged_model import packaged_available, packaged_model
from index.progress import SILENT, Progress
from index.reader import load_reader
from index.records import Article, Passage, Span

PACKAGED = "multilingual-e5-small"
FALLBACK = "intfloat/multilingual-e5-small"
MAX_TITLE_CHARS = 200
READ_LAYER = 8
HEADING, OUTSIDE = -1, -2
"""What a token is of that is of no sentence."""
SURROGATE = re.compile("[\ud800-\udfff]")
BATCH_TOKENS = 4096
"""Padded tokens of one forward pass: enough to keep two cores busy, little enough for their caches."""


@dataclass(frozen=True, slots=True)
class PassageInput:
    """A passage to embed, with the title and day of its article; spans count from the text's start."""

    title: str
    day: str
    text: str
    sentences: tuple[Span, ...]


def passage_input(article: Article, passage: Passage) -> PassageInput:
    """Return what the model reads of a passage."""
    spans = tuple(Span(span.start - passage.start, span.end - passage.start) for span in passage.sentences)
    return PassageInput(article.title[:MAX_TITLE_CHARS], (article.published or "")[:10], passage.text, spans)


class Embedder(Protocol):
    """What turns texts into vectors.

    Attributes:
        name: of the model, for people.
        fingerprint: changes whenever the vectors would: model, prompts, pooling.
        dim: length d of a vector.
    """

    name: str
    fingerprint: str
    dim: int

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, without the model's own marks."""
        ...

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed queries. Returns: float32 (n, d), rows L2-normalised."""
        ...

    def embed_question(self, text: str) -> QuestionVectors:
        """Embed a question with its tokens."""
        ...

    def embed_passages(self, inputs: Sequence[PassageInput]) -> list[PassageVectors]:
        """Embed passages with their sentences and tokens."""
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model with mean pooling, by name or folder."""

    def __init__(self, name: str | None = None, device: str | None = None, progress: Progress = SILENT) -> None:
        """Load a model; without a name the packaged one, with what Vestka taught it. Raises: ModelUnavailable."""
        self._model = _load(name, device, progress)
        # The reader was fitted on the states of this very model.
        self._reader = load_reader() if name is None else None
        if name is None:
            _add_to_weights(self._model[0].auto_model, read_adapter())
        self.name = name or PACKAGED
        dim = self._model.get_embedding_dimension()
        if dim is None:
            raise ModelUnavailable(f"{self.name} gives no vectors: name a sentence-transformers model in VESTKA_MODEL")
        self.dim = dim
        prompts = self._model.prompts
        self._query_prompt = prompts.get("query") or ""
        self._passage_prompt = prompts.get("passage") or prompts.get("document") or ""
        self._tokenizer = self._model.tokenizer
        self._max_tokens = self._model.max_seq_length or 512
        self._device = self._model.device
        self._dtype = torch.bfloat16 if _has_fast_bf16(self._device) else torch.float32
        self._model.to(self._dtype)
        reads = "" if self._reader is None else self._reader.digest
        self.fingerprint = _fingerprint(self._model, self.name, self._query_prompt, self._passage_prompt, reads)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, without the model's own marks."""
        if not texts:
            return []
        whole = [_whole_characters(text) for text in texts]
        return [len(ids) for ids in self._tokenizer(whole, add_special_tokens=False, verbose=False)["input_ids"]]

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed queries. Returns: float32 (n, d), rows L2-normalised."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for rows, states, _ in self.states([self._query_prompt + text for text in texts]):
            for row, tokens in zip(rows, states, strict=True):
                vectors[row] = self._mean(tokens)
        return vectors

    def embed_question(self, text: str) -> QuestionVectors:
        """Embed a question with its tokens."""
        ((_, (states,), _),) = self.states([self._query_prompt + text])
        read = np.zeros((0, TOKEN_DIM), np.float32) if self._reader is None else self._reader.question_tokens(states)
        return QuestionVectors(self._mean(states), read)

    def embed_passages(self, inputs: Sequence[PassageInput]) -> list[PassageVectors]:
        """Embed passages with their sentences and tokens, see Embedder."""
        headings = [heading(self._passage_prompt, passage) for passage in inputs]
        texts = [heading + passage.text for heading, passage in zip(headings, inputs, strict=True)]
        embedded: list[PassageVectors | None] = [None] * len(inputs)
        for rows, states, offsets in self.states(texts):
            for row, tokens, spans in zip(rows, states, offsets, strict=True):
                owners = token_owners(spans, len(self._passage_prompt), len(headings[row]), inputs[row].sentences)
                embedded[row] = self._passage_vectors(tokens, owners, len(inputs[row].sentences))
        return [each for each in embedded if each is not None]

    def _passage_vectors(self, states: np.ndarray, owners: np.ndarray, sentences: int) -> PassageVectors:
        """Make vectors of a passage's states, float32 (t, h), and what each of its tokens is of."""
        whole = self._mean(states)
        members = [owners == at for at in range(sentences)]
        of_sentences = [self._mean(states[mine]) if mine.any() else whole for mine in members]
        tokens, counts = np.zeros((0, TOKEN_DIM), np.int8), np.zeros(sentences + 1, np.int64)
        if self._reader is not None:
            read = owners > OUTSIDE
            tokens = self._reader.passage_tokens(states[read])
            counts = np.bincount(owners[read] - HEADING, minlength=sentences + 1)
        return PassageVectors(
            whole, np.array(of_sentences, np.float32).reshape(-1, self.dim), PassageTokens(tokens, counts)
        )

    def _mean(self, states: np.ndarray) -> np.ndarray:
        """Return float32 (d,): the normalised mean of the last layer's states."""
        return _normalised(states[:, -self.dim :].mean(0))

    def states(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[np.ndarray], list[np.ndarray]]]:
        """Run the model over texts sorted by length, and yield batches.

        Yields: the texts' positions, float32 (t, h) states of each text's tokens, int (t, 2) character spans.
        """
        if not texts:
            return
        encoded = self._tokenizer(
            [_whole_characters(text) for text in texts],
            truncation=True,
            max_length=self._max_tokens,
            return_offsets_mapping=True,
            verbose=False,
        )
        ids = encoded["input_ids"]
        order = sorted(range(len(texts)), key=lambda row: len(ids[row]))
        transformer: Any = self._model[0].auto_model
        pad = self._tokenizer.pad_token_id or 0
        for rows in _batches(order, [len(each) for each in ids]):
            longest = len(ids[rows[-1]])
            batch = torch.full((len(rows), longest), pad, dtype=torch.long)
            mask = torch.zeros((len(rows), longest), dtype=torch.long)
            for at, row in enumerate(rows):
                batch[at, : len(ids[row])] = torch.tensor(ids[row])
                mask[at, : len(ids[row])] = 1
            with torch.inference_mode():
                output = transformer(
                    batch.to(self._device), attention_mask=mask.to(self._device), output_hidden_states=True
                )
            # The last layer is drawn towards the mean of the text; one below tells its tokens better apart.
            layers = [output[0]] if self._reader is None else [output.hidden_states[READ_LAYER], output[0]]
            states = torch.cat(layers, -1).float().cpu().numpy()
            yield (
                rows,
                [states[at, : len(ids[row])] for at, row in enumerate(rows)],
                [np.array(encoded["offset_mapping"][row]) for row in rows],
            )


def _load(name: str | None, device: str | None, progress: Progress) -> SentenceTransformer:
    if name is None:
        name = str(packaged_model(progress)) if packaged_available() else FALLBACK
    local = Path(name).is_dir()
    progress.stage("Loading the model", None)
    try:
        # Weight tables and hub warnings are for model makers; a person waiting for an answer needs none.
        logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
        disable_progress_bar()  # type: ignore[no-untyped-call]
        os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = SentenceTransformer(name, device=device or "cpu", local_files_only=local)
    except Exception as error:
        # The libraries raise anything for a missing or broken model.
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelUnavailable(
            f"the model {name} cannot be loaded ({reason}): set VESTKA_MODEL to a sentence-transformers name or folder"
        ) from error
    finally:
        progress.done()
    return model


def _add_to_weights(transformer: Any, changes: Mapping[str, np.ndarray]) -> None:
    """Add to the weights of some of a transformer's linear maps, given by name."""
    with torch.no_grad():
        for name, change in changes.items():
            weight = transformer.get_submodule(name).weight
            weight += torch.from_numpy(change).to(weight.device)


def _fingerprint(model: SentenceTransformer, name: str, *around: str) -> str:
    """Return a name for the vectors a model makes: a digest of some of its weights and of what is around it."""
    digest = hashlib.sha256("\x1f".join(around).encode())
    for key, tensor in sorted(model.state_dict().items()):
        # Rounded to bfloat16, so that processors with and without it agree on what the model is.
        sample = tensor.flatten()[:4096:7].to(torch.bfloat16).float().cpu().numpy()
        digest.update(f"{key} {tuple(tensor.shape)}".encode() + sample.astype("<f4").tobytes())
    return f"{Path(name).name}:read:{digest.hexdigest()[:16]}"


def _has_fast_bf16(device: torch.device) -> bool:
    """Say whether the device multiplies bfloat16 matrices in hardware (AMX, AVX-512 BF16, a GPU)."""
    if device.type != "cpu":
        return device.type == "cuda"
    flags = torch.cpu.get_capabilities()
    return bool(flags.get("avx512_bf16") or flags.get("amx_bf16"))


def _batches(order: Sequence[int], lengths: Sequence[int]) -> Iterator[list[int]]:
    """Cut rows, sorted by length, into batches of at most BATCH_TOKENS padded tokens."""
    rows: list[int] = []
    for row in order:
        if rows and (len(rows) + 1) * lengths[row] > BATCH_TOKENS:
            yield rows
            rows = []
        rows.append(row)
    if rows:
        yield rows


def _whole_characters(text: str) -> str:
    """Replace lone surrogates, which no tokenizer takes; lengths stay the same."""
    return SURROGATE.sub("\ufffd", text)


def heading(prompt: str, passage: PassageInput) -> str:
    """Return what the model reads before a passage's text."""
    heading = ". ".join(part for part in (passage.title, passage.day) if part)
    return f"{prompt}{heading}\n" if heading else prompt


def token_owners(offsets: np.ndarray, prompt_chars: int, heading_chars: int, sentences: Sequence[Span]) -> np.ndarray:
    """Say what each token is of.

    Args:
        offsets: int (t, 2), where a token begins and ends in what was read.
        prompt_chars, heading_chars: how much of that the prompt takes, and the prompt with the heading.

    Returns: int (t,), the number of a sentence, HEADING, or OUTSIDE for the prompt and the model's own marks.
    """
    first, last = offsets[:, 0], np.maximum(offsets[:, 0], offsets[:, 1] - 1)
    starts = heading_chars + np.array([span.start for span in sentences], np.int64)
    owners = np.maximum(np.searchsorted(starts, last, side="right") - 1, 0 if len(sentences) else HEADING)
    owners[offsets[:, 1] <= heading_chars] = HEADING
    owners[(offsets[:, 1] <= prompt_chars) | (first == offsets[:, 1])] = OUTSIDE
    return np.asarray(owners)


def _normalised(vectors: np.ndarray) -> np.ndarray:
    """Scale the last axis to length 1."""
    return np.asarray(vectors / np.maximum(np.linalg.norm(vectors, axis=-1, keepdims=True), 1e-12), np.float32)
