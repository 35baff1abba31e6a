"""From grams to kilocalories: the food table's energy, the fat that nobody saw, and what the user says about both."""

from __future__ import annotations

from dataclasses import replace
from typing import TypedDict

from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, Nutrients
from foodcal_desktop.core.portion_chain import Portion, Step

ENERGY, UNIT = "energy", "kcal/100 g"
"""The chain's link after the mass, and its unit."""

HIDDEN_FAT = 0.15
"""Fat that a photo does not show, as the standard deviation of log kcal/g: assumed, from the spread of recipes with and
without added fat in the food table; a question about it was worth 6 points of error (docs/estimating.md)."""

AFTER_FAT = 0.05
"""What stays of it once the user was asked."""

MAY_HIDE_FAT = frozenset(
    {"rice", "noodles", "stew", "meat", "poultry", "fish", "egg", "vegetable", "potato", "salad", "mixed", "pancake"}
)

OIL_KCAL_PER_G = 8.84
"""Salad or cooking oil, USDA SR 04582."""

_OIL = "oil"


def energy_step(food: Food, portion: Portion | None) -> Step:
    """The link kcal per 100 g: what was typed or answered, else the food table's, unsure where fat may hide."""
    said = portion.step(ENERGY) if portion is not None else None
    if said is not None:
        return said
    kcal = food.nutrients.kcal
    hides = food.group in MAY_HIDE_FAT and kcal > 0
    value = Estimate.around(kcal, HIDDEN_FAT) if hides else Estimate.exact(kcal)
    source = f"{food.source.dataset}: {food.source.key}"
    return Step(ENERGY, value, UNIT, f"{source}; fat that a photo does not show" if hides else source)


def kcal_of(portion: Portion, food: Food, said: Portion | None = None) -> Estimate:
    """Energy in kcal: grams times kcal per gram, the errors of both in quadrature.

    ``said`` is the portion of which the energy was said, where that is another one (what lay on the plate before).
    """
    per_gram = energy_step(food, said or portion).value.scaled(0.01)
    if per_gram.is_exact or portion.grams.value <= 0 or per_gram.value <= 1e-9:
        return portion.grams.scaled(per_gram.value)
    return portion.grams.times(per_gram)


def nutrients_of(portion: Portion | None, food: Food) -> Nutrients:
    """The food's nutrients per 100 g, with the energy that was said; what oil adds is fat.

    A typed energy says nothing of protein, fat and carbohydrate: those stay the table's.
    """
    step = energy_step(food, portion)
    added = step.value.value - food.nutrients.kcal if step.source.startswith(_OIL) else 0.0
    fat = food.nutrients.fat_g
    if fat is not None:
        fat += max(added, 0.0) / OIL_KCAL_PER_G
    return replace(food.nutrients, kcal=step.value.value, fat_g=fat)


class EntryValues(TypedDict):
    """kcal and fat per 100 g, None where the fat is not known, and the standard deviation of log kcal."""

    kcal_per_100g: float
    fat_per_100g: float | None
    energy_spread: float


def entry_values(portion: Portion | None, food: Food) -> EntryValues:
    """What a diary entry copies of the energy: kcal and fat per 100 g, and the spread of the energy."""
    nutrients, value = nutrients_of(portion, food), energy_step(food, portion).value
    spread = 0.0 if value.is_exact or value.value <= 0 else value.spread
    return {"kcal_per_100g": nutrients.kcal, "fat_per_100g": nutrients.fat_g, "energy_spread": spread}


def with_energy(portion: Portion, kcal_per_100g: float) -> Portion:
    """With a typed energy. Raises ValueError where it is not above 0 and finite."""
    if not 0 < kcal_per_100g < float("inf"):
        raise ValueError("The energy is a number of kcal per 100 g above 0.")
    return _with_step(portion, Estimate.exact(kcal_per_100g), "typed")


def with_oil(portion: Portion, food: Food, oil_g: float) -> Portion:
    """With the answer to how many grams of oil came to this portion; 0 for none."""
    kcal = food.nutrients.kcal + 100 * oil_g * OIL_KCAL_PER_G / portion.grams.value
    grams = portion.grams.value
    source = f"{_OIL}: {oil_g:.0f} g added to {grams:.0f} g, as you said" if oil_g else "no oil, as you said"
    return _with_step(portion, Estimate.around(max(kcal, 0.1), AFTER_FAT), source)


def with_said(portion: Portion, food: Food, name: str, value: float) -> Portion:
    """With a link of the chain as it was typed, energy and kcal too; 0 makes it free again.

    Raises:
        ValueError: there is no such link, or the value contradicts other typed ones.
    """
    if name == ENERGY:
        return with_energy(portion, value) if value else without_energy(portion)
    if name == "kcal":
        per_100g = energy_step(food, portion).value.value
        if value and per_100g <= 0:
            raise ValueError("This food has no energy per 100 g; type that first.")
        name, value = "mass", value * 100 / per_100g if value else 0.0
    return portion.with_step(name, value) if value else portion.without_typed(name)


def without_energy(portion: Portion) -> Portion:
    """With the food table's energy again."""
    return replace(portion, steps=tuple(step for step in portion.steps if step.name != ENERGY))


def _with_step(portion: Portion, value: Estimate, source: str) -> Portion:
    steps = without_energy(portion).steps
    return replace(portion, steps=(*steps, Step(ENERGY, value, UNIT, source, typed=True)))
