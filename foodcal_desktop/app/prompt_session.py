"""From prompts to an accepted candidate: what is being marked on the open photo at this moment."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.mask_tools import prompt_logits
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, Logits, PointPrompt, Prompts

COLLAPSE_IOU = 0.5
"""A correction after which less than this is left in common with the mask before is flagged."""


@dataclass(frozen=True)
class _Moment:
    """Prompts with their answer, as undo returns to them."""

    prompts: Prompts = field(default_factory=Prompts)
    candidates: tuple[Candidate, ...] = ()
    chosen: int = 0
    answered: bool = False
    collapsed: bool = False
    by_hand: bool = False


@dataclass(frozen=True)
class _Kept:
    """Prompts that were accepted before their answer came, and what they were for."""

    prompts: Prompts
    target: object


class PromptSession(QObject):
    """Prompts on one photo, their candidates and the chosen one.

    ``changed`` announces any of them; ``accepted(Candidate, Prompts, target)`` the user's yes, ``target`` being what
    ``accept`` was given. Prompts made while the photo is still being encoded wait for it, and so does each accept: the
    next food can be clicked meanwhile. ``failed(sentence)``, with ``gave_up(target)`` for an accept that cannot be
    answered any more; ``left_behind(Photo, Prompts, target)`` for one whose photo was left before its answer came.
    """

    changed = Signal()
    accepted = Signal(object, object, object)
    failed = Signal(str)
    gave_up = Signal(object)
    left_behind = Signal(object, object, object)

    def __init__(self, worker: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._photo: Photo | None = None
        self._now = _Moment()
        self._past: list[_Moment] = []
        self._future: list[_Moment] = []
        self._kept: deque[_Kept] = deque()
        self._request: int | None = None
        self._asked: Prompts | None = None
        self.offered: tuple[Candidate, ...] = ()
        """The candidates among which the mask that was accepted last was chosen."""
        self.by_hand = False
        """Whether that mask was drawn, and not the checkpoint's answer."""
        worker.predicted.connect(self._on_predicted)
        worker.predict_failed.connect(self._on_failed)

    @property
    def prompts(self) -> Prompts:
        """All prompts so far."""
        return self._now.prompts

    @property
    def candidates(self) -> tuple[Candidate, ...]:
        """The answer to the prompts, best first; that of the last ones while they are being answered."""
        return self._now.candidates

    @property
    def chosen(self) -> int:
        """Index of the chosen candidate."""
        return self._now.chosen

    @property
    def candidate(self) -> Candidate | None:
        """The chosen candidate."""
        return self._now.candidates[self._now.chosen] if self._now.candidates else None

    @property
    def active(self) -> bool:
        """Whether something is being marked that can be accepted or discarded."""
        return not self.prompts.is_empty or self.candidate is not None

    @property
    def waiting(self) -> bool:
        """Whether an answer to the prompts is outstanding."""
        return not self._now.prompts.is_empty and not self._now.answered

    @property
    def drawn(self) -> bool:
        """Whether the candidate was drawn by hand."""
        return self._now.by_hand

    @property
    def accepting(self) -> int:
        """How many accepted masks are still being waited for."""
        return len(self._kept)

    @property
    def kept_prompts(self) -> tuple[Prompts, ...]:
        """The prompts of those masks, in their order."""
        return tuple(kept.prompts for kept in self._kept)

    @property
    def collapsed(self) -> bool:
        """Whether the last correction left less than half in common with the mask before."""
        return self._now.collapsed

    @property
    def swollen(self) -> bool:
        """Whether that is so because the mask has become much larger."""
        before = self._past[-1] if self._past else _Moment()
        if not self.collapsed or self.candidate is None or not before.candidates:
            return False
        return self.candidate.mask.area > before.candidates[before.chosen].mask.area

    def open(self, photo: Photo | None) -> None:
        """Start anew on another photo."""
        before, kept = self._photo, tuple(self._kept)
        self._photo = photo
        self._kept.clear()
        self._reset()
        for one in kept:
            self.left_behind.emit(before, one.prompts, one.target)

    def add_point(self, x: float, y: float, positive: bool = True) -> None:
        """A click at (x, y) in photo pixels; the chosen candidate is the start of the next answer."""
        previous = self.candidate if not self.waiting else None
        prompts = self.prompts.with_point(PointPrompt(x, y, positive))
        self._advance(prompts.with_previous(previous.logits) if previous else prompts)

    def set_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A box in photo pixels, its corners in any order; it replaces the box before."""
        box = BoxPrompt(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        self._advance(self.prompts.with_box(box).with_previous(None))

    def begin_with(self, mask: Mask, predicted_iou: float = 1.0, logits: Logits | None = None) -> None:
        """Start from a mask there is: it is the candidate, and the first click is answered from it."""
        if self._photo is None or mask.area == 0:
            return
        self._reset()
        candidate = Candidate(mask, predicted_iou, prompt_logits(mask) if logits is None else logits)
        self._now = _Moment(candidates=(candidate,), answered=True, by_hand=logits is None)
        self.changed.emit()

    def set_mask(self, mask: Mask) -> None:
        """Put a mask corrected by hand in the candidate's place; the prompts stay, and undo brings the old one back."""
        if self.candidate is None or mask.area == 0:
            return
        self._past.append(self._now)
        self._future.clear()
        candidate = Candidate(mask, self.candidate.predicted_iou, prompt_logits(mask))
        self._now = replace(self._now, candidates=(candidate,), chosen=0, answered=True, collapsed=False)
        self._now = replace(self._now, by_hand=True)
        self._request = None
        self.changed.emit()

    def ask_again(self) -> None:
        """Have the segmenter draw the candidate anew: its box and its mask are the prompts."""
        if self.candidate is None:
            return
        box = BoxPrompt(*(float(side) for side in self.candidate.mask.box))
        self._advance(self.prompts.with_box(box).with_previous(self.candidate.logits))

    def cycle(self, step: int = 1) -> None:
        """Choose the next candidate."""
        if self._now.candidates:
            self.choose((self._now.chosen + step) % len(self._now.candidates))

    def choose(self, index: int) -> None:
        """Choose a candidate by its index."""
        self._now = replace(self._now, chosen=index)
        self.changed.emit()

    def refine(self, candidate: Candidate, finer: Candidate) -> None:
        """Put a finer mask in a candidate's place; that is no step of its own."""
        candidates = tuple(finer if one is candidate else one for one in self._now.candidates)
        self._now = replace(self._now, candidates=candidates)
        self.changed.emit()

    @property
    def steps(self) -> tuple[bool, bool]:
        """Whether there is a prompt to take back, and one to make again."""
        return bool(self._past), bool(self._future)

    def undo(self) -> bool:
        """Take the last prompt back; False where there is none."""
        if not self._past:
            return False
        self._future.append(self._now)
        self._return_to(self._past.pop())
        return True

    def redo(self) -> bool:
        """Make the last undone prompt again; False where there is none."""
        if not self._future:
            return False
        self._past.append(self._now)
        self._return_to(self._future.pop())
        return True

    def discard(self) -> None:
        """Forget prompts and candidates; accepted masks stay."""
        self._reset()

    def accept(self, target: object = None) -> None:
        """Say yes to the chosen candidate, or to the one that is being waited for."""
        candidate, prompts = self.candidate, self.prompts
        if self.waiting:
            self._kept.append(_Kept(prompts, target))
            self._reset()
        elif candidate is not None:
            self.offered, self.by_hand = self.candidates, self._now.by_hand
            self._reset()
            self.accepted.emit(candidate, prompts, target)

    def _reset(self) -> None:
        self._now = _Moment()
        self._past.clear()
        self._future.clear()
        self._ask_next()
        self.changed.emit()

    def _advance(self, prompts: Prompts) -> None:
        if self._photo is None:
            return
        self._past.append(self._now)
        self._future.clear()
        self._now = replace(self._now, prompts=prompts, answered=False, collapsed=False)
        self._ask_next()
        self.changed.emit()

    def _return_to(self, moment: _Moment) -> None:
        self._now = moment
        self._ask_next()
        self.changed.emit()

    def _ask_next(self) -> None:
        """Ask for what was accepted first; the prompts under way are answered once nothing else waits."""
        if self._photo is None or not (self._kept or self.waiting):
            self._request = None
            return
        wanted = self._kept[0].prompts if self._kept else self._now.prompts
        if self._request is None or wanted is not self._asked:
            self._asked = wanted
            self._request = self._worker.predict(self._photo.sha256, wanted)

    def _on_predicted(self, request: int, candidates: tuple[Candidate, ...]) -> None:
        if request != self._request:
            return
        self._request = None
        if self._kept:
            kept = self._kept.popleft()
            self._ask_next()
            self.offered, self.by_hand = candidates, False
            self.accepted.emit(candidates[0], kept.prompts, kept.target)
        else:
            collapsed = self._collapses(candidates)
            self._now = replace(self._now, candidates=candidates, chosen=0, answered=True, collapsed=collapsed)
            self._now = replace(self._now, by_hand=False)
        self.changed.emit()

    def _collapses(self, candidates: tuple[Candidate, ...]) -> bool:
        """A box says anew what is meant; a click only corrects."""
        before = self.candidate
        corrects = self._now.prompts.previous is not None and bool(self._now.prompts.points)
        return corrects and before is not None and before.mask.iou(candidates[0].mask) < COLLAPSE_IOU

    def _on_failed(self, request: int, sentence: str) -> None:
        if request != self._request:
            return
        self._request = None
        if self._kept:
            self.gave_up.emit(self._kept.popleft().target)
            self._ask_next()
        else:
            self._now = replace(self._now, answered=True)
        self.failed.emit(sentence)
        self.changed.emit()
