"""How the bundled network's logits are read: where a mask ends, and which of three candidates was meant.

The network is small, and what it is unsure of has a pattern that its own certainty does not tell. The constants were
chosen by training photos (``scripts/fit_reading.py``, which prints what each is worth), never by validation photos; the
depth of a click counts half of what it is worth there, for a person hits the middle less well than the protocol does.
"""

from __future__ import annotations

from math import log

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import morphology
from foodcal_desktop.core.mask import Mask

Logits = NDArray[np.float32]
Cells = NDArray[np.bool_]

SHIFT = 0.5
"""Added to all logits. Focal loss weighs what is missing by 0.25 and what is too much by 0.75 (losses.py, as SAM's), so
that a network cut at 0 finds foods smaller than they are; the more so, the less it knows of their kind."""

# What each hint is worth beside the predicted IoU, in IoU.
_STABILITY, _SIZE, _DEPTH = 0.3, -0.018, 0.5


def hints(logits: Logits, click: tuple[float, float]) -> tuple[float, float, float]:
    """What tells whether a candidate was meant by a click at (x, y) in cells.

    Returns:
        Its stability (IoU of the masks cut at +1 and −1), the square of the logarithm of its share of the photo, and
        how deep inside it the click lies, as a share of its deepest point: a person clicks in the middle.
    """
    mask = _part_at(logits > 0, click)
    if not mask.any():
        return 0.0, log(1e-4) ** 2, 0.0
    tight, wide = _part_at(logits > 1, click), _part_at(logits > -1, click)
    depth = morphology.distance(mask)
    stability = (tight & wide).sum() / max((tight | wide).sum(), 1)
    row, column = _cell(click, mask)
    return float(stability), log(mask.mean() + 1e-4) ** 2, float(depth[row, column] / depth.max())


def meant(logits: Logits, predicted_iou: float, click: tuple[float, float]) -> float:
    """How likely a candidate is the one that a single click at (x, y) in cells meant; only for comparison."""
    stability, size, depth = hints(logits, click)
    return predicted_iou + _STABILITY * stability + _SIZE * size + _DEPTH * depth


def _part_at(mask: Cells, click: tuple[float, float]) -> Cells:
    return morphology.parts_at(Mask.from_array(mask), [click]).to_array()


def _cell(click: tuple[float, float], mask: Cells) -> tuple[int, int]:
    """Row and column of the cell that a click lies in."""
    height, width = mask.shape
    return min(max(int(click[1]), 0), height - 1), min(max(int(click[0]), 0), width - 1)
