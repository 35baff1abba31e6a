"""What has to be right about a dataset's photos before a training begins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PIL import Image

from foodcal_desktop.training.errors import TrainingError
from foodcal_desktop.training.parts import check_photos, read_parts

_ORIENTATION, _TURNED = 0x0112, 6


def lying(folder: Path, width: int, height: int) -> Path:
    """Two photos 40×30 in the file that are 30×40 upright, with annotations for width × height."""
    (folder / "images").mkdir(parents=True)
    exif = Image.Exif()
    exif[_ORIENTATION] = _TURNED
    images, annotations = [], []
    for number, split in enumerate(("train", "val")):
        Image.new("RGB", (40, 30), "white").save(folder / "images" / f"{number}.jpg", exif=exif)
        images.append({"id": number, "file_name": f"{number}.jpg", "width": width, "height": height, "split": split})
        ring = [[5, 5, 20, 5, 20, 25]]
        annotations.append({"id": number, "image_id": number, "category_id": 1, "segmentation": ring})
    document = {"images": images, "annotations": annotations, "categories": [{"id": 1, "name": "rice"}]}
    (folder / "annotations.json").write_text(json.dumps(document))
    return folder


def test_a_photo_that_lies_in_its_file_is_measured_upright(tmp_path: Path) -> None:
    check_photos(read_parts(lying(tmp_path / "set", 30, 40)))


def test_annotations_of_a_photo_as_it_lies_in_its_file_are_refused_before_the_training(tmp_path: Path) -> None:
    parts = read_parts(lying(tmp_path / "set", 40, 30))
    with pytest.raises(TrainingError, match=r"0\.jpg is 30×40 pixels and its annotations are for 40×30"):
        check_photos(parts)
