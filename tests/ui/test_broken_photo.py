"""A file of the queue that is no photo, chosen by a key and by a click."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.ui.conftest import Home
from tests.ui.test_masks_by_hand import Key, Left, NoKeys, press


def test_whoever_chooses_a_broken_photo_is_told_each_time(qtbot: QtBot, home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    Image.fromarray(np.zeros((30, 40, 3), np.uint8)).save(folder / "a good.png")
    (folder / "b empty.jpg").write_bytes(b"")
    with qtbot.waitSignal(home.session.opened):
        home.library.open_paths([folder])
    row = next(i for i in range(len(home.library)) if home.library.item(i).path.name == "b empty.jpg")
    qtbot.waitUntil(lambda: home.library.item(row).error is not None)
    status = home.window.status
    status.say("")
    press(home, Key.Key_D)
    qtbot.waitUntil(lambda: "b empty.jpg" in status.text)
    status.say("")
    press(home, Key.Key_A)
    qtbot.waitUntil(lambda: home.library.current == row - 1)
    view = home.window.annotate.queue.view
    QTest.mouseClick(view.viewport(), Left, NoKeys, view.visualRect(view.model().index(row, 0)).center())
    qtbot.waitUntil(lambda: "b empty.jpg" in status.text)
