"""One item of a meal by all photos that show it: what lay on the plate, what was left, what was eaten."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import hypot

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.energy import ENERGY
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.meal_photos import PhotoItems, View
from foodcal_desktop.core.portion import Measurement, Portion, PortionEstimator, measure
from foodcal_desktop.core.portion_views import eaten, height_mm, median_portion, with_side_heights
from foodcal_desktop.core.priors import Prior
from foodcal_desktop.core.scale import Scale

# Typed on the main photo, these hold for the food wherever it is seen.
_OF_THE_FOOD = ("thickness", "density")
_MORE = "More is left than there was before; check which photo is the first one."

# Typed, these say how much there is, so that no other photo can say it better.
_OF_THE_AMOUNT = ("area", "volume", "mass")


@dataclass(frozen=True, slots=True)
class Counted:
    """What counts of an item: ``eaten`` is ``plate`` less ``left``.

    ``sources`` tell for people which photos said what; ``missing`` what a photo of the meal cannot say, and why.
    """

    plate: Portion
    eaten: Portion
    left: Portion | None = None
    sources: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Seen:
    """The masks that a photo has of one item: usually one, several where it lies in pieces."""

    photo: PhotoItems
    masks: tuple[Annotation, ...]

    @property
    def view(self) -> View:
        """From where it is seen; the main photo sees it from above."""
        return self.photo.link.view if self.photo.link else View.TOP

    @property
    def scale(self) -> Scale | None:
        """The photo's scale."""
        return self.photo.scale

    @property
    def area_px(self) -> float:
        """The pixels that are the item's own."""
        return sum(_own_pixels(mask) for mask in self.masks)

    def height_mm(self) -> float | None:
        """The height in mm that a side view shows, None without a scale."""
        return max(height_mm(mask.mask, self.scale) for mask in self.masks) if self.scale else None

    @property
    def typed(self) -> Portion | None:
        """The weight that was typed for all its masks on this photo, or None."""
        portions = [mask.portion for mask in self.masks if mask.portion and mask.portion.typed]
        if not portions or len(portions) < len(self.masks):
            return None
        return portions[0] if len(portions) == 1 else Portion.typed_grams(sum(p.grams.value for p in portions))


def counted(
    own: Annotation, main: PhotoItems, seen: Sequence[Seen], food: Food, estimator: PortionEstimator
) -> Counted:
    """An item of the main photo, whose own portion is known, by all photos that show it; ``seen`` are the further ones.

    Raises:
        ValueError: the item has no portion.
    """
    if own.portion is None:
        raise ValueError("The item has no portion; say what food it is first.")
    prior = estimator.priors.of(food)
    tops = [s for s in seen if s.view is View.TOP]
    plate, sources = _by_tops(own.portion, main, tops, food, estimator)
    plate, heights = _by_sides(plate, [s for s in seen if s.view is View.SIDE], prior)
    first = [Seen(main, (own,)), *tops]
    left, after, missing = _left_over(plate, first, [s for s in seen if s.view is View.AFTER], prior)
    unscaled = tuple(_without_scale(s) for s in seen if s.view is not View.AFTER and s.scale is None)
    more = (_MORE,) if left and left.grams.value > plate.grams.value else ()
    said = (*sources, *heights, *after)
    return Counted(plate, eaten(plate, left) if left else plate, left, said, (*unscaled, *missing, *more))


def _by_tops(
    own: Portion, main: PhotoItems, tops: Sequence[Seen], food: Food, estimator: PortionEstimator
) -> tuple[Portion, tuple[str, ...]]:
    """The median of all views from above that have a scale; what was typed of the amount stays."""
    if own.typed or any(s.typed for s in own.steps if s.name in _OF_THE_AMOUNT):
        return own, ()
    portions = [(main.name, own), *((s.photo.name, _top(s, own, food, estimator)) for s in tops)]
    scaled = [(n, p) for n, p in portions if p.typed or p.step("area")] or portions[:1]
    if len(scaled) < 2:
        name, portion = scaled[0]
        return portion, () if portion is own else (f"measured on {name}",)
    names = ", ".join(name for name, _ in scaled)
    typed = [name for name, portion in scaled if portion.typed]
    said = f"weight typed on {typed[-1]}" if typed else f"median of {len(scaled)} photos: {names}"
    portion = median_portion([p for _, p in scaled])
    steps = tuple(replace(s, source=f"{said}; {s.source}") if s.name == "area" else s for s in portion.steps)
    # The energy that was said of the item is no photo's, whichever of them counts.
    energy = tuple(s for s in own.steps if s.name == ENERGY and portion.step(ENERGY) is None)
    return replace(portion, steps=(*steps, *energy)), (said,)


def _top(seen: Seen, own: Portion, food: Food, estimator: PortionEstimator) -> Portion:
    """The item by one further view from above, with what was typed of the food on the main photo."""
    if seen.typed is not None:
        return seen.typed
    portion = estimator.estimate_area(max(round(seen.area_px), 1), seen.scale, food)
    for step in own.steps:
        if step.typed and step.name in _OF_THE_FOOD and portion.step(step.name):
            portion = portion.with_step(step.name, step.value.value)
    return portion


def _by_sides(plate: Portion, sides: Sequence[Seen], prior: Prior) -> tuple[Portion, tuple[str, ...]]:
    step = plate.step("thickness")
    heights = [(s.photo.name, h) for s in sides if (h := s.height_mm()) is not None and h > 0]
    if plate.typed or step is None or step.typed or not heights:
        return plate, ()
    higher = with_side_heights(plate, [h for _, h in heights], prior)
    said = ", ".join(f"{h:.0f} mm high on {name}" for name, h in heights)
    steps = tuple(replace(s, source=f"{said}; {s.source}") if s.name == "thickness" else s for s in higher.steps)
    return replace(higher, steps=steps), (said,)


def _left_over(
    plate: Portion, first: Sequence[Seen], after: Sequence[Seen], prior: Prior
) -> tuple[Portion | None, tuple[str, ...], tuple[str, ...]]:
    """What the last photo of the leftovers shows of the item, with its source, or what is missing to say it."""
    if not after:
        return None, (), ()
    last = after[-1]
    if last.typed is not None:
        return last.typed, (f"{last.typed.grams.value:.0f} g left, typed on {last.photo.name}",), ()
    before = next((m for seen in first if (m := _measured(seen, prior)) is not None), None)
    now = _measured(last, prior)
    if now is None:
        return None, (), (_without_scale(last),)
    if before is None:
        return None, (), (_without_scale(first[0]),)
    left = _scaled(plate, before, now, prior)
    return left, (f"{left.grams.value:.0f} g left on {last.photo.name}",), ()


def _scaled(plate: Portion, before: Measurement, now: Measurement, prior: Prior) -> Portion:
    """The leftovers of a plate: in proportion to what both photos measure, so that the food's own error cancels out.

    No usual serving is asked: leftovers are none.
    """
    own = prior.slope * hypot(before.area_spread, now.area_spread)
    value = plate.grams.value * now.grams / before.grams
    return Portion(Estimate.around(value, hypot(plate.grams.spread, own)), "in proportion to the first photo")


def _measured(seen: Seen, prior: Prior) -> Measurement | None:
    return measure(max(seen.area_px, 1), seen.scale, prior) if seen.scale else None


def _own_pixels(annotation: Annotation) -> float:
    step = annotation.portion.step("pixels") if annotation.portion else None
    return step.value.value if step else float(annotation.mask.area)


def _without_scale(seen: Seen) -> str:
    return f"{seen.photo.name} has no scale, so it says nothing of the amount; click its coin, card or plate (S)."
