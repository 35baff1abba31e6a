"""The second look: the window around an item, colour where a part was found, islands that were clicked."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
import torch

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts
from foodcal_desktop.segmentation.second_look import by_colour, fills, island_at, look_at_box, sharper
from foodcal_desktop.segmentation.segmenter import Embedding


def photo() -> Any:
    rgb = np.full((300, 400, 3), (200, 190, 180), np.uint8)
    cv2.ellipse(rgb, (200, 150), (60, 40), 0, 0, 360, (150, 40, 30), -1)
    return rgb


FOOD = BoxPrompt(140, 110, 261, 191)


class PartSegmenter:
    """Finds only a share of what is red, from the left."""

    name, checkpoint_hash = "part", "part"

    def __init__(self, share: float) -> None:
        self.share = share

    def embed(self, rgb: Any) -> Embedding:
        return Embedding({"rgb": torch.from_numpy(np.array(rgb))}, rgb.shape[0], rgb.shape[1])

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        red = embedding.tensors["rgb"].numpy()[:, :, 1] < 100
        columns = np.flatnonzero(red.any(axis=0))
        red[:, columns[0] + int(self.share * len(columns)) :] = False
        return [Candidate(Mask.from_array(red), 0.9, np.zeros((4, 4), np.float32))]


@pytest.mark.parametrize("share", [1.0, 0.4])
def test_the_whole_food_is_seen_even_where_the_checkpoint_finds_a_part(share: float) -> None:
    rgb = photo()
    seen = look_at_box(PartSegmenter(share), rgb, FOOD)
    assert seen.iou(Mask.from_array(rgb[:, :, 1] < 100)) > 0.95
    assert (seen.height, seen.width) == (300, 400)


def test_a_second_look_that_finds_something_else_is_not_believed() -> None:
    rgb = photo()
    small = Mask.from_array(np.pad(np.ones((12, 12), bool), ((144, 144), (250, 138))))
    assert sharper(PartSegmenter(1.0), rgb, small) == small
    assert sharper(PartSegmenter(1.0), rgb, Mask.empty(300, 400)).area == 0


def test_what_a_negative_click_took_away_does_not_come_back() -> None:
    rgb = photo()
    whole = Mask.from_array(rgb[:, :, 1] < 100)
    corrected = Mask.from_array(whole.to_array() & (np.arange(400) < 230))
    assert 0.6 < corrected.iou(whole) < 0.85
    assert sharper(PartSegmenter(1.0), rgb, corrected) == corrected


def test_colour_alone_finds_the_food_in_its_box() -> None:
    rgb = photo()
    assert fills(by_colour(rgb, FOOD), FOOD) > 0.95
    assert by_colour(rgb, BoxPrompt(0, 0, 400, 300)).area == 0


def test_only_clicked_islands_are_kept() -> None:
    pixels = np.zeros((100, 100), bool)
    pixels[10:30, 10:30] = True
    pixels[15:20, 15:20] = False
    pixels[50:90, 50:90] = True
    mask = Mask.from_array(pixels)
    assert island_at(mask, [PointPrompt(12, 12)]).area == 400
    assert island_at(mask, [PointPrompt(1, 1)]).area == 1600
    assert island_at(mask, [PointPrompt(12, 12), PointPrompt(60, 60)]).area == 2000
    assert island_at(mask, [PointPrompt(12, 12), PointPrompt(60, 60, False)]).area == 400
