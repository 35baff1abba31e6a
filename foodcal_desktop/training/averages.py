"""Which parameters learn, at which rate, and their moving average, which is what is evaluated and saved."""

from __future__ import annotations

import contextlib
import math
from collections.abc import Iterator

import torch
from torch import Tensor, nn

from foodcal_desktop.training.settings import FROZEN, Recipe
from foodcal_desktop.training.trainable import Trainable


def learning(trainable: Trainable, recipe: Recipe) -> dict[str, nn.Parameter]:
    """The parameters that learn, by name; all others are frozen from here on."""
    chosen = {}
    for name, parameter in trainable.network.named_parameters():
        learns = trainable.is_head(name) or (recipe.encoder != FROZEN and _is_of_photos(name))
        if learns:
            # Weights may lie in the file's own pages; what learns gets its own memory.
            parameter.data = parameter.data.clone()
            chosen[name] = parameter
        parameter.requires_grad_(learns)
    return chosen


def _is_of_photos(name: str) -> bool:
    """The parameters that an answer to prompts on a photo depends on; SAM 2's memory for videos is left alone."""
    own = ("image_encoder.", "no_mem", "dec.", "sam_mask_decoder.")
    return name.startswith(own) and not name.startswith("no_mem_pos")


def rate_groups(trainable: Trainable, parameters: dict[str, nn.Parameter], recipe: Recipe) -> list[dict[str, object]]:
    """Parameter groups for an optimiser, each with its share of the rate: 1 for the heads, less towards the input."""
    deepest = max((trainable.depth(n) for n in parameters if not trainable.is_head(n)), default=0)
    groups: dict[float, list[nn.Parameter]] = {}
    for name, parameter in parameters.items():
        steps = 0 if trainable.is_head(name) else 1 + deepest - trainable.depth(name)
        groups.setdefault(recipe.layer_decay**steps, []).append(parameter)
    return [{"params": members, "share": share} for share, members in sorted(groups.items(), reverse=True)]


def rate_at(progress: float, recipe: Recipe) -> float:
    """Linear warm-up, then a half cosine to nothing; ``progress`` 0 to 1."""
    warm = min(progress / recipe.warm_up, 1.0) if recipe.warm_up else 1.0
    return recipe.rate * warm * (0.5 + 0.5 * math.cos(math.pi * min(progress, 1.0))) + 1e-9


class MovingAverage:
    """An exponential moving average of parameters; it follows quickly at the start."""

    def __init__(self, parameters: dict[str, nn.Parameter], keep: float) -> None:
        self._parameters = parameters
        self._keep = keep
        self.steps = 0
        self.values = {name: p.detach().clone() for name, p in parameters.items()}

    def follow(self) -> None:
        """Take in the parameters after a step."""
        self.steps += 1
        keep = min(self._keep, self.steps / (9 + self.steps))
        with torch.no_grad():
            for name, parameter in self._parameters.items():
                self.values[name].lerp_(parameter, 1 - keep)

    @contextlib.contextmanager
    def in_place(self) -> Iterator[None]:
        """The parameters have the average's values within."""
        own = {name: p.detach().clone() for name, p in self._parameters.items()}
        self._put(self.values)
        try:
            yield
        finally:
            self._put(own)

    def _put(self, values: dict[str, Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self._parameters.items():
                parameter.copy_(values[name])
