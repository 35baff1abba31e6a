"""The chain from pixels to kcal in an opened item: each link seen, typed, slid and freed with real keys and clicks."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from foodcal_desktop.core.portion import Portion
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.ui.chain_edit import ChainNumber
from foodcal_desktop.ui.item_details import ItemDetails
from tests.ui.conftest import Home, disc

Left, Key = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def measured(home: Home) -> Home:
    """Rice of some area on a photo with a scale, its row open."""
    item = home.session.add(disc(150, 150, 60))
    home.session.set_food(item.id, home.window.annotate.food_picker.matches("rice, white, cooked")[0])
    assert home.session.photo is not None
    home.session.add_reference(ScaleReference("r", home.session.photo.sha256, "line", None, (20, 20, 320, 20), 300.0))
    home.window.annotate.select(item.id)
    return home


def details(home: Home) -> ItemDetails:
    return home.window.annotate.panel.row(home.session.annotations[0].id).details


def portion(home: Home) -> Portion:
    found = home.session.annotations[0].portion
    assert found is not None
    return found


def number(home: Home, name: str) -> ChainNumber:
    return details(home).chain.number(name)


def typed(home: Home, name: str, text: str) -> None:
    """Click the number, type over it, Enter."""
    field = number(home, name)
    QTest.mouseClick(field, Left, Qt.KeyboardModifier.NoModifier, QPoint(4, 8))
    field.setFocus()
    QTest.keyClick(field, Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(field, Key.Key_Delete)
    QTest.keyClicks(field, text)
    QTest.keyClick(field, Key.Key_Return)


def test_every_link_is_there_with_its_source_and_its_interval(measured: Home) -> None:
    chain = details(measured).chain
    words = " ".join(w.text() for w in chain.findChildren(type(chain._add_word(""))))
    assert "px →" in words and all(unit in words for unit in ("cm²", "mm", "ml", "g/ml", "g", "kcal/100 g", "kcal"))
    for name in ("area", "thickness", "volume", "density", "mass", "energy", "kcal"):
        number(measured, name).setFocus()
        assert number(measured, name).toolTip()
        assert number(measured, name).text() in details(measured).source.text()
        assert "–" in details(measured).source.text()


def test_a_typed_thickness_stays_typed_when_the_area_changes_and_goes_when_emptied(measured: Home) -> None:
    estimate = portion(measured)
    typed(measured, "thickness", "31")
    assert portion(measured).step("thickness").typed and portion(measured).step("thickness").value.value == 31
    assert number(measured, "thickness").hasFocus() and details(measured).source.text().startswith("31 mm")
    measured.session.set_mask(measured.session.annotations[0].id, disc(150, 150, 70))
    assert portion(measured).step("thickness").value.value == 31
    measured.session.set_mask(measured.session.annotations[0].id, disc(150, 150, 60))
    typed(measured, "thickness", "")
    assert portion(measured).grams == estimate.grams and not portion(measured).step("thickness").typed


def test_typed_energy_and_typed_kcal_move_what_they_should(measured: Home) -> None:
    grams = portion(measured).grams.value
    typed(measured, "energy", "200")
    assert portion(measured).grams.value == grams
    assert float(measured.window.annotate.panel.kcal.text()) == pytest.approx(2 * grams, abs=1)
    measured.session.set_mask(measured.session.annotations[0].id, disc(150, 150, 61))
    assert portion(measured).step("energy").value.value == 200
    typed(measured, "kcal", "500")
    assert portion(measured).grams.value == pytest.approx(250)
    assert measured.window.annotate.panel.kcal.text() == "500"
    QTest.mouseClick(details(measured).again, Left)
    assert not portion(measured).typed and portion(measured).step("energy") is None


def test_the_slider_moves_the_link_that_is_looked_at(measured: Home) -> None:
    number(measured, "density").setFocus()
    low = portion(measured).step("density").value.low
    slider = details(measured).slider
    QTest.mouseClick(slider, Left, Qt.KeyboardModifier.NoModifier, QPoint(4, slider.height() // 2))
    slider.setValue(0)
    slider.sliderReleased.emit()
    assert portion(measured).step("density").typed
    assert portion(measured).step("density").value.value == pytest.approx(low)
