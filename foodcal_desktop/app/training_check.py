"""What a training would be given, read by the training command itself in a child process: ``finetune --check``.

The window itself does not: a large dataset takes seconds, and the rules of a recipe are the training's own.
"""

from __future__ import annotations

import json
from collections.abc import Sequence

from PySide6.QtCore import QObject, QProcess, Signal

from foodcal_desktop.app.child_program import environment, program


class TrainingCheck(QObject):
    """One question at a time; another one takes the place of the former, which is not answered any more.

    Signals: ``answered(document)`` that of ``finetune --check --json``; ``refused(sentence)``.
    """

    answered = Signal(dict)
    refused = Signal(str)

    def __init__(self, command: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(command or program())
        self._asking = False
        self._process = QProcess(self)
        self._process.setProcessEnvironment(environment())
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def ask(self, *arguments: str) -> None:
        """Read what these arguments of ``finetune`` name."""
        self.stop()
        self._asking = True
        # A training's name has to be given; none is begun.
        given = [*self._command[1:], "finetune", *arguments, "--name", "check", "--check", "--json"]
        self._process.start(self._command[0], given)

    def stop(self) -> None:
        """Ask no more."""
        self._asking = False
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(1500)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if self._asking and error == QProcess.ProcessError.FailedToStart:
            self._asking = False
            self.refused.emit(self.tr("It cannot be read now ({0}); try again.").format(self._process.errorString()))

    def _on_finished(self, status: int, how: QProcess.ExitStatus) -> None:
        output = bytes(self._process.readAllStandardOutput().data())
        said = bytes(self._process.readAllStandardError().data()).decode("utf-8", "replace").strip()
        if not self._asking:
            return
        self._asking = False
        if how == QProcess.ExitStatus.CrashExit or not (said or status == 0):
            self.refused.emit(self.tr("Reading it ended unexpectedly; try again."))
        elif status == 0:
            self.answered.emit(json.loads(output))
        else:
            self.refused.emit(said.splitlines()[-1])
