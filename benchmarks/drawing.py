"""The drawing tools on a photo of 12 megapixels with a food of five."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import cache
from math import cos, sin

import numpy as np

from benchmarks.report import Row, percentile, timed_rows
from foodcal_desktop.core import mask_tools, overlap
from foodcal_desktop.core.mask import Mask

HEIGHT, WIDTH = 3000, 4000


@cache
def large_food() -> Mask:
    """An ellipse of 5.2 megapixels."""
    y, x = np.ogrid[0:HEIGHT, 0:WIDTH]
    return Mask.from_array(((x - 2000) / 1500) ** 2 + ((y - 1500) / 1100) ** 2 < 1)


def seconds(work: Callable[[], object], times: int = 5) -> float:
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        work()
        taken.append(time.perf_counter() - started)
    return percentile(taken, 0.5)


def brush_steps(mask: Mask) -> list[float]:
    """One mouse movement after another with a brush of 60 px, as the canvas paints them."""
    stroke, taken = mask_tools.Stroke(mask, 60), []
    for step in range(200):
        point = (2000 + 1500 * cos(step / 20), 1500 + 1100 * sin(step / 20))
        started = time.perf_counter()
        stroke.extend([point])
        taken.append(time.perf_counter() - started)
    return taken


def measure() -> list[Row]:
    mask = large_food()
    polygons = mask_tools.to_polygons(mask, 1.0)
    half = mask_tools.from_polygon([(0, 0), (2000, 0), (2000, HEIGHT), (0, HEIGHT)], HEIGHT, WIDTH)
    single = {
        "brush stroke at 12 MP, begin": lambda: mask_tools.Stroke(mask, 60),
        "brush stroke at 12 MP, end": lambda: mask_tools.Stroke(mask, 60).finish(),
        "polygon to mask": lambda: mask_tools.from_polygons(polygons, HEIGHT, WIDTH),
        "mask to polygon": lambda: mask_tools.to_polygons(mask, 1.0),
        "smooth": lambda: mask_tools.smooth(mask, 5),
        "fill holes": lambda: mask_tools.fill_holes(mask),
        "exclusive pixels of two": lambda: overlap.exclusive([mask, half]),
        "mask to bytes and back": lambda: Mask.from_bytes(mask.to_bytes()),
    }
    rows = timed_rows("brush stroke at 12 MP, each movement", brush_steps(mask))
    return [*rows, *(Row(name, 1000 * seconds(work), "ms") for name, work in single.items())]
