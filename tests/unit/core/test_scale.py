"""Scales: coins, cards, plates and lines; tilt; warnings; several references checked against each other."""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foodcal_desktop.core.ellipse_snap import ellipse_mask
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.morphology import Ellipse
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.core.reference_finder import offer_reference
from foodcal_desktop.core.scale import (
    REFERENCES,
    Scale,
    ScaleReference,
    combine_scales,
    parse_kind,
    resolve_scale,
    scale_from_line,
    scale_from_mask,
)


def disc(size: float, ratio: float = 1.0, x: float = 200, y: float = 200) -> Mask:
    return ellipse_mask(Ellipse(x, y, size, size * ratio, 20), 600, 800)


@pytest.mark.parametrize("kind", [k for k in REFERENCES if k.startswith("coin")])
def test_every_coin_gives_its_own_scale(kind: str) -> None:
    scale = scale_from_mask(disc(80), kind)
    assert scale.mm_per_px == pytest.approx(REFERENCES[kind].length_mm / 80, rel=0.01)
    assert scale.tilt_deg < 5
    assert scale.warnings == ()


def test_the_tilt_of_a_foreshortened_coin_corrects_the_area() -> None:
    scale = scale_from_mask(disc(100, 0.8), "coin-cny-1")
    assert scale.tilt_deg == pytest.approx(36.9, abs=3)
    assert scale.area_cm2(disc(100, 0.8).area) == pytest.approx(np.pi / 4 * 2.5**2, rel=0.03)


def test_a_card_gives_scale_and_tilt() -> None:
    corners = np.array([[100, 100], [442, 100], [442, 273], [100, 273]])
    pixels = np.zeros((600, 800), np.uint8)
    cv2.fillPoly(pixels, [corners], 1)
    scale = scale_from_mask(Mask.from_array(pixels), "card")
    assert scale.mm_per_px == pytest.approx(85.6 / 342, rel=0.01)
    assert scale.tilt_deg == pytest.approx(np.degrees(np.arccos((173 / 53.98) / (342 / 85.6))), abs=4)


@pytest.mark.parametrize(
    ("text", "kind"), [("card", "card"), (" Plate-270mm", "plate-270"), ("coin-krw-500", "coin-krw-500")]
)
def test_kinds_are_read(text: str, kind: str) -> None:
    assert parse_kind(text) == kind


@pytest.mark.parametrize("text", ["coin", "plate-", "plate-9000", "ruler", ""])
def test_unknown_kinds_are_refused_with_the_known_ones(text: str) -> None:
    with pytest.raises(ValueError, match="plate"):
        parse_kind(text)


def test_bad_references_warn() -> None:
    assert "only 30 px" in scale_from_mask(disc(30), "coin-cny-1").warnings[0]
    assert any("on its edge" in w for w in scale_from_mask(disc(90, 0.4), "coin-cny-1").warnings)
    assert any("border" in w for w in scale_from_mask(disc(90, x=20), "coin-cny-1").warnings)
    square = np.zeros((600, 800), bool)
    square[100:190, 100:190] = True
    square[100:140, 100:140] = False
    assert any("odd shape" in w for w in scale_from_mask(Mask.from_array(square), "coin-cny-1").warnings)


def test_an_empty_reference_and_a_line_without_length_are_refused() -> None:
    with pytest.raises(ValueError, match="no pixels"):
        scale_from_mask(Mask.empty(10, 10), "card")
    with pytest.raises(ValueError, match="too short"):
        scale_from_line(1, 1, 1, 1, 100)
    with pytest.raises(ValueError, match="length in mm"):
        scale_from_line(0, 0, 100, 0, 0)
    with pytest.raises(ValueError, match="mask, or a line"):
        resolve_scale([ScaleReference("a", "p", "card")])


def test_a_line_gives_its_scale_and_the_cameras_distance() -> None:
    scale = scale_from_line(0, 0, 300, 400, 250, (800, 600))
    assert scale.mm_per_px == pytest.approx(0.5)
    assert scale.distance_mm == pytest.approx(315, rel=0.01)


