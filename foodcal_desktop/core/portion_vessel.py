"""Bowls, cups and glasses: their volume by rim, depth and filling, instead of a mask's area times a thickness."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from math import hypot, pi
from typing import Any

from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.portion_chain import UNITS, Portion, Step
from foodcal_desktop.core.priors import Prior

CYLINDER, BOWL, CONE = 1.0, 0.6, 1.0 / 3.0
"""``roundness``: a vessel's volume over that of the cylinder around it. A paraboloid has 0.5, usual bowls about 0.6."""

ASSUMED_DEPTH_OF_RIM = 0.42
"""Depth over rim diameter of rice and soup bowls (rims 11 to 18 cm, depths 5 to 7 cm): assumed."""

_TYPED_SPREAD, _DEPTH_SPREAD = 0.03, 0.18


@dataclass(frozen=True, slots=True)
class Vessel:
    """One of the user's bowls, cups or plates, measured once and remembered: inner rim and depth in mm."""

    name: str
    rim_mm: float
    depth_mm: float | None = None
    roundness: float = BOWL

    def __post_init__(self) -> None:
        if not 20 <= self.rim_mm <= 600:
            raise ValueError("A vessel's rim is 20 to 600 mm wide.")
        if self.depth_mm is not None and not 0 < self.depth_mm <= 500:
            raise ValueError("A vessel's depth is a number of mm above 0 and at most 500.")
        if not 0 < self.roundness <= 1:
            raise ValueError("A vessel's roundness lies between 0 and 1; 1 is a cylinder, 0.6 a usual bowl.")

    @property
    def depth(self) -> float:
        """The depth in mm; by the rim where nobody measured it."""
        return self.depth_mm if self.depth_mm is not None else ASSUMED_DEPTH_OF_RIM * self.rim_mm

    def volume_ml(self, fill: float) -> float:
        """Volume in ml when filled to the share ``fill`` of its depth, 0 to 1.

        The wall follows r ∝ z^q, so the volume is π r² h / (2q + 1) · fill^(2q + 1), and 1 / (2q + 1) is the roundness.

        Raises:
            ValueError: the filling is no share.
        """
        if not 0 <= fill <= 1:
            raise ValueError("The filling is a share of the depth, from 0 to 1.")
        full = self.roundness * pi / 4 * self.rim_mm**2 * self.depth / 1000
        return float(full * fill ** (1 / self.roundness))

    def to_dict(self) -> dict[str, Any]:
        """JSON-ready, for the settings."""
        return {f.name: getattr(self, f.name) for f in fields(self)}

    @staticmethod
    def from_dict(row: Mapping[str, Any]) -> Vessel:
        """From ``to_dict``. Raises ValueError where the row is no vessel."""
        try:
            return Vessel(**row)
        except TypeError as error:
            raise ValueError("A remembered vessel is damaged; enter its rim and depth again.") from error


def portion_in_vessel(vessel: Vessel, fill: Estimate, prior: Prior) -> Portion:
    """What a vessel holds when filled to a share of its depth; the photo's scale does not matter.

    The chain's area is the rim's, its thickness the volume over that area, so that each link can be changed.
    """
    volume_ml = vessel.volume_ml(fill.value)
    if volume_ml <= 0:
        raise ValueError("An empty vessel holds no portion; give a filling above 0.")
    depth_spread = _TYPED_SPREAD if vessel.depth_mm is not None else _DEPTH_SPREAD
    area = Estimate.around(pi / 4 * vessel.rim_mm**2 / 100, 2 * _TYPED_SPREAD)
    thickness = Estimate.around(10 * volume_ml / area.value, hypot(depth_spread, fill.spread / vessel.roundness))
    density = Estimate.around(prior.density_g_per_ml, prior.density_spread)
    volume = area.times(thickness).scaled(0.1)
    mass = volume.times(density)
    values = {"area": area, "thickness": thickness, "volume": volume, "density": density, "mass": mass}
    measured = "measured" if vessel.depth_mm is not None else f"{ASSUMED_DEPTH_OF_RIM:.2f} of the rim, assumed"
    sources = {
        "area": f"{vessel.name}: rim {vessel.rim_mm:.0f} mm",
        "thickness": f"depth {vessel.depth:.0f} mm ({measured}), filled to {fill.value:.0%}",
        "volume": "area × thickness",
        "density": f"{prior.density_provenance}: {prior.density_source or prior.source}",
        "mass": "volume × density",
    }
    steps = tuple(Step(name, value, UNITS[name], sources[name]) for name, value in values.items())
    return Portion(mass, f"bowl volume × density, {vessel.name}", steps=steps)
