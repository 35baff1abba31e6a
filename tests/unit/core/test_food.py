from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foodcal_desktop.core.food import FOOD_GROUPS, Food, Nutrients, Serving, Source

RICE = Nutrients(129.0, 2.67, 0.28, 28.0, 0.05, 0.4, 245.0)
amounts = st.floats(0.0, 900.0)
maybe_amounts = st.none() | amounts
nutrients = st.builds(
    Nutrients, amounts, amounts, amounts, amounts, sugar_g=maybe_amounts, fibre_g=maybe_amounts, sodium_mg=maybe_amounts
)


def make_food(group: str = "rice") -> Food:
    bowl = Serving("bowl", "공기", 210.0)
    return Food("own:rice", "My rice", "내 밥", group, RICE, bowl, (bowl,), None, Source("own", "1"))


def test_scaled_takes_the_share_of_100_g() -> None:
    bowl = RICE.scaled(210.0)
    assert bowl.kcal == pytest.approx(270.9)
    assert bowl.carbohydrate_g == pytest.approx(58.8)
    assert bowl.sodium_mg == pytest.approx(514.5)


def test_a_nutrient_not_reported_stays_unknown() -> None:
    unknown = Nutrients(100.0, 1.0, 2.0, 3.0)
    assert unknown.scaled(50.0).sugar_g is None
    assert (unknown + RICE).sugar_g is None
    assert (unknown + RICE).kcal == pytest.approx(229.0)


@pytest.mark.parametrize("grams", [-1.0, math.nan])
def test_no_portion_weighs_less_than_nothing(grams: float) -> None:
    with pytest.raises(ValueError, match="0 g or more"):
        RICE.scaled(grams)


@given(nutrients, st.floats(1.0, 2000.0))
def test_rescaling_keeps_kcal_per_gram(per_100: Nutrients, grams: float) -> None:
    assert per_100.scaled(grams).kcal / grams == pytest.approx(per_100.kcal / 100.0)


@given(nutrients, st.floats(0.0, 1000.0), st.floats(0.0, 1000.0))
def test_two_portions_are_one_of_their_sum(per_100: Nutrients, first: float, second: float) -> None:
    apart, together = per_100.scaled(first) + per_100.scaled(second), per_100.scaled(first + second)
    assert apart.protein_g == pytest.approx(together.protein_g)
    assert (apart.fibre_g is None) == (together.fibre_g is None)


def test_groups_are_a_closed_set() -> None:
    assert len(set(FOOD_GROUPS)) == len(FOOD_GROUPS)
    assert make_food().kcal_per_g == pytest.approx(1.29)
    with pytest.raises(ValueError, match="no food group"):
        make_food("ricee")
