"""What stands under "segmentation" in a COCO file as a mask: run lengths, or the polygons that most programs write."""

from __future__ import annotations

from math import isfinite
from typing import Any

from foodcal_desktop.core import mask_tools
from foodcal_desktop.core.mask import Mask

_LEAST_NUMBERS = 6
_NO_NUMBERS = "A polygon of COCO is a list of numbers: x, y, x, y and so on."


def has_outline(segmentation: Any) -> bool:
    """Whether there is a mask at all: not under the boxes of a detector's dataset, nor in a polygon of two points."""
    if isinstance(segmentation, list):
        return any(len(ring) >= _LEAST_NUMBERS for ring in _rings(segmentation))
    return isinstance(segmentation, dict)


def coco_mask(segmentation: Any, height: int, width: int) -> Mask:
    """The pixels of run lengths (compressed or as counts), or those with their centre in any of the polygons.

    Polygons of one object are its parts, not holes in each other, as pycocotools takes them.

    Raises:
        ValueError: the run lengths or the polygons are damaged.
    """
    if not isinstance(segmentation, list):
        return Mask.from_coco(segmentation)
    try:
        points = [[float(number) for number in ring] for ring in _rings(segmentation)]
    except (TypeError, ValueError) as error:
        raise ValueError(_NO_NUMBERS) from error
    if not all(isfinite(number) for ring in points for number in ring):
        raise ValueError(_NO_NUMBERS)
    if any(len(ring) % 2 for ring in points):
        raise ValueError("A polygon has an x without its y; the annotation is damaged.")
    rings = [list(zip(ring[::2], ring[1::2], strict=True)) for ring in points if len(ring) >= _LEAST_NUMBERS]
    parts = [mask_tools.from_polygon(ring, height, width) for ring in rings]
    return mask_tools.merge(parts) if parts else Mask.empty(height, width)


def _rings(segmentation: list[Any]) -> list[list[Any]]:
    """Some programs leave out the list around a single polygon."""
    if segmentation and not isinstance(segmentation[0], list):
        return [segmentation]
    return [ring for ring in segmentation if isinstance(ring, list)]
