"""Samples: what is drawn agrees with its masks."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from foodcal_desktop.dataset.instances import read_coco
from foodcal_desktop.training.samples import Sampler
from foodcal_desktop.training.settings import Augmentation
from foodcal_desktop.training.tableware import draw_coin, draw_plate, draw_table
from tests.unit.training.training_case import write_dataset


@pytest.fixture(scope="module")
def photos(tmp_path_factory: pytest.TempPathFactory) -> list:
    folder: Path = write_dataset(tmp_path_factory.mktemp("meals"))
    return read_coco(folder / "annotations.json", folder / "images")


@pytest.mark.parametrize("seed", range(5))
def test_things_of_a_drawn_meal_share_no_pixel(photos: list, seed: int) -> None:
    sampler = Sampler(photos, 12, Augmentation(scene=1.0), np.random.default_rng(seed))
    sample = sampler.draw(128)
    assert sample.rgb.shape == (128, 128, 3)
    assert len(sample.targets) >= 1
    assert sample.targets.sum(axis=0).max() <= 1.01


def test_a_drawn_meal_has_foods_on_its_plates(photos: list) -> None:
    sampler = Sampler(photos, 12, Augmentation(scene=1.0), np.random.default_rng(3))
    assert max(len(sampler.draw(256).targets) for _ in range(6)) >= 3


def test_no_meal_is_drawn_unless_asked_for(photos: list, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Sampler, "_scene", lambda self: pytest.fail("a meal was drawn"))
    sampler = Sampler(photos, 4, Augmentation(scene=0.0), np.random.default_rng(0))
    assert len(sampler.draw(96).targets) >= 1


def test_where_no_object_can_be_seen_that_is_said_instead_of_trying_for_ever(photos: list) -> None:
    sampler = Sampler(photos, 4, Augmentation(scene=0.0, paste=0.0), np.random.default_rng(0))
    with pytest.raises(ValueError, match="large enough to learn from"):
        sampler.draw(8, tries=20)


def test_a_close_sample_shows_its_objects_larger(photos: list) -> None:
    def mean_share(close: float) -> float:
        how = Augmentation(paste=0.0, zoom_out=0.0, smallest_crop=1.0, close=close)
        sampler = Sampler(photos, 1, how, np.random.default_rng(2))
        return float(np.mean([sampler.draw(96).targets.mean() for _ in range(20)]))

    assert mean_share(1.0) > 2 * mean_share(0.0)


def test_a_plate_is_drawn_where_its_outline_says_with_its_well_inside() -> None:
    random = np.random.default_rng(4)
    table = np.zeros((200, 200, 3), np.uint8)
    plate = draw_plate(table, (100, 90), 60, 0.8, random)
    assert not (plate.well & (1 - plate.outline)).any()
    painted = table.any(axis=2)
    assert painted[plate.outline > 0].mean() > 0.99
    assert not painted[cv2.dilate(plate.outline, np.ones((9, 9), np.uint8)) == 0].any()
    assert cv2.boundingRect(plate.outline)[2] == pytest.approx(121, abs=2)


def test_a_coin_is_as_large_as_asked() -> None:
    random = np.random.default_rng(5)
    coin = draw_coin(draw_table(160, random), (80, 80), 20, 0.5, random)
    # OpenCV fills the pixels that the outline runs through, half a pixel more all around.
    assert int(coin.sum()) == pytest.approx(np.pi * 20.5 * 10.5, rel=0.03)
