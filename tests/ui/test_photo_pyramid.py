from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from foodcal_desktop.ui.photo_pyramid import PhotoPyramid, halved


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**31))
def test_halving_is_the_mean_of_four_pixels(height, width, seed):
    pixels = np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)
    padded = np.pad(pixels.astype(int), ((0, height % 2), (0, width % 2), (0, 0)), mode="edge")
    mean = (padded[::2, ::2] + padded[1::2, ::2] + padded[::2, 1::2] + padded[1::2, 1::2] + 2) // 4
    assert np.array_equal(halved(pixels), mean)


def test_a_tall_photo_is_halved_in_bands_without_a_seam():
    rows = np.arange(1500, dtype=np.uint8)[:, None, None]
    pixels = np.broadcast_to(rows, (1500, 6, 3)).copy()
    expected = (pixels[::2].astype(int) * 2 + pixels[1::2].astype(int) * 2 + 2) // 4
    assert np.array_equal(halved(pixels)[:, 0, 0], expected[:, 0, 0])


def paint(pyramid: PhotoPyramid, size: tuple[int, int], source: QRectF) -> np.ndarray:
    image = QImage(*size, QImage.Format.Format_RGB888)
    image.fill(0)
    painter = QPainter(image)
    pyramid.paint(painter, QRectF(0, 0, *size), source, 1.0)
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(size[1], image.bytesPerLine())
    return rows[:, : 3 * size[0]].reshape(size[1], size[0], 3).copy()


def test_at_full_scale_each_pixel_is_itself(qtbot):
    pixels = np.random.default_rng(1).integers(0, 256, (60, 80, 3), dtype=np.uint8)
    pyramid = PhotoPyramid(pixels)
    assert np.array_equal(paint(pyramid, (80, 60), QRectF(0, 0, 80, 60)), pixels)


def test_magnified_pixels_are_sharp(qtbot):
    pixels = np.random.default_rng(2).integers(0, 256, (40, 40, 3), dtype=np.uint8)
    shown = paint(PhotoPyramid(pixels), (80, 80), QRectF(10, 12, 10, 10))
    assert np.array_equal(shown[4::8, 4::8], pixels[12:22, 10:20])


@pytest.mark.parametrize("shape", [(900, 1300, 3), (901, 1303, 3)])
def test_a_reduced_photo_has_the_colours_of_the_place(qtbot, shape):
    columns = np.linspace(0, 255, shape[1]).astype(np.uint8)
    pixels = np.broadcast_to(columns[None, :, None], shape).copy()
    pyramid = PhotoPyramid(pixels)
    with qtbot.waitSignal(pyramid.ready, timeout=5000):
        pass
    shown = paint(pyramid, (130, 90), QRectF(0, 0, shape[1], shape[0]))
    expected = columns[(np.arange(130) * shape[1] // 130) + shape[1] // 260]
    assert np.abs(shown[45, :, 0].astype(int) - expected).max() <= 3


def test_before_the_levels_are_made_the_photo_is_there_already(qtbot):
    pixels = np.full((2400, 3200, 3), 90, np.uint8)
    assert (paint(PhotoPyramid(pixels), (320, 240), QRectF(0, 0, 3200, 2400)) == 90).all()
