"""A second look at one item: its surroundings encoded alone, so that the checkpoint sees it several times larger."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
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
# A second look that finds something else than the first one is not believed: it knows nothing of negative clicks, and
# took an espresso's cup back in (IoU 0.75).
MIN_AGREEMENT = 0.85
# A mask whose own box agrees less than this with the box it answers is only a part of what was boxed.
MIN_FILLED = 0.8
_SPECK = 0.03
_MAX_CUT = 0.45
_COLOUR_SIDE, _COLOUR_ROUNDS = 200, 4


def sharper(segmenter: Segmenter, photo: Rgb, mask: Mask) -> Mask:
    """The mask again, by its own box on an enlarged window of the photo; the mask itself where the two disagree."""
    if mask.area == 0:
        return mask
    x0, y0, x1, y1 = mask.box
    seen = look_at_box(segmenter, photo, BoxPrompt(x0, y0, x1, y1))
    return seen if seen.iou(mask) >= MIN_AGREEMENT else mask


def measured_mask(segmenter: Segmenter, photo: Rgb, mask: Mask, clicks: Sequence[tuple[float, float]]) -> Mask:
    """The mask whose area is measured: a second, enlarged look, which the portion priors were fitted to.

    The mask itself where that look loses one of the positive clicks (x, y).
    """
    seen = sharper(segmenter, photo, mask)
    return seen if seen.area and all(seen.contains(x, y) for x, y in clicks) else mask


def look_at_box(segmenter: Segmenter, photo: Rgb, box: BoxPrompt) -> Mask:
    """What a box holds, by the checkpoint's answer on a window around it, without holes.

    An answer that does not reach the box's sides is a part of what was boxed (one end of a twist, some grapes, a tomato
    without its highlight): then colour decides, where its answer fills the box better.
    """
    x, y, window = _window(photo, box)
    shifted = BoxPrompt(
        max(box.x0 - x, 0.0), max(box.y0 - y, 0.0), min(box.x1 - x, window.shape[1]), min(box.y1 - y, window.shape[0])
    )
    best = max(segmenter.predict(segmenter.embed(window), Prompts((), shifted)), key=lambda c: c.predicted_iou)
    seen = _solid(best.mask)
    if fills(seen, shifted) < MIN_FILLED:
        coloured = by_colour(window, shifted)
        if not _cut_off(coloured, shifted):
            seen = max(seen, coloured, key=lambda mask: fills(mask, shifted))
    return Mask.from_crop(seen.crop(), seen.x + x, seen.y + y, photo.shape[0], photo.shape[1])


def _solid(mask: Mask) -> Mask:
    """All islands that are more than specks, without holes."""
    if mask.area == 0:
        return mask
    kept = np.logical_or.reduce(morphology.islands(mask.crop(), _SPECK))
    return Mask.from_crop(morphology.fill_holes(kept), mask.x, mask.y, mask.height, mask.width)


def fills(mask: Mask, box: BoxPrompt) -> float:
    """How well a mask's own box agrees with a box: their IoU, 0 to 1."""
    x0, y0, x1, y1 = mask.box
    shared = max(min(x1, box.x1) - max(x0, box.x0), 0.0) * max(min(y1, box.y1) - max(y0, box.y0), 0.0)
    union = mask.w * mask.h + (box.x1 - box.x0) * (box.y1 - box.y0) - shared
    return shared / union if union > 0 else 0.0


def _cut_off(mask: Mask, box: BoxPrompt) -> bool:
    """Whether a mask runs along a side of the box, as a plate does that the box cuts, and no food does."""
    if mask.area == 0:
        return True
    pixels = mask.to_array()[int(box.y0) : int(np.ceil(box.y1)), int(box.x0) : int(np.ceil(box.x1))]
    sides = (pixels[:1].any(axis=0), pixels[-1:].any(axis=0), pixels[:, :1].any(axis=1), pixels[:, -1:].any(axis=1))
    return max(float(side.mean()) for side in sides if side.size) > _MAX_CUT


def by_colour(photo: Rgb, box: BoxPrompt) -> Mask:
    """What differs in colour from the surroundings of a box: GrabCut (Rother et al. 2004) on at most 200 px a side."""
    height, width = photo.shape[:2]
    scale = min(1.0, _COLOUR_SIDE / max(height, width))
    small = cv2.resize(photo, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    marks = np.full(small.shape[:2], cv2.GC_BGD, np.uint8)
    top, bottom = int(box.y0 * scale), int(np.ceil(box.y1 * scale))
    left, right = int(box.x0 * scale), int(np.ceil(box.x1 * scale))
    marks[top:bottom, left:right] = cv2.GC_PR_FGD
    if not (marks == cv2.GC_BGD).any() or not (marks == cv2.GC_PR_FGD).any():
        return Mask.empty(height, width)
    cv2.setRNGSeed(0)
    cv2.grabCut(small, marks, None, np.zeros((1, 65)), np.zeros((1, 65)), _COLOUR_ROUNDS, cv2.GC_INIT_WITH_MASK)
    inside = ((marks == cv2.GC_FGD) | (marks == cv2.GC_PR_FGD)).astype(np.float32)
    whole = cv2.resize(inside, (width, height), interpolation=cv2.INTER_LINEAR) > 0.5
    return _solid(Mask.from_array(whole))


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
