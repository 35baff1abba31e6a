"""The window itself: photos that come in, the palette, states, what the status says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtGui import QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Home, disc
from tests.ui.hands import Ctrl, Key, press, type_text


def press_next(home: Home) -> None:
    home.canvas.setFocus()
    press(home, Key.Key_D)


def test_pasted_and_dropped_photos_are_opened(qtbot, make_home: Callable[[], Home], photo_file: Path):
    home = make_home()
    QGuiApplication.clipboard().setImage(QImage(str(photo_file)))
    home.canvas.setFocus()
    with qtbot.waitSignal(home.session.opened):
        press(home, Key.Key_V, Ctrl)
    assert (home.session.photo.width, home.session.photo.height) == (400, 300)
    with qtbot.waitSignal(home.session.opened):
        home.canvas.paths_dropped.emit([str(photo_file)])
    assert home.session.photo.path == str(photo_file)
    assert len(home.library) == 2


def test_a_file_that_is_no_photo_gets_a_sentence_and_the_others_load(qtbot, home: Home, tmp_path: Path):
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "a broken.jpg").write_bytes(b"nothing")
    Image.fromarray(np.zeros((30, 40, 3), np.uint8)).save(folder / "b good.png")
    with qtbot.waitSignal(home.library.failed):
        home.canvas.paths_dropped.emit([str(folder)])
    assert "a broken.jpg" in home.canvas.trouble
    with qtbot.waitSignal(home.session.opened):
        press_next(home)
    assert home.session.photo.width == 40


def test_the_palette_finds_an_action_by_its_name_and_runs_it(qtbot, home: Home):
    press(home, Key.Key_K, Ctrl)
    palette = home.window.palette_card
    assert palette.isVisible()
    type_text("diary")
    names = [command.name for command in palette.model.values]
    assert names[0] == "Diary"
    press(home, Key.Key_Return)
    assert home.window.pages.currentWidget() is home.window.diary_page


def test_states_are_marked_by_keys_and_shown_in_the_queue(qtbot, home: Home):
    press(home, Key.Key_X)
    assert home.library.item(0).state == "done"
    press(home, Key.Key_R)
    assert home.library.item(0).state == "review"


@pytest.mark.parametrize("state", ["starting", "encoding", "restarting"])
def test_the_status_says_that_clicks_are_kept(home: Home, state: str):
    home.worker.holds_back = True
    home.worker.state_changed.emit(state)
    assert "clicks are kept" in home.window.status.text


def test_encoding_the_next_photos_ahead_is_nothing_to_wait_for(home: Home):
    home.worker.state_changed.emit("encoding")
    assert home.window.status.text == "Everything is saved"


def test_the_window_remembers_its_size(qtbot, make_home: Callable[[], Home]):
    first = make_home()
    first.window.resize(950, 650)
    qtbot.waitUntil(lambda: first.window.height() == 650)
    first.window.close()
    assert make_home().window.height() == 650


def test_the_first_photo_is_marked_in_the_queue_too(qtbot, home: Home):
    queue = home.window.annotate.queue
    qtbot.waitUntil(lambda: queue.model.rowCount() == 1)
    qtbot.waitUntil(lambda: queue.view.currentIndex().row() == 0)


def test_an_action_chosen_on_another_page_shows_the_page_that_it_is_of(qtbot: QtBot, home: Home) -> None:
    home.session.add(disc(60, 60, 30))
    home.window.annotate.select(home.session.annotations[0].id)
    actions, pages = home.window.actions_table, home.window.pages
    press(home, Key.Key_4, Ctrl)
    actions["edit.delete"].trigger()
    assert pages.currentWidget() is home.window.annotate and home.session.annotations == ()
    press(home, Key.Key_Z, Ctrl)
    assert len(home.session.annotations) == 1
    press(home, Key.Key_K, Ctrl)
    type_text("previous day")
    press(home, Key.Key_Return)
    assert pages.currentWidget() is home.window.diary_page
    press(home, Key.Key_3, Ctrl)
    home.window.annotate.select(home.session.annotations[0].id)
    actions["meal.food"].trigger()
    assert home.window.annotate.food_picker.isVisible()
    press(home, Key.Key_Escape)
    assert pages.currentWidget() is home.window.annotate
