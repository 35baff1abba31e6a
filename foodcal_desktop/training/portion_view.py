"""What one photo told of one weighed food, and the shape its label has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

from foodcal_desktop.core.priors import RULES, ShapeClass
from foodcal_desktop.core.scale import Scale

SHAPES: dict[str, ShapeClass] = {
    "banana": ShapeClass.PIECES,
    "bun": ShapeClass.FLAT,
    "bread": ShapeClass.FLAT,
    "mooncake": ShapeClass.FLAT,
    "sachima": ShapeClass.FLAT,
    "fired_dough_twist": ShapeClass.FLAT,
    "doughnut": ShapeClass.FLAT,
    "grape": ShapeClass.PIECES,
}
"""Shapes of the labels in the layout of the portion data; every other label is a solid piece."""

MIN_TYPES = 4
"""With fewer types of one shape their spread is not known."""

BAKED = frozenset({"bread", "bun", "doughnut", "fired_dough_twist", "mooncake", "sachima"})
"""Labels of baked and fried goods, full of air; all others are fruit and eggs, about as dense as water."""


@dataclass(frozen=True, slots=True)
class View:
    """One photo of a weighed food: what was measured on it, in px, its scale (None where the reference failed)."""

    food: str
    label: str
    photo_set: str
    image: str
    view: str
    mass_g: float
    volume_ml: float
    area_px: int
    height_px: int
    scale: Scale | None
    seconds: float = 0.0
    clicks: int = 0


def alike(label: str, labels: Iterable[str]) -> list[str]:
    """The labels most like one without weighed foods: baked or not as it is, of its shape if there are four."""
    same = [other for other in labels if (other in BAKED) == (label in BAKED)]
    near = [other for other in same if shape_of(other) is shape_of(label)]
    return near if len(near) >= MIN_TYPES else same or list(labels)


def shape_of(label: str) -> ShapeClass:
    """The shape class of a label of the portion data."""
    return SHAPES.get(label, ShapeClass.SOLID)


def log_area(view: View, outline_mm: float) -> float:
    """Log of the corrected area in cm² of a view that has a scale, its outline seen at outline_mm."""
    assert view.scale is not None
    return log(view.scale.area_cm2(view.area_px, outline_mm, RULES[shape_of(view.label)].flat))
