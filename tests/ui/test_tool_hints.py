"""What the canvas tells while masks are drawn and changed by hand, with real mouse and key events."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests.ui.conftest import Home
from tests.ui.test_masks_by_hand import Ctrl, Key, Shift, add, click, drag, press, propose, square


def hint(home: Home) -> str:
    return home.window.annotate.area.hint.text


def test_a_lasso_that_goes_around_nothing_draws_nothing(home: Home) -> None:
    press(home, Key.Key_O)
    drag(home, [(100, 100), (150, 140), (211, 188), (311, 268)])
    assert not home.session.annotations


def test_what_changes_nothing_says_so(home: Home) -> None:
    add(home, square(100, 100, 60))
    for key, words in ((Key.Key_F, "nothing to change"), (Key.Key_D, "nothing to change"), (Key.Key_X, "one piece")):
        home.window.status.say("")
        press(home, key, Shift)
        assert words in home.window.status.text
    press(home, Key.Key_Z, Ctrl)
    assert not home.session.annotations


def test_the_head_of_the_canvas_says_what_a_drawing_tool_will_do(home: Home) -> None:
    press(home, Key.Key_O)
    assert "new mask" in hint(home) and "Adds" not in hint(home)
    add(home, square(100, 100, 60))
    assert "Adds to A food" in hint(home)
    press(home, Key.Key_G)
    assert "corner of A food" in hint(home)
    press(home, Key.Key_Escape)
    assert "a new mask" in hint(home)
    press(home, Key.Key_P)
    assert not home.window.annotate.area.hint.isVisible()


def test_a_correction_that_lets_the_mask_grow_is_not_told_as_a_loss(qtbot: QtBot, home: Home) -> None:
    def third_candidate_then(x: float, y: float) -> None:
        qtbot.waitUntil(lambda: len(home.prompts.candidates) == 3)
        press(home, Key.Key_Tab)
        press(home, Key.Key_Tab)
        click(home, x, y)
        qtbot.waitUntil(lambda: len(home.prompts.candidates) == 1)

    click(home, 100, 150)
    third_candidate_then(101, 151)
    assert "larger" in hint(home)
    press(home, Key.Key_Escape)
    click(home, 100, 150)
    qtbot.waitUntil(lambda: len(home.prompts.candidates) == 3)
    press(home, Key.Key_Tab)
    click(home, 300, 150)
    qtbot.waitUntil(lambda: len(home.prompts.candidates) == 1)
    assert "gone" in hint(home)


def test_a_rejected_proposal_is_no_food_that_is_not_covered(home: Home) -> None:
    propose(home, square(50, 50, 60), square(250, 150, 60))
    panel = home.window.annotate.panel
    press(home, Key.Key_Return)
    press(home, Key.Key_Escape)
    assert "50 %" in panel.uncovered.text()
    press(home, Key.Key_Delete)
    assert not panel.uncovered.isVisible()
