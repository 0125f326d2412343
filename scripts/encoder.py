"""The packaged model with trainable low-rank maps beside its own."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch import nn
from torch.nn import functional

from index.adapter import write_adapter
from index.packaged_model import packaged_model

ADAPTED = (
    "attention.self.query",
    "attention.self.key",
    "attention.self.value",
    "attention.output.dense",
    "intermediate.dense",
    "output.dense",
)
"""The linear maps of a layer that are changed, by their names within it."""
FIRST_LAYER = 4
"""The layers below are left as they are, and cost no backward pass."""
RANK = 16
KEPT = 0.5
"""The share of the change that is written. Part of it keeps what the model knew before; all of it finds fewer stories
by their titles and fewer paragraphs across languages (compare Wortsman et al. 2022, "Robust fine-tuning of zero-shot
models")."""
MAX_TOKENS = 256
BATCH_TOKENS = 4096


class LowRank(nn.Module):
    """A frozen linear map with a trained low-rank one beside it, which begins as zero."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / linear.in_features**0.5)
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Return W x + up (down x)."""
        low: torch.Tensor = functional.linear(functional.linear(x, self.down.to(x.dtype)), self.up.to(x.dtype))
        return self.linear(x) + low


class Encoder:
    """The packaged model with trainable low-rank maps."""

    def __init__(self) -> None:
        # Eager attention: the backward pass of the fused one takes several times as long on a CPU.
        model = SentenceTransformer(str(packaged_model()), device="cpu", model_kwargs={"attn_implementation": "eager"})
        self.transformer: Any = model[0].auto_model
        self.tokenizer = model.tokenizer
        self.transformer.requires_grad_(requires_grad=False)
        self.transformer.to(torch.bfloat16)
        self.maps: dict[str, LowRank] = {}
        for name, linear in adapted_maps(self.transformer):
            parent, _, child = name.rpartition(".")
            self.maps[name] = LowRank(linear)
            setattr(self.transformer.get_submodule(parent), child, self.maps[name])

    @property
    def parameters(self) -> list[nn.Parameter]:
        """What is trained."""
        return [each for low in self.maps.values() for each in (low.up, low.down)]

    def states(self, texts: Sequence[str]) -> tuple[list[torch.Tensor], list[np.ndarray]]:
        """Return for each text float32 (t, d) states, through which gradients flow, and int (t, 2) character spans."""
        encoded = self.tokenizer(list(texts), truncation=True, max_length=MAX_TOKENS, return_offsets_mapping=True)
        ids = encoded["input_ids"]
        states: list[torch.Tensor] = [torch.empty(0)] * len(texts)
        order = sorted(range(len(texts)), key=lambda row: len(ids[row]))
        while order:
            rows = [order.pop()]
            longest = len(ids[rows[0]])
            while order and (len(rows) + 1) * longest <= BATCH_TOKENS:
                rows.append(order.pop())
            batch = torch.full((len(rows), longest), self.tokenizer.pad_token_id)
            attended = torch.zeros((len(rows), longest), dtype=torch.long)
            for at, row in enumerate(rows):
                batch[at, : len(ids[row])] = torch.tensor(ids[row])
                attended[at, : len(ids[row])] = 1
            of_batch = self.transformer(batch, attention_mask=attended)[0].float()
            for at, row in enumerate(rows):
                states[row] = of_batch[at, : len(ids[row])]
        return states, [np.array(each) for each in encoded["offset_mapping"]]

    def save(self, path: Path) -> None:
        """Write KEPT of the low-rank maps."""
        write_adapter(
            path,
            {name: (KEPT * each.up.detach().numpy(), each.down.detach().numpy()) for name, each in self.maps.items()},
        )


def adapted_maps(transformer: nn.Module) -> list[tuple[str, nn.Linear]]:
    """Return the linear maps that are changed, with their names within the transformer."""
    return [
        (name, module)
        for name, module in transformer.named_modules()
        if isinstance(module, nn.Linear)
        and name.split(".", 3)[-1] in ADAPTED
        and int(name.split(".")[2]) >= FIRST_LAYER
    ]
