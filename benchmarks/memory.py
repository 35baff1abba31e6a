"""Memory while 200 photos of 12 megapixels are annotated in the window, one after the other: it must not grow.

Every photo gets a mask drawn by hand, and every tenth one also a click, whose answer is waited for and accepted: so
the workers take part, and the whole ends in minutes on a slow machine too. The photos are made while they are walked
through.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PIL import Image

from benchmarks.drawing import HEIGHT, WIDTH
from benchmarks.qt import application, wait_until
from benchmarks.report import Row
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.mask_tools import brush_stroke
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.settings import MEMORY_CACHE_BYTES, Settings
from foodcal_desktop.ui.annotate_flow import Target
from foodcal_desktop.window import Program

COUNT, EVERY, CLICKED = 200, 50, 10
LIMIT_SECONDS = 6 * 60
"""After that the walk ends where it is; what was measured by then is what the rows give."""


def resident(pid: int | str = "self") -> float:
    """Memory of a process in MB that is its own (anonymous), without files mapped."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1024
    raise OSError(f"The memory of process {pid} is not known.")


class Photos:
    """Photos of 12 megapixels, each of other pixels: a plate of one colour with a food somewhere else on it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._ground = Image.new("RGB", (WIDTH, HEIGHT), (190, 180, 165))

    def path(self, number: int) -> Path:
        return self._folder / f"{number:03d}.jpg"

    def make(self, number: int) -> Path:
        """Write one."""
        image = self._ground.copy()
        image.paste((40 + number, 90, 200 - number // 2), food_box(number))
        image.save(self.path(number), quality=90)
        return self.path(number)


def food_box(number: int) -> tuple[int, int, int, int]:
    x, y = 300 + 12 * number, 300 + 8 * number
    return x, y, x + 900, y + 700


class Walk:
    """Photo by photo in the window itself: masks, then the next photo."""

    def __init__(self, program: Program, photos: Photos) -> None:
        self._program, self._photos = program, photos
        self.figures: dict[int, tuple[float, ...]] = {}

    def go(self, ends: float) -> None:
        """Through all of them, or until ``ends``; the memory is read every EVERY photos."""
        library, session = self._program.library, self._program.session
        for number in range(1, COUNT + 1):
            library.open_paths([self._photos.make(number)])
            wait_until(lambda number=number: session.photo is not None and self._is_open(number))
            self._annotate(number)
            if number % EVERY == 0:
                self.figures[number] = self._memory()
            if time.monotonic() > ends:
                break

    def _is_open(self, number: int) -> bool:
        photo = self._program.session.photo
        return photo is not None and Path(photo.path) == self._photos.path(number)

    def _annotate(self, number: int) -> None:
        program = self._program
        x0, y0, x1, y1 = food_box(number)
        line = [(x0 + 60.0, y0 + 60.0), (x1 - 60.0, y1 - 60.0)]
        program.session.add(brush_stroke(Mask.empty(HEIGHT, WIDTH), line, 120))
        if number % CLICKED == 0:
            program.prompts.add_point((x0 + x1) / 2, (y0 + y1) / 2)
            wait_until(lambda: program.prompts.candidate is not None and not program.prompts.waiting)
            program.prompts.accept(Target(asked=True))

    def _memory(self) -> tuple[float, ...]:
        return (resident(), *(resident(pid) for pid in self._program.worker.pids.values()))


def measure() -> list[Row]:
    if not sys.platform.startswith("linux"):
        return [Row(f"memory after {COUNT} photos", None, note="is read from /proc, which only Linux has")]
    application()
    # So small that its bound is reached on the way: what the decoder keeps up to it is no growth.
    Settings.load().set(MEMORY_CACHE_BYTES, 16 * 1024**2)
    program = Program()
    program.start([])
    walk = Walk(program, Photos(paths.data_dir() / "two hundred"))
    try:
        walk.go(time.monotonic() + LIMIT_SECONDS)
    finally:
        program.close()
    return rows_of(walk.figures)


def rows_of(figures: dict[int, tuple[float, ...]]) -> list[Row]:
    """A row for each process: its memory at the end, and before."""
    if not figures:
        return [Row(f"memory after {COUNT} photos", None, note=f"fewer than {EVERY} photos in {LIMIT_SECONDS} s")]
    last = max(figures)
    names = ("window's process", "encoder", "decoder")
    return [
        Row(f"memory of the {name} after {last} photos of 12 MP", figures[last][i], "MB", note_of(figures, i))
        for i, name in enumerate(names)
    ]


def note_of(figures: dict[int, tuple[float, ...]], which: int) -> str:
    """What it was before: flat, or not."""
    return "after " + ", ".join(f"{number}: {values[which]:.0f}" for number, values in figures.items())
