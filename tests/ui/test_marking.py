"""From clicks to named masks through the real window, and back."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from foodcal_desktop.core.overlap import exclusive_by_id, exclusive_by_size
from tests.ui.conftest import Home, disc
from tests.ui.hands import Ctrl, Key, Left, Right, click, click_and_wait, mark, name_it, press, type_text


def center_of_click(home: Home) -> tuple[float, float]:
    point = home.worker.asked[0].points[0]
    return point.x, point.y


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


def test_a_correction_accepted_of_a_mask_that_was_deleted_meanwhile_ends_quietly(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_C)
    home.worker.holds_back = True
    click(home, 120, 150)
    press(home, Key.Key_Return)
    press(home, Key.Key_Delete)
    home.worker.answer()
    assert not home.session.annotations and not home.prompts.active
    press(home, Key.Key_Z, Ctrl)
    assert len(home.session.annotations) == 1


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


def test_the_strip_of_candidates_never_covers_what_the_hint_says(qtbot, home: Home):
    click_and_wait(qtbot, home, 200, 2)
    area = home.window.annotate.area
    assert area.strip.isVisible() and area.hint.isVisible()
    area._follow(200, -60)
    assert not area.strip.geometry().intersects(area.hint.geometry())


def test_the_tiles_of_candidates_say_nothing_that_contradicts_their_order(qtbot, home: Home):
    click_and_wait(qtbot, home, 200, 100)
    strip = home.window.annotate.area.strip
    shown = strip.candidates
    assert len(shown) == 3
    first = strip.grab().toImage()
    # The order follows more than the predicted IoU, which may be larger for one that stands behind.
    strip.show_candidates([replace(c, predicted_iou=p) for c, p in zip(shown, (0.24, 0.32, 0.1), strict=True)], 0, 0)
    assert strip.grab().toImage() == first
    strip.show_candidates(shown, 1, 0)
    assert strip.grab().toImage() != first


def area_px(home: Home, annotation_id: str) -> int:
    return exclusive_by_id(home.session.annotations)[annotation_id].area


def test_an_egg_marked_before_its_bowl_keeps_its_pixels_until_the_user_moves_it(qtbot, home: Home):
    mark(qtbot, home, 150, 150, "egg")
    (egg,) = home.session.annotations
    click_and_wait(qtbot, home, 155, 150)
    press(home, Key.Key_Tab)
    press(home, Key.Key_Return)
    name_it(home, "rice")
    rice, top = home.session.annotations
    assert (top.id, rice.mask.intersection(egg.mask)) == (egg.id, egg.mask)
    assert area_px(home, egg.id) == egg.mask.area
    assert area_px(home, rice.id) == rice.mask.area - egg.mask.area
    own = exclusive_by_id(home.session.annotations)
    assert (own[egg.id], own[rice.id]) == exclusive_by_size([egg.mask, rice.mask])
    home.window.annotate.select(egg.id)
    home.canvas.setFocus()
    home.window.actions_table["mask.down"].trigger()
    assert area_px(home, egg.id) == 0 and home.session.annotations[0].id == egg.id
    press(home, Key.Key_Z, Ctrl)
    assert home.session.annotations[-1].id == egg.id
    press(home, Key.Key_Z, Ctrl)
    press(home, Key.Key_Z, Ctrl)
    (left,) = home.session.annotations
    assert (left.id, left.order) == (egg.id, egg.order), "undoing the bowl leaves the egg where it was"


def test_several_masks_get_their_name_at_once_and_lose_it_at_once(qtbot, home: Home):
    for x in (60, 160, 250):
        mark(qtbot, home, x, 150, "rice")
    first, second, _ = (a.id for a in home.session.annotations)
    home.window.annotate.select(first)
    home.window.annotate.select(second, extend=True)
    rows = [home.window.annotate.panel.row(a.id).property("role") for a in home.session.annotations]
    assert rows == ["item-open", "item-open", "item"]
    press(home, Key.Key_F2)
    name_it(home, "tteokbokki")
    labels = [a.label for a in home.session.annotations]
    assert "tteokbokki" in labels[0].lower() and labels[0] == labels[1] != labels[2]
    press(home, Key.Key_Z, Ctrl)
    assert {a.label for a in home.session.annotations} == {labels[2]}


def test_what_was_marked_last_is_offered_before_a_letter_is_typed(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "tteokbokki")
    click_and_wait(qtbot, home, 250, 150)
    press(home, Key.Key_Return)
    press(home, Key.Key_Return)
    assert len({a.food_id for a in home.session.annotations}) == 1
    assert len(home.session.annotations) == 2


def test_what_is_no_food_gets_a_label_alone(qtbot, home: Home):
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_F2)
    type_text("plate")
    assert home.window.annotate.food_picker.label_only.isVisible()
    press(home, Key.Key_Return, Ctrl)
    (item,) = home.session.annotations
    assert (item.label, item.food_id, item.portion) == ("plate", None, None)
    assert not home.diary.summary.entries
    assert not home.window.annotate.food_picker.isVisible()
    press(home, Key.Key_Z, Ctrl)
    assert home.session.annotations[0].food_id is not None
    press(home, Key.Key_2, Ctrl)
    press(home, Key.Key_N)
    type_text("plate")
    assert not home.window.diary_page.food_picker.label_only.isVisible()
