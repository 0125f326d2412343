"""What training in several processes needs: each draws lessons of its own, and what they learn is averaged."""

from __future__ import annotations

from collections.abc import Sequence

import torch
from torch import distributed, nn


def average_gradients(parameters: Sequence[nn.Parameter], processes: int) -> None:
    """Average the gradients over all processes, in place."""
    gradients = [torch.zeros_like(each) if each.grad is None else each.grad for each in parameters]
    together = average(torch.cat([each.flatten() for each in gradients]), processes)
    for each, part in zip(parameters, together.split([each.numel() for each in parameters]), strict=True):
        each.grad = part.view_as(each).clone()


def average(values: torch.Tensor, processes: int) -> torch.Tensor:
    """Return the mean of all processes' values."""
    distributed.all_reduce(values)
    return values / processes
