"""Photos of one meal by command: the same links, items and diary as the window's."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from foodcal_desktop.__main__ import main
from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.edit import created
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import Store

Capture = pytest.CaptureFixture[str]


def document(capsys: Capture, *arguments: str) -> Any:
    assert main(["diary", "meal", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def photo_of(folder: Path, name: str, grams: float) -> tuple[str, Photo]:
    """A photo with a weighed helping of rice."""
    path = folder / name
    Image.fromarray(np.random.default_rng(len(name)).integers(0, 255, (30, 40, 3), dtype=np.uint8)).save(path)
    photo = photos.load(path).photo
    mask = Mask.from_array(np.eye(30, 40))
    with Database.open() as database:
        store = Store(database)
        store.add_photo(photo)

        row = Annotation(name, photo.sha256, mask, "rice", rice(), Portion.typed_grams(grams))
        store.apply(created(row, "Mark"))
    return str(path), photo


def rice() -> str:
    from foodcal_desktop.storage import paths
    from foodcal_desktop.storage.food_store import FoodStore

    food = FoodStore(paths.resources_dir() / "foods.csv").find("rice")
    assert food is not None
    return food.id


def test_leftovers_are_linked_taken_off_and_parted_again(data_dir: Path, tmp_path: Path, capsys: Capture) -> None:
    before, _ = photo_of(tmp_path, "before.png", 300)
    after, left = photo_of(tmp_path, "after it.png", 80)
    alone = document(capsys, after)
    assert [p["view"] for p in alone["photos"]] == ["main"]
    with Database.open() as database:
        logged = DiaryEntry("e", "2026-03-01", "lunch", "rice", alone_grams(alone), 130, 3, 0, 28)
        entry = created(_replaced(logged, photo=left.sha256, annotation="after it.png", food_id=rice()), "Log")
        Store(database).apply(entry)
    linked = document(capsys, after, "--with", before, "--as", "after")
    assert [p["view"] for p in linked["photos"]] == ["main", "after"]
    (item,) = linked["items"]
    assert (item["plate"]["value"], item["left"]["value"], item["eaten"]["value"]) == (300, 80, 220)
    assert item["sources"] == ["80 g left, typed on after it.png"]
    with Database.open() as database:
        assert Store(database).entries("2026-03-01") == []
    assert document(capsys, before) == linked
    assert main(["diary", "meal", before]) == 0
    assert "220" in capsys.readouterr().out
    parted = document(capsys, after, "--alone")
    assert parted == alone


def test_a_photo_is_no_other_photo_of_itself(data_dir: Path, tmp_path: Path, capsys: Capture) -> None:
    path, _ = photo_of(tmp_path, "one.png", 100)
    assert main(["diary", "meal", path, "--with", path]) == 1
    assert "another photo" in capsys.readouterr().err
    assert main(["diary", "meal", path, "--with", path, "--alone"]) == 2


def test_a_view_needs_the_photo_it_is_another_one_of(data_dir: Path, tmp_path: Path, capsys: Capture) -> None:
    """It was passed over in silence, and the photo stayed a meal of its own."""
    path, _ = photo_of(tmp_path, "after.png", 50)
    assert main(["diary", "meal", path, "--as", "after"]) == 2
    assert "--with" in capsys.readouterr().err


def alone_grams(shown: Any) -> Any:
    from foodcal_desktop.core.estimate import Estimate

    return Estimate(**shown["items"][0]["eaten"])


def _replaced(entry: DiaryEntry, **values: Any) -> DiaryEntry:
    from dataclasses import replace

    return replace(entry, **values)
