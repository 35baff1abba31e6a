"""Low-resolution logits to a mask of the photo's size, working only where the mask can be."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask

Logits = NDArray[np.float32]


def mask_of(logits: Logits, height: int, width: int) -> Mask:
    """The mask of h×w logits resized bilinearly (align_corners=False) to height × width and cut at 0.

    Between two samples a bilinear surface is nowhere above both, so nothing outside the positive samples' box, widened
    by one sample, can be positive: only that part is made, which matters for photos of 12 megapixels.
    """
    rows, columns = (np.flatnonzero((logits > 0).any(axis=axis)) for axis in (1, 0))
    if rows.size == 0:
        return Mask.empty(height, width)
    y0, y1 = _span(int(rows[0]), int(rows[-1]), logits.shape[0], height)
    x0, x1 = _span(int(columns[0]), int(columns[-1]), logits.shape[1], width)
    crop = logits_in(logits, height, width, (y0, y1), (x0, x1)) > 0
    return Mask.from_crop(crop, x0, y0, height, width)


def logits_in(logits: Logits, height: int, width: int, rows: tuple[int, int], columns: tuple[int, int]) -> Logits:
    """Logits h×w resized bilinearly (align_corners=False) to height × width, only its rows and columns from and to."""
    across = _along(logits, *columns, width, axis=1)
    return _along(across, *rows, height, axis=0)


def _span(first: int, last: int, samples: int, size: int) -> tuple[int, int]:
    """The pixels that the samples first − 1 to last + 1 reach."""
    scale = size / samples
    return max(int((first - 1) * scale), 0), min(int(np.ceil((last + 2) * scale)), size)


def _along(values: Logits, start: int, end: int, size: int, axis: int) -> Logits:
    """Bilinear samples along one axis for the pixels start to end of ``size``, border values repeated."""
    samples = values.shape[axis]
    at = np.clip((np.arange(start, end, dtype=np.float32) + 0.5) * (samples / size) - 0.5, 0, samples - 1)
    low = np.minimum(at.astype(np.intp), max(samples - 2, 0))
    share = (at - low).astype(np.float32)
    share = share[:, None] if axis == 0 else share[None, :]
    below = values.take(low, axis=axis)
    above = values.take(np.minimum(low + 1, samples - 1), axis=axis)
    above -= below
    above *= share
    above += below
    return np.asarray(above)
