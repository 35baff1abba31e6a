"""Items found again on another photo, with the bundled checkpoint on real pixels."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, Prompts
from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.segmentation.transfer import transfer
from foodcal_desktop.storage import paths, photos

RGB = NDArray[np.uint8]


@pytest.fixture(scope="module")
def segmenter() -> LiteSegmenter:
    return LiteSegmenter.load(paths.models_dir() / "lite.safetensors")


@pytest.fixture(scope="module")
def plate() -> tuple[RGB, dict[str, tuple[int, int, int, int]]]:
    """Two discs of different colour and grain on a table, and their boxes."""
    random = np.random.default_rng(3)
    rgb = np.full((300, 400, 3), (190, 170, 150), np.uint8) + random.integers(0, 12, (300, 400, 1), np.uint8)
    y, x = np.mgrid[0:300, 0:400]
    discs = {"tomato": (110, 150, 60, (200, 40, 30), 10), "rice": (290, 150, 70, (235, 235, 225), 40)}
    boxes = {}
    for name, (cx, cy, radius, colour, grain) in discs.items():
        inside = (x - cx) ** 2 + (y - cy) ** 2 < radius**2
        noise = random.integers(-grain, grain + 1, (300, 400, 1))
        rgb[inside] = np.clip(np.array(colour) + noise, 0, 255).astype(np.uint8)[inside]
        boxes[name] = (cx - radius, cy - radius, cx + radius, cy + radius)
    return rgb, boxes


@pytest.fixture(scope="module")
def known(
    segmenter: LiteSegmenter, plate: tuple[RGB, dict[str, tuple[int, int, int, int]]]
) -> tuple[Embedding, dict[str, Mask]]:
    rgb, boxes = plate
    embedding = segmenter.embed(rgb)
    return embedding, {n: segmenter.predict(embedding, Prompts(box=BoxPrompt(*b)))[0].mask for n, b in boxes.items()}


def test_on_a_mirrored_photo_each_item_is_found_on_the_other_side(
    segmenter: LiteSegmenter,
    plate: tuple[RGB, dict[str, tuple[int, int, int, int]]],
    known: tuple[Embedding, dict[str, Mask]],
) -> None:
    source, items = known
    across = np.ascontiguousarray(plate[0][:, ::-1])
    carried_over = transfer(segmenter, source, items, segmenter.embed(across), 0.3, (plate[0], across))
    found = {carried.item: carried for carried in carried_over}
    assert set(found) == {"tomato", "rice"}
    for name, mask in items.items():
        mirrored = Mask.from_array(mask.to_array()[:, ::-1])
        assert mirrored.contains(found[name].point.x, found[name].point.y)
        assert found[name].candidate.mask.iou(mirrored) > 0.6
        assert -1 <= found[name].similarity <= 1.001


def test_nothing_is_suggested_that_is_not_alike_enough(
    segmenter: LiteSegmenter, known: tuple[Embedding, dict[str, Mask]]
) -> None:
    source, items = known
    assert transfer(segmenter, source, items, source, min_similarity=1.1) == []


def test_no_items_and_empty_masks_find_nothing(
    segmenter: LiteSegmenter, known: tuple[Embedding, dict[str, Mask]]
) -> None:
    source, _ = known
    assert transfer(segmenter, source, {}, source) == []
    assert transfer(segmenter, source, {"gone": Mask.empty(300, 400)}, source) == []


def test_two_items_never_take_the_same_place(
    segmenter: LiteSegmenter, known: tuple[Embedding, dict[str, Mask]]
) -> None:
    source, items = known
    twice = {"rice": items["rice"], "rice again": items["rice"]}
    found = transfer(segmenter, source, twice, source, min_similarity=-1)
    for one in found:
        for other in found:
            if one.item < other.item:
                assert one.candidate.mask.intersection(other.candidate.mask).area <= 0.5 * other.candidate.mask.area


def test_an_embedding_of_an_unknown_kind_is_refused(
    segmenter: LiteSegmenter, known: tuple[Embedding, dict[str, Mask]]
) -> None:
    source, items = known
    with pytest.raises(ValueError, match="no map to compare"):
        transfer(segmenter, Embedding({}, 300, 400), items, source)


def test_the_items_of_a_real_pair_of_photos_are_found_again(segmenter: LiteSegmenter, shared: Path) -> None:
    before, after = "apple001s_1.jpg", "apple001s_2.jpg"
    boxes = _boxes(shared, (before, after))
    images = shared / "data" / "portion" / "images"
    source, target = (segmenter.embed(photos.load(images / name).pixels) for name in (before, after))
    items = {n: segmenter.predict(source, Prompts(box=BoxPrompt(*b)))[0].mask for n, b in boxes[before].items()}
    for carried in transfer(segmenter, source, items, target):
        x0, y0, x1, y1 = boxes[after][carried.item]
        assert x0 <= carried.point.x <= x1 and y0 <= carried.point.y <= y1, carried.item


def _boxes(shared: Path, names: tuple[str, ...]) -> dict[str, dict[str, tuple[float, ...]]]:
    import csv

    found: dict[str, dict[str, tuple[float, ...]]] = {}
    with (shared / "data" / "portion" / "boxes.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["image"] in names:
                box = tuple(float(row[key]) for key in ("xmin", "ymin", "xmax", "ymax"))
                found.setdefault(row["image"], {})[row["label"]] = box
    return found


def test_items_that_changed_places_are_told_apart_by_their_colour(segmenter: LiteSegmenter, shared: Path) -> None:
    before, after = "mix004t_1.jpg", "mix004t_2.jpg"
    boxes = _boxes(shared, (before, after))
    pixels = tuple(photos.load(shared / "data" / "portion" / "images" / name).pixels for name in (before, after))
    source, target = (segmenter.embed(rgb) for rgb in pixels)
    foods = ("apple", "qiwi")
    items = {n: segmenter.predict(source, Prompts(box=BoxPrompt(*boxes[before][n])))[0].mask for n in foods}
    found = {one.item: one for one in transfer(segmenter, source, items, target, pixels=(pixels[0], pixels[1]))}
    assert set(found) == set(foods), "the apple lies where the kiwi lay, and the kiwi where the apple lay"
    for name in foods:
        x0, y0, x1, y1 = boxes[after][name]
        assert x0 <= found[name].point.x <= x1 and y0 <= found[name].point.y <= y1, name
