"""The scale reference: a coin, a card, a plate or a line of known length that gives millimetres per pixel."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import acos, cos, degrees, exp, hypot, isfinite, log, radians, sqrt

import numpy as np

from foodcal_desktop.core import morphology, scale_warnings
from foodcal_desktop.core.mask import Mask


@dataclass(frozen=True, slots=True)
class ReferenceSize:
    """The real size of a kind of reference in mm: a diameter (width equal to length), or a card's two sides."""

    label: str
    length_mm: float
    width_mm: float


REFERENCES: dict[str, ReferenceSize] = {
    "coin-cny-1": ReferenceSize("1 CNY coin", 25.0, 25.0),
    "coin-krw-500": ReferenceSize("500 KRW coin", 26.5, 26.5),
    "coin-krw-100": ReferenceSize("100 KRW coin", 24.0, 24.0),
    "coin-eur-1": ReferenceSize("1 EUR coin", 23.25, 23.25),
    "coin-usd-25": ReferenceSize("US quarter", 24.26, 24.26),
    "card": ReferenceSize("bank card", 85.60, 53.98),
}
"""Sizes by the mints and ISO/IEC 7810 ID-1. Plates are ``plate-<diameter in mm>``, lines are ``line``."""

FOCAL_OF_DIAGONAL = 0.63
"""Assumed focal length of the camera over the photo's diagonal: a phone's 27 mm equivalent, 27 / 43.3."""

MIN_PLATE_MM, MAX_PLATE_MM = 50.0, 600.0

