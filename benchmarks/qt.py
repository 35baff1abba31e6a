"""An event loop to measure in, and the longest time it did not turn."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QApplication


def application() -> QCoreApplication:
    """The one application of this process."""
    return QApplication.instance() or QApplication(["benchmarks"])


class PauseProbe(QObject):
    """A timer that should fire every millisecond and notes when it did not."""

    def __init__(self) -> None:
        super().__init__()
        self.longest = 0.0
        self._clock = QElapsedTimer()
        self._timer = QTimer(self, interval=1)
        self._timer.timeout.connect(self._tick)

    def start(self) -> None:
        """Begin to watch."""
        self.longest = 0.0
        self._clock.start()
        self._timer.start()

    def stop(self) -> float:
        """The longest pause since the start, in seconds."""
        self._timer.stop()
        self.longest = max(self.longest, self._clock.nsecsElapsed() / 1e9)
        return self.longest

    def _tick(self) -> None:
        self.longest = max(self.longest, self._clock.nsecsElapsed() / 1e9)
        self._clock.restart()


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
