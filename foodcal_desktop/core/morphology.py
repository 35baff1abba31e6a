"""Shapes of masks: holes, islands, outlines, ellipses, quadrilaterals, distances. The one core module with OpenCV.

Pixels are H×W boolean arrays; points are (x, y) with the first pixel's centre at (0.5, 0.5), as everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, radians, sin

import cv2
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask, Pixels

Points = NDArray[np.float64]

_MIN_OUTLINE_POINTS = 5
_ROUNDS = 4
# A coin's edge is smoothed by a disc of some pixels; a plate's by one of a hundred, pixel by pixel, took ten seconds.
_LARGEST_DISC_PX = 33
_OUTLIER = 2.5
_MAD_TO_SD = 1.4826


@dataclass(frozen=True, slots=True)
class Ellipse:
    """An ellipse: centre (x, y), full axes in pixels (major ≥ minor), and the major axis' direction in degrees."""

    x: float
    y: float
    major: float
    minor: float
    angle_deg: float

    @property
    def axis_ratio(self) -> float:
        """Minor over major axis, 0 to 1."""
        return self.minor / self.major

    @property
    def area(self) -> float:
        """Area in px."""
        return pi / 4 * self.major * self.minor

    @property
    def minor_axis(self) -> tuple[float, float]:
        """Unit vector (x, y) along the minor axis."""
        return -sin(radians(self.angle_deg)), cos(radians(self.angle_deg))

    def relative_radius(self, points: Points) -> Points:
        """For N×2 points, their distance from the centre as a multiple of the ellipse's radius in that direction."""
        angle = radians(self.angle_deg)
        dx, dy = points[:, 0] - self.x, points[:, 1] - self.y
        along = (dx * cos(angle) + dy * sin(angle)) / (self.major / 2)
        across = (dy * cos(angle) - dx * sin(angle)) / (self.minor / 2)
        return np.hypot(along, across)

    def pixels(self, x: int, y: int, height: int, width: int) -> Pixels:
        """Which pixels of a window at (x, y), height × width, have their centre inside.

        By the ends of each row: a plate has ten million pixels, and each as a point of its own takes seconds.
        """
        left, right = self._ends(np.arange(height, dtype=np.float64) + 0.5 + y)
        columns = np.arange(width) + 0.5 + x
        return np.asarray((columns >= left[:, None]) & (columns <= right[:, None]))

    def _ends(self, rows: Points) -> tuple[Points, Points]:
        """For N heights y, the x at which the ellipse begins and ends; above and below it begins after its end."""
        angle, dy = radians(self.angle_deg), rows - self.y
        along, across = (2 / self.major) ** 2, (2 / self.minor) ** 2
        # The points at dx, dy from the centre with a dx² + 2 b dx dy + c dy² = 1.
        a = along * cos(angle) ** 2 + across * sin(angle) ** 2
        b = (along - across) * sin(angle) * cos(angle)
        c = along * sin(angle) ** 2 + across * cos(angle) ** 2
        inside = (b * dy) ** 2 - a * (c * dy**2 - 1)
        half = np.where(inside >= 0, np.sqrt(np.maximum(inside, 0)), -np.inf) / a
        middle = self.x - b * dy / a
        return middle - half, middle + half


def _bytes_of(pixels: Pixels) -> NDArray[np.uint8]:
    return np.ascontiguousarray(pixels, dtype=np.uint8)


def fill_holes(pixels: Pixels) -> Pixels:
    """The same pixels, and every hole that they enclose."""
    padded = np.pad(_bytes_of(pixels), 1)
    outside = padded.copy()
    cv2.floodFill(outside, None, (0, 0), 2)
    return np.asarray(outside[1:-1, 1:-1] != 2)


def largest_island(pixels: Pixels) -> Pixels:
    """Only the largest connected part (8 neighbours); all of an empty array."""
    # OpenCV 5 crashes on an array without any pixels.
    if pixels.size == 0:
        return np.asarray(pixels, dtype=bool)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(_bytes_of(pixels), connectivity=8)
    if count <= 2:
        return np.asarray(pixels, dtype=bool)
    return np.asarray(labels == 1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA])))


def islands(pixels: Pixels, min_share: float = 0.1) -> list[Pixels]:
    """The connected parts, largest first, that have at least min_share of the largest one's area."""
    if pixels.size == 0:
        return []
    count, labels, stats, _ = cv2.connectedComponentsWithStats(_bytes_of(pixels), connectivity=8)
    areas = stats[1:, cv2.CC_STAT_AREA]
    order = [i for i in np.argsort(-areas, kind="stable") if areas[i] >= min_share * areas.max()] if count > 1 else []
    return [np.asarray(labels == 1 + i) for i in order]


