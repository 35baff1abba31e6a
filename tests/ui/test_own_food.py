"""A food that the table does not have becomes one of the user's own, where it is missed."""

from __future__ import annotations

from tests.ui.conftest import Home
from tests.ui.hands import Ctrl, Key, press, type_text


def _asked_for(qtbot, home: Home, name: str):
    press(home, Key.Key_2, Ctrl)
    press(home, Key.Key_N)
    picker = home.window.diary_page.food_picker
    picker.field.setText(name)
    return picker


def test_what_is_not_in_the_table_is_added_by_keys_alone_and_logged(qtbot, home: Home):
    picker = _asked_for(qtbot, home, "Zzyzx qwerty")
    assert "Zzyzx" in picker.hint.text() and picker.own.isVisible()
    press(home, Key.Key_Return)
    assert picker.isVisible() and picker.form.isVisible() and not picker.field.isVisible()
    type_text("530")
    press(home, Key.Key_Tab)
    picker.form.grams.selectAll()
    type_text("250")
    press(home, Key.Key_Return)
    (entry,) = home.diary.summary.entries
    assert (entry.name, entry.kcal_per_100g) == ("Zzyzx qwerty", 212)
    assert entry.grams.value == 250


def test_nutrients_left_empty_are_not_known_and_the_sums_say_so(qtbot, home: Home):
    picker = _asked_for(qtbot, home, "Zzyzx qwerty")
    press(home, Key.Key_Return)
    type_text("530")
    picker.form.protein.setFocus()
    type_text("12")
    picker.form.fat.setFocus()
    picker.form.fat.selectAll()
    type_text("0")
    press(home, Key.Key_Return)
    (entry,) = home.diary.summary.entries
    assert (entry.protein_per_100g, entry.fat_per_100g, entry.carbohydrate_per_100g) == (12, 0, None)
    panel = home.window.diary_page.panel
    assert [text.text() for text in panel._grams] == ["12 g", "–", "0 g"]
    assert panel.incomplete.isVisible() and "1 food" in panel.incomplete.text()
    picker = _asked_for(qtbot, home, "Zzyzx qwerty")
    picker.own.click()
    form = picker.form
    assert (form.protein.known, form.fat.known, form.carbohydrate.known) == (12, 0, None)
    # What is emptied is not known any more; what is typed after all is.
    form.protein.setFocus()
    form.protein.selectAll()
    press(home, Key.Key_Delete)
    form.carbohydrate.setFocus()
    form.carbohydrate.selectAll()
    type_text("7.5")
    press(home, Key.Key_Return)
    macros = {(e.protein_per_100g, e.carbohydrate_per_100g) for e in home.diary.summary.entries}
    assert macros == {(12, None), (None, 7.5)}
    assert [text.text() for text in panel._grams] == ["12 g", "8 g", "0 g"] and "2 foods" in panel.incomplete.text()


def test_an_own_food_is_found_again_corrected_and_forgotten(qtbot, home: Home):
    picker = _asked_for(qtbot, home, "Zzyzx qwerty")
    press(home, Key.Key_Return)
    type_text("100")
    press(home, Key.Key_Return)
    picker = _asked_for(qtbot, home, "zzyzx qwerty")
    assert picker.model.values[0].nutrients.kcal == 100
    picker.own.click()
    assert picker.form.kcal.value() == 100
    type_text("150")
    press(home, Key.Key_Return)
    assert {(e.name, e.kcal_per_100g) for e in home.diary.summary.entries} == {
        ("Zzyzx qwerty", 100),
        ("Zzyzx qwerty", 150),
    }
    picker = _asked_for(qtbot, home, "Zzyzx qwerty")
    picker.own.click()
    picker.form.forget.click()
    picker = _asked_for(qtbot, home, "Zzyzx qwerty")
    assert not picker.model.values and len(home.diary.summary.entries) == 2


def test_impossible_figures_are_told_and_nothing_is_kept(qtbot, home: Home):
    picker = _asked_for(qtbot, home, "Zzyzx qwerty")
    press(home, Key.Key_Return)
    press(home, Key.Key_Return)
    assert picker.form.note.text()
    type_text("5000")
    press(home, Key.Key_Return)
    assert "pure fat" in picker.form.note.text()
    press(home, Key.Key_Escape)
    assert not picker.isVisible() and not home.diary.summary.entries
