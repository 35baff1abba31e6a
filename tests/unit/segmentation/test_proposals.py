from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.segmentation.proposals import Interrupted, Search, find_foods
from foodcal_desktop.segmentation.segmenter import Embedding

SIDE = 96
HEIGHT, WIDTH = 480, 720


def disc(x: float, y: float, radius: float) -> NDArray[np.bool_]:
    """A disc on the low-resolution grid; x, y and radius in shares of its side."""
    columns, rows = np.meshgrid((np.arange(SIDE) + 0.5) / SIDE, (np.arange(SIDE) + 0.5) / SIDE)
    return (columns - x) ** 2 + (rows - y) ** 2 <= radius**2


@dataclass
class Scene:
    """A segmenter that knows its photo: a click answers with everything that lies under it."""

    objects: list[tuple[NDArray[np.bool_], float]]
    softness: float = 0.0
    asked: list[tuple[float, float]] = field(default_factory=list)

    def embedding(self) -> Embedding:
        return Embedding({"nothing": torch.zeros(1)}, HEIGHT, WIDTH)

    def predict_each(self, embedding: Embedding, each: Sequence[Prompts]) -> list[list[Candidate]]:
        return [self._answer(embedding, prompts) for prompts in each]

    def _answer(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        point = prompts.points[0]
        x, y = point.x / embedding.width, point.y / embedding.height
        self.asked.append((x, y))
        under = [(p, iou) for p, iou in self.objects if p[int(y * SIDE), int(x * SIDE)]]
        return [
            Candidate(
                Mask.empty(embedding.height, embedding.width),
                iou,
                np.where(pixels, 8, -0.5 if self.softness else -8).astype(np.float32),
            )
            for pixels, iou in under
        ]


def truth(pixels: NDArray[np.bool_]) -> Mask:
    rows = ((np.arange(HEIGHT) + 0.5) * SIDE / HEIGHT).astype(int)
    columns = ((np.arange(WIDTH) + 0.5) * SIDE / WIDTH).astype(int)
    return Mask.from_array(pixels[np.ix_(rows, columns)])


EGG, RICE, SOUP = disc(0.2, 0.3, 0.1), disc(0.55, 0.6, 0.14), disc(0.8, 0.2, 0.08)
EVERYTHING = np.ones((SIDE, SIDE), dtype=bool)


def test_every_food_is_found_once_the_surest_first_and_drawn_at_the_photos_size() -> None:
    scene = Scene([(EGG, 0.7), (RICE, 0.9), (SOUP, 0.8), (EVERYTHING, 0.95)])
    found = find_foods(scene, scene.embedding())
    assert [round(c.predicted_iou, 2) for c in found] == [0.9, 0.8, 0.7]
    for candidate, pixels in zip(found, (RICE, SOUP, EGG), strict=True):
        assert (candidate.mask.height, candidate.mask.width) == (HEIGHT, WIDTH)
        assert candidate.mask.iou(truth(pixels)) > 0.93
        assert candidate.stability == 1.0


def test_the_whole_photo_and_the_table_are_left_out() -> None:
    table = EVERYTHING.copy()
    table[:40, 20:70] = False
    scene = Scene([(EVERYTHING, 0.9), (table, 0.9), (EGG, 0.8)])
    assert len(find_foods(scene, scene.embedding())) == 1


def test_a_piece_of_table_in_a_corner_is_left_out_and_a_food_at_a_side_is_not() -> None:
    at_a_side = disc(0.5, 0.98, 0.12)
    scene = Scene([(disc(0.98, 0.98, 0.2), 0.9), (at_a_side, 0.8)])
    (found,) = find_foods(scene, scene.embedding())
    assert found.mask.iou(truth(at_a_side)) > 0.9


def test_a_plate_that_holds_many_foods_is_left_out_and_a_dish_with_two_parts_is_not() -> None:
    plate = disc(0.5, 0.5, 0.42)
    foods = [disc(x, y, 0.1) for x in (0.35, 0.65) for y in (0.35, 0.65)]
    full = Scene([(plate, 0.9), *((food, 0.8) for food in foods)])
    assert sorted(round(c.predicted_iou, 2) for c in find_foods(full, full.embedding())) == [0.8] * 4
    pizza = Scene([(plate, 0.9), *((food, 0.8) for food in foods[:2])])
    assert len(find_foods(pizza, pizza.embedding())) == 3


def test_a_part_of_a_surer_food_is_left_out_and_a_part_of_a_large_heap_is_not() -> None:
    part = disc(0.2, 0.32, 0.05)
    scene = Scene([(EGG, 0.9), (part, 0.8)])
    assert [round(c.predicted_iou, 2) for c in find_foods(scene, scene.embedding())] == [0.9]
    heap = Scene([(disc(0.4, 0.4, 0.35), 0.9), (part, 0.8)])
    assert len(find_foods(heap, heap.embedding())) == 2


def test_what_the_segmenter_doubts_is_left_out() -> None:
    scene = Scene([(EGG, 0.95), (RICE, 0.3), (SOUP, 0.45)])
    assert [round(c.predicted_iou, 2) for c in find_foods(scene, scene.embedding())] == [0.95]
    lukewarm = Scene([(EGG, 0.5), (SOUP, 0.45)])
    assert len(find_foods(lukewarm, lukewarm.embedding())) == 2


def test_a_mask_that_changes_with_the_threshold_is_left_out() -> None:
    scene = Scene([(EGG, 0.9)], softness=1)
    assert find_foods(scene, scene.embedding()) == []


def test_points_inside_a_small_food_that_is_found_are_not_asked_again() -> None:
    scene = Scene([(EGG, 0.9)])
    find_foods(scene, scene.embedding())
    inside = [p for p in scene.asked if EGG[int(p[1] * SIDE), int(p[0] * SIDE)]]
    assert len(inside) <= 2
    empty = Scene([])
    find_foods(empty, empty.embedding(), Search(grid=8))
    assert len(set(empty.asked)) == len(empty.asked) == 64


def test_the_search_stops_when_something_else_is_wanted() -> None:
    scene = Scene([(EGG, 0.9)])
    with pytest.raises(Interrupted):
        find_foods(scene, scene.embedding(), interrupted=lambda: len(scene.asked) > 40)
    assert 40 < len(scene.asked) < 144


def test_how_far_the_search_is_is_told_and_only_rises() -> None:
    for scene in (Scene([(EGG, 0.9)]), TwoViews([(EGG, 0.9)]), Scene([])):
        told: list[float] = []
        find_foods(scene, scene.embedding(), progress=told.append)
        assert len(told) >= 5 and told == sorted(told) and 0 < told[0] < 0.3 and told[-1] == 1


def test_no_more_than_a_screenful_is_proposed() -> None:
    scene = Scene([(disc((x + 0.5) / 12, (y + 0.5) / 12, 0.03), 0.8) for x in range(12) for y in range(12)])
    assert len(find_foods(scene, scene.embedding())) == Search().max_found


@dataclass
class TwoViews(Scene):
    """Asked with both views it is less sure of the objects whose numbers are given."""

    doubted: tuple[int, ...] = ()

    def embedding(self) -> Embedding:
        return Embedding({"nothing": torch.zeros(2)}, HEIGHT, WIDTH)

    def predict_each(self, embedding: Embedding, each: Sequence[Prompts]) -> list[list[Candidate]]:
        answers = super().predict_each(embedding, each)
        if len(embedding.tensors["nothing"]) == 1:
            return answers
        doubted = [self.objects[number][0] for number in self.doubted]
        return [[self._again(c, doubted) for c in answer] for answer in answers]

    @staticmethod
    def _again(candidate: Candidate, doubted: Sequence[NDArray[np.bool_]]) -> Candidate:
        worse = any(np.array_equal(candidate.logits > 0, pixels) for pixels in doubted)
        return Candidate(candidate.mask, 0.2 if worse else candidate.predicted_iou, candidate.logits)


def test_what_both_views_together_are_not_sure_of_is_left_out() -> None:
    food, table = disc(0.3, 0.5, 0.12), disc(0.75, 0.5, 0.15)
    scene = TwoViews([(food, 0.8), (table, 0.7)], doubted=(1,))
    found = find_foods(scene, scene.embedding())
    assert [one.mask.iou(truth(food)) > 0.95 for one in found] == [True]


def test_a_proposal_is_as_sure_as_both_answers_on_average() -> None:
    food, other = disc(0.3, 0.5, 0.12), disc(0.75, 0.5, 0.15)
    scene = TwoViews([(food, 0.9), (other, 0.7)], doubted=(0,))
    found = find_foods(scene, scene.embedding())
    assert [round(one.predicted_iou, 2) for one in found] == [0.7, 0.55]


@dataclass
class Fitting(TwoViews):
    """A mask that is given back comes back as another one."""

    fitted: NDArray[np.bool_] = field(default_factory=lambda: EVERYTHING)

    def _answer(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        answers = super()._answer(embedding, prompts)
        if prompts.previous is None:
            return answers
        return [Candidate(answers[0].mask, 0.1, np.where(self.fitted, 8, -8).astype(np.float32))]


def test_a_mask_given_back_fits_better_unless_it_comes_back_as_something_else() -> None:
    rough, food = disc(0.3, 0.5, 0.12), disc(0.31, 0.5, 0.14)
    fitting = Fitting([(rough, 0.8)], fitted=food)
    (found,) = find_foods(fitting, fitting.embedding())
    assert found.mask.iou(truth(food)) > 0.95
    assert found.predicted_iou == pytest.approx(0.8)
    straying = Fitting([(rough, 0.8)], fitted=disc(0.5, 0.5, 0.35))
    (found,) = find_foods(straying, straying.embedding())
    assert found.mask.iou(truth(rough)) > 0.95


def test_a_food_under_an_unsure_mask_is_looked_for_all_the_same() -> None:
    haze, food = disc(0.5, 0.5, 0.12), disc(7.5 / 16, 7.5 / 16, 0.03)
    scene = Scene([(haze, 0.48), (food, 0.9)])
    assert any(one.mask.iou(truth(food)) > 0.9 for one in find_foods(scene, scene.embedding()))
    sure = Scene([(haze, 0.8), (food, 0.9)])
    find_foods(sure, sure.embedding())
    assert len(sure.asked) < len(scene.asked)


def test_look_alikes_answered_as_one_mask_are_two_foods() -> None:
    here, there = disc(0.3, 0.5, 0.15), disc(0.8, 0.2, 0.1)
    scene = Scene([(here | there, 0.8)])
    found = find_foods(scene, scene.embedding())
    assert len(found) == 2
    for pixels in (here, there):
        assert max(one.mask.iou(truth(pixels)) for one in found) > 0.95
