"""Bootstrap intervals over photos: objects of one photo are not independent, so photos are drawn, not objects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

DRAWS = 2000
_SEED = 20260101


@dataclass(frozen=True, slots=True)
class Interval:
    """A mean with its 95 % bootstrap interval."""

    value: float
    low: float
    high: float


def bootstrap_mean(values: Sequence[float], groups: Sequence[int], draws: int = DRAWS) -> Interval:
    """The mean of values and its 95 % percentile interval, whole groups (photos) drawn with replacement.

    Raises:
        ValueError: there are no values.
    """
    if not len(values):
        raise ValueError("There are no objects to take a mean of.")
    sums, counts = _by_group(np.asarray(values, np.float64), np.asarray(groups))
    random = np.random.default_rng(_SEED)
    drawn = random.integers(0, len(sums), (draws, len(sums)))
    means = sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1)
    low, high = np.percentile(means, (2.5, 97.5))
    return Interval(float(np.mean(values)), float(low), float(high))


def _by_group(values: NDArray[np.float64], groups: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    _, place = np.unique(groups, return_inverse=True)
    return np.bincount(place, values).astype(np.float64), np.bincount(place).astype(np.int64)
