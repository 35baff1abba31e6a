"""What is wrong with a dataset or a recipe is said in the user's language: each sentence is raised by a real file."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from foodcal_desktop.dataset.coco_masks import coco_mask
from foodcal_desktop.dataset.instances import LeftOut, read_coco
from foodcal_desktop.storage import paths
from foodcal_desktop.training.parts import check_photos, read_parts
from foodcal_desktop.training.recipe import RecipeError, is_whole, load_recipe, load_whole
from foodcal_desktop.ui import sentences, wording
from tests.unit.training.training_case import write_dataset

pytestmark = pytest.mark.usefixtures("korean")


def is_korean(text: str) -> bool:
    said = wording.sentence(text)
    return said != text and re.search("[가-힣]", said) is not None and "{" not in said


@pytest.mark.parametrize(
    "segmentation",
    [
        [["x", 1, 2, 3, 4, 5]],
        [[float("nan"), 1, 2, 3, 4, 5]],
        [[1, 2, 3, 4, 5, 6, 7]],
        {"size": [30, 40], "counts": [3]},
        {"size": [30, 40], "counts": "\x7f\x7f"},
        {"size": [30, 40], "counts": "o"},
        {"counts": [1200]},
    ],
)
def test_damaged_masks(tmp_path: Path, segmentation: Any) -> None:
    with pytest.raises(ValueError) as told:
        coco_mask(segmentation, 30, 40)
    assert is_korean(str(told.value)), str(told.value)
    images = [{"id": 1, "file_name": "a.png", "height": 30, "width": 40}]
    rows = [{"id": 5, "image_id": 1, "category_id": 3, "segmentation": segmentation}]
    document = {"images": images, "annotations": rows, "categories": [{"id": 3, "name": "soup"}]}
    (tmp_path / "annotations.json").write_text(json.dumps(document))
    (photo,) = read_coco(tmp_path / "annotations.json", tmp_path)
    assert photo.instances == (), "it is left out, and counted"


def test_what_is_left_out() -> None:
    assert wording.sentence(LeftOut(3, 2).sentence()) == "제외된 주석: 무리(crowd) 3개, 윤곽이 없는 것 2개."
    assert is_korean(LeftOut(3, 2, 1).sentence())


def _mask(segmentation: Any) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        document = json.loads((folder / "annotations.json").read_text())
        document["annotations"][0]["segmentation"] = segmentation
        (folder / "annotations.json").write_text(json.dumps(document))

    return spoil


def _smaller(folder: Path) -> None:
    Image.new("RGB", (50, 40)).save(folder / "images" / "plate 0.png")


def _no_photo(folder: Path) -> None:
    (folder / "images" / "plate 0.png").write_text("no photo")


@pytest.mark.parametrize("spoil", [_mask({"size": [9, 9], "counts": [81]}), _smaller, _no_photo])
def test_a_dataset_that_a_training_refuses(tmp_path: Path, spoil: Callable[[Path], None]) -> None:
    folder = write_dataset(tmp_path / "set", train=1, val=1)
    spoil(folder)
    with pytest.raises(ValueError) as told:
        check_photos(read_parts(folder))
    assert is_korean(str(told.value)), str(told.value)


@pytest.mark.parametrize(
    "text",
    [
        "rate: fast\n",
        "epochs: 1.5\n",
        "name: 5\n",
        "loss: 3\n",
        "rounds: 1\n",
        "rounds: [0.5, 0.2]\n",
        "epochs: 0\n",
        "encoder: thawed\n",
        "rates: 1\n",
        "a: b: c\n",
        "\x00",
        "- 1\n",
        "trainer: whole\nsides: [33]\nside_shares: [1.0]\n",
    ],
)
def test_a_recipe_that_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "나의 recipe.yaml"
    path.write_text(text)
    with pytest.raises(RecipeError) as told:
        load_whole(path, "lite") if is_whole(path) else load_recipe(path)
    assert is_korean(str(told.value)), str(told.value)
    assert "나의 recipe.yaml" in wording.sentence(str(told.value))


def test_a_recipe_that_is_not_there_or_for_another_checkpoint(tmp_path: Path) -> None:
    with pytest.raises(RecipeError) as told:
        load_recipe(tmp_path / "none.yaml")
    assert is_korean(str(told.value))
    with pytest.raises(RecipeError) as told:
        load_whole(paths.recipes_dir() / "lite.yaml", "sam2")
    assert is_korean(str(told.value))


def test_each_sentence_is_recognised_as_itself() -> None:
    """A template that is too wide, standing first, would take another one's words."""
    for template in sentences.SENTENCES:
        filled = template.format(*(f"w{number}" for number in range(10)))
        first = next(one for one in sentences.SENTENCES if sentences._pattern(one).fullmatch(filled))
        assert first == template
