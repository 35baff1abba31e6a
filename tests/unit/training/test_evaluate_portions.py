"""Evaluating portions: folds by physical food, frozen priors, both arms, on drawn photos of weighed discs."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import torch

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.core.scale import Scale
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.storage.priors_file import load_priors
from foodcal_desktop.training import evaluate_portions as module
from foodcal_desktop.training.evaluate_portions import evaluate_portions, fitted
from foodcal_desktop.training.portion_data import read_foods
from foodcal_desktop.training.portion_fit import conformal_factor, fit_priors
from foodcal_desktop.training.portion_predict import guesses_of
from foodcal_desktop.training.portion_view import View

COIN_PX = 70.0
MM_PER_PX = 25.0 / COIN_PX


class ColourSegmenter:
    """Answers with the patch of one colour under the prompt: enough for drawn photos."""

    name = "colour"
    checkpoint_hash = "colour"

    def __init__(self) -> None:
        self.embedded = 0

    def embed(self, rgb: Any) -> Embedding:
        self.embedded += 1
        return Embedding({"rgb": torch.from_numpy(np.array(rgb))}, rgb.shape[0], rgb.shape[1])

    def predict(self, embedding: Embedding, prompts: Prompts) -> list[Candidate]:
        rgb = embedding.tensors["rgb"].numpy().astype(int)
        point = prompts.points[-1] if prompts.points else None
        x, y = (point.x, point.y) if point else _middle(prompts)
        near = np.abs(rgb - rgb[int(y), int(x)]).sum(axis=2) < 60
        _, labels = cv2.connectedComponents(near.astype(np.uint8))
        mask = Mask.from_array(labels == labels[int(y), int(x)])
        return [Candidate(mask, 0.9, np.zeros((4, 4), np.float32))]


def _middle(prompts: Prompts) -> tuple[float, float]:
    assert prompts.box is not None
    return (prompts.box.x0 + prompts.box.x1) / 2, (prompts.box.y0 + prompts.box.y1) / 2


def draw(path: Path, diameter_mm: float, height_mm: float | None, colour: tuple[int, int, int]) -> list[list[int]]:
    photo = np.full((612, 816, 3), (150, 120, 90), np.uint8)
    coin, food = (120, 480), (480, 300)
    cv2.circle(photo, coin, int(COIN_PX / 2), (190, 190, 190), -1)
    wide, high = diameter_mm / MM_PER_PX, (height_mm or diameter_mm) / MM_PER_PX
    cv2.ellipse(photo, (food, (wide, high), 0), colour, -1)
    cv2.imwrite(str(path), photo[:, :, ::-1])
    half = int(COIN_PX / 2)
    return [
        [coin[0] - half, coin[1] - half, coin[0] + half, coin[1] + half],
        [int(food[0] - wide / 2), int(food[1] - high / 2), int(food[0] + wide / 2), int(food[1] + high / 2)],
    ]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """Twelve weighed discs of two types: 20 mm thick and as dense as water, or 10 mm and half as dense."""
    folder = tmp_path_factory.mktemp("discs")
    images = folder / "images"
    images.mkdir()
    foods, boxes = [], []
    for index in range(12):
        label, thickness, density, colour = (
            ("bread", 10.0, 0.5, (230, 210, 160)) if index % 2 else ("mooncake", 20.0, 1.0, (120, 40, 30))
        )
        diameter = 60.0 + 4 * index
        volume = np.pi / 4 * diameter**2 * thickness / 1000
        name = f"{label}{index:03d}"
        foods.append([name, label, f"{volume:.1f}", f"{volume * density:.2f}"])
        for view, height in (("top", None), ("side", thickness)):
            image = f"{name}{view[0]}.png"
            coin, food = draw(images / image, diameter, height, colour)
            boxes += [[image, name, view, "coin", *coin], [image, name, view, label, *food]]
    _write(folder / "foods.csv", ["set", "type", "volume_ml", "mass_g"], foods)
    _write(folder / "boxes.csv", ["image", "set", "view", "label", "xmin", "ymin", "xmax", "ymax"], boxes)
    return folder / "foods.csv", folder / "boxes.csv", images


@pytest.fixture
def tables(drawn: tuple[Path, Path, Path], data_dir: Path, tmp_path: Path) -> tuple[Path, Path, Path]:
    """The same in a data folder in which nothing is measured yet; the tables may be changed."""
    foods, boxes, images = drawn
    return Path(shutil.copy(foods, tmp_path)), Path(shutil.copy(boxes, tmp_path)), images


@pytest.fixture(scope="module")
def measured_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder for tests that need not measure what another one has measured."""
    return tmp_path_factory.mktemp("measured")


