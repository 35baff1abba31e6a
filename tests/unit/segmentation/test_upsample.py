from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch.nn import functional

from foodcal_desktop.segmentation.upsample import mask_of


def _full(logits: np.ndarray, height: int, width: int) -> np.ndarray:
    resized = functional.interpolate(torch.from_numpy(logits)[None, None], (height, width), mode="bilinear")
    return resized[0, 0].numpy()


@given(
    st.integers(0, 2**31),
    st.integers(2, 20),
    st.integers(2, 20),
    st.integers(1, 90),
    st.integers(1, 90),
    st.floats(-2, 2),
)
def test_equals_torchs_bilinear_resize(seed: int, h: int, w: int, height: int, width: int, offset: float) -> None:
    logits = (np.random.default_rng(seed).normal(size=(h, w)) - offset).astype(np.float32)
    full = _full(logits, height, width)
    found = mask_of(logits, height, width).to_array()
    # Where the surface is within rounding of 0, either answer is right.
    sure = np.abs(full) > 1e-4
    assert np.array_equal(found[sure], full[sure] > 0)


def test_a_blob_at_photo_size_equals_the_full_resize() -> None:
    y, x = np.mgrid[0:112, 0:112]
    logits = (20 - np.hypot(x - 30, y - 90)).astype(np.float32)
    full = _full(logits, 768, 1024)
    found = mask_of(logits, 768, 1024).to_array()
    assert np.array_equal(found[np.abs(full) > 1e-3], full[np.abs(full) > 1e-3] > 0)


@pytest.mark.parametrize("corner", [(0, 0), (0, 11), (11, 0), (11, 11)])
def test_masks_reach_the_photos_edges(corner: tuple[int, int]) -> None:
    logits = np.full((12, 12), -1.0, np.float32)
    logits[corner] = 5.0
    found = mask_of(logits, 60, 90)
    assert found.contains(0.5 if corner[1] == 0 else 89.5, 0.5 if corner[0] == 0 else 59.5)


def test_nothing_positive_is_an_empty_mask() -> None:
    found = mask_of(np.full((8, 8), -0.1, np.float32), 33, 44)
    assert found.area == 0
    assert (found.height, found.width) == (33, 44)
