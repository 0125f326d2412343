"""Texts into vectors; the one owner of torch and sentence-transformers.

A passage is read with its article's title and date before it and gives the mean of all tokens. A sentence is
read with the title before it and gives the mean of its own tokens, in the light of the title. On 44 development
questions about news the right sentence of the right article came first so often: in the question's language 67 %
(the sentence alone 38 %, its tokens within the passage's own forward pass 33 %), across languages 57 % (61, 48).
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
from index.errors import ModelUnavailable
from index.packaged_model import packaged_available, packaged_model
from index.progress import SILENT, Progress
from index.records import Article, Passage, Span

PACKAGED = "multilingual-e5-small"
FALLBACK = "intfloat/multilingual-e5-small"
MAX_TITLE_CHARS = 200
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

    def embed_passages(self, inputs: Sequence[PassageInput]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Embed passages and their sentences.

        Returns: float32 (n, d) of the passages, and for each of them float32 (s, d) of its s sentences;
            all rows L2-normalised, so that an inner product is a cosine in [-1, 1].
        """
        ...


class SentenceTransformerEmbedder:
    """Any sentence-transformers model with mean pooling, by name or folder."""

    def __init__(self, name: str | None = None, device: str | None = None, progress: Progress = SILENT) -> None:
        """Load a model; without a name the packaged one, with what Vestka taught it. Raises: ModelUnavailable."""
        self._model = _load(name, device, progress)
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
        self.fingerprint = _fingerprint(self._model, self.name, self._query_prompt, self._passage_prompt)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """Return how many tokens each text has, without the model's own marks."""
        if not texts:
            return []
        whole = [_whole_characters(text) for text in texts]
        return [len(ids) for ids in self._tokenizer(whole, add_special_tokens=False, verbose=False)["input_ids"]]

    def embed_queries(self, texts: Sequence[str]) -> np.ndarray:
        """Embed queries. Returns: float32 (n, d), rows L2-normalised."""
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for rows, states, _ in self._forward([self._query_prompt + text for text in texts]):
            for row, tokens in zip(rows, states, strict=True):
                vectors[row] = _normalised(tokens.mean(0))
        return vectors

    def embed_passages(self, inputs: Sequence[PassageInput]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Embed passages and their sentences, see Embedder."""
        prompt = self._passage_prompt
        titles = [f"{prompt}{passage.title}\n" if passage.title else prompt for passage in inputs]
        headings = [". ".join(part for part in (passage.title, passage.day) if part) for passage in inputs]
        texts = [
            f"{prompt}{heading}\n{passage.text}" if heading else prompt + passage.text
            for heading, passage in zip(headings, inputs, strict=True)
        ]
        owners = [row for row, passage in enumerate(inputs) for _ in passage.sentences]
        texts += [
            title + passage.text[span.start : span.end]
            for title, passage in zip(titles, inputs, strict=True)
            for span in passage.sentences
        ]
        vectors = np.zeros((len(texts), self.dim), np.float32)
        for rows, states, offsets in self._forward(texts):
            for row, tokens, spans in zip(rows, states, offsets, strict=True):
                skipped = len(titles[owners[row - len(inputs)]]) if row >= len(inputs) else 0
                vectors[row] = _mean_after(tokens, spans, skipped)
        of_sentences = np.split(vectors[len(inputs) :], np.cumsum([len(passage.sentences) for passage in inputs])[:-1])
        return vectors[: len(inputs)], of_sentences if inputs else []

    def _forward(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[np.ndarray], list[np.ndarray]]]:
        """Run the model over texts sorted by length, and yield batches.

        Yields: the texts' positions, float32 (t, d) states of each text's tokens, int (t, 2) character spans.
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
                output = transformer(batch.to(self._device), attention_mask=mask.to(self._device))[0]
            states = output.float().cpu().numpy()
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


def _fingerprint(model: SentenceTransformer, name: str, *prompts: str) -> str:
    """Return a name for the vectors a model makes: a digest of its configuration and of some of its weights."""
    digest = hashlib.sha256("\x1f".join(prompts).encode())
    for key, tensor in sorted(model.state_dict().items()):
        # Rounded to bfloat16, so that processors with and without it agree on what the model is.
        sample = tensor.flatten()[:4096:7].to(torch.bfloat16).float().cpu().numpy()
        digest.update(f"{key} {tuple(tensor.shape)}".encode() + sample.astype("<f4").tobytes())
    return f"{Path(name).name}:titled:{digest.hexdigest()[:16]}"


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


def _mean_after(states: np.ndarray, offsets: np.ndarray, skipped_chars: int) -> np.ndarray:
    """Return float32 (d,): the normalised mean state of the tokens after some characters, else of all tokens."""
    after = offsets[:, 1] > skipped_chars
    return _normalised(states[after].mean(0) if skipped_chars and after.any() else states.mean(0))


def _normalised(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)
