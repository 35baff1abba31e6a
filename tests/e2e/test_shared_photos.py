"""Every development photo opens, and one click on a food of it gives a mask one can work with."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.segmentation.loading import load_segmenter
from foodcal_desktop.segmentation.segmenter import Segmenter
from foodcal_desktop.storage import photos

CLICKS = Path(__file__).parents[1] / "data" / "photo_clicks.csv"


def clicks() -> list[tuple[str, float, float]]:
    """A point on a food of each photo, as shares of its width and height; placed by eye."""
    with CLICKS.open(newline="") as file:
        return [(row["photo"], float(row["x"]), float(row["y"])) for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return load_segmenter("lite")


def test_every_photo_has_its_click(shared: Path) -> None:
    assert {name for name, _, _ in clicks()} == {p.name for p in (shared / "data" / "photos").glob("*.jpg")}


@pytest.mark.parametrize(("name", "x", "y"), clicks())
def test_one_click_gives_a_mask_that_holds_it(
    shared: Path, segmenter: Segmenter, name: str, x: float, y: float
) -> None:
    loaded = photos.load(shared / "data" / "photos" / name)
    width, height = loaded.photo.width, loaded.photo.height
    click = PointPrompt(x * width, y * height)
    best = segmenter.predict(segmenter.embed(loaded.pixels), Prompts((click,)))[0]
    assert best.mask.contains(click.x, click.y)
    assert 0.002 <= best.mask.area / (width * height) <= 0.8
