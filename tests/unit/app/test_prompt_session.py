"""Prompts, candidates and accepts, over a worker that answers when it is told to."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QObject, Signal

from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, Prompts


class Worker(QObject):
    """Keeps what it is asked; of several requests the last one counts, as with the real one."""

    predicted = Signal(int, object)
    predict_failed = Signal(int, str)

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[Prompts] = []

    def predict(self, sha256: str, prompts: Prompts) -> int:
        self.asked.append(prompts)
        return len(self.asked)

    def answer(self, *masks: Mask) -> None:
        found = tuple(Candidate(mask, 0.9, np.full((4, 4), len(self.asked), np.float32)) for mask in masks)
        self.predicted.emit(len(self.asked), found)


def box_mask(x0: int, y0: int, x1: int, y1: int) -> Mask:
    pixels = np.zeros((20, 20), bool)
    pixels[y0:y1, x0:x1] = True
    return Mask.from_array(pixels)


BIG, HALF, SMALL = box_mask(0, 0, 10, 10), box_mask(0, 0, 10, 6), box_mask(0, 0, 3, 3)


@pytest.fixture
def worker(qapp: QCoreApplication) -> Worker:
    return Worker()


@pytest.fixture
def session(worker: Worker) -> PromptSession:
    made = PromptSession(worker)  # type: ignore[arg-type]
    made.open(Photo("a" * 64, 20, 20, "a.png"))
    made.accepted.connect(lambda *args: accepts.append(args))
    accepts.clear()
    return made


accepts: list[tuple[Candidate, Prompts, object]] = []


def test_the_chosen_candidate_is_the_start_of_the_next_click(session: PromptSession, worker: Worker):
    session.add_point(5, 5)
    worker.answer(BIG, HALF, SMALL)
    session.cycle()
    chosen = session.candidate
    session.add_point(6, 6)
    assert chosen is not None and worker.asked[-1].previous is not None
    assert worker.asked[-1].previous.logits is chosen.logits


def test_two_foods_accepted_while_encoding_are_both_answered_in_order(session: PromptSession, worker: Worker):
    session.add_point(1, 1)
    session.accept("first")
    session.add_point(8, 8)
    session.accept("second")
    session.add_point(15, 15)
    assert session.accepting == 2 and not accepts
    worker.answer(BIG)
    worker.answer(SMALL)
    assert [(c.mask, p.points[0].x, target) for c, p, target in accepts] == [(BIG, 1, "first"), (SMALL, 8, "second")]
    worker.answer(HALF)
    assert session.candidate is not None and session.candidate.mask == HALF


def test_a_correction_after_which_little_is_left_is_flagged_and_taken_back(session: PromptSession, worker: Worker):
    session.add_point(5, 5)
    worker.answer(BIG)
    session.add_point(9, 9, positive=False)
    worker.answer(HALF)
    assert not session.collapsed
    session.add_point(9, 8, positive=False)
    worker.answer(SMALL)
    assert session.collapsed
    assert session.undo() and not session.collapsed
    assert session.candidate is not None and session.candidate.mask == HALF


def test_a_box_says_anew_what_is_meant_and_flags_nothing(session: PromptSession, worker: Worker):
    session.add_point(5, 5)
    worker.answer(BIG)
    session.set_box(0, 0, 3, 3)
    worker.answer(SMALL)
    assert not session.collapsed


def test_a_mask_there_is_becomes_the_candidate_and_the_prompt_of_the_first_click(
    session: PromptSession, worker: Worker
):
    session.begin_with(BIG, 0.7)
    assert session.active and not session.waiting and not worker.asked
    session.add_point(2, 2)
    previous = worker.asked[-1].previous
    assert previous is not None and (previous.logits > 0).mean() == pytest.approx(BIG.area / 400, abs=0.02)
    worker.answer(HALF)
    session.accept("again")
    assert accepts[-1][0].mask == HALF and accepts[-1][2] == "again"


def test_a_mask_corrected_by_hand_takes_the_candidates_place_and_can_be_taken_back(
    session: PromptSession, worker: Worker
):
    session.add_point(5, 5)
    worker.answer(BIG, HALF)
    session.set_mask(SMALL)
    assert [c.mask for c in session.candidates] == [SMALL]
    session.undo()
    assert [c.mask for c in session.candidates] == [BIG, HALF]


def test_asking_again_sends_the_mask_with_its_box(session: PromptSession, worker: Worker):
    session.begin_with(SMALL)
    session.ask_again()
    asked = worker.asked[-1]
    assert asked.box is not None and (asked.box.x0, asked.box.x1) == (0, 3) and asked.previous is not None


def test_a_failed_answer_gives_its_accept_up_and_the_next_is_asked(session: PromptSession, worker: Worker):
    given_up: list[object] = []
    session.gave_up.connect(given_up.append)
    session.add_point(1, 1)
    session.accept("first")
    session.add_point(8, 8)
    worker.predict_failed.emit(1, "No.")
    assert given_up == ["first"] and len(worker.asked) == 2
    worker.answer(SMALL)
    assert session.candidate is not None


def test_undone_before_its_answer_a_late_answer_changes_nothing(session: PromptSession, worker: Worker):
    session.add_point(1, 1)
    session.undo()
    worker.answer(BIG)
    assert session.candidate is None and not session.active
