"""The guided filter, against what it is by definition: in each patch a linear function of the colours."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from foodcal_desktop.segmentation.guided_filter import along_edges

SIDE, EPSILON = 5, 0.003


def _coloured(seed: int = 0, rows: int = 24, columns: int = 30) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (rows, columns, 3), dtype=np.uint8)


def test_a_flat_photo_only_smooths() -> None:
    values = np.random.default_rng(1).normal(size=(24, 30)).astype(np.float32)
    flat = np.full((24, 30, 3), 90, np.uint8)
    twice = cv2.blur(cv2.blur(values, (SIDE, SIDE)), (SIDE, SIDE))
    np.testing.assert_allclose(along_edges(values, flat, SIDE, EPSILON), twice, atol=1e-4)


def test_a_misplaced_outline_moves_to_the_photos_edge() -> None:
    photo = np.full((30, 30, 3), (200, 40, 40), np.uint8)
    photo[:, 15:] = (60, 160, 60)
    values = np.ones((30, 30), np.float32)
    values[:, 16:] = -1
    found = along_edges(values, photo, SIDE, EPSILON) > 0
    assert found[:, :15].all() and not found[:, 15:].any()


def test_an_edge_of_one_colour_channel_is_enough() -> None:
    photo = np.full((30, 30, 3), 120, np.uint8)
    photo[13:, :, 2] = 220
    values = np.where(np.arange(30)[:, None] < 14, 1.0, -1.0).astype(np.float32).repeat(30, axis=1)
    found = along_edges(values, photo, SIDE, EPSILON) > 0
    assert found[:13].all() and not found[13:].any()


@pytest.mark.parametrize(("row", "column"), [(10, 12), (11, 17)])
def test_it_is_the_mean_of_the_ridge_regressions_around(row: int, column: int) -> None:
    photo, values = _coloured(), np.random.default_rng(2).normal(size=(24, 30)).astype(np.float32)
    reach, fits = SIDE // 2, []
    for y in range(row - reach, row + reach + 1):
        for x in range(column - reach, column + reach + 1):
            patch = np.s_[y - reach : y + reach + 1, x - reach : x + reach + 1]
            colours, wanted = photo[patch].reshape(-1, 3) / 255, values[patch].ravel()
            spread = np.cov(colours.T, bias=True) + EPSILON * np.eye(3)
            slope = np.linalg.solve(spread, (colours * wanted[:, None]).mean(0) - colours.mean(0) * wanted.mean())
            fits.append((slope, wanted.mean() - slope @ colours.mean(0)))
    expected = np.mean([slope @ (photo[row, column] / 255) + offset for slope, offset in fits])
    assert along_edges(values, photo, SIDE, EPSILON)[row, column] == pytest.approx(expected, abs=1e-3)
