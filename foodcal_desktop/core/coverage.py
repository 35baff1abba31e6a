"""How much of the food on a photo no annotation covers yet.

The food area is what the segmenter finds by itself: the union of its proposals, plates, tables and whole photos left
out. The uncovered share is the part of that area in which no annotation lies. It is an honest lower bound of what is
missing, not a measure of the plate: food that the segmenter does not find is in neither number, and what it wrongly
takes for food counts as such until it is rejected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from foodcal_desktop.core import mask_tools, morphology_draw
from foodcal_desktop.core.mask import Mask, Pixels
from foodcal_desktop.core.prompt import Candidate

SIDE = 512
"""The longer side in px on which areas are compared: a warning needs no more, and 12 megapixels would be slow."""

SLIVER = 0.015
"""What is narrower than this share of the shorter side is the seam between two outlines, not food left out."""


@dataclass(frozen=True, slots=True)
class Uncovered:
    """The food that no annotation covers, of the photo's size, and its share of the found food area (0 to 1)."""

    mask: Mask
    share: float


def uncovered(proposals: Sequence[Mask], masks: Iterable[Mask]) -> Uncovered:
    """What the proposals hold and the masks do not; nothing where there are no proposals.

    Raises:
        ValueError: the masks belong to photos of different size.
    """
    if not proposals:
        rest = next(iter(masks), Mask.empty(1, 1))
        return Uncovered(Mask.empty(rest.height, rest.width), 0.0)
    height, width = proposals[0].height, proposals[0].width
    rows, columns = _reduced(height, width)
    food, covered = _union(proposals, rows, columns), _union(masks, rows, columns, (height, width))
    left = morphology_draw.opened(food & ~covered, SLIVER * min(rows, columns) / 2) & food & ~covered
    total = int(food.sum())
    small = Mask.from_array(left)
    return Uncovered(mask_tools.resized(small, height, width), small.area / total if total else 0.0)


def uncovered_share(proposals: Sequence[Candidate], masks: Iterable[Mask]) -> float:
    """The share (0 to 1) of the found food area that the masks do not cover. Raises as ``uncovered``."""
    return uncovered([candidate.mask for candidate in proposals], masks).share


def _reduced(height: int, width: int) -> tuple[int, int]:
    shrink = min(SIDE / max(height, width), 1.0)
    return max(round(height * shrink), 1), max(round(width * shrink), 1)


def _union(masks: Iterable[Mask], rows: int, columns: int, size: tuple[int, int] | None = None) -> Pixels:
    union = np.zeros((rows, columns), dtype=bool)
    for mask in masks:
        size = size or (mask.height, mask.width)
        if (mask.height, mask.width) != size:
            raise ValueError("The masks belong to photos of different size; open the photo again.")
        small = mask_tools.resized(mask, rows, columns)
        union[small.y : small.y + small.h, small.x : small.x + small.w] |= small.crop()
    return union
