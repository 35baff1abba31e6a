from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.edit import Edit, changed, created, deleted
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.photos import LoadedPhoto
from foodcal_desktop.storage.store import Store

PHOTO = Photo("a" * 64, 8, 8, "p.jpg")


@pytest.fixture
def journal(tmp_path: Path, qtbot: QtBot) -> Iterator[Journal]:
    with Database.open(tmp_path / "foodcal.db") as database:
        store = Store(database)
        store.add_photo(PHOTO)
        journal = Journal(store)
        yield journal
        journal.stop()


@pytest.fixture
def elsewhere(tmp_path: Path, journal: Journal) -> Iterator[Store]:
    """Another program on the same database."""
    with Database.open(tmp_path / "foodcal.db") as database:
        yield Store(database)


def annotation(name: str = "one") -> Annotation:
    return Annotation(name, PHOTO.sha256, Mask.from_array(np.eye(8)), label=name)


def test_what_is_done_undone_and_redone_is_announced(journal: Journal) -> None:
    heard: list[Edit] = []
    journal.edited.connect(heard.append)
    edit = created(annotation(), "add")
    assert journal.commit(edit, PHOTO.sha256) and journal.undo(PHOTO.sha256) and journal.redo(PHOTO.sha256)
    assert heard == [edit, edit.inverse(), edit]
    assert journal.undo_label(PHOTO.sha256) == "add"
    assert journal.redo_label(PHOTO.sha256) is None


def test_nothing_to_undo_is_no_news(journal: Journal) -> None:
    heard: list[object] = []
    journal.edited.connect(heard.append)
    journal.refused.connect(heard.append)
    assert not journal.undo(PHOTO.sha256) and not journal.redo(PHOTO.sha256)
    assert not journal.commit(Edit("nothing", ()), PHOTO.sha256)
    assert heard == []


def test_undo_goes_on_after_a_restart(journal: Journal) -> None:
    journal.commit(created(annotation(), "add"), PHOTO.sha256)
    again = Journal(journal.store)
    assert again.undo(PHOTO.sha256)
    assert journal.store.annotations(PHOTO.sha256) == []


def test_a_change_from_elsewhere_is_noticed_and_not_overwritten(journal: Journal, elsewhere: Store) -> None:
    refused: list[str] = []
    journal.refused.connect(refused.append)
    mine = annotation()
    journal.commit(created(mine, "add a mask"), PHOTO.sha256)
    theirs = replace(mine, label="kimbap")
    elsewhere.apply(changed(mine, theirs, "name"))
    assert not journal.undo(PHOTO.sha256)
    assert not journal.commit(deleted([mine], "delete it"), PHOTO.sha256)
    assert len(refused) == 2 and "another program" in refused[0]
    assert journal.store.annotations(PHOTO.sha256) == [theirs]


def test_only_writes_of_others_are_looked_for(journal: Journal, elsewhere: Store) -> None:
    heard: list[str] = []
    journal.changed_elsewhere.connect(lambda: heard.append("elsewhere"))
    journal.commit(created(annotation(), "add"), PHOTO.sha256)
    journal.look()
    assert heard == []
    elsewhere.set_photo_state(PHOTO.sha256, "done")
    journal.look()
    journal.look()
    assert heard == ["elsewhere"]


def test_the_open_photo_takes_over_what_a_command_wrote(journal: Journal, elsewhere: Store) -> None:
    session = PhotoSession(journal, FoodSearch(journal.store))
    session.open(LoadedPhoto(PHOTO, np.zeros((8, 8, 3), np.uint8)))
    edits: list[Edit] = []
    session.edited.connect(edits.append)
    session.commit(created(annotation("mine"), "add"))
    elsewhere.apply(created(annotation("theirs"), "annotate"))
    elsewhere.apply(deleted([annotation("mine")], "delete"))
    journal.look()
    assert [a.id for a in session.annotations] == ["theirs"]
    assert {c.id for c in edits[-1].changes} == {"mine", "theirs"}
