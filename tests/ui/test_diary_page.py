"""The diary through the real window."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from tests.ui.conftest import Home
from tests.ui.hands import Ctrl, Key, mark, press, type_text


def test_diary_weights_moves_deletions_and_days(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_Return, Ctrl)
    press(home, Key.Key_2, Ctrl)
    page = home.window.diary_page
    row = next(r for r in page.cards[0].findChildren(QWidget) if hasattr(r, "entry"))
    row.grams.setValue(123)
    assert home.diary.summary.entries[0].grams.value == 123
    row = next(r for r in page.cards[0].findChildren(QWidget) if hasattr(r, "entry"))
    row.move_wanted.emit(row.entry, "snack")
    assert home.diary.summary.entries[0].meal == "snack"
    row = next(r for r in page.cards[0].findChildren(QWidget) if hasattr(r, "entry"))
    row.delete_wanted.emit(row.entry)
    assert home.diary.summary.entries == () and not page.cards
    page.setFocus()
    press(home, Key.Key_Z, Ctrl)
    assert len(home.diary.summary.entries) == 1
    press(home, Key.Key_Left)
    assert home.diary.day < date.today().isoformat() and not page.cards
    press(home, Key.Key_T)
    assert home.diary.day == date.today().isoformat() and len(page.cards) == 1


def test_undo_in_the_diary_takes_back_what_was_logged_from_a_photo_and_redo_logs_it_again(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_Return, Ctrl)
    press(home, Key.Key_2, Ctrl)
    press(home, Key.Key_N)
    type_text("kimchi")
    press(home, Key.Key_Return)
    assert len(home.diary.summary.entries) == 2
    press(home, Key.Key_Z, Ctrl)
    press(home, Key.Key_Z, Ctrl)
    assert home.diary.summary.entries == () and "Log the meal" in home.window.status.text
    press(home, Key.Key_Y, Ctrl)
    press(home, Key.Key_Y, Ctrl)
    assert len(home.diary.summary.entries) == 2
    assert home.session.annotations[0].label


def test_the_weight_in_the_diary_is_wholly_seen(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_Return, Ctrl)
    press(home, Key.Key_2, Ctrl)
    row = next(r for r in home.window.diary_page.cards[0].findChildren(QWidget) if hasattr(r, "entry"))
    row.grams.setValue(1234)
    row = next(r for r in home.window.diary_page.cards[0].findChildren(QWidget) if hasattr(r, "entry"))
    line = row.grams.lineEdit()
    qtbot.waitUntil(lambda: line.width() >= line.fontMetrics().horizontalAdvance("1234 g"))


def test_a_food_without_a_photo_can_be_logged(qtbot, home: Home):
    press(home, Key.Key_2, Ctrl)
    press(home, Key.Key_N)
    type_text("kimchi")
    food = home.window.diary_page.food_picker.model.values[0]
    press(home, Key.Key_Return)
    assert [e.food_id for e in home.diary.summary.entries] == [food.id]
