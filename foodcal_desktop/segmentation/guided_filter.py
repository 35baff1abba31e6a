"""The guided filter: what a coarse grid says of a photo, drawn to the photo's own edges."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float32]


def along_edges(values: Values, guide: NDArray[np.uint8], side: int, epsilon: float) -> Values:
    """Values h×w filtered so that they change where the guide h×w×3 RGB does, by its colours in side×side cells.

    ``epsilon`` is the variance, of colours from 0 to 1, below which a patch counts as flat and is only smoothed. By He,
    Sun and Tang (2013, Guided Image Filtering, IEEE TPAMI 35, 1397–1409), with a guide in colour (their section 3.5).
    """
    colours = guide.astype(np.float32) / np.float32(255)
    mean, level = _means(colours, side), _means(values, side)
    pairs = (colours[..., :, None] * colours[..., None, :]).reshape(*values.shape, 9)
    spread = _means(pairs, side).reshape(*values.shape, 3, 3) - mean[..., :, None] * mean[..., None, :]
    together = _means(colours * values[..., None], side) - mean * level[..., None]
    slopes = np.linalg.solve(spread + epsilon * np.eye(3, dtype=np.float32), together[..., None])[..., 0]
    offsets = level - (slopes * mean).sum(axis=-1)
    return np.asarray((_means(slopes, side) * colours).sum(axis=-1) + _means(offsets, side))


def _means(values: Values, side: int) -> Values:
    return np.asarray(cv2.blur(values, (side, side)))
