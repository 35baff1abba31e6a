"""A number field shows its number: the style once left its line edit one pixel wide."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.fields import number_field


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_number_has_room(qtbot: QtBot, qapp: QApplication, scheme: str) -> None:
    theme.apply(qapp, scheme)
    field = number_field("Grams", 0, 5000, " g")
    qtbot.addWidget(field)
    field.setValue(4999)
    field.show()
    text = field.lineEdit()
    assert text.fontMetrics().horizontalAdvance("4999 g") <= text.width() - text.textMargins().left()
