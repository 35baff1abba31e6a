"""Thumbnails made when they are seen: the one wanted last comes first, and only so many stay in memory."""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from foodcal_desktop.app.pool_task import Pool
from foodcal_desktop.storage.photos import Pixels
from foodcal_desktop.storage.thumbnail_cache import ThumbnailCache

KEPT = 600
"""Thumbnails in memory, 60 kB each; a list shows a few dozen."""

_WAITING = 80


class Thumbnails(QObject):
    """``made(path, QImage)``; ``dropped(path)`` memory was needed; ``failed(path, sentence)`` the file is no photo."""

    made = Signal(object, object)
    dropped = Signal(object)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = Pool(1, self)
        self._cache: ThumbnailCache | None = None
        self._wanted: OrderedDict[Path, None] = OrderedDict()
        self._kept: OrderedDict[Path, None] = OrderedDict()
        self._now: Path | None = None
        self._held = False

    def want(self, path: Path) -> None:
        """Make this thumbnail before all others; those scrolled past long ago are forgotten until seen again."""
        if path in self._kept:
            self._kept.move_to_end(path)
        elif path != self._now:
            self._wanted[path] = None
            self._wanted.move_to_end(path)
            while len(self._wanted) > _WAITING:
                self._wanted.popitem(last=False)
            self._next()

    def hold(self) -> None:
        """Begin no other one: a photo is being opened, which comes first."""
        self._held = True

    def go_on(self) -> None:
        """Make what was wanted meanwhile."""
        self._held = False
        self._next()

    def close(self) -> None:
        """Wait for the one being made."""
        self._wanted.clear()
        self._pool.close()

    def _next(self) -> None:
        if self._now is None and self._wanted and not self._held:
            path = self._now = self._wanted.popitem()[0]
            self._pool.run(
                lambda: _image(self._thumbnails().get(path)),
                lambda image: self._on_made(path, image),
                lambda sentence: self._on_failed(path, sentence),
            )

    def _thumbnails(self) -> ThumbnailCache:
        # In the pool's one thread: the folder is made when the first thumbnail is.
        if self._cache is None:
            self._cache = ThumbnailCache()
        return self._cache

    def _on_made(self, path: Path, image: QImage) -> None:
        self._now = None
        self._kept[path] = None
        self.made.emit(path, image)
        while len(self._kept) > KEPT:
            self.dropped.emit(self._kept.popitem(last=False)[0])
        self._next()

    def _on_failed(self, path: Path, sentence: str) -> None:
        self._now = None
        self.failed.emit(path, sentence)
        self._next()


def _image(pixels: Pixels) -> QImage:
    height, width = pixels.shape[:2]
    return QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
