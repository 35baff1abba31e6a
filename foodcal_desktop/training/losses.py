"""SAM's losses on low-resolution logits: focal 20 · dice 1 · predicted IoU 1 (Ravi et al. 2024, SAM 2, appendix)."""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

from foodcal_desktop.training.settings import LossWeights

_ALPHA, _GAMMA = 0.25, 2.0


def mask_losses(logits: Tensor, targets: Tensor, weights: LossWeights) -> Tensor:
    """Focal and dice loss of every candidate: logits N×C×h×w, targets N×h×w (0 to 1), to N×C."""
    wanted = targets[:, None].expand_as(logits)
    probability = logits.sigmoid()
    entropy = functional.binary_cross_entropy_with_logits(logits, wanted, reduction="none")
    hit = probability * wanted + (1 - probability) * (1 - wanted)
    balance = _ALPHA * wanted + (1 - _ALPHA) * (1 - wanted)
    focal = (balance * (1 - hit) ** _GAMMA * entropy).mean(dim=(2, 3))
    overlap = 2 * (probability * wanted).sum(dim=(2, 3))
    dice = 1 - (overlap + 1) / (probability.sum(dim=(2, 3)) + wanted.sum(dim=(2, 3)) + 1)
    return weights.focal * focal + weights.dice * dice


def true_iou(logits: Tensor, targets: Tensor) -> Tensor:
    """IoU of every candidate with its target, both cut: N×C×h×w and N×h×w to N×C."""
    found, wanted = logits > 0, (targets > 0.5)[:, None]
    both = (found & wanted).sum(dim=(2, 3))
    either = (found | wanted).sum(dim=(2, 3))
    return both / either.clamp(min=1)


def total_loss(logits: Tensor, predicted_iou: Tensor, targets: Tensor, weights: LossWeights) -> Tensor:
    """The mean loss: of three candidates the best one's mask alone, of all of them the predicted IoU."""
    by_candidate = mask_losses(logits, targets, weights)
    with torch.no_grad():
        iou = true_iou(logits, targets)
    certainty = functional.l1_loss(predicted_iou, iou)
    return by_candidate.min(dim=1).values.mean() + weights.iou * certainty
