"""Which candidate a click meant, on logits drawn by hand."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from foodcal_desktop.segmentation.lite_reading import Logits, hints, meant


def disc(centre: tuple[int, int], radius: int, sure: float = 6.0) -> Logits:
    """64×64 logits that fall off from a disc's edge by one a cell."""
    cells = np.zeros((64, 64), np.uint8)
    cv2.circle(cells, centre, radius, 1, -1)
    inside = cv2.distanceTransform(cells, cv2.DIST_L2, 5)
    outside = cv2.distanceTransform(1 - cells, cv2.DIST_L2, 5)
    return np.asarray(inside - outside, np.float32).clip(-sure, sure)


def test_a_click_in_the_middle_is_deep() -> None:
    assert hints(disc((32, 32), 12), (32.5, 32.5))[2] == pytest.approx(1.0)


def test_a_click_at_the_edge_is_shallow() -> None:
    assert hints(disc((32, 32), 12), (43.5, 32.5))[2] < 0.3


def test_depth_is_of_the_part_that_was_clicked() -> None:
    both = np.maximum(disc((14, 32), 6), disc((44, 32), 16))
    assert hints(both, (14.5, 32.5))[2] == pytest.approx(1.0)


def test_a_steep_edge_is_stable_and_a_flat_one_is_not() -> None:
    steep, flat = disc((32, 32), 12) * 10, disc((32, 32), 12) * np.float32(0.2)
    assert hints(steep, (32.5, 32.5))[0] > 0.8 > hints(flat, (32.5, 32.5))[0]


def test_where_nothing_is_found_there_is_nothing_to_measure() -> None:
    stability, _, depth = hints(np.full((64, 64), -3, np.float32), (10, 10))
    assert (stability, depth) == (0.0, 0.0)


def test_a_click_outside_the_photo_is_taken_at_its_border() -> None:
    assert hints(disc((60, 32), 12), (64.0, 32.0)) == hints(disc((60, 32), 12), (63.9, 32.0))


def test_of_two_equally_sure_ones_the_click_meant_the_one_it_is_in_the_middle_of() -> None:
    click = (20.5, 32.5)
    egg, bowl = disc((20, 32), 8), disc((34, 32), 24)
    assert meant(egg, 0.7, click) > meant(bowl, 0.7, click)
    assert meant(egg, 0.2, click) < meant(bowl, 0.9, click)
