"""Ours beside labelme on the same screen: start, photo, folder, polygon, memory; both by what is seen from outside.

labelme is installed into an environment of its own (``FOODCAL_BENCH_LABELME``, at first ``build/labelme``).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks.report import Row, percentile
from benchmarks.screen import Picture, Screen, missing

ROOT = Path(__file__).resolve().parents[1]
COLOUR = (200, 40, 160)
FOLDER_SIZE = 10_000
PATIENCE_FOLDER = 180.0
ROUNDS, LIMIT_SECONDS = 3, 4 * 60
"""How often each program is started on the photo and on the folder; no further turn is begun after the limit."""


def sparse(picture: Picture) -> Picture:
    """Every eighth pixel: who looks on at every pixel takes one of two cores from the programs that are looked at."""
    return picture[::8, ::8]


def photo_share(picture: Picture) -> float:
    """The share of the screen that shows the photo, which has one colour that no program uses."""
    near = np.abs(sparse(picture).astype(int) - COLOUR[::-1]).max(axis=2) < 12
    return float(near.mean())


def is_photo_seen(picture: Picture) -> bool:
    return photo_share(picture) > 0.08


def is_window_seen(picture: Picture) -> bool:
    return float((sparse(picture).max(axis=2) > 24).mean()) > 0.2


def installed(folder: Path) -> str:
    """labelme's command, installed if need be; "" where it cannot be."""
    command = folder / "bin" / "labelme"
    if not command.exists():
        steps = ([sys.executable, "-m", "venv", str(folder)], [str(folder / "bin" / "pip"), "install", "-q", "labelme"])
        for step in steps:
            if subprocess.run(step, capture_output=True, timeout=900).returncode:
                return ""
    return str(command)


def make_photos(folder: Path) -> tuple[Path, Path]:
    """One photo of 12 megapixels, and a folder of 10,000 small ones (hard links to one file)."""
    large, many = folder / "large.jpg", folder / "many"
    many.mkdir()
    Image.new("RGB", (4000, 3000), COLOUR).save(large, quality=95)
    Image.new("RGB", (640, 480), COLOUR).save(many / "IMG_00000.jpg", quality=95)
    for i in range(1, FOLDER_SIZE):
        os.link(many / "IMG_00000.jpg", many / f"IMG_{i:05d}.jpg")
    return large, many


@dataclass(frozen=True)
class Seen:
    """A start: seconds to the window and to its photo, and the processor's seconds until then, its own and its
    children's.
    """

    window: float
    photo: float
    own: float
    children: float


