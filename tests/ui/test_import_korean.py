"""What an import and the check of a dataset say is known to the translations."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foodcal_desktop.dataset.coco_reader import import_coco
from foodcal_desktop.dataset.instances import read_dataset
from foodcal_desktop.dataset.items import DatasetError
from foodcal_desktop.dataset.labelme import import_labelme
from foodcal_desktop.ui import wording
from tests.unit.dataset import test_labelme as labelme
from tests.unit.dataset.layouts import FLAWED, write_layout

pytestmark = pytest.mark.usefixtures("korean")


def is_korean(text: str) -> bool:
    """Its reason in brackets too."""
    said = wording.sentence(text)
    return said != text and not any(word in said for word in (" the ", " is ", " has ", "The "))


@pytest.mark.parametrize("name", FLAWED)
def test_what_is_left_out(tmp_path: Path, name: str) -> None:
    folder = write_layout(tmp_path / "set", FLAWED[name])
    said: list[str] = []
    list(import_coco(folder, said.append))
    said += filter(None, [read_dataset(folder).left_out.sentence()])
    assert said and all(is_korean(text) for text in said), said


@pytest.mark.parametrize("content", [None, "{", "[]", '{"images": [{"id": 1}], "annotations": []}'])
def test_what_is_no_dataset(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "annotations.json").write_text(content)
    with pytest.raises(DatasetError) as told:
        list(import_coco(tmp_path))
    assert is_korean(str(told.value)), str(told.value)


def test_a_photo_that_is_of_another_size_than_its_dataset_says(tmp_path: Path) -> None:
    folder = write_layout(tmp_path / "set", lambda folder, document: document["images"][0].update(width=5))
    said: list[str] = []
    list(import_coco(folder, said.append))
    assert len(said) == 1 and is_korean(said[0]), json.dumps(said)


def test_what_labelme_has_that_is_of_no_use(tmp_path: Path) -> None:
    labelme.write(tmp_path, labelme.shape(labelme.SQUARE), labelme.shape([[1, 1]], "point"))
    (tmp_path / "b.json").write_text('{"shapes": [')
    said: list[str] = []
    list(import_labelme(tmp_path, said.append))
    assert len(said) == 2 and all(is_korean(text) for text in said), said
    with pytest.raises(DatasetError) as told:
        import_labelme(tmp_path / "none")
    assert is_korean(str(told.value))
