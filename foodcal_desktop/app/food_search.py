"""The food table as the window uses it: read when first needed, what was eaten lately first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool

from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.own_food import is_own
from foodcal_desktop.core.portion import PortionEstimator
from foodcal_desktop.core.priors import Priors
from foodcal_desktop.core.weighing import Weighing, learned_priors
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.own_foods import forget_food, keep_food, own_foods
from foodcal_desktop.storage.priors_file import load_priors
from foodcal_desktop.storage.store import Store

if TYPE_CHECKING:
    from foodcal_desktop.storage.food_store import FoodStore


class FoodSearch(QObject):
    """Finds foods by name and estimates their portions."""

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._own_read = False

    @property
    def table(self) -> FoodStore:
        """The food table with the user's own foods; in the thread of the store."""
        if not self._own_read:
            self.read_own()
        return self._file

    @cached_property
    def _file(self) -> FoodStore:
        # With its library of spellings it takes a tenth of a second to import: time the window need not wait for.
        from foodcal_desktop.storage.food_store import FoodStore

        return FoodStore(paths.resources_dir() / "foods.csv")

    def read_ahead(self) -> None:
        """Read the table in a pool thread and make it searchable, before the first letter has to wait for it."""
        QThreadPool.globalInstance().start(lambda: self._file.prepare())

    @cached_property
    def base_priors(self) -> Priors:
        """What was known of each food's thickness, density and usual serving before the user weighed any."""
        return load_priors()

    @property
    def estimator(self) -> PortionEstimator:
        """The estimator with what the user's kitchen scale has taught up to now."""
        return self.estimator_with(self._store.weighings())

    def estimator_with(self, weighings: Sequence[Weighing]) -> PortionEstimator:
        """The estimator with what these weighings teach."""
        return PortionEstimator(learned_priors(self.base_priors, weighings, self.by_id))

    def usual_amount(self, food: Food) -> Estimate:
        """The serving in g that a food is logged with where nobody says how much; one's own is as it was said."""
        if is_own(food):
            return Estimate.exact(food.serving.grams)
        return Estimate.around(food.serving.grams, self.estimator.estimate_area(1, None, food).grams.spread)

    def search(self, text: str, limit: int = 20) -> list[Food]:
        """Foods by English or Korean name, best first; for an empty text those eaten or marked lately."""
        recent = self._store.recent_food_ids()
        if not text.strip():
            self.read_own()
            return [food for food_id in recent[:limit] if (food := self.table.by_id(food_id)) is not None]
        return list(self.table.search(text, limit, recent=recent))

    def keep_own(self, food: Food) -> None:
        """Keep a food of the user's own, in place of one of the same name. Raises DatabaseError."""
        keep_food(self._store.database, food)
        self.table.add(food)

    def forget_own(self, food: Food) -> None:
        """Find a food of the user's own no more; what was logged of it stays. Raises DatabaseError."""
        forget_food(self._store.database, food.id)
        self.table.remove(food.id)

    def read_own(self) -> None:
        """Read one's own foods anew, as whenever a search begins: a command may have kept or forgotten one."""
        self._own_read = True
        self._file.set_own(own_foods(self._store.database))

    def by_id(self, food_id: str | None) -> Food | None:
        """The food of an id, or None."""
        return self.table.by_id(food_id) if food_id else None
