from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.coverage import uncovered, uncovered_share
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate


def square(x: int, y: int, side: int, height: int = 400, width: int = 600) -> Mask:
    return Mask.from_crop(np.ones((side, side)), x, y, height, width)


def test_what_no_mask_covers_is_told_by_area() -> None:
    found = uncovered([square(0, 0, 100), square(300, 100, 100)], [square(0, 0, 100)])
    assert found.share == pytest.approx(0.5, abs=0.01)
    assert found.mask.iou(square(300, 100, 100)) > 0.97


def test_proposals_that_overlap_count_once() -> None:
    found = uncovered([square(0, 0, 100), square(0, 0, 50), square(100, 0, 100)], [square(0, 0, 100)])
    assert found.share == pytest.approx(0.5, abs=0.01)


def test_the_seam_between_two_outlines_is_not_food_left_out() -> None:
    assert uncovered([square(50, 50, 200)], [square(52, 52, 196)]).share == 0
    assert uncovered([square(50, 50, 200)], [square(70, 70, 160)]).share > 0.3


def test_masks_outside_the_food_found_change_nothing() -> None:
    assert uncovered([square(0, 0, 100)], [square(300, 200, 150)]).share == pytest.approx(1, abs=0.02)
    assert uncovered([square(0, 0, 100)], []).share == pytest.approx(1, abs=0.02)


def test_where_nothing_is_found_nothing_is_left_out() -> None:
    assert uncovered([], [square(0, 0, 10)]).share == 0
    assert uncovered([], [square(0, 0, 10)]).mask == Mask.empty(400, 600)
    assert uncovered([Mask.empty(40, 60)], []).share == 0


def test_a_photo_of_twelve_megapixels_gives_a_mask_of_its_own_size() -> None:
    found = uncovered([square(1000, 1000, 800, 3000, 4000)], [])
    assert (found.mask.height, found.mask.width) == (3000, 4000)
    assert found.mask.iou(square(1000, 1000, 800, 3000, 4000)) > 0.97


def test_masks_of_another_photo_are_refused() -> None:
    with pytest.raises(ValueError, match="different size"):
        uncovered([square(0, 0, 10)], [square(0, 0, 10, 500, 500)])


@given(st.integers(0, 500), st.integers(0, 300), st.integers(1, 200), st.integers(1, 200))
def test_the_share_is_between_none_and_all_and_more_masks_never_raise_it(x: int, y: int, one: int, two: int) -> None:
    proposals = [square(100, 100, 150), square(300, 50, 120)]
    once = uncovered(proposals, [square(x, y, one)]).share
    assert 0 <= uncovered(proposals, [square(x, y, one), square(y, x % 300, two)]).share <= once <= 1


def test_candidates_may_be_given_as_they_come() -> None:
    candidate = Candidate(square(0, 0, 100), 0.9, np.zeros((4, 4), np.float32))
    assert uncovered_share([candidate], [square(0, 0, 100)]) == 0
