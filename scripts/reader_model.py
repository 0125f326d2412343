"""The reader of index/reader.py as PyTorch trains it, and how its weights are written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from index.embedded import TOKEN_DIM
from index.reader import HEADING, HEADS, QUESTION, SCALE, SENTENCE

LAYERS = 2
MASKED = -1e4
DROPOUT = 0.1
DIRECT = (10.0, 4.0, 0.0)
DIRECT_BIAS = -8.0
"""What a sentence's cosine, its tokens' likeness to the question's, and its passage's weigh before any step."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some texts, padded.

    Attributes:
        states: float32 (n, t, h), as the model gives them.
        there: bool (n, t), False where padded.
        sentences: int64 (n, t), the sentence a token is of; -1 in a heading and in a question, -2 where padded.
    """

    states: torch.Tensor
    there: torch.Tensor
    sentences: torch.Tensor


def padded(states: Sequence[np.ndarray], sentences: Sequence[np.ndarray]) -> Tokens:
    """Join the tokens of some texts: states (t, h) of each, and the sentences that they are of, int (t,)."""
    size = max(map(len, states))
    joined = np.zeros((len(states), size, states[0].shape[1]), np.float32)
    owners = np.full((len(states), size), -2)
    for row, (of_text, of_tokens) in enumerate(zip(states, sentences, strict=True)):
        joined[row, : len(of_text)] = of_text
        owners[row, : len(of_text)] = of_tokens
    return Tokens(torch.from_numpy(joined), torch.from_numpy(owners > -2), torch.from_numpy(owners))


class Layer(nn.Module):
    """One layer of self-attention, normalised before each part."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(TOKEN_DIM), nn.LayerNorm(TOKEN_DIM)
        self.q, self.k, self.v, self.o = (nn.Linear(TOKEN_DIM, TOKEN_DIM) for _ in range(4))
        self.up, self.down = nn.Linear(TOKEN_DIM, 4 * TOKEN_DIM), nn.Linear(4 * TOKEN_DIM, TOKEN_DIM)
        # Queries and keys begin as the same rotation: tokens attend to those like them.
        nn.init.orthogonal_(self.q.weight)
        self.k.weight.data.copy_(self.q.weight.data)
        for linear in (self.o, self.down):
            nn.init.normal_(linear.weight, std=0.05)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return (n, t, d) for x (n, t, d) and an additive mask (n, 1, 1, t)."""
        n, t, _ = x.shape
        y = self.norm1(x)
        q, k, v = (each(y).view(n, t, HEADS, -1).transpose(1, 2) for each in (self.q, self.k, self.v))
        # Not scaled_dot_product_attention, whose backward pass takes ten times as long on a CPU.
        read = torch.softmax(q @ k.transpose(2, 3) / q.shape[-1] ** 0.5 + mask, -1) @ v
        x = x + functional.dropout(self.o(read.transpose(1, 2).reshape(n, t, -1)), DROPOUT, self.training)
        y = self.down(functional.gelu(self.up(self.norm2(x)), approximate="tanh"))
        return x + functional.dropout(y, DROPOUT, self.training)


class TorchReader(nn.Module):
    """Reads questions and passages together and scores the passages' sentences."""

    def __init__(self, sample: np.ndarray) -> None:
        """Begin with the principal components of a sample of states, float32 (m, h), so that likeness is kept."""
        super().__init__()
        mean = sample.mean(0)
        basis = np.linalg.svd(sample - mean, full_matrices=False)[2][:TOKEN_DIM]
        self.question, self.passage = (nn.Linear(sample.shape[1], TOKEN_DIM) for _ in range(2))
        for linear in (self.question, self.passage):
            linear.weight.data.copy_(torch.from_numpy(np.ascontiguousarray(basis)))
            linear.bias.data.copy_(torch.from_numpy(-basis @ mean))
        self.segments = nn.Parameter(0.02 * torch.randn(3, TOKEN_DIM))
        self.matches = nn.Parameter(0.2 * torch.randn(3, TOKEN_DIM))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(TOKEN_DIM)
        self.hidden, self.score = nn.Linear(3 * TOKEN_DIM + len(DIRECT), TOKEN_DIM), nn.Linear(TOKEN_DIM, 1)
        self.direct = nn.Linear(len(DIRECT), 1)
        nn.init.zeros_(self.score.weight)
        self.direct.weight.data.copy_(torch.tensor([DIRECT]))
        self.direct.bias.data.fill_(DIRECT_BIAS)

    def forward(self, asked: Tokens, told: Tokens, cosines: torch.Tensor) -> torch.Tensor:
        """Score each sentence of each passage for the question beside it.

        Args:
            cosines: float32 (n, s), of the questions with the sentences of the passages.

        Returns: float32 (n, s), the log-odds that a sentence answers; MASKED where there is none.
        """
        q = functional.normalize(self.question(asked.states), dim=-1)
        p = functional.normalize(self.passage(told.states), dim=-1)
        alike = (q @ p.transpose(1, 2)).masked_fill(~(asked.there[:, :, None] & told.there[:, None, :]), -1.0)
        kinds = torch.cat(
            [torch.full_like(asked.sentences, QUESTION), torch.where(told.sentences < 0, HEADING, SENTENCE)], 1
        )
        matched = torch.cat([alike.amax(2), alike.amax(1)], 1)
        x = SCALE * torch.cat([q, p], 1) + self.segments[kinds] + matched[:, :, None] * self.matches[kinds]
        mask = torch.where(torch.cat([asked.there, told.there], 1), 0.0, MASKED)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        of_question, of_passage = self.norm(x).split([q.shape[1], p.shape[1]], 1)
        sizes = asked.there.sum(1, keepdim=True)
        question = (of_question * asked.there[:, :, None]).sum(1) / sizes
        members = told.sentences[:, :, None] == torch.arange(cosines.shape[1])  # (n, t, s)
        lengths = members.sum(1)
        means = torch.einsum("ntd,nts->nsd", of_passage, members.float()) / lengths.clamp(min=1)[:, :, None]
        largest, likeness = [], []
        for sentence in range(cosines.shape[1]):
            outside = ~members[:, :, sentence]
            largest.append(of_passage.masked_fill(outside[:, :, None], MASKED).amax(1))
            likeness.append(alike.masked_fill(outside[:, None, :], -1.0).amax(2))
        in_sentence = (torch.stack(likeness, 1) * asked.there[:, None, :]).sum(2) / sizes
        in_passage = ((alike.amax(2) * asked.there).sum(1, keepdim=True) / sizes).expand_as(in_sentence)
        direct = torch.stack([cosines, in_sentence, in_passage], 2)
        pooled = torch.cat([means, torch.stack(largest, 1), question[:, None, :].expand_as(means), direct], 2)
        hidden = functional.gelu(self.hidden(pooled), approximate="tanh")
        scores = (self.score(hidden) + self.direct(direct))[:, :, 0]
        return scores.masked_fill(lengths == 0, MASKED)

    def save(self, path: Path) -> None:
        """Write all weights by name, as float16."""
        state = {name: value.detach().numpy().astype(np.float16) for name, value in self.state_dict().items()}
        np.savez(path, allow_pickle=False, **state)
