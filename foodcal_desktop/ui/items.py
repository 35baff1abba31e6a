"""The open photo's items as the panel and the canvas show them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.diary import Totals
from foodcal_desktop.core.energy import kcal_of, nutrients_of
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food, known_sum
from foodcal_desktop.core.meal_portion import Counted
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.core.portion_learning import Learning
from foodcal_desktop.core.sums import Part, combine
from foodcal_desktop.ui import theme


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation with its food, in the hue of its mask.

    ``counted`` is what the meal's photos say of it together; None on a further photo of a meal. ``places`` are the
    items of the meal's first photo, by id and name, that it may be, and ``same_as`` is the one it is taken for, None
    where only the person can tell.
    ``first`` is what counts of that one. ``is_side`` tells that it is seen from the side, where it says nothing but how
    high that one is: ``height_mm``, 0 without a scale.
    ``weighed`` is what the kitchen scale showed, in g; ``learning`` what the weighings of its food have taught.
    """

    annotation: Annotation
    food: Food | None
    hue: int
    counted: Counted | None = None
    places: tuple[tuple[str, str], ...] = ()
    same_as: str | None = ""
    first: Counted | None = None
    is_side: bool = False
    height_mm: float = 0.0
    weighed: float | None = None
    learning: Learning | None = None

    @property
    def id(self) -> str:
        """The annotation's id."""
        return self.annotation.id

    @property
    def portion(self) -> Portion | None:
        """What counts of it: what was eaten."""
        return self.counted.eaten if self.counted else self.annotation.portion

    @property
    def plate(self) -> Portion | None:
        """What lay on the plate, with its chain."""
        return self.counted.plate if self.counted else self.annotation.portion

    @property
    def kcal(self) -> Estimate | None:
        """Energy in kcal, where food and portion are known."""
        return kcal_of(self.portion, self.food, self.plate) if self.food and self.portion else None

    @property
    def grams(self) -> float:
        """The portion's value in g; 0 where it is not known."""
        return self.portion.grams.value if self.portion else 0.0


def totals_of(items: Iterable[Item]) -> Totals:
    """The sums of the items whose food and portion are known; the photo's scale error is shared by them."""
    known = [(item, item.food, item.kcal) for item in items]
    rows = [(i, nutrients_of(i.plate, food), kcal) for i, food, kcal in known if food is not None and kcal is not None]
    eaten = [n.scaled(item.grams) for item, n, _ in rows]
    parts = [Part(k, i.annotation.photo, i.portion.scale_error if i.portion else 0.0) for i, _, k in rows]
    return Totals(
        combine(parts),
        known_sum(n.protein_g for n in eaten),
        known_sum(n.fat_g for n in eaten),
        known_sum(n.carbohydrate_g for n in eaten),
        sum(None in (n.protein_g, n.fat_g, n.carbohydrate_g) for n in eaten),
    )


class HueBook:
    """Gives each annotation a hue and keeps it, the least used one first, so that neighbours in time differ."""

    def __init__(self) -> None:
        self._hues: dict[str, int] = {}

    def hue(self, annotation_id: str) -> int:
        """The hue of an annotation, chosen when it is first asked for."""
        if annotation_id not in self._hues:
            self._hues[annotation_id] = self.next()
        return self._hues[annotation_id]

    def next(self) -> int:
        """The hue the next annotation will get."""
        used = Counter(self._hues.values())
        return min(range(len(theme.MASK_HUES)), key=lambda hue: (used[hue], hue))

    def keep_only(self, annotation_ids: Iterable[str]) -> None:
        """Free the hues of annotations that are gone."""
        wanted = set(annotation_ids)
        self._hues = {key: hue for key, hue in self._hues.items() if key in wanted}
