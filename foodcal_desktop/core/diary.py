"""The diary: what was eaten, when, and how much of it is known."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import sqrt

from foodcal_desktop.core.estimate import Estimate

MEAL_SLOTS = ("breakfast", "lunch", "dinner", "snack")


@dataclass(frozen=True, slots=True)
class DiaryEntry:
    """One logged food. Its nutrients are copied in, so a later change of the food table never rewrites history.

    ``day`` is an ISO date, ``meal`` one of MEAL_SLOTS or a custom slot, ``logged_at`` ISO local time. ``kcal_per_100g``
    and the macros per 100 g are the food's; ``grams`` the portion's. ``photo`` and ``annotation`` point back, or None.
    """

    id: str
    day: str
    meal: str
    name: str
    grams: Estimate
    kcal_per_100g: float
    protein_per_100g: float
    fat_per_100g: float
    carbohydrate_per_100g: float
    food_id: str | None = None
    photo: str | None = None
    annotation: str | None = None
    method: str = "typed"
    logged_at: str = ""

    @property
    def kcal(self) -> Estimate:
        """Energy of this entry in kcal."""
        return self.grams.scaled(self.kcal_per_100g / 100)

    @property
    def protein_g(self) -> float:
        """Protein in g."""
        return self.grams.value * self.protein_per_100g / 100

    @property
    def fat_g(self) -> float:
        """Fat in g."""
        return self.grams.value * self.fat_per_100g / 100

    @property
    def carbohydrate_g(self) -> float:
        """Carbohydrate in g."""
        return self.grams.value * self.carbohydrate_per_100g / 100


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over entries: energy in kcal with its interval, macros in g."""

    kcal: Estimate
    protein_g: float
    fat_g: float
    carbohydrate_g: float


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
    """Sums over entries. Deviations of one photo share its scale and add up; photos are independent of each other."""
    rows = tuple(entries)
    by_photo: dict[str, list[Estimate]] = {}
    for row in rows:
        by_photo.setdefault(row.photo or row.id, []).append(row.kcal)
    kcal = combine_independent([add_dependent(items) for items in by_photo.values()])
    return Totals(
        kcal, sum(r.protein_g for r in rows), sum(r.fat_g for r in rows), sum(r.carbohydrate_g for r in rows)
    )


def add_dependent(items: Iterable[Estimate]) -> Estimate:
    """The sum of estimates that err together: the ends of the intervals add up."""
    rows = tuple(items)
    return Estimate(sum(e.value for e in rows), sum(e.low for e in rows), sum(e.high for e in rows))


def combine_independent(items: Iterable[Estimate]) -> Estimate:
    """The sum of independent estimates: half widths add in quadrature, each side for itself."""
    rows = tuple(items)
    value = sum(e.value for e in rows)
    below = sqrt(sum((e.value - e.low) ** 2 for e in rows))
    above = sqrt(sum((e.high - e.value) ** 2 for e in rows))
    return Estimate(value, value - below, value + above)


def day_summary(day: str, entries: Iterable[DiaryEntry]) -> DaySummary:
    """Entries of one day grouped by meal: the usual slots in order, then custom ones as they appear."""
    by_slot: dict[str, list[DiaryEntry]] = {slot: [] for slot in MEAL_SLOTS}
    for entry in entries:
        by_slot.setdefault(entry.meal, []).append(entry)
    return DaySummary(day, tuple(Meal(day, slot, tuple(rows)) for slot, rows in by_slot.items() if rows))
