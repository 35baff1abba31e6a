"""Finer masks come later than answers: they take the place of the candidate, or of what was accepted meanwhile."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.closer_looks import CloserLooks
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.sharpening import Sharpening
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.looks import AGAIN, CLOSER, Clicks, Looked
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.core.scale import ScaleReference
from tests.unit.app.session_case import Case, case, square

__all__ = ["case"]


class Looks(QObject):
    """Keeps what it is asked."""

    looked = Signal(object)
    failed = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[tuple[str, Prompts, Candidate, str]] = []
        self.measured: list[tuple[str, Mask]] = []

    def look_closer(
        self, photo: Photo, item: str, prompts: Prompts, candidate: Candidate, instead_of: str = ""
    ) -> None:
        self.asked.append((item, prompts, candidate, instead_of))

    def look_again(self, photo: Photo, item: str, mask: Mask, clicks: Clicks) -> None:
        self.measured.append((item, mask))

    def measure(self, number: int, mask: Mask) -> None:
        self.looked.emit(Looked(AGAIN, "b" * 64, self.measured[number][0], mask=mask))

    def answer(self, number: int, mask: Mask) -> None:
        item, _, candidate, _ = self.asked[number]
        finer = Candidate(mask, candidate.predicted_iou, candidate.logits)
        self.looked.emit(Looked(CLOSER, "b" * 64, item, (finer,)))


class Worker(QObject):
    """Answers when it is told to."""

    predicted = Signal(int, object)
    predict_failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.looks, self.asked = Looks(), 0

    def predict(self, sha256: str, prompts: Prompts) -> int:
        self.asked += 1
        return self.asked

    def answer(self, *masks: Mask) -> None:
        found = tuple(Candidate(mask, 0.9, np.zeros((4, 4), np.float32)) for mask in masks)
        self.predicted.emit(self.asked, found)


class Bench:
    """Sessions, the looks under test, and a worker; what is accepted becomes an annotation, as in the window."""

    def __init__(self, case: Case) -> None:
        self.case, self.worker = case, Worker()
        self.prompts = PromptSession(self.worker)  # type: ignore[arg-type]
        self.looks = CloserLooks(self.worker, self.prompts, case.session)  # type: ignore[arg-type]
        self.sharpening = Sharpening(self.worker, case.session, self.looks)  # type: ignore[arg-type]
        self.prompts.open(case.session.photo)
        self.prompts.accepted.connect(self._add)

    def set_scale(self) -> None:
        self.case.session.add_reference(ScaleReference("r" * 32, "b" * 64, "coin-krw-500", square(28, 2, 10)))

    def _add(self, candidate: Candidate, prompts: Prompts, target: object) -> None:
        if target is None:
            self.case.session.add(candidate.mask, clicks=((10.0, 10.0),))


@pytest.fixture
def bench(case: Case) -> Bench:
    return Bench(case)


COARSE, FINE, OTHER = square(5, 5, 10), square(6, 6, 9), square(20, 20, 8)


def test_the_finer_mask_takes_the_candidates_place_and_undo_knows_no_step_of_it(bench: Bench) -> None:
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE, OTHER)
    (asked,) = bench.worker.looks.asked
    assert asked[2].mask == COARSE and bench.looks.waiting
    bench.worker.looks.answer(0, FINE)
    assert [c.mask for c in bench.prompts.candidates] == [FINE, OTHER] and not bench.looks.waiting
    assert len(bench.worker.looks.asked) == 1
    bench.prompts.undo()
    assert not bench.prompts.active


def test_another_candidate_is_looked_at_when_it_is_chosen(bench: Bench) -> None:
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE, OTHER)
    bench.worker.looks.answer(0, FINE)
    bench.prompts.cycle()
    assert bench.worker.looks.asked[-1][2].mask == OTHER


def test_an_answer_that_a_click_overtook_changes_nothing(bench: Bench) -> None:
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE)
    bench.prompts.add_point(12, 12)
    bench.worker.answer(OTHER)
    assert bench.worker.looks.asked[1][3] == bench.worker.looks.asked[0][0]
    bench.worker.looks.answer(0, FINE)
    assert bench.prompts.candidate is not None and bench.prompts.candidate.mask == OTHER
    bench.worker.looks.answer(1, FINE)
    assert bench.prompts.candidate.mask == FINE


def test_what_was_accepted_at_once_is_made_finer_as_part_of_the_same_edit(bench: Bench) -> None:
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE)
    bench.prompts.accept()
    bench.worker.looks.answer(0, FINE)
    (row,) = bench.case.session.annotations
    assert row.mask == FINE and row.clicks == ((10.0, 10.0),)
    bench.case.session.undo()
    assert not bench.case.session.annotations
    bench.case.session.redo()
    assert bench.case.session.annotations[0].mask == FINE


def test_undo_of_a_name_given_before_the_finer_mask_came_leaves_that_mask(bench: Bench) -> None:
    session = bench.case.session
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE)
    bench.prompts.accept()
    session.set_food(session.annotations[0].id, "truffle pate")
    bench.worker.looks.answer(0, FINE)
    assert [(a.label, a.mask) for a in session.annotations] == [("truffle pate", FINE)]
    session.undo()
    assert [(a.label, a.mask) for a in session.annotations] == [("", FINE)]
    session.undo()
    assert not session.annotations


def test_what_was_accepted_before_its_answer_is_looked_at_too(bench: Bench) -> None:
    bench.prompts.add_point(10, 10)
    bench.prompts.accept()
    bench.worker.answer(COARSE)
    bench.worker.looks.answer(0, FINE)
    assert bench.case.session.annotations[0].mask == FINE


def test_a_coin_and_a_drawn_mask_are_left_as_they_are(bench: Bench) -> None:
    class Coin:
        reference = "coin-krw-500"

    bench.prompts.add_point(10, 10)
    bench.prompts.accept(Coin())
    bench.worker.answer(COARSE)
    bench.prompts.begin_with(COARSE)
    assert not bench.worker.looks.asked


@pytest.mark.parametrize("answered_first", [True, False])
def test_on_a_photo_with_a_scale_the_finer_mask_is_taken_and_then_measured(bench: Bench, answered_first: bool) -> None:
    session, looks = bench.case.session, bench.worker.looks
    bench.set_scale()
    bench.prompts.add_point(10, 10)
    if answered_first:
        bench.worker.answer(COARSE)
    bench.prompts.accept()
    if not answered_first:
        bench.worker.answer(COARSE)
    assert session.annotations[0].mask == COARSE and not looks.measured
    looks.answer(0, FINE)
    row = session.annotations[0]
    assert row.mask == FINE and looks.measured == [(row.id, FINE)]
    looks.measure(0, FINE)
    assert session.annotations[0].mask == FINE and session.annotations[0].clicks is None
    session.undo()
    assert not session.annotations and session.references


@pytest.mark.parametrize("failed", [True, False])
def test_without_a_finer_mask_what_was_accepted_is_measured(bench: Bench, failed: bool) -> None:
    bench.set_scale()
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE)
    bench.prompts.accept()
    if failed:
        bench.worker.looks.failed.emit(CLOSER, bench.worker.looks.asked[0][0])
    else:
        bench.worker.looks.answer(0, COARSE)
    assert [mask for _, mask in bench.worker.looks.measured] == [COARSE]


def test_the_portion_and_the_diary_follow_both_looks(bench: Bench) -> None:
    session, looks = bench.case.session, bench.worker.looks
    bench.set_scale()
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE)
    bench.prompts.accept()
    item = session.annotations[0].id
    session.set_food(item, bench.case.foods.search("rice")[0])
    session.log("lunch", bench.case.diary.day)
    weights = [logged_grams(bench, item)]
    looks.answer(0, FINE)
    weights.append(logged_grams(bench, item))
    looks.measure(0, square(6, 6, 8))
    weights.append(logged_grams(bench, item))
    assert weights[0] > weights[1] > weights[2]
    assert session.annotations[0].portion and session.annotations[0].portion.grams.value == weights[2]
    for _ in range(3):
        session.undo()
    assert not session.annotations and session.redo_label and session.entry_of(item) is None


def test_a_finer_mask_is_due_to_the_click_and_not_to_the_scale_set_meanwhile(bench: Bench) -> None:
    session, looks = bench.case.session, bench.worker.looks
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE)
    bench.prompts.accept()
    bench.set_scale()
    assert not looks.measured
    looks.answer(0, FINE)
    looks.measure(0, square(6, 6, 8))
    assert session.annotations[0].mask == square(6, 6, 8)
    session.undo()
    assert session.annotations[0].mask == FINE and not session.references
    session.undo()
    assert not session.annotations


def logged_grams(bench: Bench, item: str) -> float:
    entry = bench.case.session.entry_of(item)
    assert entry is not None
    return entry.grams.value


def test_nothing_is_expected_any_more_once_a_look_failed_or_another_photo_is_open(bench: Bench) -> None:
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE)
    bench.worker.looks.failed.emit(CLOSER, bench.worker.looks.asked[0][0])
    assert not bench.looks.waiting
    bench.prompts.add_point(12, 12)
    bench.worker.answer(OTHER)
    bench.case.session.open(None)
    assert not bench.looks.waiting


def test_what_was_looked_at_once_is_not_looked_at_again_when_it_is_shown_again(bench: Bench) -> None:
    bench.prompts.add_point(10, 10)
    bench.worker.answer(COARSE, OTHER)
    bench.worker.looks.answer(0, FINE)
    bench.prompts.cycle()
    bench.worker.looks.answer(1, square(21, 21, 7))
    bench.prompts.cycle()
    assert bench.prompts.candidate is not None and bench.prompts.candidate.mask == FINE
    bench.prompts.add_point(12, 12)
    bench.worker.answer(COARSE)
    bench.worker.looks.answer(2, square(7, 7, 8))
    bench.prompts.undo()
    assert len(bench.worker.looks.asked) == 3 and bench.prompts.candidate.mask == FINE
    bench.prompts.accept()
    assert len(bench.worker.looks.asked) == 3 and bench.case.session.annotations[0].mask == FINE
