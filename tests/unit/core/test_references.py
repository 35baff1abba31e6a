"""Which candidate is the plate, though food lies on it and over its rim."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.morphology import fit_ellipse, hull
from foodcal_desktop.core.prompt import BoxPrompt, Candidate
from foodcal_desktop.core.references import best_reference
from foodcal_desktop.core.scale import scale_from_mask

HEIGHT, WIDTH = 350, 490
ROWS, COLUMNS = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
PLATE = np.hypot(COLUMNS - 245, ROWS - 180) <= 134
FOOD = (np.hypot(COLUMNS - 245, ROWS - 250) <= 78) | (np.hypot(COLUMNS - 315, ROWS - 120) <= 50)
SPECK = np.hypot(COLUMNS - 150, ROWS - 180) <= 14


def candidate(pixels: NDArray[np.bool_], iou: float) -> Candidate:
    return Candidate(Mask.from_array(pixels), iou, np.zeros((1, 1), np.float32))


@pytest.fixture
def photo() -> NDArray[np.uint8]:
    pixels = np.full((HEIGHT, WIDTH, 3), 120, np.uint8)
    pixels[PLATE] = (170, 200, 60)
    pixels[FOOD] = (200, 40, 30)
    return pixels


def test_plate_is_measured_though_food_cuts_its_mask_and_a_speck_is_rounder(photo: NDArray[np.uint8]) -> None:
    """A click on a plate's rim gave the roundest candidate, a speck: the scale was nine times too large."""
    offered = [candidate(PLATE & ~FOOD, 0.28), candidate(SPECK, 0.3)]
    found = fit_ellipse(best_reference(offered, "plate-230", photo))
    assert found.major == pytest.approx(268, rel=0.03)
    assert (found.x, found.y) == pytest.approx((245, 180), abs=3)


def test_coin_may_be_as_small_as_a_speck() -> None:
    """What is unlikely for a plate is usual for a coin."""
    found = best_reference([candidate(PLATE & ~FOOD, 0.28), candidate(SPECK, 0.3)], "coin-krw-500")
    assert found == Mask.from_array(SPECK)


def test_part_of_a_plate_is_refused_with_what_to_do(photo: NDArray[np.uint8]) -> None:
    """A wrong scale is worse than none."""
    offered = [candidate(PLATE & ~FOOD & (ROWS > 200), 0.3), candidate(SPECK, 0.3)]
    with pytest.raises(ValueError, match="drag a box around the whole plate"):
        best_reference([offered[0]], "plate-230", photo)


def test_box_around_a_plate_needs_no_mask(photo: NDArray[np.uint8]) -> None:
    """The box is off by some pixels, as hands are: the rim is found beside it."""
    offered = [candidate(SPECK, 0.9)]
    found = best_reference(offered, "plate-230", photo, BoxPrompt(109, 48, 382, 314))
    scale = scale_from_mask(found, "plate-230")
    assert scale.mm_per_px == pytest.approx(230 / 268, rel=0.04)


@pytest.mark.parametrize("slip", [BoxPrompt(240, 180, 246, 185), BoxPrompt(240, 180, 300, 191)])
def test_trembling_click_is_no_outline(photo: NDArray[np.uint8], slip: BoxPrompt) -> None:
    """The plate was taken to be as wide as the hand had slipped: a few pixels, and the scale fifty times too large."""
    found = fit_ellipse(best_reference([candidate(PLATE & ~FOOD, 0.28)], "plate-230", photo, slip))
    assert found.major == pytest.approx(268, rel=0.03)


def test_hull_leaves_specks_out() -> None:
    """A speck far away would stretch it."""
    far = PLATE & ~FOOD
    far[5:8, 5:8] = True
    assert hull(Mask.from_array(far)).box == hull(Mask.from_array(PLATE & ~FOOD)).box
