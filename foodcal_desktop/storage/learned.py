"""The portion priors of a data folder: the bundled ones with what the user's kitchen scale has taught."""

from __future__ import annotations

from foodcal_desktop.core.priors import Priors
from foodcal_desktop.core.weighing import learned_priors
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.food_store import FoodStore
from foodcal_desktop.storage.priors_file import load_priors
from foodcal_desktop.storage.store import Store


def load_learned_priors(foods: FoodStore) -> Priors:
    """The priors to estimate with. A folder without a database gets none by this.

    Raises:
        DatabaseError: the database cannot be used.
    """
    if not paths.database_path().exists():
        return load_priors()
    with Database.open() as database:
        return learned_priors(load_priors(), Store(database).weighings(), foods.by_id)
