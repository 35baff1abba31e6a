"""The library and its queue, with real files, a real database and real threads."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from foodcal_desktop.app import queue_listing, thumbnails
from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.app.photo_queue import PhotoQueue
from foodcal_desktop.app.prefetcher import AHEAD, Prefetcher
from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.edit import created
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.photos import LoadedPhoto
from foodcal_desktop.storage.store import Store


@pytest.fixture
def store(data_dir: Path) -> Iterator[Store]:
    with Database.open() as database:
        yield Store(database)


@pytest.fixture
def library(store: Store, qtbot: QtBot) -> Iterator[PhotoLibrary]:
    library = PhotoLibrary(store)
    yield library
    library.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Five photos that differ, in a folder."""
    folder = tmp_path / "photos"
    folder.mkdir()
    for i in range(5):
        Image.new("RGB", (40 + i, 30), (50 * i, 100, 0)).save(folder / f"img {i + 1}.png")
    return folder


def opened(qtbot: QtBot, library: PhotoLibrary, action: Callable[[], object]) -> LoadedPhoto:
    with qtbot.waitSignal(library.opened) as signal:
        action()
    loaded = signal.args[0]
    assert isinstance(loaded, LoadedPhoto)
    return loaded


def test_a_folder_is_listed_off_the_windows_thread_and_its_first_photo_opened(
    qtbot: QtBot, library: PhotoLibrary, folder: Path
) -> None:
    library.open_paths([folder])
    assert len(library) == 0  # nothing was read before the call returned
    loaded = opened(qtbot, library, lambda: None)
    assert [item.name for item in library.items] == [f"img {i}.png" for i in range(1, 6)]
    assert loaded.photo.width == 40 and library.current == 0
    assert library.item(0).photo == loaded.photo


def test_pictures_that_begin_alike_are_pasted_as_photos_of_their_own(qtbot: QtBot, library: PhotoLibrary) -> None:
    """As screenshots of one window do; pasted quickly, the second comes before the queue has the first."""
    first = QImage(400, 300, QImage.Format.Format_RGB32)
    first.fill("white")
    second = first.copy()
    second.setPixelColor(200, 250, "red")
    for image in (first, second):
        library.open_image(image)
    qtbot.waitUntil(lambda: len(library) == 2)
    assert len({photos.load(item.path).photo.sha256 for item in library.items}) == 2


def test_what_was_in_the_queue_comes_back_with_its_state(
    qtbot: QtBot, library: PhotoLibrary, folder: Path, store: Store
) -> None:
    opened(qtbot, library, lambda: library.open_paths([folder / "img 2.png"]))
    library.set_state(0, "done")
    again = PhotoLibrary(store)
    with qtbot.waitSignal(again.items_changed):
        again.restore()
    assert [(item.name, item.state) for item in again.items] == [("img 2.png", "done")]
    opened(qtbot, again, lambda: again.open_paths([folder]))
    assert len(again) == 5 and again.item(again.current).name == "img 1.png"
    again.close()


def test_rows_there_already_show_at_once_what_an_import_says_of_them(
    qtbot: QtBot, library: PhotoLibrary, folder: Path, store: Store
) -> None:
    opened(qtbot, library, lambda: library.open_paths([folder]))
    library.set_state(0, "review")
    for number, state in ((1, "done"), (2, "done"), (3, "review")):
        store.add_photo(replace(photos.load(folder / f"img {number}.png").photo, state=state))
    changed: list[int] = []
    library.item_changed.connect(changed.append)
    library.open_paths([folder], show=False)
    qtbot.waitUntil(lambda: len(changed) == 2)
    assert [item.state for item in library.items] == ["review", "done", "review", "todo", "todo"]
    assert changed == [1, 2] and library.current == 0


