"""Sums: the scale's error is shared within a photo, the rest averages out; and the one question worth asking."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.energy import kcal_of, nutrients_of, with_oil, without_energy
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, Nutrients, Serving, Source
from foodcal_desktop.core.portion import Portion, Step
from foodcal_desktop.core.priors import Prior
from foodcal_desktop.core.questions import MealItem, best_question
from foodcal_desktop.core.sums import Part, combine

amounts = st.builds(Estimate.around, st.floats(1, 1000), st.floats(0.01, 0.6))
parts = st.builds(Part, amounts, st.sampled_from([None, "a", "b"]), st.floats(0, 0.4))


def width(estimate: Estimate) -> float:
    return estimate.high - estimate.low


@given(st.lists(parts, min_size=1, max_size=6))
def test_a_sum_contains_its_point_and_is_never_wider_than_its_parts_together(rows: list[Part]) -> None:
    total = combine(rows)
    assert total.value == pytest.approx(sum(p.amount.value for p in rows))
    assert total.low <= total.value <= total.high
    assert width(total) <= sum(width(p.amount) for p in rows) * (1 + 1e-9)
    assert width(total) >= max(width(p.amount) for p in rows) * 0.99


def test_a_shared_scale_does_not_average_out() -> None:
    amount = Estimate.around(100, 0.2)
    shared = combine([Part(amount, "p", 0.2)] * 9)
    alone = combine([Part(amount, None, 0.0)] * 9)
    other = combine([Part(amount, str(i), 0.2) for i in range(9)])
    assert width(shared) == pytest.approx(9 * width(amount), rel=0.12)
    assert width(alone) == pytest.approx(3 * width(amount), rel=0.01)
    assert width(other) == pytest.approx(width(alone), rel=0.01)


def test_the_sum_of_nothing_is_nothing() -> None:
    assert combine([]) == Estimate.exact(0.0)


def row(group: str) -> Food:
    one = Serving("serving", "", 100.0)
    return Food("x", "x", "", group, Nutrients(100, 0, 0, 25), one, (one,), None, Source("x", "x"))


def prior(shape: str) -> Prior:
    return Prior.from_dict(
        {
            "shape": shape, "thickness_mm": 20, "thickness_spread": 0.4, "density_g_per_ml": 1, "density_spread": 0.05,
            "serving_g": 100, "serving_spread": 0.5, "source": "test",
        }
    )  # fmt: skip


def item(group: str, thickness: float, scale: float, shape: str = "flat", grams: float = 100) -> MealItem:
    spread = (thickness**2 + scale**2) ** 0.5
    step = Step("thickness", Estimate.around(20, thickness), "mm", "test")
    portion = Portion(Estimate.around(grams, spread), "test", steps=(step,), scale_error=scale)
    return MealItem(group, portion, row(group), prior(shape), "p")


def test_the_question_is_about_what_is_least_known() -> None:
    height = best_question([item("fruit", 0.5, 0.05), item("fruit", 0.1, 0.05)])
    assert height is not None
    assert (height.kind, height.item) == ("height", 0)
    assert 0 < height.narrowing < 1
    coin = best_question([item("fruit", 0.1, 0.5), item("fruit", 0.1, 0.5)])
    assert coin is not None and coin.kind == "scale" and coin.item is None
    depth = best_question([item("soup", 0.5, 0.02, "liquid")])
    assert depth is not None and depth.kind == "depth"
    oil = best_question([item("salad", 0.05, 0.02)])
    assert oil is not None and oil.kind == "oil"


def test_without_a_scale_the_servings_are_asked_and_typed_fruit_needs_no_question() -> None:
    portion = Portion(Estimate.around(100, 0.5), "serving prior: no scale")
    asked = best_question([MealItem("rice", portion, row("fruit"), prior("flat"))])
    assert asked is not None and asked.kind == "serving"
    assert best_question([MealItem("x", Portion.typed_grams(5), row("fruit"), prior("flat"))]) is None
    assert best_question([]) is None


def test_fat_that_nobody_saw_widens_the_energy_until_it_is_asked_about() -> None:
    food, portion = row("salad"), Portion(Estimate.around(200, 0.1), "area × thickness × density")
    unsure = kcal_of(portion, food)
    assert unsure.value == pytest.approx(portion.grams.value * food.kcal_per_g)
    assert unsure.spread > portion.grams.spread
    none, spoon = with_oil(portion, food, 0), with_oil(portion, food, 13.6)
    assert kcal_of(none, food).value == pytest.approx(unsure.value)
    assert kcal_of(none, food).spread < unsure.spread
    added = kcal_of(spoon, food).value - unsure.value
    assert added == pytest.approx(13.6 * 8.84)
    fat = nutrients_of(spoon, food).fat_g - food.nutrients.fat_g
    assert fat * 2 == pytest.approx(13.6)
    assert without_energy(spoon) == portion


def test_a_question_waved_away_gives_way_to_the_next() -> None:
    items = [item("salad", 0.05, 0.02)]
    assert best_question(items).kind == "oil"
    after = best_question(items, {("oil", 0)})
    assert after is None or after.kind != "oil"
