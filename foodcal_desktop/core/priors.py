"""What is known of a food before its photo is seen: shape, thickness, density and serving, each with its spread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food


class ShapeClass(StrEnum):
    """How a food lies on the plate, which decides how its thickness follows from its area."""

    FLAT = "flat"
    HEAPED = "heaped"
    SOLID = "solid"
    LIQUID = "liquid"
    PIECES = "pieces"


class Provenance(StrEnum):
    """How a prior came about, the most trustworthy first."""

    MEASURED = "measured"
    DERIVED = "derived"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class ShapeRule:
    """``slope``: mass grows as area to this power. ``flat``: how much of the camera's tilt shortens the area (1 for a
    disc, 0 for a ball). ``outline``: the height at which the outline is seen, over the mean thickness. ``fullness``:
    the mean thickness over the greatest height, as a side view shows it."""

    slope: float
    flat: float
    outline: float
    fullness: float


RULES: dict[ShapeClass, ShapeRule] = {
    # A slice or disc: a larger one is not thicker, its outline is its top edge.
    ShapeClass.FLAT: ShapeRule(slope=1.0, flat=1.0, outline=1.0, fullness=0.9),
    # A cone or cap of loose food: a wider heap is also higher; the outline lies on the plate. Cap: 1/2 of its height.
    ShapeClass.HEAPED: ShapeRule(slope=1.25, flat=1.0, outline=0.0, fullness=0.5),
    # An ellipsoid: its height grows with its width, mean thickness 2/3 of the height, outline at half of the height.
    ShapeClass.SOLID: ShapeRule(slope=1.5, flat=1.0, outline=0.75, fullness=0.667),
    # A bowl or cup: the visible surface is a disc at the filling height, the depth grows with the bowl.
    ShapeClass.LIQUID: ShapeRule(slope=1.3, flat=1.0, outline=1.6, fullness=0.6),
    # Equal pieces side by side: twice the area, twice the number.
    ShapeClass.PIECES: ShapeRule(slope=1.0, flat=0.7, outline=0.75, fullness=0.667),
}
"""Geometry by shape class; a food's own prior may carry a slope learned from weighed foods instead."""


HEIGHT_SPREAD = 0.25
"""Standard deviation of log(thickness / (fullness × height)) between foods of one shape: assumed, on the wide side."""


_OTHERS_SERVING_SPREAD = 0.3
"""Least spread of what other people were served. The apples of one shop vary by 0.1; those that were weighed for the
priors and USDA SR's small, medium and large ones (238; 149, 182 and 223 g) lie up to 0.47 apart."""


@dataclass(frozen=True, slots=True)
class Prior:
    """What is known of a food beforehand. Spreads are standard deviations of the logarithm.

    ``thickness_mm`` is volume over area where the corrected area is ``area_cm2``; ``slope`` the power of the area by
    which mass grows. ``serving_g`` and ``serving_spread`` are the usual amount and how much it varies.
    ``serving_is_own`` tells that this person's own portions taught it, ``serving_is_unweighed`` that not even the
    ``weighed`` foods did, for they are too few.
    ``interval_factor`` widens or narrows the 80 % interval to what cross-validation needed.
    """

    shape: ShapeClass
    thickness_mm: float
    thickness_spread: float
    density_g_per_ml: float
    density_spread: float
    serving_g: float
    serving_spread: float
    area_cm2: float
    slope: float
    provenance: Provenance
    source: str
    density_provenance: Provenance = Provenance.ASSUMED
    density_source: str = ""
    interval_factor: float = 1.0
    weighed: int = 0
    outline_height_mm: float | None = None
    measured_fullness: float | None = None
    height_spread: float = HEIGHT_SPREAD
    serving_is_own: bool = False
    serving_is_unweighed: bool = False

    @property
    def rule(self) -> ShapeRule:
        """The geometry of its shape class."""
        return RULES[self.shape]

    @property
    def outline_mm(self) -> float:
        """The height above the plate at which the outline is seen: measured, else by the shape."""
        if self.outline_height_mm is not None:
            return self.outline_height_mm
        return self.rule.outline * self.thickness_mm

    @property
    def fullness(self) -> float:
        """Mean thickness over the height that a side view shows: measured, else by the shape."""
        return self.rule.fullness if self.measured_fullness is None else self.measured_fullness

    @property
    def serving_is_weighed(self) -> bool:
        """Whether weighed portions, one's own or others', say how much the usual amount is."""
        return self.serving_is_own or (self.weighed > 0 and not self.serving_is_unweighed)

    @property
    def usual_serving(self) -> Estimate:
        """The usual amount in g with its interval, where nothing of this plate was measured."""
        spread = self.serving_spread if self.serving_is_own else max(self.serving_spread, _OTHERS_SERVING_SPREAD)
        return Estimate.around(self.serving_g, spread)

    def thickness_at(self, area_cm2: float) -> float:
        """Expected thickness in mm of a portion that covers area_cm2."""
        return self.thickness_mm * float((area_cm2 / self.area_cm2) ** (self.slope - 1))

    @staticmethod
    def from_dict(row: Mapping[str, Any]) -> Prior:
        """From a row of priors.json; slope and area may be left out, and then follow from shape and serving.

        Raises:
            ValueError: a key is missing or unknown, or a value is out of range.
        """
        try:
            values = dict(row)
            shape = ShapeClass(values.pop("shape"))
            values.setdefault("slope", RULES[shape].slope)
            serving_volume = values["serving_g"] / values["density_g_per_ml"]
            values.setdefault("area_cm2", serving_volume / (values["thickness_mm"] / 10))
            for key in ("provenance", "density_provenance"):
                values[key] = Provenance(values.get(key, Provenance.ASSUMED))
            return _checked(Prior(shape=shape, **values))
        except (KeyError, TypeError, ValueError, ZeroDivisionError) as error:
            raise ValueError(f"A portion prior is damaged: {error}.") from error


