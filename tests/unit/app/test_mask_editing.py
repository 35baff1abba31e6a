"""Edits of masks that take long are worked on beside the window, and land only on what they were meant for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from foodcal_desktop.app import mask_editing
from foodcal_desktop.app.mask_editing import MaskEditing
from foodcal_desktop.storage.photos import LoadedPhoto
from tests.unit.app.session_case import SIDE, Case, case, square

__all__ = ["case"]

HOLED = square(5, 5, 12).difference(square(9, 9, 2))


@pytest.fixture
def editing(case: Case, monkeypatch: pytest.MonkeyPatch) -> Iterator[MaskEditing]:
    monkeypatch.setattr(mask_editing, "LARGE_PX", 0)
    made = MaskEditing(case.session)
    yield made
    made.close()


def test_a_large_mask_is_changed_a_little_later_by_one_edit(qtbot: QtBot, case: Case, editing: MaskEditing):
    item = case.session.add(HOLED)
    editing.fill_holes([item.id])
    assert case.session.annotations[0].mask == HOLED
    qtbot.waitUntil(lambda: case.session.annotations[0].mask == square(5, 5, 12))
    assert case.session.undo() and case.session.annotations[0].mask == HOLED


def test_islands_become_items_a_little_later(qtbot: QtBot, case: Case, editing: MaskEditing):
    item = case.session.add(square(0, 0, 4).union(square(20, 20, 6)))
    editing.split([item.id])
    qtbot.waitUntil(lambda: len(case.session.annotations) == 2)


def test_what_was_changed_or_deleted_meanwhile_stays_so(qtbot: QtBot, case: Case, editing: MaskEditing):
    one, two, three = (case.session.add(HOLED) for _ in range(3))
    editing.fill_holes([one.id, two.id, three.id])
    case.session.set_mask(one.id, square(0, 0, 3))
    case.session.delete([two.id])
    qtbot.waitUntil(lambda: case.session.annotations[-1].mask == square(5, 5, 12))
    assert [row.mask for row in case.session.annotations] == [square(0, 0, 3), square(5, 5, 12)]


def test_what_was_looked_at_closer_meanwhile_is_worked_on_again(qtbot: QtBot, case: Case, editing: MaskEditing):
    clicks = ((6.0, 6.0),)
    item = case.session.add(HOLED, clicks=clicks)
    editing.fill_holes([item.id])
    case.session.sharpen(item.id, square(4, 5, 12).difference(square(9, 9, 2)), clicks)
    qtbot.waitUntil(lambda: case.session.annotations[0].mask == square(4, 5, 12))


def test_what_was_begun_lands_on_its_own_photo_when_another_is_open_by_then(
    qtbot: QtBot, case: Case, editing: MaskEditing
):
    item, photo = case.session.add(HOLED), case.session.photo
    assert photo is not None
    pixels = np.zeros((SIDE, SIDE, 3), np.uint8)
    editing.fill_holes([item.id])
    other = replace(photo, sha256="c" * 64)
    case.session.store.add_photo(other)
    case.session.open(LoadedPhoto(other, pixels))
    qtbot.waitUntil(lambda: case.session.annotations_of(photo.sha256)[0].mask == square(5, 5, 12))
    assert case.session.annotations == () and case.session.undo_label is None
    case.session.open(LoadedPhoto(photo, pixels))
    assert case.session.undo() and case.session.annotations[0].mask == HOLED


def test_islands_found_after_the_photo_was_left_are_items_there(qtbot: QtBot, case: Case, editing: MaskEditing):
    item, photo = case.session.add(square(0, 0, 4).union(square(20, 20, 6))), case.session.photo
    assert photo is not None
    editing.split([item.id])
    other = replace(photo, sha256="c" * 64)
    case.session.store.add_photo(other)
    case.session.open(LoadedPhoto(other, np.zeros((SIDE, SIDE, 3), np.uint8)))
    qtbot.waitUntil(lambda: len(case.session.annotations_of(photo.sha256)) == 2)


def test_what_was_begun_is_there_when_the_program_ends(case: Case, editing: MaskEditing):
    item = case.session.add(HOLED)
    editing.fill_holes([item.id])
    editing.close()
    assert case.session.annotations[0].mask == square(5, 5, 12)
