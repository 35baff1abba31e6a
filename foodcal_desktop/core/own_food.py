"""Foods of the user's own: what the food table does not have, by what stands on its packet."""

from __future__ import annotations

from foodcal_desktop.core.food import Food, Nutrients, Serving, Source

OWN = "own"
"""The dataset, and the beginning of the id, of the user's own foods."""

_MAX_KCAL = 902.0
"""Of 100 g of pure fat, the most there is (USDA SR, fish oil)."""

_MAX_MACROS = 105.0
"""What 100 g may hold of all three together, as in the food table: rounding adds up."""


def own_food(
    name: str,
    kcal: float,
    grams: float = 100.0,
    protein_g: float | None = None,
    fat_g: float | None = None,
    carbohydrate_g: float | None = None,
) -> Food:
    """A food by the energy in kcal and the macronutrients in g that `grams` g of it hold; they are its serving.

    A nutrient that is None is not known, which is another thing than 0. The same name gives the same id, so that saying
    it again corrects the food.

    Raises:
        ValueError: no name, or figures that no food can have; one sentence.
    """
    name = " ".join(name.split())
    if not name:
        raise ValueError("The food needs a name.")
    said = [amount for amount in (kcal, protein_g, fat_g, carbohydrate_g) if amount is not None]
    if not 0.0 < grams < float("inf") or not all(0.0 <= amount < float("inf") for amount in said):
        raise ValueError("The weight is a number above 0 g, energy and nutrients are 0 or more.")
    _require_possible(kcal * 100.0 / grams, sum(said[1:]) * 100.0 / grams)
    held = [None if amount is None else amount * 100.0 / grams for amount in (protein_g, fat_g, carbohydrate_g)]
    nutrients, serving = Nutrients(kcal * 100.0 / grams, *held), Serving("serving", "1인분", grams)
    key = name.casefold()
    return Food(f"{OWN}:{key}", name, "", "mixed", nutrients, serving, (serving,), None, Source(OWN, key))


def is_own(food: Food) -> bool:
    """Whether the user said what this food holds."""
    return food.source.dataset == OWN


def require_own(food: Food) -> None:
    """Raises ValueError where what came from elsewhere is no food of anybody's own, or is an impossible one."""
    held = food.nutrients
    if own_food(food.name, 0).id != food.id or not is_own(food):
        raise ValueError("it is no food of somebody's own")
    own_food(food.name, held.kcal, 100.0, held.protein_g, held.fat_g, held.carbohydrate_g)
    if not all(0.0 < serving.grams < float("inf") for serving in food.servings):
        raise ValueError("a serving has no weight")


def _require_possible(kcal: float, macros: float) -> None:
    if kcal > _MAX_KCAL:
        raise ValueError(f"{kcal:.0f} kcal in 100 g is more than pure fat has; check the energy and its weight.")
    if macros > _MAX_MACROS:
        raise ValueError(f"{macros:.0f} g of nutrients in 100 g is too much; check them and their weight.")
