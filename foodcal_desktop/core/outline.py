"""The exact outline of a mask: closed loops along the edges between set and unset pixels."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Pixels

# Steps along the pixels' edges: right, down, left, up. Turning right is one further.
_STEPS = np.array([(1, 0), (0, 1), (-1, 0), (0, -1)], dtype=np.int64)

Ints = NDArray[np.int64]


def crack_loops(pixels: Pixels) -> list[NDArray[np.float64]]:
    """Closed loops (N×2 corner points x, y) around every island and hole, without points on straight stretches.

    Set pixels lie on the right-hand side of each loop: outer ones run clockwise on the screen, holes the other way.
    Two pixels that only share a corner are gone around one by one, so that no loop touches itself there.
    """
    starts, directions = _edges(np.pad(np.asarray(pixels, dtype=bool), 1))
    ends = starts + _STEPS[directions]
    after = _followers(starts, ends, directions)
    turns = directions[after] != directions
    return [ends[loop[turns[loop]]].astype(np.float64) for loop in _cycles(after)]


def _edges(padded: Pixels) -> tuple[Ints, Ints]:
    """Edges of set pixels beside unset ones, the set one at the right: the corners (N×2) they start at, directions."""
    inner = padded[1:-1, 1:-1]
    beside = (padded[:-2, 1:-1], padded[1:-1, 2:], padded[2:, 1:-1], padded[1:-1, :-2])
    # The corner of the pixel (column, row) at which its edge in that direction starts.
    corners = ((0, 0), (1, 0), (1, 1), (0, 1))
    found = []
    for outside, corner in zip(beside, corners, strict=True):
        rows, columns = np.divmod(np.flatnonzero(inner > outside), inner.shape[1])
        found.append(np.stack((columns, rows), axis=1) + corner)
    return np.concatenate(found), np.repeat(np.arange(4), [len(starts) for starts in found])


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
