"""Undo and redo say what they would do, and are greyed out where they would do nothing."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import Store
from foodcal_desktop.ui import translation
from tests.ui.conftest import Home, disc
from tests.ui.hands import Ctrl, Key, Left, NoKeys, click, click_and_wait, mark, press, type_text

Shift = Qt.KeyboardModifier.ShiftModifier


def can(home: Home) -> tuple[bool, bool]:
    """Whether undo and redo are offered, and their buttons too."""
    actions = home.window.actions_table
    found = tuple(actions[name].isEnabled() for name in ("edit.undo", "edit.redo"))
    buttons = home.window.annotate.area.findChildren(QToolButton)
    shown = tuple(next(b for b in buttons if b.accessibleName() == name).isEnabled() for name in ("Undo", "Redo"))
    assert found == shown
    return found  # type: ignore[return-value]


def tip(home: Home, name: str) -> str:
    return home.window.actions_table[f"edit.{name}"].toolTip().partition("\n")[2]


def test_an_untouched_photo_has_nothing_to_undo(home: Home) -> None:
    assert can(home) == (False, False)


def test_each_click_edit_undo_and_redo_is_offered_by_its_name(qtbot: QtBot, home: Home) -> None:
    click_and_wait(qtbot, home, 100, 150)
    assert can(home) == (True, False) and tip(home, "undo") == "The last click"
    press(home, Key.Key_Z, Ctrl)
    assert can(home) == (False, True) and tip(home, "redo") == "The last click"
    press(home, Key.Key_Y, Ctrl)
    qtbot.waitUntil(lambda: not home.prompts.waiting)
    press(home, Key.Key_Return)
    press(home, Key.Key_Escape)  # no name
    assert can(home) == (True, False) and tip(home, "undo") == "Add a mask"
    assert home.window.actions_table["edit.undo"].text() == "Undo: Add a mask"
    press(home, Key.Key_Z, Ctrl)
    assert can(home) == (False, True) and tip(home, "redo") == "Add a mask"
    press(home, Key.Key_Z, Ctrl | Shift)
    assert can(home) == (True, False) and len(home.session.annotations) == 1


def test_a_click_taken_back_by_its_own_key_can_be_made_again(qtbot: QtBot, home: Home) -> None:
    assert not home.window.actions_table["prompt.back"].isEnabled()
    click_and_wait(qtbot, home, 100, 150)
    press(home, Key.Key_Z)
    assert home.prompts.candidate is None and can(home) == (False, True)
    press(home, Key.Key_Y, Ctrl)
    qtbot.waitUntil(lambda: home.prompts.candidate is not None)


def test_a_polygons_corners_are_offered_before_the_edit(home: Home) -> None:
    home.session.add(disc(60, 60, 30))
    home.canvas.setFocus()
    press(home, Key.Key_G)
    click(home, 200, 100)
    assert tip(home, "undo") == "The last corner"
    press(home, Key.Key_Z, Ctrl)
    assert tip(home, "undo") == "Add a mask" and tip(home, "redo") == "The last corner"
    press(home, Key.Key_Y, Ctrl)
    press(home, Key.Key_Escape)
    assert tip(home, "undo") == "Add a mask" and can(home) == (True, False)


def test_the_button_undoes(home: Home) -> None:
    home.session.add(disc(60, 60, 30))
    button = next(b for b in home.window.annotate.area.findChildren(QToolButton) if b.accessibleName() == "Undo")
    QTest.mouseClick(button, Left, NoKeys)
    assert home.session.annotations == () and can(home) == (False, True)


def test_undo_on_a_page_without_a_history_leaves_the_photo_alone(home: Home) -> None:
    home.session.add(disc(60, 60, 30))
    for page in (Key.Key_3, Key.Key_4):
        press(home, page, Ctrl)
        assert can(home) == (False, False)
        press(home, Key.Key_Z, Ctrl)
        home.window.actions_table["edit.undo"].trigger()
        assert len(home.session.annotations) == 1
    press(home, Key.Key_1, Ctrl)
    assert can(home) == (True, False)


def test_the_diary_offers_what_changed_its_day_and_nothing_else(qtbot: QtBot, home: Home) -> None:
    home.session.add(disc(60, 60, 30))
    home.canvas.setFocus()
    press(home, Key.Key_2, Ctrl)
    assert can(home) == (False, False)
    press(home, Key.Key_Z, Ctrl)
    assert len(home.session.annotations) == 1
    press(home, Key.Key_N)
    type_text("kimchi")
    press(home, Key.Key_Return)
    assert can(home) == (True, False) and tip(home, "undo").startswith("Log ")
    press(home, Key.Key_Z, Ctrl)
    assert can(home) == (False, True) and tip(home, "redo").startswith("Log ")
    press(home, Key.Key_Left)
    assert not can(home)[0]


def test_what_was_logged_from_a_photo_is_offered_in_the_diary_and_made_again(qtbot: QtBot, home: Home) -> None:
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_Return, Ctrl)
    press(home, Key.Key_2, Ctrl)
    assert tip(home, "undo") == "Log the meal"
    press(home, Key.Key_Z, Ctrl)
    assert tip(home, "redo") == "Log the meal" and home.diary.summary.entries == ()
    press(home, Key.Key_Y, Ctrl)
    assert len(home.diary.summary.entries) == 1 and "Made again" in home.window.status.text


def test_a_redo_that_another_program_was_quicker_with_is_refused_in_the_users_language(
    qapp: QApplication, home: Home
) -> None:
    added = home.session.add(disc(60, 60, 30))
    home.canvas.setFocus()
    press(home, Key.Key_Z, Ctrl)
    with Database.open() as other:
        Store(other).apply(Edit("elsewhere", (Change(added.id, None, added),)))
    translation.install(qapp, "ko")
    try:
        press(home, Key.Key_Y, Ctrl)
        assert "다른 프로그램" in home.window.status.text and "cannot" not in home.window.status.text
    finally:
        translation.install(qapp, "en")
    assert [a.id for a in home.session.annotations] == [added.id]


def test_the_hint_names_a_food_as_the_list_does(qtbot: QtBot, qapp: QApplication, home: Home) -> None:
    mark(qtbot, home, 100, 150, "toast")
    translation.install(qapp, "ko")
    try:
        press(home, Key.Key_W)
        (row,) = home.session.annotations
        food = home.session.food_of(row)
        assert food is not None and food.name_ko and food.name_ko in home.window.annotate.area.hint.text
    finally:
        translation.install(qapp, "en")
