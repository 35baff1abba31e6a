"""What a click would give where the pointer rests. It asks only while nothing else does, and a click displaces it."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.prompt import Candidate, PointPrompt, Prompts

_REST_MS = 160


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
            self._at = (x, y)
            self._timer.start()

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
        self._request = self._worker.predict(self._photo.sha256, Prompts((PointPrompt(*self._at),)))

    def _on_predicted(self, request: int, candidates: tuple[Candidate, ...]) -> None:
        if request == self._request and candidates:
            self.candidate = candidates[0]
            self.changed.emit()
