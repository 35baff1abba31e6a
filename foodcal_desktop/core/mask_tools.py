"""What the drawing tools do to a mask: brush, polygon, lasso, holes, islands, smoothing. Pure: masks in, masks out.

Everything works on crops, so that a photo of 12 megapixels costs no more than the food on it. Points are (x, y) in
pixels of the upright photo, the first pixel's centre at (0.5, 0.5); a pixel counts where its centre lies inside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import morphology, morphology_draw, polygon_fill
from foodcal_desktop.core.mask import Mask, Pixels
from foodcal_desktop.core.outline import crack_loops

Point = tuple[float, float]
Points = NDArray[np.float64]
Box = tuple[int, int, int, int]

LOGIT = 10.0
"""Logit of a pixel that a hand-drawn mask holds wholly, as a prompt: SAM's own masks reach ±10 to ±20 inside."""


class Stroke:
    """A brush stroke being drawn: extended point by point, each step as dear as its own few pixels.

    ``pixels`` is the photo's H×W array as painted so far; ``finish`` gives the mask. A radius is in pixels.
    """

    def __init__(self, mask: Mask, radius: float, erase: bool = False) -> None:
        self.pixels: Pixels = mask.to_array()
        self.radius = radius
        self.erase = erase
        self._last: Point | None = None
        self._box: Box = mask.box

    def extend(self, points: Iterable[Point]) -> Box:
        """Paint on from the last point through these; returns the box (x0, y0, x1, y1) that may have changed."""
        changed: Box = (0, 0, 0, 0)
        for point in points:
            changed = _around(changed, self._paint(self._last or point, point))
            self._last = point
        self._box = self._box if self.erase else _around(self._box, changed)
        return changed

    def finish(self) -> Mask:
        """The mask after the stroke."""
        x0, y0, x1, y1 = self._box
        return Mask.from_crop(self.pixels[y0:y1, x0:x1], x0, y0, *self.pixels.shape)

    def _paint(self, start: Point, end: Point) -> Box:
        height, width = self.pixels.shape
        x0, y0, x1, y1 = box = _reach([start, end], self.radius, height, width)
        if x0 >= x1 or y0 >= y1:
            return 0, 0, 0, 0
        near = _near_segment(start, end, self.radius, box)
        window = self.pixels[y0:y1, x0:x1]
        np.copyto(window, not self.erase, where=near)
        return box


def brush_stroke(mask: Mask, points: Sequence[Point], radius: float, erase: bool = False) -> Mask:
    """The mask with all pixels set (or erased) whose centre is at most radius px from the line through the points.

    For a stroke that is still being drawn see ``Stroke``: this one does it at once.
    """
    x0, y0, x1, y1 = _reach(points, radius, mask.height, mask.width) if len(points) else (0, 0, 0, 0)
    if x0 >= x1 or y0 >= y1:
        return mask
    painted = Stroke(Mask.empty(y1 - y0, x1 - x0), radius)
    painted.extend((x - x0, y - y0) for x, y in points)
    stroke = Mask.from_crop(painted.pixels, x0, y0, mask.height, mask.width)
    return mask.difference(stroke) if erase else mask.union(stroke)


def from_polygon(points: Sequence[Point], height: int, width: int) -> Mask:
    """The pixels inside a closed polygon, by the even–odd rule: where it crosses itself, it leaves a hole."""
    return from_polygons([points], height, width)


def from_polygons(
    polygons: Iterable[Sequence[Point] | Points], height: int, width: int, within: Box | None = None
) -> Mask:
    """The pixels inside an odd number of closed polygons: an outline and its holes, as ``to_polygons`` gives them.

    ``within``: only those in this box (x0, y0, x1, y1) of pixels, in a time that goes by its size.
    """
    return _wound(polygons, height, width, lambda windings: windings & 1 != 0, within)


def from_lasso(points: Sequence[Point], height: int, width: int) -> Mask:
    """The pixels that a line drawn by hand goes around, however often it crosses itself (non-zero winding rule)."""
    return _wound([points], height, width, lambda windings: windings != 0)


