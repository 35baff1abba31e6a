"""How full a food's height is: the mean thickness over what a side view shows, fitted to weighed foods."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import exp, log, sqrt
from statistics import fmean, median

import numpy as np

from foodcal_desktop.core.priors import HEIGHT_SPREAD, Prior
from foodcal_desktop.training.portion_view import MIN_TYPES, View, alike, log_area, shape_of

_MIN_SPREAD = 0.05


def with_heights(priors: Mapping[str, Prior], views: Sequence[View]) -> dict[str, Prior]:
    """The priors with the fullness of their type, drawn toward that of their shape where few foods tell it.

    Without side views the priors as they are.
    """
    ratios = _ratios(priors, views)
    if not ratios:
        return dict(priors)
    between = {label: _between(label, ratios) for label in priors}
    levels = {label: fmean(of_food.values()) for label, of_food in ratios.items()}
    return {label: _with_height(label, prior, ratios, levels, between[label]) for label, prior in priors.items()}


def _ratios(priors: Mapping[str, Prior], views: Sequence[View]) -> dict[str, dict[str, float]]:
    """By label and food: log of volume over area × height, volume by mass over the type's density."""
    areas: dict[tuple[str, str], list[float]] = defaultdict(list)
    heights: dict[tuple[str, str], list[float]] = defaultdict(list)
    masses = {(v.label, v.food): v.mass_g for v in views}
    for view in views:
        if view.scale is None or view.label not in priors or min(view.area_px, view.height_px) <= 0:
            continue
        if view.view == "top":
            areas[view.label, view.food].append(log_area(view, priors[view.label].outline_mm))
        elif view.view == "side":
            heights[view.label, view.food].append(log(view.height_px * view.scale.mm_per_px))
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for key in areas.keys() & heights.keys():
        volume = log(10 * masses[key] / priors[key[0]].density_g_per_ml)
        found[key[0]][key[1]] = volume - fmean(areas[key]) - fmean(heights[key])
    return found


def _between(label: str, ratios: Mapping[str, Mapping[str, float]]) -> float:
    """The foods' variance within types of the label's shape: an orange's height tells more than a bun's."""
    groups = {name: list(of_food.values()) for name, of_food in ratios.items()}
    near = [group for name, group in groups.items() if shape_of(name) is shape_of(label)]
    return _pooled(near if sum(len(g) - 1 for g in near) >= MIN_TYPES else list(groups.values()))


def _pooled(groups: Sequence[Sequence[float]]) -> float:
    degrees = sum(len(g) - 1 for g in groups)
    total = sum(float(((np.array(g) - fmean(g)) ** 2).sum()) for g in groups if g)
    return total / degrees if degrees > 0 else HEIGHT_SPREAD**2


def _with_height(
    label: str,
    prior: Prior,
    ratios: Mapping[str, Mapping[str, float]],
    levels: Mapping[str, float],
    between: float,
) -> Prior:
    near = [levels[name] for name in alike(label, sorted(levels))]
    own = ratios.get(label, {})
    if not own and not near:
        return prior
    spread = float(np.var(near, ddof=1)) if len(near) >= MIN_TYPES else 1.0
    weight = spread / (spread + between / len(own)) if own else 0.0
    level = weight * levels.get(label, 0.0) + (1 - weight) * (median(near) if near else 0.0)
    left = spread * (1 - weight) if own else spread
    return replace(
        prior,
        measured_fullness=exp(level),
        height_spread=sqrt(max(between + left, _MIN_SPREAD**2)),
    )
