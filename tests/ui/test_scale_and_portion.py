"""Scale references and weights through the real window."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QWidget

from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.storage.settings import LAST_REFERENCE, Plate
from foodcal_desktop.ui.chain_edit import ChainNumber
from tests.ui.conftest import Home, disc
from tests.ui.hands import Key, Left, click, click_and_wait, mark, press, type_text
from tests.ui.test_masks_by_hand import drag


def center_of(home: Home, x: float, y: float) -> tuple[float, float]:
    """The photo point that a click at this place really meets."""
    point = home.canvas.view.to_photo(home.at(x, y).toPointF())
    return point.x(), point.y()


def button(parent: QWidget, text: str) -> QWidget:
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text)


def texts_of(row: QWidget) -> list[str]:
    """What the labels say that are seen in an item's row."""
    return [label.text() for label in row.findChildren(QLabel) if label.isVisibleTo(row) and label.text()]


def test_one_click_on_the_coin_gives_the_scale_and_the_kind_is_remembered(qtbot, home: Home, tmp_path: Path):
    # A coin as large as the worker's largest disc, for its outline is sought on the photo.
    pixels = np.full((300, 400, 3), 90, np.uint8)
    pixels[disc(*center_of(home, 300, 200), 45).to_array()] = 220
    Image.fromarray(pixels).save(tmp_path / "coin.png")
    with qtbot.waitSignal(home.session.opened):
        home.library.open_paths([tmp_path / "coin.png"])
    mark(qtbot, home, 100, 150, "rice")
    without = home.session.annotations[0].portion.grams
    press(home, Key.Key_S)
    picker = home.window.annotate.reference_picker
    assert picker.isVisible()
    type_text("500")
    press(home, Key.Key_Return)
    assert home.settings.get(LAST_REFERENCE) == "coin-krw-500"
    click(home, 300, 200)
    qtbot.waitUntil(lambda: home.session.scale is not None)
    assert home.session.scale.mm_per_px == pytest.approx(26.5 / 90, rel=0.03)
    assert "coin 500 KRW" in home.window.annotate.area.scale.text
    assert home.session.annotations[0].portion.grams != without
    assert len(home.session.annotations) == 1
    assert home.canvas.tool == "point"
    press(home, Key.Key_S)
    assert not picker.isVisible() and home.canvas.tool == "reference"


def test_a_click_of_the_reference_tool_stays_a_reference_if_the_tool_is_changed_meanwhile(qtbot, home: Home):
    home.settings.set(LAST_REFERENCE, "coin-cny-1")
    press(home, Key.Key_S)
    home.worker.holds_back = True
    click(home, 300, 200)
    press(home, Key.Key_P)
    home.worker.answer()
    assert home.session.annotations == () and len(home.session.references) == 1


def test_the_scale_tool_does_not_throw_a_waiting_mask_away(qtbot, home: Home):
    home.settings.set(LAST_REFERENCE, "coin-cny-1")
    click_and_wait(qtbot, home, 100, 150)
    press(home, Key.Key_S)
    assert home.prompts.candidates
    assert home.canvas.tool == "point"
    assert "Enter" in home.window.status.text


def test_a_plate_of_ones_own_is_forgotten_by_the_right_button(qtbot, home: Home):
    for name, diameter in (("밥그릇", 118.5), ("fish & chips", 270)):
        home.settings.remember_plate(Plate(name, diameter))
    home.settings.set(LAST_REFERENCE, "plate-270")
    QTest.mouseClick(home.window.annotate.area.scale, Left)
    picker = home.window.annotate.reference_picker
    assert [choice.name for choice in picker.model.values][:2] == ["fish & chips", "밥그릇"]
    for row in (2, 0):
        picker.list.customContextMenuRequested.emit(picker.list.visualRect(picker.model.index(row)).center())
    (menu,) = picker.findChildren(QMenu)
    (forget,) = menu.actions()
    assert forget.text() == "Forget fish && chips"
    QTest.mouseClick(menu, Left, pos=menu.actionGeometry(forget).center())
    assert picker.isVisible() and picker.model.values[0].name == "밥그릇"
    assert [plate.name for plate in home.settings.plates()] == ["밥그릇"]
    assert home.settings.get(LAST_REFERENCE) == "" and "forgotten" in home.window.status.text


