"""The kitchen scale in an opened item: typed by a person, learned, undone, forgotten."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.ui.item_details import ItemDetails
from tests.ui.conftest import Home, disc
from tests.ui.hands import Ctrl, Key, Left, NoKeys, mark, press, type_text


def lay_scale(home: Home) -> None:
    """A line of 100 mm over 200 pixels."""
    sha256 = home.session.photo.sha256
    home.session.add_reference(ScaleReference("line", sha256, "line", line=(10, 10, 210, 10), length_mm=100.0))


def opened(home: Home, item: Annotation) -> ItemDetails:
    """The details of an item, opened by a click on its row."""
    QApplication.processEvents()
    row = home.window.annotate.panel.row(item.id)
    if not row.is_open:
        in_sight(row)
        QTest.mouseClick(row, Left, NoKeys, QPoint(row.width() // 2, 12))
    details = home.window.annotate.panel.row(item.id).details
    QApplication.processEvents()
    assert details.isVisible()
    return details


def in_sight(widget: QWidget) -> None:
    """Scroll to a widget of the panel, as a person does before clicking it."""
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    if isinstance(parent, QScrollArea):
        parent.ensureWidgetVisible(widget)


def weigh(home: Home, item: Annotation, grams: int) -> ItemDetails:
    details = opened(home, item)
    in_sight(details.weighing.grams)
    QTest.mouseClick(details.weighing.grams.lineEdit(), Left)
    details.weighing.grams.selectAll()
    type_text(str(grams))
    press(home, Key.Key_Return)
    return details


def thickness_source(item: Annotation) -> str:
    step = item.portion.step("thickness")
    assert step is not None
    return step.source


def test_a_weight_stays_typed_teaches_the_thickness_and_the_next_estimate_uses_it(qtbot: QtBot, home: Home):
    lay_scale(home)
    mark(qtbot, home, 100, 150, "tteokbokki")
    mark(qtbot, home, 260, 150, "tteokbokki")
    first, second = home.session.annotations
    assert first.portion.grams.value == pytest.approx(second.portion.grams.value, rel=0.02)
    weighed = round(first.portion.grams.value * 1.8)
    details = weigh(home, first, weighed)
    first, taught = home.session.annotations
    assert first.portion.grams.value == weighed and first.portion.typed
    assert first.portion.step("mass").source == "your kitchen scale"
    assert details.weighing.learned.text().startswith("Thickness of ")
    assert "from 1 weighing; its error was" in details.weighing.learned.text()
    assert home.window.status.text == details.weighing.learned.text()
    assert taught.portion.grams.value > 1.2 * second.portion.grams.value
    assert "your kitchen scale, 1 weighing" in thickness_source(taught)
    weigh(home, taught, round(weighed * 1.05))
    details = opened(home, home.session.annotations[1])
    assert "from 2 weighings; its error went from" in details.weighing.learned.text()
    mark(qtbot, home, 180, 250, "tteokbokki")
    assert "2 weighings" in thickness_source(home.session.annotations[2])
    # The chain says so on hover.
    home.window.annotate.select(home.session.annotations[2].id)
    tips = [w.toolTip() for w in opened(home, home.session.annotations[2]).chain.findChildren(QWidget)]
    assert any("your kitchen scale" in tip for tip in tips)


def test_undo_takes_weight_and_learning_back_and_redo_brings_both(qtbot: QtBot, home: Home):
    lay_scale(home)
    mark(qtbot, home, 100, 150, "tteokbokki")
    before = home.session.annotations
    weigh(home, before[0], 400)
    after = home.session.annotations
    home.canvas.setFocus()
    press(home, Key.Key_Z, Ctrl)
    assert home.session.annotations == before
    assert home.session.store.weighings() == []
    assert opened(home, before[0]).weighing.learned.text() == ""
    home.canvas.setFocus()
    press(home, Key.Key_Y, Ctrl)
    assert home.session.annotations == after
    assert [w.grams for w in home.session.store.weighings()] == [400]


def test_forgetting_leaves_the_weight_and_is_undone(qtbot: QtBot, home: Home):
    lay_scale(home)
    mark(qtbot, home, 100, 150, "tteokbokki")
    mark(qtbot, home, 260, 150, "tteokbokki")
    untaught = home.session.annotations[1].portion
    weigh(home, home.session.annotations[0], 400)
    details = opened(home, home.session.annotations[0])
    in_sight(details.weighing.forget)
    QTest.mouseClick(details.weighing.forget, Qt.MouseButton.LeftButton)
    assert home.session.annotations[0].portion.grams.value == 400
    assert home.session.annotations[1].portion == untaught
    assert home.session.store.weighings() == []
    assert "forgotten" in home.window.status.text
    home.canvas.setFocus()
    press(home, Key.Key_Z, Ctrl)
    assert [w.grams for w in home.session.store.weighings()] == [400]
    assert home.session.annotations[1].portion != untaught


def test_the_weighing_follows_its_mask_its_scale_and_its_name(qtbot: QtBot, home: Home):
    mark(qtbot, home, 100, 150, "tteokbokki")
    (item,) = home.session.annotations
    details = weigh(home, item, 300)
    (weighing,) = home.session.store.weighings()
    assert weighing.area_cm2 is None
    assert "coin" in details.weighing.learned.text()
    lay_scale(home)
    (scaled,) = home.session.store.weighings()
    assert scaled.area_cm2 > 0
    home.session.set_mask(item.id, disc(100, 150, 60))
    (larger,) = home.session.store.weighings()
    assert larger.area_cm2 == pytest.approx(4 * scaled.area_cm2, rel=0.05)
    assert home.session.annotations[0].portion.grams.value == 300
    home.session.set_food(item.id, home.session.foods.search("boiled egg")[0])
    (renamed,) = home.session.store.weighings()
    assert renamed.food_id == home.session.annotations[0].food_id != larger.food_id
    home.session.set_grams(item.id, 55)
    assert home.session.store.weighings() == []


def test_what_was_learned_is_there_in_another_window(qtbot: QtBot, home: Home, make_home: Callable[[], Home]):
    lay_scale(home)
    mark(qtbot, home, 100, 150, "tteokbokki")
    (item,) = home.session.annotations
    weigh(home, item, 400)
    other = make_home()
    food = other.session.foods.by_id(item.food_id)
    assert isinstance(other.session.foods, FoodSearch)
    learned = other.session.foods.estimator.priors.of(food)
    assert learned.thickness_mm > other.session.foods.base_priors.of(food).thickness_mm
    assert learned.source == "your kitchen scale, 1 weighing"


def test_a_weight_without_a_name_is_refused(home: Home, qtbot: QtBot):
    mark(qtbot, home, 100, 150, "tteokbokki")
    item = home.session.add(disc(300, 100, 20))
    with pytest.raises(ValueError, match="what food"):
        home.window.annotate.weighing.weigh(item.id, 10)
