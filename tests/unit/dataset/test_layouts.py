"""Datasets of other programs: import, check, evaluation and training read the same photos, masks and splits."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from foodcal_desktop.core.annotation import SPLITS
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.dataset.coco import export_coco
from foodcal_desktop.dataset.coco_reader import import_coco
from foodcal_desktop.dataset.formats import holds_dataset
from foodcal_desktop.dataset.instances import CocoPhotos, drawn, read_dataset
from foodcal_desktop.dataset.items import AnnotatedPhoto
from foodcal_desktop.dataset.quality import check_folder
from foodcal_desktop.training.parts import check_photos, read_parts
from tests.unit.dataset.layouts import (
    ANNOTATIONS,
    FLAWED,
    LAYOUTS,
    PHOTOS,
    as_coco,
    as_roboflow,
    no_split,
    write_layout,
)


def imported(folder: Path, said: list[str] | None = None) -> list[AnnotatedPhoto]:
    return list(import_coco(folder, [].append if said is None else said.append))


def masks_read(read: CocoPhotos) -> dict[str, list[bytes]]:
    return {str(photo.path): sorted(mask.to_bytes() for _, mask in drawn(photo)) for photo in read.photos}


def masks_imported(items: list[AnnotatedPhoto]) -> dict[str, list[bytes]]:
    return {item.photo.path: sorted(one.mask.to_bytes() for one in item.annotations) for item in items}


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_layout_is_read_alike(tmp_path: Path, name: str) -> None:
    folder = write_layout(tmp_path / "set", LAYOUTS[name])
    read, said = read_dataset(folder), list[str]()
    items = imported(folder, said)
    assert said == [] and read.left_out.sentence() == "" and holds_dataset(folder)
    assert masks_read(read) == masks_imported(items)
    assert sum(map(len, masks_read(read).values())) == ANNOTATIONS
    assert [photo.split for photo in read.photos] == [item.photo.split for item in items]
    assert Counter(item.photo.split for item in items) == {"train": 3, "val": 1}
    assert check_folder(folder).errors == []
    parts = check_photos(read_parts(folder))
    assert (len(parts.train), len(parts.compared)) == (3, 1)
    ids = [one.id for photo in read.photos for one in photo.instances]
    assert len(set(ids)) == ANNOTATIONS, "evaluation knows an object by its id"


@pytest.mark.parametrize("name", FLAWED)
def test_what_is_of_no_use_is_left_out_and_said_alike(tmp_path: Path, name: str) -> None:
    folder = write_layout(tmp_path / "set", FLAWED[name])
    read, said = read_dataset(folder), list[str]()
    items = imported(folder, said)
    assert len(items) == PHOTOS
    assert len(said) == 1
    assert masks_read(read) == masks_imported(items)
    assert sum(map(len, masks_read(read).values())) == ANNOTATIONS - 1
    checked = check_folder(folder)
    assert checked.errors == []
    assert checked.notices
    parts = check_photos(read_parts(folder))
    left_out = parts.left_out
    assert left_out.crowds + left_out.without_outline + left_out.damaged == 1
    assert sum(len(photo.instances) for photo in (*parts.train, *parts.compared)) == ANNOTATIONS - 1


@pytest.mark.parametrize("laid_out", [as_roboflow, as_coco])
def test_splits_by_the_names_of_folders_and_files(tmp_path: Path, laid_out: Callable[[Path], Path]) -> None:
    folder = laid_out(tmp_path / "set")
    read, items = read_dataset(folder), imported(folder)
    assert Counter(photo.split for photo in read.photos) == {"train": 3, "val": 1}
    assert [item.photo.split for item in items] == [photo.split for photo in read.photos]
    assert masks_read(read) == masks_imported(items)
    assert len({photo.id for photo in read.photos}) == PHOTOS, "each file numbers its own"
    assert read.shared_ids == 0
    assert check_folder(folder).errors == []
    assert len(check_photos(read_parts(folder)).train) == 3


def test_one_split_alone_keeps_its_name(tmp_path: Path) -> None:
    as_roboflow(tmp_path / "robo")
    as_coco(tmp_path / "coco")
    for place in ("robo/valid", "robo/valid/_annotations.coco.json", "coco/annotations/instances_val2017.json"):
        (item,) = imported(tmp_path / place)
        assert item.photo.split == "val"
    alone = write_layout(tmp_path / "test", no_split)
    assert {item.photo.split for item in imported(alone)} == {""}, "a folder may be called test for any reason"


def test_a_dataset_that_says_no_split_is_dealt_the_same_each_time(tmp_path: Path) -> None:
    folder = write_layout(tmp_path / "set", no_split)
    sides = [photo.split for photo in read_dataset(folder).photos]
    assert set(sides) == {"train", "val"}
    folder.rename(tmp_path / "elsewhere")
    assert [photo.split for photo in read_dataset(tmp_path / "elsewhere").photos] == sides
    assert read_parts(tmp_path / "elsewhere").train


@settings(max_examples=30)
@given(st.lists(st.sampled_from(["", *SPLITS]), min_size=1, max_size=6))
def test_splits_survive_import_and_export(tmp_path_factory: pytest.TempPathFactory, splits: list[str]) -> None:
    folder = tmp_path_factory.mktemp("round")
    images, rows = [], []
    for number, split in enumerate(splits):
        pixels = np.random.default_rng(number).integers(0, 255, (9, 12, 3), dtype=np.uint8)
        Image.fromarray(pixels).save(folder / f"{number}.png")
        images.append({"id": number, "file_name": f"{number}.png", **({"split": split} if split else {})})
        mask = Mask.from_array(np.ones((9, 12))).to_coco()
        rows.append({"id": number, "image_id": number, "category_id": 1, "segmentation": mask})
    document = {"images": images, "annotations": rows, "categories": [{"id": 1, "name": "rice"}]}
    (folder / "annotations.json").write_text(json.dumps(document))
    items = imported(folder)
    assert [item.photo.split for item in items] == splits
    export_coco(items, folder / "out")
    exported = [image["split"] for image in json.loads((folder / "out" / "annotations.json").read_text())["images"]]
    assert all(now == was for now, was in zip(exported, splits, strict=True) if was)
    assert [item.photo.split for item in imported(folder / "out")] == exported


@pytest.mark.parametrize("order", ["images categories annotations info", "annotations categories images licenses"])
def test_a_dataset_is_known_by_its_ends_however_large_and_no_other_json_is(tmp_path: Path, order: str) -> None:
    row = {"id": 0, "file_name": "x" * 90_000}
    content = {key: [row] if key in ("images", "annotations") else [] for key in order.split()}
    (tmp_path / "mine.json").write_text(json.dumps(content))
    assert holds_dataset(tmp_path)
    (tmp_path / "mine.json").write_text(json.dumps({"title": "lunch", "images": 3}))
    assert not holds_dataset(tmp_path) and not holds_dataset(tmp_path / "none")
