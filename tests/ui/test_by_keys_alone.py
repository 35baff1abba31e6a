"""From an opened photo to the next one without the mouse: foods found, named, logged."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image
from pytestqt.qtbot import QtBot

from foodcal_desktop.core.prompt import Candidate
from tests.ui.conftest import HEIGHT, WIDTH, Home, disc
from tests.ui.hands import Ctrl, Key, name_it, press


def test_a_photo_is_annotated_named_logged_and_left_by_keys(
    qtbot: QtBot, make_home: Callable[[], Home], tmp_path: Path
):
    for name, grey in (("1.png", 90), ("2.png", 160)):
        Image.new("RGB", (WIDTH, HEIGHT), (grey, grey, grey)).save(tmp_path / name)
    home = make_home()
    with qtbot.waitSignal(home.session.opened):
        home.library.open_paths([tmp_path / "1.png", tmp_path / "2.png"])
    first = home.session.photo
    logits = np.zeros((4, 4), np.float32)
    home.worker.proposed = tuple(Candidate(disc(x, 150, 40), 0.9, logits, 0.9) for x in (80, 200, 320))
    press(home, Key.Key_F, Ctrl)
    press(home, Key.Key_Return)
    name_it(home, "rice")
    press(home, Key.Key_Tab)
    press(home, Key.Key_Delete)
    press(home, Key.Key_Return)
    name_it(home, "egg")
    assert [bool(a.food_id) for a in home.session.annotations] == [True, True]
    press(home, Key.Key_Return, Ctrl)
    assert all(home.session.entry_of(a.id) for a in home.session.annotations)
    with qtbot.waitSignal(home.session.opened):
        press(home, Key.Key_N)
    assert home.session.photo is not None and home.session.photo != first
    assert home.library.counts == {"done": 1, "todo": 1} and home.canvas.hasFocus()
