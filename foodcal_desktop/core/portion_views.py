"""Several photos of one meal: the height by a side view, the median of tops, what was eaten between two photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp, hypot, log, sqrt
from statistics import median

from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.portion_chain import UNITS, Portion, Step
from foodcal_desktop.core.priors import Prior
from foodcal_desktop.core.scale import Scale

# What a second photo of the same food can average out: the mask's and the camera's error, log grams.
PHOTO_SPREAD = 0.04

_MEDIAN_EFFICIENCY = 1.25


def height_mm(side_mask: Mask, side_scale: Scale) -> float:
    """Height in mm of a food in a side view, by the reference beside it. Raises ValueError without pixels."""
    if side_mask.area == 0:
        raise ValueError("The mask of the side view has no pixels; click on the food again.")
    return side_mask.h * side_scale.mm_per_px


def thickness_by_height(height: float, side_scale: Scale, prior: Prior) -> Estimate:
    """Mean thickness in mm by a side view's height: the food's fullness times the height."""
    return Estimate.around(prior.fullness * height, hypot(prior.height_spread, side_scale.relative_error))


def with_side_view(portion: Portion, side_mask: Mask, side_scale: Scale, prior: Prior) -> Portion:
    """The portion of a top view with the thickness that a side view shows, weighed against what was thought before.

    Raises:
        ValueError: the side view's mask is empty, or the portion has no thickness (it has no scale).
    """
    return with_side_height(portion, height_mm(side_mask, side_scale), side_scale, prior)


def with_side_height(portion: Portion, height: float, side_scale: Scale, prior: Prior) -> Portion:
    """``with_side_view`` for a height in mm. Raises ValueError where the portion has no thickness."""
    seen = thickness_by_height(height, side_scale, prior)
    step = portion.step("thickness")
    if step is None:
        raise ValueError("A side view needs a scale on the top view too; click on a coin, plate or card there.")
    before, after = 1 / max(step.value.spread, 1e-3) ** 2, 1 / seen.spread**2
    value = exp((before * log(step.value.value) + after * log(seen.value)) / (before + after))
    both = Estimate.around(value, sqrt(1 / (before + after)))
    return replace(
        portion.with_measured("thickness", both, f"height by the side view and {step.source}"),
        method=f"{portion.method}, side view",
    )


def median_portion(portions: Sequence[Portion]) -> Portion:
    """Several top views of one food as one: the median, which one bad mask does not move.

    A typed portion wins. What all photos share (thickness, density) stays uncertain; what they do not averages out.

    Raises:
        ValueError: there is no portion.
    """
    if not portions:
        raise ValueError("There is no portion to take the median of.")
    typed = [p for p in portions if p.typed]
    if typed or len(portions) == 1:
        return typed[-1] if typed else portions[0]
    grams = median(p.grams.value for p in portions)
    nearest = min(portions, key=lambda p: abs(log(p.grams.value / grams)))
    spread = median(p.grams.spread for p in portions)
    single = hypot(PHOTO_SPREAD, median(p.scale_error for p in portions))
    saved = min(single, spread) ** 2 * (1 - min(1.0, _MEDIAN_EFFICIENCY / len(portions)))
    estimate = Estimate.around(grams, sqrt(max(spread**2 - saved, (0.3 * spread) ** 2)))
    steps = _rescaled(nearest.steps, grams / nearest.grams.value, estimate)
    shared = nearest.scale_error * sqrt(_MEDIAN_EFFICIENCY / len(portions))
    return Portion(estimate, f"median of {len(portions)} photos, {nearest.method}", steps=steps, scale_error=shared)


def _rescaled(steps: tuple[Step, ...], factor: float, mass: Estimate) -> tuple[Step, ...]:
    """The chain of the photo nearest to the median, its area moved so that the links still multiply to the mass."""
    moved = {"area": None, "volume": None}
    scaled = [replace(s, value=s.value.scaled(factor)) if s.name in moved else s for s in steps]
    return tuple(replace(s, value=mass) if s.name == "mass" else s for s in scaled)


def eaten(before: Portion, after: Portion | None) -> Portion:
    """What was eaten of one food between two photos: before minus after; all of it where nothing is left.

    Raises:
        ValueError: more is left than there was.
    """
    if after is None:
        return replace(before, method=f"all eaten, {before.method}")
    value = before.grams.value - after.grams.value
    if value <= 0:
        raise ValueError("More is left than there was before; check which photo is the first one.")
    # The thickness and scale errors of the two photos are mostly the same: the relative error of the difference stays.
    common = max(before.grams.spread, after.grams.spread)
    own = hypot(PHOTO_SPREAD * before.grams.value, PHOTO_SPREAD * after.grams.value) / value
    grams = Estimate.around(value, hypot(common, own))
    step = Step("mass", grams, UNITS["mass"], f"{before.grams.value:.0f} g before, {after.grams.value:.0f} g after")
    return Portion(grams, "before − after", steps=(step,), scale_error=before.scale_error)