def parts_at(mask: Mask, points: Sequence[tuple[float, float]]) -> Mask:
    """The connected parts (8 neighbours) that hold one of the points (x, y); the largest part where none does."""
    if mask.area == 0:  # OpenCV crashes on an array of no size
        return mask
    count, labels, stats, _ = cv2.connectedComponentsWithStats(_bytes_of(mask.crop()), connectivity=8)
    if count <= 2:
        return mask
    at = [(int(x) - mask.x, int(y) - mask.y) for x, y in points]
    hit = {int(labels[y, x]) for x, y in at if 0 <= x < mask.w and 0 <= y < mask.h} - {0}
    kept = np.zeros(count, dtype=bool)
    kept[list(hit or {1 + int(np.argmax(stats[1:, cv2.CC_STAT_AREA]))})] = True
    return Mask.from_crop(kept[labels], mask.x, mask.y, mask.height, mask.width)


def smooth(pixels: Pixels, radius_px: float) -> Pixels:
    """Without whiskers and nicks narrower than about radius_px: opened, then closed, with a disc."""
    size = 2 * round(radius_px) + 1
    if size <= 1 or pixels.size == 0:
        return np.asarray(pixels, dtype=bool)
    padded = np.pad(_bytes_of(pixels), size)
    if size > _LARGEST_DISC_PX:
        return _smoothed_by_distance(padded > 0, size // 2)[size:-size, size:-size]
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    opened = cv2.morphologyEx(padded, cv2.MORPH_OPEN, disc)
    closed = cv2.morphologyEx(opened, cv2.MORPH_CLOSE, disc)
    return np.asarray(closed[size:-size, size:-size] > 0)


def _smoothed_by_distance(padded: Pixels, radius: int) -> Pixels:
    """Opened and closed as by a disc, in a time that does not grow with it: what was shrunk is grown by twice that."""
    shrunk = _to_unset(padded) > radius
    if not shrunk.any():
        return shrunk
    grown = _to_unset(~shrunk) <= 2 * radius
    return _to_unset(grown) > radius


def _to_unset(pixels: Pixels) -> NDArray[np.float32]:
    """For every pixel the exact distance in px to the nearest unset one, of which there has to be one."""
    found = cv2.distanceTransform(_bytes_of(pixels), cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    return np.asarray(found, dtype=np.float32)


def distance(pixels: Pixels) -> NDArray[np.float32]:
    """H×W float32: for every set pixel its distance in px to the nearest unset one; the border counts as unset."""
    padded = np.pad(_bytes_of(pixels), 1)
    return np.asarray(cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1], dtype=np.float32)


def innermost_point(pixels: Pixels) -> tuple[float, float]:
    """The centre of the pixel farthest from the edge. Raises ValueError for no pixels."""
    if not pixels.any():
        raise ValueError("An empty mask has no innermost point.")
    row, column = np.unravel_index(int(np.argmax(distance(pixels))), pixels.shape)
    return float(column) + 0.5, float(row) + 0.5


def outlines(pixels: Pixels, with_holes: bool = True) -> list[Points]:
    """The closed outlines through the centres of the border pixels, each N×2 (x, y); holes too where wanted."""
    mode = cv2.RETR_CCOMP if with_holes else cv2.RETR_EXTERNAL
    if pixels.size == 0:
        return []
    found, _ = cv2.findContours(_bytes_of(pixels), mode, cv2.CHAIN_APPROX_NONE)
    return [contour.reshape(-1, 2).astype(np.float64) + 0.5 for contour in found]


def cleaned(mask: Mask) -> Pixels:
    """The crop of a mask, h × w: its largest island, holes filled, its ragged edge smoothed by 3 % of its side."""
    solid = fill_holes(largest_island(mask.crop()))
    tidy = smooth(solid, 0.03 * min(mask.w, mask.h))
    return largest_island(tidy) if tidy.any() else solid


def hull(mask: Mask) -> Mask:
    """The convex hull of a mask's islands, without specks of less than a tenth of the largest one."""
    parts = islands(mask.crop())
    if not parts:
        return mask
    points = np.concatenate([np.argwhere(part)[:, ::-1] for part in parts]).astype(np.int32)
    filled = np.zeros((mask.h, mask.w), dtype=np.uint8)
    cv2.fillConvexPoly(filled, cv2.convexHull(points.reshape(-1, 1, 2)), 1)
    return Mask.from_crop(filled > 0, mask.x, mask.y, mask.height, mask.width)


def fit_ellipse(mask: Mask) -> Ellipse:
    """The ellipse of a mask's edge, robust to ragged edges: refitted without the points that stray from it.

    The outline runs through pixel centres, half a pixel inside the true edge: the axes are widened by one pixel.

    Raises:
        ValueError: the mask is too small for an ellipse.
    """
    outline = max(outlines(cleaned(mask), with_holes=False), key=len, default=np.empty((0, 2)))
    if len(outline) < _MIN_OUTLINE_POINTS or min(mask.w, mask.h) < 3:
        raise ValueError("The reference is too small to be measured; click a larger one, or take the photo closer.")
    kept = outline
    for _ in range(_ROUNDS):
        ellipse = ellipse_through(kept)
        stray = ellipse.relative_radius(outline) - 1
        spread = max(_MAD_TO_SD * float(np.median(np.abs(stray - np.median(stray)))), 0.25 / ellipse.major)
        near = outline[np.abs(stray - np.median(stray)) <= _OUTLIER * spread]
        kept = near if len(near) >= max(_MIN_OUTLINE_POINTS, len(outline) // 3) else kept
    fitted = ellipse_through(kept)
    return Ellipse(fitted.x + mask.x, fitted.y + mask.y, fitted.major + 1, fitted.minor + 1, fitted.angle_deg)


def ellipse_through(points: Points) -> Ellipse:
    """The ellipse of least squares through five or more points, N×2, major axis first."""
    (x, y), (first, second), angle = cv2.fitEllipseDirect(points.astype(np.float32).reshape(-1, 1, 2))
    if first >= second:
        return Ellipse(x, y, max(first, 1.0), max(second, 0.5), angle)
    return Ellipse(x, y, max(second, 1.0), max(first, 0.5), (angle + 90.0) % 180.0)


def ellipse_overlap(mask: Mask, ellipse: Ellipse) -> float:
    """IoU of a mask with an ellipse drawn over it, 0 to 1: how elliptic it is."""
    margin = 2
    x, y = mask.x - margin, mask.y - margin
    inside = ellipse.pixels(x, y, mask.h + 2 * margin, mask.w + 2 * margin)
    pixels = np.pad(mask.crop(), margin)
    union = int((inside | pixels).sum())
    return float((inside & pixels).sum()) / union if union else 0.0


def fit_quadrilateral(mask: Mask) -> Points:
    """The four corners (4×2, in order around) of the quadrilateral that holds a mask most tightly.

    Raises:
        ValueError: the mask is too small for a quadrilateral.
    """
    outline = max(outlines(cleaned(mask), with_holes=False), key=len, default=np.empty((0, 2)))
    if len(outline) < _MIN_OUTLINE_POINTS or min(mask.w, mask.h) < 3:
        raise ValueError("The card is too small to be measured; click a larger one, or take the photo closer.")
    hull = cv2.convexHull(outline.astype(np.float32).reshape(-1, 1, 2))
    corners = _lines_through(hull.reshape(-1, 2).astype(np.float64), outline)
    centre = corners.mean(axis=0)
    away = (corners - centre) / np.linalg.norm(corners - centre, axis=1, keepdims=True)
    return np.asarray(corners + away * 0.7 + np.array([mask.x, mask.y]), dtype=np.float64)


def _lines_through(hull: Points, outline: Points) -> Points:
    """Corners of four lines, each fitted to the outline along one side: rounded corners do not matter."""
    first = _four_corners(hull)
    lines = [_side(outline, first[i], first[(i + 1) % 4]) for i in range(4)]
    crossings = [_crossing(lines[i - 1], lines[i]) for i in range(4)]
    if any(c is None for c in crossings):
        return first
    corners = np.array(crossings, dtype=np.float64)
    reach = np.linalg.norm(first - first.mean(axis=0), axis=1).max()
    moved = float(np.linalg.norm(corners - first, axis=1).max())
    return corners if moved < 0.5 * float(reach) else first


def _four_corners(hull: Points) -> Points:
    shape = hull.astype(np.float32).reshape(-1, 1, 2)
    if len(hull) > 4:
        found = cv2.approxPolyN(shape, 4, epsilon_percentage=-1.0, ensure_convex=True)
        if found is not None and found.size == 8:
            return np.asarray(found, dtype=np.float64).reshape(4, 2)
    return np.asarray(cv2.boxPoints(cv2.minAreaRect(shape)), dtype=np.float64)


def _side(outline: Points, start: Points, end: Points) -> Points:
    """The line (vx, vy, x, y) through the outline's points beside the middle 70 % of the side from start to end."""
    along = end - start
    length = float(np.linalg.norm(along)) or 1.0
    unit = along / length
    offset = outline - start
    position = offset @ unit / length
    across = np.abs(offset @ np.array([-unit[1], unit[0]]))
    near = outline[(position > 0.15) & (position < 0.85) & (across < 0.08 * length + 2)]
    if len(near) < 2:
        return np.array([*unit, *start], dtype=np.float64)
    return np.asarray(cv2.fitLine(near.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01), dtype=np.float64).ravel()


def _crossing(first: Points, second: Points) -> Points | None:
    matrix = np.array([[first[0], -second[0]], [first[1], -second[1]]])
    if abs(np.linalg.det(matrix)) < 1e-3:
        return None
    step = np.linalg.solve(matrix, second[2:] - first[2:])
    return np.asarray(first[2:] + step[0] * first[:2])
