"""Prompts as people give them: a click in the middle or anywhere, a loose box, then corrections of large errors."""

from __future__ import annotations

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

from foodcal_desktop.segmentation.lite_network import BOX_END, BOX_START, LOGIT_BOUND, NEGATIVE, POSITIVE, PointSet
from foodcal_desktop.training.settings import PromptMix

Cells = NDArray[np.bool_]

# A box strays by this share of the photo's side at most (SAM: 20 of 1024 px; Kirillov et al. 2023, appendix A).
_MOST_STRAY = 0.02
# How many cells of a window one of the whole photo is wide.
_COARSENESS = (1.5, 5.0)


def error_centre(error: Cells, random: np.random.Generator | None = None) -> tuple[int, int, float]:
    """Row, column and depth of the point deepest inside an error region; with ``random``, of any point of it."""
    depth = cv2.distanceTransform(np.pad(error.astype(np.uint8), 1), cv2.DIST_L2, 3)[1:-1, 1:-1]
    deepest = float(depth.max())
    if random is not None and deepest > 0:
        rows, columns = np.nonzero(depth >= 0.3 * deepest)
        i = int(random.integers(len(rows)))
        return int(rows[i]), int(columns[i]), deepest
    row, column = np.unravel_index(int(depth.argmax()), depth.shape)
    return int(row), int(column), deepest


def next_click(
    found: Cells, wanted: Cells, random: np.random.Generator | None = None
) -> tuple[float, float, bool] | None:
    """The next click as (x, y, positive) in cells, centres at 0.5; None where nothing is wrong.

    The centre (largest distance transform) of the larger of the two error regions, by that distance.
    """
    missing = error_centre(wanted & ~found, random)
    surplus = error_centre(found & ~wanted, random)
    positive = missing[2] >= surplus[2]
    row, column, depth = missing if positive else surplus
    return (column + 0.5, row + 0.5, positive) if depth > 0 else None


def first_prompts(targets: Tensor, mix: PromptMix, random: np.random.Generator) -> tuple[PointSet, bool]:
    """A click each, or a box each, for targets N×h×w; coordinates in input pixels, and whether they are boxes."""
    wanted = (targets > 0.5).numpy()
    if random.random() < mix.box:
        return _boxes(wanted, mix, random), True
    clicks = [error_centre(w, None if random.random() < mix.centre else random)[:2] for w in wanted]
    coords = torch.tensor([[(c + 0.5) * 4, (r + 0.5) * 4] for r, c in clicks])[:, None]
    coords += torch.from_numpy(random.uniform(-1.9, 1.9, coords.shape)).float()
    return PointSet(coords, torch.full(coords.shape[:2], POSITIVE)), False


def _boxes(wanted: Cells, mix: PromptMix, random: np.random.Generator) -> PointSet:
    corners = []
    for cells in wanted:
        x, y, w, h = cv2.boundingRect(cells.astype(np.uint8))
        stray = random.normal(0, mix.box_jitter, 4) * np.array([w, h, w, h])
        most = _MOST_STRAY * cells.shape[1]
        corners.append((np.array([x, y, x + w, y + h]) + stray.clip(-most, most)) * 4)
    coords = torch.from_numpy(np.stack(corners)).float().reshape(-1, 2, 2).clamp(0, wanted.shape[-1] * 4)
    return PointSet(coords, torch.tensor([[BOX_START, BOX_END]]).expand(len(coords), -1))


def corrected(
    points: PointSet, logits: Tensor, targets: Tensor, mix: PromptMix, random: np.random.Generator
) -> PointSet:
    """The same prompts with one more click each, where the chosen logits N×h×w are wrong; some with none."""
    if random.random() < mix.again:
        return points
    found, wanted = (logits > 0).numpy(), (targets > 0.5).numpy()
    coords, labels = [], []
    for f, w in zip(found, wanted, strict=True):
        click = next_click(f, w, None if random.random() < mix.centre else random)
        x, y, positive = click if click is not None else _anywhere(w, random)
        coords.append((x * 4, y * 4))
        labels.append(POSITIVE if positive else NEGATIVE)
    new = torch.tensor(coords)[:, None] + torch.from_numpy(random.uniform(-1.9, 1.9, (len(coords), 1, 2))).float()
    return PointSet(
        torch.cat([points.coords, new], dim=1), torch.cat([points.labels, torch.tensor(labels)[:, None]], 1)
    )


def shown(logits: Tensor, mix: PromptMix, random: np.random.Generator) -> Tensor:
    """The chosen logits N×h×w as the previous mask N×1×h×w of the next prompt."""
    previous = logits.clamp(-LOGIT_BOUND, LOGIT_BOUND)[:, None]
    if random.random() >= mix.coarse:
        return previous
    cells = [round(side / random.uniform(*_COARSENESS)) for side in previous.shape[-2:]]
    afar = functional.interpolate(previous, cells, mode="area")
    return functional.interpolate(afar, previous.shape[-2:], mode="bilinear")


def _anywhere(wanted: Cells, random: np.random.Generator) -> tuple[float, float, bool]:
    row, column, _ = error_centre(wanted, random)
    return column + 0.5, row + 0.5, True
