"""The arrow that tells a list from a text field."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.combo_box import ComboBox


def inked(box: QComboBox) -> int:
    """Pixels at the right end that are no ground of the field."""
    image, ground = box.grab().toImage(), QColor(theme.tokens().raised).lightness()
    right = range(image.width() - 26, image.width() - 4)
    middle = range(image.height() // 2 - 6, image.height() // 2 + 6)
    return sum(abs(QColor(image.pixel(x, y)).lightness() - ground) > 15 for x in right for y in middle)


@pytest.fixture(params=["light", "dark"])
def opened(qtbot: QtBot, qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[ComboBox]:
    """A narrow list with a long name, opened by a click."""
    theme.apply(qapp, request.param)
    box = ComboBox()
    qtbot.addWidget(box)
    box.addItems(["100 g", "a bowl with a rather long name", *(f"serving {i}" for i in range(30))])
    box.resize(90, 30)
    with qtbot.waitExposed(box):
        box.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    qtbot.waitUntil(box.view().isVisible)
    yield box
    box.hidePopup()
    theme.apply(qapp, "light")


def test_an_opened_list_has_one_thin_border_and_no_other_line(opened: ComboBox) -> None:
    popup = opened.view().window()
    image, tokens = popup.grab().toImage(), theme.tokens()
    width, height = image.width(), image.height()
    border = [image.pixelColor(x, y) for x, y in ((width // 2, 0), (width // 2, height - 1), (0, height // 2))]
    assert {c.name() for c in border} == {QColor(tokens.hairline).name()}
    above_and_below = [image.pixelColor(width // 2, y) for y in (1, 2, 3, height - 2, height - 3, height - 4)]
    assert {c.name() for c in above_and_below} == {QColor(tokens.raised).name()}


def test_an_opened_list_is_as_wide_as_its_names_and_leaves_room_on_the_screen(opened: ComboBox) -> None:
    view = opened.view()
    names = [opened.itemText(i) for i in range(opened.count())]
    assert view.width() > max(view.fontMetrics().horizontalAdvance(name) for name in names)
    assert view.window().height() < 400


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_list_has_an_arrow_in_the_ink_of_the_theme(qtbot: QtBot, qapp: QApplication, scheme: str) -> None:
    theme.apply(qapp, scheme)
    try:
        with_arrow, without = ComboBox(), QComboBox()
        for box in (with_arrow, without):
            qtbot.addWidget(box)
            box.addItem("x")
            box.resize(200, 30)
            box.show()
        assert inked(with_arrow) >= inked(without) + 8
    finally:
        theme.apply(qapp, "light")


def test_the_wheel_over_a_list_scrolls_the_page_and_chooses_nothing(qtbot: QtBot) -> None:
    box, area, inner = ComboBox(), QScrollArea(), QWidget()
    qtbot.addWidget(area)
    box.addItems(["one", "two", "three"])
    column = QVBoxLayout(inner)
    column.addWidget(box)
    column.addStretch(1)
    inner.setMinimumHeight(2000)
    area.setWidget(inner)
    area.resize(200, 200)
    with qtbot.waitExposed(area):
        area.show()
    at = QPointF(box.mapTo(area, box.rect().center()))
    QTest.wheelEvent(area.windowHandle(), at, QPoint(0, -120))
    qtbot.waitUntil(lambda: area.verticalScrollBar().value() > 0)
    assert box.currentText() == "one"


def test_a_long_name_ends_in_dots_before_the_arrow(qtbot: QtBot) -> None:
    box = ComboBox()
    qtbot.addWidget(box)
    box.addItems(["W" * 60, "W"])
    box.resize(120, 30)
    with qtbot.waitExposed(box):
        box.show()
    image = box.grab().toImage()
    upper_half_of_the_end = [QColor(image.pixel(x, y)).lightness() for x in range(84, 94) for y in range(8, 14)]
    assert max(upper_half_of_the_end) - min(upper_half_of_the_end) < 15, "dots, not a letter cut in two"


def test_a_serving_that_does_not_fit_is_shown_without_its_weight(qtbot: QtBot) -> None:
    """ "1 large · 50…" says less than "1 large", and looks broken."""
    box = ComboBox()
    qtbot.addWidget(box)
    metrics = box.fontMetrics()
    text = "1 large one · 50 g"
    assert box._shortened(text, metrics.horizontalAdvance(text)) == text
    assert box._shortened(text, metrics.horizontalAdvance(text) - 2) == "1 large one"
    assert box._shortened("W" * 60, 60).endswith("…")
