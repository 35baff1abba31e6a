"""From a photo to the diary, through the real entry point, and still there after a restart."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from foodcal_desktop import window
from foodcal_desktop.headless import sample_photo
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import Store
from tests.e2e.steps import PATIENCE, Condition, Person, run

pytestmark = pytest.mark.usefixtures("qapp")


def marked(person: Person, food: str, x: float, y: float, *without: tuple[float, float]) -> Iterator[Condition]:
    """Click a food, and by the right button what does not belong to it, accept its mask, say what it is."""
    window = person.window
    before = len(window.session.annotations)
    person.click(x, y)
    yield lambda: window.annotate.prompts.candidates and not window.annotate.prompts.waiting
    for place in without:
        person.click(*place, Qt.MouseButton.RightButton)
        yield lambda: len(window.annotate.prompts.candidates) == 1 and not window.annotate.prompts.waiting
    person.press(Qt.Key.Key_Return)
    yield lambda: len(window.session.annotations) == before + 1 and window.annotate.food_picker.isVisible()
    assert window.session.annotations[-1].mask.contains(x, y)
    person.type_into(window.annotate.food_picker.field, food)
    yield lambda: window.session.annotations[-1].food_id is not None


def scaled(person: Person, search: str, x: float, y: float) -> Iterator[Condition]:
    """Choose the scale reference from the list and click it."""
    window = person.window
    person.press(Qt.Key.Key_S)
    yield lambda: window.annotate.reference_picker.isVisible()
    person.type_into(window.annotate.reference_picker.field, search)
    yield lambda: window.annotate.pending_reference
    person.click(x, y)
    yield lambda: window.session.scale is not None


def logged(person: Person) -> Iterator[Condition]:
    """Log the meal."""
    person.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    yield lambda: person.window.diary.summary.entries


def opened(person: Person) -> Iterator[Condition]:
    """Wait for the photo on the canvas."""
    yield lambda: person.window.session.photo is not None and person.canvas.has_photo


def restarted(person: Person, names: list[str]) -> Iterator[Condition]:
    """After a restart the diary shows what was logged."""
    window = person.window
    person.press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    yield lambda: window.pages.currentWidget() is window.diary_page
    assert [e.name for e in window.diary.summary.entries] == names


def test_a_photo_becomes_a_diary_entry_that_outlives_a_restart(data_dir: Path) -> None:
    def first(person: Person) -> Iterator[Condition]:
        yield from opened(person)
        yield from marked(person, "espresso", 290, 145)
        portion = person.window.session.annotations[0].portion
        assert portion is not None
        assert "no scale" in portion.method
        yield from logged(person)

    run([str(sample_photo())], first)
    run([], lambda person: restarted(person, ["Coffee, espresso"]))
    with Database.open() as database:
        (photo,) = Store(database).photos()
        (annotation,) = Store(database).annotations(photo.sha256)
    assert annotation.checkpoint == "lite"
    assert annotation.mask.contains(290, 145)


def test_a_weighed_food_with_a_coin_is_measured_and_logged(shared: Path, data_dir: Path) -> None:
    photo = shared / "data" / "portion" / "images" / "apple003t_1.jpg"
    weights: list[float] = []

    def first(person: Person) -> Iterator[Condition]:
        yield from opened(person)
        yield from marked(person, "apple", 472, 345)
        yield from scaled(person, "1 CNY", 677, 86)
        portion = person.window.session.annotations[0].portion
        assert portion is not None
        assert portion.grams.low < portion.grams.value < portion.grams.high
        weights.append(portion.grams.value)
        yield from logged(person)

    run([str(photo)], first)
    assert weights[0] == pytest.approx(219, rel=0.5)  # 219.0 g on the kitchen scale
    run([], lambda person: restarted(person, ["Apple, raw"]))


def test_clicks_made_while_the_photo_is_encoded_are_answered(data_dir: Path) -> None:
    def early(person: Person) -> Iterator[Condition]:
        window = person.window
        yield from opened(person)
        assert not window.flows.annotate._worker.has_embedding(window.session.photo.sha256)
        person.click(290, 145)
        assert window.annotate.prompts.waiting
        yield lambda: window.annotate.prompts.candidates
        assert window.annotate.prompts.candidate.mask.contains(290, 145)

    run([str(sample_photo())], early)


def test_esc_discards_the_prompts_and_keeps_the_masks(data_dir: Path) -> None:
    def script(person: Person) -> Iterator[Condition]:
        window = person.window
        yield from opened(person)
        yield from marked(person, "espresso", 290, 145)
        person.click(365, 285)
        yield lambda: window.annotate.prompts.candidates
        person.press(Qt.Key.Key_Escape)
        yield lambda: window.annotate.prompts.prompts.is_empty
        assert len(window.session.annotations) == 1

    run([str(sample_photo())], script)


def test_undo_and_redo_reach_over_prompts_masks_labels_and_logging(data_dir: Path) -> None:
    def script(person: Person) -> Iterator[Condition]:
        window, undo = person.window, Qt.KeyboardModifier.ControlModifier
        yield from opened(person)
        yield from marked(person, "espresso", 290, 145)
        yield from logged(person)
        person.click(365, 285)
        yield lambda: window.annotate.prompts.candidates
        person.press(Qt.Key.Key_Z, undo)
        yield lambda: window.annotate.prompts.prompts.is_empty
        assert window.diary.summary.entries
        person.press(Qt.Key.Key_Z, undo)
        yield lambda: not window.diary.summary.entries
        person.press(Qt.Key.Key_Z, undo)
        yield lambda: window.session.annotations[0].food_id is None
        person.press(Qt.Key.Key_Z, undo)
        yield lambda: not window.session.annotations
        for _ in range(3):
            person.press(Qt.Key.Key_Z, undo | Qt.KeyboardModifier.ShiftModifier)
        yield lambda: window.diary.summary.entries
        assert window.session.annotations[0].label == "Coffee, espresso"

    run([str(sample_photo())], script)


def test_a_mask_accepted_before_it_is_there_is_kept_though_the_window_is_closed_at_once(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Beside other work the encoder takes longer to start than a person would be let wait.
    monkeypatch.setattr(window, "LANDING_S", PATIENCE)
    photos: list[str] = []

    def hurried(person: Person) -> Iterator[Condition]:
        shown = person.window
        yield lambda: shown.annotate.canvas.has_photo
        person.click(290, 145)
        person.press(Qt.Key.Key_Return)
        assert shown.annotate.prompts.accepting
        photos.append(shown.session.photo.sha256)

    run([str(sample_photo())], hurried)
    with Database.open() as database:
        (row,) = Store(database).annotations(photos[0])
    assert row.mask.contains(290, 145)
