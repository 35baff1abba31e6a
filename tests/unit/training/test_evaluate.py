from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.dataset.instances import DatasetPhoto, read_coco
from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.storage import paths
from foodcal_desktop.training.contact_sheet import write_sheet
from foodcal_desktop.training.evaluate import ClickProtocol, boundary_iou, evaluate, in_split, largest, strayed
from foodcal_desktop.training.figures import document, paired
from tests.unit.training.training_case import SIDE, write_dataset


class Oracle:
    """Knows the masks: after the n-th click it gives what ``after`` says, by a box the whole mask."""

    name, checkpoint_hash = "oracle", "0" * 64

    def __init__(self, photos: Sequence[DatasetPhoto], right_after: int) -> None:
        self._masks = [one.mask() for photo in photos for one in photo.instances]
        self._right_after = right_after
        self.prompts: list[Prompts] = []
        self._photo = -1

    def embed(self, rgb: NDArray[np.uint8]) -> Embedding:
        return Embedding({}, rgb.shape[0], rgb.shape[1])

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        return self.predict_each(embedding, [prompts])[0]

    def predict_each(self, embedding: Embedding, each: Sequence[Prompts]) -> list[list[Candidate]]:
        self.prompts += each
        return [[self._answer(prompts)] for prompts in each]

    def _answer(self, prompts: Prompts) -> Candidate:
        if prompts.box is not None:
            mask = next(
                m for m in self._masks if m.box == (prompts.box.x0, prompts.box.y0, prompts.box.x1, prompts.box.y1)
            )
        else:
            mask = next(
                (m for m in self._masks if m.contains(prompts.points[0].x, prompts.points[0].y)), self._masks[0]
            )
            if len(prompts.points) < self._right_after:
                mask = Mask.from_crop(mask.crop()[: max(mask.h // 2, 1)], mask.x, mask.y, SIDE, SIDE)
        return Candidate(mask, 0.9, np.zeros((4, 4), np.float32))


@pytest.fixture
def photos(tmp_path: Path) -> list[DatasetPhoto]:
    folder = write_dataset(tmp_path / "set", train=0, val=1)
    return read_coco(folder / "annotations.json", folder / "images")


def test_clicks_are_counted_until_it_is_right(photos: list[DatasetPhoto]) -> None:
    evaluation = evaluate(Oracle(photos, right_after=3), photos)
    for one in evaluation.objects:
        assert one.clicks_to(0.85, 20) == 3
        assert one.iou_after(1) < 0.7
        assert one.iou_after(3) == one.iou_after(5) == 1.0
        assert one.box_iou == 1.0
        assert one.boundary_iou == 1.0
    figures = document(evaluation, "oracle")
    assert figures["noc85"] == figures["noc90"] == 3
    assert figures["miou"]["5"] == 1.0
    assert figures["ci95"]["noc85"] == [3, 3]


def test_what_is_never_good_enough_counts_as_all_clicks(photos: list[DatasetPhoto]) -> None:
    evaluation = evaluate(Oracle(photos, right_after=99), photos, ClickProtocol(clicks=7))
    figures = document(evaluation, "oracle")
    assert figures["noc85"] == 7
    assert all(len(one.ious) == 7 for one in evaluation.objects)


def test_no_click_is_asked_for_once_all_is_right(photos: list[DatasetPhoto]) -> None:
    oracle = Oracle(photos, right_after=1)
    evaluation = evaluate(oracle, photos)
    assert all(one.ious == [1.0] for one in evaluation.objects)
    assert document(evaluation, "oracle")["miou"] == {"1": 1.0, "3": 1.0, "5": 1.0}


def test_the_last_mask_is_fed_back_and_clicks_add_up(photos: list[DatasetPhoto]) -> None:
    oracle = Oracle(photos, right_after=3)
    evaluate(oracle, photos, ClickProtocol(max_objects=1))
    clicked = [prompts for prompts in oracle.prompts if prompts.box is None]
    assert [len(prompts.points) for prompts in clicked] == [1, 2, 3]
    assert [prompts.previous is None for prompts in clicked] == [True, False, False]


def test_only_a_checkpoint_that_is_small_enough_looks_closer(photos: list[DatasetPhoto]) -> None:
    protocol = ClickProtocol(clicks=2, closer=True)
    of_oracle = document(evaluate(Oracle(photos, 1), photos, protocol), "oracle")
    assert of_oracle["protocol"]["closer_look"] is False and "look" not in of_oracle["seconds"]
    lite = LiteSegmenter.load(paths.models_dir() / "lite.safetensors")
    plain, closer = evaluate(lite, photos, ClickProtocol(clicks=2)), evaluate(lite, photos, protocol)
    assert plain.look_seconds is None
    assert document(closer, "lite")["seconds"]["look"] > 0 and document(closer, "lite")["protocol"]["closer_look"]
    assert [one.ious for one in plain.objects] != [one.ious for one in closer.objects]


def test_only_the_largest_objects_count(photos: list[DatasetPhoto]) -> None:
    evaluation = evaluate(Oracle(photos, 1), photos, ClickProtocol(max_objects=1))
    (one,) = evaluation.objects
    assert one.instance.area == max(other.area for other in photos[0].instances)
    assert [o.area for o in largest(photos[0], 9)] == sorted((o.area for o in photos[0].instances), reverse=True)


def test_split_and_limit(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=3, val=2)
    every = read_coco(folder / "annotations.json", folder / "images")
    assert [p.id for p in in_split(every, "val")] == [3, 4]
    assert [p.id for p in in_split(every, "", limit=4)] == [0, 1, 2, 3]


def test_nothing_to_evaluate_is_said() -> None:
    with pytest.raises(ValueError, match="no annotated objects"):
        evaluate(Oracle([], 1), [])


def test_straying_clicks_stay_in_the_error() -> None:
    wrong = np.zeros((40, 40), bool)
    wrong[10:30, 10:30] = True
    random = np.random.default_rng(0)
    places = np.array([strayed(20.5, 20.5, wrong, 6.0, random) for _ in range(300)])
    assert wrong[places[:, 1].astype(int), places[:, 0].astype(int)].all()
    assert 3 < places[:, 0].std() < 6.5
    assert strayed(10.5, 10.5, np.zeros((40, 40), bool), 3.0, random) == (10.5, 10.5)


def test_boundary_iou_sees_edges_only() -> None:
    wanted = np.zeros((100, 100), bool)
    wanted[20:80, 20:80] = True
    hole = wanted.copy()
    hole[45:55, 45:55] = False
    shifted = np.roll(wanted, 4, axis=1)
    assert boundary_iou(wanted, wanted) == 1.0
    assert boundary_iou(shifted, wanted) < 0.5
    assert boundary_iou(np.zeros_like(wanted), wanted) == 0.0
    # The hole's edge is an edge too.
    assert boundary_iou(hole, wanted) < 1.0


def test_paired_differences_need_the_same_objects(photos: list[DatasetPhoto]) -> None:
    worse, better = evaluate(Oracle(photos, 4), photos), evaluate(Oracle(photos, 1), photos)
    assert paired(worse, better).low > 0
    assert paired(better, better).value == 0
    fewer = evaluate(Oracle(photos, 1), photos, ClickProtocol(max_objects=1))
    with pytest.raises(ValueError, match="same objects"):
        paired(worse, fewer)


def test_the_contact_sheet_shows_the_worst(photos: list[DatasetPhoto], tmp_path: Path) -> None:
    from PIL import Image

    evaluation = evaluate(Oracle(photos, 2), photos)
    count = write_sheet(evaluation.objects, tmp_path / "worst.png")
    assert count == len(evaluation.objects)
    with Image.open(tmp_path / "worst.png") as sheet:
        assert sheet.width == 242 * min(count, 6)
    with pytest.raises(ValueError, match=r"png or \.jpg"):
        write_sheet(evaluation.objects, tmp_path / "worst.txt")
