"""Pause, cancel and stop of a running training: a file beside it that the window writes, and the usual signals."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from foodcal_desktop.storage.training_runs import CANCEL, GO, PAUSE, control_file
from foodcal_desktop.training import events
from foodcal_desktop.training.events import Tell, TrainingEvent


class Stopped(Exception):  # noqa: N818 - nothing went wrong
    """The training was interrupted and can be gone on with."""


class Cancelled(Exception):  # noqa: N818 - the user wanted it
    """The training was given up; what it learned is thrown away."""


_GOES_ON, _PAUSED, _CANCELLED, _STOPPED = range(4)
_WORDS = {PAUSE: _PAUSED, CANCEL: _CANCELLED}

# From this process's answer to the one that all processes of a training go by.
Agree = Callable[[int], int]


class Control:
    """Asked between the steps of a training."""

    def __init__(self, folder: Path) -> None:
        self._file = control_file(folder)
        self._signalled = False
        self._agree: Agree = int

    def clear(self) -> None:
        """Forget what an earlier run was told."""
        self._file.unlink(missing_ok=True)

    @property
    def is_paused(self) -> bool:
        """Whether the training shall wait."""
        return self._asked() == _PAUSED

    def check(self) -> None:
        """Raises Stopped after a signal, Cancelled where the user cancelled."""
        _raise_if_over(self._asked())

    def wait_while_paused(self, seconds: float = 0.3) -> None:
        """Sleep until the pause is over. Raises as ``check`` does."""
        while (asked := self._asked()) == _PAUSED:
            time.sleep(seconds)
        _raise_if_over(asked)

    def wait(self, tell: Tell, save: Callable[[], None] | None = None) -> bool:
        """Wait while it is paused, which is told, what was learned being saved; whether it was. Raises as ``check``."""
        paused = self.is_paused
        if paused:
            if save is not None:
                save()
            tell(TrainingEvent(events.PAUSED))
            self.wait_while_paused()
            tell(TrainingEvent(events.RESUMED))
        self.check()
        return paused

    @contextmanager
    def together(self, agree: Agree) -> Iterator[None]:
        """Within, several processes go by one answer: they would wait for ever for one that ended a step before."""
        self._agree = agree
        try:
            yield
        finally:
            self._agree = int

    def _asked(self) -> int:
        return self._agree(_STOPPED if self._signalled else _WORDS.get(self._word(), _GOES_ON))

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

    def stop_at_end_of_input(self) -> None:
        """From now on the end of standard input ends the training as a signal does: who started it is gone."""
        # A windowed program on Windows may have no input.
        if sys.stdin is not None:
            threading.Thread(target=self._wait_for_end, args=(sys.stdin.fileno(),), daemon=True).start()

    def _wait_for_end(self, descriptor: int) -> None:
        # A thread that waits in sys.stdin's own buffer would hold a lock that the interpreter needs to end.
        with contextlib.suppress(OSError):
            while os.read(descriptor, 64):
                continue
            self._signalled = True

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        self._signalled = True


def _raise_if_over(asked: int) -> None:
    if asked == _STOPPED:
        raise Stopped
    if asked == _CANCELLED:
        raise Cancelled
