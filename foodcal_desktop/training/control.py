"""Pause, cancel and stop of a running training: a file beside it that the window writes, and the usual signals."""

from __future__ import annotations

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from foodcal_desktop.storage.training_runs import CANCEL, GO, PAUSE, control_file


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The training was interrupted and can be gone on with."""


class Cancelled(Exception):  # noqa: N818 - the user wanted it
    """The training was given up; what it learned is thrown away."""


class Control:
    """Asked between the steps of a training."""

    def __init__(self, folder: Path) -> None:
        self._file = control_file(folder)
        self._signalled = False

    def clear(self) -> None:
        """Forget what an earlier run was told."""
        self._file.unlink(missing_ok=True)

    @property
    def is_paused(self) -> bool:
        """Whether the training shall wait."""
        return self._word() == PAUSE

    def check(self) -> None:
        """Raises Stopped after a signal, Cancelled where the user cancelled."""
        if self._signalled:
            raise Stopped
        if self._word() == CANCEL:
            raise Cancelled

    def wait_while_paused(self, seconds: float = 0.3) -> None:
        """Sleep until the pause is over. Raises as ``check`` does."""
        while self.is_paused:
            self.check()
            time.sleep(seconds)
        self.check()

    def _word(self) -> str:
        try:
            return self._file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return GO

    @contextmanager
    def on_signals(self) -> Iterator[None]:
        """SIGINT and SIGTERM end the training after the step in hand, its state saved."""
        wanted = (signal.SIGINT, signal.SIGTERM)
        before = [signal.signal(number, self._on_signal) for number in wanted]
        try:
            yield
        finally:
            for number, handler in zip(wanted, before, strict=True):
                signal.signal(number, handler)

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._signalled = True
