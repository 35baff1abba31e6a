"""A coin's or plate's outline at the photo's full sharpness: an ellipse moved onto the nearest edge of colour.

A segmenter sees the photo shrunk, and its mask of a coin is right to a pixel or two; the scale's error enters the area
squared. The photo itself shows the edge to a fraction of a pixel.
"""

from __future__ import annotations

from math import cos, radians, sin, sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import morphology
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.morphology import Ellipse, Points

Rgb = NDArray[np.uint8]
Field = NDArray[np.floating[Any]]

_ANGLES = 144
_STEP_PX = 0.5
# First a wide ring around the mask's outline, then a narrow one around the edge that was found.
_RINGS = ((0.70, 1.35), (0.85, 1.15), (0.85, 1.15))
_BAND = 0.07
_JUMP_COST = 0.15
_MAX_JUMP = 3
_MAX_CHANGE = 1.4
_KEPT_SHARE = 1 / 3
_CHANNEL_WEIGHTS = (1.0, 1.2, 0.8)
_BRIGHTNESS = (0.299, 0.587, 0.114)
_MAX_LIFT = 4.0


def snap_mask(mask: Mask, photo: Rgb) -> Mask:
    """The mask of the ellipse that fits the photo's edge near a coin's or plate's mask; the mask itself if none fits.

    ``photo`` is the upright photo, H×W×3 uint8. Raises ValueError where mask and photo differ in size.
    """
    if photo.shape[:2] != (mask.height, mask.width):
        raise ValueError("The mask and the photo differ in size; click on the reference again.")
    try:
        first = morphology.fit_ellipse(mask)
    except ValueError:
        return mask
    snapped = snap_ellipse(first, photo)
    return mask if snapped is None else ellipse_mask(snapped, mask.height, mask.width)


def ellipse_mask(ellipse: Ellipse, height: int, width: int) -> Mask:
    """The pixels whose centres lie inside an ellipse."""
    reach = int(ellipse.major / 2) + 2
    x, y = int(ellipse.x) - reach, int(ellipse.y) - reach
    return Mask.from_crop(ellipse.pixels(x, y, 2 * reach + 1, 2 * reach + 1), x, y, height, width)


def snap_ellipse(first: Ellipse, photo: Rgb) -> Ellipse | None:
    """The ellipse on the strongest closed edge of colour near the first one; None where there is none like it."""
    ellipse = first
    for low, high in _RINGS:
        found = _snapped_once(ellipse, photo, low, high)
        if found is None:
            return None
        ellipse = found
    size = sqrt(ellipse.major * ellipse.minor) / sqrt(first.major * first.minor)
    return ellipse if 1 / _MAX_CHANGE < size < _MAX_CHANGE else None


def _snapped_once(ellipse: Ellipse, photo: Rgb, low: float, high: float) -> Ellipse | None:
    radius = sqrt(ellipse.major * ellipse.minor) / 2
    if radius < 4:
        return None
    relative = np.arange(low, high, _STEP_PX / radius)
    spokes = _spokes(ellipse)
    ring = _without_shadow(_sampled(photo, ellipse, spokes, relative))
    strength = _edge_strength(ring * np.array(_CHANNEL_WEIGHTS), max(2, round(_BAND * radius / _STEP_PX)))
    path = _closed_path(strength)
    radii = relative[path] - _STEP_PX / radius / 2
    points = np.array([ellipse.x, ellipse.y]) + radii[:, None] * spokes
    return _robust_ellipse(points, strength[np.arange(len(path)), path])


def _spokes(ellipse: Ellipse) -> Points:
    """Vectors from the centre to the ellipse at equal steps of its parameter, N×2."""
    turn, angle = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False), radians(ellipse.angle_deg)
    along, across = np.cos(turn) * ellipse.major / 2, np.sin(turn) * ellipse.minor / 2
    return np.stack([along * cos(angle) - across * sin(angle), along * sin(angle) + across * cos(angle)], axis=1)


