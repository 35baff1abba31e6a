"""The queue: which photos there are, and the one that is open. Nothing touches a file in the window's thread."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from foodcal_desktop.app import queue_listing
from foodcal_desktop.app.pool_task import Pool
from foodcal_desktop.app.queue_listing import Found, LastTime, PhotoItem
from foodcal_desktop.app.thumbnails import Thumbnails
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.storage import paths, photos, queue_store
from foodcal_desktop.storage.files import free_name
from foodcal_desktop.storage.photos import LoadedPhoto
from foodcal_desktop.storage.store import Store

DECODED_BYTES = 160 * 1024**2
"""Decoded photos kept for going on and back: four of 12 megapixels."""

# Of many that are gone so many are named.
_NAMED = 3


@dataclass(frozen=True)
class _Decoded:
    """A decoded photo, and the size and time that its file had just before."""

    version: tuple[int, int] | None
    loaded: LoadedPhoto


class PhotoLibrary(QObject):
    """Photos in the order they were added.

    Signals: ``items_changed()`` rows were added; ``item_changed(index)``; ``opening(path)`` decoding began;
    ``opened(LoadedPhoto)``; ``looked_ahead(Photo)`` a photo that may come next is decoded and known;
    ``videos_wanted(list[Path])`` videos were opened whose frames are not there yet; ``failed(sentence)`` a file is no
    photo, the others still load; ``broken(sentence)`` it is the one that was chosen; ``datasets_found(list[Path])``
    folders were opened that hold masks as well.
    """

    items_changed = Signal()
    item_changed = Signal(int)
    opening = Signal(object)
    opened = Signal(object)
    looked_ahead = Signal(object)
    videos_wanted = Signal(object)
    failed = Signal(str)
    broken = Signal(str)
    datasets_found = Signal(object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._items: list[PhotoItem] = []
        # By their text, which a path keeps once made: ten thousand paths take ten times as long to be hashed.
        self._rows: dict[str, int] = {}
        self._current = -1
        self.reopened = False
        """Whether the open photo is the last time's, which nobody has asked for."""
        self._decoded: OrderedDict[Path, _Decoded] = OrderedDict()
        # One thread each: listings come in the order they were asked for, and decoding ahead never delays opening.
        self._listing, self._opening, self._ahead = Pool(1, self), Pool(1, self), Pool(1, self)
        self._thumbnails = Thumbnails(self)
        self._thumbnails.made.connect(self._on_thumbnail)
        self._thumbnails.dropped.connect(lambda path: self._on_thumbnail(path, None))
        self._thumbnails.failed.connect(self._on_failed)

    @property
    def items(self) -> tuple[PhotoItem, ...]:
        """All rows of the queue."""
        return tuple(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def item(self, index: int) -> PhotoItem:
        """One row of the queue. Raises IndexError outside it."""
        return self._items[index]

    def index_of(self, path: Path) -> int:
        """The row of a file, -1 where it is not in the queue."""
        return self._rows.get(str(path), -1)

    @property
    def counts(self) -> Counter[str]:
        """How many rows shown are "todo", "done" and "review"; those that are no photos count as "error"."""
        return Counter("error" if item.error else item.state for item in self._items if not item.removed)

    @property
    def current(self) -> int:
        """Index of the open photo, -1 for none."""
        return self._current

    def restore(self, reopen: bool = False, besides: Iterable[Path | str] = ()) -> None:
        """Bring back the queue of the last time, its folders listed anew, but for what is opened now ``besides``.

        ``reopen`` opens the photo that was open last; what is missing is left out and said.
        """
        database, opened_now = self._store.database.path, set(queue_listing.absolute(besides))
        self._listing.run(
            lambda: queue_listing.last_time(database, opened_now),
            lambda last_time: self._on_restored(last_time, reopen),
            self.failed.emit,
        )

    def open_paths(self, files_and_folders: Iterable[Path | str], show: bool = True) -> None:
        """Add files, and the photos of folders; open the first, unless one shall stay that is. Returns at once."""
        wanted = queue_listing.absolute(files_and_folders)
        if wanted:
            path = self._store.database.path
            listed = partial(self._on_found, wanted, show)
            self._listing.run(lambda: queue_listing.found(wanted, path), listed, self.failed.emit)

    def open_image(self, image: QImage) -> None:
        """Take a pasted image in: kept as a file of its own, for it has no other."""
        path = free_name(paths.pasted_photos_dir() / "pasted.png")
        if image.isNull() or not image.save(str(path)):
            self.failed.emit(self.tr("The clipboard holds no image that can be read; copy the photo again."))
            return
        self.open_paths([path])

    def select(self, index: int) -> None:
        """Open a row of the queue."""
        if not 0 <= index < len(self._items):
            return
        self._current, self.reopened = index, False
        path = self._items[index].path
        self._thumbnails.hold()
        self.opening.emit(path)
        self._opening.run(
            lambda: self._load(path), lambda d: self._on_loaded(path, d), lambda s: self._on_failed(path, s, True)
        )

    def look_ahead(self, index: int) -> None:
        """Decode a row that may be opened next; ``looked_ahead`` tells when its photo is known."""
        if 0 <= index < len(self._items) and not self._items[index].error:
            path = self._items[index].path
            self._ahead.run(
                lambda: self._load(path), lambda d: self._on_ahead(path, d), lambda s: self._on_failed(path, s)
            )

    def set_state(self, index: int, state: str) -> None:
        """Mark a row "todo", "done" or "review"."""
        item = self._items[index]
        if item.photo is not None:
            self._store.set_photo_state(item.photo.sha256, state)
        self._replace(index, replace(item, state=state))

    def remove(self, indices: Iterable[int]) -> None:
        """Show rows no more, now and at later starts; opening such a file by name brings it back."""
        rows = [i for i in indices if not self._items[i].removed]
        queue_store.remember_removed(self._store.database, [self._items[i].path for i in rows])
        for index in rows:
            self._current = -1 if index == self._current else self._current
            self._replace(index, replace(self._items[index], removed=True))

    def want_thumbnail(self, index: int) -> None:
        """Make the thumbnail of a row when there is time; asked whenever the row is painted."""
        self._thumbnails.want(self._items[index].path)

    def close(self) -> None:
        """Wait for work on files that still runs."""
        for part in (self._listing, self._opening, self._ahead, self._thumbnails):
            part.close()

    def _load(self, path: Path) -> _Decoded:
        """In a pool thread: what is decoded already, unless the file has changed since, or the file decoded now."""
        kept = self._decoded.get(path)
        if kept is not None and kept.version == _version(path):
            return kept
        return _Decoded(_version(path), photos.load(path))

    def _append(self, items: Sequence[PhotoItem]) -> None:
        before = len(self._items)
        for item in items:
            name = str(item.path)
            if name not in self._rows:
                self._rows[name] = len(self._items)
                self._items.append(item)
            elif (row := self._items[self._rows[name]]) != (news := row.with_news(item)):
                self._replace(self._rows[name], news)
        if len(self._items) > before:
            self.items_changed.emit()

    def _on_found(self, wanted: Sequence[Path], show: bool, found: Found) -> None:
        items = found.items
        if found.unread:
            self.videos_wanted.emit(list(found.unread))
        if show:
            # After the listing, which the first photo waits for.
            look = partial(queue_listing.datasets, wanted, items, self._store.database.path)
            then = partial(self._on_datasets, wanted, not items and not found.unread)
            self._listing.run(look, then, self.failed.emit)
        if not items:
            return
        self._append(items)
        if show or self._current < 0:
            self.select(self._rows[str(next(item for item in items if not item.removed).path)])
        # While the photo is decoded in its thread.
        queue_store.forget_removed(self._store.database, [item.path for item in items if not item.removed])
        queue_store.remember_sources(self._store.database, found.sources)

    def _on_datasets(self, wanted: Sequence[Path], empty: bool, datasets: Sequence[Path]) -> None:
        if datasets:
            self.datasets_found.emit(datasets)
        elif empty:
            names = ", ".join(path.name for path in wanted)
            self.failed.emit(self.tr("There is no photo in {0}.").format(names))

    def _on_restored(self, last_time: LastTime, reopen: bool) -> None:
        self._append(last_time.items)
        if last_time.gone:
            queue_store.forget_sources(self._store.database, last_time.gone)
        if reopen and self._current < 0:
            self._reopen(last_time)
            self.reopened = self._current >= 0
        gone = [path for path in last_time.gone if path != last_time.last]
        if gone:
            names = ", ".join(path.name for path in gone[:_NAMED]) + (", …" if len(gone) > _NAMED else "")
            text = self.tr("Not there any more, and left out of the queue: {0}. Open it again once it is back.")
            self.failed.emit(text.format(names))

    def _reopen(self, last_time: LastTime) -> None:
        """The photo that was open last; where it is gone, the first one to do."""
        last = last_time.last
        if last is not None and str(last) in self._rows and not self._items[self._rows[str(last)]].removed:
            self.select(self._rows[str(last)])
            return
        if last is not None and str(last) not in self._rows:
            self.failed.emit(self.tr("The photo that was open last, {0}, is not there any more.").format(last.name))
        if last_time.listed:
            shown = [(i, item.state) for i, item in enumerate(self._items) if not item.removed]
            self.select(next((i for i, state in shown if state == "todo"), shown[0][0]))

    def _on_loaded(self, path: Path, decoded: _Decoded) -> None:
        self._keep(path, decoded)
        index, loaded = self._rows[str(path)], decoded.loaded
        stored = self._remembered(loaded.photo, index == self._current)
        self._replace(index, replace(self._items[index], photo=stored, state=stored.state, error=None))
        if index == self._current:
            self._thumbnails.go_on()
            self.opened.emit(loaded)

    def _remembered(self, photo: Photo, is_open: bool) -> Photo:
        """In one transaction, for each waits for the disk."""
        with self._store.database.transaction():
            if is_open:
                queue_store.remember_open(self._store.database, Path(photo.path))
            return self._store.add_photo(photo)

    def _on_ahead(self, path: Path, decoded: _Decoded) -> None:
        self._keep(path, decoded)
        self.looked_ahead.emit(decoded.loaded.photo)

    def _keep(self, path: Path, decoded: _Decoded) -> None:
        self._decoded[path] = decoded
        self._decoded.move_to_end(path)
        while len(self._decoded) > 1 and sum(d.loaded.pixels.nbytes for d in self._decoded.values()) > DECODED_BYTES:
            self._decoded.popitem(last=False)

    def _on_thumbnail(self, path: Path, image: QImage | None) -> None:
        index = self._rows[str(path)]
        self._replace(index, replace(self._items[index], thumbnail=image))

    def _on_failed(self, path: Path, sentence: str, chosen: bool = False) -> None:
        """A file is no photo: marked and said once, and said again to whoever chooses it."""
        index = self._rows[str(path)]
        if index == self._current:
            self._thumbnails.go_on()
        known = self._items[index].error is not None
        if not known:
            self._replace(index, replace(self._items[index], error=sentence))
        if chosen and index == self._current:
            self.broken.emit(sentence)
        if chosen or not known:
            self.failed.emit(sentence)

    def _replace(self, index: int, item: PhotoItem) -> None:
        self._items[index] = item
        self.item_changed.emit(index)


def _version(path: Path) -> tuple[int, int] | None:
    """Size and time of a file; None where there is none, which decoding then explains."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_size, status.st_mtime_ns
