"""What a running training has told so far, as one value for whoever shows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

STARTING, LEARNING, COMPARING = "starting", "learning", "comparing"


@dataclass(frozen=True, slots=True)
class EpochPoint:
    """The watched photos' figures after an epoch: mean IoU after 1, 3 and 5 clicks. Epoch 0 is the base."""

    epoch: int
    iou: tuple[float, float, float]
    best: bool


@dataclass(slots=True)
class TrainingProgress:
    """``losses`` are (place, loss), the place in epochs. ``seconds_left`` is of the learning, None while unknown."""

    phase: str = STARTING
    photos: int = 0
    held_out: int = 0
    epochs: int = 0
    epoch: int = 0
    loss: float | None = None
    losses: list[tuple[float, float]] = field(default_factory=list)
    points: list[EpochPoint] = field(default_factory=list)
    seconds_left: float | None = None
    compared: int = 0
    to_compare: int = 0
    notice: str = ""

    @property
    def best(self) -> EpochPoint | None:
        """The epoch whose weights would be taken now."""
        return next((point for point in reversed(self.points) if point.best), None)

    def hear(self, values: Mapping[str, Any]) -> None:
        """Take in an event as in docs/training.md, its kind under "event"; kinds not shown change nothing."""
        kind = values.get("event")
        if kind == "started":
            self.photos, self.held_out = int(values["photos"]), int(values["val_photos"])
            self.epochs, self.epoch = int(values["epochs"]), int(values["epoch"])
            if self.points:
                # Gone on with: the base has been measured already.
                self._begin_epoch(self.epoch)
        elif kind == "step":
            self._on_step(values)
        elif kind == "epoch":
            self._on_epoch(values)
        elif kind == "comparing":
            self.phase, self.seconds_left = COMPARING, None
            self.compared, self.to_compare = int(values["done"]), int(values["total"])
        elif kind == "notice":
            self.notice = str(values["text"])

    def _on_step(self, values: Mapping[str, Any]) -> None:
        self.phase, self.epoch = LEARNING, int(values["epoch"])
        self.loss, self.seconds_left = float(values["loss"]), float(values["seconds_left"])
        self.losses.append((self.epoch - 1 + values["step"] / max(values["steps"], 1), self.loss))

    def _on_epoch(self, values: Mapping[str, Any]) -> None:
        self.epochs = int(values["epochs"])
        epoch, iou = int(values["epoch"]), values["miou"]
        self.points = [point for point in self.points if point.epoch < epoch]
        self.points.append(EpochPoint(epoch, (iou["1"], iou["3"], iou["5"]), bool(values["best"])))
        if values.get("loss") is not None and not any(place > epoch - 1 for place, _ in self.losses):
            # Of an epoch before an interruption only the mean is known.
            self.losses.append((float(epoch), float(values["loss"])))
        if self.photos:
            self._begin_epoch(epoch)

    def _begin_epoch(self, done: int) -> None:
        """The first step of an epoch may take long, and is a part of it."""
        self.phase, self.epoch = LEARNING, min(done + 1, self.epochs)
