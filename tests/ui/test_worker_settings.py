"""Device and the worker's Python take effect at once; the language says that it does not."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from foodcal_desktop.storage.settings import DEVICE, LANGUAGE, WORKER_PYTHON, Settings
from foodcal_desktop.ui.settings_dialog import SettingsDialog
from tests.ui.conftest import Home

Ctrl = Qt.KeyboardModifier.ControlModifier


def opened(home: Home, qtbot: QtBot) -> SettingsDialog:
    """The sheet, once keys reach it."""
    QTest.keyClick(home.canvas, Qt.Key.Key_Comma, Ctrl)
    sheet = home.window.sheets.open
    assert isinstance(sheet, SettingsDialog)
    sheet.activateWindow()
    qtbot.waitUntil(sheet.isActiveWindow, timeout=60_000)
    return sheet


def pick(sheet: SettingsDialog, name: str, value: str) -> None:
    """Choose with the keyboard, as a person does."""
    box = sheet.findChild(QComboBox, name)
    box.setFocus()
    while box.currentData() != value:
        QTest.keyClick(box, Qt.Key.Key_Down)


def test_another_device_is_used_at_once(qtbot: QtBot, home: Home):
    used: list[str] = []
    home.worker.use_device = used.append
    sheet = opened(home, qtbot)
    pick(sheet, DEVICE.name, "cpu")
    assert used == ["cpu"] and Settings.load().get(DEVICE) == "cpu"
    assert "starts anew" in sheet.note.text()


def test_another_python_is_used_at_once_and_an_empty_field_means_the_programs_own(
    qtbot: QtBot, home: Home, tmp_path: Path
):
    other = str(tmp_path / "cuda" / "bin" / "python")
    used: list[str | None] = []
    home.worker.use_python = used.append
    sheet = opened(home, qtbot)
    field = sheet.findChild(QLineEdit, WORKER_PYTHON.name)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton)
    QTest.keyClicks(field, other)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert used == [other]
    field.selectAll()
    QTest.keyClick(field, Qt.Key.Key_Delete)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert used == [other, None]


def test_the_language_says_that_it_holds_from_the_next_start(qtbot: QtBot, home: Home):
    sheet = opened(home, qtbot)
    pick(sheet, LANGUAGE.name, "ko")
    assert "next start" in sheet.note.text()
