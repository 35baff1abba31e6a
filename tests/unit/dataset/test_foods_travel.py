"""Foods of the user's own go along with a dataset, and never over one that is there."""

from __future__ import annotations

import contextlib
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pycocotools.coco import COCO

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.own_food import own_food
from foodcal_desktop.dataset.coco import export_coco
from foodcal_desktop.dataset.coco_reader import import_coco
from foodcal_desktop.dataset.items import AnnotatedPhoto
from foodcal_desktop.dataset.taking import Imported, take_dataset
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.own_foods import keep_food, own_foods
from foodcal_desktop.storage.store import Store
from tests.unit.training.training_case import write_dataset

names = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12).filter(lambda t: t.strip())
foods = st.builds(
    lambda name, kcal, grams, protein: own_food(name, kcal * grams / 100, grams, protein * grams / 100),
    names,
    st.floats(0, 900),
    st.floats(1, 5000),
    st.floats(0, 100),
)


def marked(folder: Path, *food_ids: str | None) -> AnnotatedPhoto:
    pixels = np.random.default_rng(3).integers(0, 255, (9, 12, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(folder / "a.png")
    photo = photos.load(folder / "a.png").photo
    mask = Mask.from_array(np.ones((9, 12)))
    rows = [Annotation(f"{n:032}", photo.sha256, mask, "x", food_id, order=n) for n, food_id in enumerate(food_ids)]
    return AnnotatedPhoto(photo, rows)


def taken(path: Path, folder: Path, left_out: list[str] | None = None) -> tuple[Imported, list[Food]]:
    with Database.open(path) as database:
        said = [].append if left_out is None else left_out.append
        return take_dataset(database, import_coco(folder, said)), own_foods(database)


def by_id(rows: list[Food]) -> list[Food]:
    return sorted(rows, key=lambda food: food.id)


@settings(max_examples=40)
@given(st.lists(foods, min_size=1, max_size=4, unique_by=lambda food: food.id), st.data())
def test_what_was_marked_with_comes_along_bit_for_bit(
    tmp_path_factory: pytest.TempPathFactory, kept: list[Food], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("foods")
    used = data.draw(st.lists(st.sampled_from(kept), unique_by=lambda food: food.id))
    there = data.draw(st.lists(st.sampled_from(kept), unique_by=lambda food: food.id))
    export_coco([marked(folder, None, "usda-1", *(food.id for food in used))], folder / "out", foods=kept)
    mine = [replace(food, nutrients=replace(food.nutrients, kcal=1.5)) for food in there]
    with Database.open(folder / "foodcal.db") as database:
        for food in mine:
            keep_food(database, food)
    new = [food for food in used if food.id not in {one.id for one in there}]
    for expected in (len(new), 0):
        done, found = taken(folder / "foodcal.db", folder / "out")
        assert done.foods == expected
        assert by_id(found) == by_id([*mine, *new])


def test_other_programs_open_it_and_a_dataset_without_own_foods_is_as_before(tmp_path: Path) -> None:
    food = own_food("엄마표 갈비찜", 250)
    export_coco([marked(tmp_path, food.id)], tmp_path / "out", foods=[food, own_food("unused", 1)])
    with contextlib.redirect_stdout(io.StringIO()):
        coco = COCO(str(tmp_path / "out" / "annotations.json"))
    assert len(coco.anns) == len(coco.imgs) == 1
    assert [one["name"] for one in coco.dataset["foods"]] == ["엄마표 갈비찜"]
    export_coco([marked(tmp_path, "usda-1")], tmp_path / "out", foods=[food])
    assert "foods" not in json.loads((tmp_path / "out" / "annotations.json").read_text())


def _changed(food: dict[str, Any], **values: object) -> dict[str, Any]:
    return {**food, **values}


@pytest.mark.parametrize(
    "spoil",
    [
        lambda food: _changed(food, id="usda-1"),
        lambda food: _changed(food, name=""),
        lambda food: _changed(food, servings=[]),
        lambda food: _changed(food, servings=[{"name": "a", "name_ko": "", "grams": 0}]),
        lambda food: _changed(food, nutrients={**food["nutrients"], "kcal": 5000}),
        lambda food: _changed(food, nutrients={**food["nutrients"], "fat_g": "much"}),
        lambda food: _changed(food, source={"dataset": "usda", "key": "1", "note": ""}),
        lambda food: _changed(food, unknown=1),
        lambda food: "food",
        lambda food: None,
    ],
)
def test_a_damaged_food_is_said_and_left_out_and_no_food_of_the_table_is_replaced(tmp_path: Path, spoil: Any) -> None:
    food = own_food("kimbap", 180, 100)
    export_coco([marked(tmp_path, food.id)], tmp_path / "out", foods=[food])
    file = tmp_path / "out" / "annotations.json"
    document = json.loads(file.read_text())
    document["foods"] = [spoil(document["foods"][0])]
    file.write_text(json.dumps(document))
    said: list[str] = []
    done, found = taken(tmp_path / "foodcal.db", tmp_path / "out", said)
    assert (done.foods, found, done.annotations) == (0, [], 1)
    assert len(said) == 1 and "food of the dataset is damaged" in said[0]


def test_stopped_halfway_nothing_is_lost_and_the_rest_comes_with_the_next_time(tmp_path: Path) -> None:
    folder = write_dataset(tmp_path / "set", train=3, val=1)

    def stop(done: int, total: int) -> None:
        assert total == 4
        if done == 2:
            raise KeyboardInterrupt

    with Database.open(tmp_path / "foodcal.db") as database:
        with pytest.raises(KeyboardInterrupt):
            take_dataset(database, import_coco(folder), stop)
        assert len(Store(database).photos()) == 2
        done = take_dataset(database, import_coco(folder))
    assert (done.photos, done.annotations, done.known) == (4, 5, 5)
