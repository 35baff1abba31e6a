"""A scale reference from one click: the candidate that looks most like a coin, plate or card."""

from __future__ import annotations

from collections.abc import Callable
from math import hypot, log

from foodcal_desktop.core import morphology
from foodcal_desktop.core.ellipse_snap import Rgb, ellipse_mask, snap_mask
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.morphology import Ellipse
from foodcal_desktop.core.prompt import BoxPrompt, Candidate
from foodcal_desktop.core.scale import FOCAL_OF_DIAGONAL, size_of

# The edge of a plate's inner rim, or of food over it, may be the clearer one: the right one lies this near to the hull.
_PLATE_SNAP = 1.03
# Of clicks on plates with food, what was less round was a part of the plate or the food on it.
_MIN_PLATE_ROUNDNESS = 0.94
# Meals are photographed from about 40 cm; at this distance a plate cannot be as small as a crumb, nor fill the room.
_USUAL_DISTANCE_MM = 400.0
_USUAL_SPREAD = 0.5
# A rim seen from so low (12 degrees above the table) gives no scale, and a hand that slips draws such boxes.
_LEAST_BOX_PX, _FLATTEST = 10, 0.2


def best_reference(
    candidates: list[Candidate], kind: str, photo: Rgb | None = None, box: BoxPrompt | None = None
) -> Mask:
    """The mask among a click's candidates that a reference of this kind would have; of a box its ellipse, if round.

    With the upright photo (H×W×3 uint8) a coin or plate is snapped to its edge, for the scale needs its sharpness.

    Raises:
        ValueError: the kind is unknown or has no shape, or no candidate has one.
    """
    if not _is_round(kind):
        return _best(candidates, _rectangularity)
    is_plate, seen = kind.startswith("plate-"), _size(candidates, photo)
    if box is not None and is_outline(box, kind) and seen is not None:
        found = _inside(box, *seen)
    else:
        found = _plate(candidates, size_of(kind).length_mm) if is_plate else _best(candidates, _roundness)
    if photo is None:
        return found
    return _snapped_plate(found, photo) if is_plate else snap_mask(found, photo)


def _snapped_plate(found: Mask, photo: Rgb) -> Mask:
    """On the photo's edge only where that is near: the width, which is the scale, stays as it was found, nearly."""
    snapped = snap_mask(found, photo)
    before, after = (morphology.fit_ellipse(mask).major for mask in (found, snapped))
    return snapped if 1 / _PLATE_SNAP < after / before < _PLATE_SNAP else found


def is_outline(box: BoxPrompt, kind: str) -> bool:
    """Whether a box drawn for a reference is a coin's or plate's outline; a click of a trembling hand is none."""
    short, long = sorted((abs(box.x1 - box.x0), abs(box.y1 - box.y0)))
    return kind.startswith(("coin-", "plate-")) and short >= max(_LEAST_BOX_PX, _FLATTEST * long)


def _is_round(kind: str) -> bool:
    """Whether it is a coin or a plate. Raises ValueError as ``size_of`` does."""
    size = size_of(kind)
    return size.length_mm == size.width_mm


def _size(candidates: list[Candidate], photo: Rgb | None) -> tuple[int, int] | None:
    """Height and width of the photo, as far as one of them tells."""
    if photo is not None:
        return int(photo.shape[0]), int(photo.shape[1])
    return (candidates[0].mask.height, candidates[0].mask.width) if candidates else None


def _inside(box: BoxPrompt, photo_height: int, photo_width: int) -> Mask:
    """The ellipse that a box drawn around a round thing touches."""
    width, height = abs(box.x1 - box.x0), abs(box.y1 - box.y0)
    middle = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
    ellipse = Ellipse(*middle, max(width, height), max(min(width, height), 1.0), 0.0 if width >= height else 90.0)
    return ellipse_mask(ellipse, photo_height, photo_width)


def _plate(candidates: list[Candidate], diameter_mm: float) -> Mask:
    """The hull of the candidate that is most like a plate: food lies on it and over its rim, and cuts its mask."""
    hulls = [(c.predicted_iou, morphology.hull(c.mask)) for c in candidates if c.mask.area >= 12]
    scored = [(_roundness(hull), iou, hull) for iou, hull in hulls]
    likely = [(r + 0.3 * iou - _unlikeliness(hull, diameter_mm), r, hull) for r, iou, hull in scored]
    _, roundness, found = max(likely, key=lambda row: row[0], default=(0.0, 0.0, None))
    if found is None or roundness < _MIN_PLATE_ROUNDNESS:
        raise ValueError("The plate's rim is not clear from this point; drag a box around the whole plate.")
    return found


def _unlikeliness(hull: Mask, diameter_mm: float) -> float:
    """How unusual the camera's distance (in the logarithm) and its tilt would be."""
    x0, y0, x1, y1 = hull.box
    long, short = max(x1 - x0, y1 - y0), min(x1 - x0, y1 - y0)
    distance = FOCAL_OF_DIAGONAL * hypot(hull.width, hull.height) * diameter_mm / long
    far = max(0.0, abs(log(distance / _USUAL_DISTANCE_MM)) - _USUAL_SPREAD)
    return 0.25 * far + 0.3 * max(0.0, 0.65 - short / long)


def _best(candidates: list[Candidate], fit: Callable[[Mask], float]) -> Mask:
    scored = [(fit(c.mask) + 0.3 * c.predicted_iou, c.mask) for c in candidates if c.mask.area >= 12]
    if not scored:
        raise ValueError("Nothing like a coin, plate or card is at this point; click on its middle.")
    return max(scored, key=lambda pair: pair[0])[1]


def _roundness(mask: Mask) -> float:
    try:
        return morphology.ellipse_overlap(mask, morphology.fit_ellipse(mask))
    except ValueError:
        return 0.0


def _rectangularity(mask: Mask) -> float:
    try:
        corners = morphology.fit_quadrilateral(mask)
    except ValueError:
        return 0.0
    x, y = corners[:, 0], corners[:, 1]
    area = 0.5 * abs(float((x * (y.take([1, 2, 3, 0]) - y.take([3, 0, 1, 2]))).sum()))
    return min(mask.area / area, area / mask.area) if area > 0 else 0.0
