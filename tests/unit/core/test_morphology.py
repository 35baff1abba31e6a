"""Shapes: ellipses and quadrilaterals are found again, ragged or not; islands and holes."""

from __future__ import annotations

from math import cos, radians

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodcal_desktop.core import morphology
from foodcal_desktop.core.ellipse_snap import ellipse_mask, snap_mask
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.morphology import Ellipse

sizes = st.floats(20, 160)
ratios = st.floats(0.5, 1.0)


@settings(deadline=None, max_examples=40)
@given(major=sizes, ratio=ratios, angle=st.floats(0, 179))
def test_a_drawn_ellipse_is_measured_to_a_third_of_a_pixel(major: float, ratio: float, angle: float) -> None:
    drawn = Ellipse(150.3, 140.7, major, major * ratio, angle)
    found = morphology.fit_ellipse(ellipse_mask(drawn, 300, 300))
    assert found.major == pytest.approx(major, abs=0.7)
    assert found.minor == pytest.approx(major * ratio, abs=0.7)
    assert (found.x, found.y) == pytest.approx((150.3, 140.7), abs=0.35)


def test_bites_and_whiskers_do_not_move_the_ellipse() -> None:
    pixels = ellipse_mask(Ellipse(100, 100, 80, 80, 0), 200, 200).to_array()
    pixels[95:100, 138:160] = True
    pixels[60:66, 95:110] = False
    found = morphology.fit_ellipse(Mask.from_array(pixels))
    assert found.major == pytest.approx(80, rel=0.02)
    assert found.axis_ratio > 0.97


def test_too_small_a_mask_is_refused_in_one_sentence() -> None:
    pixels = np.zeros((20, 20), bool)
    pixels[3, 3] = True
    with pytest.raises(ValueError, match="too small"):
        morphology.fit_ellipse(Mask.from_array(pixels))
    with pytest.raises(ValueError, match="too small"):
        morphology.fit_ellipse(Mask.empty(20, 20))


@pytest.mark.parametrize("angle", [0, 17, 44, 80])
def test_a_card_with_round_corners_gives_its_sharp_ones(angle: float) -> None:
    box = cv2.boxPoints(((200, 160), (171.2, 107.96), angle)).astype(np.float32)
    pixels = np.zeros((320, 400), np.uint8)
    cv2.fillPoly(pixels, [np.round(box).astype(np.int32)], 1)
    rounded = morphology.smooth(pixels > 0, 6)
    corners = morphology.fit_quadrilateral(Mask.from_array(rounded))
    nearest = [min(np.linalg.norm(corners - corner, axis=1)) for corner in box + 0.5]
    assert max(nearest) < 2.5


def test_empty_arrays_are_survived() -> None:
    nothing = np.zeros((0, 0), bool)
    assert morphology.largest_island(nothing).size == 0
    assert morphology.islands(nothing) == []
    assert morphology.outlines(nothing) == []
    assert morphology.fill_holes(nothing).size == 0


def test_holes_are_filled_and_islands_sorted() -> None:
    pixels = np.zeros((40, 60), bool)
    pixels[5:25, 5:25] = True
    pixels[10:15, 10:15] = False
    pixels[5:9, 40:50] = True
    parts = morphology.islands(pixels, 0.0)
    assert [int(p.sum()) for p in parts] == [375, 40]
    assert int(morphology.fill_holes(pixels).sum()) == 440
    assert len(morphology.outlines(pixels)) == 3


def test_the_innermost_point_lies_inside_even_of_a_ring() -> None:
    pixels = ellipse_mask(Ellipse(50, 50, 80, 80, 0), 100, 100).to_array()
    pixels &= ~ellipse_mask(Ellipse(50, 50, 50, 50, 0), 100, 100).to_array()
    x, y = morphology.innermost_point(pixels)
    assert pixels[int(y), int(x)]


def _coin_photo(shadow: bool) -> tuple[np.ndarray, Ellipse]:
    random = np.random.default_rng(3)
    photo = np.full((240, 320, 3), (150, 110, 70), np.float64)
    coin = Ellipse(160, 120, 66, 66 * cos(radians(12)), 30)
    if shadow:
        photo[ellipse_mask(Ellipse(167, 125, 70, 70, 0), 240, 320).to_array()] = (45, 33, 20)
    photo[ellipse_mask(coin, 240, 320).to_array()] = (165, 165, 160)
    photo = cv2.GaussianBlur(photo, (0, 0), 1.0) + random.normal(0, 4, photo.shape)
    return np.clip(photo, 0, 255).astype(np.uint8), coin


@pytest.mark.parametrize("shadow", [False, True])
@pytest.mark.parametrize("scale", [0.9, 1.1])
def test_a_rough_mask_snaps_to_the_coin_not_to_its_shadow(shadow: bool, scale: float) -> None:
    photo, coin = _coin_photo(shadow)
    rough = ellipse_mask(Ellipse(162, 121, coin.major * scale, coin.major * scale, 0), 240, 320)
    found = morphology.fit_ellipse(snap_mask(rough, photo))
    assert found.area == pytest.approx(coin.area, rel=0.04)


def test_where_nothing_is_to_be_seen_the_mask_stays() -> None:
    mask = ellipse_mask(Ellipse(60, 60, 6, 6, 0), 120, 120)
    assert snap_mask(mask, np.zeros((120, 120, 3), np.uint8)) == mask
    with pytest.raises(ValueError, match="differ in size"):
        snap_mask(mask, np.zeros((60, 60, 3), np.uint8))


def test_a_plate_is_smoothed_as_a_coin_is_without_a_disc_of_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pixel by pixel its disc took ten seconds on a photo of twelve megapixels, each time the scale was asked for."""
    rows, columns = np.mgrid[0:700, 0:700]
    plate = np.hypot(rows - 350, columns - 350) < 300
    ragged = (plate | (np.abs(rows - 350) < 8)) & ~((np.abs(columns - 350) < 8) & (rows < 200))
    quick = morphology.smooth(ragged, 20)
    monkeypatch.setattr(morphology, "_LARGEST_DISC_PX", 99)
    slow = morphology.smooth(ragged, 20)
    for smoothed in (quick, slow):
        assert (smoothed != plate).sum() < 0.2 * (ragged != plate).sum()
    assert (quick != slow).sum() < 0.002 * plate.sum()
    assert not morphology.smooth(np.ones((9, 400), dtype=bool), 60).any()


@given(st.floats(-20, 90), st.floats(-20, 70), st.floats(1, 80), st.floats(0.1, 1), st.floats(-180, 180))
def test_the_pixels_of_an_ellipse_are_those_whose_centres_lie_inside(
    x: float, y: float, major: float, ratio: float, angle: float
) -> None:
    ellipse = morphology.Ellipse(x, y, major, max(major * ratio, 0.5), angle)
    rows, columns = np.mgrid[0:50, 0:60]
    radius = ellipse.relative_radius(np.stack([columns.ravel() + 10.5, rows.ravel() + 5.5], axis=1)).reshape(50, 60)
    differ = ellipse.pixels(10, 5, 50, 60) != (radius <= 1)
    assert np.abs(radius[differ] - 1).max(initial=0) < 1e-6
