"""A dataset imported by the command in a process of its own: the window stays free, and a stop loses nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from foodcal_desktop.app.child_program import environment, program

# As the command says how far it is; every other line of it is a sentence about what is left out.
_STEP = re.compile(r"(\d+) of (\d+) photos")


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What came of an import: how much came in, in which folders the photos lie, and a sentence for all left out.

    ``problem`` says why nothing came in, and is "" where something did. Of a ``stopped`` one only that is known.
    """

    photos: int = 0
    annotations: int = 0
    known: int = 0
    foods: int = 0
    folders: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    problem: str = ""
    stopped: bool = False


class DatasetImport(QObject):
    """One import at a time. ``changed()`` whenever it is farther; ``ended(ImportResult)``."""

    changed = Signal()
    ended = Signal(object)

    def __init__(self, command: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._command = list(command or program())
        self._process = QProcess(self)
        self._process.setProcessEnvironment(environment())
        self._process.readyReadStandardError.connect(self._on_said)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)
        self._forget("")
        self.result: ImportResult | None = None

    def _forget(self, source: str) -> None:
        self.source, self.done, self.total = source, 0, 0
        self._rest, self._said, self._stopped = b"", list[str](), False

    @property
    def running(self) -> bool:
        """Whether a dataset is being imported."""
        return self._process.state() != QProcess.ProcessState.NotRunning

    def start(self, source: str) -> None:
        """Import the dataset of a folder or file; nothing while another one is being imported."""
        if self.running:
            return
        self._forget(source)
        self.result = None
        self._process.start(self._command[0], [*self._command[1:], "import", "--json", "--", source])
        self.changed.emit()

    def stop(self) -> None:
        """Take no more photos; those taken stay, and importing again goes on with the others."""
        if self.running:
            self._stopped = True
            # Each photo is a transaction: none is ever half there.
            self._process.kill()
            self._process.waitForFinished(1500)

    def _on_said(self) -> None:
        *lines, self._rest = (self._rest + bytes(self._process.readAllStandardError().data())).split(b"\n")
        for line in filter(None, (one.decode("utf-8", "replace").strip() for one in lines)):
            step = _STEP.fullmatch(line)
            if step is None:
                self._said.append(line)
            else:
                self.done, self.total = int(step[1]), int(step[2])
        self.changed.emit()

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            text = self.tr("The import cannot be started ({0}); try again.")
            self._end(ImportResult(problem=text.format(self._process.errorString())))

    def _on_finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._on_said()
        output = bytes(self._process.readAllStandardOutput().data())
        if self._stopped:
            self._end(ImportResult(left_out=tuple(self._said), stopped=True))
        elif how == QProcess.ExitStatus.CrashExit or status != 0:
            problem = self._said.pop() if self._said else self.tr("The import ended unexpectedly; try again.")
            self._end(ImportResult(problem=problem, left_out=tuple(self._said)))
        else:
            self._end(_result(json.loads(output)))

    def _end(self, result: ImportResult) -> None:
        self.result = result
        self.changed.emit()
        self.ended.emit(result)


def _result(document: dict[str, Any]) -> ImportResult:
    return ImportResult(**{**document, "folders": tuple(document["folders"]), "left_out": tuple(document["left_out"])})
