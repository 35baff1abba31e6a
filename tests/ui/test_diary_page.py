"""The diary through the real window."""

from __future__ import annotations

import csv
import threading
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QRect, Qt, QThreadPool
from PySide6.QtWidgets import QFileDialog, QMenu, QWidget

from foodcal_desktop.core.diary import Totals
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.storage.food_store import FoodStore
from foodcal_desktop.ui.day_panel import DayPanel
from foodcal_desktop.ui.diary_menus import days_near
from foodcal_desktop.ui.diary_rows import EntryRow
from tests.ui.conftest import Home
from tests.ui.hands import Ctrl, Key, mark, press, type_text


@pytest.mark.parametrize(
    ("kcal", "goal", "said"),
    [
        (Estimate(727, 456, 1242), 2000, "758–1544 kcal to the goal"),
        (Estimate.exact(727), 2000, "1273 kcal to the goal"),
        (Estimate(2600, 2300, 3100), 2000, "300–1100 kcal over the goal"),
        (Estimate(1900, 1500, 2400), 2000, "Too near to the goal of 2000 kcal to say"),
        (Estimate(727, 456, 1242), 0, ""),
    ],
)
def test_how_far_it_is_to_the_goal_is_as_unsure_as_the_days_sum(qtbot, kcal: Estimate, goal: float, said: str):
    panel = DayPanel()
    qtbot.addWidget(panel)
    panel.show_totals(Totals(kcal, 26, 29, 91), goal)
    assert panel.left.text() == said
    panel.resize(panel.width(), 600)
    panel.show()
    room = panel.left.fontMetrics().boundingRect(
        QRect(0, 0, panel.left.width(), 200), Qt.TextFlag.TextWordWrap, panel.left.text()
    )
    assert room.width() <= panel.left.width() and room.height() <= panel.left.height(), "cut off"


def test_diary_weights_moves_deletions_and_days(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_Return, Ctrl)
    press(home, Key.Key_2, Ctrl)
    page = home.window.diary_page
    row = next(r for r in page.cards[0].findChildren(QWidget) if hasattr(r, "entry"))
    row.grams.setValue(123)
    assert home.diary.summary.entries[0].grams.value == 123
    row = next(r for r in page.cards[0].findChildren(QWidget) if hasattr(r, "entry"))
    row.move_wanted.emit((row.entry,), "snack")
    assert home.diary.summary.entries[0].meal == "snack"
    row = next(r for r in page.cards[0].findChildren(QWidget) if hasattr(r, "entry"))
    row.delete_wanted.emit((row.entry,))
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


def test_a_food_is_moved_to_yesterday_and_copied_back_by_the_menu_of_its_row(qtbot, home: Home):
    today = date.today()
    yesterday = (today - timedelta(days=1)).isoformat()
    press(home, Key.Key_2, Ctrl)
    press(home, Key.Key_N)
    type_text("kimchi")
    press(home, Key.Key_Return)
    page = home.window.diary_page
    _day_menu(page, "Move to another day")["Yesterday"].trigger()
    assert not home.diary.summary.entries and len(home.diary.summary_of(yesterday).entries) == 1
    home.diary.step(-1)
    _day_menu(page, "Copy to another day")["Today"].trigger()
    assert home.diary.day == today.isoformat() and len(home.diary.summary.entries) == 1
    assert len(home.diary.summary_of(yesterday).entries) == 1


def _day_menu(page, title: str):
    menus = page.cards[0].findChild(EntryRow).more.menu().findChildren(QMenu)
    (menu,) = [m for m in menus if m.title() == title]
    return {action.text(): action for action in menu.actions()}


def test_the_days_to_move_to_are_the_last_week_and_those_beside():
    today = date(2026, 3, 20)
    assert days_near("2026-03-20", today) == [f"2026-03-{day}" for day in (19, 18, 17, 16, 15, 14)]
    assert days_near("2026-01-02", today)[-2:] == ["2026-01-03", "2026-01-01"]
    assert "2026-03-21" not in days_near("2026-03-19", today)


def test_the_diary_goes_into_a_spreadsheet_from_the_window(qtbot, home: Home, tmp_path: Path, monkeypatch):
    press(home, Key.Key_2, Ctrl)
    press(home, Key.Key_N)
    type_text("kimchi")
    press(home, Key.Key_Return)
    for chosen in ("diary", "no folder/diary.csv"):
        answer = (str(tmp_path / chosen), "")
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_, answer=answer: answer)
        home.window.actions_table["diary.export"].trigger()
    with (tmp_path / "diary.csv").open(encoding="utf-8-sig", newline="") as lines:
        (line,) = csv.DictReader(lines)
    assert line["name"] == home.diary.summary.entries[0].name
    assert "cannot be written" in home.window.status.text


def test_the_spreadsheet_calls_foods_as_the_window_does(qtbot, home: Home, tmp_path: Path, monkeypatch):
    press(home, Key.Key_2, Ctrl)
    press(home, Key.Key_N)
    type_text("cooked rice")
    press(home, Key.Key_Return)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(tmp_path / "diary.csv"), ""))
    former = QLocale()
    QLocale.setDefault(QLocale("ko"))
    try:
        home.window.actions_table["diary.export"].trigger()
    finally:
        QLocale.setDefault(former)
    with (tmp_path / "diary.csv").open(encoding="utf-8-sig", newline="") as lines:
        (line,) = csv.DictReader(lines)
    (entry,) = home.diary.summary.entries
    food = home.session.foods.by_id(entry.food_id)
    assert food is not None and line["name"] == food.name_ko != entry.name