def to_polygons(mask: Mask, tolerance: float = 1.0) -> list[Points]:
    """Closed outlines (N×2) along the pixels' edges: one for each island and one for each hole, the longest first.

    With tolerance 0, ``from_polygons`` gives exactly the same mask; with more, fewer points within tolerance px.
    """
    outlines = [morphology_draw.simplified(loop, tolerance) for loop in crack_loops(mask)]
    return sorted(outlines, key=len, reverse=True)


def with_outlines(mask: Mask, before: Sequence[Points], after: Sequence[Points], within: Box, tolerance: float) -> Mask:
    """The mask after some of its outlines (``to_polygons`` with this tolerance) were moved inside a box of pixels.

    Where nothing moved it stays to the pixel what it was; along what moved, that by which the outlines were simpler
    than the mask goes too, for else it would be left behind as slivers.
    """
    reach = ceil(tolerance)
    x0, y0, x1, y1 = within
    box = (max(x0 - reach, 0), max(y0 - reach, 0), min(x1 + reach, mask.width), min(y1 + reach, mask.height))
    old, new = (from_polygons(rings, mask.height, mask.width, box) for rings in (before, after))
    moved = old.difference(new).union(new.difference(old))
    if not moved.area:
        return mask
    grown = morphology_draw.grown(np.pad(moved.crop(), reach), reach)
    near = Mask.from_crop(grown, moved.x - reach, moved.y - reach, mask.height, mask.width)
    return mask.difference(near).union(new.intersection(near))


def fill_holes(mask: Mask, max_area: int | None = None) -> Mask:
    """Without holes, or without those of at most max_area px."""
    if max_area is None:
        return _with_crop(mask, morphology.fill_holes(mask.crop())) if mask.runs else mask
    labels, areas = morphology_draw.labelled_holes(mask.crop()) if mask.runs else _NOTHING
    return _with_crop(mask, mask.crop() | _chosen(labels, areas <= max_area)) if areas.size else mask


def drop_islands(mask: Mask, min_area: int) -> Mask:
    """Without islands smaller than min_area px (8 neighbours); the largest one always stays."""
    labels, areas = morphology_draw.labelled_islands(mask.crop()) if mask.runs else _NOTHING
    if areas.size < 2:
        return mask
    return _with_crop(mask, _chosen(labels, areas >= min(min_area, areas.max())))


def smooth(mask: Mask, radius: float) -> Mask:
    """Without whiskers and nicks narrower than about radius px; the same mask where nothing else would be left."""
    if not mask.runs:
        return mask
    # Closing may reach over the crop's edge; what is left of the photo there belongs to the mask as well.
    margin = 2 * ceil(max(radius, 0)) + 1
    smoothed = morphology.smooth(np.pad(mask.crop(), margin), radius)
    result = Mask.from_crop(smoothed, mask.x - margin, mask.y - margin, mask.height, mask.width)
    return result if result.runs else mask


def add(mask: Mask, *others: Mask) -> Mask:
    """Pixels of any of them. Raises ValueError for masks of photos of different size."""
    return reduce(Mask.union, others, mask)


def subtract(mask: Mask, *others: Mask) -> Mask:
    """Pixels that none of the others has. Raises ValueError for masks of photos of different size."""
    return reduce(Mask.difference, others, mask)


def intersect(mask: Mask, *others: Mask) -> Mask:
    """Pixels that all of them have. Raises ValueError for masks of photos of different size."""
    return reduce(Mask.intersection, others, mask)


def merge(masks: Sequence[Mask]) -> Mask:
    """All as one. Raises ValueError for none, or for masks of photos of different size."""
    if not masks:
        raise ValueError("There is nothing to merge; select two masks or more.")
    return add(*masks)


def split_islands(mask: Mask, min_area: int = 1) -> tuple[Mask, ...]:
    """Each connected part (8 neighbours) of at least min_area px by itself, the largest first."""
    labels, areas = morphology_draw.labelled_islands(mask.crop()) if mask.runs else _NOTHING
    if areas.size == 1 and areas[0] >= min_area:
        return (mask,)
    order = [i for i in np.argsort(-areas, kind="stable") if areas[i] >= min_area]
    return tuple(_with_crop(mask, labels == i + 1) for i in order)


