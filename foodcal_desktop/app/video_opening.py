"""Videos opened: the encoder writes their frames as photos, which then come into the queue like a folder."""

from __future__ import annotations

from collections import deque
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.encoder_jobs import EncoderJobs
from foodcal_desktop.app.photo_library import PhotoLibrary


class VideoOpening(QObject):
    """One video after the other. ``changed`` announces progress."""

    changed = Signal()

    def __init__(self, jobs: EncoderJobs, library: PhotoLibrary, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs, self._library = jobs, library
        self._waiting: deque[Path] = deque()
        self._job = 0
        self.frames = 0
        self.name = ""
        library.videos_wanted.connect(self.open)
        jobs.sampled.connect(self._on_sampled)
        jobs.ended.connect(self._on_ended)

    @property
    def running(self) -> bool:
        """Whether a video is being read."""
        return self._job != 0

    def open(self, videos: list[Path]) -> None:
        """Read videos that were not read before."""
        self._waiting.extend(videos)
        if not self.running:
            self._next()

    def stop(self) -> None:
        """Read no more of them."""
        self._waiting.clear()
        if self.running:
            self._jobs.stop()

    def _next(self) -> None:
        if self._waiting:
            video = self._waiting.popleft()
            self.name, self.frames = video.name, 0
            self._job = self._jobs.sample(video)
        self.changed.emit()

    def _on_sampled(self, frames: int, folder: str) -> None:
        self.frames = frames
        if folder:
            self._library.open_paths([folder])
        self.changed.emit()

    def _on_ended(self, job: int, _done: bool) -> None:
        if job == self._job:
            self._job = 0
            self._next()