def test_a_plate_is_known_less_well_than_a_coin_as_wide() -> None:
    """Its rim lies under food, or is a box by hand: a coin beside it decides, and a small difference is no warning."""
    plate, coin = (scale_from_mask(disc(300), kind) for kind in ("plate-270", "coin-cny-1"))
    assert coin.relative_error < 0.01 < 0.019 < plate.relative_error < 0.03
    small = scale_from_mask(disc(60), "coin-cny-1")
    near = replace(plate, mm_per_px=1.05 * small.mm_per_px)
    both = combine_scales([small, near])
    assert both is not None and not both.warnings
    assert both.mm_per_px == pytest.approx(small.mm_per_px, rel=0.02)


def test_agreeing_references_sharpen_and_disagreeing_ones_warn() -> None:
    mask = disc(80)
    same = resolve_scale([ScaleReference(i, "p", "coin-cny-1", mask) for i in ("a", "b")])
    one = scale_from_mask(mask, "coin-cny-1")
    assert same is not None
    assert same.mm_per_px == pytest.approx(one.mm_per_px)
    assert same.relative_error < one.relative_error
    clash = resolve_scale(
        [ScaleReference("a", "p", "coin-cny-1", mask), ScaleReference("b", "p", "coin-krw-500", disc(60, x=400))]
    )
    assert clash is not None
    assert any("disagree" in w for w in clash.warnings)
    assert clash.relative_error > one.relative_error


def test_no_references_no_scale() -> None:
    assert resolve_scale([]) is None
    assert combine_scales([]) is None


@settings(deadline=None, max_examples=20)
@given(height=st.floats(1, 200))
def test_what_is_nearer_to_the_camera_looks_larger(height: float) -> None:
    scale = scale_from_mask(disc(66), "coin-cny-1")
    assert scale.area_cm2(1000, height) < scale.area_cm2(1000)
    assert scale.area_cm2(1000, height) > 0


def test_a_photo_cut_out_of_a_larger_one_does_not_take_a_drinks_area_away() -> None:
    from_above = Scale(0.3, 0.0, "line", 400.0, 0.02, distance_mm=400.0)
    cut_out = Scale(0.3, 0.0, "line", 400.0, 0.02, distance_mm=120.0)
    assert from_above.parallax(75.0) == pytest.approx(400 / 325)
    assert cut_out.parallax(75.0) == pytest.approx(4 / 3)


def test_the_smaller_the_reference_the_larger_its_error() -> None:
    errors = [scale_from_mask(disc(size), "coin-cny-1").relative_error for size in (200, 100, 50, 25)]
    assert errors == sorted(errors)


def test_a_coin_is_offered_and_a_fruit_or_a_food_is_not() -> None:
    logits = np.zeros((4, 4), np.float32)
    square = np.zeros((600, 800), bool)
    square[300:360, 300:360] = True
    coin, fruit = disc(66), disc(300, x=550, y=300)
    candidates = [Candidate(m, 0.9, logits) for m in (fruit, Mask.from_array(square), coin)]
    found = offer_reference(candidates)
    assert found is not None
    assert found.mask == coin
    assert offer_reference(candidates, [coin]) is None


@pytest.mark.parametrize(
    ("colour", "offered"),
    [((150, 148, 140), True), ((190, 160, 120), True), ((180, 120, 40), False), ((200, 30, 30), False)],
)
def test_only_what_is_as_grey_as_metal_is_offered(colour: tuple[int, int, int], offered: bool) -> None:
    """Slices of tomato and biscuits are as round as coins."""
    photo = np.full((600, 800, 3), 90, np.uint8)
    photo[disc(66).to_array()] = colour
    found = offer_reference([Candidate(disc(66), 0.9, np.zeros((1, 1), np.float32))], (), photo)
    assert (found is not None) is offered


def test_nothing_wider_than_a_coin_at_arms_length_is_offered() -> None:
    """A photo is 1,000 px across its diagonal: at 13 cm a coin has 120 of them."""
    logits = np.zeros((1, 1), np.float32)
    assert offer_reference([Candidate(disc(110), 0.9, logits)]) is not None
    assert offer_reference([Candidate(disc(140), 0.9, logits)]) is None
