"""An event loop to measure in, and the longest time it did not turn."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication


def application() -> QCoreApplication:
    """The one application of this process."""
    return QApplication.instance() or QApplication(["benchmarks"])


class PauseProbe(QObject):
    """A timer that should fire every millisecond and notes when it did not.

    ``busy`` is the most processor time that this thread took between two turns of the loop: on a machine that does
    other things too, it is the part of a pause that is the program's own.
    """

    def __init__(self) -> None:
        super().__init__()
        self.longest = self.busy = 0.0
        self._at = self._own = 0.0
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch."""
        self.longest = self.busy = 0.0
        self._at, self._own = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> float:
        """The longest pause since the start, in seconds."""
        self._timer.stop()
        self._tick()
        return self.longest

    @property
    def note(self) -> str:
        """The processor's part, as a table says it."""
        return f"{1000 * self.busy:.0f} ms of processor; to stay under 50"

    def _tick(self) -> None:
        at, own = time.perf_counter(), time.thread_time()
        self.longest, self.busy = max(self.longest, at - self._at), max(self.busy, own - self._own)
        self._at, self._own = at, own


def wait_until(happened: Callable[[], bool], seconds: float = 600.0) -> float:
    """Turn the event loop until something has happened; the seconds it took. Raises TimeoutError."""
    loop, started = QEventLoop(), time.perf_counter()
    timer = QTimer(interval=1)
    timer.timeout.connect(lambda: loop.quit() if happened() or time.perf_counter() - started > seconds else None)
    timer.start()
    loop.exec()
    taken = time.perf_counter() - started
    if not happened():
        raise TimeoutError(f"Nothing happened within {seconds:.0f} s.")
    return taken