# A mask's edge is placed to about this many pixels on each side of the reference (standard deviation).
_EDGE_ERROR_PX = 0.9
# A plate's rim is the hull of what food leaves of it, or a box by hand: those that were found were right within 4 %.
_RIM_ERROR = 0.02
# The most of the camera's distance that a food's height takes: a mug of 100 mm is photographed from 40 cm and more.
_HIGHEST = 0.25


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

    ``size_px`` is the reference's largest extent in pixels; ``relative_error`` the standard deviation of the logarithm
    of mm_per_px; ``warnings`` are sentences for the user; ``minor_axis`` the unit vector (x, y) of the foreshortened
    direction; ``distance_mm`` the camera's distance, by the assumed focal length; None where it is not known.
    """

    mm_per_px: float
    tilt_deg: float
    reference: str
    size_px: float
    relative_error: float
    warnings: tuple[str, ...] = ()
    minor_axis: tuple[float, float] = (0.0, 1.0)
    distance_mm: float | None = None

    def area_cm2(self, area_px: float, height_mm: float = 0.0, flat: float = 1.0) -> float:
        """Real area in cm² of an area in px that lies height_mm above the reference's plane.

        Foreshortened by the tilt's cosine where the food is flat (1); a ball (0) looks the same from everywhere. What
        is nearer to the camera looks larger: by the square of distance / (distance − height).
        """
        upright: float = cos(radians(self.tilt_deg)) ** flat
        return area_px * self.mm_per_px**2 / 100.0 / upright / self.parallax(height_mm) ** 2

    def parallax(self, height_mm: float) -> float:
        """How many times longer a length looks at height_mm above the reference's plane than in it; 1 if not known.

        The height counts only up to a quarter of the distance: what stands higher is photographed from farther away, so
        there the photo is cut out of a larger one, and its camera was not as near as the focal length says.
        """
        if self.distance_mm is None or height_mm == 0.0:
            return 1.0
        height = min(height_mm * cos(radians(self.tilt_deg)), self.distance_mm * _HIGHEST)
        return self.distance_mm / (self.distance_mm - height)


def parse_kind(text: str) -> str:
    """The canonical kind of a reference, e.g. "coin-krw-500", "plate-270". Raises ValueError naming the known ones."""
    kind = text.strip().lower()
    if kind in REFERENCES or kind == "line":
        return kind
    if kind.startswith("plate-"):
        return f"plate-{_plate_mm(kind):g}"
    known = ", ".join([*REFERENCES, "plate-<diameter in mm>", "line"])
    raise ValueError(f"{text!r} is no known scale reference; use one of {known}.")


def _plate_mm(kind: str) -> float:
    try:
        diameter = float(kind.removeprefix("plate-").removesuffix("mm"))
    except ValueError:
        diameter = 0.0
    if not MIN_PLATE_MM <= diameter <= MAX_PLATE_MM:
        raise ValueError(f"{kind!r} needs the plate's diameter in mm, {MIN_PLATE_MM:g} to {MAX_PLATE_MM:g}: plate-270.")
    return diameter


def size_of(kind: str) -> ReferenceSize:
    """The real size of a kind. Raises ValueError for an unknown kind and for a line, whose length is its own."""
    kind = parse_kind(kind)
    if kind == "line":
        raise ValueError("A drawn line has no size of its own; give its length in mm.")
    if kind in REFERENCES:
        return REFERENCES[kind]
    diameter = _plate_mm(kind)
    return ReferenceSize(f"plate of {diameter:g} mm", diameter, diameter)


def scale_from_mask(mask: Mask, kind: str) -> Scale:
    """The scale by a reference's mask: an ellipse for a coin or plate, a quadrilateral for a card.

    Raises:
        ValueError: the kind is unknown or a line, or the mask is empty or too small.
    """
    size = size_of(kind)
    if mask.area == 0:
        raise ValueError("The scale reference has no pixels; click on the coin, plate or card again.")
    if size.length_mm == size.width_mm:
        return _scale_from_ellipse(mask, parse_kind(kind), size)
    return _scale_from_quadrilateral(mask, parse_kind(kind), size)


def _scale_from_ellipse(mask: Mask, kind: str, size: ReferenceSize) -> Scale:
    ellipse = morphology.fit_ellipse(mask)
    roundness = morphology.ellipse_overlap(mask, ellipse)
    mm_per_px = size.length_mm / ellipse.major
    return Scale(
        mm_per_px,
        _tilt(ellipse.axis_ratio, ellipse.major),
        kind,
        ellipse.major,
        hypot(_relative_error(ellipse.major, 1 - roundness), _RIM_ERROR if kind.startswith("plate-") else 0.0),
        scale_warnings.of_mask(mask, size.label, ellipse.major, ellipse.axis_ratio, roundness),
        ellipse.minor_axis,
        _distance_mm(mm_per_px, mask.width, mask.height),
    )


def _scale_from_quadrilateral(mask: Mask, kind: str, size: ReferenceSize) -> Scale:
    """By the affine map from the card to the photo: its singular values are the px per mm along and across the tilt."""
    corners = morphology.fit_quadrilateral(mask)
    first, second = (
        (corners[1] - corners[0] + corners[2] - corners[3]) / 2,
        (corners[3] - corners[0] + corners[2] - corners[1]) / 2,
    )
    if np.linalg.norm(first) < np.linalg.norm(second):
        first, second = second, first
    left, (along, across), _ = np.linalg.svd(np.column_stack([first / size.length_mm, second / size.width_mm]))
    long_px = float(np.linalg.norm(first))
    fill = mask.area / max(abs(float(first[0] * second[1] - first[1] * second[0])), 1.0)
    return Scale(
        1 / float(along),
        _tilt(float(across / along), long_px),
        kind,
        long_px,
        _relative_error(long_px, abs(1 - fill)),
        scale_warnings.of_mask(mask, size.label, long_px, float(across / along), min(fill, 1 / fill)),
        (float(left[0, 1]), float(left[1, 1])),
        _distance_mm(1 / float(along), mask.width, mask.height),
    )


def scale_from_line(
    x0: float, y0: float, x1: float, y1: float, mm: float, photo_size: tuple[int, int] | None = None
) -> Scale:
    """The scale by a drawn line of known length; it tells nothing of the tilt.

    ``photo_size`` (width, height) in px lets the camera's distance be guessed.

    Raises:
        ValueError: the line has no length, on the photo or in mm.
    """
    length = hypot(x1 - x0, y1 - y0)
    if length < 2 or not isfinite(length):
        raise ValueError("The line is too short; draw it between two points that are farther apart.")
    if not 0 < mm < float("inf"):
        raise ValueError("The line needs its real length in mm, a number above 0.")
    warnings = scale_warnings.of_size("line", length)
    distance = _distance_mm(mm / length, *photo_size) if photo_size else None
    # Drawn by hand: each end is off by a pixel or two.
    error = hypot(2.0 / length, 0.01)
    return Scale(mm / length, 0.0, "line", length, error, warnings, (0.0, 1.0), distance)


def scale_of(reference: ScaleReference, photo_size: tuple[int, int] | None = None) -> Scale:
    """The scale by one reference; a line needs the photo's size (width, height) to guess the camera's distance.

    Raises:
        ValueError: it has neither a mask nor a line with its length.
    """
    if reference.line is not None and reference.length_mm is not None:
        return scale_from_line(*reference.line, reference.length_mm, photo_size)
    if reference.mask is None:
        raise ValueError("The scale reference needs a mask, or a line and its length in mm.")
    return scale_from_mask(reference.mask, reference.kind)


def resolve_scale(references: Sequence[ScaleReference], photo_size: tuple[int, int] | None = None) -> Scale | None:
    """The scale by all references of one photo, weighed by their precision; None without any.

    Where two disagree by more than their errors allow, a warning says so and the interval widens.
    """
    return combine_scales([scale_of(reference, photo_size) for reference in references])


def combine_scales(scales: Sequence[Scale]) -> Scale | None:
    """Several scales of one photo as one: the weighted geometric mean, led by the most precise one."""
    if len(scales) < 2:
        return scales[0] if scales else None
    best = min(scales, key=lambda s: s.relative_error)
    weights = np.array([1 / max(s.relative_error, 1e-4) ** 2 for s in scales])
    logs = np.array([log(s.mm_per_px) for s in scales])
    mean = float((weights * logs).sum() / weights.sum())
    apart = float(logs.max() - logs.min())
    error = sqrt(1 / float(weights.sum()))
    warnings = list(dict.fromkeys(w for s in scales for w in s.warnings))
    if apart > _allowed_difference(scales):
        low, high = min(scales, key=lambda s: s.mm_per_px), max(scales, key=lambda s: s.mm_per_px)
        warnings.append(scale_warnings.disagreement(_label(low), _label(high), apart))
        error = max(error, apart / 2)
    distance = None if best.distance_mm is None else best.distance_mm * exp(mean) / best.mm_per_px
    names = " + ".join(dict.fromkeys(s.reference for s in scales))
    return replace(
        best, mm_per_px=exp(mean), relative_error=error, reference=names, warnings=tuple(warnings), distance_mm=distance
    )


def _allowed_difference(scales: Sequence[Scale]) -> float:
    """Two and a half standard deviations of the difference of the two least precise references."""
    errors = sorted((s.relative_error for s in scales), reverse=True)
    return 2.5 * hypot(errors[0], errors[1])


def _label(scale: Scale) -> str:
    return "line" if scale.reference == "line" else size_of(scale.reference).label


def _tilt(axis_ratio: float, size_px: float) -> float:
    """The tilt in degrees whose cosine is the axis ratio, after taking off what one pixel of a ragged edge explains."""
    unexplained = min(1.0, axis_ratio + 1.0 / size_px)
    return degrees(acos(unexplained))


def _relative_error(size_px: float, misfit: float) -> float:
    return hypot(_EDGE_ERROR_PX / size_px, 0.1 * misfit, 0.005)


def _distance_mm(mm_per_px: float, width: int, height: int) -> float:
    return FOCAL_OF_DIAGONAL * hypot(width, height) * mm_per_px