def test_what_nobody_weighed_has_an_interval_until_its_weight_is_typed_be_it_the_same(qtbot, home: Home):
    press(home, Key.Key_2, Ctrl)
    press(home, Key.Key_N)
    type_text("kimchi")
    press(home, Key.Key_Return)
    (entry,) = home.diary.summary.entries
    assert entry.grams.low < entry.grams.value < entry.grams.high and entry.method != "typed"
    assert not home.diary.summary.totals.kcal.is_exact
    row = home.window.diary_page.cards[0].findChild(EntryRow)
    row.grams.setFocus()
    row.grams.selectAll()
    type_text(f"{entry.grams.value:.0f}")
    press(home, Key.Key_Return)
    (typed,) = home.diary.summary.entries
    assert typed.method == "typed" and typed.grams.is_exact and typed.grams.value == entry.grams.value


def test_the_food_table_is_searchable_before_the_first_letter(home: Home, monkeypatch):
    made: list[threading.Thread] = []
    prepare = FoodStore.prepare
    monkeypatch.setattr(FoodStore, "prepare", lambda self: (made.append(threading.current_thread()), prepare(self)))
    home.session.foods.read_ahead()
    QThreadPool.globalInstance().waitForDone()
    assert made and made[0] is not threading.main_thread()


def entry_rows(home: Home) -> list[EntryRow]:
    return [row for card in home.window.diary_page.cards for row in card.findChildren(EntryRow)]


def two_foods(home: Home) -> None:
    """Two foods without a photo on today's page."""
    press(home, Key.Key_2, Ctrl)
    for food in ("milk", "kimchi"):
        press(home, Key.Key_N)
        type_text(food)
        press(home, Key.Key_Return)


def test_typed_energy_becomes_grams_and_is_exact(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "kimchi stew")
    press(home, Key.Key_Return, Ctrl)
    press(home, Key.Key_2, Ctrl)
    assert home.diary.summary.entries[0].energy_spread > 0, "fat may hide in it"
    row = entry_rows(home)[0]
    row.kcal.setFocus()
    row.kcal.selectAll()
    type_text("100")
    press(home, Key.Key_Return)
    entry = home.diary.summary.entries[0]
    assert entry.kcal.value == pytest.approx(100) and entry.kcal.is_exact
    assert entry.grams.value == pytest.approx(100 * 100 / entry.kcal_per_100g)


def test_a_meal_shared_or_eaten_in_part_counts_by_its_share_and_stays_as_unsure(qtbot, home: Home):
    two_foods(home)
    before = home.diary.summary.entries
    menu = next(a for a in menu_of(home.window.diary_page.cards[0]).actions() if a.menu() and "part" in a.text())
    next(a for a in menu.menu().actions() if a.text() == "½").trigger()
    after = home.diary.summary.entries
    for old, new in zip(before, after, strict=True):
        assert (new.grams.value, new.grams.low) == pytest.approx((old.grams.value / 2, old.grams.low / 2))
    assert "50 %" in home.window.status.text
    press(home, Key.Key_Z, Ctrl)
    assert home.diary.summary.entries == before


def test_a_whole_meal_is_moved_to_another_slot_added_to_and_deleted(qtbot, home: Home):
    two_foods(home)
    names = [entry.name for entry in home.diary.summary.entries]
    slot = next(s for s in ("dinner", "lunch") if s != home.diary.summary.entries[0].meal)
    words = {"dinner": "Move to Dinner", "lunch": "Move to Lunch"}[slot]
    next(a for a in menu_of(home.window.diary_page.cards[0]).actions() if a.text() == words).trigger()
    assert [(e.name, e.meal) for e in home.diary.summary.entries] == [(name, slot) for name in names]
    next(a for a in menu_of(home.window.diary_page.cards[0]).actions() if a.text() == "Add a food…").trigger()
    type_text("egg")
    press(home, Key.Key_Return)
    assert len(home.diary.summary.entries) == 3 and {e.meal for e in home.diary.summary.entries} == {slot}
    next(a for a in menu_of(home.window.diary_page.cards[0]).actions() if a.text() == "Delete").trigger()
    assert home.diary.summary.entries == ()
    press(home, Key.Key_Z, Ctrl)
    assert len(home.diary.summary.entries) == 3


def test_a_copied_meal_keeps_its_order(qtbot, home: Home):
    """What is logged in one second stood in the order of random ids."""
    two_foods(home)
    for food in ("egg", "apple", "banana"):
        press(home, Key.Key_N)
        type_text(food)
        press(home, Key.Key_Return)
    entries = home.diary.summary.entries
    yesterday = (date.today() - timedelta(days=1)).isoformat()
    home.diary.copy_to_day(entries, yesterday)
    assert [e.name for e in home.diary.summary.entries] == [e.name for e in entries]


def menu_of(card: QWidget) -> QMenu:
    """The menu of a meal's head: the first of the card that can add to it."""
    return next(m for m in card.findChildren(QMenu) if any(a.text() == "Add a food…" for a in m.actions()))
