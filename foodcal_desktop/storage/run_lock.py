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
        # A glance of ``is_held`` takes the lock for a moment.
        until = time.monotonic() + _PATIENCE_SECONDS
        while not self._take_now():
            if time.monotonic() > until:
                return False
            time.sleep(_STEP_SECONDS)
        return True

    def _take_now(self) -> bool:
        file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        # One that was thrown away between the two lines guards nothing.
        if _lock(file) and _is_at(file, self._path):
            self._file = file
            return True
        os.close(file)
        return False

    def release(self) -> None:
        """Let go of it; of a run that left nothing no lock stays either."""
        if self._file is None:
            return
        unwanted = not self._path.with_suffix("").exists()
        if unwanted and sys.platform != "win32":
            # While it is held: whoever waits for it finds that it is gone.
            self._path.unlink(missing_ok=True)
        os.close(self._file)
        self._file = None
        if unwanted and sys.platform == "win32":
            # Windows keeps what is open: another process has it by now, or nobody.
            with contextlib.suppress(OSError):
                self._path.unlink(missing_ok=True)


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


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
