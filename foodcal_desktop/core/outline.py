"""The exact outline of a mask: closed loops along the edges between set and unset pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import spans
from foodcal_desktop.core.mask import Mask

# Steps along the pixels' edges: right, down, left, up. Turning right is one further.
_STEPS = np.array([(1, 0), (0, 1), (-1, 0), (0, -1)], dtype=np.int64)

Ints = NDArray[np.int64]


def crack_loops(mask: Mask) -> list[NDArray[np.float64]]:
    """Closed loops (N×2 corner points x, y) around every island and hole, without points on straight stretches.

    Set pixels lie on the right-hand side of each loop: outer ones run clockwise on the screen, holes the other way.
    Two pixels that only share a corner are gone around one by one, so that no loop touches itself there.
    """
    if not mask.runs:
        return []
    starts, directions = _edges(mask)
    ends = starts + _STEPS[directions]
    after = _followers(starts, ends, directions)
    turns = directions[after] != directions
    return [ends[loop[turns[loop]]].astype(np.float64) for loop in _cycles(after)]


def _edges(mask: Mask) -> tuple[Ints, Ints]:
    """Edges of set pixels beside unset ones, the set one at the right: the corners (N×2) they start at, directions.

    Found from the runs, so that they cost as much as they are many and not as the mask is large.
    """
    height, inside = mask.height, mask.stretches()
    beside = [(inside[0] + way * height, inside[1] + way * height) for way in (-1, 1)]
    right, left = (spans.positions(spans.combined(inside, other, np.greater, height)) for other in beside)
    # The set pixel and the corner (column, row) of it at which its edge in that direction starts.
    sides = ((inside[0], (0, 0)), (right, (1, 0)), (inside[1] - 1, (1, 1)), (left, (0, 1)))
    found = [_corners(pixels, height, corner) for pixels, corner in sides]
    return np.concatenate(found), np.repeat(np.arange(4), [len(starts) for starts in found])


def _corners(pixels: Ints, height: int, corner: tuple[int, int]) -> Ints:
    """A corner (x, y) of each pixel, row by row."""
    columns, rows = np.divmod(pixels, height)
    order = np.lexsort((columns, rows))
    return np.stack((columns[order], rows[order]), axis=1) + np.array(corner, dtype=np.int64)


def _followers(starts: Ints, ends: Ints, directions: Ints) -> Ints:
    """For every edge the index of the one that goes on from its end."""
    width = int(starts[:, 0].max(initial=0)) + 2
    at_start, at_end = 4 * (starts[:, 1] * width + starts[:, 0]), 4 * (ends[:, 1] * width + ends[:, 0])
    order = np.argsort(at_start + directions)
    known = (at_start + directions)[order]
    after = np.zeros(len(starts), dtype=np.int64)
    # The last one that there is counts: to the right stays with the same pixel, which parts pixels that only share a
    # corner.
    for turn in (3, 0, 1):
        wanted = at_end + (directions + turn) % 4
        place = np.minimum(np.searchsorted(known, wanted), max(len(known) - 1, 0))
        there = known[place] == wanted
        after[there] = order[place[there]]
    return after


def _cycles(after: Ints) -> list[Ints]:
    """The closed ways through indices that each lead to another, every one from its least index on."""
    follower, seen, cycles = after.tolist(), bytearray(len(after)), []
    for start in range(len(follower)):
        cycle, at = [], start
        while not seen[at]:
            seen[at] = 1
            cycle.append(at)
            at = follower[at]
        if cycle:
            cycles.append(np.array(cycle, dtype=np.int64))
    return cycles
