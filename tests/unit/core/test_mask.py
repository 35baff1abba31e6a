from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.mask import Mask
from tests.unit.strategies import masks, pixel_arrays


@given(pixel_arrays())
def test_an_array_comes_back_as_it_was(pixels: np.ndarray) -> None:
    mask = Mask.from_array(pixels)
    assert (mask.to_array() == pixels).all()
    assert mask.area == pixels.sum()


@given(pixel_arrays())
def test_equal_pixels_are_equal_masks_and_hashes(pixels: np.ndarray) -> None:
    first, second = Mask.from_array(pixels), Mask.from_array(pixels.astype(np.uint8) * 7)
    assert first == second
    assert hash(first) == hash(second)


@given(masks(), masks())
def test_the_algebra_is_that_of_arrays(a: Mask, b: Mask) -> None:
    first, second = a.to_array(), b.to_array()
    assert a.union(b) == Mask.from_array(first | second)
    assert a.intersection(b) == Mask.from_array(first & second)
    assert a.difference(b) == Mask.from_array(first & ~second)


@given(masks(), masks())
def test_iou_is_that_of_arrays(a: Mask, b: Mask) -> None:
    first, second = a.to_array(), b.to_array()
    union = (first | second).sum()
    assert a.iou(b) == ((first & second).sum() / union if union else 1.0)


@given(masks(), masks())
def test_masks_share_pixels_where_their_intersection_has_some(a: Mask, b: Mask) -> None:
    assert a.shares(b) == (a.intersection(b).area > 0)


@given(masks(), st.floats(-3, 15), st.floats(-3, 15))
def test_contains_is_a_look_into_the_array(mask: Mask, x: float, y: float) -> None:
    column, row = int(np.floor(x)), int(np.floor(y))
    inside = 0 <= column < mask.width and 0 <= row < mask.height
    assert mask.contains(x, y) == (inside and bool(mask.to_array()[row, column]))


@given(masks())
def test_the_box_is_tight(mask: Mask) -> None:
    x0, y0, x1, y1 = mask.box
    pixels = mask.to_array()
    assert pixels[y0:y1, x0:x1].sum() == pixels.sum()
    if mask.area:
        assert pixels[y0].any()
        assert pixels[y1 - 1].any()
        assert pixels[:, x0].any()
        assert pixels[:, x1 - 1].any()
    else:
        assert mask.box == (0, 0, 0, 0)


@given(pixel_arrays(5, 6), st.integers(-8, 14), st.integers(-8, 14))
def test_a_crop_over_the_edge_is_cut(crop: np.ndarray, x: int, y: int) -> None:
    paper = np.zeros((40, 40), dtype=bool)
    paper[15 + y : 20 + y, 15 + x : 21 + x] = crop
    assert Mask.from_crop(crop, x, y, 9, 12) == Mask.from_array(paper[15:24, 15:27])


@given(masks(None, None))
def test_bytes_and_coco_give_the_same_mask(mask: Mask) -> None:
    assert Mask.from_bytes(mask.to_bytes()) == mask
    assert Mask.from_coco(mask.to_coco()) == mask


def test_holes_and_islands_are_kept() -> None:
    pixels = np.ones((30, 40), dtype=bool)
    pixels[5:25, 5:35] = False
    pixels[10:20, 10:30] = True
    pixels[14:16, 15:25] = False
    mask = Mask.from_array(pixels)
    assert (Mask.from_bytes(mask.to_bytes()).to_array() == pixels).all()


def test_masks_of_different_photos_do_not_mix() -> None:
    for name in ("union", "intersection", "difference", "iou", "shares"):
        with pytest.raises(ValueError, match="different size"):
            getattr(Mask.empty(3, 4), name)(Mask.empty(4, 3))


def test_a_mask_is_two_dimensional() -> None:
    with pytest.raises(ValueError, match="height × width"):
        Mask.from_array(np.zeros((2, 3, 3)))


@pytest.mark.parametrize("damage", [b"", b"abc", bytes(23), bytes(25)])
def test_bytes_that_are_no_mask(damage: bytes) -> None:
    with pytest.raises(ValueError, match="damaged"):
        Mask.from_bytes(damage)


@given(masks(), st.data())
def test_cut_bytes_are_refused(mask: Mask, data: st.DataObject) -> None:
    stored = mask.to_bytes()
    cut = data.draw(st.integers(0, len(stored) - 1))
    if mask.runs or cut < 24:
        with pytest.raises(ValueError, match="damaged"):
            Mask.from_bytes(stored[:cut])