def test_a_new_plate_and_a_line_give_the_scale_too(qtbot, home: Home):
    flow = home.window.annotate
    press(home, Key.Key_S)
    flow.reference_picker.plate.setValue(240)
    QTest.mouseClick(button(flow.reference_picker, "Use this plate"), Left)
    click(home, 200, 150)
    qtbot.waitUntil(lambda: home.session.scale is not None)
    assert home.session.references[0].kind == "plate-240"
    assert [plate.diameter_mm for plate in home.settings.plates()] == [240]
    QTest.mouseClick(flow.area.scale, Left)
    flow.reference_picker.line.setValue(50)
    QTest.mouseClick(button(flow.reference_picker, "Draw a line"), Left)
    home.canvas.line_drawn.emit(10.0, 20.0, 110.0, 20.0)
    assert ScaleReference in {type(r) for r in home.session.references if r.kind == "line"}


def test_a_typed_weight_stays_when_the_scale_comes(qtbot, home: Home):
    home.settings.set(LAST_REFERENCE, "coin-cny-1")
    mark(qtbot, home, 100, 150, "rice")
    item = home.session.annotations[0]
    home.window.annotate.panel.row(item.id).details.grams.setValue(321)
    press(home, Key.Key_S)
    click(home, 300, 200)
    qtbot.waitUntil(lambda: home.session.scale is not None)
    assert home.session.annotations[0].portion.grams.value == 321


def test_a_number_of_the_chain_can_be_typed_and_the_estimate_called_back(qtbot, home: Home):
    home.settings.set(LAST_REFERENCE, "coin-cny-1")
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_S)
    click(home, 300, 200)
    qtbot.waitUntil(lambda: home.session.scale is not None)
    item = home.session.annotations[0]
    home.window.annotate.select(item.id)
    details = home.window.annotate.panel.row(item.id).details
    estimated = home.session.annotations[0].portion.grams.value
    numbers = details.chain.findChildren
    qtbot.waitUntil(lambda: any(n.isVisible() and n.accessibleName() == "thickness" for n in numbers(ChainNumber)))
    thickness = next(n for n in numbers(ChainNumber) if n.isVisible() and n.accessibleName() == "thickness")
    doubled = 2 * home.session.annotations[0].portion.step("thickness").value.value
    thickness.setFocus()
    type_text(f"{doubled:.4f}")
    press(home, Key.Key_Return)
    assert home.session.annotations[0].portion.grams.value == pytest.approx(2 * estimated, rel=0.01)
    assert details.again.isVisible()
    QTest.mouseClick(details.again, Left)
    assert home.session.annotations[0].portion.grams.value == pytest.approx(estimated)


def test_servings_give_grams(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "tteokbokki")
    item = home.session.annotations[0]
    details = home.window.annotate.panel.row(item.id).details
    details.servings.setValue(1.5)
    each = home.session.food_of(item).servings[0].grams
    assert home.session.annotations[0].portion.grams.value == pytest.approx(1.5 * each)


@pytest.mark.parametrize(("food", "words"), [("apple raw", "of average size"), ("pancake", "one serving")])
def test_without_a_scale_the_item_says_once_that_there_is_none_and_what_its_grams_are_of(
    qtbot, home: Home, food: str, words: str
):
    mark(qtbot, home, 100, 150, food)
    (item,) = home.session.annotations
    panel = home.window.annotate.panel
    row = panel.row(item.id)
    shown = texts_of(row)
    assert [text for text in shown if "no scale" in text.lower()] == [row.details.note.text()]
    assert words in row.details.note.text() and any(text.startswith("for one") and words in text for text in shown)
    assert "portion each" in panel.interval.toolTip()
    assert row.minimumSizeHint().width() <= panel.width()
    portion, known = item.portion, home.session.food_of(item)
    assert portion is not None and known is not None
    if "serving" in words:
        # One and the same serving: the grams, and the count in the box beside them.
        assert portion.grams.value == known.serving.grams and row.details.servings.value() == 1
    home.session.set_servings(item.id, 9, known.serving.grams)
    assert not any(text.startswith("for one") for text in texts_of(row))
    assert "portion each" not in panel.interval.toolTip()


def test_a_box_around_a_plate_is_its_rim_at_once_without_a_mask(qtbot, home: Home):
    """A click needs a worker that finds it; a box says where it is."""
    home.settings.set(LAST_REFERENCE, "plate-230")
    home.worker.holds_back = True
    press(home, Key.Key_S)
    drag(home, [(100, 60), (200, 120), (300, 240)])
    assert home.session.scale is not None and home.canvas.tool == "point"
    assert home.session.scale.mm_per_px == pytest.approx(230 / 200, rel=0.03)
    assert not home.prompts.active and home.session.annotations == ()