@pytest.fixture
def start_again(store: Store) -> Iterator[Callable[..., PhotoLibrary]]:
    """The library of the next start, restored."""
    started: list[PhotoLibrary] = []

    def start(**how: object) -> PhotoLibrary:
        started.append(PhotoLibrary(store))
        started[-1].restore(**({"reopen": True} | how))  # type: ignore[arg-type]
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_the_whole_folder_comes_back_with_what_is_new_and_the_photo_open_last_is_opened(
    qtbot: QtBot, library: PhotoLibrary, folder: Path, start_again: Callable[..., PhotoLibrary]
) -> None:
    opened(qtbot, library, lambda: library.open_paths([folder]))
    opened(qtbot, library, lambda: library.select(2))
    Image.new("RGB", (70, 30)).save(folder / "img 2b.png")
    (folder / "img 5.png").unlink()
    again = start_again()
    said: list[str] = []
    again.failed.connect(said.append)
    assert opened(qtbot, again, lambda: None).photo.width == 42
    assert [item.name for item in again.items] == [f"img {i}.png" for i in (1, 2)] + ["img 2b.png"] + [
        f"img {i}.png" for i in (3, 4)
    ]
    assert again.item(again.current).name == "img 3.png" and said == []


def test_sources_that_are_gone_are_left_out_said_once_and_the_others_come_back(
    qtbot: QtBot, library: PhotoLibrary, folder: Path, tmp_path: Path, start_again: Callable[..., PhotoLibrary]
) -> None:
    single, said = tmp_path / "single.png", []
    Image.new("RGB", (90, 30)).save(single)
    opened(qtbot, library, lambda: library.open_paths([folder]))
    opened(qtbot, library, lambda: library.open_paths([single, tmp_path / "never was.png"]))
    single.unlink()
    again = start_again()
    again.failed.connect(said.append)
    # The first one to do, for the photo open last is gone.
    assert opened(qtbot, again, lambda: None).photo.width == 40 and len(again) == 5
    assert len(said) == 1 and "single.png" in said[0] and "never was" not in said[0]
    folder.rename(tmp_path / "elsewhere")
    for told in (["img 1.png", "photos"], ["img 1.png"]):
        said.clear()
        last = start_again()
        last.failed.connect(said.append)
        qtbot.waitUntil(lambda told=told: len(said) == len(told))
        assert [name in text for name, text in zip(told, said, strict=True)] == [True] * len(told)
        assert len(last) == 0 and last.current == -1