def _sampled(photo: Rgb, ellipse: Ellipse, spokes: Points, relative: Points) -> Field:
    """Colours along the spokes, angles × radii × 3, bilinear; beyond the border its last pixel."""
    points = np.array([ellipse.x, ellipse.y]) - 0.5 + relative[None, :, None] * spokes[:, None, :]
    height, width = photo.shape[:2]
    x, y = np.clip(points[..., 0], 0, width - 1.001), np.clip(points[..., 1], 0, height - 1.001)
    left, top = x.astype(np.int64), y.astype(np.int64)
    right, bottom = np.minimum(left + 1, width - 1), np.minimum(top + 1, height - 1)
    fx, fy = (x - left)[..., None], (y - top)[..., None]
    upper = photo[top, left] * (1 - fx) + photo[top, right] * fx
    lower = photo[bottom, left] * (1 - fx) + photo[bottom, right] * fx
    return np.asarray(upper * (1 - fy) + lower * fy)


def _without_shadow(ring: Field) -> Field:
    """Colours with what is darker than both the coin and the table lifted to the darker of the two.

    The crescent of shadow beside a coin would else show the strongest edge, and the ellipse would take it in.
    """
    brightness = ring @ np.array(_BRIGHTNESS)
    eighth = max(3, ring.shape[1] // 8)
    table = np.median(brightness[:, -eighth:], axis=1, keepdims=True)
    floor = np.minimum(np.median(brightness[:, :eighth]), table)
    return np.asarray(ring * np.clip(floor / np.maximum(brightness, 4.0), 1.0, _MAX_LIFT)[..., None])


def _edge_strength(ring: Field, band: int) -> Field:
    """Angles × radii: how much the mean colour of the band outside differs from that inside, capped at 1.

    The cap is the ring's own 90th percentile, so that one highlight does not outweigh the rest of the edge.
    """
    total = np.cumsum(np.concatenate([np.zeros_like(ring[:, :1]), ring], axis=1), axis=1)
    strength = np.zeros(ring.shape[:2])
    at = np.arange(band, ring.shape[1] - band)
    outside, inside = total[:, at + band] - total[:, at], total[:, at] - total[:, at - band]
    strength[:, at] = np.sqrt((((outside - inside) / band) ** 2).sum(axis=2))
    return np.minimum(strength / (np.percentile(strength, 90) + 1e-3), 1.0)


def _closed_path(strength: Field) -> NDArray[np.int64]:
    """For each angle the radius of the strongest edge that does not jump: dynamic programming, twice around."""
    cost = -np.concatenate([strength, strength], axis=0)
    reached, came_from = cost[0].copy(), np.zeros(cost.shape, dtype=np.int64)
    count = cost.shape[1]
    for row in range(1, len(cost)):
        options = np.full((2 * _MAX_JUMP + 1, count), np.inf)
        for index, jump in enumerate(range(-_MAX_JUMP, _MAX_JUMP + 1)):
            to, source = slice(max(jump, 0), count + min(jump, 0)), slice(max(-jump, 0), count - max(jump, 0))
            options[index, to] = reached[source] + _JUMP_COST * abs(jump)
        best = options.argmin(axis=0)
        came_from[row] = np.arange(count) - (best - _MAX_JUMP)
        reached = options.min(axis=0) + cost[row]
    path = np.zeros(len(cost), dtype=np.int64)
    path[-1] = int(reached.argmin())
    for row in range(len(cost) - 1, 0, -1):
        path[row - 1] = came_from[row, path[row]]
    half = len(strength) // 2
    middle = path[half : half + len(strength)]
    return np.roll(middle, half)


def _robust_ellipse(points: Points, weight: Field) -> Ellipse | None:
    """An ellipse through the points of clear edges, refitted without those that stray (shadows, highlights)."""
    kept = weight >= min(float(np.percentile(weight, 15)), 0.6)
    for _ in range(5):
        if kept.sum() < _KEPT_SHARE * len(points):
            return None
        ellipse = morphology.ellipse_through(points[kept])
        stray = ellipse.relative_radius(points) - 1
        middle = float(np.median(stray[kept]))
        spread = max(1.4826 * float(np.median(np.abs(stray[kept] - middle))), 0.004)
        kept = (np.abs(stray - middle) <= 2.5 * spread) & (weight >= min(float(np.percentile(weight, 10)), 0.5))
    return ellipse
