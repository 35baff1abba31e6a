"""Foods: what a row of the food table says, always per 100 g."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

MOST_GRAMS = 20_000.0
"""More than any pot of a household holds; a larger weight is a slip of the keyboard."""

FOOD_GROUPS: tuple[str, ...] = (
    "rice",
    "porridge",
    "noodles",
    "soup",
    "stew",
    "meat",
    "poultry",
    "fish",
    "egg",
    "legume",
    "bread",
    "sandwich",
    "pizza",
    "dumpling",
    "rice_cake",
    "pancake",
    "pastry",
    "cake",
    "cookie",
    "cereal",
    "fruit",
    "vegetable",
    "kimchi",
    "potato",
    "salad",
    "nuts",
    "dairy",
    "drink",
    "alcohol",
    "sauce",
    "fat",
    "sweet",
    "snack",
    "mixed",
    "baby",
)
"""The closed set of food groups; a portion prior exists for each."""


@dataclass(frozen=True, slots=True)
class Nutrients:
    """Energy and macronutrients of an amount of food: 100 g of it in the food table.

    kcal in kilocalories, the macronutrients in grams, sodium in milligrams. None means "not reported", never zero.
    """

    kcal: float
    protein_g: float | None
    fat_g: float | None
    carbohydrate_g: float | None
    sugar_g: float | None = None
    fibre_g: float | None = None
    sodium_mg: float | None = None

    def scaled(self, grams: float) -> Nutrients:
        """The nutrients of `grams` g of a food whose nutrients per 100 g these are. Raises ValueError below 0 g."""
        if not grams >= 0.0:
            raise ValueError(f"A portion cannot weigh {grams} g; give a weight of 0 g or more.")
        share = grams / 100.0
        return Nutrients(
            self.kcal * share,
            _times(self.protein_g, share),
            _times(self.fat_g, share),
            _times(self.carbohydrate_g, share),
            _times(self.sugar_g, share),
            _times(self.fibre_g, share),
            _times(self.sodium_mg, share),
        )

    def __add__(self, other: Nutrients) -> Nutrients:
        """Sum of two amounts. A nutrient that either side does not report is not reported by the sum."""
        return Nutrients(
            self.kcal + other.kcal,
            _plus(self.protein_g, other.protein_g),
            _plus(self.fat_g, other.fat_g),
            _plus(self.carbohydrate_g, other.carbohydrate_g),
            _plus(self.sugar_g, other.sugar_g),
            _plus(self.fibre_g, other.fibre_g),
            _plus(self.sodium_mg, other.sodium_mg),
        )


@dataclass(frozen=True, slots=True)
class Serving:
    """A named amount: a piece, cup, slice, bowl ... of `grams` g."""

    name: str
    name_ko: str
    grams: float


@dataclass(frozen=True, slots=True)
class Source:
    """Where a row comes from: the dataset, the row's key in it, and what was done to its figures."""

    dataset: str
    key: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Food:
    """One row of the food table.

    `nutrients` are per 100 g. `serving` is the default serving, also the first of `servings`.
    `density_g_per_ml` is None where no cup or spoon weight is known; `density_source` names its origin, e.g.
    "derived: SR 20045 cup", and is empty without a density.
    """

    id: str
    name: str
    name_ko: str
    group: str
    nutrients: Nutrients
    serving: Serving
    servings: tuple[Serving, ...]
    density_g_per_ml: float | None
    source: Source
    density_source: str = ""
    aliases: tuple[str, ...] = field(default=())

    def __post_init__(self) -> None:
        if self.group not in FOOD_GROUPS:
            raise ValueError(f"{self.group!r} is no food group; use one of {', '.join(FOOD_GROUPS)}.")

    @property
    def kcal_per_g(self) -> float:
        """Energy density in kcal per gram."""
        return self.nutrients.kcal / 100.0


def known_sum(amounts: Iterable[float | None]) -> float | None:
    """The sum of the amounts that are known; None where there are some and none of them is."""
    rows = tuple(amounts)
    known = [amount for amount in rows if amount is not None]
    return sum(known) if known or not rows else None


def _times(value: float | None, factor: float) -> float | None:
    return None if value is None else value * factor


def _plus(first: float | None, second: float | None) -> float | None:
    return None if first is None or second is None else first + second
