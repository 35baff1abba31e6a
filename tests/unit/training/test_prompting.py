from __future__ import annotations

import numpy as np
import pytest
import torch

from foodcal_desktop.segmentation.lite_network import BOX_END, BOX_START, LOGIT_BOUND, NEGATIVE, POSITIVE
from foodcal_desktop.training.losses import true_iou
from foodcal_desktop.training.prompting import corrected, first_prompts, next_click, shown
from foodcal_desktop.training.settings import PromptMix


def _square(y0: int, y1: int, x0: int, x1: int, side: int = 32) -> np.ndarray:
    cells = np.zeros((side, side), bool)
    cells[y0:y1, x0:x1] = True
    return cells


def test_the_first_click_is_in_the_middle() -> None:
    click = next_click(np.zeros((32, 32), bool), _square(4, 15, 6, 17))
    assert click == (11.5, 9.5, True)


def test_the_photos_edge_counts_as_an_edge() -> None:
    click = next_click(np.zeros((33, 33), bool), np.ones((33, 33), bool))
    assert click == (16.5, 16.5, True)


def test_the_larger_error_is_clicked_first_and_negative_where_too_much_was_found() -> None:
    wanted = _square(2, 12, 2, 12)
    found = wanted | _square(14, 31, 14, 31)
    x, y, positive = next_click(found, wanted) or (0, 0, True)
    assert not positive
    assert (x, y) == (22.5, 22.5)


def test_nothing_wrong_needs_no_click() -> None:
    wanted = _square(2, 12, 2, 12)
    assert next_click(wanted, wanted) is None


def test_the_deeper_error_wins_over_the_larger_area() -> None:
    wanted = _square(0, 2, 0, 32) | _square(10, 16, 10, 16)
    x, y, _ = next_click(np.zeros((32, 32), bool), wanted) or (0.0, 0.0, False)
    assert 10 <= x < 16
    assert 10 <= y < 16


@pytest.mark.parametrize("box", [0.0, 1.0])
def test_first_prompts_lie_at_their_objects(box: float) -> None:
    targets = torch.from_numpy(np.stack([_square(4, 15, 6, 17), _square(20, 30, 1, 9)]).astype(np.float32))
    points, are_boxes = first_prompts(targets, PromptMix(box=box), np.random.default_rng(0))
    assert are_boxes == bool(box)
    if are_boxes:
        assert points.labels.tolist() == [[BOX_START, BOX_END]] * 2
        assert bool((points.coords[:, 0] < points.coords[:, 1]).all())
    else:
        assert points.labels.tolist() == [[POSITIVE]] * 2
        for (x, y), target in zip(points.coords[:, 0].tolist(), targets, strict=True):
            assert target[int(y / 4), int(x / 4)] == 1


def test_a_large_box_strays_by_little() -> None:
    targets = torch.from_numpy(np.stack([_square(10, 90, 20, 100, side=112)] * 50).astype(np.float32))
    points, _ = first_prompts(targets, PromptMix(box=1.0, box_jitter=0.1), np.random.default_rng(0))
    stray = points.coords - torch.tensor([[80.0, 40.0], [400.0, 360.0]])
    assert 4 < float(stray.abs().max()) <= 0.02 * 448 + 1e-3


def test_corrections_are_added_where_it_is_wrong() -> None:
    wanted = torch.from_numpy(_square(4, 20, 6, 22).astype(np.float32))[None]
    points, _ = first_prompts(wanted, PromptMix(box=0.0), np.random.default_rng(0))
    everything = torch.ones(1, 32, 32)
    more = corrected(points, everything, wanted, PromptMix(centre=1.0), np.random.default_rng(1))
    assert more.coords.shape == (1, 2, 2)
    assert more.labels.tolist() == [[POSITIVE, NEGATIVE]]
    x, y = (more.coords[0, 1] / 4).int().tolist()
    assert wanted[0, y, x] == 0


def test_a_prompt_is_asked_again_with_nothing_new() -> None:
    wanted = torch.from_numpy(_square(4, 20, 6, 22).astype(np.float32))[None]
    points, _ = first_prompts(wanted, PromptMix(box=1.0), np.random.default_rng(0))
    random, mix = np.random.default_rng(1), PromptMix(again=0.5)
    same = [corrected(points, torch.ones(1, 32, 32), wanted, mix, random) is points for _ in range(200)]
    assert 70 < sum(same) < 130


def test_a_coarse_mask_shows_the_same_food_less_finely() -> None:
    found = torch.from_numpy(_square(20, 60, 30, 80, side=112).astype(np.float32) * 20 - 10)[None]
    exact = shown(found, PromptMix(), np.random.default_rng(0))
    assert torch.equal(exact, found[:, None])
    coarse = shown(found, PromptMix(coarse=1.0), np.random.default_rng(0))
    assert coarse.shape == exact.shape
    assert float(true_iou(coarse, (found > 0).float())) > 0.9
    assert len(coarse.unique()) > 2


def test_what_is_shown_is_bounded_as_a_previous_mask_is() -> None:
    assert float(shown(torch.full((1, 32, 32), 1000.0), PromptMix(), np.random.default_rng(0)).max()) == LOGIT_BOUND
