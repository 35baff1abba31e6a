from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pycocotools import mask as reference

from foodcal_desktop.core import coco_rle
from foodcal_desktop.core.mask import Mask
from tests.unit.strategies import pixel_arrays


@given(pixel_arrays())
def test_the_string_is_that_of_pycocotools(pixels: np.ndarray) -> None:
    expected = reference.encode(np.asfortranarray(pixels.astype(np.uint8)))
    assert Mask.from_array(pixels).to_coco() == {"size": expected["size"], "counts": expected["counts"].decode()}


@given(pixel_arrays())
def test_pycocotools_reads_our_mask(pixels: np.ndarray) -> None:
    rle = Mask.from_array(pixels).to_coco()
    assert (reference.decode([rle])[:, :, 0].astype(bool) == pixels).all()
    assert reference.area(rle) == pixels.sum()


@given(pixel_arrays())
def test_we_read_the_mask_of_pycocotools_as_bytes_and_as_counts(pixels: np.ndarray) -> None:
    rle = reference.encode(np.asfortranarray(pixels.astype(np.uint8)))
    runs = [int(n) for n in coco_rle.runs_of(pixels)]
    assert Mask.from_coco(rle) == Mask.from_coco({"size": rle["size"], "counts": runs}) == Mask.from_array(pixels)


def test_a_large_photo_with_long_runs() -> None:
    pixels = np.zeros((3000, 4000), dtype=bool)
    pixels[1:2999, 1500:3999] = True
    pixels[1200:1300, 2000:2100] = False
    expected = reference.encode(np.asfortranarray(pixels.astype(np.uint8)))["counts"].decode()
    assert Mask.from_array(pixels).to_coco()["counts"] == expected


@given(pixel_arrays())
def test_by_rows_and_by_columns_the_runs_and_the_pixels_are_the_same(pixels: np.ndarray) -> None:
    small, by_columns = (coco_rle._SMALL_TO_CODE, coco_rle._SMALL_TO_DRAW, coco_rle._TORN), coco_rle.runs_of(pixels)
    coco_rle._SMALL_TO_CODE = coco_rle._SMALL_TO_DRAW = coco_rle._TORN = 0
    try:
        assert coco_rle.runs_of(pixels).tolist() == by_columns.tolist()
        drawn = coco_rle.pixels_of(by_columns, *pixels.shape)
    finally:
        coco_rle._SMALL_TO_CODE, coco_rle._SMALL_TO_DRAW, coco_rle._TORN = small
    assert drawn.flags.c_contiguous and (drawn == pixels).all()


def test_a_torn_mask_and_one_with_empty_runs_come_back_at_any_size() -> None:
    torn = np.random.default_rng(3).random((900, 1100)) < 0.5
    assert (coco_rle.pixels_of(coco_rle.runs_of(torn), 900, 1100) == torn).all()
    assert coco_rle.pixels_of([400_000, 300_000, 0, 100_000, 200_000], 1000, 1000).sum() == 400_000


@given(st.lists(st.integers(0, 2**31 - 1), max_size=30))
def test_any_counts_survive_the_string(counts: list[int]) -> None:
    assert coco_rle.decode_string(coco_rle.encode_string(counts)) == counts


@pytest.mark.parametrize("text", ["P", "abc P", "\x7f", "한글"])
def test_a_string_outside_the_code_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="run-length string"):
        coco_rle.decode_string(text)


@pytest.mark.parametrize("runs", [[1, 2], [], [13], [-1, 13]])
def test_runs_that_do_not_fill_the_mask(runs: list[int]) -> None:
    with pytest.raises(ValueError, match="3×4"):
        coco_rle.pixels_of(runs, 4, 3)


@pytest.mark.parametrize("rle", [{}, {"size": [1, 2]}, {"size": 3, "counts": "1"}, {"size": [1], "counts": "1"}])
def test_a_dictionary_that_is_no_mask(rle: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="size"):
        Mask.from_coco(rle)
