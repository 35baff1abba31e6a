"""Trains a checkpoint by a recipe, epoch by epoch. What it learned is on the disk at all times, whole."""

from __future__ import annotations

import contextlib
import math
import os
import pickle
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor

from foodcal_desktop.dataset.instances import DatasetPhoto
from foodcal_desktop.segmentation.devices import Device, is_out_of_memory, release_memory
from foodcal_desktop.storage.training_runs import STATE
from foodcal_desktop.training import distributed, events
from foodcal_desktop.training.averages import MovingAverage, learning, rate_at, rate_groups
from foodcal_desktop.training.batches import Batch, BatchMaker
from foodcal_desktop.training.control import Control
from foodcal_desktop.training.errors import TrainingError
from foodcal_desktop.training.events import Tell, TrainingEvent
from foodcal_desktop.training.prompted_loss import PromptedLoss
from foodcal_desktop.training.settings import FROZEN, Recipe
from foodcal_desktop.training.trainable import Trainable

SAVE_SECONDS = 60.0

# What is measured after each epoch on the watched photos: the figures of an "epoch" event, with "score" among them.
Watch = Callable[[], dict[str, Any]]


_NO_MEMORY_IN_MEETING = (
    "The memory of one process ran out where all of them meet; write split: {split} into the recipe and start again."
)


