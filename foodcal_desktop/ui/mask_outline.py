"""A mask as a painter's path: every hole and island a closed ring, coarser where the screen shows less."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainterPath, QPolygonF

from foodcal_desktop.core.mask import Mask

_CACHED_PATHS = 512


@lru_cache(maxsize=_CACHED_PATHS)
def mask_path(mask: Mask, step: int, smooth: bool) -> QPainterPath:
    """The outline in photo pixels, of the mask sampled at every ``step``-th pixel.

    ``smooth`` cuts the stairs' corners at the middle of their edges, for scales at which single pixels are not seen.
    """
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    if not mask.runs:
        return path
    first_x, first_y = -mask.x % step, -mask.y % step
    crop = mask.crop()[first_y::step, first_x::step]
    origin = np.array([mask.x + first_x, mask.y + first_y], float)
    for ring in rings(crop):
        corners = (ring + np.roll(ring, -1, axis=0)) / 2 if smooth else ring
        points = corners * step + origin
        path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points.tolist()]))
        path.closeSubpath()
    return path


def rings(pixels: NDArray[np.bool_]) -> list[NDArray[np.float64]]:
    """The closed rings along the pixels' edges, each K×2 (x, y), outer ones and holes alike; to be filled odd-even.

    On every line of the grid the corners of a mask's edge pair up to edges, in order; walking from a corner along its
    row's edge, then its column's, and so on, closes a ring.
    """
    corners = _corners(pixels)
    if not len(corners):
        return []
    along_row, along_column = _partners(corners, 1, 0), _partners(corners, 0, 1)
    return _walk(corners, along_row.tolist(), along_column.tolist())


def _corners(pixels: NDArray[np.bool_]) -> NDArray[np.int64]:
    """Grid points (x, y) where the edge turns; a point where two pixels touch by their corners counts twice."""
    p = np.pad(pixels, 1)
    a, b, c, d = p[:-1, :-1], p[:-1, 1:], p[1:, :-1], p[1:, 1:]
    single = np.argwhere(a ^ b ^ c ^ d)
    touching = np.argwhere((a == d) & (b == c) & (a != b))
    return np.concatenate([single, touching, touching])[:, ::-1]


def _partners(corners: NDArray[np.int64], major: int, minor: int) -> NDArray[np.int64]:
    order = np.lexsort((corners[:, minor], corners[:, major]))
    out = np.empty(len(corners), np.int64)
    out[order[0::2]], out[order[1::2]] = order[1::2], order[0::2]
    return out


def _walk(corners: NDArray[np.int64], along_row: list[int], along_column: list[int]) -> list[NDArray[np.float64]]:
    seen = [False] * len(corners)
    out = []
    for start in range(len(corners)):
        if seen[start]:
            continue
        ring, at = [], start
        while not seen[at]:
            other = along_row[at]
            seen[at] = seen[other] = True
            ring += [at, other]
            at = along_column[other]
        out.append(corners[ring].astype(float))
    return out
