"""Foods being looked for: how far that is, leaving it, and what was rejected brought back; by real keys and clicks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.ui.carry_bar import CarryBar
from tests.ui.conftest import Home, disc
from tests.ui.hands import Ctrl, Key, Left, NoKeys, click_and_wait, press


def candidates(*masks: Mask) -> tuple[Candidate, ...]:
    return tuple(Candidate(mask, 0.9, np.zeros((4, 4), np.float32)) for mask in masks)


@pytest.fixture
def looking(home: Home) -> Home:
    """A window in which foods are being looked for."""
    home.worker.finds_late = True
    home.canvas.setFocus()
    press(home, Key.Key_F, Ctrl)
    assert home.worker.looking
    return home


def bar(home: Home) -> CarryBar:
    return home.window.flows.find.bar


def answer(home: Home, *masks: Mask) -> None:
    assert home.session.photo is not None
    home.worker.found.emit(home.session.photo.sha256, candidates(*masks))


def test_how_far_the_search_is_is_shown_until_it_ends(looking: Home) -> None:
    assert bar(looking).isVisible() and bar(looking).bar.maximum() == 0
    looking.worker.find_progressed.emit("another photo", 0.9)
    looking.worker.find_progressed.emit(looking.worker.looking, 0.37)
    assert bar(looking).text.text() == "37 %" and bar(looking).bar.value() == 37
    assert "Esc" in looking.window.annotate.area.hint.text
    answer(looking, disc(60, 60, 20))
    assert not bar(looking).isVisible() and looking.canvas.overlay.proposals == (disc(60, 60, 20),)


@pytest.mark.parametrize("way", ["escape", "again", "stop"])
def test_the_search_is_left_by_escape_the_key_again_or_the_button(looking: Home, way: str) -> None:
    looking.worker.find_progressed.emit(looking.worker.looking, 0.5)
    if way == "escape":
        press(looking, Key.Key_Escape)
    elif way == "again":
        press(looking, Key.Key_F, Ctrl)
    else:
        QTest.mouseClick(bar(looking).stop, Left, NoKeys, bar(looking).stop.rect().center())
    assert looking.worker.looking == "" and not bar(looking).isVisible()
    assert "nothing was changed" in looking.window.status.text
    assert "Looking" not in looking.window.annotate.area.hint.text
    # What comes all the same is not shown unasked, and not looked for again when it is asked for.
    answer(looking, disc(60, 60, 20))
    assert looking.canvas.overlay.proposals == ()
    looking.canvas.setFocus()
    press(looking, Key.Key_F, Ctrl)
    assert looking.canvas.overlay.proposals == (disc(60, 60, 20),) and looking.worker.looking == ""


def test_escape_discards_clicks_before_it_leaves_the_search(qtbot: QtBot, looking: Home) -> None:
    click_and_wait(qtbot, looking, 200, 150)
    press(looking, Key.Key_Escape)
    assert looking.worker.looking and not looking.prompts.active
    press(looking, Key.Key_Escape)
    assert not looking.worker.looking


def test_opening_another_photo_leaves_the_search(qtbot: QtBot, looking: Home, tmp_path: Path) -> None:
    Image.new("RGB", (200, 100)).save(tmp_path / "z.png")
    with qtbot.waitSignal(looking.session.opened):
        looking.library.open_paths([tmp_path / "z.png"])
    assert looking.worker.looking == "" and not bar(looking).isVisible()


def test_a_search_that_finds_nothing_says_so(looking: Home) -> None:
    answer(looking)
    assert "Nothing more was found" in looking.window.status.text


@pytest.fixture
def proposed(home: Home) -> Home:
    """Three proposals, the first one current."""
    home.worker.proposed = candidates(disc(60, 60, 20), disc(200, 60, 20), disc(300, 200, 30))
    home.canvas.setFocus()
    press(home, Key.Key_F, Ctrl)
    return home


def shown(home: Home) -> list[int]:
    """The proposals shown, by the number of each."""
    order = [c.mask for c in home.worker.proposed]
    return [order.index(mask) for mask in home.canvas.overlay.proposals]


def test_undo_brings_rejected_proposals_back_one_by_one_and_redo_rejects_them_again(proposed: Home) -> None:
    for _ in range(3):
        press(proposed, Key.Key_Delete)
    assert shown(proposed) == []
    press(proposed, Key.Key_Z, Ctrl)
    assert shown(proposed) == [2] and "Taken back: Reject a proposal" in proposed.window.status.text
    press(proposed, Key.Key_Z, Ctrl)
    assert shown(proposed) == [1, 2] and proposed.canvas.overlay.proposal == disc(200, 60, 20)
    press(proposed, Key.Key_Y, Ctrl)
    assert shown(proposed) == [2]
    press(proposed, Key.Key_Z, Ctrl)
    press(proposed, Key.Key_Z, Ctrl)
    assert shown(proposed) == [0, 1, 2]
    press(proposed, Key.Key_Z, Ctrl)
    assert shown(proposed) == [0, 1, 2] and proposed.session.annotations == ()


def test_undo_takes_back_rejects_and_accepts_in_their_order(proposed: Home) -> None:
    press(proposed, Key.Key_Delete)
    press(proposed, Key.Key_Return)
    press(proposed, Key.Key_Escape)  # no name
    press(proposed, Key.Key_Delete)
    assert shown(proposed) == [] and len(proposed.session.annotations) == 1
    press(proposed, Key.Key_Z, Ctrl)
    assert shown(proposed) == [2] and len(proposed.session.annotations) == 1
    press(proposed, Key.Key_Z, Ctrl)
    assert proposed.session.annotations == () and 0 not in shown(proposed)
    press(proposed, Key.Key_Z, Ctrl)
    assert 0 in shown(proposed)


def test_what_was_rejected_stays_so_once_the_proposals_are_put_aside(proposed: Home) -> None:
    press(proposed, Key.Key_Delete)
    press(proposed, Key.Key_Escape)
    press(proposed, Key.Key_Z, Ctrl)
    assert shown(proposed) == []


def test_another_photo_of_another_size_is_opened_while_proposals_are_shown(
    qtbot: QtBot, home: Home, tmp_path: Path
) -> None:
    Image.new("RGB", (200, 100)).save(tmp_path / "z.png")
    with qtbot.waitSignal(home.session.opened):
        home.library.open_paths([tmp_path / "z.png"])
    home.session.add(disc(60, 60, 20, 200, 100))
    home.canvas.setFocus()
    press(home, Key.Key_PageUp)
    qtbot.waitUntil(lambda: home.session.photo is not None and home.session.photo.width == 400)
    home.worker.proposed = candidates(disc(60, 60, 20), disc(200, 60, 20))
    press(home, Key.Key_F, Ctrl)
    assert len(home.canvas.overlay.proposals) == 2
    press(home, Key.Key_PageDown)
    qtbot.waitUntil(lambda: home.session.photo is not None and home.session.photo.width == 200)
    assert home.canvas.overlay.proposals == () and len(home.canvas.overlay.masks) == 1
