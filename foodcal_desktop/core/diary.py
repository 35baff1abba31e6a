"""The diary: what was eaten, when, and how much of it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from time import time_ns

from foodcal_desktop.core.annotation import new_id
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, known_sum
from foodcal_desktop.core.sums import Part, combine

# What holds less than this, in kcal per gram, holds no energy, and a relative error says nothing of it.
_NO_ENERGY = 1e-9

# Two programs count from different numbers, and a program started later from a higher one.
_numbers = count(time_ns())

MEAL_SLOTS = ("breakfast", "lunch", "dinner", "snack")


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One logged food. Its nutrients are copied in, so a later change of the food table never rewrites history.

    ``day`` is an ISO date, ``meal`` one of MEAL_SLOTS or a custom slot, ``logged_at`` ISO local time. ``kcal_per_100g``
    and the macros per 100 g are the food's, a macro None where it is not known; ``grams`` the portion's. ``photo`` and
    ``annotation`` point back, or None.
    ``scale_error`` is the part of the error (standard deviation of log grams) that all entries of the photo share;
    ``energy_spread`` the error of kcal_per_100g (standard deviation of its logarithm), such as fat that nobody saw.
    """

    id: str
    day: str
    meal: str
    name: str
    grams: Estimate
    kcal_per_100g: float
    protein_per_100g: float | None
    fat_per_100g: float | None
    carbohydrate_per_100g: float | None
    food_id: str | None = None
    photo: str | None = None
    annotation: str | None = None
    method: str = "typed"
    logged_at: str = ""
    scale_error: float = 0.0
    energy_spread: float = 0.0

    @property
    def kcal(self) -> Estimate:
        """Energy of this entry in kcal."""
        per_gram = self.kcal_per_100g / 100
        if self.energy_spread <= 0 or per_gram <= _NO_ENERGY or self.grams.value <= 0:
            return self.grams.scaled(per_gram)
        return self.grams.times(Estimate.around(per_gram, self.energy_spread))

    @property
    def protein_g(self) -> float | None:
        """Protein in g, None where it is not known."""
        return self._of(self.protein_per_100g)

    @property
    def fat_g(self) -> float | None:
        """Fat in g, None where it is not known."""
        return self._of(self.fat_per_100g)

    @property
    def carbohydrate_g(self) -> float | None:
        """Carbohydrate in g, None where it is not known."""
        return self._of(self.carbohydrate_per_100g)

    @property
    def is_incomplete(self) -> bool:
        """Whether one of its macros is not known."""
        return None in (self.protein_per_100g, self.fat_per_100g, self.carbohydrate_per_100g)

    def _of(self, per_100g: float | None) -> float | None:
        return None if per_100g is None else self.grams.value * per_100g / 100


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over entries: energy in kcal with its interval, macros in g.

    A macro is the sum of the entries of which it is known, None where it is known of none of them; ``incomplete``
    counts the entries of which one is not known.
    """

    kcal: Estimate
    protein_g: float | None
    fat_g: float | None
    carbohydrate_g: float | None
    incomplete: int = 0


@dataclass(frozen=True, slots=True)
class Meal:
    """The entries of one slot of a day."""

    day: str
    slot: str
    entries: tuple[DiaryEntry, ...] = ()

    @property
    def totals(self) -> Totals:
        """The meal's sums."""
        return totals_of(self.entries)


@dataclass(frozen=True, slots=True)
class DaySummary:
    """A day's meals, in the order of the day, and their sums."""

    day: str
    meals: tuple[Meal, ...] = field(default=())

    @property
    def entries(self) -> tuple[DiaryEntry, ...]:
        """All entries of the day."""
        return tuple(entry for meal in self.meals for entry in meal.entries)

    @property
    def totals(self) -> Totals:
        """The day's sums."""
        return totals_of(self.entries)


def totals_of(entries: Iterable[DiaryEntry]) -> Totals:
    """Sums over entries; what the scale of a photo adds to the error is shared by its entries."""
    rows = tuple(entries)
    kcal = combine(Part(row.kcal, row.photo, row.scale_error) for row in rows)
    return Totals(
        kcal,
        known_sum(r.protein_g for r in rows),
        known_sum(r.fat_g for r in rows),
        known_sum(r.carbohydrate_g for r in rows),
        sum(r.is_incomplete for r in rows),
    )


def slot_at(hour: float) -> str:
    """The usual meal of an hour of the day, 0 to 24."""
    if 4 <= hour < 10.5:
        return "breakfast"
    if 10.5 <= hour < 15:
        return "lunch"
    return "dinner" if 17 <= hour < 22 else "snack"


def new_entry_id() -> str:
    """A new identifier of a diary entry: 32 hexadecimal digits, higher than those before.

    So what is logged at once has an order, which survives that it is deleted and brought back.
    """
    return f"{next(_numbers):016x}{new_id()[16:]}"


def logged(food: Food, grams: Estimate, day: str, meal: str, when: datetime) -> DiaryEntry:
    """A new entry of a typed weight in g, with the food's nutrients copied in."""
    per_100g = food.nutrients
    return DiaryEntry(
        id=new_entry_id(),
        day=day,
        meal=meal,
        name=food.name,
        grams=grams,
        kcal_per_100g=per_100g.kcal,
        protein_per_100g=per_100g.protein_g,
        fat_per_100g=per_100g.fat_g,
        carbohydrate_per_100g=per_100g.carbohydrate_g,
        food_id=food.id,
        logged_at=when.isoformat(timespec="seconds"),
    )


def day_summary(day: str, entries: Iterable[DiaryEntry]) -> DaySummary:
    """Entries of one day grouped by meal: the usual slots in order, then custom ones as they appear."""
    by_slot: dict[str, list[DiaryEntry]] = {slot: [] for slot in MEAL_SLOTS}
    for entry in entries:
        by_slot.setdefault(entry.meal, []).append(entry)
    return DaySummary(day, tuple(Meal(day, slot, tuple(rows)) for slot, rows in by_slot.items() if rows))
