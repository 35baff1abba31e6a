"""The polygon tool as a hand meets it: vertices set, taken back, moved, added, removed, with real events."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foodcal_desktop.core import mask_tools
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.mask_tools import split_islands
from tests.ui.conftest import Home, disc
from tests.ui.test_masks_by_hand import (
    Alt,
    Ctrl,
    Key,
    Left,
    NoKeys,
    Right,
    Shift,
    add,
    click,
    drag,
    only,
    press,
    square,
)


def rough(seed: int = 3) -> Mask:
    """A mask with an outline as uneven as a checkpoint's."""
    rng = np.random.default_rng(seed)
    rows, columns = np.mgrid[:300, :400]
    angle = np.arctan2(rows - 150, columns - 200)
    wave = sum(rng.uniform(1, 3) * np.sin(k * angle + rng.uniform(0, 6)) for k in range(3, 20))
    return Mask.from_array(np.hypot(columns - 200, rows - 150) <= 80 + wave)


def corner_of(home: Home, mask: Mask) -> tuple[float, float]:
    """The vertex shown furthest to the left."""
    ring = mask_tools.to_polygons(mask, 1.5)[0]
    x, y = ring[ring[:, 0].argmin()]
    return float(x), float(y)


def test_what_was_drawn_is_what_is_taken_back_corner_by_corner(home: Home):
    add(home, square(10, 10, 20))
    press(home, Key.Key_Escape)
    press(home, Key.Key_G)
    for x, y in ((100, 100), (200, 100), (200, 200), (300, 290)):
        click(home, x, y)
    press(home, Key.Key_Z, Ctrl)
    click(home, 300, 20)
    click(home, 20, 280, Right)
    assert len(home.session.annotations) == 1
    press(home, Key.Key_Z, Ctrl)
    press(home, Key.Key_Z, Ctrl | Shift)
    press(home, Key.Key_Return)
    drawn = home.session.annotations[-1].mask
    assert len(home.session.annotations) == 2
    assert abs(drawn.area - 5000) < 200 and not drawn.contains(250, 240)


def test_a_double_click_closes(home: Home):
    press(home, Key.Key_G)
    for x, y in ((100, 100), (200, 100), (200, 200)):
        click(home, x, y)
    click(home, 100, 200)
    QTest.mouseDClick(home.canvas, Left, NoKeys, home.at(100, 200))
    QTest.mouseRelease(home.canvas, Left, NoKeys, home.at(100, 200))
    assert len(home.session.annotations) == 1 and abs(only(home).area - 10000) < 400


def test_a_spike_is_taken_away_whole_with_its_corner(home: Home):
    add(home, rough())
    press(home, Key.Key_G)
    x, y = corner_of(home, only(home))
    drag(home, [(x, y), (x - 10, y), (x - 25, y)])
    for _ in range(3):  # a tip of several pixels may have several corners
        if only(home).box[0] < x - 12:
            click(home, *corner_of(home, only(home)), keys=Alt)
    assert only(home).box[0] > x - 12
    assert len(split_islands(only(home))) == 1 and only(home).iou(rough()) > 0.97


def test_a_corner_pulled_out_leaves_no_slit_behind(home: Home):
    add(home, rough())
    press(home, Key.Key_G)
    x, y = corner_of(home, only(home))
    drag(home, [(x, y), (x - 30, y), (x - 60, y)])
    assert only(home).area > rough().area + 100
    assert mask_tools.fill_holes(only(home)) == only(home) and len(split_islands(only(home))) == 1


def test_the_corners_shown_follow_an_undo_at_once(home: Home):
    add(home, square(100, 100, 100))
    press(home, Key.Key_G)
    QTest.mouseMove(home.canvas, home.at(150, 150))
    QApplication.processEvents()
    before = home.canvas.grab().toImage()
    drag(home, [(200, 200), (230, 215), (260, 230)])
    press(home, Key.Key_Z, Ctrl)
    assert home.canvas.grab().toImage() == before


def test_a_click_on_an_edge_adds_a_corner_and_changes_nothing_else(home: Home):
    add(home, disc(200, 150, 90))
    press(home, Key.Key_G)
    at = home.at(200, 61) + QPoint(3, 4)
    before = home.canvas.grab().toImage()
    QTest.mouseClick(home.canvas, Left, NoKeys, at)
    assert only(home) == disc(200, 150, 90)
    assert home.canvas.grab().toImage() != before
    click(home, 200, 150 + 60, Right)
    assert only(home) == disc(200, 150, 90)


def test_a_trembling_hand_moves_no_corner_far(home: Home):
    add(home, square(100, 100, 100))
    press(home, Key.Key_G)
    start = home.at(200, 200) + QPoint(5, 5)
    QTest.mousePress(home.canvas, Left, NoKeys, start)
    QTest.mouseMove(home.canvas, start + QPoint(1, 0))
    QTest.mouseRelease(home.canvas, Left, NoKeys, start + QPoint(1, 0))
    assert only(home).area < 10000 + 150


def test_esc_ends_one_thing_at_a_time(qtbot: QtBot, home: Home):
    (item,) = add(home, square(100, 100, 60))
    press(home, Key.Key_G)
    for x, y in ((300, 200), (350, 200), (350, 250)):
        click(home, x, y)
    press(home, Key.Key_Escape)
    assert home.window.annotate.selected == {item}
    press(home, Key.Key_Escape)
    assert not home.window.annotate.selected
    press(home, Key.Key_P)
    click(home, 300, 100)
    qtbot.waitUntil(lambda: home.prompts.candidate is not None)
    home.window.annotate.select(item)
    press(home, Key.Key_Escape)
    assert home.prompts.candidate is None and home.window.annotate.selected == {item}


def test_a_space_bar_let_go_elsewhere_moves_the_photo_no_longer(home: Home):
    QTest.keyPress(home.canvas, Key.Key_Space)
    home.window.annotate.panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    home.window.annotate.panel.setFocus()
    home.canvas.setFocus()
    press(home, Key.Key_W)
    click(home, 100, 100)
    assert only(home).contains(100, 100)


def test_what_was_taken_back_can_be_made_again_after_a_restart(
    qtbot: QtBot, home: Home, make_home: Callable[[], Home], photo_file: Path
):
    add(home, square(100, 100, 60))
    press(home, Key.Key_Z, Ctrl)
    assert not home.session.annotations
    again = make_home()
    with qtbot.waitSignal(again.session.opened):
        again.library.open_paths([photo_file])
    press(again, Key.Key_Z, Ctrl | Shift)
    assert only(again) == square(100, 100, 60)


def test_a_closed_polygon_is_shown_once_with_its_item_opened(home: Home, monkeypatch: pytest.MonkeyPatch):
    (other,) = add(home, square(10, 10, 20))
    press(home, Key.Key_Escape)
    press(home, Key.Key_G)
    for x, y in ((100, 100), (200, 100), (200, 200)):
        click(home, x, y)
    panel, shown = home.window.annotate.panel, []
    show = panel.show_items
    monkeypatch.setattr(panel, "show_items", lambda *what: (shown.append(what), show(*what)))
    press(home, Key.Key_Return)
    (added,) = [a.id for a in home.session.annotations if a.id != other]
    assert len(shown) == 1
    assert panel.row(added).is_open and home.canvas.overlay.selected == {added}
    assert home.window.annotate.food_picker.isVisible()
