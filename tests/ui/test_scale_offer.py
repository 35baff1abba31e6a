"""A scale offered unasked: outlined, asked about, confirmed or refused with real clicks and keys."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from foodcal_desktop.core.looks import ROUND, Looked
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.storage.settings import LAST_REFERENCE
from foodcal_desktop.ui.offer_card import OfferCard, kinds_offered
from tests.ui.conftest import Home, disc
from tests.ui.hands import click_and_wait

Left, Key = Qt.MouseButton.LeftButton, Qt.Key
COIN = Candidate(disc(300, 80, 30), 0.9, np.zeros((4, 4), np.float32))


def card(home: Home) -> OfferCard:
    return home.window.flows.portion.offer_flow.card


def found(home: Home, *candidates: Candidate) -> None:
    """The encoder has found round things on the open photo, as grey as coins are: that of the tests is noise."""
    assert home.session.photo is not None and home.session.pixels is not None
    home.session.pixels = np.full_like(home.session.pixels, 150)
    home.worker.looks.looked.emit(Looked(ROUND, home.session.photo.sha256, candidates=candidates))


def begin(home: Home) -> None:
    """Somebody has begun to mark: there is an item, away from the coin."""
    home.session.add(disc(120, 210, 30))


def press(home: Home, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget() or home.canvas, key, keys)


@pytest.fixture
def offered(home: Home) -> Home:
    """A window that offers a coin."""
    begin(home)
    found(home, COIN)
    assert card(home).isVisible() and home.canvas.overlay.offered == COIN.mask
    return home


def test_a_click_on_the_card_makes_the_offered_coin_the_scale_and_undo_takes_it_back(offered: Home) -> None:
    QTest.mouseClick(card(offered).button("coin-krw-500"), Left)
    (reference,) = offered.session.references
    assert reference.kind == "coin-krw-500"
    # Snapped to an edge, of which the noise of the photo has many.
    assert reference.mask is not None and reference.mask.iou(COIN.mask) > 0.6
    assert not card(offered).isVisible() and offered.canvas.overlay.offered is None
    assert offered.settings.get(LAST_REFERENCE) == "coin-krw-500"
    offered.canvas.setFocus()
    press(offered, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert not offered.session.references and card(offered).isVisible()


def test_the_card_is_as_large_as_what_it_asks_from_its_first_moment_on(home: Home) -> None:
    begin(home)
    found(home, COIN)
    assert card(home).size() == card(home).sizeHint() and card(home).width() > 150
    found(home)
    home.settings.set(LAST_REFERENCE, "coin-eur-1")
    found(home, COIN)
    assert card(home).isVisible() and card(home).size() == card(home).sizeHint()


def test_a_key_confirms_the_coin_used_last(home: Home) -> None:
    begin(home)
    home.settings.set(LAST_REFERENCE, "coin-eur-1")
    found(home, COIN)
    home.canvas.setFocus()
    press(home, Key.Key_Y)
    assert [r.kind for r in home.session.references] == ["coin-eur-1"]


def test_a_no_is_remembered_for_the_photo(offered: Home, qtbot) -> None:
    offered.canvas.setFocus()
    press(offered, Key.Key_Y, Qt.KeyboardModifier.ShiftModifier)
    assert not card(offered).isVisible()
    with qtbot.waitSignal(offered.session.opened):
        offered.library.select(0)
    found(offered, COIN)
    assert not card(offered).isVisible() and not offered.session.references


def test_the_offer_goes_with_a_click_and_takes_no_focus(offered: Home, qtbot) -> None:
    offered.canvas.setFocus()
    QTest.mouseClick(offered.canvas, Left, Qt.KeyboardModifier.NoModifier, offered.at(120, 200))
    assert not card(offered).isVisible() and offered.canvas.hasFocus()
    qtbot.waitUntil(lambda: offered.prompts.candidate is not None)
    press(offered, Key.Key_Escape)
    assert card(offered).isVisible()
    press(offered, Key.Key_Escape)
    assert not card(offered).isVisible()


def test_what_a_food_covers_is_not_offered(home: Home) -> None:
    begin(home)
    home.session.add(disc(300, 80, 32))
    found(home, COIN)
    assert not card(home).isVisible()


def test_nothing_is_asked_before_there_is_an_item_nor_while_one_is_named(qtbot: QtBot, home: Home) -> None:
    found(home, COIN)
    assert not card(home).isVisible() and home.canvas.overlay.offered is None
    home.canvas.setFocus()
    press(home, Key.Key_Y)
    assert not home.session.references
    click_and_wait(qtbot, home, 120, 210)
    press(home, Key.Key_Return)
    assert home.window.annotate.food_picker.isVisible() and not card(home).isVisible()
    press(home, Key.Key_Escape)
    assert card(home).isVisible() and home.canvas.overlay.offered == COIN.mask
    home.canvas.setFocus()
    press(home, Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert home.session.annotations == () and not card(home).isVisible()


@pytest.mark.parametrize("thing", [(200, 150), (30, 30), (370, 270), (200, 30), (60, 270)])
def test_the_card_lies_over_neither_the_thing_nor_an_item(home: Home, thing: tuple[int, int]) -> None:
    home.window.resize(1280, 800)
    # The item above or below the thing, where the card went until now.
    food = disc(thing[0], thing[1] + (95 if thing[1] < 160 else -95), 40)
    home.session.add(food)
    coin = Candidate(disc(*thing, 22), 0.9, np.zeros((4, 4), np.float32))
    found(home, coin)
    assert card(home).isVisible() and home.window.annotate.area.rect().contains(card(home).geometry())
    for mask in (food, coin.mask):
        box = home.canvas.view.transform().mapRect(QRectF(mask.x, mask.y, mask.w, mask.h))
        assert not QRectF(card(home).geometry()).intersects(box.adjusted(1, 1, -1, -1))


def test_another_round_thing_is_chosen_from_the_list_and_a_plate_is_remembered_by_its_name(offered: Home) -> None:
    (other,) = [b for b in card(offered).findChildren(QPushButton) if b.text().startswith("Other")]
    QTest.mouseClick(other, Left)
    picker = offered.window.annotate.reference_picker
    assert picker.isVisible()
    QTest.keyClicks(picker.plate_name, "Rice bowl")
    picker.plate.setValue(115)
    (use,) = [b for b in picker.findChildren(QPushButton) if "plate" in b.text()]
    QTest.mouseClick(use, Left)
    assert [r.kind for r in offered.session.references] == ["plate-115"]
    assert ("plate-115", "Rice bowl") in kinds_offered("", offered.settings.plates())


def test_closing_the_list_leaves_the_offer(offered: Home, qtbot) -> None:
    (other,) = [b for b in card(offered).findChildren(QPushButton) if b.text().startswith("Other")]
    QTest.mouseClick(other, Left)
    QTest.keyClick(offered.window.annotate.reference_picker.field, Key.Key_Escape)
    qtbot.waitUntil(lambda: offered.window.flows.annotate.scale.meant is None)
    assert card(offered).isVisible() and not offered.session.references


def test_references_are_checked_against_each_other_and_warnings_are_in_sight(home: Home) -> None:
    assert home.session.photo is not None
    for number, (kind, x) in enumerate((("coin-krw-500", 80), ("coin-krw-100", 320))):
        # Of one size on the photo, though the coins differ by 10 %; and both are small.
        home.session.add_reference(
            ScaleReference(str(number), home.session.photo.sha256, kind, disc(x, 150, 30 - 2 * number))
        )
    home.session.add_reference(ScaleReference("s", home.session.photo.sha256, "coin-eur-1", disc(200, 40, 12)))
    warning = home.window.annotate.panel.warning
    assert warning.isVisible() and "disagree by" in warning.text() and "px wide" in warning.text()
    assert home.session.scale is not None and home.session.scale.relative_error > 0.05


def test_food_far_from_a_tilted_reference_is_named(home: Home) -> None:
    assert home.session.photo is not None
    rows, columns = np.mgrid[:300, :400] + 0.5
    tilted = Mask.from_array(np.hypot((columns - 200) / 40, (rows - 40) / 28) <= 1)
    home.session.add_reference(ScaleReference("r", home.session.photo.sha256, "coin-krw-500", tilted))
    near = home.session.add(disc(300, 45, 20))
    assert "farther from the camera" not in home.window.annotate.panel.warning.text()
    home.session.set_mask(near.id, disc(200, 270, 20))
    assert "farther from the camera" in home.window.annotate.panel.warning.text()


def test_a_coin_is_not_looked_for_while_foods_are_being_found(home: Home, qtbot, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(home.worker.looks, "look_round", lambda photo: bool(asked.append(photo.sha256)) or True)
    home.canvas.setFocus()
    home.worker.state = "finding"
    press(home, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    home.worker.embedded.emit("")
    qtbot.wait(900)
    assert not asked
    home.worker.state = "ready"
    qtbot.waitUntil(lambda: len(asked) == 1)


def test_masks_are_copied_to_a_photo_of_another_size_though_a_coin_is_offered(
    qtbot: QtBot, offered: Home, photo_file: Path
) -> None:
    Image.new("RGB", (200, 100)).save(photo_file.with_name("z.png"))
    offered.library.open_paths([photo_file.with_name("z.png")])
    qtbot.waitUntil(lambda: offered.session.photo is not None and offered.session.photo.width == 200)
    offered.canvas.setFocus()
    press(offered, Key.Key_PageUp)
    qtbot.waitUntil(lambda: offered.session.photo is not None and offered.session.photo.width == 400)
    found(offered, COIN)
    assert offered.canvas.overlay.offered == COIN.mask
    press(offered, Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: offered.session.photo is not None and offered.session.photo.width == 200)
    (copied,) = offered.session.annotations
    assert (copied.mask.width, copied.mask.height) == (200, 100)
    assert offered.canvas.overlay.offered is None and "1 mask copied" in offered.window.status.text


def test_a_coin_is_not_asked_about_while_proposals_are_gone_through(offered: Home) -> None:
    offered.worker.proposed = (Candidate(disc(100, 200, 30), 0.9, np.zeros((4, 4), np.float32)),)
    offered.canvas.setFocus()
    press(offered, Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert offered.canvas.overlay.proposals and not card(offered).isVisible()
    assert offered.canvas.overlay.offered is None
    press(offered, Key.Key_Escape)
    assert offered.canvas.overlay.proposals == () and card(offered).isVisible()
    press(offered, Key.Key_Escape)
    assert not card(offered).isVisible()
