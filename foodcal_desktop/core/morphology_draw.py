"""OpenCV's part of drawing on masks: simpler outlines, islands by label, areas resampled.

Pixels are H×W boolean arrays; points are (x, y) with the first pixel's centre at (0.5, 0.5), as everywhere.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Pixels

Points = NDArray[np.float64]


def simplified(outline: Points, tolerance: float) -> Points:
    """A closed outline (N×2) with fewer points, nowhere farther than tolerance px from the given one.

    Ramer–Douglas–Peucker; an outline that would shrink to less than a triangle comes back as it is.
    """
    if tolerance <= 0 or len(outline) < 4:
        return outline
    kept = cv2.approxPolyDP(outline.astype(np.float32).reshape(-1, 1, 2), tolerance, True)
    return np.asarray(kept, dtype=np.float64).reshape(-1, 2) if len(kept) >= 3 else outline


def labelled_islands(pixels: Pixels) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """H×W labels of the connected parts (8 neighbours), 0 outside, and the area in px of each label from 1 on."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(
        np.ascontiguousarray(pixels, dtype=np.uint8), connectivity=8, ltype=cv2.CV_32S
    )
    return np.asarray(labels, dtype=np.int32), np.asarray(stats[1:, cv2.CC_STAT_AREA], dtype=np.int64)


def labelled_holes(pixels: Pixels) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """H×W labels of the holes (4 neighbours, so that no hole leaks through a corner), and the area in px of each."""
    background = np.pad(~np.asarray(pixels, dtype=bool), 1, constant_values=True).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(background, connectivity=4, ltype=cv2.CV_32S)
    outside = int(labels[0, 0])
    labels = np.where(labels == outside, 0, labels - (labels > outside))[1:-1, 1:-1]
    areas = np.delete(stats[:, cv2.CC_STAT_AREA], [0, outside])
    return np.asarray(labels, dtype=np.int32), np.asarray(areas, dtype=np.int64)


def coverage(pixels: Pixels, height: int, width: int) -> NDArray[np.float32]:
    """height × width float32: the share of each cell that is set, 0 to 1, when the array is laid over that grid."""
    source = np.ascontiguousarray(pixels, dtype=np.float32)
    shrinks = height <= source.shape[0] and width <= source.shape[1]
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(source, (width, height), interpolation=way), dtype=np.float32)


def opened(pixels: Pixels, radius: float) -> Pixels:
    """Without what is narrower than about twice the radius in px (opened with a disc)."""
    size = 2 * round(radius) + 1
    if size <= 1:
        return np.asarray(pixels, dtype=bool)
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    # What the photo's border cuts off goes on behind it: nothing there is narrow because of the border.
    found = cv2.morphologyEx(np.ascontiguousarray(pixels, dtype=np.uint8), cv2.MORPH_OPEN, disc)
    return np.asarray(found > 0)


def grown(pixels: Pixels, radius: int) -> Pixels:
    """With all that is at most radius px away, along rows and columns, inside the array."""
    square = np.ones((2 * radius + 1, 2 * radius + 1), np.uint8)
    return np.asarray(cv2.dilate(np.ascontiguousarray(pixels, dtype=np.uint8), square) > 0)
