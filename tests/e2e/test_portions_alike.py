"""A drawn coin is offered unasked; and the window weighs as the command does: same photo, clicks and reference."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from foodcal_desktop.__main__ import main
from foodcal_desktop.core.overlap import exclusive
from foodcal_desktop.headless import sample_photo
from foodcal_desktop.storage.settings import LAST_REFERENCE
from foodcal_desktop.ui.offer_card import OfferCard
from tests.e2e.steps import Condition, Person, run
from tests.e2e.test_main_job import marked, opened, scaled

pytestmark = pytest.mark.usefixtures("qapp")

COIN, COIN_PX, FOOD = (640, 150), 66, (330, 330)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    """A table with a shaded orange and a coin of 66 px on it."""
    grain = np.random.default_rng(3).normal(0, 4, (600, 800, 3))
    photo = (np.full((600, 800, 3), (176, 160, 142)) + grain).clip(0, 255).astype(np.uint8)
    for step in range(110, 0, -2):
        light = 1 - step / 240
        tone = (int(245 * light + 8), int(150 * light), int(25 * light))
        cv2.circle(photo, (FOOD[0] - (110 - step) // 6, FOOD[1] - (110 - step) // 6), step, tone, -1, cv2.LINE_AA)
    cv2.circle(photo, COIN, COIN_PX // 2, (226, 228, 232), -1, cv2.LINE_AA)
    cv2.circle(photo, COIN, COIN_PX // 2 - 5, (214, 216, 220), 1, cv2.LINE_AA)
    cv2.putText(photo, "500", (COIN[0] - 20, COIN[1] + 7), cv2.FONT_HERSHEY_SIMPLEX, 0.6, (196, 198, 202), 1)
    path = tmp_path / "table.png"
    Image.fromarray(photo).save(path)
    return path


def spot(person: Person, x: float, y: float) -> str:
    """Where a click at a pixel really goes, for the canvas has pixels of its own."""
    at = person.canvas.view.to_photo(QPointF(person.at(x, y)))
    return f"{at.x()},{at.y()}"


def test_the_drawn_coin_is_offered_and_window_and_command_weigh_alike(
    table: Path, data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: dict[str, str] = {}
    weights: list[float] = []

    def at_the_window(person: Person) -> Iterator[Condition]:
        window = person.window
        yield from opened(person)
        assert not window.findChild(OfferCard).isVisible()
        seen["food"], seen["coin"] = spot(person, *FOOD), spot(person, *COIN)
        yield from marked(person, "orange raw", *FOOD)
        yield lambda: not window.flows.portion.closer.waiting
        raw = window.session.annotations[0]
        assert raw.clicks is not None
        yield lambda: window.findChild(OfferCard).isVisible()
        card = window.findChild(OfferCard)
        QTest.mouseClick(card.button("coin-krw-500"), Qt.MouseButton.LeftButton)
        yield lambda: window.session.scale is not None
        assert window.session.scale.mm_per_px == pytest.approx(26.5 / COIN_PX, rel=0.03)
        yield lambda: window.session.annotations[0].clicks is None
        person.canvas.setFocus()
        person.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: window.session.scale is None
        assert window.session.annotations[0].mask == raw.mask
        seen["name"] = raw.label
        window.settings.set(LAST_REFERENCE, "")
        yield from scaled(person, "500 KRW", *COIN)
        yield lambda: window.session.annotations[0].clicks is None
        weights.append(window.session.annotations[0].portion.grams.value)
        person.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        yield lambda: window.session.scale is None
        assert window.session.annotations[0].mask == raw.mask
        person.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
        yield lambda: window.session.scale is not None
        assert window.session.annotations[0].portion.grams.value == pytest.approx(weights[0])

    run([str(table)], at_the_window)
    capsys.readouterr()
    item, coin = f"food={seen['name']};point={seen['food']}", f"coin-krw-500;point={seen['coin']}"
    assert main(["estimate", str(table), "--item", item, "--reference", coin, "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["items"][0]["food"]["name"] == seen["name"]
    assert weights[0] == pytest.approx(document["items"][0]["grams"]["value"], rel=0.005)


def test_a_cup_marked_before_what_holds_it_keeps_its_pixels_in_the_window_as_in_the_command(
    data_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    seen: dict[str, str] = {}
    areas: dict[str, int] = {}

    def at_the_window(person: Person) -> Iterator[Condition]:
        window = person.window
        yield from opened(person)
        seen["cup"] = spot(person, 290, 145)
        yield from marked(person, "espresso", 290, 145)
        yield lambda: not window.flows.portion.closer.waiting
        (cup,) = window.session.annotations
        person.canvas.setFocus()
        window.actions_table["tool.box"].trigger()
        seen["box"] = f"{spot(person, 80, 10)},{spot(person, 480, 390)}"
        person.drag((80, 10), (480, 390))
        yield lambda: window.annotate.prompts.candidates and not window.annotate.prompts.waiting
        person.press(Qt.Key.Key_Return)
        yield lambda: len(window.session.annotations) == 2 and not window.flows.portion.closer.waiting
        under, top = window.session.annotations
        assert top.id == cup.id and under.mask.intersection(cup.mask).area > 0.5 * cup.mask.area
        areas.update(
            {row.id: mask.area for row, mask in zip((under, top), exclusive([under.mask, top.mask]), strict=True)}
        )
        seen["ids"] = f"{top.id} {under.id}"

    run([str(sample_photo())], at_the_window)
    capsys.readouterr()
    items = ["--item", f"food=bread;box={seen['box']}", "--item", f"food=espresso;point={seen['cup']}"]
    assert main(["estimate", str(sample_photo()), *items, "--json"]) == 0
    under, cup = (one["area_px"] for one in json.loads(capsys.readouterr().out)["items"])
    top_id, under_id = seen["ids"].split()
    assert (areas[top_id], areas[under_id]) == pytest.approx((cup, under), rel=0.005)
