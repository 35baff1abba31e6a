"""A mask accepted before it was there lands on its own photo, whichever photo is open by then."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.late_accepts import LateAccepts
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.storage.photos import LoadedPhoto
from tests.unit.app.session_case import SIDE, Case, case, square

__all__ = ["case"]


class Worker(QObject):
    """Sends only what is embedded; of several requests the last one counts, as with the real one."""

    predicted = Signal(int, object)
    predict_failed = Signal(int, str)
    embedded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.checkpoint = "lite"
        self.known: set[str] = set()
        self.ahead: list[str] = []
        self.asked: list[tuple[str, Prompts]] = []

    def has_embedding(self, sha256: str) -> bool:
        return sha256 in self.known

    def prefetch(self, photo: Photo) -> None:
        self.ahead.append(photo.sha256)

    def predict(self, sha256: str, prompts: Prompts) -> int:
        self.asked.append((sha256, prompts))
        return len(self.asked)

    def embed(self, sha256: str) -> None:
        self.known.add(sha256)
        self.embedded.emit(sha256)

    def answer(self, x: int = 5, side: int = 10) -> None:
        candidate = Candidate(square(x, 5, side), 0.8, np.zeros((4, 4), np.float32))
        self.predicted.emit(len(self.asked), (candidate,))


@dataclass
class Wish:
    reference: str = ""
    annotation: str = ""
    food: Food | None = None


@dataclass
class Desk:
    """One photo open, another to go to."""

    case: Case
    worker: Worker
    prompts: PromptSession
    late: LateAccepts
    first: Photo
    second: Photo

    def go_to(self, photo: Photo) -> None:
        self.case.session.open(LoadedPhoto(photo, np.zeros((SIDE, SIDE, 3), np.uint8)))
        self.prompts.open(photo)

    def accept(self, wish: Wish, x: float = 10.0) -> None:
        self.prompts.add_point(x, 10.0)
        self.prompts.accept(wish)

    def on_first(self) -> list[Annotation]:
        return self.case.journal.store.annotations(self.first.sha256)


@pytest.fixture
def desk(case: Case) -> Desk:
    worker, first = Worker(), case.session.photo
    assert first is not None
    second = Photo("c" * 64, SIDE, SIDE, "c.png")
    case.journal.store.add_photo(second)
    prompts = PromptSession(worker)  # type: ignore[arg-type]
    late = LateAccepts(case.journal, case.foods, prompts, worker)  # type: ignore[arg-type]
    prompts.open(first)
    return Desk(case, worker, prompts, late, first, second)


def test_two_accepts_left_behind_land_in_order_on_their_own_photo(desk: Desk):
    egg = desk.case.foods.search("egg")[0]
    desk.accept(Wish(food=egg))
    desk.accept(Wish(), x=30.0)
    desk.go_to(desk.second)
    assert desk.late.waiting == 2 and desk.first.sha256 in desk.worker.ahead
    desk.worker.embed(desk.first.sha256)
    desk.worker.answer()
    desk.worker.answer(x=20)
    rows = desk.on_first()
    assert [row.mask for row in rows] == [square(5, 5, 10), square(20, 5, 10)]
    assert rows[0].food_id == egg.id and rows[0].portion is not None
    assert [row.order for row in rows] == [0, 1] and desk.late.waiting == 0
    assert desk.case.session.annotations == ()
    desk.go_to(desk.first)
    assert desk.case.session.undo() and len(desk.on_first()) == 1


def test_a_click_on_the_open_photo_comes_first_and_displaces_no_accept(desk: Desk):
    desk.accept(Wish())
    desk.go_to(desk.second)
    desk.worker.embed(desk.first.sha256)
    asked = len(desk.worker.asked)
    desk.prompts.add_point(3.0, 3.0)
    assert len(desk.worker.asked) == asked + 1 and desk.worker.asked[-1][0] == desk.second.sha256
    desk.worker.answer()
    assert desk.prompts.candidate is not None and desk.on_first() == []
    assert desk.worker.asked[-1][0] == desk.first.sha256
    desk.worker.answer()
    assert len(desk.on_first()) == 1


def test_what_was_corrected_or_measured_is_corrected_or_measured_there(desk: Desk):
    item = desk.case.session.add(square(0, 0, 5))
    desk.accept(Wish(annotation=item.id))
    desk.accept(Wish(reference="coin-cny-1"))
    desk.go_to(desk.second)
    desk.worker.embed(desk.first.sha256)
    desk.worker.answer()
    assert [row.mask for row in desk.on_first()] == [square(5, 5, 10)]
    desk.worker.answer()
    (reference,) = desk.case.journal.store.scale_references(desk.first.sha256)
    assert reference.kind == "coin-cny-1" and desk.late.waiting == 0


def test_a_correction_of_what_was_deleted_meanwhile_is_dropped_and_the_next_lands(desk: Desk):
    item = desk.case.session.add(square(0, 0, 5))
    desk.accept(Wish(annotation=item.id))
    desk.accept(Wish())
    desk.case.session.delete([item.id])
    desk.go_to(desk.second)
    desk.worker.embed(desk.first.sha256)
    desk.worker.answer()
    desk.worker.answer(x=20)
    assert [row.mask for row in desk.on_first()] == [square(20, 5, 10)]


def test_back_on_the_photo_the_mask_is_seen_when_it_comes(desk: Desk):
    desk.accept(Wish())
    desk.go_to(desk.second)
    desk.go_to(desk.first)
    desk.worker.embed(desk.first.sha256)
    desk.worker.answer()
    assert len(desk.case.session.annotations) == 1


def test_a_failure_is_said_and_ends_the_wait(desk: Desk):
    said: list[str] = []
    desk.late.said.connect(said.append)
    desk.accept(Wish())
    desk.go_to(desk.second)
    desk.worker.embed(desk.first.sha256)
    desk.worker.predict_failed.emit(len(desk.worker.asked), "It failed; try again.")
    assert said == ["It failed; try again."] and desk.late.waiting == 0 and desk.on_first() == []
