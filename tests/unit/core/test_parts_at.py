"""Which parts of a mask clicks keep."""

from __future__ import annotations

import numpy as np

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.morphology import parts_at


def two_parts() -> Mask:
    pixels = np.zeros((40, 60), dtype=bool)
    pixels[5:15, 5:15] = True
    pixels[20:35, 30:55] = True
    pixels[24:28, 40:45] = False
    return Mask.from_array(pixels)


def test_only_the_clicked_part_stays_with_its_hole() -> None:
    kept = parts_at(two_parts(), [(32.5, 21.5)])
    assert kept.box == (30, 20, 55, 35)
    assert kept.area == 15 * 25 - 4 * 5


def test_two_clicks_keep_two_parts() -> None:
    assert parts_at(two_parts(), [(32.5, 21.5), (7.5, 7.5)]) == two_parts()


def test_a_click_beside_all_parts_keeps_the_largest() -> None:
    assert parts_at(two_parts(), [(58.5, 2.5)]).box == (30, 20, 55, 35)


def test_one_part_is_left_as_it_is() -> None:
    one = Mask.from_array(np.ones((4, 4)))
    assert parts_at(one, [(50.0, 50.0)]) is one
    assert parts_at(Mask.empty(5, 5), [(1.0, 1.0)]) == Mask.empty(5, 5)
