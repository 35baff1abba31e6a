"""Priors: every food has one, it says how it came about, and the assumed ones are the widest."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from foodcal_desktop.core.food import FOOD_GROUPS, Food, Nutrients, Serving, Source
from foodcal_desktop.core.portion_learning import Weighed, learn
from foodcal_desktop.core.priors import Prior, Priors, Provenance
from foodcal_desktop.storage.priors_file import load_priors

RESOURCES = Path(__file__).parents[3] / "resources"
PRIORS = load_priors()


def food(food_id: str = "x:y", group: str = "rice", density: float | None = None) -> Food:
    one = Serving("serving", "", 100.0)
    return Food(food_id, "y", "", group, Nutrients(1, 0, 0, 0), one, (one,), density, Source("x", "y"), "derived: cup")


def test_every_group_has_a_prior() -> None:
    assert set(PRIORS.groups) == set(FOOD_GROUPS)


def test_every_bundled_prior_says_where_it_comes_from() -> None:
    rows = [PRIORS.default, *PRIORS.groups.values(), *PRIORS.types.values(), *PRIORS.foods.values()]
    assert all(row.source for row in rows)
    assert all(row.weighed > 0 for row in rows if row.provenance is Provenance.MEASURED)


def test_assumed_priors_are_the_widest() -> None:
    assumed = min(row.thickness_spread for row in PRIORS.groups.values())
    others = [row for row in PRIORS.foods.values() if row.provenance is not Provenance.ASSUMED]
    assert others
    assert all(row.thickness_spread < assumed for row in others)
    derived = PRIORS.of(food(density=0.8))
    assert derived.provenance is Provenance.DERIVED
    assert derived.thickness_spread < PRIORS.groups["rice"].thickness_spread


def test_a_food_is_looked_up_by_id_then_label_then_group() -> None:
    known = next(iter(PRIORS.foods))
    assert PRIORS.of(food(known)) is PRIORS.foods[known]
    assert PRIORS.of(food()).shape is PRIORS.groups["rice"].shape
    assert PRIORS.of(food()).serving_g == 100.0
    assert PRIORS.of(None) is PRIORS.default
    for label, prior in PRIORS.types.items():
        assert PRIORS.of(None, label) is prior


def test_the_counts_add_up() -> None:
    known = next(k for k, prior in PRIORS.foods.items() if prior.provenance is Provenance.DERIVED)
    counts = PRIORS.counts([food(), food(density=1.0), food(known)])
    assert counts == {"measured": 0, "derived": 2, "assumed": 1}


def test_learned_priors_come_first() -> None:
    prior = PRIORS.default
    assert PRIORS.learned({"x:y": prior}).of(food()) is prior


@pytest.mark.parametrize(
    "row", [{}, {"shape": "round"}, {"thickness_mm": -1}, {"thickness_spread": 0}, {"colour": "red"}, {"slope": None}]
)
def test_damaged_priors_are_refused(row: dict[str, object]) -> None:
    good = json.loads((RESOURCES / "priors.json").read_text(encoding="utf-8"))["default"]
    assert Prior.from_dict(good)
    with pytest.raises(ValueError, match="damaged"):
        Prior.from_dict({**good, **row} if row else {})


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"default": 3, "types": {}, "foods": {}, "groups": {}}'])
def test_a_file_that_holds_no_priors_is_refused_in_one_sentence(tmp_path: Path, text: str) -> None:
    path = tmp_path / "priors.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="portion prior"):
        load_priors(path)
    with pytest.raises(ValueError, match="cannot be read"):
        load_priors(tmp_path / "missing.json")


def test_priors_survive_json() -> None:
    prior = PRIORS.groups["soup"]
    assert Prior.from_dict(json.loads(json.dumps(asdict(prior)))) == prior
    assert isinstance(PRIORS, Priors)


def test_one_shops_apples_are_not_how_large_every_apple_is() -> None:
    apple = PRIORS.types["apple"]
    small, large = 149.0, 223.0  # USDA SR 09003
    assert apple.usual_serving.low < small * 1.1
    assert apple.usual_serving.high > large
    assert PRIORS.default.usual_serving.spread == pytest.approx(PRIORS.default.serving_spread)


def test_ones_own_portions_are_known_as_narrowly_as_they_are() -> None:
    apple = PRIORS.types["apple"]
    own = learn(apple, [Weighed(f"{i}", "apple", 55.0, grams) for i, grams in enumerate((180.0, 185.0, 190.0, 184.0))])
    assert own.serving_is_own
    assert own.usual_serving.spread == pytest.approx(own.serving_spread)
    assert own.serving_spread < 0.2
    assert own.usual_serving.low < 184 < own.usual_serving.high
    assert Prior.from_dict(asdict(own)) == own
