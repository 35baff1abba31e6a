"""The closer look: the window it encodes, what it remembers, and that it sees small foods better."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts
from foodcal_desktop.segmentation.closer_look import CloserLook, pays
from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.storage import paths

TALL, WIDE = 300, 400


class Window:
    """Answers what it is told in every window, and remembers the windows and the prompts."""

    name, checkpoint_hash = "window", "window"

    def __init__(self, value: float = 5.0) -> None:
        self.value = value
        self.seen: list[Any] = []
        self.asked: list[Prompts] = []

    def embed(self, rgb: Any) -> Embedding:
        self.seen.append(np.array(rgb))
        return Embedding({"size": torch.zeros(1)}, rgb.shape[0], rgb.shape[1])

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        self.asked.append(prompts)
        logits = np.full((112, 112), self.value, np.float32)
        return [Candidate(Mask.empty(embedding.height, embedding.width), 0.5, logits)]

    def predict_each(self, embedding: Embedding, each: Any) -> list[list[Candidate]]:
        return [self.predict(embedding, prompts) for prompts in each]


def photo() -> Any:
    """Each pixel tells where it lies."""
    rows, columns = np.mgrid[:TALL, :WIDE]
    return np.stack([rows // 2, columns // 2, rows * 0], axis=2).astype(np.uint8)


def box_candidate(x0: int, y0: int, x1: int, y1: int) -> Candidate:
    pixels = np.zeros((TALL, WIDE), bool)
    pixels[y0:y1, x0:x1] = True
    logits = np.where(cv2.resize(pixels.astype(np.float32), (112, 112), interpolation=cv2.INTER_AREA) > 0.5, 4.0, -4.0)
    return Candidate(Mask.from_array(pixels), 0.8, logits.astype(np.float32))


@given(st.integers(0, 380), st.integers(0, 280), st.integers(1, 120), st.integers(1, 120))
def test_the_window_holds_the_item_and_what_was_said_of_it(x: int, y: int, w: int, h: int) -> None:
    segmenter = Window()
    candidate = box_candidate(x, y, min(x + w, WIDE), min(y + h, TALL))
    CloserLook(segmenter, photo()).at(candidate, Prompts((PointPrompt(390.5, 20.5, positive=False),)))
    (window,), (asked, known) = segmenter.seen, segmenter.asked
    top, left = int(window[0, 0, 0]) * 2, int(window[0, 0, 1]) * 2
    assert asked.box is not None
    assert 0 <= asked.box.x0 < asked.box.x1 <= window.shape[1] and 0 <= asked.box.y0 < asked.box.y1 <= window.shape[0]
    assert abs(asked.box.x0 + left - x) <= 1 and abs(asked.box.y0 + top - y) <= 1
    assert abs(asked.points[0].x + left - 390.5) <= 1 and not asked.points[0].positive
    assert known.previous is not None and known.box is None and known.points == asked.points


def test_a_box_is_asked_about_as_it_was_drawn() -> None:
    segmenter = Window()
    drawn = BoxPrompt(190.0, 90.0, 260.0, 170.0)
    CloserLook(segmenter, photo()).at(box_candidate(200, 100, 250, 150), Prompts(box=drawn))
    for asked in segmenter.asked:
        assert asked.box is not None
        assert (asked.box.x1 - asked.box.x0, asked.box.y1 - asked.box.y0) == (70.0, 80.0)


def test_what_is_known_is_given_back_as_it_lies_in_the_window() -> None:
    segmenter = Window()
    CloserLook(segmenter, photo()).at(box_candidate(200, 100, 250, 150), Prompts((PointPrompt(220.5, 120.5),)))
    (asked, known), (window,) = segmenter.asked, segmenter.seen
    assert asked.box is not None and known.previous is not None
    rows, columns = np.nonzero(known.previous.logits > 0)
    across, down = window.shape[1] / 112, window.shape[0] / 112
    found = (columns.min() * across, rows.min() * down, (columns.max() + 1) * across, (rows.max() + 1) * down)
    assert found == pytest.approx((asked.box.x0, asked.box.y0, asked.box.x1, asked.box.y1), abs=3)


def test_a_mask_that_changes_a_little_is_seen_through_the_same_window() -> None:
    segmenter = Window()
    look = CloserLook(segmenter, photo())
    click = Prompts((PointPrompt(220.5, 120.5),))
    look.at(box_candidate(200, 100, 250, 150), click)
    look.at(box_candidate(200, 101, 251, 150), click)
    assert len(segmenter.seen) == 1 and len(segmenter.asked) == 4
    look.at(box_candidate(20, 20, 180, 150), click)
    assert len(segmenter.seen) == 2


def test_all_answers_count_and_the_logits_stay() -> None:
    candidate = box_candidate(200, 100, 250, 150)
    click = Prompts((PointPrompt(220.5, 120.5),))
    agreed = CloserLook(Window(0.0), photo()).at(candidate, click)
    assert agreed.mask.iou(candidate.mask) > 0.9 and agreed.logits is candidate.logits
    wider = CloserLook(Window(5.0), photo()).at(candidate, click)
    assert wider.mask.area > 2 * candidate.mask.area


class Bright(Window):
    """Finds what is bright in a window, wherever it lies."""

    def embed(self, rgb: Any) -> Embedding:
        super().embed(rgb)
        return Embedding({"rgb": torch.from_numpy(rgb)}, rgb.shape[0], rgb.shape[1])

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        answer = super().predict(embedding, prompts)[0]
        red = embedding.tensors["rgb"].numpy()[:, :, 0].astype(np.float32)
        answer.logits[:] = (cv2.resize(red, (112, 112), interpolation=cv2.INTER_AREA) - 128) / 16
        return [answer]


def test_a_box_is_asked_upside_down_as_well() -> None:
    rgb = np.zeros((TALL, WIDE, 3), np.uint8)
    rgb[100:120, 200:250] = 255
    wanted, segmenter = Mask.from_array(rgb[..., 0] > 0), Bright()
    candidate = box_candidate(200, 100, 250, 140)
    found = CloserLook(segmenter, rgb).at(candidate, Prompts((), BoxPrompt(200.0, 100.0, 250.0, 140.0))).mask
    upright, turned = segmenter.seen
    assert (turned == upright[::-1]).all() and found.iou(wanted) > 0.9
    as_drawn, known, over, known_over = segmenter.asked
    tall = len(upright)
    assert as_drawn.box and over.box and (over.box.y0, over.box.y1) == (tall - as_drawn.box.y1, tall - as_drawn.box.y0)
    assert known.previous and known_over.previous
    assert (known_over.previous.logits == known.previous.logits[::-1]).all()


class Toothed(Window):
    """Answers with a food whose right side has teeth of one cell, which no food has."""

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        answer = super().predict(embedding, prompts)[0]
        answer.logits[:] = -5.0
        answer.logits[30:80, 30:80] = 5.0
        answer.logits[30:80:2, 80] = 5.0
        return [answer]


def test_an_outline_wanders_less_than_the_cells_do() -> None:
    mask = (
        CloserLook(Toothed(), photo()).at(box_candidate(100, 60, 260, 220), Prompts((PointPrompt(180.5, 140.5),))).mask
    )
    rows = mask.to_array()[mask.box[1] : mask.box[3]]
    ends = rows.shape[1] - rows[:, ::-1].argmax(axis=1)
    middle = ends[len(ends) // 4 : 3 * len(ends) // 4]
    assert np.ptp(middle) <= 1


class Astray(Window):
    """Finds a food whose right side it places a cell too far to the right."""

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        answer = super().predict(embedding, prompts)[0]
        answer.logits[:] = -5.0
        answer.logits[30:80, 30:81] = 5.0
        return [answer]


def test_an_outline_goes_to_the_edge_in_the_photo() -> None:
    mask, click = box_candidate(100, 60, 260, 220), Prompts((PointPrompt(180.5, 140.5),))
    segmenter = Astray()
    CloserLook(segmenter, photo()).at(mask, click)
    window = segmenter.seen[0]
    edge = round(window.shape[1] * 80 / 112)
    left = next(x for x in range(WIDE) if (photo()[0, x] == window[0, 0]).all())
    rgb = np.full((TALL, WIDE, 3), (90, 120, 60), np.uint8)
    rgb[:, left + edge :] = (200, 190, 180)
    found = CloserLook(Astray(), rgb).at(mask, click).mask
    assert abs(found.box[2] - (left + edge)) <= 1


@pytest.mark.parametrize(
    ("value", "click", "beyond"),
    [(0.2, None, False), (0.2, (240.5, 120.5), False), (0.2, (300.5, 120.5), True), (5.0, None, True)],
)
def test_beyond_a_box_only_what_is_sure_counts_unless_a_click_lies_there(
    value: float, click: tuple[float, float] | None, beyond: bool
) -> None:
    box = BoxPrompt(200.0, 100.0, 260.0, 140.0)
    answer = box_candidate(200, 100, 260, 140)
    answer.logits[:] = value
    points = () if click is None else (PointPrompt(*click),)
    found = CloserLook(Window(value), photo()).at(answer, Prompts(points, box)).mask
    assert found.contains(230.5, 120.5) and found.contains(265.5, 120.5) == beyond


@pytest.mark.parametrize("box", [None, BoxPrompt(200.0, 100.0, 250.0, 150.0)])
def test_a_look_that_leaves_nothing_does_not_count(box: BoxPrompt | None) -> None:
    candidate = box_candidate(200, 100, 250, 150)
    prompts = Prompts((PointPrompt(220.5, 120.5),), box)
    assert CloserLook(Window(-9.0), photo()).at(candidate, prompts) is candidate
    empty = Candidate(Mask.empty(TALL, WIDE), 0.1, candidate.logits)
    assert CloserLook(Window(), photo()).at(empty, prompts) is empty


@pytest.fixture(scope="module")
def lite() -> LiteSegmenter:
    return LiteSegmenter.load(paths.models_dir() / "lite.safetensors")


def test_the_bundled_checkpoint_outlines_small_foods_better(lite: LiteSegmenter) -> None:
    rgb = np.full((1200, 1600, 3), (205, 200, 196), np.uint8)
    found, closer = [], []
    places = [(200 + 300 * i, 250 + 200 * (i % 3), 14 + 5 * i, 30 * i) for i in range(5)]
    for x, y, radius, turn in places:
        cv2.ellipse(rgb, (x, y), (radius, radius * 2), turn, 0, 360, (150, 60, 40), -1)
    embedding, look = lite.embed(rgb), CloserLook(lite, rgb)
    for x, y, radius, turn in places:
        shape = cv2.ellipse(np.zeros((1200, 1600), np.uint8), (x, y), (radius, radius * 2), turn, 0, 360, 1, -1)
        wanted = Mask.from_array(shape > 0)
        prompts = Prompts(box=BoxPrompt(*map(float, wanted.box)))
        first = lite.predict(embedding, prompts)[0]
        found.append(first.mask.iou(wanted))
        closer.append(look.at(first, prompts).mask.iou(wanted))
    assert np.mean(closer) > np.mean(found) + 0.02


def test_it_pays_for_the_bundled_checkpoint_alone_also_on_a_graphics_card(lite: LiteSegmenter) -> None:
    class Resilient(Window):
        current = lite

    assert pays(lite) and pays(Resilient()) and not pays(Window())
