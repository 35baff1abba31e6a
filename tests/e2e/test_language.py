"""Another language chosen in the settings is spoken at once, by the same program, with the same photo open."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from foodcal_desktop.headless import sample_photo
from foodcal_desktop.storage import settings as keys
from foodcal_desktop.storage.settings import Settings
from foodcal_desktop.ui import translation
from tests.e2e.steps import Condition, Person, run


@pytest.fixture
def english(qapp: QApplication) -> Iterator[None]:
    yield
    translation.install(qapp, "en")
    QLocale.setDefault(QLocale("en"))


def at_the_window(person: Person) -> Iterator[Condition]:
    yield lambda: person.window.session.photo is not None
    first, photo = person.window, person.window.session.photo.sha256
    first.actions_table["place.diary"].trigger()
    first.actions_table["app.settings"].trigger()
    yield lambda: first.sheets.open is not None and first.sheets.open.isVisible()
    box = first.sheets.open.findChild(QComboBox, keys.LANGUAGE.name)
    assert box.itemData(box.currentIndex() + 1) == "ko"
    box.setFocus()
    QTest.keyClick(box, Qt.Key.Key_Down)
    yield lambda: person.window.windowTitle() == "음식 일기" and person.window.sheets.open is not None
    again = person.window
    assert again.sheets.open.isVisible() and again.sheets.open.windowTitle() == "설정"
    assert again is not first and again.pages.currentWidget() is again.diary_page
    yield lambda: again.session.photo is not None and again.session.photo.sha256 == photo
    assert again.actions_table["app.quit"].text() == "종료"


def test_a_language_is_spoken_at_once(data_dir: Path, english: None) -> None:
    Settings.load().set(keys.LANGUAGE, "en")
    run([str(sample_photo())], at_the_window)
