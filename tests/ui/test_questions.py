"""The one question in the panel: asked, answered, taken back, waved away, with real clicks and keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.ui.question_line import QuestionLine
from tests.ui.conftest import Home, disc

Left, Ctrl = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier


def line(home: Home) -> QuestionLine:
    return home.window.annotate.panel.question


def asked(home: Home) -> str:
    question = home.window.flows.portion.questions._asked
    return question.kind if question else ""


def undo(home: Home) -> None:
    home.canvas.setFocus()
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Z, Ctrl)


def measured(home: Home, name: str) -> str:
    """A food of that name, and a scale by a line of 300 px."""
    item = home.session.add(disc(150, 150, 60))
    home.session.set_food(item.id, home.window.annotate.food_picker.matches(name)[0])
    assert home.session.photo is not None
    line_of = ScaleReference("r", home.session.photo.sha256, "line", None, (20, 20, 320, 20), 300.0)
    home.session.add_reference(line_of)
    return item.id


def kcal(home: Home) -> tuple[float, float]:
    """How wide the meal's interval is shown, as low and high."""
    low, high = home.window.annotate.panel.interval.text().strip("()").split("–")
    return float(low), float(high)


def test_without_a_scale_it_asks_how_many_servings_and_the_answer_narrows_the_interval(home: Home) -> None:
    item = home.session.add(disc(150, 150, 60))
    home.session.set_food(item.id, home.window.annotate.food_picker.matches("kimchi stew")[0])
    assert asked(home) == "serving" and line(home).isVisible()
    before = kcal(home)
    two = next(text for text in line(home)._choices if text.startswith("2 ×"))
    QTest.mouseClick(line(home).button(two), Left)
    after = kcal(home)
    assert (after[1] / after[0]) < (before[1] / before[0])
    portion = home.session.annotations[0].portion
    food = home.session.food_of(home.session.annotations[0])
    assert portion is not None and portion.typed and food is not None
    assert portion.grams.value == pytest.approx(2 * food.serving.grams)
    assert f"({before[0]:.0f}–{before[1]:.0f}) → " in home.window.status.text
    assert asked(home) != "serving"
    undo(home)
    assert asked(home) == "serving" and kcal(home) == before


def test_a_height_is_a_thickness_that_stays_when_the_scale_changes(home: Home) -> None:
    measured(home, "rice, white, cooked")
    assert asked(home) == "height"
    QTest.mouseClick(line(home).button(line(home)._choices[-1]), Left)
    step = home.session.annotations[0].portion.step("thickness")
    assert step.typed and not step.value.is_exact and "as you said" in step.source
    assert home.session.photo is not None
    other = ScaleReference("q", home.session.photo.sha256, "line", None, (20, 20, 320, 20), 240.0)
    home.session.add_reference(other)
    assert home.session.annotations[0].portion.step("thickness") == step
    assert asked(home) != "height"


def test_oil_changes_energy_and_fat_and_is_not_asked_again_when_waved_away(home: Home, qtbot) -> None:
    item = home.session.add(disc(150, 150, 60))
    home.session.set_food(item.id, home.window.annotate.food_picker.matches("fried rice")[0])
    home.session.set_grams(item.id, 200)
    assert asked(home) == "oil"
    before, totals = kcal(home), home.window.annotate.panel.kcal.text()
    QTest.mouseClick(line(home).button("A tablespoon"), Left)
    assert float(home.window.annotate.panel.kcal.text()) == pytest.approx(float(totals) + 120, abs=2)
    assert kcal(home)[1] - kcal(home)[0] < before[1] - before[0]
    home.session.log("lunch", home.diary.day)
    (entry,) = home.diary.summary.entries
    assert entry.kcal.value == pytest.approx(float(totals) + 120, abs=2)
    assert entry.energy_spread == pytest.approx(0.05)
    undo(home)
    undo(home)
    assert asked(home) == "oil"
    QTest.mouseClick(line(home).wave, Left)
    assert asked(home) == "" and not line(home).isVisible()
    with qtbot.waitSignal(home.session.opened):
        home.library.select(0)
    assert asked(home) == ""


def test_of_two_items_of_one_name_the_question_shows_the_colour_of_the_one_it_is_about(home: Home) -> None:
    for x in (120, 260):
        item = home.session.add(disc(x, 150, 50))
        home.session.set_food(item.id, home.window.annotate.food_picker.matches("kimchi stew")[0])
    asked_about = home.window.annotate.panel.question
    first, second = home.session.annotations
    assert asked_about.swatch.isVisible()
    hues = {item.id: home.window.annotate.hue_of(item.id) for item in (first, second)}
    assert hues[first.id] != hues[second.id] and asked_about.swatch._hue in hues.values()
    home.session.delete([second.id])
    assert asked_about.isVisible() and not asked_about.swatch.isVisible()
