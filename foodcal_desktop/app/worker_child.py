"""One worker process seen from the window: started, spoken to, restarted when it dies."""

from __future__ import annotations

import time
from collections import deque

from PySide6.QtCore import QObject, QProcess, Signal

from foodcal_desktop.app.child_program import environment, program
from foodcal_desktop.core.messages import Message, MessageReader

# A worker that dies this often within this many seconds is not started again by itself.
_MAX_DEATHS, _WITHIN_SECONDS = 5, 20.0


def worker_command(role: str, python: str | None = None) -> list[str]:
    """The command of a worker. Another environment needs only what the worker imports, not the rest of the program."""
    if python:
        return [*program(python, "foodcal_desktop.worker"), role]
    return [*program(), "--worker", role]


class WorkerChild(QObject):
    """A process for one role. ``died`` means it was restarted and waits to be told everything anew."""

    received = Signal(object)
    died = Signal()
    gave_up = Signal(str)

    def __init__(self, role: str, python: str | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.role = role
        self._command = worker_command(role, python)
        self._reader = MessageReader()
        self._deaths: deque[float] = deque(maxlen=_MAX_DEATHS)
        self._stopping = False
        self._process = QProcess(self)
        self._process.setProcessEnvironment(environment())
        self._process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    @property
    def pid(self) -> int:
        """The process id, 0 where it does not run."""
        return int(self._process.processId())

    def start(self) -> None:
        """Start the process; messages may be sent at once."""
        self._process.start(self._command[0], self._command[1:])

    def send(self, message: Message) -> None:
        """Write a message; one to a dead worker is dropped, its sender hears ``died``."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.write(message.to_bytes())

    def stop(self) -> None:
        """End the process: politely, then by force."""
        self._stopping = True
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._process.closeWriteChannel()
        self._process.terminate()
        if not self._process.waitForFinished(1500):
            self._process.kill()
            self._process.waitForFinished(1500)

    def restart(self, python: str | None) -> None:
        """Start anew, in another environment where one is named; it has to be told everything again."""
        self.stop()
        self._command = worker_command(self.role, python)
        self._reader, self._stopping = MessageReader(), False
        self._deaths.clear()
        self.start()

    def _read(self) -> None:
        for message in self._reader.feed(bytes(self._process.readAllStandardOutput().data())):
            self.received.emit(message)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self.gave_up.emit(
                self.tr("The segmentation worker cannot be started ({0}); run foodcal-desktop doctor.").format(
                    self._process.errorString()
                )
            )

    def _on_finished(self) -> None:
        if self._stopping:
            return
        self._reader = MessageReader()
        self._deaths.append(time.monotonic())
        if len(self._deaths) == _MAX_DEATHS and self._deaths[-1] - self._deaths[0] < _WITHIN_SECONDS:
            self.gave_up.emit(self.tr("The segmentation worker keeps stopping; run foodcal-desktop doctor."))
            return
        self.start()
        self.died.emit()
