"""Settings, keys, checkpoints, effort, the queue's filters, how it is shown, and the Korean window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QLocale, QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDoubleSpinBox, QLineEdit

from foodcal_desktop import __version__
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.settings import (
    CHECKPOINT,
    DAILY_KCAL_GOAL,
    LANGUAGE,
    MASK_OPACITY,
    SHORTCUTS,
    THEME,
    Settings,
)
from foodcal_desktop.ui import theme, translation, wording
from foodcal_desktop.ui.checkpoints_dialog import CheckpointsDialog
from foodcal_desktop.ui.diary_rows import EntryRow
from foodcal_desktop.ui.effort_dialog import EffortDialog
from foodcal_desktop.ui.settings_dialog import SettingsDialog
from foodcal_desktop.ui.shortcuts_dialog import ShortcutsDialog
from foodcal_desktop.ui.view_card import ViewDialog
from tests.ui.conftest import Home, disc

Left = Qt.MouseButton.LeftButton
NoKeys, Ctrl = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
Key = Qt.Key


def press(home: Home, key: Qt.Key, keys: Qt.KeyboardModifier = NoKeys) -> None:
    QTest.keyClick(QApplication.focusWidget() or home.canvas, key, keys)


def test_a_setting_is_kept_and_holds_at_once(home: Home):
    press(home, Key.Key_Comma, Ctrl)
    sheet = home.window.sheets.open
    assert isinstance(sheet, SettingsDialog)
    assert sheet.note.text() == f"foodcal-desktop {__version__}"
    themes = sheet.findChild(QComboBox, THEME.name)
    themes.setCurrentIndex(themes.findData("dark"))
    themes.activated.emit(themes.currentIndex())
    goal = sheet.findChild(QDoubleSpinBox, DAILY_KCAL_GOAL.name)
    goal.setValue(1800)
    assert Settings.load().get(THEME) == "dark" and theme.tokens() is theme.DARK
    assert Settings.load().get(DAILY_KCAL_GOAL) == 1800


class _Opened(QObject):
    """Takes the place of the system's file manager."""

    def __init__(self) -> None:
        super().__init__()
        self.folders: list[str] = []

    @Slot(QUrl)
    def show_folder(self, url: QUrl) -> None:
        self.folders.append(url.toLocalFile())


def test_the_data_folder_is_shown_and_opened(home: Home):
    press(home, Key.Key_Comma, Ctrl)
    sheet = home.window.sheets.open
    assert sheet.findChild(QLineEdit, "data_folder").text() == str(paths.data_dir())
    opened = _Opened()
    QDesktopServices.setUrlHandler("file", opened, "show_folder")
    try:
        QTest.mouseClick(sheet.open_folder, Left)
    finally:
        QDesktopServices.unsetUrlHandler("file")
    assert opened.folders == [str(paths.data_dir())]


def test_a_key_is_changed_by_pressing_another_and_remembered(make_home: Callable[[], Home], home: Home):
    press(home, Key.Key_Slash, Ctrl)
    sheet = home.window.sheets.open
    assert isinstance(sheet, ShortcutsDialog)
    sheet.choose("tool.brush")
    sheet.edit.setFocus()
    sheet.edit.setKeySequence(QKeySequence("J"))
    sheet.edit.editingFinished.emit()
    assert Settings.load().get(SHORTCUTS) == {"tool.brush": "J"}
    sheet.close()
    home.window.activateWindow()
    home.canvas.setFocus()
    QTest.keyClick(home.canvas, Key.Key_W)
    assert home.canvas.tool == "point"
    QTest.keyClick(home.canvas, Key.Key_J)
    assert home.canvas.tool == "brush"
    assert "J" in home.window.actions_table["tool.brush"].toolTip()
    assert make_home().window.actions_table.keys_of("tool.brush") == ("J",)


def test_a_key_that_is_taken_is_refused_with_the_action_that_has_it(home: Home):
    press(home, Key.Key_Slash, Ctrl)
    sheet = home.window.sheets.open
    assert isinstance(sheet, ShortcutsDialog)
    sheet.choose("tool.brush")
    sheet.edit.setKeySequence(QKeySequence("B"))
    sheet.edit.editingFinished.emit()
    assert "Box" in sheet.note.text() and Settings.load().get(SHORTCUTS) == {}


def test_the_list_of_keys_is_searched(home: Home):
    press(home, Key.Key_Slash, Ctrl)
    sheet = home.window.sheets.open
    assert isinstance(sheet, ShortcutsDialog)
    sheet.search.setText("lasso")
    rows = [sheet.tree.topLevelItem(i) for i in range(sheet.tree.topLevelItemCount())]
    assert [row.text(1) for row in rows if not row.isHidden()] == ["Lasso"]


def test_checkpoints_are_listed_verified_and_used(qtbot, home: Home):
    press(home, Key.Key_M, Ctrl)
    sheet = home.window.sheets.open
    assert isinstance(sheet, CheckpointsDialog)
    sheet.choose("sam2.1-tiny")
    assert sheet.fetch.isEnabled() and not sheet.use.isEnabled()
    sheet.choose("lite")
    with qtbot.waitSignal(home.window.sheets.work.done):
        QTest.mouseClick(sheet.check, Left)
    assert "lite" in sheet.note.text()
    QTest.mouseClick(sheet.use, Left)
    assert home.worker.checkpoint == "lite" and home.settings.get(CHECKPOINT) == "lite"


