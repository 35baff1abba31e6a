"""A closer look at what was clicked or boxed: its surroundings encoded alone, enlarged, and the answers averaged.

The small bundled network sees a photo at 448 px a side; a food that fills a tenth of it is 45 px there, and in a window
around it five times as large. The window is asked twice: by the prompts with the box of what was found, and by the
prompts with what was found as previous mask. Answers that err differently are better than each (docs/checkpoints.md);
where a box was drawn, the window is asked upside down as well.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from math import ceil, log
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import morphology
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts
from foodcal_desktop.segmentation.guided_filter import along_edges
from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.segmentation.upsample import Logits, logits_in

Rgb = NDArray[np.uint8]

# Half the side of the window over the item's longer side, at least. Sizes go up by a factor and middles lie on a grid,
# so that a mask that changes a little is seen through the same window, whatever was looked at before.
_REACH, _SIZE_STEP, _GRID_SHARE = 0.85, 2**0.25, 0.25
_MIN_REACH_PX = 40.0
# What the answers in the window count beside the one on the whole photo.
_NEAR_WEIGHT = 6.0
# Foods have smoother outlines than the grid's answers: on 146 boxes of training photos this standard deviation lifts
# the IoU by 0.0015 (±0.0006), after a click by 0.0007 (±0.0006).
_SMOOTHED_CELLS = 1.4
# And they end where the photo has an edge: on 105 boxes of training photos the guided filter lifts the IoU by 0.0023
# (±0.0012), as much with 3 to 7 cells and an epsilon of 0.0003 to 0.01.
_EDGE_CELLS, _EDGE_EPSILON = 5, 0.003
# Beyond a drawn box a cell counts only from this surplus of "food" over "no food", −1 to 1: on the same boxes 0.0015
# (±0.0005) more, 0.0009 where they stray by 1 % of their side, and 0.0004 less where by 2.5 %.
_BEYOND_BOX = 0.3
_REMEMBERED = 12


class Window(NamedTuple):
    """A part of a photo in pixels, x1 and y1 excluded."""

    x0: int
    y0: int
    x1: int
    y1: int


def pays(segmenter: Segmenter) -> bool:
    """Whether a checkpoint is so small that a window is encoded while a person looks, and so coarse that it helps."""
    # On a graphics card what falls back when memory runs out stands around it.
    return isinstance(getattr(segmenter, "current", segmenter), LiteSegmenter)


class CloserLook:
    """Looks at the items of one photo (H×W×3 RGB uint8); the windows that were encoded last are remembered."""

    def __init__(self, segmenter: Segmenter, photo: Rgb) -> None:
        self._segmenter, self._photo = segmenter, photo
        self._embeddings: OrderedDict[tuple[Window, bool], Embedding] = OrderedDict()

    def at(self, candidate: Candidate, prompts: Prompts) -> Candidate:
        """The candidate with a finer mask, by the mean of its logits and those in the window around it.

        Its logits stay those of the whole photo, from which the next click is answered. The candidate itself where it
        is empty, or where nothing would be left of it.
        """
        if candidate.mask.area == 0:
            return candidate
        window = self._window(candidate.mask, prompts)
        known = self._known(candidate, window)
        near = self._near(candidate, prompts, window, known)
        mask = self._mask((known + near * _NEAR_WEIGHT) / (1 + _NEAR_WEIGHT), prompts, window)
        clicks = [(p.x, p.y) for p in prompts.points if p.positive]
        if prompts.box is None and clicks:
            mask = morphology.parts_at(mask, clicks)
        return replace(candidate, mask=mask) if mask.area else candidate

    def _window(self, mask: Mask, prompts: Prompts) -> Window:
        """Around the mask and what was said of it."""
        boxes = [mask.box, *((p.x, p.y, p.x, p.y) for p in prompts.points)]
        if prompts.box is not None:
            boxes.append((prompts.box.x0, prompts.box.y0, prompts.box.x1, prompts.box.y1))
        x0, y0 = np.min(boxes, axis=0)[:2]
        x1, y1 = np.max(boxes, axis=0)[2:]
        reach = max((x1 - x0) * _REACH, (y1 - y0) * _REACH, _MIN_REACH_PX)
        reach = _SIZE_STEP ** ceil(log(reach, _SIZE_STEP))
        grid, (height, width) = reach * _GRID_SHARE, self._photo.shape[:2]
        x, y = round((x0 + x1) / 2 / grid) * grid, round((y0 + y1) / 2 / grid) * grid
        left, top = int(max(x - reach, 0)), int(max(y - reach, 0))
        return Window(left, top, int(min(x + reach, width)), int(min(y + reach, height)))

    def _embedding(self, window: Window, turned: bool = False) -> Embedding:
        """Of the window as it is, or upside down."""
        if (window, turned) not in self._embeddings:
            upright = self._photo[window.y0 : window.y1, window.x0 : window.x1]
            seen = upright[::-1] if turned else upright
            self._embeddings[window, turned] = self._segmenter.embed(np.ascontiguousarray(seen))
            if len(self._embeddings) > _REMEMBERED:
                self._embeddings.popitem(last=False)
        self._embeddings.move_to_end((window, turned))
        return self._embeddings[window, turned]

    def _known(self, candidate: Candidate, window: Window) -> Logits:
        """What was found on the whole photo, h×w logits of the window."""
        height, width = self._photo.shape[:2]
        far = logits_in(candidate.logits, height, width, (window.y0, window.y1), (window.x0, window.x1))
        rows, columns = candidate.logits.shape
        return np.asarray(cv2.resize(far, (columns, rows), interpolation=cv2.INTER_AREA))

    def _near(self, candidate: Candidate, prompts: Prompts, window: Window, known: Logits) -> Logits:
        """The mean of the h×w logits of all answers in the window."""
        boxed, said = _in_window(candidate.mask, prompts, window)
        each = [boxed, said.with_previous(known)]
        answers = [a[0].logits for a in self._segmenter.predict_each(self._embedding(window), each)]
        if prompts.box is not None:
            over = [_upside_down(p, window.y1 - window.y0) for p in each]
            answers += [a[0].logits[::-1] for a in self._segmenter.predict_each(self._embedding(window, True), over)]
        return np.asarray(np.mean(answers, axis=0))

    def _mask(self, logits: NDArray[np.floating[Any]], prompts: Prompts, window: Window) -> Mask:
        """The mask of h×w logits of the window, by probabilities that are smoothed and drawn to the photo's edges."""
        seen = self._photo[window.y0 : window.y1, window.x0 : window.x1]
        guide = cv2.resize(seen, logits.shape[::-1], interpolation=cv2.INTER_AREA)
        surplus = cv2.GaussianBlur(np.tanh(logits, dtype=np.float32), (0, 0), _SMOOTHED_CELLS)
        surplus = along_edges(np.asarray(surplus), np.asarray(guide, np.uint8), _EDGE_CELLS, _EDGE_EPSILON)
        (height, width), wide, tall = self._photo.shape[:2], window.x1 - window.x0, window.y1 - window.y0
        found = _cut(logits_in(surplus, tall, wide, (0, tall), (0, wide)), prompts, window)
        return Mask.from_crop(found, window.x0, window.y0, height, width)


