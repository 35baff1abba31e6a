"""Learning a food's thickness from the kitchen scale: a function of the weighed entries, so removing one undoes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp, hypot, log, sqrt
from statistics import fmean

from foodcal_desktop.core.priors import Prior, Provenance

# How much the thickness of one food varies between helpings, as the logarithm's standard deviation; the weighed
# foods of docs/accuracy.md vary by 0.10 to 0.15 around their type.
HELPING_SPREAD = 0.15

# Grams over area were learned together: what of the density's error is left in their product.
_LEARNED_DENSITY_SPREAD = 0.03
_MIN_SERVINGS = 3


@dataclass(frozen=True, slots=True)
class Weighed:
    """One portion whose grams the user typed from a kitchen scale, and the corrected area in cm² that its photo showed.

    ``entry`` identifies the annotation or diary entry it comes from.

    Raises:
        ValueError: area or grams are not above 0.
    """

    entry: str
    food_id: str
    area_cm2: float
    grams: float

    def __post_init__(self) -> None:
        if not (0 < self.area_cm2 < float("inf") and 0 < self.grams < float("inf")):
            raise ValueError("A weighed portion needs an area and a weight above 0.")


@dataclass(frozen=True, slots=True)
class Learning:
    """What the weighed entries of one food taught: the new prior, and the mean relative error before and after.

    Each entry's error afterwards is that of a prior learned from the others, so it is honest; None with fewer than two.
    """

    food_id: str
    prior: Prior
    error_before: float
    error_after: float | None
    entries: tuple[str, ...]

    def sentence(self, name: str) -> str:
        """The effect for people, about a food of that name."""
        count = len(self.entries)
        start = f"Thickness of {name} is now {self.prior.thickness_mm:.0f} mm from"
        if self.error_after is None:
            return f"{start} 1 weighing; its error was {100 * self.error_before:.0f} %."
        before, after = (f"{100 * error:.0f} %" for error in (self.error_before, self.error_after))
        return f"{start} {count} weighings; its error went from {before} to {after}."


def learn(prior: Prior, weighed: Sequence[Weighed]) -> Prior:
    """The prior after weighed portions: a normal posterior of log thickness, its spread that of the next portion.

    Without any, the prior itself. The usual serving follows the user's own portions from the third on.
    """
    if not weighed:
        return prior
    helping = min(HELPING_SPREAD, prior.thickness_spread)
    before = max(hypot(prior.thickness_spread, prior.density_spread) ** 2 - helping**2, 1e-4)
    seen = fmean(log(w.grams / _grams(prior, w.area_cm2)) for w in weighed)
    left = 1 / (1 / before + len(weighed) / helping**2)
    shift = left * len(weighed) / helping**2 * seen
    return replace(
        _with_servings(prior, weighed),
        thickness_mm=prior.thickness_mm * exp(shift),
        thickness_spread=sqrt(left + helping**2),
        density_spread=min(prior.density_spread, _LEARNED_DENSITY_SPREAD),
        provenance=Provenance.MEASURED,
        source=f"your kitchen scale, {len(weighed)} {'weighing' if len(weighed) == 1 else 'weighings'}",
        weighed=prior.weighed + len(weighed),
        interval_factor=1.0,
        serving_is_unweighed=not prior.serving_is_weighed,
        # The weighed areas were corrected for this height; another one would not be what was learned with.
        outline_height_mm=prior.outline_mm,
    )


def learn_food(food_id: str, prior: Prior, weighed: Sequence[Weighed]) -> Learning:
    """What all weighed entries of one food teach, with the error before and after. Raises ValueError without any."""
    own = [w for w in weighed if w.food_id == food_id]
    if not own:
        raise ValueError("No entry of this food has a typed weight; weigh a portion and type its grams.")
    before = fmean(_error(prior, w) for w in own)
    after = None
    if len(own) > 1:
        after = fmean(_error(learn(prior, [o for o in own if o is not w]), w) for w in own)
    return Learning(food_id, learn(prior, own), before, after, tuple(w.entry for w in own))


def _grams(prior: Prior, area_cm2: float) -> float:
    return prior.density_g_per_ml * prior.thickness_at(area_cm2) / 10 * area_cm2


def _error(prior: Prior, weighed: Weighed) -> float:
    return abs(_grams(prior, weighed.area_cm2) / weighed.grams - 1)


def _with_servings(prior: Prior, weighed: Sequence[Weighed]) -> Prior:
    if len(weighed) < _MIN_SERVINGS:
        return prior
    logs = [log(w.grams) for w in weighed]
    mean, count = fmean(logs), len(logs)
    variance = (sum((x - mean) ** 2 for x in logs) + prior.serving_spread**2) / count
    spread = max(sqrt(variance * (1 + 1 / count)), 0.1)
    return replace(prior, serving_g=exp(mean), serving_spread=spread, serving_is_own=True)