def resized(mask: Mask, height: int, width: int) -> Mask:
    """The mask laid over a photo of another size, as when an annotation is copied to the next photo."""
    if (height, width) == (mask.height, mask.width) or not mask.runs:
        return mask if mask.runs else Mask.empty(height, width)
    rows = (np.arange(height) + 0.5) * mask.height / height
    columns = (np.arange(width) + 0.5) * mask.width / width
    inside_rows = np.flatnonzero((rows >= mask.y) & (rows < mask.y + mask.h))
    inside_columns = np.flatnonzero((columns >= mask.x) & (columns < mask.x + mask.w))
    if not inside_rows.size or not inside_columns.size:
        return Mask.empty(height, width)
    taken = np.ix_(rows[inside_rows].astype(int) - mask.y, columns[inside_columns].astype(int) - mask.x)
    return Mask.from_crop(mask.crop()[taken], int(inside_columns[0]), int(inside_rows[0]), height, width)


def prompt_logits(mask: Mask, height: int = 256, width: int = 256) -> NDArray[np.float32]:
    """A mask drawn by hand as the logits of a MaskPrompt, height × width: ±LOGIT, and between them along the edge."""
    return (2 * morphology_draw.coverage(mask.to_array(), height, width) - 1) * np.float32(LOGIT)


_NOTHING = (np.zeros((0, 0), np.int32), np.zeros(0, np.int64))


def _with_crop(mask: Mask, crop: NDArray[np.generic]) -> Mask:
    return Mask.from_crop(crop, mask.x, mask.y, mask.height, mask.width)


def _chosen(labels: NDArray[np.int32], wanted: NDArray[np.bool_]) -> Pixels:
    """The pixels of the labels (from 1 on) that are wanted."""
    return np.concatenate(([False], wanted))[labels]


def _around(one: Box, other: Box) -> Box:
    """The box around two boxes; one of no size does not count."""
    if one[0] >= one[2]:
        return other
    if other[0] >= other[2]:
        return one
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _reach(points: Sequence[Point] | Points, radius: float, height: int, width: int) -> Box:
    """The pixels (x0, y0, x1, y1) that points and all within radius px of them can touch, inside the photo."""
    xy = np.asarray(points, dtype=np.float64)
    low, high = xy.min(axis=0) - radius, xy.max(axis=0) + radius
    return max(floor(low[0]), 0), max(floor(low[1]), 0), min(ceil(high[0]), width), min(ceil(high[1]), height)


def _near_segment(start: Point, end: Point, radius: float, box: Box) -> Pixels:
    """For the pixels of a box: whether their centres are at most radius px from the segment between two points."""
    x = np.arange(box[0], box[2]) + 0.5 - start[0]
    y = (np.arange(box[1], box[3]) + 0.5 - start[1])[:, None]
    dx, dy = end[0] - start[0], end[1] - start[1]
    length2 = dx * dx + dy * dy
    along = np.clip((x * dx + y * dy) / length2, 0, 1) if length2 > 0 else 0.0
    return np.asarray((x - along * dx) ** 2 + (y - along * dy) ** 2 <= radius * radius)


def _wound(
    polygons: Iterable[Sequence[Point] | Points],
    height: int,
    width: int,
    rule: polygon_fill.Rule,
    within: Box | None = None,
) -> Mask:
    """The pixels at whose centres the rule holds for how often, by sign, the polygons wind around them."""
    rings = [np.asarray(p, dtype=np.float64).reshape(-1, 2) for p in polygons]
    rings = [ring for ring in rings if len(ring) >= 3]
    if not rings:
        return Mask.empty(height, width)
    x0, y0, x1, y1 = _reach(np.concatenate(rings), 0, height, width)
    if within is not None:
        x0, y0, x1, y1 = max(x0, within[0]), max(y0, within[1]), min(x1, within[2]), min(y1, within[3])
    return polygon_fill.wound(rings, (x0, y0, x1, y1), height, width, rule)
