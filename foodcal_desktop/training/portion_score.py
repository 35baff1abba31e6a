"""Scores of portion guesses: every food counts alike, however many photos it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import fmean, median
from typing import Any

import numpy as np

from foodcal_desktop.training.portion_predict import Guess

SIZE_VARIED = ("grape", "mango", "mooncake", "peach", "plum", "qiwi")
"""The types of the portion data whose portions differ by more than a third of their mean."""

DRAWS = 2000
_SEED = 20260101


def document(guesses: Sequence[Guess], baselines: Mapping[str, Sequence[Guess]], seconds: float) -> dict[str, Any]:
    """The JSON document, errors as ratios: of all foods, each type and the size-varied ones, with the baselines."""
    labels = sorted({guess.label for guess in guesses})
    varied = [label for label in labels if label in SIZE_VARIED]
    return {
        **_section(guesses, baselines),
        "ci95": _interval(guesses),
        "by_type": {label: _section(_of(guesses, [label]), _each(baselines, [label])) for label in labels},
        "size_varied": _section(_of(guesses, varied), _each(baselines, varied)) if varied else None,
        "clicks_per_food": fmean(g.clicks for g in guesses),
        "seconds_per_photo": seconds,
    }


def _of(guesses: Sequence[Guess], labels: Sequence[str]) -> list[Guess]:
    return [g for g in guesses if g.label in labels]


def _each(baselines: Mapping[str, Sequence[Guess]], labels: Sequence[str]) -> dict[str, list[Guess]]:
    return {name: _of(rows, labels) for name, rows in baselines.items()}


def _section(guesses: Sequence[Guess], baselines: Mapping[str, Sequence[Guess]]) -> dict[str, Any]:
    errors = _errors(guesses)
    absolute = [fmean(abs(e) for e in row) for row in errors]
    return {
        "foods": len(errors),
        "mape": fmean(absolute),
        "median_ape": median(absolute),
        "bias": fmean(fmean(row) for row in errors),
        "within20": fmean(fmean(abs(e) <= 0.2 for e in row) for row in errors),
        "coverage80": _coverage(guesses),
        "baselines": {name: _mape(rows) for name, rows in baselines.items()},
    }


def _mape(guesses: Sequence[Guess]) -> float | None:
    return fmean(fmean(abs(e) for e in row) for row in _errors(guesses)) if guesses else None


def _by_food(guesses: Sequence[Guess]) -> list[list[Guess]]:
    found: dict[str, list[Guess]] = defaultdict(list)
    for guess in guesses:
        found[guess.food].append(guess)
    return list(found.values())


def _errors(guesses: Sequence[Guess]) -> list[list[float]]:
    """Per food, the relative errors of its estimates."""
    return [[g.grams.value / g.mass_g - 1 for g in rows] for rows in _by_food(guesses)]


def _coverage(guesses: Sequence[Guess]) -> float:
    held = [[g.grams.low <= g.mass_g <= g.grams.high for g in rows] for rows in _by_food(guesses)]
    return fmean(fmean(row) for row in held)


def _interval(guesses: Sequence[Guess]) -> list[float]:
    """The 95 % interval of the mean error, foods drawn with replacement."""
    means = np.array([fmean(abs(e) for e in row) for row in _errors(guesses)])
    drawn = np.random.default_rng(_SEED).integers(0, len(means), (DRAWS, len(means)))
    low, high = np.percentile(means[drawn].mean(axis=1), (2.5, 97.5))
    return [float(low), float(high)]
