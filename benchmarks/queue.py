"""A folder of 10,000 photos: how soon it is listed, and whether the window stands still meanwhile."""

from __future__ import annotations

import os
import tempfile
import time
from pathlib import Path

from PIL import Image

from benchmarks.qt import PauseProbe, application, wait_until
from benchmarks.report import Row
from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.app.photo_queue import PhotoQueue
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.store import Store
from foodcal_desktop.ui.photo_list import PhotoList

COUNT = 10_000


def fill(folder: Path) -> None:
    """10,000 files, all of them the same small photo by hard links."""
    Image.new("RGB", (640, 480), (180, 90, 40)).save(folder / "IMG_00000.jpg")
    for i in range(1, COUNT):
        os.link(folder / "IMG_00000.jpg", folder / f"IMG_{i:05d}.jpg")


def opened(store: Store, folder: Path) -> tuple[PhotoLibrary, list[Row]]:
    library, probe, events = PhotoLibrary(store), PauseProbe(), []
    # As in the window: what shows the rows has its part in every pause.
    shown = PhotoList(library, PhotoQueue(library, store))
    shown.resize(240, 700)
    shown.show()
    library.items_changed.connect(lambda: events.append("listed"))
    library.opened.connect(lambda _: events.append("opened"))
    probe.start()
    started = time.perf_counter()
    library.open_paths([folder])
    returned = time.perf_counter() - started
    listed = wait_until(lambda: "listed" in events)
    first = listed + wait_until(lambda: "opened" in events)
    return library, [
        Row("open a folder of 10,000: the call returns", 1000 * returned, "ms"),
        Row("open a folder of 10,000: all rows there", 1000 * listed, "ms"),
        Row("open a folder of 10,000: first photo shown", 1000 * first, "ms"),
        Row("open a folder of 10,000: longest pause of the event loop", 1000 * probe.stop(), "ms", probe.note),
    ]


def known(store: Store, folder: Path) -> None:
    """All of them annotated before, as after a year of use."""
    with store.database.transaction():
        for i in range(COUNT):
            store.add_photo(Photo(f"{i:064x}", 640, 480, str(folder / f"IMG_{i:05d}.jpg")))


def measure() -> list[Row]:
    application()
    with tempfile.TemporaryDirectory() as name, Database.open() as database:
        folder, store = Path(name), Store(database)
        fill(folder)
        library, rows = opened(store, folder)
        started = time.perf_counter()
        queue = PhotoQueue(library, store)
        queue.show("todo", "doubt")
        rows.append(Row("filter and sort 10,000", 1000 * (time.perf_counter() - started), "ms"))
        library.close()
        known(store, folder)
        library, again = opened(store, folder)
        library.close()
    return rows + [Row(f"{row.name} (all known)", row.value, row.unit, row.note) for row in again]
