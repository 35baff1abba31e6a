"""Offering a scale reference unasked: the roundest candidate that is no food, for the user to confirm by a click."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import hypot

import numpy as np

from foodcal_desktop.core import morphology
from foodcal_desktop.core.ellipse_snap import Rgb
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate

# A coin of 23 to 27 mm at 13 to 100 cm is 1.5 to 12.5 % of the photo's diagonal wide (core/scale.FOCAL_OF_DIAGONAL).
MIN_SHARE, MAX_SHARE = 0.015, 0.125
# Coins had 0.93 and more, 0.89 and more, and 0.73 and more; most other round things fail one of the three.
_MIN_ROUNDNESS = 0.92
_MIN_AXIS_RATIO = 0.75
_MIN_IOU = 0.65
_MAX_SHARED = 0.2
# All known coins are of white metal, or within a ring of brass: under lamps their median saturation was 0.06 to 0.51;
# biscuits, nuts and tomatoes had 0.65 to 0.85.
_MAX_SATURATION = 0.55


@dataclass(frozen=True, slots=True)
class OfferedReference:
    """A candidate that may be a coin, with its roundness (IoU with its own ellipse, 0 to 1)."""

    candidate: Candidate
    roundness: float
    score: float

    @property
    def mask(self) -> Mask:
        """Its pixels."""
        return self.candidate.mask


def offer_reference(
    candidates: Sequence[Candidate], foods: Sequence[Mask] = (), photo: Rgb | None = None
) -> OfferedReference | None:
    """The most coin-like candidate that no food covers, or None where nothing is round enough.

    On the upright photo (H×W×3 uint8) it has to be as grey as metal, too.
    """
    offered = [_offer(candidate, foods) for candidate in candidates]
    likely = (o for o in offered if o is not None and (photo is None or _saturation(o.mask, photo) <= _MAX_SATURATION))
    return max(likely, key=lambda o: o.score, default=None)


def _saturation(mask: Mask, photo: Rgb) -> float:
    """The median over its pixels of (most − least channel) / most, 0 for grey to 1."""
    colours = photo[mask.y : mask.y + mask.h, mask.x : mask.x + mask.w][mask.crop()].astype(np.float64)
    most, least = colours.max(axis=1), colours.min(axis=1)
    return float(np.median((most - least) / np.maximum(most, 1.0)))


def _offer(candidate: Candidate, foods: Sequence[Mask]) -> OfferedReference | None:
    if candidate.predicted_iou < _MIN_IOU:
        return None
    mask = candidate.mask
    diagonal = hypot(mask.width, mask.height)
    if not MIN_SHARE * diagonal <= max(mask.w, mask.h) <= MAX_SHARE * diagonal:
        return None
    if any(mask.intersection(food).area > _MAX_SHARED * mask.area for food in foods):
        return None
    try:
        ellipse = morphology.fit_ellipse(mask)
    except ValueError:
        return None
    roundness = morphology.ellipse_overlap(mask, ellipse)
    if roundness < _MIN_ROUNDNESS or ellipse.axis_ratio < _MIN_AXIS_RATIO:
        return None
    # Of two round things the coin is the smaller and the rounder one; a fruit or a cup is larger.
    smallness = 1 - ellipse.major / (MAX_SHARE * diagonal)
    return OfferedReference(
        candidate, roundness, roundness * ellipse.axis_ratio + 0.3 * smallness + 0.2 * candidate.predicted_iou
    )
