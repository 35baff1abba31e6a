"""The queue: which photos there are, and the one that is open. Decoding happens off the window's thread."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.storage import paths, photos
from foodcal_desktop.storage.store import Store

THUMBNAIL_SIDE = 160


@dataclass(frozen=True)
class PhotoItem:
    """One row of the queue. ``thumbnail`` is a small QImage once made; ``error`` a sentence where the file is none."""

    path: Path
    photo: Photo | None = None
    state: str = "todo"
    error: str | None = None
    thumbnail: QImage | None = None

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name


class _Task(QRunnable):
    """A photo decoded in a pool thread; what came of it goes back by signals, which cross threads by themselves."""

    class Signals(QObject):
        done = Signal(object, object)
        failed = Signal(object, str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path = path
        self.signals = _Task.Signals()

    def run(self) -> None:
        """Decode, or say why not."""
        try:
            self.signals.done.emit(self.path, photos.load(self.path))
        except (photos.PhotoError, OSError, MemoryError) as error:
            self.signals.failed.emit(self.path, str(error))


class _ThumbnailTask(_Task):
    """A thumbnail read by the file's own reduced decoding where it has one."""

    def run(self) -> None:
        """Decode small, or say why not."""
        try:
            self.signals.done.emit(self.path, photos.load_thumbnail(self.path, THUMBNAIL_SIDE))
        except (photos.PhotoError, OSError, MemoryError) as error:
            self.signals.failed.emit(self.path, str(error))


class PhotoLibrary(QObject):
    """Photos in the order they were added.

    Signals: ``items_changed()`` rows were added; ``item_changed(index)``; ``opening(path)`` decoding began;
    ``opened(LoadedPhoto)``; ``failed(sentence)`` a file is no photo, the others still load.
    """

    items_changed = Signal()
    item_changed = Signal(int)
    opening = Signal(object)
    opened = Signal(object)
    failed = Signal(str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._items: list[PhotoItem] = []
        self._rows: dict[Path, int] = {}
        self._current = -1
        self._pool = QThreadPool(self)
        self._thumbnail_pool = QThreadPool(self)
        self._thumbnail_pool.setMaxThreadCount(1)
        self._tasks: set[_Task] = set()
        self._thumbnails_asked: set[Path] = set()

    @property
    def items(self) -> tuple[PhotoItem, ...]:
        """All rows of the queue."""
        return tuple(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def item(self, index: int) -> PhotoItem:
        """One row of the queue. Raises IndexError outside it."""
        return self._items[index]

    @property
    def current(self) -> int:
        """Index of the open photo, -1 for none."""
        return self._current

    def restore(self) -> None:
        """Bring back the photos that were in the queue last time and are still there."""
        known = [photo for photo in self._store.photos() if Path(photo.path).is_file()]
        self._append(PhotoItem(Path(photo.path), photo, photo.state) for photo in known)

    def open_paths(self, files_and_folders: Iterable[Path | str]) -> None:
        """Add files, and the photos of folders; open the first of them."""
        wanted = [Path(p).expanduser().absolute() for p in files_and_folders]
        found = list(photos.find_photos(wanted))
        if not found:
            if wanted:
                self.failed.emit(self.tr("There is no photo in {0}.").format(", ".join(p.name for p in wanted)))
            return
        self._append(PhotoItem(path, self._known(path)) for path in found if path not in self._rows)
        self.select(self._rows[found[0]])

    def open_image(self, image: QImage) -> None:
        """Take a pasted image in: kept as a file of its own, for it has no other."""
        name = f"pasted-{abs(hash(bytes(image.constBits()[:4096]))):x}-{len(self._items)}.png"
        path = paths.pasted_photos_dir() / name
        if image.isNull() or not image.save(str(path)):
            self.failed.emit(self.tr("The clipboard holds no image that can be read; copy the photo again."))
            return
        self.open_paths([path])

    def select(self, index: int) -> None:
        """Open a row of the queue."""
        if not 0 <= index < len(self._items):
            return
        self._current = index
        self.opening.emit(self._items[index].path)
        self._run(_Task(self._items[index].path), self._on_loaded, self._pool)

    def next(self) -> None:
        """Open the row after the open one."""
        self.select(self._current + 1)

    def previous(self) -> None:
        """Open the row before the open one."""
        self.select(self._current - 1)

    def set_state(self, index: int, state: str) -> None:
        """Mark a row "todo", "done" or "review"."""
        item = self._items[index]
        if item.photo is not None:
            self._store.set_photo_state(item.photo.sha256, state)
        self._replace(index, replace(item, state=state))

    def want_thumbnail(self, index: int) -> None:
        """Make the thumbnail of a row, once, when there is time."""
        path = self._items[index].path
        if path not in self._thumbnails_asked:
            self._thumbnails_asked.add(path)
            self._run(_ThumbnailTask(path), self._on_thumbnail, self._thumbnail_pool)

    def close(self) -> None:
        """Wait for decoding that still runs."""
        for pool in (self._pool, self._thumbnail_pool):
            pool.clear()
            pool.waitForDone()

    def _known(self, path: Path) -> Photo | None:
        return self._store.photo_at(str(path))

    def _append(self, items: Iterable[PhotoItem]) -> None:
        for item in items:
            if item.path not in self._rows:
                self._rows[item.path] = len(self._items)
                self._items.append(replace(item, state=item.photo.state if item.photo else item.state))
        self.items_changed.emit()

    def _run(self, task: _Task, on_done: object, pool: QThreadPool) -> None:
        # The task belongs to Python: its signals must outlive run() until they were delivered.
        task.setAutoDelete(False)
        self._tasks.add(task)
        task.signals.done.connect(on_done)
        task.signals.failed.connect(self._on_failed)
        task.signals.done.connect(lambda *_: self._tasks.discard(task))
        task.signals.failed.connect(lambda *_: self._tasks.discard(task))
        pool.start(task)

    def _on_loaded(self, path: Path, loaded: photos.LoadedPhoto) -> None:
        index = self._rows[path]
        self._store.add_photo(loaded.photo)
        stored = self._store.photo(loaded.photo.sha256) or loaded.photo
        self._replace(index, replace(self._items[index], photo=stored, state=stored.state, error=None))
        if index == self._current:
            self.opened.emit(loaded)

    def _on_thumbnail(self, path: Path, pixels: photos.Pixels) -> None:
        height, width = pixels.shape[:2]
        image = QImage(pixels.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
        index = self._rows[path]
        self._replace(index, replace(self._items[index], thumbnail=image))

    def _on_failed(self, path: Path, sentence: str) -> None:
        index = self._rows[path]
        if self._items[index].error is None:
            self._replace(index, replace(self._items[index], error=sentence))
            self.failed.emit(sentence)

    def _replace(self, index: int, item: PhotoItem) -> None:
        self._items[index] = item
        self.item_changed.emit(index)
