"""Guesses for weighed foods by the product's own estimator, and what a constant or a bare area would have guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median

from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.portion import Portion, PortionEstimator
from foodcal_desktop.core.portion_views import median_portion, with_side_heights
from foodcal_desktop.core.priors import Priors
from foodcal_desktop.training.portion_view import View


@dataclass(frozen=True, slots=True)
class Guess:
    """An estimate of one weighed food from one photo, a pair of photos or all of a set."""

    food: str
    label: str
    mass_g: float
    grams: Estimate
    clicks: float = 0.0


def guesses_of(rows: Sequence[View], priors: Priors, views: str) -> list[Guess]:
    """Estimates of all foods among rows: per top photo, per top with the set's side views, or per set."""
    by_item: dict[tuple[str, str, str], list[View]] = defaultdict(list)
    for row in rows:
        by_item[(row.food, row.label, row.photo_set)].append(row)
    return [guess for item in by_item.values() for guess in _item_guesses(item, priors, views)]


def _item_guesses(item: Sequence[View], priors: Priors, views: str) -> list[Guess]:
    tops = [v for v in item if v.view == "top"]
    sides = [v for v in item if v.view == "side" and v.scale is not None and v.height_px > 0]
    portions = [_portion(v, priors) for v in tops]
    if views in ("top+side", "all") and sides:
        portions = [_with_sides(p, sides, priors) if p.step("thickness") else p for p in portions]
    if views in ("all-top", "all") and portions:
        return [_guess(tops, median_portion(portions))]
    return [_guess([top], portion) for top, portion in zip(tops, portions, strict=True)]


def _guess(tops: Sequence[View], portion: Portion) -> Guess:
    first = tops[0]
    return Guess(first.food, first.label, first.mass_g, portion.grams, fmean(v.clicks for v in tops))


def _portion(view: View, priors: Priors) -> Portion:
    scale = view.scale if view.area_px > 0 else None
    return PortionEstimator(priors).estimate_area(max(view.area_px, 1), scale, None, view.label)


def _with_sides(portion: Portion, sides: Sequence[View], priors: Priors) -> Portion:
    heights = [side.height_px * side.scale.mm_per_px for side in sides if side.scale is not None]
    return with_side_heights(portion, heights, priors.of(None, sides[0].label))


def baselines(rows: Sequence[View]) -> dict[str, list[Guess]]:
    """The constant (the mean mass of the other foods of the type) and bare k·A, both leaving the food out.

    Where the type has no other food, that of all other foods.
    """
    tops = [row for row in rows if row.view == "top"]
    fixed, area = [], []
    for food in sorted({row.food for row in tops}):
        test = [row for row in tops if row.food == food]
        others = [row for row in tops if row.food != food]
        train = [row for row in others if row.label == test[0].label] or others
        if train:
            fixed += [_constant(row, _mean_mass(train)) for row in test]
            area += [_constant(row, _by_area(row, train)) for row in test]
    return {"fixed": fixed, "area": area}


def _constant(row: View, grams: float) -> Guess:
    return Guess(row.food, row.label, row.mass_g, Estimate.exact(grams))


def _mean_mass(rows: Sequence[View]) -> float:
    return fmean({row.food: row.mass_g for row in rows}.values())


def _by_area(row: View, train: Sequence[View]) -> float:
    if row.scale is None or row.area_px == 0:
        return _mean_mass(train)
    per_food: dict[str, list[float]] = defaultdict(list)
    for other in train:
        if other.scale is not None and other.area_px > 0:
            per_food[other.food].append(other.mass_g / other.scale.area_cm2(other.area_px))
    if not per_food:
        return _mean_mass(train)
    return median(median(ratios) for ratios in per_food.values()) * row.scale.area_cm2(row.area_px)
