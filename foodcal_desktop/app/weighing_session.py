"""The kitchen scale beside the open photo: what was weighed, what that teaches, and forgetting it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject

from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.core.annotation import Annotation, new_id
from foodcal_desktop.core.edit import Change
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.portion_learning import Learning
from foodcal_desktop.core.priors import Priors
from foodcal_desktop.core.weighing import Weighing, area_of, learning_of, weighed_portion


@dataclass(frozen=True, slots=True)
class Taught:
    """The weighings as they are now, and what follows from them."""

    base: Priors
    weighings: tuple[Weighing, ...]

    def weighed(self, annotation: Annotation) -> float | None:
        """What the scale showed for an item, in g."""
        return next((w.grams for w in self.weighings if w.annotation == annotation.id), None)

    def learning(self, food: Food | None) -> Learning | None:
        """What the weighings of a food have taught."""
        return learning_of(self.base, food, self.weighings) if food and self.weighings else None


class WeighingSession(QObject):
    """Weighings of the open photo's items; each is an edit whose undo takes weight and learning back."""

    def __init__(self, session: PhotoSession) -> None:
        super().__init__(session)
        self._session = session

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
        found = [w for w in self._session.store.weighings() if w.food_id == food.id]
        if found:
            label = self.tr("Forget the weighings of {0}").format(food.name)
            self._session.change({}, label, tuple(Change(w.id, w, None) for w in found))
        return len(found)

    def weighing_of(self, annotation_id: str) -> Weighing | None:
        """The weighing of an item, or None."""
        return next((w for w in self._session.store.weighings() if w.annotation == annotation_id), None)

    def learning_of(self, annotation_id: str) -> Learning | None:
        """What the weighings of the item's food have taught, or None."""
        return self.known().learning(self._session.food_of(self._item(annotation_id)))

    def known(self) -> Taught:
        """All that is known by the kitchen scale now."""
        return Taught(self._session.foods.base_priors, tuple(self._session.store.weighings()))

    def _item(self, annotation_id: str) -> Annotation:
        return next(a for a in self._session.annotations if a.id == annotation_id)
