"""Foods of the user's own: kept, found, corrected, forgotten."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.diary import logged
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.energy import nutrients_of, with_oil
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.own_food import is_own, own_food, require_own
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.own_foods import forget_food, keep_food, load_food_table, own_foods
from foodcal_desktop.storage.store import Store


def test_what_stands_on_the_packet_is_per_100_g_and_its_amount_the_serving() -> None:
    food = own_food("  불닭볶음면 ", 530, 140, protein_g=12, fat_g=16, carbohydrate_g=85)
    assert food.name == "불닭볶음면" and is_own(food)
    assert food.nutrients.kcal == pytest.approx(378.57, abs=0.01)
    assert food.nutrients.carbohydrate_g == pytest.approx(60.71, abs=0.01)
    assert food.serving.grams == 140


@pytest.mark.parametrize(
    "figures", [(2000, 100), (-1, 100), (100, 0), (float("nan"), 100), (100, float("inf")), (100, 100, 60, 60, 0)]
)
def test_figures_that_no_food_can_have_are_refused(figures: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        own_food("something", *figures)
    with pytest.raises(ValueError, match="name"):
        own_food("  ", 100)


def test_what_the_packet_does_not_say_is_not_known(data_dir: Path) -> None:
    food = own_food("soup", 200, 200, protein_g=0.0)
    assert (food.nutrients.protein_g, food.nutrients.fat_g, food.nutrients.carbohydrate_g) == (0.0, None, None)
    assert nutrients_of(with_oil(Portion.typed_grams(100), food, 5), food).fat_g is None
    require_own(food)
    entry = logged(food, Estimate.exact(150), "2026-11-22", "lunch", datetime(2026, 11, 22))
    with Database.open() as database:
        keep_food(database, food)
        assert own_foods(database) == [food]
        Store(database).apply(Edit("log", (Change(entry.id, None, entry),)))
        assert Store(database).entries("2026-11-22") == [entry] and entry.fat_g is None


@given(name=st.text(min_size=1).filter(lambda text: text.strip()), kcal=st.floats(0, 900), grams=st.floats(1, 5000))
def test_a_kept_food_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, name: str, kcal: float, grams: float
) -> None:
    food = own_food(name.encode("utf-8", "replace").decode("utf-8"), kcal * grams / 100, grams)
    with Database.open(tmp_path_factory.mktemp("own") / "foodcal.db") as database:
        keep_food(database, food)
        assert own_foods(database) == [food]


def test_an_own_food_is_found_corrected_and_forgotten(data_dir: Path) -> None:
    with Database.open() as database:
        keep_food(database, own_food("엄마표 갈비찜", 200))
        assert load_food_table().search("엄마표")[0].name == "엄마표 갈비찜"
        keep_food(database, own_food("엄마표 갈비찜", 250))
        (food,) = own_foods(database)
        assert load_food_table().by_id(food.id) == food and food.nutrients.kcal == 250
        forget_food(database, food.id)
        assert load_food_table().find("엄마표 갈비찜") != food
