"""What follows from a change on a photo: portions, weighings, what counts of the meal, the diary's entries."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.meal_state import MealItem, MealState, read_meal
from foodcal_desktop.app.portioning import estimated
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.diary import DiaryEntry, logged
from foodcal_desktop.core.edit import Change
from foodcal_desktop.core.energy import entry_values, kcal_of
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.meal_photos import PhotoLink
from foodcal_desktop.core.meal_portion import Counted
from foodcal_desktop.core.overlap import settled
from foodcal_desktop.core.portion import PortionEstimator
from foodcal_desktop.core.scale import Scale
from foodcal_desktop.core.weighing import Weighing, followed
from foodcal_desktop.storage.store import Store

Rows = Mapping[str, Annotation]
Items = dict[str, MealItem]


class Consequences:
    """Completes a change with all that has to change with it, so that one edit holds and undoes them together."""

    def __init__(self, store: Store, foods: FoodSearch) -> None:
        self._store, self._foods = store, foods

    def complete(
        self, photo: str, before: Rows, after: Rows, scale: Scale | None, changes: tuple[Change, ...] = ()
    ) -> tuple[Change, ...]:
        """The changes, those of the photo's annotations from before to after, and those of the diary that follow.

        ``scale`` is the photo's as it will be; ``changes`` are of other rows, or of other photos.
        """
        after = settled(before, after)
        known = {w.id: w for w in self._store.weighings()}
        estimator = self._foods.estimator_with(tuple(known.values()))
        rows = _moved(before, estimated(after.values(), scale, self._foods, estimator))
        weighed = self._weighings(known, rows, {c.id for c in changes})
        if weighed or any(isinstance(c.row, Weighing) for c in changes):
            learned = self._foods.estimator_with(_after(known, (*changes, *weighed)))
            rows = _moved(before, estimated(after.values(), scale, self._foods, learned))
        else:
            learned = estimator
        done = (*changes, *rows, *weighed)
        return (*done, *self._entries(photo, done, before, estimator, learned))

    def items(self, photo: str, rows: Rows) -> Items:
        """What counts on the meal that a photo shows, whose annotations these are."""
        return self._items(photo, (), rows, self._foods.estimator)

    def meal(self, photo: str) -> MealState:
        """The photos of the meal that a photo shows."""
        return read_meal(self._store, photo)

    def entry_change(self, entry: DiaryEntry | None, item: MealItem, meal: str, day: str) -> Change | None:
        """The change that logs an item, or brings its entry up to date; None where there is nothing to change."""
        annotation, portion = item.annotation, item.counted.eaten
        food = self._foods.by_id(annotation.food_id)
        if food is None:
            return None
        energy = entry_values(item.counted.plate, food)
        new = replace(
            logged(food, portion.grams, day, meal, datetime.now()),
            method=portion.method,
            photo=annotation.photo,
            annotation=annotation.id,
            scale_error=portion.scale_error,
            kcal_per_100g=energy["kcal_per_100g"],
            fat_per_100g=energy["fat_per_100g"],
            energy_spread=energy["energy_spread"],
        )
        if entry is None:
            return Change(new.id, None, new)
        after = replace(new, id=entry.id, logged_at=entry.logged_at)
        return Change(entry.id, entry, after) if after != entry else None

    def log_change(self, entry: DiaryEntry | None, item: MealItem, meal: str, day: str) -> Change | None:
        """As ``entry_change``, but a weight that was typed in the diary stays."""
        if entry is None or not _typed_there(entry, item):
            return self.entry_change(entry, item, meal, day)
        after = replace(entry, meal=meal, day=day)
        return Change(entry.id, entry, after) if after != entry else None

    def kcal_of(self, item: MealItem) -> Estimate | None:
        """Energy in kcal of what was eaten of an item."""
        food = self._foods.by_id(item.annotation.food_id)
        return kcal_of(item.counted.eaten, food, item.counted.plate) if food is not None else None

    def entry_of(self, annotation_id: str) -> DiaryEntry | None:
        """The diary's entry of an annotation, or None where it was not logged."""
        return next(iter(self._store.entries_of_annotation(annotation_id)), None)

    def _weighings(self, known: Mapping[str, Weighing], rows: Iterable[Change], said: set[str]) -> list[Change]:
        """A weighing follows its annotation, unless the edit says itself what becomes of it."""
        moved = {change.id: change.after for change in rows}
        found = []
        for weighing in known.values():
            if weighing.annotation in moved and weighing.id not in said:
                row = moved[weighing.annotation]
                after = followed(weighing, row if isinstance(row, Annotation) else None)
                found.append(Change(weighing.id, weighing, after))
        return [change for change in found if change.before != change.after]

    def _entries(
        self, photo: str, done: Sequence[Change], rows: Rows, estimator: PortionEstimator, learned: PortionEstimator
    ) -> list[Change]:
        """The diary's entries follow what counts, unless their own weight was typed there."""
        after_rows = {**rows, **{c.id: c.after for c in done if isinstance(c.after, Annotation)}}
        gone = {c.id for c in done if c.after is None}
        after_rows = {i: a for i, a in after_rows.items() if i not in gone and a.photo == photo}
        before, after = self._items(photo, (), rows, estimator), self._items(photo, done, after_rows, learned)
        for other in self._left_meals(photo, done):
            before |= self._items(other, (), {}, estimator)
            after |= self._items(other, done, {}, learned)
        merged = {i for i, a in after_rows.items() if i not in after and _counts(a)}
        found = (self._entry(before[i], after.get(i), i in merged) for i in before if before[i] != after.get(i))
        return [change for change in found if change is not None]

    def _entry(self, before: MealItem, after: MealItem | None, merged: bool) -> Change | None:
        """``merged``: another photo's item counts instead now, so that its own entry would be logged twice."""
        entry = self.entry_of(before.annotation.id)
        if entry is None or _typed_there(entry, before):
            return None
        if after is None:
            return Change(entry.id, entry, None) if merged else None
        return self.entry_change(entry, after, entry.meal, entry.day)

    def _items(self, photo: str, changes: Sequence[Change], rows: Rows, estimator: PortionEstimator) -> Items:
        alone = not any(isinstance(c.row, PhotoLink) for c in changes) and not self._store.links_of_meal(photo)
        if alone and rows:
            # The usual case, at every click: nothing has to be read again.
            return {i: MealItem(a, Counted(a.portion, a.portion)) for i, a in rows.items() if a.food_id and a.portion}
        return read_meal(self._store, photo, changes).items(self._foods, estimator)

    def _left_meals(self, photo: str, done: Iterable[Change]) -> set[str]:
        """The main photos of meals that a photo joins or leaves by these changes, other than the one it shows then."""
        links = [row for c in done for row in (c.before, c.after) if isinstance(row, PhotoLink)]
        return {p for link in links for p in (link.main, link.id)} - {photo}


def _typed_there(entry: DiaryEntry, item: MealItem) -> bool:
    """Whether the entry's weight was typed in the diary and not taken over from the item."""
    return entry.method == "typed" and entry.grams != item.counted.eaten.grams


def _counts(annotation: Annotation) -> bool:
    return annotation.food_id is not None and annotation.portion is not None


def _moved(before: Rows, after: Rows) -> list[Change]:
    ids = [*before, *(i for i in after if i not in before)]
    changes = [Change(i, before.get(i), after.get(i)) for i in ids]
    return [change for change in changes if change.before != change.after]


def _after(known: Mapping[str, Weighing], changes: Iterable[Change]) -> tuple[Weighing, ...]:
    rows = dict(known)
    for change in changes:
        if isinstance(change.after, Weighing):
            rows[change.id] = change.after
        elif isinstance(change.before, Weighing):
            rows.pop(change.id, None)
    return tuple(rows.values())
