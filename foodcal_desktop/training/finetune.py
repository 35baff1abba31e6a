"""Fine-tuning from a dataset to a checkpoint that is taken only if it is better than its base on photos held out."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from torch import Tensor

from foodcal_desktop.dataset.instances import DatasetPhoto
from foodcal_desktop.segmentation.devices import Device
from foodcal_desktop.segmentation.embedding_cache import EmbeddingCache
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.storage.checkpoints import Catalogue, Checkpoint
from foodcal_desktop.storage.training_runs import STATE
from foodcal_desktop.training import distributed, events
from foodcal_desktop.training.control import Cancelled, Control
from foodcal_desktop.training.errors import TrainingError
from foodcal_desktop.training.evaluate import BatchSegmenter, ClickProtocol, Evaluation, encode_photo, evaluate
from foodcal_desktop.training.events import Tell, TrainingEvent
from foodcal_desktop.training.figures import means, paired_figures, score
from foodcal_desktop.training.parts import check_photos, dataset_hash, read_parts
from foodcal_desktop.training.recipe import as_dict
from foodcal_desktop.training.settings import FROZEN, LiteRecipe, Recipe
from foodcal_desktop.training.trainable import Trainable, load_trainable
from foodcal_desktop.training.trainer import Trainer
from foodcal_desktop.training.whole import WholeTrainer

# Of fewer the best epoch is a matter of luck: with four, 20 pantry photos taught nothing that 50 others showed.
FEW_WATCHED = 8
# Two objects of a photo: watching shall cost less than learning.
_WATCH = ClickProtocol(clicks=5, max_objects=2)
_COMPARE = ClickProtocol(clicks=20)
_EMBEDDING_BYTES = 4 * 1024**3


class FineTuning:
    """One fine-tuning. ``run`` does all of it and returns the document of ``finetune --json``."""

    def __init__(
        self,
        dataset: Path,
        base: Checkpoint,
        name: str,
        recipe: Recipe | LiteRecipe,
        device: Device,
        tell: Tell,
        folder: Path,
    ) -> None:
        self._dataset = dataset
        self._base = base
        self._name = name
        self._recipe = recipe
        self._device = device
        self._tell: Tell = tell if distributed.is_first() else _nobody
        self._folder = folder
        if isinstance(recipe, LiteRecipe) and distributed.world_size() > 1:
            raise TrainingError("This recipe trains in one process; start it without torchrun, or take full.yaml.")
        self._parts = check_photos(read_parts(dataset))
        self._hash = dataset_hash(dataset)
        self._control: Control | None = None
        self._cache = EmbeddingCache(_made(folder / "embeddings"), _EMBEDDING_BYTES)

    def run(self, catalogue: Catalogue, control: Control, resume: bool = False) -> dict[str, Any]:
        """Train, compare with the base, and put a better checkpoint into the catalogue.

        Raises:
            Stopped: by a signal; ``resume`` goes on.
            Cancelled: by the user; everything learned is gone.
            TrainingError, RecipeError, WeightsError (all ValueError), OSError: a sentence says what is wrong.
        """
        trainable = load_trainable(self._base, self._device)
        trainer = self._trainer(trainable)
        if resume:
            trainer.resume()
        self._tell_start(trainer)
        self._control = control
        try:
            best = trainer.run(lambda: self._watched(trainable), control)
            return self._finish(trainable, trainer, best, catalogue) if distributed.is_first() else {}
        except Cancelled:
            if distributed.is_first():
                shutil.rmtree(self._folder, ignore_errors=True)
            raise

    def _trainer(self, trainable: Trainable) -> Trainer | WholeTrainer:
        if isinstance(self._recipe, LiteRecipe):
            return WholeTrainer(trainable, self._parts.train, self._recipe, self._folder, self._tell)
        trainer = Trainer(
            trainable, self._parts.train, self._recipe, self._folder, self._device, self._tell, self._identity()
        )
        trainer.takes_last = len(self._parts.watched) < FEW_WATCHED
        return trainer

    def _identity(self) -> str:
        values = {"dataset": self._hash, "base": self._base.sha256, "recipe": as_dict(self._recipe)}
        return json.dumps(values, sort_keys=True)

    def _tell_start(self, trainer: Trainer | WholeTrainer) -> None:
        values = {
            "photos": len(self._parts.train),
            "objects": sum(len(photo.instances) for photo in self._parts.train),
            "val_photos": len({photo.id for photo in (*self._parts.watched, *self._parts.compared)}),
            "epochs": self._recipe.epochs,
            "device": self._device.description,
            "trained": sum(parameter.numel() for parameter in trainer.parameters.values()),
            "epoch": trainer.epoch,
        }
        self._tell(TrainingEvent(events.STARTED, values))
        left_out = self._parts.left_out.sentence()
        if left_out:
            self._tell(TrainingEvent(events.NOTICE, {"text": left_out}))

    def _watched(self, trainable: Trainable) -> dict[str, Any]:
        evaluation = self._evaluated(trainable, self._parts.watched, _WATCH)
        figures = means(evaluation.objects, _WATCH.clicks)
        mean_score = sum(score(one) for one in evaluation.objects) / len(evaluation.objects)
        return {"miou": figures["miou"], "box_miou": figures["box_miou"], "score": round(mean_score, 5)}

    def _evaluated(
        self, trainable: Trainable, photos: Sequence[DatasetPhoto], protocol: ClickProtocol, done: int = 0
    ) -> Evaluation:
        segmenter = trainable.segmenter(self._base.sha256)
        total = 2 * len(photos)

        def told(number: int) -> None:
            if protocol is _COMPARE:
                self._tell(TrainingEvent(events.COMPARING, {"done": done + number, "total": total}))
                self._wait()

        embed = self._kept_embedding(segmenter) if self._recipe.encoder == FROZEN else None
        return evaluate(segmenter, photos, protocol, embed, told)

    def _wait(self) -> None:
        """Between two photos of the comparison, which takes minutes, it can be paused and given up as well."""
        if self._control is not None:
            self._control.wait(self._tell)

    def _kept_embedding(self, segmenter: BatchSegmenter) -> Any:
        """Embeddings of held-out photos, made once: a frozen encoder's never change."""

        def embed(photo: DatasetPhoto) -> Embedding:
            path = self._cache.path(str(photo.id), self._base.sha256)
            if not self._cache.touch(path):
                self._cache.write(path, encode_photo(segmenter, photo))
            return self._cache.read(path)

        return embed

    def _finish(
        self, trainable: Trainable, trainer: Trainer | WholeTrainer, best: dict[str, Tensor], catalogue: Catalogue
    ) -> dict[str, Any]:
        base = load_trainable(self._base, self._device)
        before = self._evaluated(base, self._parts.compared, _COMPARE)
        weights = dict(trainable.network.state_dict())
        share = self._recipe.base_share if isinstance(self._recipe, Recipe) else 0.0
        weights.update(moved_back(best, base.network.state_dict(), share))
        path = self._folder / f"{self._name}{trainable.suffix}"
        trainable.save(weights, path)
        trained = Checkpoint(self._name, self._base.kind, "own", path, 0, "", config=self._base.config)
        after = self._evaluated(
            load_trainable(trained, self._device), self._parts.compared, _COMPARE, len(self._parts.compared)
        )
        document = self._document(before, after, trainer)
        return self._registered(document, path, catalogue)

    def _document(self, before: Evaluation, after: Evaluation, trainer: Trainer | WholeTrainer) -> dict[str, Any]:
        clicks = _COMPARE.clicks
        difference = paired_figures(before, after)
        return {
            "name": self._name,
            "base": self._base.name,
            # The best epoch is 0 where nothing that was learned did better on the watched photos: that is the base.
            "better": trainer.best_epoch > 0 and is_better(difference),
            "before": means(before.objects, clicks),
            "after": means(after.objects, clicks),
            "difference": difference,
            "compared": {"photos": len({o.photo.id for o in before.objects}), "objects": len(before.objects)},
            "trained_on": len(self._parts.train),
            "epochs": trainer.epoch,
            "best_epoch": trainer.best_epoch,
            "seconds": round(trainer.seconds, 1),
            "dataset": {"path": str(self._dataset), "sha256": self._hash, "left_out": self._parts.left_out.document()},
            "recipe": as_dict(self._recipe),
        }

    def _registered(self, document: dict[str, Any], path: Path, catalogue: Catalogue) -> dict[str, Any]:
        """Into the catalogue if better; a worse one stays in the run's folder and is never offered."""
        document["checkpoint"] = None
        if document["better"]:
            record = {
                "parent": self._base.name,
                "parent_sha256": self._base.sha256,
                "dataset_sha256": self._hash,
                "finished_at": datetime.now(UTC).isoformat(timespec="seconds"),
                **{key: document[key] for key in ("before", "after", "difference", "compared", "recipe", "epochs")},
            }
            added = catalogue.import_file(path, self._name, note=summary(document), training=record)
            document["checkpoint"] = {"name": added.name, "sha256": added.sha256, "path": str(added.path)}
            shutil.rmtree(self._folder, ignore_errors=True)
        else:
            document["refused"] = {"path": str(path)}
            for leftover in ("views", "embeddings"):
                shutil.rmtree(self._folder / leftover, ignore_errors=True)
            (self._folder / STATE).unlink(missing_ok=True)
        self._tell(TrainingEvent(events.FINISHED, document))
        return document


