"""Work in a pool thread whose outcome comes back to the window's thread by signals."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, Signal

from foodcal_desktop.core.disk_sentences import plainly
from foodcal_desktop.storage.database import DatabaseError
from foodcal_desktop.storage.photos import PhotoError

# What may go wrong with files and the database; anything else is a mistake in the program and is not hidden here.
EXPECTED = (PhotoError, OSError, DatabaseError, MemoryError)


class _Task(QRunnable):
    """One call; its signals carry the task itself with what came of it."""

    class Signals(QObject):
        done = Signal(object, object)
        failed = Signal(object, str)

    def __init__(self, work: Callable[[], Any]) -> None:
        super().__init__()
        self._work = work
        self.signals = _Task.Signals()

    def run(self) -> None:
        """Do it, or say why not."""
        try:
            self.signals.done.emit(self, self._work())
        except EXPECTED as error:
            self.signals.failed.emit(self, plainly(error))


class Pool(QObject):
    """A few threads. ``run`` returns at once; what comes of it is told in the thread of this object."""

    def __init__(self, threads: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        # A task belongs to Python, and its signals must outlive run() until they were delivered.
        self._calls: dict[_Task, tuple[Callable[[Any], None], Callable[[str], None]]] = {}

    def run(self, work: Callable[[], Any], then: Callable[[Any], None], otherwise: Callable[[str], None]) -> None:
        """Call ``work`` in a thread, then ``then`` with what it returned, or ``otherwise`` with a sentence."""
        task = _Task(work)
        task.setAutoDelete(False)
        self._calls[task] = (then, otherwise)
        # Slots of this object, not plain functions: only so do they surely run in its thread.
        task.signals.done.connect(self._on_done)
        task.signals.failed.connect(self._on_failed)
        self._pool.start(task)

    def finish(self) -> None:
        """Wait for everything that was asked for, and tell what came of it at once."""
        self._pool.waitForDone()
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        self._calls.clear()

    def close(self) -> None:
        """Forget what has not begun and wait for what has; nothing is told any more."""
        self._pool.clear()
        self._pool.waitForDone()
        self._calls.clear()

    def _on_done(self, task: _Task, value: Any) -> None:
        calls = self._calls.pop(task, None)
        if calls is not None:
            calls[0](value)

    def _on_failed(self, task: _Task, sentence: str) -> None:
        calls = self._calls.pop(task, None)
        if calls is not None:
            calls[1](sentence)