def test_what_is_opened_at_the_start_comes_first_and_is_not_listed_twice(
    qtbot: QtBot,
    library: PhotoLibrary,
    folder: Path,
    tmp_path: Path,
    start_again: Callable[..., PhotoLibrary],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened(qtbot, library, lambda: library.open_paths([folder]))
    other = tmp_path / "other"
    other.mkdir()
    Image.new("RGB", (90, 30)).save(other / "z.png")
    asked: list[Path] = []
    find_photos = photos.find_photos
    monkeypatch.setattr(photos, "find_photos", lambda paths: find_photos(asked.append(p) or p for p in paths))
    again = PhotoLibrary(library._store)
    opened(qtbot, again, lambda: again.open_paths([other]) or again.restore(besides=[other]))
    qtbot.waitUntil(lambda: len(again) == 6)
    assert again.item(0).name == "z.png" and again.current == 0
    assert asked == [other, folder]
    again.close()
    assert opened(qtbot, start_again(), lambda: None).photo.width == 90


def test_sources_beyond_enough_photos_are_not_listed_by_themselves(
    qtbot: QtBot,
    library: PhotoLibrary,
    folder: Path,
    tmp_path: Path,
    start_again: Callable[..., PhotoLibrary],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("x", "y"):
        (tmp_path / name).mkdir()
        for i in range(3):
            Image.new("RGB", (90 + i, 30)).save(tmp_path / name / f"{name}{i}.png")
    for source in (folder, tmp_path / "x", tmp_path / "y"):
        opened(qtbot, library, lambda source=source: library.open_paths([source]))
    monkeypatch.setattr(queue_listing, "ENOUGH", 4)
    again = start_again()
    opened(qtbot, again, lambda: None)
    # Of the first folder only the photo that was seen.
    assert [item.name for item in again.items] == [*(f"{n}{i}.png" for n in "xy" for i in range(3)), "img 1.png"]


def test_an_empty_home_costs_no_listing_and_opens_nothing(
    qtbot: QtBot, store: Store, start_again: Callable[..., PhotoLibrary], monkeypatch: pytest.MonkeyPatch
) -> None:
    opens: list[Path] = []
    open_database = Database.open
    monkeypatch.setattr(Database, "open", staticmethod(lambda path=None: opens.append(path) or open_database(path)))
    again = start_again()
    qtbot.waitUntil(lambda: len(opens) == 1)
    qtbot.wait(50)
    assert len(opens) == 1 and len(again) == 0 and again.current == -1


def test_a_folder_without_photos_is_told(qtbot: QtBot, library: PhotoLibrary, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with qtbot.waitSignal(library.failed) as signal:
        library.open_paths([tmp_path / "empty"])
    assert "no photo in empty" in signal.args[0]


def test_a_file_that_is_no_photo_is_marked_once_and_counted_apart(
    qtbot: QtBot, library: PhotoLibrary, folder: Path
) -> None:
    (folder / "img 0.png").write_bytes(b"broken")
    with qtbot.waitSignal(library.failed):
        library.open_paths([folder])
    assert library.item(0).error is not None
    assert library.counts == {"error": 1, "todo": 5}


def test_no_thumbnail_is_begun_while_a_photo_is_being_opened(qtbot: QtBot, library: PhotoLibrary, folder: Path) -> None:
    order: list[str] = []
    library.opened.connect(lambda loaded: order.append(Path(loaded.photo.path).name))
    library.item_changed.connect(lambda i: order.append(f"thumbnail {i}") if library.item(i).thumbnail else None)
    # As a list does that is painted as soon as there are rows, before the first photo is decoded.
    library.items_changed.connect(lambda: [library.want_thumbnail(i) for i in (3, 4)])
    library.opening.connect(lambda _: library.want_thumbnail(0))
    library.open_paths([folder])
    qtbot.waitUntil(lambda: len([what for what in order if what.startswith("thumbnail")]) == 3)
    began = order.index("img 1.png")
    assert began <= 1  # at most the one that was begun before


def test_a_photo_that_cannot_be_opened_does_not_hold_the_thumbnails(
    qtbot: QtBot, library: PhotoLibrary, folder: Path
) -> None:
    (folder / "img 0.png").write_bytes(b"broken")
    with qtbot.waitSignal(library.failed):
        library.open_paths([folder])
    library.want_thumbnail(1)
    qtbot.waitUntil(lambda: library.item(1).thumbnail is not None)


def test_a_photo_decoded_ahead_opens_from_memory_unless_its_file_was_changed(
    qtbot: QtBot, library: PhotoLibrary, folder: Path
) -> None:
    opened(qtbot, library, lambda: library.open_paths([folder]))
    with qtbot.waitSignal(library.looked_ahead) as signal:
        library.look_ahead(1)
    assert signal.args[0].width == 41
    first = opened(qtbot, library, lambda: library.select(library.current + 1))
    library.select(0)
    assert opened(qtbot, library, lambda: library.select(library.current + 1)).pixels is first.pixels
    Image.new("RGB", (99, 30)).save(folder / "img 2.png")
    os.utime(folder / "img 2.png", ns=(0, 1))
    assert opened(qtbot, library, lambda: library.select(1)).photo.width == 99


def test_thumbnails_are_made_when_wanted_the_last_one_first_and_bounded_in_number(
    qtbot: QtBot, library: PhotoLibrary, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(thumbnails, "KEPT", 2)
    opened(qtbot, library, lambda: library.open_paths([folder]))
    made: list[int] = []
    library.item_changed.connect(lambda i: made.append(i) if library.item(i).thumbnail else None)
    for index in range(5):
        library.want_thumbnail(index)
    qtbot.waitUntil(lambda: len(made) == 5)
    assert made == [0, 4, 3, 2, 1]  # the first one was begun at once
    qtbot.waitUntil(lambda: sum(item.thumbnail is not None for item in library.items) == 2)
    thumbnail = library.item(1).thumbnail
    assert thumbnail is not None and (thumbnail.width(), thumbnail.height()) == (41, 30)
    library.want_thumbnail(4)
    qtbot.waitUntil(lambda: library.item(4).thumbnail is not None)


# The queue


@pytest.fixture
def queue(qtbot: QtBot, library: PhotoLibrary, folder: Path, store: Store) -> PhotoQueue:
    opened(qtbot, library, lambda: library.open_paths([folder]))
    return PhotoQueue(library, store)


def test_the_queue_shows_a_state_and_follows_its_changes(
    qtbot: QtBot, queue: PhotoQueue, library: PhotoLibrary
) -> None:
    library.set_state(1, "done")
    library.set_state(3, "review")
    queue.show("todo")
    assert queue.rows == (0, 2, 4)
    assert queue.counts == {"todo": 3, "done": 1, "review": 1}
    assert (queue.position_of(2), queue.position_of(1)) == (1, -1)
    with qtbot.waitSignal(queue.changed):
        library.set_state(0, "done")
    assert queue.rows == (2, 4)
    queue.show("done")
    assert queue.rows == (0, 1)


def test_the_next_photo_to_do_goes_round_and_passes_over_what_is_done_or_no_photo(
    queue: PhotoQueue, library: PhotoLibrary, qtbot: QtBot
) -> None:
    opened(qtbot, library, lambda: library.select(3))
    library.set_state(4, "done")
    library.set_state(0, "review")
    assert queue.next_to_do() == 1
    assert queue.next_rows(3) == [1, 2, 4]
    for index in range(5):
        library.set_state(index, "done")
    assert queue.next_to_do() is None
    assert (queue.step(1), queue.step(-1), queue.step(2)) == (4, 2, None)


def test_the_photos_the_checkpoint_doubts_most_come_first(
    qtbot: QtBot, queue: PhotoQueue, library: PhotoLibrary, store: Store
) -> None:
    for index, doubts in ((1, (0.9, 0.8)), (3, (0.95, 0.4)), (4, (None,))):
        opened(qtbot, library, lambda index=index: library.select(index))
        photo = library.item(index).photo
        assert photo is not None
        for i, iou in enumerate(doubts):
            mask = Mask.from_array(np.ones((photo.height, photo.width)))
            store.apply(created(Annotation(f"{index} {i}", photo.sha256, mask, predicted_iou=iou), "add"))
    queue.show(sort="doubt")
    assert queue.rows == (3, 1, 0, 2, 4)
    assert (queue.doubt_of(3), queue.doubt_of(0), queue.doubt_of(4)) == (0.4, None, None)


def test_an_unknown_filter_is_a_mistake(queue: PhotoQueue) -> None:
    with pytest.raises(ValueError, match="knows no filter"):
        queue.show("finished")


# Prefetching


class Worker(QObject):
    """Embeds at once and remembers what for."""

    embedded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.prefetched: list[Photo] = []
        self.forgotten = 0

    def prefetch(self, photo: Photo) -> None:
        self.prefetched.append(photo)

    def forget_prefetches(self) -> None:
        self.forgotten += 1


def test_the_next_photos_are_embedded_once_the_open_one_is(
    qtbot: QtBot, queue: PhotoQueue, library: PhotoLibrary, folder: Path
) -> None:
    worker = Worker()
    prefetcher = Prefetcher(library, queue, worker)  # type: ignore[arg-type]
    (folder / "img 2.png").write_bytes(b"broken since")
    loaded = opened(qtbot, library, lambda: library.select(0))
    worker.embedded.emit("another")
    assert worker.prefetched == []
    worker.embedded.emit(loaded.photo.sha256)
    qtbot.waitUntil(lambda: len(worker.prefetched) == AHEAD - 1)
    assert [p.width for p in worker.prefetched] == [42, 43]
    before = worker.forgotten
    library.select(4)
    assert worker.forgotten == before + 1
    prefetcher.deleteLater()
