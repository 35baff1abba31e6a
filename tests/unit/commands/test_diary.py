"""The diary by command: the same database as the window's."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from foodcal_desktop.__main__ import main
from foodcal_desktop.commands import common
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.food_store import FoodStore
from foodcal_desktop.storage.learned import load_learned_priors
from foodcal_desktop.storage.paths import database_path
from foodcal_desktop.storage.settings import DAILY_KCAL_GOAL, Settings

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


def test_a_folder_that_is_not_there_is_said_without_a_number(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "nowhere" / "diary.csv"
    assert main(["diary", "export", str(target)]) == 1
    assert capsys.readouterr().err == f"{target} cannot be found, or its folder is missing; check the path.\n"


def test_the_database_is_never_written_over(data_dir: Path, capsys: Capture) -> None:
    document(capsys, "add", "--food", "rice", "--grams", "150")
    assert main(["diary", "export", str(database_path())]) == 2
    assert "would be lost" in capsys.readouterr().err
    assert document(capsys, "show")["meals"]


@pytest.mark.parametrize("grams", ["0", "-5", "lots", "nan", "1e9"])
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


def test_the_trend_of_a_span_by_command(data_dir: Path, capsys: Capture) -> None:
    for day, grams in (("2026-03-02", "1000"), ("2026-03-04", "3000"), ("2026-02-20", "9000")):
        document(capsys, "add", "--food", "banana", "--grams", grams, "--day", day)
    document(capsys, "add", "--food", "떡볶이", "--grams", "300", "--day", "2026-03-02")
    shown = [document(capsys, "show", "--day", day)["totals"] for day in ("2026-03-02", "2026-03-04")]
    trend = document(capsys, "trends", "--until", "2026-03-05", "--days", "7", "--goal", "2000")
    assert (trend["first"], trend["last"], trend["days"], trend["by"]) == ("2026-02-27", "2026-03-05", 7, "day")
    assert (trend["logged"], trend["counted"], trend["goal"]) == (2, 2, 2000)
    assert (trend["under"], trend["over"], trend["open"]) == (1, 1, 0)
    assert [p["totals"] for p in trend["points"] if p["totals"]] == shown
    assert [p["logged"] for p in trend["points"]] == [0, 0, 0, 1, 0, 1, 0]
    assert trend["mean"]["kcal"]["value"] == pytest.approx(sum(totals["kcal"]["value"] for totals in shown) / 2)
    assert [f["entries"] for f in trend["foods"]] == [2, 1]
    assert sum(f["share"] for f in trend["foods"]) == pytest.approx(1)


def test_a_trend_takes_the_goal_of_the_settings_and_weeks_for_long_spans(data_dir: Path, capsys: Capture) -> None:
    Settings.load().set(DAILY_KCAL_GOAL, 1234.0)
    trend = document(capsys, "trends", "--until", "2026-03-05", "--days", "90")
    assert (trend["goal"], trend["by"], trend["mean"], trend["foods"]) == (1234, "week", None, [])
    assert trend["points"][1]["first"] == "2025-12-08"
    assert document(capsys, "trends", "--days", "90", "--by", "day", "--goal", "0")["goal"] is None


def test_a_trend_is_readable_and_an_empty_one_says_what_to_do(data_dir: Path, capsys: Capture) -> None:
    assert main(["diary", "trends", "--until", "2026-03-05"]) == 0
    assert "log a meal" in capsys.readouterr().out
    document(capsys, "add", "--food", "banana", "--grams", "100", "--day", "2026-03-04")
    assert main(["diary", "trends", "--until", "2026-03-05"]) == 0
    text = capsys.readouterr().out
    assert "2026-03-04" in text and "2026-03-03" not in text
    assert "1 of 30 days logged; surely under 2000 kcal: 1, surely over: 0, undecided: 0." in text


@pytest.mark.parametrize(
    "wrong", [("--days", "0"), ("--until", "soon"), ("--by", "month"), ("--goal", "-1"), ("--goal", "nan")]
)
def test_a_trend_of_no_days_is_refused(data_dir: Path, capsys: Capture, wrong: tuple[str, str]) -> None:
    assert main(["diary", "trends", *wrong]) == 2
    assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_food_of_ones_own_is_kept_logged_and_taken_off_the_list(data_dir: Path, capsys: Capture) -> None:
    (kept,) = document(capsys, "food", "엄마표 갈비찜", "--kcal", "530", "--grams", "250", "--protein", "40")["foods"]
    assert kept["kcal_per_100g"] == pytest.approx(212) and kept["serving_g"] == 250
    entry = document(capsys, "add", "--food", "엄마표 갈비찜", "--grams", "100")
    assert entry["food_id"] == kept["id"] and entry["kcal"]["value"] == pytest.approx(212)
    assert document(capsys, "food")["foods"] == [kept]
    assert kept["protein_per_100g"] == 16 and kept["fat_per_100g"] is None
    assert entry["protein_g"] == 16 and entry["carbohydrate_g"] is None
    day = document(capsys, "show")["totals"]
    assert (day["protein_g"], day["fat_g"], day["incomplete"]) == (16, None, 1)
    out = data_dir / "diary.csv"
    document(capsys, "export", str(out))
    assert ",16.0,,,212.0," in out.read_text(encoding="utf-8-sig")
    assert main(["diary", "trends"]) == 0
    assert "–" in capsys.readouterr().out
    document(capsys, "food", "엄마표 갈비찜", "--remove")
    assert document(capsys, "food")["foods"] == []
    assert main(["diary", "food", "엄마표 갈비찜", "--remove"]) == 1
    assert main(["diary", "food", "pure energy", "--kcal", "5000"]) == 2
    assert main(["diary", "food", "half said"]) == 2


def test_korean_names_leave_the_columns_of_a_table_straight() -> None:
    rows = [["엄마표 갈비찜", "212"], ["rice", "1,290"]]
    first, *others = common.table(rows, ["food", "kcal"]).splitlines()
    assert first == "food            kcal"
    assert others == ["엄마표 갈비찜    212", "rice           1,290"]
