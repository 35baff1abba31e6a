"""A second look at one item: its surroundings encoded alone, so that the checkpoint sees it several times larger."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import morphology
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, PointPrompt, Prompts
from foodcal_desktop.segmentation.segmenter import Segmenter

Rgb = NDArray[np.uint8]

# Half the side of the window over the item's longer side: the item fills half of it.
_REACH = 1.0
_MIN_REACH_PX = 40.0
# A second look that finds something else than the first one is not believed.
MIN_AGREEMENT = 0.6


def sharper(segmenter: Segmenter, photo: Rgb, mask: Mask) -> Mask:
    """The mask again, by its own box on an enlarged window of the photo; the mask itself where the two disagree."""
    if mask.area == 0:
        return mask
    x0, y0, x1, y1 = mask.box
    seen = look_at_box(segmenter, photo, BoxPrompt(x0, y0, x1, y1))
    return seen if seen.iou(mask) >= MIN_AGREEMENT else mask


def look_at_box(segmenter: Segmenter, photo: Rgb, box: BoxPrompt) -> Mask:
    """What a box holds, by the checkpoint's answer on a window around it; one island, without holes."""
    x, y, window = _window(photo, box)
    shifted = BoxPrompt(
        max(box.x0 - x, 0.0), max(box.y0 - y, 0.0), min(box.x1 - x, window.shape[1]), min(box.y1 - y, window.shape[0])
    )
    best = max(segmenter.predict(segmenter.embed(window), Prompts((), shifted)), key=lambda c: c.predicted_iou)
    solid = morphology.fill_holes(morphology.largest_island(best.mask.crop())) if best.mask.area else best.mask.crop()
    return Mask.from_crop(solid, best.mask.x + x, best.mask.y + y, photo.shape[0], photo.shape[1])


def _window(photo: Rgb, box: BoxPrompt) -> tuple[int, int, Rgb]:
    reach = max(box.x1 - box.x0, box.y1 - box.y0) * _REACH
    reach = max(reach, _MIN_REACH_PX)
    x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    left, top = int(max(0, x - reach)), int(max(0, y - reach))
    right, bottom = int(min(photo.shape[1], x + reach)), int(min(photo.shape[0], y + reach))
    return left, top, np.ascontiguousarray(photo[top:bottom, left:right])


def island_at(mask: Mask, points: Sequence[PointPrompt]) -> Mask:
    """Only those islands of a mask that hold a positive click, holes filled; the largest one where none does."""
    pixels = mask.crop()
    if mask.area == 0:
        return mask
    parts = morphology.islands(pixels, min_share=0.0)
    clicked = [
        part
        for part in parts
        if any(
            p.positive and Mask.from_crop(part, mask.x, mask.y, mask.height, mask.width).contains(p.x, p.y)
            for p in points
        )
    ]
    kept = np.logical_or.reduce(clicked) if clicked else parts[0]
    return Mask.from_crop(morphology.fill_holes(kept), mask.x, mask.y, mask.height, mask.width)
