"""Several photos of one meal: the height by a side view, the median of tops, what was eaten between two photos."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import exp, hypot, log, sqrt
from statistics import median

from foodcal_desktop.core.estimate import Z80, Estimate
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.portion_chain import UNITS, Portion, Step
from foodcal_desktop.core.priors import Prior
from foodcal_desktop.core.scale import Scale

# What a second photo of the same food can average out: the mask's and the camera's error, log grams.
PHOTO_SPREAD = 0.04

# The error of the height in one side view, log mm: the reference stands nearer or farther than the food, which makes
# 0.12 on the weighed foods; twice that keeps a height of a kind of food that nobody weighed from counting too much.
SIDE_PHOTO_SPREAD = 0.25

_MEDIAN_EFFICIENCY = 1.25


def height_mm(side_mask: Mask, side_scale: Scale) -> float:
    """Height in mm of a food in a side view, by the reference beside it. Raises ValueError without pixels."""
    if side_mask.area == 0:
        raise ValueError("The mask of the side view has no pixels; click on the food again.")
    return side_mask.h * side_scale.mm_per_px


def thickness_by_heights(heights: Sequence[float], prior: Prior) -> Estimate:
    """Mean thickness in mm by the heights in mm of one or more side views: the food's fullness times their median.

    Raises:
        ValueError: there is no height, or one is not above 0.
    """
    if not heights or min(heights) <= 0:
        raise ValueError("A side view needs a height above 0; click on the food in it again.")
    efficiency = _MEDIAN_EFFICIENCY if len(heights) > 2 else 1.0
    photos = SIDE_PHOTO_SPREAD * sqrt(efficiency / len(heights))
    return Estimate.around(prior.fullness * median(heights), hypot(prior.height_spread, photos))


def with_side_heights(portion: Portion, heights: Sequence[float], prior: Prior) -> Portion:
    """The portion of a top view with the thickness that side views show, weighed against what was thought before.

    Of the heights in mm of one or more side views the median counts.

    Raises:
        ValueError: the portion has no thickness, or a height is not above 0.
    """
    seen = thickness_by_heights(heights, prior)
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
    """What was eaten of one food between two photos: before minus after, never below zero; all where nothing is left.

    What both weights err by together (the food's thickness and density) stays relative to the difference; what each
    errs by alone (its mask, its photo's scale) counts in full. A weight that is exact errs by nothing.
    """
    if after is None:
        return replace(before, method=f"all eaten, {before.method}")
    grams = _difference(before.grams, after.grams)
    source = f"{before.grams.value:.0f} g before, {after.grams.value:.0f} g after"
    step = Step("mass", grams, UNITS["mass"], source)
    return Portion(grams, "before − after", steps=(step,), scale_error=before.scale_error)


def _difference(before: Estimate, after: Estimate) -> Estimate:
    exact = before.is_exact or after.is_exact
    common = 0.0 if exact else min(before.spread, after.spread)
    value, difference = max(before.value - after.value, 0.0), before.value - after.value
    halves = [
        _halves(value, common),
        _halves(before.value, _own_spread(before, common)),
        _halves(after.value, _own_spread(after, common))[::-1],
    ]
    below, above = hypot(*(h[0] for h in halves)), hypot(*(h[1] for h in halves))
    low = min(max(difference - below, 0.0), value)
    # More than there was cannot have been eaten.
    return Estimate(value, low, max(min(difference + above, before.high), value))


def _own_spread(mass: Estimate, common: float) -> float:
    """What a weight errs by alone: at least what a second photo can average out."""
    return 0.0 if mass.is_exact else max(sqrt(max(mass.spread**2 - common**2, 0.0)), PHOTO_SPREAD)


def _halves(value: float, spread: float) -> tuple[float, float]:
    """Half widths (below, above) of an 80 % interval of a value whose logarithm errs by spread."""
    return value * (1 - exp(-Z80 * spread)), value * (exp(Z80 * spread) - 1)
