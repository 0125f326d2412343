"""Texts into vectors; the one owner of torch and sentence-transformers.

One forward pass of a passage gives its own vector, the mean of its tokens, and the vector of each of its
sentences, the mean of that sentence's tokens in their context ("late chunking", Günther et al. 2024).
"""

from __future__ import annotations

import hashlib
import logging
import os
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np

# Threads that spin while they wait steal the cores from whoever else is at work.
os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")
import torch
from sentence_transformers import SentenceTransformer

from index.errors import ModelUnavailable
from index.packaged_model import packaged_available, packaged_model
from index.progress import SILENT, Progress
from index.records import Article, Passage, Span

PACKAGED = "multilingual-e5-small"
FALLBACK = "intfloat/multilingual-e5-small"
BATCH_TOKENS = 4096
"""Padded tokens of one forward pass: enough to keep two cores busy, little enough for their caches."""


@dataclass(frozen=True, slots=True)
class PassageInput:
    """A passage to embed: `heading` (title and date) is read before the text; spans count from the text's start."""

    heading: str
    text: str
    sentences: tuple[Span, ...]


def passage_input(article: Article, passage: Passage) -> PassageInput:
    """Return what the model reads of a passage: the article's title and date, then the text."""
    heading = ". ".join(part for part in (article.title[:200], (article.published or "")[:10]) if part)
    spans = tuple(Span(span.start - passage.start, span.end - passage.start) for span in passage.sentences)
    return PassageInput(heading, passage.text, spans)


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

    def embed_query(self, text: str) -> np.ndarray:
        """Embed a query. Returns: float32 (d,), L2-normalised."""
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
        """Load a model; without a name the packaged one. Raises: ModelUnavailable."""
        self._model = _load(name, device, progress)
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
        return [len(ids) for ids in self._tokenizer(list(texts), add_special_tokens=False, verbose=False)["input_ids"]]

    def embed_query(self, text: str) -> np.ndarray:
        """Embed a query. Returns: float32 (d,), L2-normalised."""
        for _, states, _ in self._forward([self._query_prompt + text]):
            return _normalised(states[0].mean(0))
        raise AssertionError("one text gives one batch")

    def embed_passages(self, inputs: Sequence[PassageInput]) -> tuple[np.ndarray, list[np.ndarray]]:
        """Embed passages and their sentences, see Embedder."""
        heads = [self._passage_prompt + (f"{passage.heading}\n" if passage.heading else "") for passage in inputs]
        vectors = np.zeros((len(inputs), self.dim), np.float32)
        of_sentences: list[np.ndarray] = [np.zeros((0, self.dim), np.float32)] * len(inputs)
        texts = [head + passage.text for head, passage in zip(heads, inputs, strict=True)]
        for rows, states, offsets in self._forward(texts):
            for row, tokens, spans in zip(rows, states, offsets, strict=True):
                vectors[row] = _normalised(tokens.mean(0))
                of_sentences[row] = _sentence_means(tokens, spans, len(heads[row]), inputs[row].sentences)
        return vectors, of_sentences

    def _forward(self, texts: Sequence[str]) -> Iterator[tuple[list[int], list[np.ndarray], list[np.ndarray]]]:
        """Run the model over texts sorted by length, and yield batches.

        Yields: the texts' positions, float32 (t, d) states of each text's tokens, int (t, 2) character spans.
        """
        encoded = self._tokenizer(
            list(texts),
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
        os.environ.setdefault("TRANSFORMERS_NO_ADVISORY_WARNINGS", "1")
        os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            model = SentenceTransformer(name, device=device or "cpu", local_files_only=local)
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise ModelUnavailable(
            f"the model {name} cannot be loaded ({reason}): set VESTKA_MODEL to a sentence-transformers name or folder"
        ) from error
    finally:
        progress.done()
    return model


def _fingerprint(model: SentenceTransformer, name: str, *prompts: str) -> str:
    """Return a name for the vectors a model makes: a digest of its configuration and of some of its weights."""
    digest = hashlib.sha256("\x1f".join(prompts).encode())
    for key, tensor in sorted(model.state_dict().items()):
        # Rounded to bfloat16, so that processors with and without it agree on what the model is.
        sample = tensor.flatten()[:4096:7].to(torch.bfloat16).float().cpu().numpy()
        digest.update(f"{key} {tuple(tensor.shape)}".encode() + sample.astype("<f4").tobytes())
    return f"{Path(name).name}:late:{digest.hexdigest()[:16]}"


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


def _sentence_means(states: np.ndarray, offsets: np.ndarray, head_chars: int, sentences: Sequence[Span]) -> np.ndarray:
    """Return float32 (s, d): the normalised mean state of each sentence's tokens.

    A sentence past the model's last token, which the passage's size makes rare, gets the passage's mean.
    """
    vectors = np.empty((len(sentences), states.shape[1]), np.float32)
    real = offsets[:, 1] > offsets[:, 0]
    for row, span in enumerate(sentences):
        inside = real & (offsets[:, 0] < head_chars + span.end) & (offsets[:, 1] > head_chars + span.start)
        vectors[row] = _normalised(states[inside].mean(0) if inside.any() else states.mean(0))
    return vectors


def _normalised(vector: np.ndarray) -> np.ndarray:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-12), np.float32)
