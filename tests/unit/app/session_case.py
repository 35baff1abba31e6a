"""Sessions over a real database, with one photo open."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication

from foodcal_desktop.app.diary_session import DiarySession
from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.photos import LoadedPhoto
from foodcal_desktop.storage.store import Store

SIDE = 40


@dataclass
class Case:
    """What a test touches."""

    journal: Journal
    foods: FoodSearch
    session: PhotoSession
    diary: DiarySession

    def logged(self, name: str = "rice") -> str:
        """Mark, name and log a food; returns its annotation's id."""
        item = self.session.add(square(5, 5, 10))
        self.session.set_food(item.id, self.foods.search(name)[0])
        self.session.log("lunch", self.diary.day)
        return item.id


def square(x: int, y: int, side: int) -> Mask:
    """A square as a mask."""
    pixels = np.zeros((SIDE, SIDE), bool)
    pixels[y : y + side, x : x + side] = True
    return Mask.from_array(pixels)


@pytest.fixture
def case(qapp: QCoreApplication, data_dir: Path) -> Iterator[Case]:
    """One photo, open."""
    database = Database.open()
    store = Store(database)
    journal = Journal(store)
    foods = FoodSearch(store)
    session = PhotoSession(journal, foods)
    photo = Photo("b" * 64, SIDE, SIDE, "b.png")
    store.add_photo(photo)
    session.open(LoadedPhoto(photo, np.zeros((SIDE, SIDE, 3), np.uint8)))
    yield Case(journal, foods, session, DiarySession(journal))
    journal.stop()
    database.close()
