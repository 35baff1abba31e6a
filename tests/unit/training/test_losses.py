from __future__ import annotations

import pytest
import torch

from foodcal_desktop.training.losses import mask_losses, total_loss, true_iou
from foodcal_desktop.training.settings import LossWeights


def _targets() -> torch.Tensor:
    targets = torch.zeros(2, 16, 16)
    targets[0, 2:9, 3:12] = 1
    targets[1, 8:, 8:] = 1
    return targets


def test_a_right_mask_costs_nothing_and_a_wrong_one_much() -> None:
    targets = _targets()
    right = ((targets * 2 - 1) * 20)[:, None]
    losses = mask_losses(torch.cat([right, -right], dim=1), targets, LossWeights())
    assert float(losses[:, 0].max()) < 1e-3
    assert float(losses[:, 1].min()) > 10


def test_iou_of_cut_masks() -> None:
    targets = _targets()
    logits = torch.full((2, 1, 16, 16), -1.0)
    logits[0, 0, 2:9, 3:12] = 1
    logits[1, 0, 8:, :] = 1
    assert true_iou(logits, targets).squeeze(1).tolist() == pytest.approx([1.0, 0.5])


def test_of_three_candidates_only_the_best_learns_its_mask() -> None:
    targets = _targets()
    right = ((targets * 2 - 1) * 3)[:, None]
    logits = torch.cat([-right, right, torch.zeros_like(right)], dim=1).requires_grad_()
    predicted = true_iou(logits.detach(), targets)
    total_loss(logits, predicted, targets, LossWeights()).backward()
    assert logits.grad is not None
    assert float(logits.grad[:, 1].abs().sum()) > 0
    assert float(logits.grad[:, 0].abs().sum()) == 0
    assert float(logits.grad[:, 2].abs().sum()) == 0


def test_all_candidates_learn_their_predicted_iou() -> None:
    targets = _targets()
    logits = torch.randn(2, 3, 16, 16, generator=torch.Generator().manual_seed(0))
    predicted = torch.full((2, 3), 0.9, requires_grad=True)
    total_loss(logits, predicted, targets, LossWeights()).backward()
    assert predicted.grad is not None
    assert bool((predicted.grad != 0).all())
