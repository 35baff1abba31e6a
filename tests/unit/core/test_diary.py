from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.diary import DiaryEntry, day_summary, logged, slot_at, totals_of
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, Nutrients, Serving, Source
from foodcal_desktop.core.trends import trend_of
from tests.unit.strategies import diary_entries

RICE = DiaryEntry("1", "2026-11-22", "lunch", "밥", Estimate(210, 180, 250), 150.0, 2.5, 0.3, 33.0, photo="p")


def test_the_nutrients_of_an_entry() -> None:
    assert RICE.kcal == Estimate(315, 270, 375)
    assert (RICE.protein_g, RICE.fat_g, RICE.carbohydrate_g) == pytest.approx((5.25, 0.63, 69.3))


def _halves(entries: list[DiaryEntry]) -> tuple[float, float]:
    kcal = totals_of(entries).kcal
    return kcal.value - kcal.low, kcal.high - kcal.value


def test_items_that_share_no_scale_err_apart() -> None:
    below, above = _halves([RICE, replace(RICE, id="2")])
    assert (below, above) == pytest.approx((45 * 2**0.5, 60 * 2**0.5))


def test_items_that_share_the_scale_of_a_photo_err_together() -> None:
    first, second = replace(RICE, scale_error=0.08), replace(RICE, id="2", scale_error=0.08)
    together, apart = _halves([first, second]), _halves([first, replace(second, photo="q")])
    assert together[0] > apart[0]
    assert together[1] > apart[1]


def test_meals_stand_in_the_order_of_the_day_custom_ones_last() -> None:
    slots = ["야식", "snack", "breakfast", "dinner", "breakfast"]
    summary = day_summary("2026-11-22", [replace(RICE, id=str(i), meal=slot) for i, slot in enumerate(slots)])
    assert [meal.slot for meal in summary.meals] == ["breakfast", "dinner", "snack", "야식"]
    assert len(summary.meals[0].entries) == 2
    assert len(summary.entries) == 5
    assert summary.totals.kcal.value == pytest.approx(5 * 315)


def test_an_empty_day_sums_to_nothing() -> None:
    assert day_summary("2026-11-22", []).totals.kcal == Estimate(0, 0, 0)


def test_a_nutrient_that_is_not_known_is_no_zero_and_the_sum_says_of_how_many_it_is_without() -> None:
    packet = replace(RICE, id="2", protein_per_100g=None, fat_per_100g=None)
    assert packet.protein_g is None and packet.carbohydrate_g == RICE.carbohydrate_g
    both = totals_of([RICE, packet])
    assert (both.protein_g, both.incomplete) == (RICE.protein_g, 1)
    assert both.carbohydrate_g == pytest.approx(2 * 69.3)
    alone = totals_of([packet])
    assert alone.protein_g is None and alone.fat_g is None and alone.carbohydrate_g == pytest.approx(69.3)
    nothing = totals_of([])
    assert (nothing.protein_g, nothing.incomplete) == (0.0, 0)
    day = trend_of([RICE, packet, replace(RICE, id="3", day="2026-11-21")], "2026-11-21", RICE.day)
    assert day.mean is not None and day.mean.protein_g == pytest.approx(5.25) and day.mean.incomplete == 1


@given(st.lists(diary_entries(), max_size=5))
def test_the_interval_of_a_sum_holds_it_and_is_no_wider_than_that_of_its_parts(entries: list[DiaryEntry]) -> None:
    kcal = totals_of(entries).kcal
    slack = 1e-6 * (1 + sum(e.kcal.high for e in entries))
    assert kcal.low <= kcal.value <= kcal.high
    assert kcal.high <= sum(e.kcal.high for e in entries) + slack
    assert kcal.low >= sum(e.kcal.low for e in entries) - slack


@pytest.mark.parametrize(
    ("hour", "slot"), [(3, "snack"), (8, "breakfast"), (12.5, "lunch"), (16, "snack"), (19, "dinner"), (23.5, "snack")]
)
def test_the_usual_meal_of_an_hour(hour: float, slot: str) -> None:
    assert slot_at(hour) == slot


def test_a_logged_food_copies_its_nutrients() -> None:
    nutrients = Nutrients(52.0, 0.3, 0.2, 14.0)
    piece = Serving("piece", "개", 182.0)
    apple = Food("a1", "Apple", "사과", "fruit", nutrients, piece, (piece,), None, Source("test", "1"))
    entry = logged(apple, Estimate.exact(182.0), "2026-11-22", "snack", datetime(2026, 11, 22, 16, 5))
    assert entry.kcal.value == pytest.approx(94.64)
    assert (entry.food_id, entry.name, entry.logged_at) == ("a1", "Apple", "2026-11-22T16:05:00")


@given(st.lists(diary_entries(), max_size=5))
def test_the_sum_does_not_depend_on_the_meals(entries: list[DiaryEntry]) -> None:
    totals = day_summary("d", entries).totals
    assert totals.kcal.value == pytest.approx(sum(e.kcal.value for e in entries))
    assert totals.incomplete == sum(e.is_incomplete for e in entries)
    known = [e.protein_g for e in entries if e.protein_g is not None]
    assert totals.protein_g == (pytest.approx(sum(known)) if known or not entries else None)


def test_an_interval_holds_its_value() -> None:
    with pytest.raises(ValueError, match="interval"):
        Estimate(1.0, 2.0, 3.0)
