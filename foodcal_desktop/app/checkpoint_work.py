"""Long work on checkpoints off the window's thread: downloading, importing, verifying, selecting."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QThreadPool, Signal

from foodcal_desktop.core.disk_sentences import plainly
from foodcal_desktop.storage.checkpoints import Catalogue, Checkpoint, CheckpointError
from foodcal_desktop.storage.settings import MIRROR_URL, PROXY_URL, Settings

if TYPE_CHECKING:
    from foodcal_desktop.storage.downloads import DownloadProgress


class CheckpointWork(QObject):
    """One thing at a time. ``progress(done, total, speed)`` in bytes and bytes a second, a speed of 0 where none is
    known; ``done(name)``; ``failed(sentence)``.
    """

    progress = Signal(object, object, float)
    done = Signal(str)
    failed = Signal(str)

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.catalogue = Catalogue()
        self._settings = settings
        self._cancel = threading.Event()
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self.busy = False
        self.done.connect(self._on_end)
        self.failed.connect(self._on_end)

    def download(self, name: str) -> None:
        """Fetch an official checkpoint; what has arrived is kept where it is cancelled."""
        sources = self._settings.get(MIRROR_URL), self._settings.get(PROXY_URL)
        checkpoint = self.catalogue.get(name)
        self._run(lambda: self._download(checkpoint, *sources))

    def import_file(self, path: Path) -> None:
        """Take a weights file in."""
        self._run(lambda: self.catalogue.import_file(path, progress=self._tell).name)

    def verify(self, name: str) -> None:
        """Read the whole file and compare it."""
        self._run(lambda: self.catalogue.verify(name, self._tell).name)

    def cancel(self) -> None:
        """Stop a download; what has arrived is kept."""
        self._cancel.set()

    def close(self) -> None:
        """Stop, and wait for the end."""
        self.cancel()
        self._pool.waitForDone()

    def _download(self, checkpoint: Checkpoint, mirror: str, proxy: str) -> str:
        # Late: what speaks http takes as long to import as a tenth of the window's start, and few starts need it.
        from foodcal_desktop.storage.downloads import DownloadOptions, download

        def tell(now: DownloadProgress) -> None:
            self.progress.emit(now.done, now.total, now.bytes_per_second)

        download(checkpoint, DownloadOptions(mirror, proxy), tell, self._cancel)
        return checkpoint.name

    def _tell(self, done: int, total: int) -> None:
        self.progress.emit(done, total, 0.0)

    def _run(self, work: Callable[[], str]) -> None:
        if self.busy:
            return
        self.busy = True
        self._cancel.clear()
        self._pool.start(lambda: self._do(work))

    def _do(self, work: Callable[[], str]) -> None:
        try:
            self.done.emit(work())
        except (CheckpointError, OSError) as error:
            self.failed.emit(plainly(error))

    def _on_end(self, _: str) -> None:
        self.busy = False
