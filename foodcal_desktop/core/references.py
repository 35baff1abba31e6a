"""A scale reference from one click: the candidate that looks most like a coin, plate or card."""

from __future__ import annotations

from collections.abc import Callable

from foodcal_desktop.core import morphology
from foodcal_desktop.core.ellipse_snap import Rgb, snap_mask
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.core.scale import size_of


def best_reference(candidates: list[Candidate], kind: str, photo: Rgb | None = None) -> Mask:
    """The mask among a click's candidates that a reference of this kind would have.

    With the upright photo (H×W×3 uint8) a coin or plate is snapped to its edge, for the scale needs its sharpness.

    Raises:
        ValueError: the kind is unknown or has no shape, or no candidate has one.
    """
    size = size_of(kind)
    is_round = size.length_mm == size.width_mm
    found = _best(candidates, _roundness if is_round else _rectangularity)
    return snap_mask(found, photo) if is_round and photo is not None else found


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
