"""Folders marked with labelme: every shape with an area, its groups, its photos, what is damaged."""

from __future__ import annotations

import base64
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from PIL import Image

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.dataset.formats import exporter_named, format_of
from foodcal_desktop.dataset.instances import drawn, read_dataset
from foodcal_desktop.dataset.items import AnnotatedPhoto, DatasetError
from foodcal_desktop.dataset.labelme import has_labelme, import_labelme
from foodcal_desktop.dataset.quality import check_folder
from foodcal_desktop.training.parts import check_photos, dataset_hash, read_parts
from tests.unit.strategies import HEIGHT, WIDTH, pixel_arrays
from tests.unit.training.training_case import write_dataset

SIZE = (40, 60)
SQUARE = [[5, 4], [25, 4], [25, 24], [5, 24]]


def shape(points: list[Any], kind: str = "polygon", label: str = "soup", **values: Any) -> dict[str, Any]:
    return {"label": label, "points": points, "group_id": None, "shape_type": kind, "flags": {}, **values}


def picture(pixels: np.ndarray) -> str:
    """As labelme stores a mask: a PNG of zeros and ones."""
    stream = io.BytesIO()
    Image.fromarray(pixels.astype(np.uint8)).save(stream, "PNG")
    return base64.b64encode(stream.getvalue()).decode()


def write(folder: Path, *shapes: Any, name: str = "a", size: tuple[int, int] = SIZE, **values: Any) -> Path:
    """A photo with its JSON, whose keys are in labelme's order."""
    folder.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.random.default_rng(len(name)).integers(0, 255, (*size, 3), dtype=np.uint8)).save(
        folder / f"{name}.png"
    )
    head = {"version": "6.3.1", "flags": {}, "shapes": list(shapes), "imagePath": f"{name}.png", "imageData": None}
    document = {**head, "imageHeight": size[0], "imageWidth": size[1], **values}
    (folder / f"{name}.json").write_text(json.dumps(document, indent=2))
    return folder / f"{name}.json"


def as_labelme(folder: Path) -> Path:
    """A dataset's folder of ours as labelme would have it: each split a folder, a JSON beside each photo."""
    document = json.loads((folder / "annotations.json").read_text())
    names = {one["id"]: one["name"] for one in document["categories"]}
    for image in document["images"]:
        rows = [one for one in document["annotations"] if one["image_id"] == image["id"]]
        masks = [Mask.from_coco(one["segmentation"]) for one in rows]
        shapes = [
            shape(
                [[m.x, m.y], [m.x + m.w - 1, m.y + m.h - 1]], "mask", names[one["category_id"]], mask=picture(m.crop())
            )
            for one, m in zip(rows, masks, strict=True)
        ]
        file = write(folder / image["split"], *shapes, name=Path(image["file_name"]).stem, size=(96, 96))
        (folder / "images" / image["file_name"]).replace(file.with_suffix(".png"))
    (folder / "annotations.json").unlink()
    return folder


def read(place: Path, said: list[str] | None = None) -> list[AnnotatedPhoto]:
    return list(import_labelme(place, [].append if said is None else said.append))


@pytest.mark.parametrize(
    ("one", "area"),
    [
        (shape(SQUARE), 400),
        (shape(SQUARE, shape_type=None), 400),
        (shape([[25, 24], [5, 4]], "rectangle"), 400),
        (shape(SQUARE, "rectangle"), 400),
        (shape([[15, 4], [25, 14], [15, 24], [5, 14]], "oriented_rectangle"), 200),
        (shape([[30, 20], [30, 30]], "circle"), 314),
        (shape([[5, 4], [24, 23]], "mask", mask=picture(np.ones((20, 20)))), 400),
    ],
)
def test_each_shape_with_an_area_is_read(tmp_path: Path, one: dict[str, Any], area: int) -> None:
    ((found,),) = [item.annotations for item in read(write(tmp_path / "사진", one))]
    assert found.label == "soup"
    assert found.mask.area == pytest.approx(area, abs=8 if one["shape_type"] in ("circle", "oriented_rectangle") else 0)


@given(pixel_arrays(HEIGHT - 2, WIDTH - 3).filter(lambda pixels: pixels.any()))
def test_a_mask_keeps_its_pixels(tmp_path_factory: pytest.TempPathFactory, pixels: np.ndarray) -> None:
    folder = tmp_path_factory.mktemp("mask")
    points = [[2, 1], [2 + pixels.shape[1] - 1, 1 + pixels.shape[0] - 1]]
    write(folder, shape(points, "mask", mask=picture(pixels)), size=(HEIGHT, WIDTH))
    ((found,),) = [item.annotations for item in read(folder)]
    whole = np.zeros((HEIGHT, WIDTH), dtype=bool)
    whole[1 : HEIGHT - 1, 2 : WIDTH - 1] = pixels
    assert found.mask == Mask.from_array(whole)


def test_shapes_of_a_group_are_parts_of_one(tmp_path: Path) -> None:
    part = [[40, 10], [50, 10], [50, 20]]
    square = picture(np.ones((4, 4)))
    shapes = [
        shape(SQUARE, group_id=1),
        shape(part, group_id=1),
        shape(part, group_id=1, label="egg"),
        shape([[1, 30], [4, 33]], "mask", group_id=1, label="egg", mask=square),
        shape(SQUARE, label="soup"),
    ]
    ((first, second, third),) = [
        sorted(item.annotations, key=lambda one: (one.label, -one.mask.area)) for item in read(write(tmp_path, *shapes))
    ]
    assert (first.label, first.mask.area) == ("egg", 45 + 16)
    assert (second.label, second.mask.area) == ("soup", 400 + 45)
    assert (third.label, third.mask.area) == ("soup", 400)


