"""What is done with, or never was a photo, leaves the queue and stays away."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt

from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.storage import queue_store
from tests.ui.conftest import Home
from tests.ui.hands import Key, mark, press

Shift = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "meals"
    made.mkdir()
    for name, ink in (("a", 40), ("b", 90), ("c", 140)):
        Image.new("RGB", (400, 300), (ink, ink, ink)).save(made / f"{name}.png")
    (made / "d.png").write_text("no photo", encoding="utf-8")
    return made


def _shown(home: Home) -> list[str]:
    queue = home.window.annotate.order
    assert queue is not None
    return [home.library.item(row).name for row in queue.rows]


def _opened(qtbot, home: Home, name: str) -> None:
    qtbot.waitUntil(lambda: home.session.photo is not None and home.session.photo.path.endswith(name))


def test_a_photo_leaves_the_queue_its_masks_stay_and_the_next_one_is_open(qtbot, home: Home, folder: Path):
    home.library.open_paths([folder])
    _opened(qtbot, home, "a.png")
    first = home.session.photo
    mark(qtbot, home, 100, 150, "rice")
    press(home, Key.Key_Delete, Shift)
    _opened(qtbot, home, "b.png")
    qtbot.waitUntil(lambda: "a.png" not in _shown(home))
    assert len(home.session.store.annotations(first.sha256)) == 1
    home.library.open_paths([folder / "a.png"])
    _opened(qtbot, home, "a.png")
    assert "a.png" in _shown(home) and len(home.session.annotations) == 1


def test_what_was_removed_stays_away_at_the_next_start_though_its_folder_is_listed_anew(
    qtbot, make_home: Callable[[], Home], folder: Path
):
    home = make_home()
    home.library.open_paths([folder])
    _opened(qtbot, home, "a.png")
    home.window.annotate.queue.remove_wanted.emit(home.library.index_of(folder / "d.png"))
    qtbot.waitUntil(lambda: _shown(home)[-1] == "c.png")
    again = PhotoLibrary(home.session.store)
    again.restore(reopen=True)
    qtbot.waitUntil(lambda: len(again) == 4)
    assert [item.name for item in again.items if item.removed] == ["d.png"]
    assert sum(again.counts.values()) == 3
    again.close()


def test_all_that_is_done_leaves_at_once_and_an_empty_queue_shows_the_plate(qtbot, home: Home, folder: Path):
    home.library.open_paths([folder])
    _opened(qtbot, home, "a.png")
    for row in range(len(home.library)):
        home.library.set_state(row, "done")
    home.window.actions_table["photo.remove_done"].trigger()
    broken = home.library.index_of(folder / "d.png")
    qtbot.waitUntil(lambda: not [name for name in _shown(home) if name != "d.png"])
    home.window.annotate.queue.remove_wanted.emit(broken)
    qtbot.waitUntil(lambda: not _shown(home))
    qtbot.waitUntil(lambda: home.session.photo is None and home.library.current == -1)
    assert queue_store.removed(home.session.store.database)
