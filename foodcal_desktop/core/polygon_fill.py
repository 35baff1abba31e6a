"""The pixels that closed polygons wind around, by where their edges cross the columns: as dear as they are long."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import spans
from foodcal_desktop.core.mask import Mask

Ring = NDArray[np.float64]
Box = tuple[int, int, int, int]
Rule = Callable[[NDArray[np.int64]], NDArray[np.bool_]]


def wound(rings: Sequence[Ring], box: Box, height: int, width: int, rule: Rule) -> Mask:
    """The pixels of a box (x0, y0, x1, y1) inside the photo at whose centres the rule holds for the winding number.

    Rings are closed, N×2 corners (x, y) in pixels. The rule must not hold for 0.
    """
    x0, y0, x1, y1 = box
    if x0 >= x1 or y0 >= y1 or not len(rings):
        return Mask.empty(height, width)
    at, signs = (np.concatenate(part) for part in zip(*(_crossings(ring, box) for ring in rings), strict=True))
    order = np.argsort(at)
    at, windings = at[order], np.cumsum(signs[order])
    # Of all crossings at one place only what holds behind the last one counts.
    last = np.append(at[1:] != at[:-1], True)[: at.size]
    at, inside = at[last], rule(windings[last])
    turns = np.flatnonzero(inside != np.concatenate(([False], inside[:-1])))
    starts, ends = spans.within_columns(at[turns[::2]], at[turns[1::2]], y1 - y0)
    offset = x0 * height + y0 + (starts // (y1 - y0)) * (height - (y1 - y0))
    return Mask.from_spans((starts + offset, ends + offset), height, width)


def _crossings(ring: Ring, box: Box) -> tuple[spans.Positions, spans.Positions]:
    """Where a ring crosses the columns of pixel centres: positions column · height + row in the box, and signs.

    From there on downwards the winding number differs by the sign. A crossing above the box counts at its upper edge,
    one below it at its lower edge, which is the next column's upper one.
    """
    x0, y0, x1, y1 = box
    onward = np.roll(ring, -1, axis=0)
    # From left to right, so that two polygons with an edge in common agree on every pixel along it.
    rightward = (ring[:, 0] < onward[:, 0])[:, None]
    left, right = np.where(rightward, ring, onward), np.where(rightward, onward, ring)
    first = np.clip(np.ceil(left[:, 0] - 0.5), x0, x1).astype(np.int64)
    count = np.clip(np.ceil(right[:, 0] - 0.5), x0, x1).astype(np.int64) - first
    edge = np.repeat(np.arange(len(ring)), count)
    column = first[edge] + np.arange(len(edge)) - np.repeat(np.cumsum(count) - count, count)
    way = right - left
    # Edges along a column cross none.
    slope = way[:, 1] / np.where(way[:, 0] > 0, way[:, 0], 1)
    y = left[edge, 1] + (column + 0.5 - left[edge, 0]) * slope[edge]
    row = np.clip(np.ceil(y - 0.5), y0, y1).astype(np.int64) - y0
    return (column - x0) * (y1 - y0) + row, np.where(rightward[edge, 0], 1, -1)
