"""The exact outline of a mask: closed loops along the edges between set and unset pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Pixels

# Steps along the pixels' edges: right, down, left, up. Turning right is one further.
_STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))


def crack_loops(pixels: Pixels) -> list[NDArray[np.float64]]:
    """Closed loops (N×2 corner points x, y) around every island and hole, without points on straight stretches.

    Set pixels lie on the right-hand side of each loop: outer ones run clockwise on the screen, holes the other way.
    Two pixels that only share a corner are gone around one by one, so that no loop touches itself there.
    """
    pending = _edges(np.pad(np.asarray(pixels, dtype=bool), 1))
    loops = []
    while pending:
        loops.append(_follow(pending, next(iter(pending))))
    return loops


Edge = tuple[int, int, int]


def _edges(padded: Pixels) -> dict[Edge, None]:
    """Edges (x, y, direction) of set pixels beside unset ones, from a corner (x, y) on, the set one at the right."""
    inner = padded[1:-1, 1:-1]
    beside = {0: padded[:-2, 1:-1], 1: padded[1:-1, 2:], 2: padded[2:, 1:-1], 3: padded[1:-1, :-2]}
    # The corner of the pixel (column, row) at which its edge in that direction starts.
    corner = {0: (0, 0), 1: (1, 0), 2: (1, 1), 3: (0, 1)}
    found: dict[Edge, None] = {}
    for direction, outside in beside.items():
        rows, columns = np.divmod(np.flatnonzero(inner > outside), inner.shape[1])
        dx, dy = corner[direction]
        found.update(
            ((x, y, direction), None) for x, y in zip((columns + dx).tolist(), (rows + dy).tolist(), strict=True)
        )
    return found


def _follow(pending: dict[Edge, None], start: Edge) -> NDArray[np.float64]:
    """One loop from an edge on, taken out of those that are pending; only the corners where it turns are kept."""
    corners = []
    edge, closed = start, False
    while not closed:
        del pending[edge]
        x, y, direction = edge
        x, y = x + _STEPS[direction][0], y + _STEPS[direction][1]
        # To the right stays with the same pixel, which parts pixels that only share a corner.
        ways = ((x, y, (direction + turn) % 4) for turn in (1, 0, 3))
        edge = next(way for way in ways if way == start or way in pending)
        if edge[2] != direction:
            corners.append((x, y))
        closed = edge == start
    return np.array(corners, dtype=np.float64)
