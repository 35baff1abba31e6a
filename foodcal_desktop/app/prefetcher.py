"""Embeds the photos that are likely opened next while the person works on this one."""

from __future__ import annotations

from PySide6.QtCore import QObject

from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.app.photo_queue import PhotoQueue
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Photo

AHEAD = 3
"""How many photos: one is a few seconds of encoding at most, and nobody reads three photos in that time."""


class Prefetcher(QObject):
    """Waits until the open photo is embedded, then decodes and embeds the next ones, the very next first."""

    def __init__(
        self, library: PhotoLibrary, queue: PhotoQueue, worker: WorkerClient, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._library = library
        self._queue = queue
        self._worker = worker
        self._waiting: list[int] = []
        self._decoding = -1
        library.opening.connect(self._stop)
        library.looked_ahead.connect(self._on_decoded)
        library.item_changed.connect(self._on_item)
        worker.embedded.connect(self._on_embedded)

    def _stop(self) -> None:
        """Another photo is being opened: nothing is to be in its way."""
        self._waiting, self._decoding = [], -1
        self._worker.forget_prefetches()

    def _on_embedded(self, sha256: str) -> None:
        photo = self._open_photo()
        if photo is not None and photo.sha256 == sha256:
            self._waiting = self._queue.next_rows(AHEAD)
            self._next()

    def _on_decoded(self, photo: Photo) -> None:
        self._worker.prefetch(photo)
        self._next()

    def _on_item(self, index: int) -> None:
        """A file that is no photo is passed over."""
        if index == self._decoding and self._library.item(index).error:
            self._next()

    def _next(self) -> None:
        self._decoding = self._waiting.pop(0) if self._waiting else -1
        if self._decoding >= 0:
            self._library.look_ahead(self._decoding)

    def _open_photo(self) -> Photo | None:
        current = self._library.current
        return self._library.item(current).photo if current >= 0 else None