class Trainer:
    """One run. ``run`` returns when the epochs or the minutes are over, or nothing gets better any more."""

    def __init__(
        self,
        trainable: Trainable,
        photos: Sequence[DatasetPhoto],
        recipe: Recipe,
        folder: Path,
        device: Device,
        tell: Tell,
        identity: str = "",
    ) -> None:
        self._trainable = trainable
        self._recipe = recipe
        self._folder = folder
        self._device = device
        self._tell = tell
        self._identity = identity
        self.parameters = learning(trainable, recipe)
        self.average = MovingAverage(self.parameters, recipe.ema)
        self._batches = BatchMaker(trainable, photos, recipe, folder / "views")
        self._optimizer = torch.optim.AdamW(
            rate_groups(trainable, self.parameters, recipe), lr=recipe.rate, weight_decay=recipe.weight_decay
        )
        self._loss = distributed.wrapped(PromptedLoss(trainable, recipe))
        # A part that is not the last of its step can be given up, for the processes have not yet met.
        self.split = max(recipe.split, min(distributed.world_size(), 2))
        self.epoch = self.step = 0
        self.seconds = 0.0
        self._losses: list[tuple[float, float]] = []
        self.best_score, self.best_epoch = -math.inf, 0
        self.best: dict[str, Tensor] = {}
        self.takes_last = False
        """Set where too few photos are watched to tell one epoch from another: the last weights are the best then."""
        self._clock = self._saved = time.monotonic()

    def run(self, watch: Watch, control: Control) -> dict[str, Tensor]:
        """Train, and return the best weights that were learned (by the watched photos' score), or the last.

        Raises:
            Stopped, Cancelled: by signal or by the user; after Stopped the saved state can be gone on with.
            TrainingError: the memory does not suffice even for one object at a time, or the loss is no number.
        """
        self._clock = self._saved = time.monotonic()
        try:
            if self.epoch == 0 and self.step == 0:
                self._measure(watch, 0)
            while self.epoch < self._recipe.epochs and not distributed.first_says(self._is_over()):
                with control.together(distributed.largest):
                    self._run_epoch(control)
                self.epoch, self.step = self.epoch + 1, 0
                self._measure(watch, self.epoch)
                self._losses.clear()
                self.save()
        except BaseException:
            self.save()
            raise
        return self.best

    def _is_over(self) -> bool:
        late = bool(self._recipe.minutes) and self.seconds >= 60 * self._recipe.minutes
        return late or self.epoch - self.best_epoch > self._recipe.patience

    def _run_epoch(self, control: Control) -> None:
        steps = self._batches.steps(self.epoch)
        for batch in self._batches.epoch(self.epoch, self.step):
            self._wait(control)
            self._set_rate(steps)
            loss, iou = self._stepped(batch)
            self._losses.append((loss, iou))
            self.step += 1
            self._tick()
            self._tell_step(loss, iou, steps)
            if time.monotonic() - self._saved > SAVE_SECONDS:
                self.save()

    def _wait(self, control: Control) -> None:
        self._tick()
        if control.wait(self._tell, self.save):
            self._clock = time.monotonic()

    def _tick(self) -> None:
        now = time.monotonic()
        self.seconds += now - self._clock
        self._clock = now

    def _set_rate(self, steps: int) -> None:
        rate = rate_at((self.epoch * steps + self.step + 1) / (self._recipe.epochs * steps), self._recipe)
        for group in self._optimizer.param_groups:
            group["lr"] = rate * group["share"]

    def _stepped(self, batch: Batch) -> tuple[float, float]:
        """One optimiser step, in more parts where memory runs out. Returns its loss and IoU."""
        while True:
            try:
                return self._try_step(batch)
            except Exception as error:
                if not is_out_of_memory(error):
                    raise
                self._halve(batch, error)

    def _halve(self, batch: Batch, error: Exception) -> None:
        self._optimizer.zero_grad(set_to_none=True)
        release_memory(self._device.kind)
        if self.split >= len(batch.targets):
            raise TrainingError(
                "The memory does not suffice for this checkpoint even one object at a time; choose a smaller "
                "checkpoint or the recipe heads."
            ) from error
        self.split *= 2
        text = f"The memory ran out; each step is now worked on in {self.split} parts. The result is the same, later."
        self._tell(TrainingEvent(events.NOTICE, {"text": text}))

    def _try_step(self, batch: Batch) -> tuple[float, float]:
        self._trainable.train(encoder=self._recipe.encoder != FROZEN)
        *first, last = batch.parts(self.split)
        share = 1 / len(batch.targets)
        figures = self._before_meeting(first, share)
        try:
            figures.append(self._learned(last, len(first), share, meets=True))
        except Exception as error:
            if distributed.world_size() == 1 or not is_out_of_memory(error):
                raise
            raise TrainingError(_NO_MEMORY_IN_MEETING.format(split=2 * self.split)) from error
        return self._applied(figures)

    def _before_meeting(self, parts: list[Batch], share: float) -> list[tuple[float, float]]:
        """All parts but the last one, where the processes' gradients meet. Too little memory for one is it for all."""
        figures: list[tuple[float, float]] = []
        failure: Exception | None = None
        try:
            for number, part in enumerate(parts):
                figures.append(self._learned(part, number, share, meets=False))
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            failure = error
        if distributed.largest(int(failure is not None)):
            raise MemoryError from failure
        return figures

    def _learned(self, part: Batch, number: int, share: float, meets: bool) -> tuple[float, float]:
        """The gradients of a part, and what it adds to the step's loss and IoU; ``share`` is that of one object."""
        with self._precision(), distributed.synchronised(self._loss, meets):
            seed = [self._recipe.seed, self.epoch, self.step, number, distributed.rank()]
            loss, iou = self._loss(part.pixels, part.kept_on(self._device), part.targets, part.owner, seed)
            share *= len(part.targets)
            (loss * share).backward()
        return float(loss.detach()) * share, float(iou) * share

    def _applied(self, figures: list[tuple[float, float]]) -> tuple[float, float]:
        loss, iou = np.sum(figures, axis=0)
        norm = torch.nn.utils.clip_grad_norm_(self.parameters.values(), self._recipe.clip)
        # The gradients are the same in all processes, so all of them end here; the loss is each one's own.
        if not (math.isfinite(loss) and math.isfinite(float(norm))):
            raise TrainingError("The loss became infinite; set a smaller rate in the recipe.")
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self.average.follow()
        return float(loss), float(iou)

    def _precision(self) -> contextlib.AbstractContextManager[Any]:
        # On a CPU with bf16 a step takes as long as without: the tensors of a few objects are small.
        automatic = self._device.autocast if self._device.kind != "cpu" else None
        wanted = {"float32": None, "bf16": torch.bfloat16, "auto": automatic}[self._recipe.precision]
        return torch.autocast(self._device.kind, dtype=wanted) if wanted else contextlib.nullcontext()

    def _measure(self, watch: Watch, epoch: int) -> None:
        """The watched photos' figures with the averaged weights; the best so far are kept."""
        if distributed.is_first():
            with self.average.in_place():
                figures = watch()
            better = figures["score"] > self.best_score or self.takes_last
            if better:
                self.best_score, self.best_epoch = figures["score"], epoch
                self.best = {name: value.clone() for name, value in self.average.values.items()}
            self._tick()
            self._tell_epoch(epoch, figures, better)
        self.best_epoch = distributed.same_everywhere(self.best_epoch)

    def _seconds_left(self, done: float) -> float:
        whole = self.seconds / done * (1 - done) if done else 0.0
        if self._recipe.minutes:
            whole = min(whole or math.inf, max(60 * self._recipe.minutes - self.seconds, 0.0))
        return round(whole, 1)

    def _tell_step(self, loss: float, iou: float, steps: int) -> None:
        left = self._seconds_left((self.epoch * steps + self.step) / (self._recipe.epochs * steps))
        values = {"epoch": self.epoch + 1, "step": self.step, "steps": steps, "loss": round(loss, 4)}
        self._tell(TrainingEvent(events.STEP, {**values, "iou": round(iou, 4), "seconds_left": left}))

    def _tell_epoch(self, epoch: int, figures: dict[str, Any], better: bool) -> None:
        loss = round(float(np.mean([one for one, _ in self._losses])), 4) if self._losses else None
        left = self._seconds_left(epoch / self._recipe.epochs)
        values = {"epoch": epoch, "epochs": self._recipe.epochs, "loss": loss, **figures, "best": better}
        self._tell(TrainingEvent(events.EPOCH, {**values, "seconds_left": left}))

    def save(self) -> None:
        """The state to go on from, written whole or not at all."""
        self._saved = time.monotonic()
        if not distributed.is_first():
            return
        state = {
            "identity": self._identity,
            "parameters": {name: p.detach() for name, p in self.parameters.items()},
            "average": self.average.values,
            "average_steps": self.average.steps,
            "best": self.best,
            "optimizer": self._optimizer.state_dict(),
            "numbers": [self.epoch, self.step, self.seconds, self.best_score, self.best_epoch, self.split],
            "losses": self._losses,
        }
        part = self._folder / (STATE + ".part")
        try:
            with part.open("wb") as file:
                torch.save(state, file)
                file.flush()
                # Else a power cut could leave the new name with nothing in it.
                os.fsync(file.fileno())
            part.replace(self._folder / STATE)
        except BaseException:
            # A half of it would fill the disk further.
            part.unlink(missing_ok=True)
            raise

    def resume(self) -> None:
        """Go on from the saved state.

        Raises:
            TrainingError: there is none, or it belongs to another dataset, checkpoint or recipe.
        """
        try:
            state = torch.load(self._folder / STATE, map_location=self._device.torch_device, weights_only=True)
        except (OSError, RuntimeError, EOFError, KeyError, pickle.UnpicklingError) as error:
            raise TrainingError("There is no unfinished training of this name; start it without --resume.") from error
        if state["identity"] != self._identity:
            raise TrainingError(
                "The unfinished training of this name has another dataset, base checkpoint or recipe; give the same "
                "ones, or start afresh without --resume."
            )
        with torch.no_grad():
            for name, parameter in self.parameters.items():
                parameter.copy_(state["parameters"][name])
        self._optimizer.load_state_dict(state["optimizer"])
        self.average.values, self.average.steps = state["average"], state["average_steps"]
        self.best = state["best"]
        self.epoch, self.step, self.seconds, self.best_score, self.best_epoch, self.split = state["numbers"]
        self._losses = list(state["losses"])
