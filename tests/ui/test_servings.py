"""An amount of the diary in pieces, cups, bowls or slices as well as in grams."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foodcal_desktop.ui.diary_rows import EntryRow
from foodcal_desktop.ui.item_details import ItemDetails
from tests.ui.conftest import Home
from tests.ui.hands import Ctrl, Key, mark, press, type_text


def row_of(home: Home) -> EntryRow:
    QApplication.processEvents()
    (card,) = home.window.diary_page.cards
    (row,) = card.findChildren(EntryRow)
    return row


def test_servings_of_an_entry_give_its_grams_and_undo_takes_them_back(qtbot: QtBot, home: Home):
    egg = next(f for f in home.session.foods.search("boiled egg") if len(f.servings) > 1)
    home.diary.add(egg, 30, "lunch")
    press(home, Key.Key_2, Ctrl)
    row = row_of(home)
    assert row.serving.isVisible()
    first, second = egg.servings[:2]
    assert row.serving.count.value() == round(30 / first.grams, 2)
    row.serving.menu().popup(row.mapToGlobal(row.rect().center()))
    qtbot.waitUntil(row.serving.count.isVisible)
    row.serving.kind.setCurrentIndex(1)
    row.serving.kind.activated.emit(1)
    assert home.diary.summary.entries[0].grams.value == 30
    row.serving.count.setFocus()
    row.serving.count.selectAll()
    type_text("2")
    press(home, Key.Key_Return)
    assert home.diary.summary.entries[0].grams.value == 2 * second.grams
    assert home.diary.summary.entries[0].method == "typed"
    assert row_of(home).grams.value() == round(2 * second.grams)
    home.diary.undo()
    assert home.diary.summary.entries[0].grams.value == 30


def test_a_food_that_is_no_longer_in_the_table_has_grams_only(home: Home, qtbot: QtBot):
    from dataclasses import replace

    from foodcal_desktop.core.edit import changed

    home.diary.add(home.session.foods.search("rice")[0], 200, "lunch")
    (entry,) = home.diary.summary.entries
    home.session.commit(changed(entry, replace(entry, food_id=None), "Forget the food"))
    press(home, Key.Key_2, Ctrl)
    assert not row_of(home).serving.isVisible()


def test_no_more_servings_can_be_typed_than_grams(qtbot: QtBot, home: Home):
    egg = home.session.foods.search("boiled egg")[0]
    mark(qtbot, home, 100, 150, "boiled egg")
    details = home.window.annotate.panel.findChild(ItemDetails)
    assert details.servings.maximum() * egg.serving.grams <= details.grams.maximum() + 1
    home.diary.add(egg, 30, "lunch")
    press(home, Key.Key_2, Ctrl)
    row = row_of(home)
    assert row.serving.count.maximum() * egg.serving.grams <= row.grams.maximum() + 1
