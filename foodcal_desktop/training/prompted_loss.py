"""The loss of one batch of objects: a first prompt and its corrections, as a person would go on clicking."""

from __future__ import annotations

import numpy as np
import torch
from torch import Tensor, nn

from foodcal_desktop.segmentation.lite_network import Encoded, PointSet
from foodcal_desktop.training.losses import total_loss, true_iou
from foodcal_desktop.training.prompting import corrected, first_prompts, shown
from foodcal_desktop.training.settings import Recipe
from foodcal_desktop.training.trainable import Trainable


class PromptedLoss(nn.Module):
    """A module, so that DistributedDataParallel can wrap it: its parameters are the checkpoint's."""

    def __init__(self, trainable: Trainable, recipe: Recipe) -> None:
        super().__init__()
        self.network = trainable.network
        self._trainable = trainable
        self._recipe = recipe

    def forward(
        self, pixels: Tensor | None, kept: Encoded | None, targets: Tensor, owner: Tensor, seed: list[int]
    ) -> tuple[Tensor, Tensor]:
        """The mean loss, and the mean IoU after the last prompt.

        Args:
            pixels: B×3×S×S to encode, or None where embeddings are kept.
            kept: B×…, the embeddings.
            targets: N×S/4×S/4 on the CPU, shares of cells.
            owner: N, the photo of each object.
            seed: of the prompts, so that a training gone on with asks the same.
        """
        encoded = self._trainable.encode(pixels) if pixels is not None else kept
        assert encoded is not None
        device = encoded.emb.device
        each = Encoded(*(level.index_select(0, owner.to(device)) for level in encoded))
        return self._rounds(each, targets, targets.to(device), np.random.default_rng(seed))

    def _rounds(
        self, encoded: Encoded, targets: Tensor, here: Tensor, random: np.random.Generator
    ) -> tuple[Tensor, Tensor]:
        mix, rounds = self._recipe.prompts, self._recipe.rounds
        points, are_boxes = first_prompts(targets, mix, random)
        count = 1 + int(random.choice(len(rounds), p=rounds))
        losses, previous, iou = [], None, torch.zeros(())
        for number in range(count):
            multimask = number == 0 and not are_boxes
            logits, predicted = self._trainable.decode(encoded, _on(points, here), previous, multimask)
            losses.append(total_loss(logits.float(), predicted.float(), here, self._recipe.loss))
            chosen = chosen_logits(logits.detach().float(), predicted.detach())
            previous = shown(chosen, mix, random)
            iou = true_iou(chosen[:, None], here).mean()
            if number + 1 < count:
                points = corrected(points, chosen.cpu(), targets, mix, random)
        return torch.stack(losses).mean(), iou


def _on(points: PointSet, like: Tensor) -> PointSet:
    return PointSet(points.coords.to(like.device), points.labels.to(like.device))


def chosen_logits(logits: Tensor, predicted_iou: Tensor) -> Tensor:
    """The logits N×h×w of the candidate with the highest predicted IoU, as the window would take it."""
    best = predicted_iou.argmax(dim=1)
    return logits[torch.arange(len(logits), device=logits.device), best]
