"""The portion: how many grams lie on this plate, by which chain of steps, and how far that can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import cos, exp, hypot, log, radians, sqrt

from foodcal_desktop.core.energy import kcal_of
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.portion_chain import UNITS, USUAL_SERVING, WEIGHED_BEFORE, Portion, Step
from foodcal_desktop.core.priors import Prior, Priors
from foodcal_desktop.core.scale import Scale

__all__ = ["Portion", "PortionEstimator", "Step", "fixed_serving_sentence", "kcal_estimate"]

MASK_SPREAD = 0.05
"""Standard deviation of the logarithm of a mask's area on one photo: where its edge is, how the food is turned."""

_MIN_SPREAD = 0.02


@dataclass(frozen=True, slots=True)
class Measurement:
    """A portion's corrected area and what its prior makes of it: log-normal, before any serving is asked."""

    area_cm2: float
    area_spread: float
    scale_spread: float
    thickness_mm: float
    grams: float
    spread: float


def measure(area_px: float, scale: Scale, prior: Prior) -> Measurement:
    """Density × thickness × area of a mask of area_px, with the spread of its logarithm.

    The scale's error enters the area squared; in the thickness it is damped or raised by the prior's slope.
    """
    area = scale.area_cm2(area_px, prior.outline_mm, prior.rule.flat)
    thickness = prior.thickness_at(area)
    scale_spread = 2 * scale.relative_error
    area_spread = hypot(scale_spread, MASK_SPREAD)
    spread = hypot(prior.thickness_spread, prior.density_spread, prior.slope * area_spread)
    grams = prior.density_g_per_ml * thickness / 10 * area
    return Measurement(area, area_spread, scale_spread, thickness, grams, spread)


def shrunk(measured: Measurement, prior: Prior) -> tuple[float, float, float]:
    """Grams between the measurement and the usual serving, the spread left, and the measurement's weight (0 to 1).

    Each is weighed by its precision: the mean and deviation of the product of two normal densities of log grams.
    """
    weight = prior.serving_spread**2 / (prior.serving_spread**2 + measured.spread**2)
    grams = exp(weight * log(measured.grams) + (1 - weight) * log(prior.serving_g))
    return grams, sqrt(weight) * measured.spread, weight


@dataclass(frozen=True, slots=True)
class PortionEstimator:
    """Grams from a mask, a scale and what is known of the food beforehand."""

    priors: Priors

    def estimate(self, mask: Mask, scale: Scale | None, food: Food | None, label: str = "") -> Portion:
        """The portion of a mask with its chain; without a scale one usual portion, and so it says.

        ``label`` names the food where the table has no row for it.

        Raises:
            ValueError: the mask is empty.
        """
        if mask.area == 0:
            raise ValueError("The mask has no pixels; click on the food again.")
        return self.estimate_area(mask.area, scale, food, label)

    def estimate_area(self, area_px: int, scale: Scale | None, food: Food | None, label: str = "") -> Portion:
        """``estimate`` for a mask of which only the area in px is known."""
        prior = self.priors.of(food, label)
        if scale is None:
            return _serving_portion(area_px, prior, food)
        measured = measure(area_px, scale, prior)
        grams, spread, weight = shrunk(measured, prior)
        estimate = Estimate.around(grams, spread * prior.interval_factor)
        steps = _chain(area_px, scale, prior, measured, estimate, weight)
        shared = weight * prior.slope * measured.scale_spread
        return Portion(estimate, f"area × thickness × density, {scale.reference}", steps=steps, scale_error=shared)


def _serving_portion(area_px: int, prior: Prior, food: Food | None) -> Portion:
    """One portion as such foods were weighed, else one serving of the food table, as it stands beside it."""
    weighed = prior.serving_is_weighed
    if not weighed and food is not None and food.serving.grams > 0:
        # What a prior was derived from is a whole piece, of which a photo may show a slice: a melon of 4.5 kg.
        prior = replace(prior, serving_g=food.serving.grams)
    estimate = prior.usual_serving
    steps = (
        Step("pixels", Estimate.exact(area_px), UNITS["pixels"], "the mask"),
        Step("mass", estimate, UNITS["mass"], WEIGHED_BEFORE if weighed else USUAL_SERVING),
    )
    return Portion(estimate, "serving prior: no scale", steps=steps)


def _chain(
    area_px: int, scale: Scale, prior: Prior, measured: Measurement, mass: Estimate, weight: float
) -> tuple[Step, ...]:
    """The links whose product is the mass: what the serving drew it by is shown in the thickness."""
    area = Estimate.around(measured.area_cm2, measured.area_spread)
    density = Estimate.around(prior.density_g_per_ml, prior.density_spread)
    volume_ml = mass.value / prior.density_g_per_ml
    thickness_mm = 10 * volume_ml / measured.area_cm2
    left = mass.spread**2 - density.spread**2 - area.spread**2
    thickness = Estimate.around(thickness_mm, sqrt(max(left, _MIN_SPREAD**2)))
    volume = Estimate.around(volume_ml, sqrt(max(mass.spread**2 - density.spread**2, _MIN_SPREAD**2)))
    values = {"area": area, "thickness": thickness, "volume": volume, "density": density, "mass": mass}
    sources = {
        "area": _area_source(scale, prior),
        "thickness": _thickness_source(prior, measured, weight),
        "volume": "area × thickness",
        "density": f"{prior.density_provenance}: {prior.density_source or prior.source}",
        "mass": "volume × density",
    }
    pixels = Step("pixels", Estimate.exact(area_px), UNITS["pixels"], "the mask")
    return (pixels, *(Step(name, value, UNITS[name], sources[name]) for name, value in values.items()))


def _area_source(scale: Scale, prior: Prior) -> str:
    parts = [f"{scale.reference}: {scale.mm_per_px:.3f} mm per px"]
    if cos(radians(scale.tilt_deg)) < 0.995:
        parts.append(f"camera tilted by {scale.tilt_deg:.0f}°")
    if scale.parallax(prior.outline_mm) > 1.01:
        parts.append(f"nearer to the camera than the reference by {prior.outline_mm:.0f} mm")
    return ", ".join(parts)


def _thickness_source(prior: Prior, measured: Measurement, weight: float) -> str:
    base = f"{prior.provenance}: {prior.source}; {measured.thickness_mm:.0f} mm at this area"
    return base if weight > 0.99 else f"{base}, drawn {1 - weight:.0%} toward a serving of {prior.serving_g:.0f} g"


def kcal_estimate(portion: Portion, food: Food) -> Estimate:
    """Energy in kcal of a portion of a food: its grams times the kcal of one gram, unsure where fat may hide."""
    return kcal_of(portion, food)


def fixed_serving_sentence(portion: Portion, food: Food) -> str:
    """What an app with fixed servings would have logged, beside what the photo says."""
    fixed = food.serving.grams * food.kcal_per_g
    mine = kcal_estimate(portion, food).value
    return f"A fixed serving says {fixed:.0f} kcal ({food.serving.grams:.0f} g), your photo says {mine:.0f} kcal."
