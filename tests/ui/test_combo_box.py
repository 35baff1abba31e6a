"""The arrow that tells a list from a text field."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.combo_box import ComboBox


def inked(box: QComboBox) -> int:
    """Pixels at the right end that are no ground of the field."""
    image, ground = box.grab().toImage(), QColor(theme.tokens().raised).lightness()
    right = range(image.width() - 26, image.width() - 4)
    middle = range(image.height() // 2 - 6, image.height() // 2 + 6)
    return sum(abs(QColor(image.pixel(x, y)).lightness() - ground) > 15 for x in right for y in middle)


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
