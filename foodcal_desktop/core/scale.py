"""The scale reference: a coin, a card, a plate or a line of known length that gives millimetres per pixel."""

from __future__ import annotations

from dataclasses import dataclass

from foodcal_desktop.core.mask import Mask


@dataclass(frozen=True, slots=True)
class ScaleReference:
    """What the user pointed at on a photo, to give its scale.

    ``kind`` is one of ``coin-cny-1``, ``coin-krw-500``, ``coin-krw-100``, ``coin-eur-1``, ``coin-usd-25``, ``card``,
    ``plate-<diameter in mm>`` or ``line``. A line has two ends in pixels and its length in mm; all others a mask.
    """

    id: str
    photo: str
    kind: str
    mask: Mask | None = None
    line: tuple[float, float, float, float] | None = None
    length_mm: float | None = None


@dataclass(frozen=True, slots=True)
class Scale:
    """The scale in the plane of the reference: mm per pixel along the ellipse's major axis, and the camera's tilt.

    ``size_px`` is the reference's largest extent in pixels; ``minor_axis`` the unit vector (x, y) of the
    foreshortened direction in the photo; ``warnings`` are sentences for the user.
    """

    mm_per_px: float
    tilt_deg: float
    reference: str
    size_px: float
    relative_error: float
    warnings: tuple[str, ...] = ()

    def area_cm2(self, area_px: float) -> float:
        """Real area in cm² of an area in px: foreshortened by the tilt's cosine."""
        from math import cos, radians

        return area_px * self.mm_per_px**2 / 100.0 / cos(radians(self.tilt_deg))
