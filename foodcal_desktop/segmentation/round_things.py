"""Round things on a photo that may be a coin: circles of edges say where to click, the checkpoint draws what is there.

A grid of clicks dense enough for a coin would take seconds on a small machine. Circles are found in a tenth of one
(Hough's transform by gradients, Yuen et al. 1990, on the photo shrunk), and only their middles are clicked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import hypot

import cv2
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.prompt import Candidate, PointPrompt, Prompts
from foodcal_desktop.core.reference_finder import MAX_SHARE, MIN_SHARE
from foodcal_desktop.segmentation.proposals import Interrupted
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter

Rgb = NDArray[np.uint8]
Circle = tuple[float, float, float]

_SIDE = 640
_BLUR = 3
# The sure circles first, then the many of the older, more generous transform.
_MAX_SURE, _MAX_CIRCLES = 8, 12
_APART_OF_DIAGONAL = 0.02
_APART_OF_RADIUS = 0.5


def circles(photo: Rgb) -> list[Circle]:
    """Middles and radii (x, y, r) in photo pixels of at most twelve circles of a coin's size, the surest first."""
    shrink = min(1.0, _SIDE / max(photo.shape[:2]))
    small = cv2.resize(photo, None, fx=shrink, fy=shrink, interpolation=cv2.INTER_AREA)
    grey = cv2.medianBlur(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY), _BLUR)
    sure = _hough(grey, cv2.HOUGH_GRADIENT_ALT, 1.5, 300, 0.3)[:_MAX_SURE]
    found = _without_doubles([*sure, *_hough(grey, cv2.HOUGH_GRADIENT, 1.0, 120, 18)])
    return [(x / shrink, y / shrink, r / shrink) for x, y, r in found[:_MAX_CIRCLES]]


def find_round(
    segmenter: Segmenter, embedding: Embedding, photo: Rgb, interrupted: Callable[[], bool] = lambda: False
) -> list[Candidate]:
    """What the checkpoint draws at the middles of circles, three candidates each.

    Args:
        segmenter: any checkpoint.
        embedding: of the photo.
        photo: upright, H×W×3 RGB.
        interrupted: asked between clicks; once true, the search stops.

    Raises:
        Interrupted: ``interrupted`` said so.
    """
    found: list[Candidate] = []
    for x, y, _ in circles(photo):
        if interrupted():
            raise Interrupted
        found += segmenter.predict(embedding, Prompts((PointPrompt(x, y),)))
    return found


def _hough(grey: NDArray[np.uint8], method: int, dp: float, edge: float, votes: float) -> list[Circle]:
    diagonal = hypot(*grey.shape)
    found = cv2.HoughCircles(
        grey,
        method,
        dp,
        diagonal * _APART_OF_DIAGONAL,
        param1=edge,
        param2=votes,
        minRadius=max(4, int(MIN_SHARE * diagonal / 2)),
        maxRadius=int(MAX_SHARE * diagonal / 2),
    )
    return [] if found is None else [(float(x), float(y), float(r)) for x, y, r in found[0]]


def _without_doubles(found: Iterable[Circle]) -> list[Circle]:
    kept: list[Circle] = []
    for x, y, r in found:
        if all(hypot(x - u, y - v) > _APART_OF_RADIUS * max(r, q) for u, v, q in kept):
            kept.append((x, y, r))
    return kept