def moved_back(learned: dict[str, Tensor], base: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """The learned weights, with a share 0 to 1 of the base's of the same names.

    What is learned from a few photos is kept, what is learned by heart lost (Wortsman et al. 2022, Robust fine-tuning
    of zero-shot models).
    """
    return {name: weight.lerp(base[name].to(weight), share) for name, weight in learned.items()}


def is_better(difference: dict[str, Any]) -> bool:
    """Whether masks are better (score) or clicks fewer (to IoU 0.85) beyond doubt, and the other is not worse.

    Each of the two 95 % intervals errs to the good side once in 40 times, so a useless training passes at most once in
    twenty.
    """
    masks, clicks = difference["score"], difference["noc85"]
    surely = masks["low"] > 0 or clicks["high"] < 0
    return bool(surely and masks["value"] >= 0 and clicks["value"] <= 0)


def summary(document: dict[str, Any]) -> str:
    """One line about a comparison, for lists."""
    before, after = document["before"], document["after"]
    return (
        f"fine-tuned from {document['base']} on {document['trained_on']} photos: IoU@1 {before['miou']['1']:.3f} → "
        f"{after['miou']['1']:.3f}, NoC@85 {before['noc85']:.2f} → {after['noc85']:.2f}"
    )


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _nobody(event: TrainingEvent) -> None:
    """Only the first process tells."""
