"""The daily job through the real window: photo, click, food, grams, diary, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.storage.settings import LAST_REFERENCE
from foodcal_desktop.ui.chain_edit import ChainNumber
from tests.ui.conftest import Home, disc

Left, Right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
NoKeys, Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def click(home: Home, x: float, y: float, button: Qt.MouseButton = Left) -> None:
    QTest.mouseClick(home.canvas, button, NoKeys, home.at(x, y))


def click_and_wait(qtbot: QtBot, home: Home, x: float, y: float) -> None:
    click(home, x, y)
    qtbot.waitUntil(lambda: bool(home.prompts.candidates) and not home.prompts.waiting)


def press(home: Home, key: Qt.Key, keys: Qt.KeyboardModifier = NoKeys) -> None:
    """A key where the focus is, as a person presses it."""
    focus = QApplication.focusWidget()
    assert isinstance(focus, QWidget)
    QTest.keyClick(focus, key, keys)


def type_text(text: str) -> None:
    for letter in text:
        QTest.keyClicks(QApplication.focusWidget(), letter)


def name_it(home: Home, text: str) -> None:
    assert home.window.annotate.food_picker.isVisible()
    type_text(text)
    press(home, Key.Key_Return)


def mark(qtbot: QtBot, home: Home, x: float, y: float, food: str) -> None:
    click_and_wait(qtbot, home, x, y)
    press(home, Key.Key_Return)
    name_it(home, food)


def test_from_a_click_to_the_diary_and_still_there_in_another_window(qtbot, make_home, home: Home):
    mark(qtbot, home, 100, 150, "tteokbokki")
    item = home.session.annotations[0]
    assert "tteokbokki" in item.label.lower()
    assert item.mask == disc(*center_of_click(home), 30)
    panel = home.window.annotate.panel
    details = panel.row(item.id).details
    details.grams.setFocus()
    details.grams.selectAll()
    type_text("260")
    press(home, Key.Key_Return)
    assert home.session.annotations[0].portion.grams.value == 260
    assert panel.kcal.text() == f"{260 * home.session.food_of(item).nutrients.kcal / 100:.0f}"
    home.canvas.setFocus()
    press(home, Key.Key_Return, Ctrl)
    press(home, Key.Key_2, Ctrl)
    cards = home.window.diary_page.cards
    assert [entry.grams.value for entry in home.diary.summary.entries] == [260]
    assert len(cards) == 1

    again: Home = make_home()
    assert [entry.name for entry in again.diary.summary.entries] == [item.label]


def center_of(home: Home, x: float, y: float) -> tuple[float, float]:
    """The photo point that a click at this place really meets."""
    point = home.canvas.view.to_photo(home.at(x, y).toPointF())
    return point.x(), point.y()


def center_of_click(home: Home) -> tuple[float, float]:
    point = home.worker.asked[0].points[0]
    return point.x, point.y


def test_the_picker_opens_by_itself_finds_korean_and_arrows_choose(qtbot, home: Home):
    click_and_wait(qtbot, home, 100, 150)
    press(home, Key.Key_Return)
    picker = home.window.annotate.food_picker
    assert picker.isVisible() and picker.field.hasFocus()
    picker.field.setText("떡볶이")
    assert "떡볶이" in picker.model.values[0].name_ko
    second = picker.model.values[1]
    press(home, Key.Key_Down)
    press(home, Key.Key_Return)
    assert home.session.annotations[0].food_id == second.id
    assert home.canvas.hasFocus() and not picker.isVisible()


def test_a_click_on_the_next_food_is_not_lost_while_the_picker_is_open(qtbot, home: Home):
    click_and_wait(qtbot, home, 60, 150)
    press(home, Key.Key_Return)
    picker = home.window.annotate.food_picker
    assert picker.isVisible()
    click_and_wait(qtbot, home, 60, 60)
    assert not picker.isVisible()
    assert len(home.prompts.prompts.points) == 1


def test_escape_discards_the_prompts_and_never_an_accepted_mask(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    click_and_wait(qtbot, home, 250, 150)
    press(home, Key.Key_Escape)
    assert home.prompts.prompts.is_empty and not home.prompts.candidates
    press(home, Key.Key_Escape)
    assert len(home.session.annotations) == 1


def test_tab_cycles_the_candidates_and_the_chosen_one_is_accepted(qtbot, home: Home):
    click_and_wait(qtbot, home, 100, 150)
    sizes = [c.mask.area for c in home.prompts.candidates]
    press(home, Key.Key_Tab)
    assert home.canvas.hasFocus()
    assert home.canvas.overlay.candidate.area == sizes[1]
    press(home, Key.Key_Tab)
    press(home, Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    press(home, Key.Key_Return)
    assert home.session.annotations[0].mask.area == sizes[1]


def test_clicks_made_while_encoding_are_shown_and_answered_when_it_is_done(qtbot, home: Home):
    home.worker.holds_back = True
    click(home, 100, 150)
    click(home, 140, 150, Right)
    press(home, Key.Key_Return)
    assert [len(kept.points) for kept in home.canvas.overlay.kept] == [2]
    assert not home.session.annotations
    home.worker.answer()
    assert len(home.session.annotations) == 1


def test_what_is_typed_while_an_accept_waits_is_the_name_and_no_key_of_a_tool(qtbot, home: Home):
    home.worker.holds_back = True
    click(home, 100, 150)
    press(home, Key.Key_Return)
    type_text("boiled egg")
    press(home, Key.Key_Return)
    assert home.canvas.tool == "point" and not home.session.annotations
    home.worker.answer()
    item = home.session.annotations[0]
    assert "egg" in item.label.lower()
    assert not home.window.annotate.food_picker.isVisible()


def test_the_mask_may_come_while_its_name_is_still_being_typed(qtbot, home: Home):
    home.worker.holds_back = True
    click(home, 100, 150)
    press(home, Key.Key_Return)
    type_text("boiled")
    home.worker.answer()
    assert len(home.session.annotations) == 1
    type_text(" egg")
    press(home, Key.Key_Return)
    assert "egg" in home.session.annotations[0].label.lower()


def test_two_foods_clicked_and_accepted_while_encoding_are_both_there(qtbot, home: Home):
    home.worker.holds_back = True
    for x in (60, 300):
        click(home, x, 60)
        press(home, Key.Key_Return)
        press(home, Key.Key_Escape)
    home.worker.answer()
    home.worker.answer()
    assert [round(a.mask.x + a.mask.w / 2, -1) for a in home.session.annotations] == [60, 300]


def test_undo_takes_back_prompts_then_masks_and_redo_makes_them_again(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    click_and_wait(qtbot, home, 250, 150)
    press(home, Key.Key_Z, Ctrl)
    assert home.prompts.prompts.is_empty
    labels = []
    while home.session.annotations:
        labels.append(home.session.annotations[0].label)
        press(home, Key.Key_Z, Ctrl)
    assert labels[-1] == ""
    for _ in labels:
        press(home, Key.Key_Y, Ctrl)
    assert home.session.annotations[0].label == labels[0]


def test_delete_removes_the_selected_mask_and_undo_brings_it_back(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    before = home.session.annotations
    QTest.mouseClick(home.canvas, Left, Ctrl, home.at(100, 150))
    press(home, Key.Key_Delete)
    assert home.session.annotations == ()
    assert "Ctrl+Z" in home.window.status.text
    press(home, Key.Key_Z, Ctrl)
    assert home.session.annotations == before


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


def button(parent: QWidget, text: str) -> QWidget:
    return next(b for b in parent.findChildren(QPushButton) if b.text() == text)


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


def test_pasted_and_dropped_photos_are_opened(qtbot, make_home: Callable[[], Home], photo_file: Path):
    home = make_home()
    QGuiApplication.clipboard().setImage(QImage(str(photo_file)))
    home.canvas.setFocus()
    with qtbot.waitSignal(home.session.opened):
        press(home, Key.Key_V, Ctrl)
    assert (home.session.photo.width, home.session.photo.height) == (400, 300)
    with qtbot.waitSignal(home.session.opened):
        home.canvas.paths_dropped.emit([str(photo_file)])
    assert home.session.photo.path == str(photo_file)
    assert len(home.library) == 2


def test_a_file_that_is_no_photo_gets_a_sentence_and_the_others_load(qtbot, home: Home, tmp_path: Path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a broken.jpg").write_bytes(b"nothing")
    Image.fromarray(np.zeros((30, 40, 3), np.uint8)).save(folder / "b good.png")
    with qtbot.waitSignal(home.library.failed):
        home.canvas.paths_dropped.emit([str(folder)])
    assert "a broken.jpg" in home.window.status.text
    with qtbot.waitSignal(home.session.opened):
        press_next(home)
    assert home.session.photo.width == 40


def press_next(home: Home) -> None:
    home.canvas.setFocus()
    press(home, Key.Key_D)


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


def test_the_palette_finds_an_action_by_its_name_and_runs_it(qtbot, home: Home):
    press(home, Key.Key_K, Ctrl)
    palette = home.window.palette_card
    assert palette.isVisible()
    type_text("diary")
    names = [command.name for command in palette.model.values]
    assert names[0] == "Diary"
    press(home, Key.Key_Return)
    assert home.window.pages.currentWidget() is home.window.diary_page


def test_states_are_marked_by_keys_and_shown_in_the_queue(qtbot, home: Home):
    press(home, Key.Key_X)
    assert home.library.item(0).state == "done"
    press(home, Key.Key_R)
    assert home.library.item(0).state == "review"


@pytest.mark.parametrize("state", ["starting", "encoding", "restarting"])
def test_the_status_says_that_clicks_are_kept(home: Home, state: str):
    home.worker.holds_back = True
    home.worker.state_changed.emit(state)
    assert "clicks are kept" in home.window.status.text


def test_encoding_the_next_photos_ahead_is_nothing_to_wait_for(home: Home):
    home.worker.state_changed.emit("encoding")
    assert home.window.status.text == "Everything is saved"


def test_the_window_remembers_its_size(qtbot, make_home: Callable[[], Home]):
    first = make_home()
    first.window.resize(950, 650)
    qtbot.waitUntil(lambda: first.window.height() == 650)
    first.window.close()
    assert make_home().window.height() == 650