def test_a_file_that_is_no_checkpoint_is_refused_with_a_sentence(qtbot, home: Home, tmp_path: Path):
    press(home, Key.Key_M, Ctrl)
    (tmp_path / "bad.pt").write_bytes(b"nothing")
    with qtbot.waitSignal(home.window.sheets.work.failed):
        home.window.sheets.work.import_file(tmp_path / "bad.pt")
    assert "bad.pt" in home.window.sheets.open.note.text() and not home.window.sheets.work.busy


def test_the_effort_is_summed_by_checkpoint(qtbot, home: Home):
    QTest.mouseClick(home.canvas, Left, NoKeys, home.at(100, 150))
    qtbot.waitUntil(lambda: home.prompts.candidate is not None)
    press(home, Key.Key_Return)
    press(home, Key.Key_Escape)
    press(home, Key.Key_I, Ctrl)
    sheet = home.window.sheets.open
    assert isinstance(sheet, EffortDialog)
    texts = [sheet.grid.itemAtPosition(1, column).widget().text() for column in range(3)]
    assert texts == ["lite", "1", "1  (1.0 each)"]


def test_brightness_and_contrast_change_only_what_is_seen(home: Home):
    press(home, Key.Key_I)
    sheet = home.window.sheets.open
    assert isinstance(sheet, ViewDialog)
    before = home.canvas.grab().toImage().pixelColor(home.at(100, 100)).lightness()
    pixels = home.session.pixels.copy()
    sheet.brightness.setValue(60)
    after = home.canvas.grab().toImage().pixelColor(home.at(100, 100)).lightness()
    assert after > before and (home.session.pixels == pixels).all()
    sheet.opacity.setValue(80)
    assert home.settings.get(MASK_OPACITY) == 0.8 and home.canvas.overlay.opacity == 0.8


@pytest.fixture
def three(qtbot, home: Home, tmp_path: Path) -> Home:
    """A queue of three: the first open, the others unseen."""
    for name in ("x.png", "y.png"):
        Image.fromarray(np.full((40, 60, 3), ord(name[0]), np.uint8)).save(tmp_path / name)
        home.library.open_paths([tmp_path / name])
        qtbot.waitUntil(lambda name=name: home.session.photo.path.endswith(name))
    home.library.select(0)
    qtbot.waitUntil(lambda: home.session.photo.width == 400)
    return home


def test_the_queue_is_filtered_and_n_goes_to_what_is_to_do(qtbot, three: Home):
    queue = three.window.annotate.queue
    press(three, Key.Key_X)
    assert three.library.item(0).state == "done"
    press(three, Key.Key_N)
    qtbot.waitUntil(lambda: three.session.photo.path.endswith("x.png"))
    press(three, Key.Key_L, Ctrl)
    qtbot.waitUntil(lambda: queue.model.rowCount() == 2)
    press(three, Key.Key_D)
    qtbot.waitUntil(lambda: three.session.photo.path.endswith("y.png"))
    for _ in range(2):
        press(three, Key.Key_L, Ctrl)
    qtbot.waitUntil(lambda: queue.model.rowCount() == 1)
    assert queue.model.index_of(0) == 0


def test_sorted_by_doubt_the_least_sure_photo_comes_first(qtbot, three: Home):
    three.library.select(1)
    qtbot.waitUntil(lambda: three.session.photo.path.endswith("x.png"))
    three.session.add(disc(20, 20, 8, 60, 40), predicted_iou=0.3, checkpoint="lite")
    press(three, Key.Key_T, Ctrl)
    assert three.window.annotate.queue.model.index_of(0) == 1
    press(three, Key.Key_T, Ctrl)
    assert three.window.annotate.queue.model.index_of(0) == 0


def test_from_one_photo_to_the_next_without_a_mouse(qtbot, three: Home):
    from foodcal_desktop.core.prompt import Candidate

    three.worker.proposed = (Candidate(disc(100, 100, 30), 0.9, np.zeros((4, 4), np.float32)),)
    press(three, Key.Key_F, Ctrl)
    press(three, Key.Key_Return)
    for letter in "kimchi":
        QTest.keyClicks(QApplication.focusWidget(), letter)
    press(three, Key.Key_Return)
    press(three, Key.Key_Return, Ctrl)
    press(three, Key.Key_N)
    qtbot.waitUntil(lambda: three.session.photo.path.endswith("x.png"))
    assert "kimchi" in three.diary.summary.entries[0].name.lower()


def test_the_window_speaks_korean(qtbot, make_home: Callable[[], Home], photo_file: Path, qapp):
    if not (paths.resources_dir() / "i18n" / "foodcal_ko.qm").exists():
        pytest.skip("the Korean translation is not compiled")
    Settings.load().set(LANGUAGE, "ko")
    try:
        home = make_home()
        with qtbot.waitSignal(home.session.opened):
            home.library.open_paths([photo_file])
        assert home.window.actions_table["edit.undo"].text() == "실행 취소"
        assert wording.slot_name("lunch") == "점심"
        assert wording.sentence("How high is 떡볶이, in mm?") == "떡볶이의 높이는 몇 mm인가요?"
        food = home.window.annotate.food_picker.matches("tteokbokki")[0]
        assert wording.food_name(food) == food.name_ko
        home.diary.add(food, 200, "lunch")
        press(home, Key.Key_2, Ctrl)
        assert home.window.diary_page.cards[0].findChild(EntryRow).name.full_text == food.name_ko
    finally:
        translation.install(qapp, "en")
        QLocale.setDefault(QLocale("en"))
