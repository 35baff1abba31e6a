"""Masks combined by their runs alone: what two large masks have in common costs as much as their outlines are long.

A span is a stretch of set pixels of one column; its start and end (excluded) are column-major positions in the whole
photo, column · height + row. Spans are two int64 arrays, in order, and never reach from one column into the next.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Positions = NDArray[np.int64]
Spans = tuple[Positions, Positions]
Rule = Callable[[NDArray[np.bool_], NDArray[np.bool_]], NDArray[np.bool_]]


def of_runs(runs: Positions, x: int, y: int, h: int, height: int) -> Spans:
    """The spans of a crop's column-major runs (background first), the crop's corner at (x, y) and h rows high."""
    changes = np.cumsum(runs)
    starts, ends = within_columns(changes[:-1:2], changes[1::2], h)
    offset = x * height + y + (starts // h) * (height - h)
    return starts + offset, ends + offset


def to_runs(spans: Spans, x: int, y: int, w: int, h: int, height: int) -> Positions:
    """The column-major runs of the spans inside a crop that holds them all."""
    columns = spans[0] // height
    offset = (columns - x) * (h - height) - x * height - y
    starts, ends = spans[0] + offset, spans[1] + offset
    apart = starts[1:] != ends[:-1]
    changes = np.stack([starts[np.concatenate(([True], apart))], ends[np.concatenate((apart, [True]))]], axis=1)
    runs = np.diff(np.concatenate(([0], changes.ravel(), [w * h])))
    return runs if runs[-1] else runs[:-1]


def box(spans: Spans, height: int) -> tuple[int, int, int, int]:
    """The tight box x, y, w, h of spans, of which there is at least one."""
    rows, far = spans[0] % height, (spans[1] - 1) % height
    x, y = int(spans[0][0] // height), int(rows.min())
    return x, y, int(spans[0][-1] // height) + 1 - x, int(far.max()) + 1 - y


def within_columns(starts: Positions, ends: Positions, height: int) -> Spans:
    """Stretches of positions cut where a column ends and the next one begins."""
    first = starts // height
    count = (ends - 1) // height - first + 1
    if (count == 1).all():
        return starts, ends
    which = np.repeat(np.arange(len(starts)), count)
    column = first[which] + np.arange(len(which)) - np.repeat(np.cumsum(count) - count, count)
    return np.maximum(starts[which], column * height), np.minimum(ends[which], (column + 1) * height)


def combined(one: Spans, other: Spans, rule: Rule, height: int) -> Spans:
    """The spans where the rule holds for "in one" and "in other"; it must not hold where both are false."""
    at, in_one, in_other = _states(one, other)
    held = rule(in_one, in_other)
    turns = np.flatnonzero(held != np.concatenate(([False], held[:-1])))
    return within_columns(at[turns[::2]], at[turns[1::2]], height)


def positions(found: Spans) -> Positions:
    """Every single position of the spans, in order."""
    count = found[1] - found[0]
    return np.repeat(found[0] - (np.cumsum(count) - count), count) + np.arange(int(count.sum()))


def shared(one: Spans, other: Spans) -> int:
    """How many pixels both have."""
    at, in_one, in_other = _states(one, other)
    both = in_one & in_other
    return int(np.diff(at)[both[:-1]].sum())


def _states(one: Spans, other: Spans) -> tuple[Positions, NDArray[np.bool_], NDArray[np.bool_]]:
    """Every position where something changes, and what holds from there on; nothing does after the last one."""
    at = np.sort(np.concatenate((*one, *other)))
    at = at[np.concatenate(([True], at[1:] != at[:-1]))]
    # As many ends as starts are behind a position exactly where no span is open.
    in_one, in_other = (
        np.searchsorted(starts, at, side="right") != np.searchsorted(ends, at, side="right")
        for starts, ends in (one, other)
    )
    return at, in_one, in_other