def _cut(surplus: Logits, prompts: Prompts, window: Window) -> NDArray[np.bool_]:
    """Where the surplus of a window's pixels is enough; beyond the box less easily, unless a click says it goes on."""
    box = prompts.box
    if box is None or any(p.positive and not _holds(box, p) for p in prompts.points):
        return surplus > 0
    inside = np.s_[
        max(int(box.y0) - window.y0, 0) : max(ceil(box.y1) - window.y0, 0),
        max(int(box.x0) - window.x0, 0) : max(ceil(box.x1) - window.x0, 0),
    ]
    found = surplus > _BEYOND_BOX
    found[inside] = surplus[inside] > 0
    return found


def _holds(box: BoxPrompt, point: PointPrompt) -> bool:
    return box.x0 <= point.x <= box.x1 and box.y0 <= point.y <= box.y1


def _upside_down(prompts: Prompts, tall: int) -> Prompts:
    """The prompts as they lie in a window of that many pixels which is turned upside down."""
    points = tuple(PointPrompt(p.x, tall - p.y, p.positive) for p in prompts.points)
    box = prompts.box and BoxPrompt(prompts.box.x0, tall - prompts.box.y1, prompts.box.x1, tall - prompts.box.y0)
    known = None if prompts.previous is None else np.ascontiguousarray(prompts.previous.logits[::-1])
    return Prompts(points, box).with_previous(known)


def _in_window(mask: Mask, prompts: Prompts, window: Window) -> tuple[Prompts, Prompts]:
    """The clicks as they lie in the window with a box, the mask's own where there is none; and without that one."""
    x0, y0, x1, y1 = mask.box
    box = prompts.box or BoxPrompt(x0, y0, x1, y1)
    wide, tall = window.x1 - window.x0, window.y1 - window.y0
    points = [PointPrompt(p.x - window.x0, p.y - window.y0, p.positive) for p in prompts.points]
    seen = tuple(p for p in points if 0 <= p.x < wide and 0 <= p.y < tall)
    low = max(box.x0 - window.x0, 0.0), max(box.y0 - window.y0, 0.0)
    high = min(box.x1 - window.x0, float(wide)), min(box.y1 - window.y0, float(tall))
    boxed = Prompts(seen, BoxPrompt(*low, *high))
    return boxed, boxed if prompts.box or not seen else boxed.with_box(None)