_POSITIVE = ("thickness_mm", "density_g_per_ml", "serving_g", "area_cm2", "slope", "interval_factor")
_SPREADS = ("thickness_spread", "density_spread", "serving_spread")


def _checked(prior: Prior) -> Prior:
    for name in _POSITIVE:
        if not 0 < getattr(prior, name) < float("inf"):
            raise ValueError(f"{name} must be above 0")
    for name in _SPREADS:
        if not 0 < getattr(prior, name) < 5:
            raise ValueError(f"{name} must lie between 0 and 5")
    return prior


@dataclass(frozen=True, slots=True)
class Priors:
    """Priors by food id, by measured type (a label such as "apple"), by food group, and one for everything else."""

    default: Prior
    groups: Mapping[str, Prior]
    types: Mapping[str, Prior]
    foods: Mapping[str, Prior]

    @staticmethod
    def from_dict(document: Mapping[str, Any]) -> Priors:
        """From the document of priors.json. ``foods`` maps a food id to a prior or to the name of a type.

        Raises:
            ValueError: the document is no set of priors.
        """
        try:
            types = {name: Prior.from_dict(row) for name, row in document["types"].items()}
            foods = {k: types[v] if isinstance(v, str) else Prior.from_dict(v) for k, v in document["foods"].items()}
            groups = {name: Prior.from_dict(row) for name, row in document["groups"].items()}
            return Priors(Prior.from_dict(document["default"]), groups, types, foods)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError(f"These are no portion priors: {error} is missing or of the wrong kind.") from error

    def of(self, food: Food | None, label: str = "") -> Prior:
        """The prior of a food: by its id, else by the type that label names, else by its group, else the default."""
        if food is None:
            return self.types.get(label.strip().lower(), self.default)
        known = self.foods.get(food.id) or self.types.get(label.strip().lower())
        return known if known is not None else _with_food(self.groups.get(food.group, self.default), food)

    def learned(self, foods: Mapping[str, Prior]) -> Priors:
        """With priors learned from weighed entries, by food id, put before all others."""
        return replace(self, foods={**self.foods, **foods})

    def counts(self, foods: Iterable[Food]) -> dict[str, int]:
        """How many of the foods have a measured, a derived and an assumed prior."""
        found = {str(provenance): 0 for provenance in Provenance}
        for food in foods:
            found[str(self.of(food).provenance)] += 1
        return found


# A cup's weight is that of loose food: it tells the density of what is poured or heaped, not of a solid piece.
_BULK_SHAPES = (ShapeClass.HEAPED, ShapeClass.LIQUID)
_DERIVED_DENSITY_SPREAD = 0.12
_DERIVED_NARROWING = 0.85


def _with_food(prior: Prior, food: Food) -> Prior:
    """The group's prior with the food's own serving, and its own density where it holds for the shape."""
    prior = replace(prior, serving_g=food.serving.grams) if food.serving.grams > 0 else prior
    if food.density_g_per_ml is None or prior.shape not in _BULK_SHAPES:
        return prior
    return replace(
        prior,
        density_g_per_ml=food.density_g_per_ml,
        density_spread=_DERIVED_DENSITY_SPREAD,
        density_provenance=Provenance.DERIVED,
        density_source=food.density_source,
        thickness_spread=prior.thickness_spread * _DERIVED_NARROWING,
        provenance=Provenance.DERIVED,
    )
