"""The effort log beside the real sessions and a real database; only the worker is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from foodcal_desktop.app.effort_log import PAUSE_SECONDS, EffortLog
from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.effort_store import EffortStore
from foodcal_desktop.storage.photos import LoadedPhoto
from foodcal_desktop.storage.store import Store

PHOTO = Photo("a" * 64, 8, 8, "p.jpg")
MASK = Mask.from_array(np.eye(8))


class Desk:
    """Everything an annotator has, and a clock that is set by hand."""

    def __init__(self, database: Database) -> None:
        store = Store(database)
        store.add_photo(PHOTO)
        self.now = 0.0
        self.journal = Journal(store)
        self.session = PhotoSession(self.journal, FoodSearch(store))
        self.prompts = PromptSession(WorkerClient())
        self.log = EffortLog(self.journal, self.session, self.prompts, clock=lambda: self.now)
        self.open()

    def open(self) -> None:
        self.session.open(LoadedPhoto(PHOTO, np.zeros((8, 8, 3), np.uint8)))
        self.prompts.open(PHOTO)

    def click(self, after: float) -> None:
        self.now += after
        self.prompts.add_point(1.5, 1.5)

    def accept(self, after: float) -> str:
        self.now += after
        self.prompts.discard()
        return self.session.add(MASK, predicted_iou=0.9, checkpoint="lite").id


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    with Database.open(tmp_path / "foodcal.db") as database:
        desk = Desk(database)
        yield desk
        desk.log.write()
        desk.journal.stop()


def test_clicks_and_seconds_belong_to_the_annotation_they_led_to(desk: Desk) -> None:
    desk.click(2.0)
    desk.click(1.0)
    first = desk.accept(0.5)
    desk.click(4.0)
    second = desk.accept(1.0)
    one, two = desk.log.of_annotation(first), desk.log.of_annotation(second)
    assert one is not None and two is not None
    assert (one.clicks, one.seconds, one.edits, one.checkpoint) == (2, 3.5, 0, "lite")
    assert (two.clicks, two.seconds) == (1, 5.0)
    assert desk.log.sums[0].annotations == 2


def test_clicks_that_were_taken_back_were_work_too(desk: Desk) -> None:
    desk.click(1.0)
    desk.click(1.0)
    desk.prompts.undo()
    desk.click(1.0)
    effort = desk.log.of_annotation(desk.accept(1.0))
    assert effort is not None and effort.clicks == 3


def test_a_box_drawn_anew_is_another_prompt(desk: Desk) -> None:
    desk.prompts.set_box(0, 0, 4, 4)
    desk.prompts.set_box(0, 0, 5, 5)
    effort = desk.log.of_annotation(desk.accept(1.0))
    assert effort is not None and effort.clicks == 2


def test_a_mask_changed_later_is_an_edit_and_a_name_is_not(desk: Desk) -> None:
    name = desk.accept(1.0)
    desk.now += 2.0
    desk.session.set_mask(name, Mask.from_array(np.ones((8, 8))))
    effort = desk.log.of_annotation(name)
    assert effort is not None
    assert (effort.edits, effort.seconds) == (1, 3.0)


def test_a_pause_is_no_work(desk: Desk) -> None:
    desk.click(1.0)
    effort = desk.log.of_annotation(desk.accept(3600.0))
    assert effort is not None and effort.seconds == 1.0 + PAUSE_SECONDS


def test_opening_a_photo_starts_the_clock_anew(desk: Desk) -> None:
    desk.click(10.0)
    desk.now += 5.0
    desk.open()
    effort = desk.log.of_annotation(desk.accept(2.0))
    assert effort is not None and (effort.clicks, effort.seconds) == (0, 2.0)


def test_an_edit_does_not_wait_for_the_log_which_is_written_a_moment_later(desk: Desk, qtbot: QtBot) -> None:
    desk.click(1)
    added = desk.accept(1)
    stored = EffortStore(desk.journal.store.database)
    assert stored.of_annotation(added) is None
    qtbot.waitUntil(lambda: stored.of_annotation(added) is not None)
    assert desk.log.of_annotation(added) == stored.of_annotation(added)


def test_what_cannot_be_written_now_is_told_and_written_later(desk: Desk, qtbot: QtBot) -> None:
    desk.session.add(MASK)
    database = desk.journal.store.database
    database.execute("PRAGMA query_only = ON")
    with qtbot.waitSignal(desk.journal.refused):
        desk.log.write()
    database.execute("PRAGMA query_only = OFF")
    assert [one.annotations for one in desk.log.sums] == [1]
