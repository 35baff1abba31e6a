"""From prompts to an accepted candidate: what is being marked on the open photo at this moment."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts


@dataclass(frozen=True)
class _Moment:
    """Prompts with their answer, as undo returns to them."""

    prompts: Prompts = field(default_factory=Prompts)
    candidates: tuple[Candidate, ...] = ()
    chosen: int = 0
    answered: bool = False


class PromptSession(QObject):
    """Prompts on one photo, their candidates and the chosen one.

    ``changed`` announces any of them; ``accepted(Candidate, Prompts)`` the user's yes. Prompts made while the photo is
    still being encoded wait for it, and so does an accept.
    """

    changed = Signal()
    accepted = Signal(object, object)
    failed = Signal(str)

    def __init__(self, worker: WorkerClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker = worker
        self._photo: Photo | None = None
        self._now = _Moment()
        self._past: list[_Moment] = []
        self._future: list[_Moment] = []
        self._request: int | None = None
        self._accept_when_answered = False
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
    def waiting(self) -> bool:
        """Whether an answer is outstanding."""
        return self._request is not None

    def open(self, photo: Photo | None) -> None:
        """Start anew on another photo."""
        self._photo = photo
        self._reset()

    def add_point(self, x: float, y: float, positive: bool = True) -> None:
        """A click at (x, y) in photo pixels; the chosen candidate is the start of the next answer."""
        previous = self.candidate if not self.waiting else None
        prompts = self.prompts.with_point(PointPrompt(x, y, positive))
        self._advance(prompts.with_previous(previous.logits) if previous else prompts)

    def set_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A box in photo pixels, its corners in any order; it replaces the box before."""
        box = BoxPrompt(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
        self._advance(self.prompts.with_box(box).with_previous(None))

    def cycle(self, step: int = 1) -> None:
        """Choose the next candidate."""
        if self._now.candidates:
            self.choose((self._now.chosen + step) % len(self._now.candidates))

    def choose(self, index: int) -> None:
        """Choose a candidate by its index."""
        self._now = replace(self._now, chosen=index)
        self.changed.emit()

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

    def accept(self) -> None:
        """Say yes to the chosen candidate, or to the one that is being waited for."""
        if self.waiting:
            self._accept_when_answered = True
        elif self.candidate is not None:
            candidate, prompts = self.candidate, self.prompts
            self._reset()
            self.accepted.emit(candidate, prompts)

    def _reset(self) -> None:
        self._now, self._request, self._accept_when_answered = _Moment(), None, False
        self._past.clear()
        self._future.clear()
        self.changed.emit()

    def _advance(self, prompts: Prompts) -> None:
        if self._photo is None:
            return
        self._past.append(self._now)
        self._future.clear()
        self._now = replace(self._now, prompts=prompts, answered=False)
        self._ask()

    def _return_to(self, moment: _Moment) -> None:
        self._now, self._request = moment, None
        if not moment.prompts.is_empty and not moment.answered:
            self._ask()
        self.changed.emit()

    def _ask(self) -> None:
        assert self._photo is not None
        self._request = self._worker.predict(self._photo.sha256, self._now.prompts)
        self.changed.emit()

    def _on_predicted(self, request: int, candidates: tuple[Candidate, ...]) -> None:
        if request != self._request:
            return
        self._request = None
        self._now = replace(self._now, candidates=candidates, chosen=0, answered=True)
        if self._accept_when_answered:
            self.accept()
        self.changed.emit()

    def _on_failed(self, request: int, sentence: str) -> None:
        if request == self._request:
            self._request = None
            self._accept_when_answered = False
            self.failed.emit(sentence)
            self.changed.emit()
