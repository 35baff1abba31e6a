"""Portions of all annotations of a photo together: they share its scale, and each pixel counts once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.overlap import exclusive_by_id
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.core.scale import Scale


def estimated(annotations: Iterable[Annotation], scale: Scale | None, foods: FoodSearch) -> dict[str, Annotation]:
    """Every annotation by its id, with the portion of the pixels that are its own; typed values stay."""
    rows = tuple(annotations)
    own = exclusive_by_id(rows)
    return {row.id: replace(row, portion=_portion(row, own[row.id], scale, foods)) for row in rows}


def _portion(annotation: Annotation, mask: Mask, scale: Scale | None, foods: FoodSearch) -> Portion | None:
    """None without a food, or where other masks cover it wholly."""
    old, food = annotation.portion, foods.by_id(annotation.food_id)
    if old is not None and (old.typed or food is None):
        return old
    if food is None or mask.area == 0:
        return None
    return _with_typed_steps(foods.estimate(mask, scale, food), old)


def _with_typed_steps(portion: Portion, old: Portion | None) -> Portion:
    for step in old.steps if old else ():
        if step.typed and portion.step(step.name) is not None:
            portion = portion.with_step(step.name, step.value.value)
    return portion
