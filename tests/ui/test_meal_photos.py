"""Several photos of one meal in the window: linked by key and menu, matched, logged once, there after a restart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from foodcal_desktop.core.meal_photos import View
from tests.ui.conftest import HEIGHT, WIDTH, Home
from tests.ui.hands import Ctrl, Key, mark, press
from tests.ui.test_weighing import lay_scale, opened

Shift = Qt.KeyboardModifier.ShiftModifier


def open_another(qtbot: QtBot, home: Home, tmp_path: Path, name: str) -> None:
    rng = np.random.default_rng(len(name))
    path = tmp_path / name
    Image.fromarray(rng.integers(0, 255, (HEIGHT, WIDTH, 3), dtype=np.uint8)).save(path)
    with qtbot.waitSignal(home.session.opened):
        home.library.open_paths([path])
    lay_scale_named(home, name)
    home.canvas.setFocus()


def lay_scale_named(home: Home, name: str) -> None:
    from foodcal_desktop.core.scale import ScaleReference

    sha256 = home.session.photo.sha256
    home.session.add_reference(ScaleReference(name, sha256, "line", line=(10, 10, 210, 10), length_mm=100.0))


def menu_of(home: Home) -> QMenu:
    """The menu under the meal's name, as a click opens it."""
    menu = home.window.annotate.panel.meal_button.menu()
    menu.aboutToShow.emit()
    return menu


def test_the_leftovers_are_taken_off_and_the_meal_is_logged_once(
    qtbot: QtBot, home: Home, tmp_path: Path, make_home: Callable[[], Home]
):
    panel = home.window.annotate.panel
    assert not panel.meal_button.isVisible()
    lay_scale(home)
    mark(qtbot, home, 100, 150, "rice")
    (item,) = home.session.annotations
    plate = item.portion.grams.value
    whole = int(panel.kcal.text())
    first = home.session.photo.sha256
    open_another(qtbot, home, tmp_path, "left over.png")
    assert panel.meal_button.isVisible() and "Same meal" in panel.meal_button.text()
    press(home, Key.Key_L, Ctrl | Shift)
    assert "Leftovers of" in panel.meal_button.text()
    assert "Ctrl+Z" in home.window.status.text
    assert int(panel.kcal.text()) == whole
    mark(qtbot, home, 100, 150, "rice")
    (left,) = home.session.annotations
    rest = round(plate * 0.4)
    home.session.set_grams(left.id, rest)
    assert int(panel.kcal.text()) == pytest.approx(whole * (plate - rest) / plate, abs=1)
    details = opened(home, left)
    assert details.place.isVisible() and "rice" in details.place.box.currentText().lower()
    assert details.place.left.text() == f"Counts as {rest} g left of {plate:.0f} g"
    home.canvas.setFocus()
    press(home, Key.Key_Return, Ctrl)
    (entry,) = home.session.store.entries(date.today().isoformat())
    assert entry.annotation == item.id and entry.grams.value == pytest.approx(plate - rest)
    with qtbot.waitSignal(home.session.opened):
        home.library.select(0)
    assert home.session.photo.sha256 == first
    details = opened(home, item)
    assert f"{rest} g left" in details.meal.eaten.text() and "left over.png" in details.meal.sources.text()
    assert "2 photos of this meal" in panel.meal_button.text()
    assert panel.log_button.text().startswith("Update")
    other = make_home()
    with qtbot.waitSignal(other.session.opened):
        other.library.open_paths([home.session.photo.path])
    assert "2 photos of this meal" in other.window.annotate.panel.meal_button.text()
    assert other.session.items()[item.id].counted.eaten.grams == entry.grams


def test_the_menu_links_changes_the_view_and_parts_again(qtbot: QtBot, home: Home, tmp_path: Path):
    lay_scale(home)
    mark(qtbot, home, 100, 150, "rice")
    open_another(qtbot, home, tmp_path, "side.png")
    (photo_menu,) = [a.menu() for a in menu_of(home).actions() if a.menu()]
    assert "점심 lunch.png" in photo_menu.title()
    next(a for a in photo_menu.actions() if "side" in a.text()).trigger()
    flow = home.window.flows.meal
    assert flow._meal.link.view is View.SIDE
    next(a for a in menu_of(home).actions() if "above" in a.text()).trigger()
    assert flow._meal.link.view is View.TOP
    press(home, Key.Key_Z, Ctrl)
    assert flow._meal.link.view is View.SIDE
    press(home, Key.Key_U, Ctrl | Shift)
    assert flow._meal.link is None
    assert "Same meal" in home.window.annotate.panel.meal_button.text()
    press(home, Key.Key_Z, Ctrl)
    assert flow._meal.link.view is View.SIDE
    with qtbot.waitSignal(home.session.opened):
        next(a for a in menu_of(home).actions() if a.text().startswith("Open")).trigger()
    assert home.session.photo.path.endswith("점심 lunch.png")


def test_of_two_alike_the_list_is_asked(qtbot: QtBot, home: Home, tmp_path: Path):
    lay_scale(home)
    for x in (80, 250):
        mark(qtbot, home, x, 150, "boiled egg")
    second = home.session.annotations[1]
    open_another(qtbot, home, tmp_path, "after.png")
    press(home, Key.Key_L, Ctrl | Shift)
    mark(qtbot, home, 100, 150, "boiled egg")
    (left,) = home.session.annotations
    box = opened(home, left).place.box
    assert box.currentIndex() == -1
    QTest.keyClick(box, Key.Key_Down)
    QTest.keyClick(box, Key.Key_Down)
    assert home.session.items()[second.id].counted.left is not None
    assert opened(home, left).place.box.currentIndex() == 1


def test_an_item_seen_from_the_side_says_how_high_it_is_and_nothing_of_its_weight(
    qtbot: QtBot, home: Home, tmp_path: Path
):
    lay_scale(home)
    mark(qtbot, home, 100, 150, "rice")
    (item,) = home.session.annotations
    open_another(qtbot, home, tmp_path, "side.png")
    (photo_menu,) = [a.menu() for a in menu_of(home).actions() if a.menu()]
    next(a for a in photo_menu.actions() if "side" in a.text()).trigger()
    mark(qtbot, home, 100, 150, "rice")
    (seen,) = home.session.annotations
    details = opened(home, seen)
    height = seen.mask.h * 0.5
    assert details.place.left.text() == f"{height:.0f} mm high, which counts for its thickness there"
    assert not details.chain.isVisible() and not details.grams.isVisible() and not details.weighing.isVisible()
    assert f"{height:.0f} mm high on side.png" in home.session.items()[item.id].counted.sources
    home.session.delete_reference("side.png")
    assert "its height is not known" in details.note.text()
    QTest.keyClick(details.place.box, Key.Key_End)
    assert opened(home, seen).chain.isVisible()
