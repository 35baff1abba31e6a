"""Priors fitted to weighed foods: thickness, slope and serving of each type, what few foods cannot tell shared by all.

A food of type k with log mass m on a photo with corrected log area x obeys m = t_k + g·x + e: t_k is normal around the
mean of the types, e the food's own deviation plus the photo's error. The variances are moments of the training foods.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, log, sqrt

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.portion import MASK_SPREAD
from foodcal_desktop.core.priors import RULES, Prior, Priors, Provenance, ShapeClass
from foodcal_desktop.training.portion_heights import with_heights
from foodcal_desktop.training.portion_view import MIN_TYPES, View, alike, log_area, shape_of

Floats = NDArray[np.float64]

SERVING_WEIGHT = 1.0
"""How many foods' worth of belief the common spread of servings has beside a type's own foods."""

_MIN_FOOD_SPREAD = 0.02
_DENSITY_SPREAD = 0.03
_MIN_SERVING_SPREAD = 0.03


@dataclass(frozen=True, slots=True)
class _Food:
    label: str
    log_mass: float
    log_density: float
    log_areas: Floats
    scale_variance: float
    outline_mm: float

    @property
    def log_area(self) -> float:
        return float(np.median(self.log_areas))


@dataclass(frozen=True, slots=True)
class _Common:
    """What all types share: slopes by shape, the photo's variance of log area, the foods' variance, servings."""

    photo_variance: float
    food_variance: float
    serving_variance: float
    levels: Mapping[str, float]
    by_shape: Mapping[ShapeClass, tuple[float, float]]


def fit_priors(views: Sequence[View], base: Priors, labels: Sequence[str] = ()) -> Priors:
    """``base`` with a measured prior for each type among the views, and for each of labels that has none of its own.

    The latter is pooled over all types of the same shape. Only top views with a scale teach areas.

    Raises:
        ValueError: there are fewer than two usable foods.
    """
    foods = _foods([v for v in views if v.view == "top" and v.scale is not None and v.area_px > 0])
    if len(foods) < 2:
        raise ValueError("At least two weighed foods with a top view and a scale reference are needed.")
    common = _common(foods)
    names = sorted({food.label for food in foods} | set(labels))
    fitted = {name: _type_prior(name, foods, common) for name in names}
    return replace(base, types={**base.types, **with_heights(fitted, views)})


def outline_height(label: str, views: Sequence[View]) -> float:
    """The height of a type's outline in mm: the shape's rule times volume over uncorrected area."""
    thickness = [10 * v.volume_ml / v.scale.area_cm2(v.area_px) for v in views if v.scale is not None]
    return RULES[shape_of(label)].outline * float(np.median(thickness))


def _foods(views: Sequence[View]) -> list[_Food]:
    by_label: dict[str, list[View]] = defaultdict(list)
    for view in views:
        by_label[view.label].append(view)
    outlines = {label: outline_height(label, rows) for label, rows in by_label.items()}
    by_food: dict[str, list[View]] = defaultdict(list)
    for view in views:
        by_food[view.food].append(view)
    return [_food(rows, outlines[rows[0].label]) for rows in by_food.values()]


def _food(rows: Sequence[View], outline_mm: float) -> _Food:
    first = rows[0]
    areas = np.array([log_area(row, outline_mm) for row in rows])
    errors = [(2 * row.scale.relative_error) ** 2 for row in rows if row.scale is not None]
    return _Food(
        first.label, log(first.mass_g), log(first.mass_g / first.volume_ml), areas, float(np.mean(errors)), outline_mm
    )


def _slope(label: str) -> float:
    return RULES[shape_of(label)].slope


def _level(food: _Food) -> float:
    return food.log_mass - _slope(food.label) * food.log_area


def _grouped(foods: Sequence[_Food]) -> dict[str, list[_Food]]:
    found: dict[str, list[_Food]] = defaultdict(list)
    for food in foods:
        found[food.label].append(food)
    return found


def _common(foods: Sequence[_Food]) -> _Common:
    groups = _grouped(foods)
    photo = _robust_variance([food.log_areas for food in foods], MASK_SPREAD**2)
    own = _pooled_variance([np.array([_level(f) for f in group]) for group in groups.values()], 0.1**2)
    from_photos = float(np.mean([_slope(f.label) ** 2 * photo / len(f.log_areas) for f in foods]))
    serving = _pooled_variance([np.array([f.log_mass for f in group]) for group in groups.values()], 0.2**2)
    levels = {label: float(np.mean([_level(f) for f in group])) for label, group in groups.items()}
    shapes = {shape: _level_of_types(shape, levels) for shape in ShapeClass}
    return _Common(photo, max(own - from_photos, _MIN_FOOD_SPREAD**2), serving, levels, shapes)


def _level_of_types(shape: ShapeClass, levels: Mapping[str, float]) -> tuple[float, float]:
    """Mean and variance of the levels of the types of one shape; of little use, so wide, for fewer than four."""
    own = [level for label, level in levels.items() if shape_of(label) is shape]
    if len(own) < MIN_TYPES:
        return (float(np.mean(own)) if own else 0.0), 1.0
    return float(np.median(own)), float(np.var(own, ddof=1))


def _pooled_variance(groups: Sequence[Floats], default: float) -> float:
    """The variance within groups, their means taken out; the default where no group has two members."""
    degrees = sum(len(g) - 1 for g in groups)
    return float(sum(((g - g.mean()) ** 2).sum() for g in groups)) / degrees if degrees else default


def _robust_variance(groups: Sequence[Floats], default: float) -> float:
    """The variance around the groups' medians, deviations beyond 2.5 robust standard deviations cut to that.

    One mask of half a food would else make every photo look so unsure that only the usual serving counts.
    """
    several = [group for group in groups if len(group) > 1]
    if not several:
        return default
    stray = np.concatenate([(g - np.median(g)) * sqrt(len(g) / (len(g) - 1)) for g in several])
    limit = 2.5 * 1.4826 * float(np.median(np.abs(stray[stray != 0]))) if stray.any() else 0.0
    return max(float((np.clip(stray, -limit, limit) ** 2).mean()), 1e-6)


def _type_prior(label: str, foods: Sequence[_Food], common: _Common) -> Prior:
    own = [food for food in foods if food.label == label]
    if not own:
        return _pooled_prior(label, foods, common)
    slope, count = _slope(label), len(own)
    variance = common.food_variance + slope**2 * common.photo_variance / 4
    mean, between = common.by_shape[shape_of(label)]
    weight = between / (between + variance / count)
    level = weight * common.levels[label] + (1 - weight) * mean
    serving = np.array([food.log_mass for food in own])
    spread = (float(((serving - serving.mean()) ** 2).sum()) + SERVING_WEIGHT * common.serving_variance) / (
        count - 1 + SERVING_WEIGHT
    )
    return _prior(label, own, common, level, between * (1 - weight), float(serving.mean()), spread * (1 + 1 / count))


def _pooled_prior(label: str, foods: Sequence[_Food], common: _Common) -> Prior:
    """For a type that no training food has: the middle of the types like it, and their whole spread."""
    chosen = set(alike(label, sorted({food.label for food in foods})))
    own = [food for food in foods if food.label in chosen]
    groups = _grouped(own)
    levels = [float(np.mean([f.log_mass - _slope(label) * f.log_area for f in g])) for g in groups.values()]
    servings = [float(np.mean([f.log_mass for f in g])) for g in groups.values()]
    return _prior(
        label, own, common, float(np.median(levels)), float(np.var(levels)) + 0.05**2,
        float(np.mean(servings)), float(np.var(servings)) + common.serving_variance,
    )  # fmt: skip


def _prior(
    label: str, own: Sequence[_Food], common: _Common, level: float, level_variance: float,
    log_serving: float, serving_variance: float,
) -> Prior:  # fmt: skip
    shape, slope = shape_of(label), _slope(label)
    area = exp(float(np.mean([food.log_area for food in own])))
    density = exp(float(np.mean([food.log_density for food in own])))
    grams = exp(level + slope * log(area))
    known = MASK_SPREAD**2 + float(np.mean([food.scale_variance for food in own]))
    spread = level_variance + common.food_variance + slope**2 * (common.photo_variance - known) - _DENSITY_SPREAD**2
    thickness = 10 * grams / density / area
    return Prior(
        shape=shape,
        thickness_mm=thickness,
        thickness_spread=sqrt(max(spread, _MIN_FOOD_SPREAD**2)),
        density_g_per_ml=density,
        density_spread=_DENSITY_SPREAD,
        serving_g=exp(log_serving),
        serving_spread=sqrt(max(serving_variance, _MIN_SERVING_SPREAD**2)),
        area_cm2=area,
        slope=slope,
        provenance=Provenance.MEASURED,
        source=f"{len(own)} weighed foods",
        density_provenance=Provenance.MEASURED,
        density_source=f"mass over volume of {len(own)} weighed foods",
        weighed=len(own),
        outline_height_mm=float(np.mean([food.outline_mm for food in own])),
    )


def conformal_factor(scores: Sequence[Sequence[float]]) -> float:
    """By how much intervals must be stretched so that 80 % hold the weighed mass, each food counting alike.

    ``scores`` holds, per food, the absolute log errors over the half width that the model claimed.
    """
    weighted = sorted((score, 1 / len(row)) for row in scores for score in row)
    goal = 0.8 * (len(scores) + 1)
    total = 0.0
    for score, weight in weighted:
        total += weight
        if total >= goal:
            return max(score, 0.3)
    return max(weighted[-1][0], 0.3) if weighted else 1.0
