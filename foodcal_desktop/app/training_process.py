"""A fine-tuning in a child process, as the window sees it: started, told to pause or stop, heard line by line."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QProcess, Signal

from foodcal_desktop.app.child_program import environment, program
from foodcal_desktop.storage import training_runs

IDLE, RUNNING, PAUSING, PAUSED, STOPPING = "idle", "running", "pausing", "paused", "stopping"
_NICENESS = 10


@dataclass(frozen=True, slots=True)
class TrainingOrder:
    """What to train. ``dataset`` "" means all corrections so far, ``recipe`` "" the usual one."""

    name: str
    base: str
    dataset: str = ""
    recipe: str = ""
    epochs: int = 0
    resume: bool = False

    def arguments(self) -> list[str]:
        """Of ``foodcal-desktop``."""
        options = ["--base", self.base, "--name", self.name, "--json"]
        options += ["--recipe", self.recipe] if self.recipe else []
        options += ["--epochs", str(self.epochs)] if self.epochs else []
        options += ["--resume"] if self.resume else []
        return ["finetune", *([self.dataset] if self.dataset else []), *options]


class TrainingProcess(QObject):
    """One training at a time.

    Signals: ``state_changed(state)`` IDLE, RUNNING, PAUSING, PAUSED or STOPPING; ``told(values)`` a training event as
    in docs/training.md, its kind under "event"; ``finished(document)`` that of ``finetune --json``;
    ``failed(sentence)``; ``cancelled()``.
    """

    state_changed = Signal(str)
    told = Signal(dict)
    finished = Signal(dict)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, parent: QObject | None = None, command: Sequence[str] | None = None, python: str = "") -> None:
        super().__init__(parent)
        self._command = list(command or program(python))
        self._state = IDLE
        self._order: TrainingOrder | None = None
        self._lines = b""
        self._last_words = ""
        self._wish = ""
        self._process = QProcess(self)
        self._process.setProcessEnvironment(environment())
        self._process.readyReadStandardError.connect(self._read)
        self._process.started.connect(self._step_back)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    @property
    def state(self) -> str:
        """IDLE, RUNNING, PAUSING (until the step in hand is over), PAUSED or STOPPING."""
        return self._state

    @property
    def order(self) -> TrainingOrder | None:
        """What is trained, or was last."""
        return self._order

    @staticmethod
    def unfinished() -> list[str]:
        """Names of trainings that can be gone on with."""
        return training_runs.unfinished()

    def start(self, order: TrainingOrder) -> None:
        """Start a training. Raises ValueError where one runs."""
        if self._state != IDLE:
            raise ValueError("A training runs already; wait for it or cancel it.")
        self._order, self._lines, self._last_words, self._wish = order, b"", "", ""
        self._set_state(RUNNING)
        # Its input ends with this process, however that ends: a paused one would wait for ever for a dead window.
        arguments = [*self._command[1:], *order.arguments(), "--ends-with-input"]
        self._process.start(self._command[0], arguments)

    def pause(self) -> None:
        """Wait after the step in hand; what was learned is on the disk."""
        if self._tell(training_runs.PAUSE) and self._state == RUNNING:
            self._set_state(PAUSING)

    def go_on(self) -> None:
        """End a pause."""
        if self._tell(training_runs.GO) and self._state == PAUSING:
            self._set_state(RUNNING)

    def cancel(self) -> None:
        """Give the training up and throw away what it learned."""
        if self._tell(training_runs.CANCEL):
            self._set_state(STOPPING)

    def stop(self) -> None:
        """End the process, as when the window closes; the training can be gone on with."""
        if self._process.state() == QProcess.ProcessState.NotRunning:
            return
        self._set_state(STOPPING)
        # On Windows a console program hears no polite end, but all hear the end of their input.
        self._process.closeWriteChannel()
        self._process.terminate()
        if not self._process.waitForFinished(5000):
            # In the middle of a long step; the state saved last is at most a minute old.
            self._process.kill()
            self._process.waitForFinished(2000)

    def _unexpected(self) -> str:
        if self._order is not None and self._order.name in training_runs.unfinished():
            return self.tr("The training ended unexpectedly, as where memory runs out; what it learned is kept.")
        return self.tr("The training ended unexpectedly, as where memory runs out, with nothing saved yet; try again.")

    def _step_back(self) -> None:
        """The window and its workers go first: a click shall not wait for the training."""
        if hasattr(os, "setpriority"):
            # A child that is over before this needs no priority any more.
            with contextlib.suppress(ProcessLookupError):
                os.setpriority(os.PRIO_PROCESS, int(self._process.processId()), _NICENESS)

    def _tell(self, word: str) -> bool:
        if self._state == IDLE or self._order is None:
            return False
        self._wish = word
        folder = training_runs.run_folder(self._order.name)
        folder.mkdir(parents=True, exist_ok=True)
        training_runs.command(folder, word)
        return True

    def _set_state(self, state: str) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit(state)

    def _read(self) -> None:
        self._lines += bytes(self._process.readAllStandardError().data())
        *whole, self._lines = self._lines.split(b"\n")
        for line in whole:
            self._hear(line.decode("utf-8", "replace").strip())

    def _hear(self, line: str) -> None:
        values = _json(line)
        if values is None:
            self._last_words = line or self._last_words
            return
        # What stood before an event was a library's warning, not why the training failed.
        self._last_words = ""
        kind = values.get("event")
        if kind == "started" and self._wish:
            # Said while the child was still loading, it was swept away with what an earlier run had been told.
            self._tell(self._wish)
        if kind in ("paused", "resumed") and self._state != STOPPING:
            self._set_state(PAUSED if kind == "paused" else RUNNING)
        self.told.emit(values)

    def _on_error(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._set_state(IDLE)
            self.failed.emit(self.tr("The training cannot be started ({0}).").format(self._process.errorString()))

    def _on_finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._read()
        if how == QProcess.ExitStatus.CrashExit:
            self._last_words = ""
        stopping = self._state == STOPPING
        self._set_state(IDLE)
        document = _json(bytes(self._process.readAllStandardOutput().data()).decode("utf-8", "replace"))
        if status == 0 and document is not None:
            self.finished.emit(document)
        elif stopping:
            self.cancelled.emit()
        else:
            self.failed.emit(self._last_words or self._unexpected())


def _json(text: str) -> dict[str, Any] | None:
    try:
        values = json.loads(text)
    except ValueError:
        return None
    return values if isinstance(values, dict) else None
