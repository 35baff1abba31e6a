"""Memory while 200 photos are annotated one after the other in the window: it must not grow with them."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.qt import application, wait_until
from benchmarks.report import Row
from foodcal_desktop.storage import paths
from foodcal_desktop.ui.annotate_flow import Target
from foodcal_desktop.window import Program

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
    program = Program()
    program.start([str(folder)])
    try:
        return walked(program)
    finally:
        program.close()


def walked(program: Program) -> list[Row]:
    """Photo by photo in the window itself: a click, its mask accepted, the next photo."""
    session, prompts = program.session, program.prompts
    figures: dict[int, tuple[float, ...]] = {}
    for number in range(1, COUNT + 1):
        name = f"{number - 1:03d}.jpg"
        wait_until(lambda name=name: session.photo is not None and session.photo.path.endswith(name))
        prompts.add_point(900.0, 700.0)
        wait_until(lambda: prompts.candidate is not None and not prompts.waiting)
        prompts.accept(Target(asked=True))
        if number in (EARLY, COUNT):
            figures[number] = (resident(), *(resident(pid) for pid in program.worker.pids.values()))
        program.library.next()
    names = ("window's process", "encoder", "decoder")
    return [
        Row(f"memory of the {name} after {COUNT} photos", late, "MB", f"after {EARLY}: {early:.0f} MB")
        for name, early, late in zip(names, figures[EARLY], figures[COUNT], strict=True)
    ]