def _write(path: Path, header: list[str], rows: list[list[Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([header, *rows])


@pytest.mark.parametrize("arm", ["boxes", "clicks"])
@pytest.mark.parametrize("views", ["top", "top+side", "all-top", "all"])
def test_discs_of_known_thickness_are_weighed_by_their_photos(
    drawn: tuple[Path, Path, Path], measured_dir: Path, monkeypatch: pytest.MonkeyPatch, arm: str, views: str
) -> None:
    monkeypatch.setenv("FOODCAL_DATA_DIR", str(measured_dir))
    document = evaluate_portions(*drawn, arm, views, segmenter=ColourSegmenter())
    assert document["foods"] == 12
    assert document["mape"] < 0.1 < document["baselines"]["fixed"]
    assert document["baselines"]["area"] < 0.05
    assert set(document["by_type"]) == {"bread", "mooncake"}
    assert document["size_varied"]["foods"] == 6
    low, high = document["ci95"]
    assert low <= document["mape"] <= high
    assert 0 <= document["coverage80"] <= 1
    assert document["seconds_per_photo"] > 0
    json.dumps(document)


def test_a_photo_is_measured_once(tables: tuple[Path, Path, Path]) -> None:
    first, second = ColourSegmenter(), ColourSegmenter()
    one = evaluate_portions(*tables, segmenter=first)
    two = evaluate_portions(*tables, segmenter=second)
    assert first.embedded > 0
    assert second.embedded == 0
    assert one["mape"] == two["mape"]


def test_frozen_priors_apply_without_a_refit(tables: tuple[Path, Path, Path], tmp_path: Path) -> None:
    frozen = tmp_path / "frozen.json"
    evaluate_portions(*tables, segmenter=ColourSegmenter(), freeze=frozen)
    document = evaluate_portions(*tables, segmenter=ColourSegmenter(), priors=frozen)
    assert document["mape"] < 0.08
    priors = load_priors(frozen)
    bread = priors.of(None, "bread")
    assert bread.provenance == "measured"
    assert bread.weighed == 6
    assert bread.density_g_per_ml == pytest.approx(0.5, rel=0.02)
    assert set(priors.groups) == set(load_priors().groups)


def test_nothing_fitted_has_seen_the_food_it_is_tested_on(
    tables: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[set[str], set[str]]] = []
    trained: list[set[str]] = []
    monkeypatch.setattr(module, "fitted", lambda rows, *a: trained.append({r.food for r in rows}) or fitted(rows, *a))
    monkeypatch.setattr(
        module,
        "guesses_of",
        lambda rows, *a: seen.append(({r.food for r in rows}, trained[-1])) or guesses_of(rows, *a),
    )
    evaluate_portions(*tables, segmenter=ColourSegmenter())
    assert sum(len(test) for test, train in seen if not test & train) >= 12
    assert all(len(train) == 11 for train in trained)


def test_one_food_in_two_sets_is_one_food() -> None:
    rows = [view("apple", 200, "apple001"), view("apple", 200, "mix001"), view("apple", 230, "apple002")]
    folds = module._folds(rows)
    assert len(folds) == 2
    assert all(not {r.food for r in train} & {r.food for r in test} for train, test in folds)


def view(label: str, mass: float, photo_set: str, area_px: int = 40000, scale: Scale | None = None) -> View:
    ruler = scale or Scale(0.38, 0.0, "coin-cny-1", 66.0, 0.015, distance_mm=250.0)
    return View(f"{label} {mass:g} g", label, photo_set, f"{photo_set}.jpg", "top", mass, mass, area_px, 0, ruler)


def test_a_type_that_nobody_weighed_gets_a_wide_prior_from_those_like_it() -> None:
    rows = [view(f"fruit{i}", 100 + 10 * i, f"s{i}", 20000 + 2000 * i) for i in range(6)]
    priors = fit_priors(rows, load_priors(), ["plum"])
    assert priors.types["plum"].serving_spread > 0.1
    assert priors.of(None, "plum").thickness_mm > 0
    with pytest.raises(ValueError, match="two weighed foods"):
        fit_priors(rows[:1], load_priors())


def test_the_conformal_factor_is_the_score_that_four_fifths_of_the_foods_keep() -> None:
    assert conformal_factor([[s / 10] for s in range(1, 10)]) == pytest.approx(0.8)
    assert conformal_factor([[2.0, 2.0], [0.5], [0.6], [0.7]]) == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("change", "match"),
    [({"arm": "eyes"}, "arm"), ({"views": "bottom"}, "views"), ({"reference": "coin"}, "reference")],
)
def test_wrong_arguments_are_refused(tables: tuple[Path, Path, Path], change: dict[str, str], match: str) -> None:
    with pytest.raises(ValueError, match=match):
        evaluate_portions(*tables, segmenter=ColourSegmenter(), **change)  # type: ignore[arg-type]


def test_what_cannot_be_read_or_written_is_said_before_the_photos_are_looked_at(
    tables: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    told: list[int] = []
    for change in ({"freeze": tmp_path / "nowhere" / "priors.json"}, {"priors": tables[0]}):
        with pytest.raises(ValueError, match=r"no folder|cannot be read"):
            evaluate_portions(*tables, segmenter=ColourSegmenter(), told=lambda done, _: told.append(done), **change)
    assert not told


def test_a_table_may_begin_with_a_spreadsheets_mark_and_is_no_photo(tables: tuple[Path, Path, Path]) -> None:
    foods, boxes, images = tables
    foods.write_bytes(b"\xef\xbb\xbf" + foods.read_bytes())
    assert read_foods(foods)
    foods.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(ValueError, match="no CSV table"):
        evaluate_portions(foods, boxes, images, segmenter=ColourSegmenter())


def test_damaged_tables_are_refused(tables: tuple[Path, Path, Path], tmp_path: Path) -> None:
    foods, boxes, images = tables
    with pytest.raises(ValueError, match="lacks the columns"):
        evaluate_portions(boxes, boxes, images, segmenter=ColourSegmenter())
    with pytest.raises(ValueError, match="is not in"):
        evaluate_portions(foods, boxes, tmp_path, segmenter=ColourSegmenter())
    foods.write_text("set,type,volume_ml,mass_g\nx,bread,ten,3\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no number"):
        evaluate_portions(foods, boxes, images, segmenter=ColourSegmenter())
