"""Which scale references are one thing marked twice."""

from __future__ import annotations

import numpy as np
import pytest

from foodcal_desktop.app.photo_rows import same_place
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.scale import ScaleReference


def disc(radius: float, x: float = 100) -> Mask:
    rows, columns = np.mgrid[0:200, 0:200]
    return Mask.from_array(np.hypot(columns - x, rows - 100) <= radius)


def reference(kind: str, mask: Mask) -> ScaleReference:
    return ScaleReference(kind, "photo", kind, mask)


@pytest.mark.parametrize(
    ("kind", "mask", "same"),
    [
        ("plate-230", disc(85), True),  # marked anew
        ("plate-230", disc(15, x=120), True),  # first a part of it was marked
        ("coin-krw-500", disc(15, x=120), False),  # a coin on the plate
        ("plate-230", disc(10, x=10), False),  # another one beside it
    ],
)
def test_what_lies_in_another_of_its_kind_is_the_same(kind: str, mask: Mask, same: bool) -> None:
    assert same_place(reference("plate-230", disc(80)), reference(kind, mask)) is same
