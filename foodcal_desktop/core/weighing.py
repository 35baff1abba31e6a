"""What was put on the kitchen scale, and the priors that follow from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.core.portion_learning import Learning, Weighed, learn, learn_food
from foodcal_desktop.core.priors import Priors

SOURCE = "your kitchen scale"
"""Where a weighed mass comes from, as the chain says it."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """A portion's weight in g by the kitchen scale, and the real area in cm² that its photo shows.

    ``area_cm2`` is None while the photo has no scale: such a weighing teaches nothing yet. ``photo`` and ``annotation``
    point to what was weighed, or None; ``weighed_at`` is ISO local time.
    """

    id: str
    food_id: str
    grams: float
    area_cm2: float | None = None
    photo: str | None = None
    annotation: str | None = None
    weighed_at: str = ""


def weighed_portion(portion: Portion | None, grams: float) -> Portion:
    """The portion with the mass that the scale showed, which then counts as typed. Raises ValueError at 0 or below."""
    typed = portion.with_step("mass", grams) if portion else Portion.typed_grams(grams)
    steps = tuple(replace(s, source=SOURCE) if s.name == "mass" else s for s in typed.steps)
    return replace(typed, steps=steps, method=SOURCE)


def area_of(portion: Portion | None) -> float | None:
    """The real area in cm² that a portion was measured by, or None without a scale. A typed area is one too."""
    step = portion.step("area") if portion else None
    return step.value.value if step else None


def followed(weighing: Weighing, annotation: Annotation | None) -> Weighing | None:
    """The weighing of an annotation that was changed; None where its weight no longer is what the scale showed."""
    portion = annotation.portion if annotation else None
    if annotation is None or annotation.food_id is None or portion is None:
        return None
    if not portion.typed or abs(portion.grams.value - weighing.grams) > 1e-6:
        return None
    return replace(weighing, food_id=annotation.food_id, area_cm2=area_of(portion))


def learning_of(base: Priors, food: Food, weighings: Iterable[Weighing]) -> Learning | None:
    """What the weighings of a food teach beyond its base prior; None where none of them has an area."""
    known = _weighed(weighings, food.id)
    return learn_food(food.id, base.of(food), known) if known else None


def learned_priors(base: Priors, weighings: Sequence[Weighing], food_of: Callable[[str], Food | None]) -> Priors:
    """The base priors with those of the weighed foods put before them."""
    foods = [food for i in dict.fromkeys(w.food_id for w in weighings) if (food := food_of(i)) is not None]
    learned = {food.id: learn(base.of(food), known) for food in foods if (known := _weighed(weighings, food.id))}
    return base.learned(learned) if learned else base


def _weighed(weighings: Iterable[Weighing], food_id: str) -> list[Weighed]:
    own = [w for w in weighings if w.food_id == food_id]
    return [Weighed(w.id, w.food_id, w.area_cm2, w.grams) for w in own if w.area_cm2 is not None]
