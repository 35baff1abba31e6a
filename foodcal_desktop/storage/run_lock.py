"""Which training runs: a lock on a file that the system lets go of when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from foodcal_desktop.storage import paths

_PATIENCE_SECONDS, _STEP_SECONDS = 1.0, 0.05


def lock_file(name: str) -> Path:
    """The lock of the run of this name; beside its folder, which is thrown away while the lock is held."""
    return paths.data_dir() / "training" / f"{name}.lock"


class RunLock:
    """Held by the process that trains."""

    def __init__(self, name: str) -> None:
        self._path = lock_file(name)
        self._file: int | None = None

    def take(self) -> bool:
        """Whether the run is this process's from now on; False where another one trains it. Raises OSError."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        # A glance of ``is_held`` takes the lock for a moment.
        until = time.monotonic() + _PATIENCE_SECONDS
        while not _lock(self._file):
            if time.monotonic() > until:
                self.release()
                return False
            time.sleep(_STEP_SECONDS)
        return True

    def release(self) -> None:
        """Let go of it."""
        if self._file is not None:
            os.close(self._file)
            self._file = None


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[int | None]:
    try:
        file = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        yield None
        return
    try:
        yield file
    finally:
        os.close(file)


def is_held(name: str) -> bool:
    """Whether a living process trains the run of this name. Raises OSError where that cannot be seen."""
    with _opened(lock_file(name)) as file:
        return file is not None and not _lock(file)


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> bool:
        try:
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(file: int) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
