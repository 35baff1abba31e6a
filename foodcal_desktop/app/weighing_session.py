"""The kitchen scale beside the open photo: what was weighed, what that teaches, and forgetting it again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject

from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.core.annotation import Annotation, new_id
from foodcal_desktop.core.edit import Change
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.portion_learning import Learning
from foodcal_desktop.core.weighing import Weighing, area_of, learning_of, weighed_portion


class WeighingSession(QObject):
    """Weighings of the open photo's items; each is an edit whose undo takes weight and learning back."""

    def __init__(self, journal: Journal, session: PhotoSession, foods: FoodSearch) -> None:
        super().__init__(session)
        self._store, self._session, self._foods = journal.store, session, foods

    def weigh(self, annotation_id: str, grams: float) -> Learning | None:
        """An item's weight by the kitchen scale: it stays typed, and teaches the thickness of its food.

        Returns what is known now; None where the photo has no scale, so that nothing could be learned.

        Raises:
            ValueError: the weight is not above 0, or the item has no food yet.
        """
        before = self._item(annotation_id)
        if before.food_id is None:
            raise ValueError(self.tr("Say what food it is first."))
        after = replace(before, portion=weighed_portion(before.portion, grams))
        old = self.weighing_of(annotation_id)
        new = Weighing(
            old.id if old else new_id(),
            before.food_id,
            grams,
            area_of(after.portion),
            before.photo,
            annotation_id,
            datetime.now().isoformat(timespec="seconds"),
        )
        label = self.tr("Weigh {0}").format(before.label)
        self._session.change({annotation_id: after}, label, (Change(new.id, old, new),))
        return self.learning_of(annotation_id)

    def forget(self, food: Food) -> int:
        """Forget all weighings of a food; the typed weights stay. Returns how many there were."""
        found = [w for w in self._store.weighings() if w.food_id == food.id]
        if found:
            label = self.tr("Forget the weighings of {0}").format(food.name)
            self._session.change({}, label, tuple(Change(w.id, w, None) for w in found))
        return len(found)

    def weighing_of(self, annotation_id: str) -> Weighing | None:
        """The weighing of an item, or None."""
        return next((w for w in self._store.weighings() if w.annotation == annotation_id), None)

    def learning_of(self, annotation_id: str) -> Learning | None:
        """What the weighings of the item's food have taught, or None."""
        food = self._session.food_of(self._item(annotation_id))
        return learning_of(self._foods.base_priors, food, self._store.weighings()) if food else None

    def _item(self, annotation_id: str) -> Annotation:
        return next(a for a in self._session.annotations if a.id == annotation_id)