def test_what_is_of_no_use_is_said_and_the_rest_is_read(tmp_path: Path) -> None:
    write(
        tmp_path,
        shape(SQUARE),
        shape([[1, 1]], "point"),
        shape([[1, 1], [9, 9]], "line"),
        shape([[1, 1], [9, "x"], [3, 3]]),
        shape([[5, 4], [24, 23]], "mask", mask="bm90IGEgcG5n"),
        shape([[50, 30], [80, 60]], "mask", mask=picture(np.ones((31, 31)))),
    )
    (tmp_path / "b.json").write_text('{"shapes": [')
    write(tmp_path, shape(SQUARE), name="gone", imagePath="nowhere.png")
    (tmp_path / "gone.png").unlink()
    write(tmp_path, shape(SQUARE), name="small", imageWidth=61)
    said: list[str] = []
    (item,) = read(tmp_path, said)
    assert [one.mask.area for one in item.annotations] == [400]
    assert "2 of 6 annotations of a.png left out: there is no outline" in said[0]
    assert "3 of 6 annotations of a.png left out: damaged" in said[1]
    assert said[2].startswith("b.json is damaged and was left out")
    assert "nowhere.png" in said[3]
    assert "60×40, not 61×40" in said[4]


def test_photos_are_found_where_the_files_say_or_beside_them(tmp_path: Path) -> None:
    write(tmp_path / "labels", shape(SQUARE), imagePath="..\\photos\\a.png")
    (tmp_path / "photos").mkdir()
    (tmp_path / "labels" / "a.png").rename(tmp_path / "photos" / "a.png")
    (item,) = read(tmp_path / "labels")
    assert Path(item.photo.path) == (tmp_path / "photos" / "a.png").resolve()
    write(tmp_path / "moved", shape(SQUARE), imagePath="C:\\old\\place\\a.png")
    assert len(read(tmp_path / "moved")) == 1


def test_folders_of_splits_and_the_format_found_by_a_look(tmp_path: Path) -> None:
    write(tmp_path / "all" / "train", shape(SQUARE))
    write(tmp_path / "all" / "val", shape(SQUARE), name="bb")
    assert [item.photo.split for item in read(tmp_path / "all")] == ["train", "val"]
    places = {"all": "labelme", "all/train": "labelme", "all/train/a.json": "labelme", "coco": "coco", "none": "coco"}
    write_dataset(tmp_path / "coco", train=1, val=1)
    write(tmp_path / "coco", shape(SQUARE))
    assert {place: format_of(tmp_path / place).name for place in places} == places
    assert [place for place in ("all", "all/train", "coco", "none") if has_labelme(tmp_path / place)] == [
        "all",
        "all/train",
        "coco",
    ]
    with pytest.raises(DatasetError, match="no JSON of labelme"):
        read(tmp_path / "none")
    with pytest.raises(DatasetError, match="read only"):
        exporter_named("labelme")


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    write(tmp_path, shape(SQUARE), shape([[1, 1], [9, 9]], "rectangle"))
    assert read(tmp_path) == read(tmp_path)


def test_check_evaluation_and_training_read_what_import_does(tmp_path: Path) -> None:
    folder = as_labelme(write_dataset(tmp_path / "set", train=3, val=1))
    found, items = read_dataset(folder), read(folder)
    masks = {str(photo.path): sorted(mask.to_bytes() for _, mask in drawn(photo)) for photo in found.photos}
    assert masks == {item.photo.path: sorted(one.mask.to_bytes() for one in item.annotations) for item in items}
    assert sum(map(len, masks.values())) == 10
    assert [photo.split for photo in found.photos] == [item.photo.split for item in items]
    assert {one.category for photo in found.photos for one in photo.instances} == {"rice", "kimchi"}
    assert check_folder(folder).errors == []
    parts = check_photos(read_parts(folder))
    assert (len(parts.train), len(parts.compared), parts.left_out.sentence()) == (3, 1, "")
    before = dataset_hash(folder)
    file = next(folder.glob("train/*.json"))
    file.write_text(file.read_text().replace("rice", "soup"))
    assert dataset_hash(folder) != before


def test_what_is_of_no_use_is_counted_and_photos_without_splits_are_dealt(tmp_path: Path) -> None:
    for number in range(20):
        write(tmp_path, shape(SQUARE), name="a" * (number + 1))
    write(tmp_path, shape([[5, 5]], "point"), {"label": "x"}, name="b")
    write(tmp_path, shape([[5, 5]], "point"), name="c")
    found = read_dataset(tmp_path)
    assert (found.left_out.without_outline, found.left_out.damaged) == (1, 1)
    assert found.damaged == ("b.json is damaged and was left out (the key 'points' is missing).",)
    sides = {photo.path.name: photo.split for photo in found.photos}
    assert {"train", "val"} <= set(sides.values()) and len(sides) == 21
    assert read_dataset(tmp_path / "a.json").photos[0].instances[0].area == 400
