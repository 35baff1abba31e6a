"""Sheets as a hand meets them: keys typed into the list of keys, the photo beside the sliders that change it."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton, QWidget
from pytestqt.qtbot import QtBot

from foodcal_desktop.storage.settings import SHORTCUTS, Settings
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import ElidedLabel
from foodcal_desktop.ui.day_panel import DayPanel
from foodcal_desktop.ui.main_window import first_size
from foodcal_desktop.ui.shortcuts_dialog import ShortcutsDialog
from foodcal_desktop.ui.view_card import ViewDialog
from tests.ui.conftest import Home, disc
from tests.ui.test_masks_by_hand import Ctrl, Key, press


def opened(home: Home, qtbot: QtBot) -> ShortcutsDialog:
    press(home, Key.Key_Slash, Ctrl)
    sheet = home.window.sheets.open
    assert isinstance(sheet, ShortcutsDialog)
    qtbot.waitUntil(sheet.isVisible)
    return sheet


def test_the_key_pressed_after_a_search_is_for_the_action_that_is_seen(qtbot: QtBot, home: Home) -> None:
    sheet = opened(home, qtbot)
    sheet.choose("tool.brush")
    QTest.keyClicks(sheet.search, "smooth")
    QTest.keyClick(sheet.edit, Key.Key_J, Ctrl)
    qtbot.waitUntil(lambda: bool(Settings.load().get(SHORTCUTS)))
    assert Settings.load().get(SHORTCUTS) == {"mask.smooth": "Ctrl+J"}


def test_esc_leaves_the_keys_from_the_field_of_the_key_too(qtbot: QtBot, home: Home) -> None:
    sheet = opened(home, qtbot)
    sheet.choose("tool.brush")
    QTest.keyClick(sheet.edit, Key.Key_Escape)
    qtbot.waitUntil(lambda: not sheet.isVisible())
    assert Settings.load().get(SHORTCUTS) == {}


def test_the_sliders_of_the_view_stand_beside_the_photo(home: Home) -> None:
    home.window.resize(1280, 800)
    press(home, Key.Key_I)
    sheet = home.window.sheets.open
    assert isinstance(sheet, ViewDialog)
    QTest.qWait(50)
    canvas = QRect(home.canvas.mapToGlobal(QPoint(0, 0)), home.canvas.size())
    covered = canvas.intersected(sheet.frameGeometry())
    assert covered.width() * covered.height() < 0.1 * canvas.width() * canvas.height()
    assert not sheet.frameGeometry().contains(canvas.center())
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_window_opens_no_larger_than_a_small_screen() -> None:
    least = QSize(900, 440)
    assert first_size(QSize(1024, 700), least) == QSize(1024, 700)
    assert first_size(QSize(2560, 1440), least) == QSize(1280, 800)
    assert first_size(QSize(910, 512), least) == QSize(910, 512), "1366 × 768 at 150 %"


def test_everything_is_within_the_window_of_a_small_laptop_at_150_percent(qtbot: QtBot, home: Home) -> None:
    window = home.window
    window.resize(910, 460)
    qtbot.waitUntil(lambda: (window.width(), window.height()) == (910, 460))
    day, log = window.diary_page.findChild(DayPanel), window.annotate.panel.log_button
    assert day is not None
    press(home, Key.Key_2, Ctrl)
    qtbot.waitUntil(day.isVisible)
    assert whole(day.ring) and whole(day.ring.parentWidget())
    press(home, Key.Key_3, Ctrl)
    press(home, Key.Key_4, Ctrl)
    start = window.training_page.form.button
    qtbot.waitUntil(start.isVisible)
    assert whole(start)
    press(home, Key.Key_1, Ctrl)
    qtbot.waitUntil(log.isVisible)
    assert whole(log) and whole(window.annotate.area.tools)
    places = [b for b in window.findChildren(QToolButton) if b.property("role") == "place"]
    assert len(places) == 7 and all(whole(place) for place in places)
    assert not any(a.geometry().intersects(b.geometry()) for a, b in pairwise(places))


def test_an_item_opened_from_the_photo_scrolls_into_sight(qtbot: QtBot, home: Home) -> None:
    panel = home.window.annotate.panel
    items = [home.session.add(disc(40 + 30 * i, 150, 12)) for i in range(9)]
    home.window.resize(910, 460)
    qtbot.waitUntil(lambda: home.window.height() == 460)
    for item in (items[-1], items[0]):
        home.window.annotate.select(item.id)
        head = panel.row(item.id).findChild(ElidedLabel)
        qtbot.waitUntil(lambda head=head: whole(head))


def whole(widget: QWidget) -> bool:
    """Whether all of it is seen."""
    return widget.visibleRegion().boundingRect() == widget.rect()


def test_every_tool_is_within_the_canvas_of_a_small_window(qtbot: QtBot, home: Home) -> None:
    area = home.window.annotate.area
    home.window.resize(1024, 700)
    qtbot.waitUntil(lambda: home.window.width() == 1024 and area.tools.width() <= area.width())
    assert area.rect().contains(area.tools.geometry())
    buttons = area.tools.findChildren(QToolButton)
    assert len({button.width() for button in buttons}) == 1 and buttons[0].width() >= theme.ICON
    QTest.mouseClick(next(b for b in buttons if b.accessibleName() == "Polygon"), Qt.MouseButton.LeftButton)
    assert home.canvas.tool == "polygon"
    home.window.resize(1400, 800)
    qtbot.waitUntil(lambda: home.window.width() == 1400 and buttons[0].width() > theme.ICON + 8)


def test_every_name_in_the_list_of_keys_is_wholly_seen_and_each_menu_stands_together(qtbot: QtBot, home: Home) -> None:
    tree = opened(home, qtbot).tree
    rows = [row for i in range(tree.topLevelItemCount()) if (row := tree.topLevelItem(i)) is not None]
    widest = max(tree.fontMetrics().horizontalAdvance(row.text(1)) for row in rows)
    qtbot.waitUntil(lambda: tree.columnWidth(1) >= widest + 2 * theme.SPACE_8)
    menus = [row.text(0) for row in rows]
    assert len([a for a, b in zip(menus, ["", *menus], strict=False) if a != b]) == len(set(menus))
