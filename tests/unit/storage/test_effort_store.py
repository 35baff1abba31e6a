from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.edit import created, deleted
from foodcal_desktop.core.effort import Effort, EffortSum
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.database import Database, DatabaseError
from foodcal_desktop.storage.effort_store import EffortStore
from foodcal_desktop.storage.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Database.open(tmp_path / "foodcal.db") as database:
        store = Store(database)
        store.add_photo(Photo("p", 4, 4, "p.jpg"))
        yield store


def annotation(name: str) -> Annotation:
    return Annotation(name, "p", Mask.from_array(np.ones((4, 4))))


def test_what_is_done_to_an_annotation_adds_up(store: Store) -> None:
    efforts = EffortStore(store.database)
    efforts.add(Effort("a", "p", "lite", 2, 1.5, 0, "2026-11-22T10:00:00"))
    efforts.add(Effort("a", "p", "tiny", 1, 0.5, 1, "2026-11-22T10:01:00"))
    assert efforts.of_annotation("a") == Effort("a", "p", "tiny", 3, 2.0, 1, "2026-11-22T10:01:00")
    assert efforts.of_annotation("b") is None


def test_sums_leave_out_what_was_deleted(store: Store) -> None:
    efforts = EffortStore(store.database)
    for name, clicks in (("a", 1), ("b", 5)):
        store.apply(created(annotation(name), "add"))
        efforts.add(Effort(name, "p", "lite", clicks, 1.0, 0, "now"))
    store.apply(deleted([annotation("b")], "delete"))
    assert efforts.sums() == (EffortSum("lite", 1, 1, 1.0, 0),)
    assert [e.annotation for e in efforts.efforts("p")] == ["a"]
    assert efforts.efforts("other") == []


def test_less_than_nothing_is_refused(store: Store) -> None:
    with pytest.raises(DatabaseError):
        EffortStore(store.database).add(Effort("a", "p", None, -1, 0.0, 0, "now"))
