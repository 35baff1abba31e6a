"""Portions of all annotations of a photo together: they share its scale, and each pixel counts once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.energy import ENERGY
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.overlap import exclusive_by_id
from foodcal_desktop.core.portion import Portion, PortionEstimator, Step
from foodcal_desktop.core.scale import Scale


def estimated(
    annotations: Iterable[Annotation], scale: Scale | None, foods: FoodSearch, estimator: PortionEstimator
) -> dict[str, Annotation]:
    """Every annotation by its id, with the portion of the pixels that are its own; typed values stay."""
    rows = tuple(annotations)
    own = exclusive_by_id(rows)
    return {
        row.id: replace(row, portion=_portion(row, own[row.id], scale, foods.by_id(row.food_id), estimator))
        for row in rows
    }


def _portion(
    annotation: Annotation, mask: Mask, scale: Scale | None, food: Food | None, estimator: PortionEstimator
) -> Portion | None:
    """None without a food, or where other masks cover it wholly. Of a typed weight the other links still follow."""
    old = annotation.portion
    if food is None or mask.area == 0:
        return old if old is not None and (old.typed or food is None) else None
    return _with_typed_steps(estimator.estimate(mask, scale, food), old)


def _with_typed_steps(portion: Portion, old: Portion | None) -> Portion:
    if old is None:
        return portion
    for step in old.steps:
        if step.typed and portion.step(step.name) is not None:
            portion = _with_typed(portion, step)
    energy = old.step(ENERGY)
    portion = replace(portion, steps=(*portion.steps, energy)) if energy and not portion.step(ENERGY) else portion
    # A weight typed before there was a chain is no link of it.
    portion = portion.with_step("mass", old.grams.value) if old.typed and not portion.typed else portion
    return replace(portion, method=old.method) if portion.typed else portion


def _with_typed(portion: Portion, step: Step) -> Portion:
    """The typed link with the words for where it came from."""
    return portion.with_answer(step.name, step.value, step.source)
