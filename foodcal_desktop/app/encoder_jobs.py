"""The encoder's long jobs as the window knows them: one at a time, told step by step, stopped at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.worker_child import WorkerChild
from foodcal_desktop.core.carrying import CarryRequest, Known, carry_message, frame_of
from foodcal_desktop.core.messages import Message


class EncoderJobs(QObject):
    """A new job takes the place of the one before.

    Signals: ``began(by_memory, checkpoint, total)`` of a carrying job; ``carried(CarriedFrame)``;
    ``sampled(frames, folder)`` a video's frame was written, the folder is named with the last one;
    ``ended(job, done)``, ``done`` being False where it was stopped, failed or left.
    """

    began = Signal(bool, str, int)
    carried = Signal(object)
    sampled = Signal(int, str)
    ended = Signal(int, bool)

    def __init__(self, encoder: WorkerChild, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._encoder = encoder
        self._ready = False
        self._last = 0
        self.job = 0
        """The job that runs or waits for the encoder to be ready; 0 for none."""
        self._waiting: Message | None = None
        encoder.received.connect(self._on_message)
        encoder.died.connect(self._on_died)

    def carry(self, paths: Sequence[str], start: int, known: Sequence[Known], by_memory: bool) -> int:
        """Carry what is known of the frames to those after ``start``; returns the job's number."""
        return self._ask(lambda job: carry_message(CarryRequest(job, tuple(paths), start, tuple(known), by_memory)))

    def sample(self, video: Path) -> int:
        """Write a video's frames as photos; returns the job's number."""
        return self._ask(lambda job: Message("sample", {"job": job, "video": str(video)}))

    def stop(self) -> None:
        """Leave the job; nothing of it is told any more."""
        if self.job:
            self._encoder.send(Message("stop", {"job": self.job}))
            self.leave()

    def leave(self) -> None:
        """The worker has forgotten the job, for it was told to load a checkpoint or was started anew."""
        self._end(False)

    def _ask(self, made: Callable[[int], Message]) -> int:
        self.stop()
        self._last += 1
        self.job, self._waiting = self._last, made(self._last)
        self._send()
        return self.job

    def _send(self) -> None:
        if self._ready and self._waiting is not None:
            message, self._waiting = self._waiting, None
            self._encoder.send(message)

    def _end(self, done: bool) -> None:
        job, self.job, self._waiting = self.job, 0, None
        if job:
            self.ended.emit(job, done)

    def _on_message(self, message: Message) -> None:
        values = message.values
        if message.kind == "ready":
            self._ready = True
            self._send()
        elif values.get("job", 0) == self.job != 0:
            self._on_step(message)

    def _on_step(self, message: Message) -> None:
        values = message.values
        if message.kind == "carry_began":
            self.began.emit(values["by_memory"], values["checkpoint"], values["total"])
        elif message.kind == "carried":
            self.carried.emit(frame_of(message))
        elif message.kind == "sampled":
            self.sampled.emit(values["number"], values["folder"])
        elif message.kind in ("job_ended", "failed"):
            self._end(message.kind == "job_ended")

    def _on_died(self) -> None:
        self._ready = False
        self.leave()
