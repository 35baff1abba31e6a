"""Fine-tuning as the user sees it: what there is to learn from, a training, its result, and the way back."""

from __future__ import annotations

import contextlib
import re
from typing import Any

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app import interrupted_runs
from foodcal_desktop.app.child_program import program
from foodcal_desktop.app.dataset_counts import DatasetCounts, when_written
from foodcal_desktop.app.interrupted_runs import Interrupted
from foodcal_desktop.app.recipe_reading import RecipeReading
from foodcal_desktop.app.training_process import IDLE, TrainingOrder, TrainingProcess
from foodcal_desktop.app.training_progress import TrainingProgress
from foodcal_desktop.core.disk_sentences import plainly
from foodcal_desktop.storage import training_runs
from foodcal_desktop.storage.checkpoints import Catalogue, Checkpoint, CheckpointError
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.holdings import Holdings, holdings
from foodcal_desktop.storage.settings import CHECKPOINT, WORKER_PYTHON, Settings
from foodcal_desktop.storage.training_runs import Run

# With one photo there is nothing to hold out; from about this many on, learning pays (docs/training.md).
LEAST_PHOTOS, ENOUGH_PHOTOS = 2, 20


class TrainingSession(QObject):
    """One training at a time, and what comes of it.

    Signals: ``changed()`` whenever anything that is shown may be different; ``checkpoint_chosen(name)`` once another
    checkpoint is used. ``problem`` is the sentence about what went wrong last, ``note`` about what was done;
    ``datasets`` counts what is in folders, ``recipes`` reads files of the user's own.
    """

    changed = Signal()
    checkpoint_chosen = Signal(str)

    def __init__(
        self,
        database: Database,
        settings: Settings,
        process: TrainingProcess | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database, self._settings = database, settings
        self._catalogue = Catalogue()
        self._process = process or TrainingProcess(self, python=settings.get(WORKER_PYTHON))
        command = program(settings.get(WORKER_PYTHON))
        self.datasets, self.recipes = DatasetCounts(command, self), RecipeReading(command, self)
        self._kept: tuple[str, str] = ("", "")
        self._refused: TrainingOrder | None = None
        self.progress = TrainingProgress()
        self.result: dict[str, Any] | None = None
        self.problem = self.note = ""
        self._process.told.connect(self.hear)
        self._process.finished.connect(self._on_finished)
        self._process.failed.connect(self._on_failed)
        self._process.cancelled.connect(self._on_cancelled)
        self._process.state_changed.connect(lambda _: self.changed.emit())
        self.datasets.changed.connect(self.changed)

    # What there is

    @property
    def state(self) -> str:
        """IDLE, RUNNING, PAUSING, PAUSED or STOPPING of app.training_process."""
        return self._process.state

    @property
    def order(self) -> TrainingOrder | None:
        """What is trained, or was last."""
        return self._process.order

    @property
    def selected(self) -> str:
        """The checkpoint in use."""
        return self._settings.get(CHECKPOINT)

    def holdings(self) -> Holdings:
        """Photos, masks and corrections so far. Raises DatabaseError."""
        return holdings(self._database)

    def bases(self) -> tuple[Checkpoint, ...]:
        """The checkpoints that can be fine-tuned: those on this computer. Raises CheckpointError."""
        return tuple(one for one in self._catalogue.checkpoints() if one.state == "ready")

    def interrupted(self) -> list[Interrupted]:
        """Trainings to go on with, the latest first; the one that runs is none."""
        return interrupted_runs.interrupted(self._running)

    @staticmethod
    def runs_elsewhere(name: str) -> bool:
        """Whether another process, such as the command in a terminal, trains the run of this name."""
        return interrupted_runs.runs_elsewhere(name)

    def runs_seen(self, name: str) -> tuple[tuple[str, bool], ...]:
        """The run of a name and those that were interrupted, each with whether another process trains it."""
        names = (name, *(one for one in training_runs.unfinished() if one != self._running))
        return tuple((one, self.runs_elsewhere(one)) for one in names)

    @property
    def _running(self) -> str:
        return self.order.name if self.order is not None and self.state != IDLE else ""

    def free_name(self, base: str) -> str:
        """A name that no checkpoint and no training has: "lite-tuned", "lite-tuned-2" …"""
        stem = re.sub(r"-tuned(-\d+)?$", "", base) + "-tuned"
        taken = {one.name for one in self._catalogue.checkpoints()} | set(training_runs.unfinished())
        names = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name not in taken)

    def refusal(self, order: TrainingOrder) -> str:
        """Why an order cannot be started, in a sentence; "" where it can."""
        if not order.dataset and self.holdings().photos < LEAST_PHOTOS:
            return self.tr("There are fewer than two photos with masks; mark the foods of some photos first.")
        if order.dataset and when_written(order.dataset) is None:
            sentence = self.tr(
                "{0} holds no dataset of COCO or labelme; choose a folder written by Export, or another program's."
            )
            return sentence.format(order.dataset)
        if order.dataset and (problem := self.datasets.problem(order.dataset)):
            return problem
        if self.runs_elsewhere(order.name):
            return self.tr("{0} is being trained in another process; wait for its end.").format(order.name)
        if not order.resume and order.name in training_runs.unfinished():
            return self.tr("A training of this name was interrupted; continue or discard it, or take another name.")
        try:
            self._catalogue.require_free(order.name)
        except CheckpointError as error:
            return str(error)
        return ""

    # A training

    def start(self, order: TrainingOrder) -> None:
        """Begin; what stands against it is in ``problem``."""
        self.problem, self.note = self.refusal(order), ""
        self._refused = order if self.problem else None
        if not self.problem:
            self.result, self.progress = None, TrainingProgress()
            self._process.start(order)
        self.changed.emit()

    def look_again(self) -> None:
        """A refusal holds only as long as its reason does; nobody tells when another process is done."""
        if self._refused is not None:
            self.problem = self.refusal(self._refused)
            self._refused = self._refused if self.problem else None

    def go_on_with(self, run: Run) -> None:
        """Continue an interrupted training with what it was asked at its start."""
        base = run.base or self.selected
        self.start(TrainingOrder(run.name, base, run.dataset, run.recipe, run.epochs, resume=True))
        for values in training_runs.noted_epochs(run.name):
            self.progress.hear({**values, "event": "epoch"})
        self.changed.emit()

    def drop(self, run: Run) -> None:
        """Throw an interrupted training away."""
        if not self.runs_elsewhere(run.name):
            self._attempt(lambda: training_runs.discard(run.name), self.tr("{0} was discarded.").format(run.name))
        self.changed.emit()

    def pause(self) -> None:
        """Wait after the step in hand."""
        self._process.pause()

    def go_on(self) -> None:
        """End the pause."""
        self._process.go_on()

    def cancel(self) -> None:
        """Give the training up."""
        self._process.cancel()

    def close(self) -> None:
        """The window closes: end the child so that it can be gone on with."""
        self.datasets.stop()
        self.recipes.stop()
        self._process.stop()

    # What came of it

    @property
    def is_kept(self) -> bool:
        """Whether the checkpoint of the result is in use."""
        return self.result is not None and bool(self.result["better"]) and self.selected == self.result["name"]

    @property
    def former(self) -> str:
        """The checkpoint to go back to: the one in use before, or the parent of the one in use; "" for none."""
        name = self._kept[1] if self._kept[0] == self.selected else self._parent()
        try:
            return name if any(one.name == name for one in self.bases()) else ""
        except CheckpointError:
            return ""

    def _parent(self) -> str:
        try:
            training = self._catalogue.get(self.selected).training
        except CheckpointError:
            return ""
        return str((training or {}).get("parent", ""))

    def keep(self) -> None:
        """Use the new checkpoint from now on."""
        if self.result is not None and self.result["better"]:
            name, before = str(self.result["name"]), self.selected
            if self._select(name):
                self._kept = (name, before)
                self.changed.emit()

    def roll_back(self) -> None:
        """Use the former checkpoint again; the new one stays in the list of checkpoints."""
        former = self.former
        if former and self._select(former):
            self.note = self.tr("{0} is used again.").format(former)
            self.changed.emit()

    def discard(self) -> None:
        """Remove the new checkpoint, or what is left of a refused one, and be ready for the next training."""
        result = self.result
        if result is None or self.is_kept:
            return
        name = str(result["name"])
        remove = self._catalogue.remove if result["better"] else training_runs.discard
        if self._attempt(lambda: remove(name), self.tr("{0} was discarded.").format(name)):
            self.result = None
            self.changed.emit()

    def put_aside(self) -> None:
        """Be ready for the next training; what was kept stays."""
        self.result, self.note = None, ""
        self.changed.emit()

    def _select(self, name: str) -> bool:
        if not self._attempt(lambda: self._catalogue.select(name, self._settings), ""):
            return False
        self.checkpoint_chosen.emit(name)
        return True

    def _attempt(self, work: Any, note: str) -> bool:
        self.problem, self.note, self._refused = "", note, None
        try:
            work()
        except (CheckpointError, OSError) as error:
            self.problem, self.note = plainly(error), ""
        self.changed.emit()
        return not self.problem

    # What the child tells

    def hear(self, values: dict[str, Any]) -> None:
        """Take in an event as in docs/training.md, its kind under "event"; "finished" with the document of the end."""
        self.progress.hear(values)
        if values.get("event") == "finished":
            self._on_finished(values)
        self.changed.emit()

    def _on_finished(self, document: dict[str, Any]) -> None:
        self.result = document
        self.note = self.tr("The training of {0} is over.").format(document["name"])
        self.changed.emit()

    def _on_failed(self, sentence: str) -> None:
        self.problem, name = sentence, self.order.name if self.order is not None else ""
        self.note = self.tr("The training of {0} ended early; its place (Ctrl+4) says why.").format(name)
        if name and name not in training_runs.unfinished() and not self.runs_elsewhere(name):
            # There is nothing to go on with, and the copied photos would stay for ever.
            with contextlib.suppress(OSError):
                training_runs.discard(name)
        self.changed.emit()

    def _on_cancelled(self) -> None:
        self.note = self.tr("Cancelled; nothing was kept.")
        self.changed.emit()
