from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from foodcal_desktop.dataset.quality import check_folder
from tests.unit.training.training_case import write_dataset


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_dataset(tmp_path / "set", train=2, val=1)


def _edit(folder: Path, change: Any) -> None:
    document = json.loads((folder / "annotations.json").read_text())
    change(document)
    (folder / "annotations.json").write_text(json.dumps(document))


def test_a_sound_dataset_has_no_problem(folder: Path) -> None:
    checked = check_folder(folder)
    assert (checked.errors, checked.notices) == ([], [])
    assert checked.splits == {"train": 2, "val": 1}
    assert checked.photos == 3
    assert sum(checked.categories.values()) == checked.annotations == 7


def test_a_missing_photo_and_one_of_another_size(folder: Path) -> None:
    (folder / "images" / "plate 0.png").unlink()
    _edit(folder, lambda d: d["images"][1].update(width=200))
    errors = check_folder(folder).errors
    assert any("plate 0.png" in sentence for sentence in errors)
    assert any("96×96 pixels and the dataset says 200×96" in sentence for sentence in errors)


def test_the_same_photo_in_two_splits(folder: Path) -> None:
    shutil.copy(folder / "images" / "plate 0.png", folder / "images" / "plate 2.png")
    assert any("is the same photo as plate 0.png (train)" in sentence for sentence in check_folder(folder).errors)


def test_damaged_doubled_and_tiny_masks(folder: Path) -> None:
    def change(document: dict[str, Any]) -> None:
        rows = document["annotations"]
        rows[0]["segmentation"]["counts"] = "!!"
        rows.append({**rows[1], "id": 77})
        rows.append({**rows[1], "id": 78, "area": 4, "segmentation": {"size": [96, 96], "counts": [0, 4, 9212]}})

    _edit(folder, change)
    checked = check_folder(folder)
    assert any(sentence.startswith("Annotation 0 of plate 0.png") for sentence in checked.notices)
    assert any("77" in sentence and "covers the same as" in sentence for sentence in checked.notices)
    assert any("78" in sentence and "4 pixels only" in sentence for sentence in checked.notices)


def test_a_dataset_without_val(folder: Path) -> None:
    _edit(folder, lambda d: d["images"][2].update(split="train"))
    assert any("split val" in sentence for sentence in check_folder(folder).errors)


def test_annotations_that_share_an_id_are_told(folder: Path) -> None:
    _edit(folder, lambda d: [row.update(id=1) for row in d["annotations"]])
    checked = check_folder(folder)
    assert any(sentence.startswith("6 annotations have the id of another one") for sentence in checked.notices)


def test_names_written_on_windows_are_found(folder: Path) -> None:
    (folder / "images" / "a").mkdir()
    (folder / "images" / "plate 0.png").rename(folder / "images" / "a" / "plate 0.png")
    name = "a\\plate 0.png"
    _edit(folder, lambda d: [i.update(file_name=name) for i in d["images"] if i["file_name"] == "plate 0.png"])
    assert check_folder(folder).errors == []
