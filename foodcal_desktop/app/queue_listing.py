"""The rows of the queue, listed in a thread: what was asked for now, or what the queue was made of last time."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtGui import QImage

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.dataset.formats import holds_dataset
from foodcal_desktop.storage import photos, queue_store, videos
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import Store

ENOUGH = 20_000
"""Once the folders opened last have so many photos, those opened before them are not listed again by themselves."""


@dataclass(frozen=True)
class PhotoItem:
    """One row of the queue. ``thumbnail`` is a small QImage once made; ``error`` a sentence where the file is none.

    ``removed`` is not shown any more; what the diary and the meals know of it stays.
    """

    path: Path
    photo: Photo | None = None
    state: str = "todo"
    error: str | None = None
    thumbnail: QImage | None = None
    removed: bool = False

    @property
    def name(self) -> str:
        """The file's name."""
        return self.path.name

    def with_news(self, found: PhotoItem) -> PhotoItem:
        """This row once its file was listed again: asked for anew it is shown, and an import may have made it known.

        What was said here of a photo stays.
        """
        news = found if self.state == "todo" and found.photo is not None else self
        return replace(self, photo=news.photo, state=news.state, removed=self.removed and found.removed)


@dataclass(frozen=True)
class Found:
    """Rows, what was asked for and is there, and the videos of it whose frames are not there yet."""

    items: Sequence[PhotoItem]
    sources: Sequence[Path]
    unread: Sequence[Path]


@dataclass(frozen=True)
class LastTime:
    """The queue of the last time as it is now: its rows, what of its sources is gone, and the photo open last.

    ``listed`` tells whether any row is of a folder or file that was opened, and not only of a photo known otherwise.
    """

    items: Sequence[PhotoItem]
    listed: bool
    gone: Sequence[Path]
    last: Path | None


def found(wanted: Sequence[Path], database: Path) -> Found:
    """The photos of files, folders and videos with what is known of them.

    In a thread with a connection of its own. Raises DatabaseError.
    """
    listed, unread = _listed(wanted)
    known: dict[str, Photo] = {}
    removed: frozenset[str] = frozenset()
    if listed:
        with Database.open(database) as own:
            known = _known(own)
            removed = queue_store.removed(own) - {str(path) for path in wanted}
    if all(str(path) in removed for path in listed):
        # A folder of which nothing is left in the queue is asked for as a whole.
        removed = frozenset()
    return Found([_item(path, known.get(str(path)), removed) for path in listed], _there(wanted), unread)


def datasets(wanted: Sequence[Path], items: Sequence[PhotoItem], database: Path) -> list[Path]:
    """The folders that hold masks to import: one of their photos ``items`` has none here, or none is listed.

    In a thread with a connection of its own. Raises DatabaseError.
    """
    found = [path for path in wanted if path.is_dir() and holds_dataset(path)]
    if found:
        with Database.open(database) as own:
            marked = queue_store.annotated(own)
        bare = {item.path.parent for item in items if str(item.path) not in marked}
        seen = {item.path.parent for item in items}
        found = [folder for folder in found if folder in bare or folder not in seen]
    return found


def absolute(files_and_folders: Iterable[Path | str]) -> list[Path]:
    """Paths that stay valid whatever folder is the current one."""
    return [Path(p).expanduser().absolute() for p in files_and_folders]


def last_time(database: Path, besides: Collection[Path] = ()) -> LastTime:
    """What was opened before, listed anew but for ``besides``; then every other photo that was seen and is there.

    In a thread with a connection of its own. Raises DatabaseError.
    """
    with Database.open(database) as own:
        known, last, removed = _known(own), queue_store.last_open(own), queue_store.removed(own)
        sources = [path for path in queue_store.sources(own) if path not in besides]
    there = _there(sources)
    present = set(there)
    gone = [path for path in sources if path not in present]
    listed = _latest(there)
    items = {str(path): _item(path, known.get(str(path)), removed) for path in listed}
    for name, photo in known.items():
        if name not in items and Path(name).is_file():
            items[name] = _item(Path(name), photo, removed)
    listed_now = any(not items[str(path)].removed for path in listed)
    return LastTime(list(items.values()), listed_now, gone, last)


def _there(sources: Sequence[Path]) -> list[Path]:
    """Without what was deleted, or is on a drive that is away."""
    return [path for path in sources if os.path.lexists(path)]


def _latest(sources: Sequence[Path]) -> list[Path]:
    """The photos of the sources opened last, in the order of opening, up to ENOUGH and one source more."""
    lists: list[list[Path]] = []
    for source in reversed(sources):
        lists.append(_listed([source])[0])
        if sum(map(len, lists)) >= ENOUGH:
            break
    return [path for of_one in reversed(lists) for path in of_one]


def _listed(wanted: Sequence[Path]) -> tuple[list[Path], list[Path]]:
    """The photos, and the videos not read yet."""
    frames = {path: videos.stored_frames(path) for path in wanted if videos.is_video(path)}
    unread = [path for path, folder in frames.items() if folder is None]
    listed = photos.find_photos(frames.get(path) or path for path in wanted if path not in unread)
    return list(listed), unread


def _known(own: Database) -> dict[str, Photo]:
    """The stored photos by path, the one opened last where a file was replaced."""
    return {photo.path: photo for photo in Store(own).photos()}


def _item(path: Path, photo: Photo | None, removed: Collection[str]) -> PhotoItem:
    return PhotoItem(path, photo, photo.state if photo else "todo", removed=str(path) in removed)
