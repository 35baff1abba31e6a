"""A screen that nobody sees, looked at from outside: the same eyes and hands for any program."""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

SIZE = (1280, 800)
Picture = NDArray[np.uint8]


def missing() -> str:
    """What cannot be found here, as a sentence; "" where everything is there."""
    wanted = [name for name in ("Xvfb", "xdotool") if shutil.which(name) is None]
    return f"needs {' and '.join(wanted)}: apt install xvfb xdotool" if wanted else ""


class Screen:
    """An X server whose picture is a file; a context manager. Needs Xvfb and xdotool."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / "Xvfb_screen0"

    def __enter__(self) -> Screen:
        read, write = os.pipe()
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        command = [
            "Xvfb",
            "-displayfd",
            str(write),
            "-screen",
            "0",
            size,
            "-fbdir",
            str(self._folder),
            "-nolisten",
            "tcp",
        ]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as told:
            self.display = ":" + told.readline().strip()
        # Its number is told before its picture is there.
        while not self._file.exists() and self._server.poll() is None:
            time.sleep(0.05)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.terminate()
        self._server.wait(10)

    def picture(self) -> Picture:
        """What is seen now, H×W×3, blue first."""
        with (
            self._file.open("rb") as file,
            mmap.mmap(file.fileno(), 0, prot=mmap.PROT_READ) as data,
        ):
            # The header of X's window dumps (XWDFile.h): 25 big-endian numbers, then the colours, then the rows.
            header = struct.unpack(">25I", data[:100])
            start = header[0] + 12 * header[19]
            rows = np.frombuffer(data[start : start + header[12] * header[5]], np.uint8)
        return rows.reshape(header[5], header[12] // 4, 4)[:, : header[4], :3].copy()

    def until(self, seen: Callable[[Picture], bool], seconds: float = 120.0) -> float:
        """Wait for something to be seen; when it was, by the clock. Raises TimeoutError."""
        ends = time.perf_counter() + seconds
        while time.perf_counter() < ends:
            if seen(self.picture()):
                return time.perf_counter()
            time.sleep(0.01)
        raise TimeoutError("It was not seen on the screen.")

    def do(self, *arguments: str) -> str:
        """Let xdotool do something; what it says."""
        environment = {**os.environ, "DISPLAY": self.display}
        done = subprocess.run(["xdotool", *arguments], env=environment, capture_output=True, text=True, timeout=30)
        return done.stdout

    def focus(self, pid: int) -> None:
        """Give the keyboard to a program's window: there is no window manager to do it."""
        for window in self.do("search", "--onlyvisible", "--pid", str(pid)).split():
            self.do("windowfocus", "--sync", window)

    def click(self, x: int, y: int) -> None:
        self.do("mousemove", "--sync", str(x), str(y), "click", "1")
