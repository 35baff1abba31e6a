"""The diary by command: the same database as the window's."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from foodcal_desktop.__main__ import main
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.food_store import FoodStore
from foodcal_desktop.storage.learned import load_learned_priors

Capture = pytest.CaptureFixture[str]


def document(capsys: Capture, *arguments: str) -> Any:
    assert main(["diary", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_what_is_added_is_shown_with_its_sums(data_dir: Path, capsys: Capture) -> None:
    banana = document(capsys, "add", "--food", "banana", "--grams", "120", "--meal", "lunch", "--day", "2026-03-01")
    document(capsys, "add", "--food", "떡볶이", "--grams", "200", "--meal", "dinner", "--day", "2026-03-01")
    shown = document(capsys, "show", "--day", "2026-03-01")
    assert [meal["meal"] for meal in shown["meals"]] == ["lunch", "dinner"]
    lines = [entry for meal in shown["meals"] for entry in meal["entries"]]
    assert shown["totals"]["kcal"]["value"] == pytest.approx(sum(line["kcal"]["value"] for line in lines))
    assert banana["kcal"]["value"] == pytest.approx(1.2 * banana["kcal_per_100g"])


def test_another_day_is_empty(data_dir: Path, capsys: Capture) -> None:
    document(capsys, "add", "--food", "banana", "--grams", "120", "--day", "2026-03-01")
    assert document(capsys, "show", "--day", "2026-03-02")["meals"] == []


def test_a_removed_entry_is_gone(data_dir: Path, capsys: Capture) -> None:
    entry = document(capsys, "add", "--food", "banana", "--grams", "120", "--day", "2026-03-01")
    document(capsys, "remove", entry["id"])
    assert document(capsys, "show", "--day", "2026-03-01")["meals"] == []
    assert main(["diary", "remove", entry["id"]]) == 1


def test_the_spreadsheet_has_every_entry_with_its_time(data_dir: Path, tmp_path: Path, capsys: Capture) -> None:
    for day in ("2026-03-01", "2026-03-02"):
        document(capsys, "add", "--food", "김치찌개", "--grams", "300", "--day", day)
    out = tmp_path / "diary.csv"
    assert document(capsys, "export", str(out))["entries"] == 2
    with out.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["day"] for row in rows] == ["2026-03-01", "2026-03-02"]
    assert all(row["logged_at"] and float(row["grams"]) == 300 for row in rows)


@pytest.mark.parametrize("grams", ["0", "-5", "lots"])
def test_a_weight_that_is_none_is_refused(data_dir: Path, capsys: Capture, grams: str) -> None:
    assert main(["diary", "add", "--food", "banana", "--grams", grams]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_the_kitchen_scale_teaches_by_command_and_is_forgotten(data_dir: Path, capsys: Capture) -> None:
    table = FoodStore(paths.resources_dir() / "foods.csv")
    food = table.find("tteokbokki")
    assert food is not None
    before = load_learned_priors(table).of(food)
    grams = 1.6 * before.density_g_per_ml * before.thickness_at(80) / 10 * 80
    for factor in (1.0, 0.95):
        given = ("--food", "tteokbokki", "--grams", str(grams * factor), "--area-cm2", "80")
        (row,) = document(capsys, "weigh", *given)["foods"]
    assert row["weighings"] == 2 and row["error_after"] < 0.1 < row["error_before"]
    assert "from 2 weighings; its error went from" in row["sentence"]
    after = load_learned_priors(table).of(food)
    assert after.thickness_mm == pytest.approx(row["thickness_mm"]) and after.thickness_mm > 1.3 * before.thickness_mm
    assert document(capsys, "learned")["foods"] == [row]
    assert document(capsys, "forget", "--food", "tteokbokki")["forgotten"] == 2
    assert load_learned_priors(table).of(food) == before
    assert main(["diary", "forget", "--food", "tteokbokki"]) == 1


def test_priors_are_read_without_making_a_database(data_dir: Path) -> None:
    load_learned_priors(FoodStore(paths.resources_dir() / "foods.csv"))
    assert not (data_dir / "foodcal.db").exists()
