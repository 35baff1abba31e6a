"""Drawing tools, mask actions and proposals, with real mouse and key events."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate
from tests.ui.conftest import Home, disc

Left, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NoKeys, Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Shift, Alt = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
Key = Qt.Key


def press(home: Home, key: Qt.Key, keys: Qt.KeyboardModifier = NoKeys) -> None:
    QTest.keyClick(QApplication.focusWidget() or home.canvas, key, keys)


def drag(home: Home, points: Sequence[tuple[float, float]], button=Left, keys=NoKeys) -> None:
    QTest.mousePress(home.canvas, button, keys, home.at(*points[0]))
    for point in points[1:]:
        QTest.mouseMove(home.canvas, home.at(*point))
    QTest.mouseRelease(home.canvas, button, keys, home.at(*points[-1]))


def click(home: Home, x: float, y: float, button=Left, keys=NoKeys) -> None:
    QTest.mouseClick(home.canvas, button, keys, home.at(x, y))


def only(home: Home) -> Mask:
    return home.session.annotations[0].mask


def add(home: Home, *masks: Mask) -> list[str]:
    ids = [home.session.add(mask).id for mask in masks]
    home.window.annotate.select(ids[-1])
    home.canvas.setFocus()
    return ids


def square(x: int, y: int, side: int) -> Mask:
    pixels = np.zeros((300, 400), bool)
    pixels[y : y + side, x : x + side] = True
    return Mask.from_array(pixels)


def test_the_brush_draws_a_new_mask_and_the_eraser_takes_away(home: Home):
    press(home, Key.Key_W)
    drag(home, [(100, 100), (160, 100)])
    radius = home.canvas.radius / home.canvas.view.scale
    drawn = only(home)
    assert drawn.contains(130, 100) and drawn.contains(130, 100 + radius - 2)
    assert not drawn.contains(130, 100 + radius + 2)
    press(home, Key.Key_E)
    drag(home, [(130, 60), (130, 140)])
    assert len(home.session.annotations) == 1
    assert not only(home).contains(130, 100) and only(home).contains(102, 100)
    press(home, Key.Key_Z, Ctrl)
    assert only(home) == drawn


def test_the_right_button_erases_with_the_brush_and_keys_and_wheel_size_it(home: Home):
    add(home, square(100, 100, 80))
    press(home, Key.Key_W)
    before = home.canvas.radius
    press(home, Key.Key_BracketRight)
    assert home.canvas.radius > before
    press(home, Key.Key_Comma)
    wheel = QWheelEvent(
        QPointF(50, 50), QPointF(50, 50), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton, Ctrl,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(home.canvas, wheel)
    assert home.canvas.radius > before * 1.1
    click(home, 140, 140, Right)
    assert not only(home).contains(140, 140)


def test_a_stroke_is_seen_while_it_is_drawn(home: Home):
    press(home, Key.Key_W)
    before = home.canvas.grab().toImage()
    QTest.mousePress(home.canvas, Left, NoKeys, home.at(200, 150))
    QTest.mouseMove(home.canvas, home.at(240, 150))
    at = home.at(220, 150)
    assert home.canvas.grab().toImage().pixelColor(at) != before.pixelColor(at)
    assert not home.session.annotations
    QTest.mouseRelease(home.canvas, Left, NoKeys, home.at(240, 150))
    assert len(home.session.annotations) == 1


def test_the_brush_corrects_the_candidate_before_it_is_accepted(qtbot, home: Home):
    click(home, 100, 150)
    qtbot.waitUntil(lambda: home.prompts.candidate is not None)
    press(home, Key.Key_W)
    click(home, 300, 150)
    assert home.prompts.candidate.mask.contains(300, 150) and not home.session.annotations


def test_the_lasso_goes_around_and_with_alt_takes_away(home: Home):
    press(home, Key.Key_O)
    drag(home, [(100, 100), (200, 100), (200, 200), (100, 200), (100, 102)])
    assert abs(only(home).area - 10000) < 400
    press(home, Key.Key_Escape)
    drag(home, [(90, 90), (150, 90), (150, 210), (90, 210)], keys=Alt)
    assert not only(home).contains(120, 150) and only(home).contains(180, 150)


def test_a_polygon_is_clicked_closed_by_enter_and_its_corner_moved(home: Home):
    press(home, Key.Key_G)
    for x, y in ((100, 100), (200, 100), (200, 200), (100, 200)):
        click(home, x, y)
    press(home, Key.Key_Return)
    assert abs(only(home).area - 10000) < 400
    press(home, Key.Key_Escape)
    QTest.mouseMove(home.canvas, home.at(150, 150))
    drag(home, [(200, 200), (230, 215), (260, 230)])
    assert len(home.session.annotations) == 1
    assert only(home).contains(235, 215) and abs(only(home).area - 14500) < 900


def test_moving_a_corner_leaves_a_far_away_hole_to_the_pixel(home: Home):
    pixels = np.zeros((300, 400), bool)
    pixels[100:200, 100:200] = True
    pixels[110:113, 110:112] = False
    add(home, Mask.from_array(pixels))
    press(home, Key.Key_G)
    QTest.mouseMove(home.canvas, home.at(150, 150))
    drag(home, [(200, 200), (220, 210), (240, 220)])
    assert (only(home).to_array()[100:150, 100:150] == pixels[100:150, 100:150]).all()


def test_holes_islands_smoothing_and_splitting(home: Home):
    big = square(100, 100, 60).difference(square(120, 120, 10))
    add(home, big.union(square(300, 50, 3)).union(square(300, 200, 40)))
    press(home, Key.Key_F, Shift)
    assert only(home).contains(125, 125)
    press(home, Key.Key_D, Shift)
    assert not only(home).contains(301, 51) and only(home).contains(310, 210)
    press(home, Key.Key_X, Shift)
    assert sorted(a.mask.area for a in home.session.annotations) == [1600, 3600]
    press(home, Key.Key_Z, Ctrl)
    assert len(home.session.annotations) == 1


def test_add_subtract_intersect_and_merge_go_by_the_order_of_selection(home: Home):
    one, two = square(100, 100, 60), square(130, 100, 60)
    first, second = add(home, one, two)
    press(home, Key.Key_V)
    click(home, 105, 110)
    click(home, 185, 110, keys=Shift)
    press(home, Key.Key_B, Shift)
    masks = {a.id: a.mask for a in home.session.annotations}
    assert masks[first] == one.difference(two) and masks[second] == two
    press(home, Key.Key_Z, Ctrl)
    press(home, Key.Key_I, Shift)
    assert {a.id: a.mask for a in home.session.annotations}[first] == one.intersection(two)
    press(home, Key.Key_Z, Ctrl)
    press(home, Key.Key_M)
    assert [a.mask for a in home.session.annotations] == [one.union(two)]


def test_the_stack_can_be_reordered(home: Home):
    first, second = add(home, square(100, 100, 60), square(130, 100, 60))
    press(home, Key.Key_Down, Ctrl)
    assert [a.id for a in home.session.annotations] == [second, first] == listed(home)
    press(home, Key.Key_Up, Ctrl)
    assert [a.id for a in home.session.annotations] == [first, second] == listed(home)


def listed(home: Home) -> list[str]:
    """The items from top to bottom of the list, as it is laid out."""
    QApplication.processEvents()
    rows = [home.window.annotate.panel.row(a.id) for a in home.session.annotations]
    return [row.item.id for row in sorted(rows, key=lambda row: row.mapTo(home.window, QPoint(0, 0)).y())]


def test_an_accepted_mask_is_opened_again_and_corrected_by_a_click(qtbot, home: Home):
    (item,) = add(home, square(100, 100, 60))
    press(home, Key.Key_C)
    assert home.prompts.candidate.mask == square(100, 100, 60)
    click(home, 200, 150)
    qtbot.waitUntil(lambda: not home.prompts.waiting)
    assert home.worker.asked[-1].previous is not None
    press(home, Key.Key_Return)
    assert [a.id for a in home.session.annotations] == [item]
    assert only(home) != square(100, 100, 60)
    assert not home.window.annotate.food_picker.isVisible()


def test_a_mask_drawn_by_hand_is_handed_over_as_a_prompt(qtbot, home: Home):
    add(home, square(100, 100, 60))
    press(home, Key.Key_C, Shift)
    asked = home.worker.asked[-1]
    assert asked.box is not None and asked.previous is not None
    qtbot.waitUntil(lambda: not home.prompts.waiting)
    press(home, Key.Key_Return)
    assert len(home.session.annotations) == 1 and only(home) != square(100, 100, 60)


def test_masks_are_copied_to_the_next_photo(qtbot, home: Home, tmp_path):
    Image.fromarray(np.zeros((150, 200, 3), np.uint8)).save(tmp_path / "z.png")
    home.library.open_paths([tmp_path / "z.png"])
    qtbot.waitUntil(lambda: home.session.photo is not None and home.session.photo.width == 200)
    home.library.select(0)
    qtbot.waitUntil(lambda: home.session.photo.width == 400)
    add(home, square(100, 100, 60))
    press(home, Key.Key_D, Ctrl)
    qtbot.waitUntil(lambda: home.session.photo.width == 200 and bool(home.session.annotations))
    assert only(home).box == (50, 50, 80, 80)


def propose(home: Home, *masks: Mask) -> None:
    home.worker.proposed = tuple(Candidate(m, 0.9, np.zeros((4, 4), np.float32)) for m in masks)
    home.canvas.setFocus()
    press(home, Key.Key_F, Ctrl)


def test_proposals_are_accepted_rejected_and_corrected_by_one_key_each(qtbot, home: Home):
    one, two, three = disc(60, 60, 20), disc(200, 60, 20), disc(300, 200, 30)
    propose(home, one, two, three)
    assert home.canvas.overlay.proposals == (one, two, three)
    press(home, Key.Key_Return)
    assert only(home) == one
    press(home, Key.Key_Escape)
    press(home, Key.Key_Delete)
    assert home.canvas.overlay.proposals == (three,) and len(home.session.annotations) == 1
    click(home, 300, 200)
    assert home.worker.asked[-1].previous is not None
    qtbot.waitUntil(lambda: not home.prompts.waiting)
    press(home, Key.Key_Return)
    assert len(home.session.annotations) == 2


def test_tab_and_brackets_go_through_the_proposals_and_all_can_be_accepted(home: Home):
    one, two = disc(60, 60, 20), disc(200, 60, 20)
    propose(home, one, two)
    press(home, Key.Key_Tab)
    assert home.canvas.overlay.proposal == two
    press(home, Key.Key_BracketLeft)
    assert home.canvas.overlay.proposal == one
    press(home, Key.Key_F, Ctrl | Shift)
    assert [a.mask for a in home.session.annotations] == [one, two]
    press(home, Key.Key_Z, Ctrl)
    assert home.session.annotations == ()


def test_what_is_not_covered_is_said_and_shown(home: Home):
    propose(home, square(100, 100, 100))
    press(home, Key.Key_Escape)
    add(home, square(100, 100, 50).union(square(150, 100, 50)))
    panel = home.window.annotate.panel
    assert panel.uncovered.isVisible() and "50 %" in panel.uncovered.text()
    assert home.canvas.overlay.uncovered is None
    press(home, Key.Key_U)
    assert home.canvas.overlay.uncovered.contains(150, 180)
    assert not home.canvas.overlay.uncovered.contains(150, 120)


def test_a_correction_that_makes_the_mask_collapse_is_flagged_and_z_goes_back(qtbot, home: Home):
    (_,) = add(home, square(20, 20, 150))
    press(home, Key.Key_C)
    click(home, 300, 200)
    qtbot.waitUntil(lambda: not home.prompts.waiting)
    assert "Z" in home.window.annotate.area.hint.text and home.prompts.collapsed
    press(home, Key.Key_Z)
    assert home.prompts.candidate.mask == square(20, 20, 150)


def test_the_candidates_are_shown_small_beside_the_pointer(qtbot, home: Home):
    QTest.mouseMove(home.canvas, home.at(100, 150))
    click(home, 100, 150)
    strip = home.window.annotate.area.strip
    qtbot.waitUntil(strip.isVisible)
    assert len(strip.candidates) == 3
    press(home, Key.Key_Return)
    assert not strip.isVisible()


def test_a_preview_comes_where_the_pointer_rests_and_a_click_ends_it(qtbot, home: Home):
    press(home, Key.Key_P, Shift)
    QTest.mouseMove(home.canvas, home.at(90, 140))
    QTest.mouseMove(home.canvas, home.at(100, 150))
    qtbot.waitUntil(lambda: home.canvas.overlay.ghost is not None)
    asked = len(home.worker.asked)
    click(home, 100, 150)
    assert home.canvas.overlay.ghost is None and len(home.worker.asked) == asked + 1
    assert not home.session.annotations


def test_outlines_only_is_shown_and_remembered(home: Home):
    add(home, square(100, 100, 100))
    home.window.annotate.select("")
    filled = home.canvas.grab().toImage().pixelColor(home.at(150, 150))
    press(home, Key.Key_T)
    assert home.canvas.grab().toImage().pixelColor(home.at(150, 150)) != filled
    assert home.canvas.overlay.outline_only