class Rival:
    """A program on the screen: how it is started and what its keys are."""

    def __init__(self, name: str, command: list[str], screen: Screen, home: Path) -> None:
        self.name, self._command, self._screen = name, command, screen
        home.mkdir()
        kept = {k: v for k, v in os.environ.items() if not k.startswith("QT_")}
        self._environment = {
            **kept,
            "HOME": str(home),
            "FOODCAL_DATA_DIR": str(home / "data"),
            "QT_QPA_PLATFORM": "xcb",
        }
        self._environment["DISPLAY"] = screen.display

    def looked_at(self, path: Path, patience: float = 120.0) -> tuple[Seen, subprocess.Popen[bytes]]:
        """Start it on a photo or a folder and wait until the photo is seen."""
        began = time.perf_counter()
        process = subprocess.Popen(
            [*self._command, str(path)],
            env=self._environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=ROOT,
        )
        try:
            window = self._screen.until(is_window_seen, patience) - began
            photo = self._screen.until(is_photo_seen, patience) - began
            own, *children = [processor(pid) for pid in _tree(process.pid)]
            return Seen(window, photo, own, sum(children)), process
        except TimeoutError:
            _end(process)
            raise

    def on_photo(self, large: Path, polygon: tuple[str, str] | None) -> tuple[Seen, list[Row]]:
        """One start with a photo; with the keys of the polygon tool also a polygon drawn, and the memory after it."""
        seen, process = self.looked_at(large)
        try:
            return seen, self._drawn_on(process.pid, polygon) if polygon else []
        finally:
            _end(process)

    def on_folder(self, many: Path) -> Seen:
        """One start with a folder."""
        seen, process = self.looked_at(many, PATIENCE_FOLDER)
        _end(process)
        return seen

    def _drawn_on(self, pid: int, polygon: tuple[str, str]) -> list[Row]:
        closed = self._polygon(pid, *polygon)
        time.sleep(3)
        own, all_of_it = resident(pid), sum(resident(child) for child in _tree(pid))
        return [
            Row(f"{self.name}: polygon, last key to change seen", 1000 * closed, "ms"),
            Row(f"{self.name}: memory of the window's process, 12 MP open", own, "MB"),
            Row(f"{self.name}: memory with its child processes", all_of_it, "MB"),
        ]

    def _polygon(self, pid: int, tool: str, close: str) -> float:
        """Four corners inside the photo, closed by a key; seconds from the key to a picture that is another."""
        time.sleep(2)
        screen = self._screen
        near = np.abs(screen.picture().astype(int) - COLOUR[::-1]).max(axis=2) < 12
        rows, columns = np.flatnonzero(near.mean(axis=1) > 0.1), np.flatnonzero(near.mean(axis=0) > 0.1)
        x, y = int(columns[len(columns) // 2]), int(rows[len(rows) // 2])
        screen.focus(pid)
        screen.do("mousemove", "--sync", str(x), str(y))
        screen.do("key", tool)
        time.sleep(0.5)
        for dx, dy in ((-120, -80), (120, -80), (120, 80), (-120, 80)):
            screen.click(x + dx, y + dy)
            time.sleep(0.3)
        before = screen.picture()
        began = time.perf_counter()
        screen.do("key", close)
        return screen.until(lambda now: int((now != before).any(axis=2).sum()) > 3000, 30) - began


def resident(pid: int) -> float:
    """A process's resident memory in MB, files mapped included."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    return 0.0


def processor(pid: int) -> float:
    """The seconds of processor that a process has had, those of children that have ended included."""
    # proc(5): after the name in brackets, which may hold blanks, utime, stime, cutime and cstime are fields 12 to 15.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _tree(pid: int) -> list[int]:
    """A process and its children, theirs included."""
    children = [int(c) for task in Path(f"/proc/{pid}/task").iterdir() for c in (task / "children").read_text().split()]
    return [pid, *(p for child in children for p in _tree(child))]


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program with all its processes: one that still loads its modules would take a core from the next start."""
    children = _tree(process.pid)[1:]
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
    ends = time.monotonic() + 10
    while any(Path(f"/proc/{child}").exists() for child in children) and time.monotonic() < ends:
        time.sleep(0.05)


def measure() -> list[Row]:
    name = "beside labelme"
    lack = missing() if sys.platform.startswith("linux") else "is measured on Linux only"
    if lack:
        return [Row(name, None, note=lack)]
    labelme = installed(Path(os.environ.get("FOODCAL_BENCH_LABELME", ROOT / "build" / "labelme")))
    if not labelme:
        return [Row(name, None, note="labelme could not be installed from the package registry")]
    with tempfile.TemporaryDirectory(prefix="foodcal-screen-", ignore_cleanup_errors=True) as place:
        folder = Path(place)
        large, many = make_photos(folder)
        with Screen(folder) as screen:
            ours = Rival("ours", [sys.executable, "-m", "foodcal_desktop"], screen, folder / "ours")
            theirs = Rival("labelme", [labelme], screen, folder / "labelme")
            return in_turns({ours: ("g", "Return"), theirs: ("ctrl+n", "Return")}, large, many)


def in_turns(rivals: Mapping[Rival, tuple[str, str]], large: Path, many: Path) -> list[Row]:
    """Each program in turn, ROUNDS times, so that both meet the same machine; a polygon is drawn once.

    One that does not get there is a row that says so.
    """
    photos: dict[str, list[Seen]] = {rival.name: [] for rival in rivals}
    folders: dict[str, list[Seen]] = {rival.name: [] for rival in rivals}
    drawn: dict[str, list[Row]] = {rival.name: [] for rival in rivals}
    ends = time.monotonic() + LIMIT_SECONDS
    for turn in range(ROUNDS):
        for rival, polygon in rivals.items():
            if time.monotonic() > ends:
                break
            try:
                seen, rows = rival.on_photo(large, None if turn else polygon)
                photos[rival.name].append(seen)
                drawn[rival.name] += rows
                folders[rival.name].append(rival.on_folder(many))
            except TimeoutError as error:
                drawn[rival.name].append(Row(f"{rival.name}: not measured", None, note=str(error)))
    return [row for r in rivals for row in rows_of(r.name, photos[r.name], folders[r.name], drawn[r.name])]


def rows_of(name: str, photos: list[Seen], folders: list[Seen], drawn: list[Row]) -> list[Row]:
    """The rows of one program: medians of its starts."""
    folder = f"{name}: start with a folder of {FOLDER_SIZE:,}, first photo seen"
    rows = [*median_rows(f"{name}: start to window seen", [s.window for s in photos])]
    rows += median_rows(f"{name}: start to photo of 12 MP seen", [s.photo for s in photos], processor_note(photos))
    rows += median_rows(folder, [s.photo for s in folders], processor_note(folders))
    return [*rows, *drawn]


def median_rows(name: str, seconds: list[float], note: str = "") -> list[Row]:
    """One row, or none where nothing was measured."""
    runs = "runs " + ", ".join(f"{value:.2f}" for value in seconds)
    return [Row(name, percentile(seconds, 0.5), "s", f"{runs}{'; ' if note else ''}{note}")] if seconds else []


def processor_note(seen: list[Seen]) -> str:
    """The processor's part: on a machine with other work it says more than the clock."""
    if not seen:
        return ""
    own, children = (percentile(values, 0.5) for values in ([s.own for s in seen], [s.children for s in seen]))
    return f"processor {own:.2f} s, of its children {children:.2f} s"
