"""A file of the queue that is no photo, chosen by a key and by a click."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Home
from tests.ui.hands import Ctrl, Key, Left, NoKeys, click, mark, press

# EXIF's own tags, and the time when a photo was taken among them.
EXIF, TAKEN = 0x8769, 0x9003


def test_whoever_chooses_a_broken_photo_is_told_each_time(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    Image.fromarray(np.zeros((30, 40, 3), np.uint8)).save(folder / "a good.png")
    (folder / "b empty.jpg").write_bytes(b"")
    with qtbot.waitSignal(home.session.opened):
        home.library.open_paths([folder])
    row = next(i for i in range(len(home.library)) if home.library.item(i).path.name == "b empty.jpg")
    qtbot.waitUntil(lambda: home.library.item(row).error is not None)
    status, canvas, panel = home.window.status, home.canvas, home.window.annotate.panel
    assert panel.empty.isVisible()
    status.say("")
    press(home, Key.Key_D)
    qtbot.waitUntil(lambda: "b empty.jpg" in canvas.trouble)
    # Once: neither at the foot as well, nor with a panel that says to click a food.
    assert "b empty.jpg" not in status.text and not panel.empty.isVisible()
    press(home, Key.Key_A)
    qtbot.waitUntil(lambda: home.library.current == row - 1 and canvas.has_photo)
    assert panel.empty.isVisible()
    view = home.window.annotate.queue.view
    QTest.mouseClick(view.viewport(), Left, NoKeys, view.visualRect(view.model().index(row, 0)).center())
    qtbot.waitUntil(lambda: "b empty.jpg" in canvas.trouble)


def test_a_broken_photo_stands_in_place_of_the_one_before_until_another_is_opened(
    qtbot: QtBot, home: Home, tmp_path: Path
) -> None:
    mark(qtbot, home, 100, 100, "rice")
    (tmp_path / "z broken.jpg").write_bytes(b"no photo")
    home.library.open_paths([tmp_path / "z broken.jpg"])
    canvas = home.canvas
    qtbot.waitUntil(lambda: bool(canvas.trouble))
    assert "z broken.jpg" in canvas.trouble and not canvas.has_photo
    assert home.session.photo is None and home.session.annotations == ()
    assert home.library.item(home.library.current).name == "z broken.jpg"
    assert not home.window.annotate.area.tools.isVisible() and home.window.status.text
    asked: list[bool] = []
    canvas.open_requested.connect(lambda: asked.append(True))
    click(home, 100, 100)
    # No key reaches the photo before.
    for key in (Key.Key_Delete, Key.Key_Return, Key.Key_B, Key.Key_Tab, Key.Key_Escape):
        press(home, key)
    press(home, Key.Key_Z, Ctrl)
    press(home, Key.Key_F, Ctrl)
    assert asked == [] and len(home.worker.asked) == 1
    canvas.setFocus()
    press(home, Key.Key_A)
    qtbot.waitUntil(lambda: canvas.has_photo)
    assert canvas.trouble == "" and len(home.session.annotations) == 1
    press(home, Key.Key_D)
    qtbot.waitUntil(lambda: bool(canvas.trouble))


def test_the_panel_says_the_day_that_a_photo_is_logged_to_and_forgets_it_on_the_next(
    qtbot: QtBot, home: Home, tmp_path: Path
) -> None:
    taken = datetime.now().replace(hour=12, minute=31) - timedelta(days=1)
    exif = Image.Exif()
    exif.get_ifd(EXIF)[TAKEN] = taken.strftime("%Y:%m:%d %H:%M:%S")
    Image.fromarray(np.full((30, 40, 3), 90, np.uint8)).save(tmp_path / "yesterday.jpg", exif=exif)
    Image.fromarray(np.full((30, 40, 3), 200, np.uint8)).save(tmp_path / "no time.png")
    panel = home.window.annotate.panel
    with qtbot.waitSignal(home.session.opened):
        home.library.open_paths([tmp_path / "yesterday.jpg"])
    assert panel.time.text() == "· Yesterday 12:31" and panel.slot == "lunch"
    with qtbot.waitSignal(home.session.opened):
        home.library.open_paths([tmp_path / "no time.png"])
    assert panel.time.text() == ""


def test_a_photo_dropped_beside_the_canvas_is_opened_there(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    Image.fromarray(np.full((30, 40, 3), 70, np.uint8)).save(tmp_path / "dropped.png")
    data, window = QMimeData(), home.window
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "dropped.png"))])
    press(home, Key.Key_2, Ctrl)
    assert window.pages.currentWidget() is window.diary_page
    place, copy = window.rect().center(), Qt.DropAction.CopyAction
    entering = QDragEnterEvent(place, copy, data, Left, NoKeys)
    QApplication.sendEvent(window, entering)
    assert entering.isAccepted()
    with qtbot.waitSignal(home.session.opened):
        QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, data, Left, NoKeys))
    assert home.library.item(home.library.current).path.name == "dropped.png"
    assert window.pages.currentWidget() is window.annotate


def test_while_a_photo_is_on_its_way_nobody_is_asked_to_drop_one(qtbot, home: Home) -> None:
    """At each start the queue's last photo was awaited under the words of an empty program."""

    def shades() -> int:
        picture = home.canvas.grab().toImage()
        return len({picture.pixel(x, y) for x in range(0, picture.width(), 3) for y in range(0, picture.height(), 3)})

    home.canvas.set_photo(None)
    assert shades() > 1
    home.library.opening.emit(home.library.item(0).path)
    assert shades() == 1
    with qtbot.waitSignal(home.session.opened):
        home.library.select(0)
    assert not home.canvas.awaits and shades() > 1
