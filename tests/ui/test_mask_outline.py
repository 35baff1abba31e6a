from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PySide6.QtGui import QColor, QImage, QPainter

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.ui.mask_outline import mask_path, rings

masks = st.tuples(st.integers(1, 14), st.integers(1, 14)).flatmap(lambda shape: arrays(bool, shape))


def painted(mask: Mask, step: int = 1, smooth: bool = False) -> np.ndarray:
    """The pixels that the path fills, without antialiasing."""
    image = QImage(mask.width, mask.height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    painter = QPainter(image)
    painter.fillPath(mask_path(mask, step, smooth), QColor("white"))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(mask.height, image.bytesPerLine())
    return np.array(rows[:, : mask.width] > 0)


@given(masks)
def test_the_filled_path_is_the_mask_pixel_for_pixel(qapp, pixels):
    assert np.array_equal(painted(Mask.from_array(pixels)), pixels)


@given(masks)
def test_rings_enclose_exactly_the_area(pixels):
    area = 0.0
    for ring in rings(pixels):
        x, y = ring[:, 0], ring[:, 1]
        area += abs(float(np.dot(x, np.roll(y, -1)) - np.dot(y, np.roll(x, -1)))) / 2 * _sign(ring, pixels)
    assert area == pixels.sum()


def _sign(ring: np.ndarray, pixels: np.ndarray) -> int:
    """+1 for an outer ring, −1 for a hole: whether the pixel just inside its topmost edge is set."""
    top = ring[:, 1].min()
    x = int(ring[ring[:, 1] == top, 0].min())
    return 1 if pixels[int(top), x] else -1


def test_holes_stay_open_and_islands_apart():
    pixels = np.zeros((20, 30), bool)
    pixels[2:12, 2:12] = True
    pixels[5:8, 5:8] = False
    pixels[15:18, 20:25] = True
    assert len(rings(pixels)) == 3
    assert np.array_equal(painted(Mask.from_array(pixels)), pixels)


def test_a_coarse_outline_stays_within_a_step_of_the_mask():
    rows, columns = np.mgrid[:200, :200]
    pixels = np.hypot(rows - 100, columns - 90) < 60
    coarse = painted(Mask.from_array(pixels), step=4, smooth=True)
    wrong = coarse != pixels
    assert wrong.sum() < 2 * np.pi * 60 * 4
    assert not wrong[np.abs(np.hypot(rows - 100, columns - 90) - 60) > 6].any()


def test_an_empty_mask_has_an_empty_path():
    assert mask_path(Mask.empty(10, 10), 1, False).isEmpty()
