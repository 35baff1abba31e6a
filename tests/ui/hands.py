"""The hands of the tests of the window: clicks on the photo, keys where the focus is."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Home

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
