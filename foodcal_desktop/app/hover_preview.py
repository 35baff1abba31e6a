"""What a click would give where the pointer rests. It asks only while nothing else does, and a click displaces it."""

from __future__ import annotations

import time

from PySide6.QtCore import QObject, QTimer, Signal

from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.prompt import Candidate, PointPrompt, Prompts

_REST_MS = 160
# A preview under way delays a click by its remaining time at most. By a checkpoint that takes longer than the first,
# the pointer has to rest for so many times as long; by one that takes longer than the second there is none.
_QUICK_SECONDS, _TOO_LONG_SECONDS, _RESTS = 0.04, 0.25, 10


class HoverPreview(QObject):
    """``changed`` announces another candidate, or none. Off unless ``enabled``."""

    changed = Signal()

    def __init__(self, worker: WorkerClient, prompts: PromptSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._prompts = worker, prompts
        self._photo: Photo | None = None
        self._at: tuple[float, float] | None = None
        self._request: int | None = None
        self.enabled = False
        self.candidate: Candidate | None = None
        self._checkpoint, self._seconds = "", 0.0
        self._asked_at = 0.0
        self._timer = QTimer(self, singleShot=True, interval=_REST_MS)
        self._timer.timeout.connect(self._ask)
        worker.predicted.connect(self._on_predicted)
        prompts.changed.connect(self.leave)

    def open(self, photo: Photo | None) -> None:
        """Another photo."""
        self._photo = photo
        self.leave()

    def move(self, x: float, y: float) -> None:
        """The pointer is over this point of the photo."""
        self.leave()
        if self.enabled and not self._prompts.active:
            self._at, rest = (x, y), self._rest_ms()
            if rest is not None:
                self._timer.start(rest)

    def leave(self) -> None:
        """The pointer is elsewhere, or something was clicked."""
        self._timer.stop()
        self._at = self._request = None
        if self.candidate is not None:
            self.candidate = None
            self.changed.emit()

    def _ask(self) -> None:
        idle = not (self._prompts.active or self._prompts.accepting)
        if self._photo is None or self._at is None or not idle or not self._worker.has_embedding(self._photo.sha256):
            return
        self._asked_at = time.monotonic()
        self._request = self._worker.predict(self._photo.sha256, Prompts((PointPrompt(*self._at),)), preview=True)

    def _rest_ms(self) -> int | None:
        """How long the pointer has to rest, by what previews of this checkpoint took; None where they take too long."""
        if self._worker.checkpoint != self._checkpoint:
            self._checkpoint, self._seconds = self._worker.checkpoint, 0.0
        if self._seconds > _TOO_LONG_SECONDS:
            return None
        slow = self._seconds > _QUICK_SECONDS
        return max(_REST_MS, round(1000 * _RESTS * self._seconds)) if slow else _REST_MS

    def _on_predicted(self, request: int, candidates: tuple[Candidate, ...]) -> None:
        if request == self._request:
            taken = time.monotonic() - self._asked_at
            # The first answer of a checkpoint reads the embedding too; what is usual counts, not what was once.
            self._seconds = taken if not self._seconds else min(taken, (self._seconds + taken) / 2)
        if request == self._request and candidates:
            self.candidate = candidates[0]
            self.changed.emit()
