"""The reader of qa/reader.py as PyTorch trains it, and how its weights are written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

DIM, LAYERS, HEADS = 64, 2, 4
SCALE = 8.0
"""Token vectors have length 1; times this, their entries are about 1, as layer normalisation wants them."""
QUESTION, HEADING, SENTENCE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of some texts, padded.

    Attributes:
        vectors: float32 (n, t, d), length 1.
        there: bool (n, t), False where padded.
        sentences: int64 (n, t), the sentence a token is of; -1 in a heading and where padded.
    """

    vectors: torch.Tensor
    there: torch.Tensor
    sentences: torch.Tensor


class Layer(nn.Module):
    """One layer of self-attention, normalised before each part."""

    def __init__(self) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(DIM), nn.LayerNorm(DIM)
        self.q, self.k, self.v, self.o = (nn.Linear(DIM, DIM) for _ in range(4))
        self.up, self.down = nn.Linear(DIM, 4 * DIM), nn.Linear(4 * DIM, DIM)
        # Queries and keys begin as the same rotation: tokens attend to those like them.
        nn.init.orthogonal_(self.q.weight)
        self.k.weight.data.copy_(self.q.weight.data)
        for linear in (self.o, self.down):
            nn.init.normal_(linear.weight, std=0.02)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return (n, t, d) for x (n, t, d) and an additive mask (n, 1, 1, t)."""
        n, t, _ = x.shape
        y = self.norm1(x)
        q, k, v = (each(y).view(n, t, HEADS, -1).transpose(1, 2) for each in (self.q, self.k, self.v))
        read = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = x + self.o(read.transpose(1, 2).reshape(n, t, -1))
        y = functional.gelu(self.up(self.norm2(x)), approximate="tanh")
        return torch.as_tensor(x + self.down(y))


class Reader(nn.Module):
    """Reads a question and a passage together and scores the passage's sentences."""

    def __init__(self, hidden: int) -> None:
        super().__init__()
        self.question, self.passage = nn.Linear(hidden, DIM, bias=False), nn.Linear(hidden, DIM, bias=False)
        nn.init.orthogonal_(self.passage.weight)
        self.question.weight.data.copy_(self.passage.weight.data)
        self.segments = nn.Parameter(0.02 * torch.randn(3, DIM))
        self.matches = nn.Parameter(0.02 * torch.randn(3, DIM))
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.norm = nn.LayerNorm(DIM)
        self.hidden, self.score = nn.Linear(3 * DIM, DIM), nn.Linear(DIM, 1)

    def project(self, states: torch.Tensor, kind: str) -> torch.Tensor:
        """Return token vectors of length 1, (t, d), for a model's states (t, h); kind is `question` or `passage`."""
        return functional.normalize(getattr(self, kind)(states), dim=-1)

    def forward(self, q: Tokens, p: Tokens, sentences: int) -> torch.Tensor:
        """Score each sentence of each passage for the question beside it.

        Returns: float32 (n, sentences), the log-odds that a sentence answers; -1e4 where there is none.
        """
        alike = (q.vectors @ p.vectors.transpose(1, 2)).masked_fill(~(q.there[:, :, None] & p.there[:, None, :]), -1.0)
        matched = torch.cat([alike.amax(2), alike.amax(1)], 1)
        kinds = torch.cat([torch.full_like(q.sentences, QUESTION), torch.where(p.sentences < 0, HEADING, SENTENCE)], 1)
        x = SCALE * torch.cat([q.vectors, p.vectors], 1) + self.segments[kinds]
        x = x + matched[:, :, None] * self.matches[kinds]
        there = torch.cat([q.there, p.there], 1)
        mask = torch.where(there, 0.0, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        x = self.norm(x)
        asked, read = x.split([q.vectors.shape[1], p.vectors.shape[1]], 1)
        asked = (asked * q.there[:, :, None]).sum(1) / q.there.sum(1, keepdim=True)
        member = p.sentences[:, :, None] == torch.arange(sentences)  # (n, t, s)
        sizes = member.sum(1)
        means = torch.einsum("ntd,nts->nsd", read, member.float()) / sizes.clamp(min=1)[:, :, None]
        spread = read[:, :, None, :].masked_fill(~member[:, :, :, None], -1e4).amax(1)
        pooled = torch.cat([means, spread, asked[:, None, :].expand_as(means)], 2)
        scores = self.score(functional.gelu(self.hidden(pooled), approximate="tanh"))[:, :, 0]
        return scores.masked_fill(sizes == 0, -1e4)

    def save(self, path: Path) -> None:
        """Write all weights by name, as float16."""
        state = {name: value.detach().numpy().astype(np.float16) for name, value in self.state_dict().items()}
        np.savez(path, allow_pickle=False, **state)
