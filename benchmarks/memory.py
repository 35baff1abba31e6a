"""Memory while 200 photos are opened one after the other: it must not grow with them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.qt import application, wait_until
from benchmarks.report import Row
from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.prompt import PointPrompt, Prompts
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.photos import LoadedPhoto
from foodcal_desktop.storage.store import Store

COUNT, EARLY = 200, 50


def resident(pid: int | str = "self") -> float:
    """Memory of a process in MB that is its own (anonymous), without files mapped."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    raise OSError(f"The memory of process {pid} is not known.")


def make_photos(folder: Path) -> None:
    chance = np.random.default_rng(2)
    for i in range(COUNT):
        coarse = chance.integers(0, 255, (30, 40, 3), dtype=np.uint8)
        Image.fromarray(coarse).resize((2000, 1500)).save(folder / f"{i:03d}.jpg")


def measure() -> list[Row]:
    if not sys.platform.startswith("linux"):
        return [Row("memory after 200 photos", None, note="is read from /proc, which only Linux has")]
    application()
    folder = paths.data_dir() / "two hundred"
    folder.mkdir()
    make_photos(folder)
    with Database.open() as database:
        return walked(PhotoLibrary(Store(database)), WorkerClient(), folder)


def walked(library: PhotoLibrary, worker: WorkerClient, folder: Path) -> list[Row]:
    opened: list[str] = []
    answered: list[int] = []

    def on_opened(loaded: LoadedPhoto) -> None:
        worker.embed(loaded.photo)
        worker.predict(loaded.photo.sha256, Prompts((PointPrompt(900.0, 700.0),)))
        opened.append(loaded.photo.sha256)

    library.opened.connect(on_opened)
    worker.predicted.connect(lambda request, _: answered.append(request))
    worker.start()
    library.open_paths([folder])
    figures: dict[int, tuple[float, ...]] = {}
    for number in range(1, COUNT + 1):
        wait_until(lambda number=number: len(answered) >= number)
        library.want_thumbnail(library.current)
        if number in (EARLY, COUNT):
            figures[number] = (resident(), *(resident(pid) for pid in worker.pids.values()))
        library.next()
    library.close()
    worker.stop()
    names = ("window's process", "encoder", "decoder")
    return [
        Row(f"memory of the {name} after {COUNT} photos", late, "MB", f"after {EARLY}: {early:.0f} MB")
        for name, early, late in zip(names, figures[EARLY], figures[COUNT], strict=True)
    ]
