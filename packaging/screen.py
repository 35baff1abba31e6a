"""A virtual screen, clicked and looked at from outside, and a root folder whose programs show themselves on it."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PIL import Image, ImageChops, ImageGrab

Box = tuple[int, int, int, int]


def wait_for(condition: Callable[[], bool], what: str, seconds: float = 240, pause: float = 0.3) -> None:
    """Wait until something is so. Raises TimeoutError that says what was waited for."""
    until = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > until:
            raise TimeoutError(f"{what}: not after {seconds:g} s")
        time.sleep(pause)


class Screen:
    """An X display without a window manager: windows lie at its top left, keys go where the pointer is."""

    def __init__(self, display: str, shots: Path) -> None:
        self.display = display
        self.shots = shots
        self._count = 0

    def _do(self, *arguments: object) -> str:
        command = ["xdotool", *map(str, arguments)]
        environment = {**os.environ, "DISPLAY": self.display}
        return subprocess.run(command, env=environment, capture_output=True, text=True).stdout

    def click(self, x: int, y: int, times: int = 1) -> None:
        """Click like a hand: move, press, release."""
        self._do("mousemove", x, y)
        time.sleep(0.2)
        self._do("click", "--repeat", times, "--delay", 90, 1)

    def key(self, *names: str) -> None:
        """Press keys by X's names, such as "Return" or "ctrl+q"."""
        self._do("key", "--delay", 60, *names)

    def type(self, text: str) -> None:
        """Type a text."""
        self._do("type", "--delay", 70, text)

    def windows(self, title: str) -> list[str]:
        """The ids of visible windows of a title."""
        return self._do("search", "--onlyvisible", "--name", title).split()

    def image(self) -> Image.Image:
        """What the screen shows now."""
        return ImageGrab.grab(xdisplay=self.display).convert("RGB")

    def focus(self, title: str) -> None:
        """Give a window its place at the top left and the keys, as a window manager does with a new one."""
        for window in self.windows(title)[-1:]:
            self._do("windowsize", window, 1280, 800, "windowmove", window, 0, 0)
            self._do("windowfocus", window)
        time.sleep(0.3)

    def is_painted(self) -> bool:
        """Whether a window has drawn itself: the empty screen is black all over."""
        return self.image().getbbox() is not None

    def shot(self, name: str) -> None:
        """Keep a screenshot."""
        self._count += 1
        self.image().save(self.shots / f"{self._count:02d}-{name}.png")

    def wait_change(self, box: Box, what: str, before: Image.Image, calm: float = 1.0) -> None:
        """Wait until a part of the screen differs from an earlier picture, and then stays so for some seconds."""
        wait_for(lambda: self._differs(before, box), what)
        self.wait_still(box, what, calm)

    def wait_still(self, box: Box, what: str, calm: float = 1.0) -> None:
        """Wait until a part of the screen has not changed for some seconds."""
        wait_for(lambda: self._is_still(box, calm), what, pause=0)

    def _is_still(self, box: Box, calm: float) -> bool:
        before = self.image()
        time.sleep(calm)
        return not self._differs(before, box)

    def _differs(self, before: Image.Image, box: Box) -> bool:
        return ImageChops.difference(before.crop(box), self.image().crop(box)).getbbox() is not None


class Root:
    """The clean Debian; programs run there as one of its users and without network."""

    def __init__(self, folder: Path, display: str) -> None:
        self.folder = folder
        self.display = display

    def home(self, user: str) -> Path:
        """A user's home, seen from outside."""
        return self.folder / "home" / user

    def command(self, user: str, *arguments: str) -> list[str]:
        """The command line that runs a program as a user there."""
        environment = [f"HOME=/home/{user}", f"DISPLAY={self.display}", "LANG=C.UTF-8", "PATH=/usr/bin:/bin"]
        inside = ["unshare", "-n", "chroot", f"--userspec={user}:{user}", str(self.folder)]
        return [*inside, "/usr/bin/env", "-i", "-C", f"/home/{user}", *environment, *arguments]

    def run(self, user: str, *arguments: str, seconds: float = 900) -> subprocess.CompletedProcess[str]:
        """Run a program there to its end."""
        return subprocess.run(self.command(user, *arguments), capture_output=True, text=True, timeout=seconds)

    def start(self, user: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a program there and leave it running."""
        return subprocess.Popen(self.command(user, *arguments), stdin=subprocess.DEVNULL)

    def give(self, user: str, source: Path, target: str) -> str:
        """Copy a file into a user's home; returns its path as the user sees it."""
        path = self.home(user) / target
        for folder in reversed(path.relative_to(self.home(user)).parents):
            self._own(user, self.home(user) / folder, lambda made: made.mkdir(exist_ok=True))
        self._own(user, path, lambda made: made.write_bytes(source.read_bytes()))
        return f"/home/{user}/{target}"

    def _own(self, user: str, path: Path, make: Callable[[Path], object]) -> None:
        make(path)
        home = self.home(user).stat()
        os.chown(path, home.st_uid, home.st_gid)


def tree(pid: int) -> list[int]:
    """A process and all its children's."""
    return [pid, *(inner for child in _children(pid) for inner in tree(child))]


def _children(pid: int) -> Iterator[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    try:
        yield from map(int, path.read_text().split())
    except OSError:
        return


def memory_mb(pid: int) -> float:
    """What a process and its children hold, in MB of 10^6 bytes; shared pages count by share (PSS)."""
    return sum(_pss_kb(process) for process in tree(pid)) * 1024 / 1e6


def peak_mb(process: subprocess.Popen[bytes]) -> float:
    """Wait for a process to end; the most that it and its children held meanwhile."""
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, memory_mb(process.pid))
        time.sleep(0.3)
    return peak


def _pss_kb(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))


def cpu_seconds(pid: int, seconds: float) -> float:
    """CPU seconds that a process and its children use within some seconds."""
    before = sum(map(_ticks, tree(pid)))
    time.sleep(seconds)
    return (sum(map(_ticks, tree(pid))) - before) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
