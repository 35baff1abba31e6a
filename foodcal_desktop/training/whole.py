"""The training of the bundled checkpoint (recipes/lite.yaml) as a run of fine-tuning, for a given time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from torch import Tensor, nn

from foodcal_desktop.dataset.instances import DatasetPhoto
from foodcal_desktop.training import events
from foodcal_desktop.training.control import Control
from foodcal_desktop.training.errors import TrainingError
from foodcal_desktop.training.events import Tell, TrainingEvent
from foodcal_desktop.training.lite_trainer import LiteTrainer
from foodcal_desktop.training.settings import LiteRecipe
from foodcal_desktop.training.trainable import LiteTrainable, Trainable
from foodcal_desktop.training.trainer import Watch

_REPORT_EVERY = 10


class WholeTrainer:
    """LiteTrainer with a Trainer's face. Its one epoch is the whole time."""

    def __init__(
        self, trainable: Trainable, photos: Sequence[DatasetPhoto], recipe: LiteRecipe, folder: Path, tell: Tell
    ) -> None:
        assert isinstance(trainable, LiteTrainable)
        network = trainable.network.requires_grad_(True)
        self._trainer = LiteTrainer(network, photos, recipe, folder)
        self._trainable = trainable
        self._tell = tell
        self.epoch = self.best_epoch = 0
        self.parameters: dict[str, nn.Parameter] = {n: p for n, p in network.named_parameters() if p.requires_grad}

    @property
    def seconds(self) -> float:
        """Spent learning."""
        return self._trainer.seconds

    def resume(self) -> None:
        """Go on from the last saved state. Raises TrainingError where there is none."""
        try:
            self._trainer.resume()
        except OSError as error:
            raise TrainingError("There is no unfinished training of this name; start it without --resume.") from error

    def run(self, watch: Watch, control: Control) -> dict[str, Tensor]:
        """Train until the time is over; the averaged weights. Raises Stopped or Cancelled."""
        try:
            for figures in self._trainer.run(report_every=_REPORT_EVERY):
                self._tell(TrainingEvent(events.STEP, self._values(figures)))
                control.wait(self._tell, self._trainer.save)
        except BaseException:
            self._trainer.save()
            raise
        self.epoch = self.best_epoch = 1
        weights = dict(self._trainer.average.state_dict())
        side = self._trainer.recipe.sides[-1]
        self._trainable.network.load_state_dict(weights)
        self._trainable.network.set_side(side)
        values = {"epoch": 1, "epochs": 1, "loss": None, **watch(), "best": True, "seconds_left": 0.0}
        self._tell(TrainingEvent(events.EPOCH, values))
        return weights

    def _values(self, figures: dict[str, float]) -> dict[str, float]:
        progress = figures["progress"]
        left = self._trainer.seconds / progress * (1 - progress) if progress else 0.0
        step, steps = int(figures["step"]), int(figures["step"] / max(progress, 1e-6))
        shown = {"epoch": 1, "step": step, "steps": steps, "loss": figures["loss"], "iou": figures["iou"]}
        return {**shown, "seconds_left": round(left, 1)}
