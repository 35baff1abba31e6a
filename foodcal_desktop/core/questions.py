"""The one question whose answer would narrow a meal's energy interval most: which coin, how high, how deep, oil?"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from math import sqrt

from foodcal_desktop.core.energy import AFTER_FAT, energy_step, kcal_of
from foodcal_desktop.core.estimate import Z80
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.portion_chain import Portion
from foodcal_desktop.core.priors import Prior, ShapeClass

# What stays unsure after the answer, as the logarithm's standard deviation.
AFTER_HEIGHT, AFTER_SERVING = 0.12, 0.15
# A reference that is well marked: 1 % in length, and so 2 to 3 % in weight.
_AFTER_SCALE = 0.03


@dataclass(frozen=True, slots=True)
class MealItem:
    """An item of a meal that may be asked about: the name shown, its portion, food and prior, and its photo's hash."""

    name: str
    portion: Portion
    food: Food
    prior: Prior
    photo: str | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """A question for the user. ``kind`` is "scale", "height", "depth", "serving" or "oil"; ``item`` the index asked
    about, None for the photo's scale. ``before`` and ``after`` are half widths of the meal's 80 % interval in kcal."""

    kind: str
    item: int | None
    text: str
    before: float
    after: float

    @property
    def narrowing(self) -> float:
        """By what share the answer narrows the interval, 0 to 1."""
        return 1 - self.after / self.before if self.before > 0 else 0.0


def best_question(
    items: Sequence[MealItem], without: Collection[tuple[str, int | None]] = frozenset()
) -> Question | None:
    """The question that narrows the meal's interval most, or None where nothing is left to ask.

    ``without`` are kinds and items that were waved away.
    """
    variance = _total_variance(items)
    asked = [q for i, item in enumerate(items) for q in _of_item(i, item, variance)] + _of_scale(items, variance)
    useful = [q for q in asked if q.narrowing > 0.01 and (q.kind, q.item) not in without]
    return max(useful, key=lambda q: q.narrowing, default=None)


def _kcal(item: MealItem) -> float:
    return kcal_of(item.portion, item.food).value


def _own_spread(item: MealItem) -> float:
    return sqrt(max(item.portion.grams.spread**2 - item.portion.scale_error**2, 0.0))


def _fat_spread(item: MealItem) -> float:
    step = energy_step(item.food, item.portion)
    return 0.0 if step.typed or step.value.value <= 0 else step.value.spread


def _shared(items: Sequence[MealItem]) -> dict[str, float]:
    """Per photo, the standard deviation in kcal that its scale causes in all its items together."""
    found: dict[str, float] = {}
    for index, item in enumerate(items):
        key = item.photo or f"item {index}"
        found[key] = found.get(key, 0.0) + item.portion.scale_error * _kcal(item)
    return found


def _total_variance(items: Sequence[MealItem]) -> float:
    own = sum((_own_spread(i) ** 2 + _fat_spread(i) ** 2) * _kcal(i) ** 2 for i in items)
    return own + sum(s**2 for s in _shared(items).values())


def _question(kind: str, index: int | None, text: str, variance: float, saved: float) -> Question:
    return Question(kind, index, text, Z80 * sqrt(variance), Z80 * sqrt(max(variance - saved, 0.0)))


def _of_item(index: int, item: MealItem, variance: float) -> list[Question]:
    kcal, found = _kcal(item), []
    if not item.portion.typed and not _is_said(item.portion, "thickness"):
        kind, text, after = _portion_question(item)
        saved = max(_own_spread(item) ** 2 - after**2, 0.0) * kcal**2
        found.append(_question(kind, index, text, variance, saved))
    if _fat_spread(item) > 0:
        saved = (_fat_spread(item) ** 2 - AFTER_FAT**2) * kcal**2
        found.append(_question("oil", index, f"Was oil, butter or a sauce added to {item.name}?", variance, saved))
    return found


def _is_said(portion: Portion, name: str) -> bool:
    step = portion.step(name)
    return step is not None and step.typed


def _portion_question(item: MealItem) -> tuple[str, str, float]:
    thickness = item.portion.step("thickness")
    if thickness is None:
        return "serving", f"How many servings of {item.name} are there?", AFTER_SERVING
    left = sqrt(max(item.portion.grams.spread**2 - thickness.value.spread**2 - item.portion.scale_error**2, 0.0))
    if item.prior.shape is ShapeClass.LIQUID:
        return "depth", f"How deep is the bowl of {item.name}, and how full?", max(AFTER_HEIGHT, left)
    return "height", f"How high is {item.name}, in mm?", max(AFTER_HEIGHT, left)


def _of_scale(items: Sequence[MealItem], variance: float) -> list[Question]:
    shared = {p: s for p, s in _shared(items).items() if s > 0}
    if not shared:
        return []
    text = "Which coin, card or plate is on the photo, and does its outline fit exactly?"
    worst = max(shared.values())
    photo_kcal = {p: sum(_kcal(i) for n, i in enumerate(items) if (i.photo or f"item {n}") == p) for p in shared}
    left = min(worst, _AFTER_SCALE * max(kcal for p, kcal in photo_kcal.items() if shared[p] == worst))
    return [_question("scale", None, text, variance, worst**2 - left**2)]
