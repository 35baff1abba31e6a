"""A number field shows its number: the style once left its line edit one pixel wide."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
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


def test_the_wheel_changes_no_number(qtbot: QtBot) -> None:
    """It scrolls the list that the field lies in; it used to change weights that the pointer happened to be over."""
    field = number_field("Grams", 0, 5000, " g")
    qtbot.addWidget(field)
    field.setValue(100)
    field.show()
    field.setFocus()
    none = Qt.MouseButton.NoButton
    middle = QPointF(field.rect().center())
    event = QWheelEvent(
        middle,
        field.mapToGlobal(middle),
        QPoint(),
        QPoint(0, 120),
        none,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)
    assert field.value() == 100 and not event.isAccepted()
    assert not field.focusPolicy() & Qt.FocusPolicy.WheelFocus & ~Qt.FocusPolicy.StrongFocus
