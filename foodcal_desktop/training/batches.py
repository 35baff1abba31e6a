"""The batches of an epoch: which photos and which of their objects, given by seed, epoch and step alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from foodcal_desktop.dataset.instances import DatasetPhoto
from foodcal_desktop.segmentation.devices import Device
from foodcal_desktop.segmentation.lite_network import Encoded
from foodcal_desktop.training import distributed
from foodcal_desktop.training.samples import Sampler
from foodcal_desktop.training.settings import FROZEN, Recipe
from foodcal_desktop.training.trainable import Trainable, normalised
from foodcal_desktop.training.views import View, Views


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """B photos, as pixels B×3×S×S or kept embeddings, and N objects N×S/4×S/4 with the number of each one's photo."""

    pixels: Tensor | None
    kept: Encoded | None
    targets: Tensor
    owner: Tensor

    def kept_on(self, device: Device) -> Encoded | None:
        """The kept embeddings on a device."""
        return Encoded(*(level.to(device.torch_device) for level in self.kept)) if self.kept else None

    def parts(self, count: int) -> list[Batch]:
        """The batch in up to ``count`` parts of about equally many objects, in order."""
        pieces = torch.arange(len(self.targets)).tensor_split(min(count, len(self.targets)))
        return [self._of(piece) for piece in pieces]

    def _of(self, objects: Tensor) -> Batch:
        photos, owner = torch.unique(self.owner[objects], return_inverse=True)
        pixels = self.pixels[photos] if self.pixels is not None else None
        kept = Encoded(*(level[photos] for level in self.kept)) if self.kept else None
        return Batch(pixels, kept, self.targets[objects], owner)


class BatchMaker:
    """Makes batches, one ahead in a thread: OpenCV and torch let the interpreter go."""

    def __init__(self, trainable: Trainable, photos: Sequence[DatasetPhoto], recipe: Recipe, folder: Path) -> None:
        self._trainable = trainable
        self._photos = photos
        self._recipe = recipe
        self._views = Views(trainable, photos, recipe, folder) if recipe.encoder == FROZEN else None

    def steps(self, epoch: int) -> int:
        """Steps of an epoch, the same in every process: once over the photos, more often where they are few."""
        share = math.ceil(len(self._photos) / distributed.world_size())
        return max(math.ceil(share / self._recipe.batch), self._recipe.steps)

    def epoch(self, epoch: int, start: int = 0) -> Iterator[Batch]:
        """The batches of an epoch from a step on; each process has photos of its own."""
        wanted = self.steps(epoch) * self._recipe.batch * distributed.world_size()
        order = self._order(epoch, max(wanted, len(self._photos)))
        mine = _share(order, distributed.rank(), distributed.world_size())
        with ThreadPoolExecutor(1) as pool:
            ahead: list[Future[Batch]] = []
            for step in range(start, self.steps(epoch)):
                photos = mine[step * self._recipe.batch : (step + 1) * self._recipe.batch]
                ahead.append(pool.submit(self._made, photos.tolist(), epoch, step))
                if len(ahead) > 1:
                    yield ahead.pop(0).result()
            for last in ahead:
                yield last.result()

    def _order(self, epoch: int, count: int) -> np.ndarray:  # type: ignore[type-arg]
        """All photos shuffled; where more are wanted, shuffled again and again, so that each comes equally often."""
        random = np.random.default_rng([self._recipe.seed, epoch])
        photos = len(self._photos)
        return np.concatenate([random.permutation(photos) for _ in range(math.ceil(count / photos))])[:count]

    def _made(self, photos: list[int], epoch: int, step: int) -> Batch:
        random = np.random.default_rng([self._recipe.seed, epoch, step, distributed.rank()])
        if self._views is not None:
            return self._of_views(self._views, photos, random)
        return self._of_samples(photos, random)

    def _of_views(self, views: Views, photos: list[int], random: np.random.Generator) -> Batch:
        drawn = [views.get(photo, int(random.integers(views.count))) for photo in photos]
        drawn = [view for view in drawn if len(view.targets)] or [self._usable_view(views, photos[0])]
        encoded = Encoded(*(torch.cat(levels) for levels in zip(*(view.encoded for view in drawn), strict=True)))
        return self._with_objects(None, encoded, [view.targets for view in drawn], random)

    def _usable_view(self, views: Views, after: int) -> View:
        """The plain view of the next photo with an object large enough to be seen."""
        count = len(self._photos)
        candidates = (views.get((after + i) % count, 0) for i in range(count))
        found = next((view for view in candidates if len(view.targets)), None)
        if found is None:
            raise ValueError("No object of the dataset is large enough to learn from; annotate larger ones.")
        return found

    def _of_samples(self, photos: list[int], random: np.random.Generator) -> Batch:
        sampler = Sampler(self._photos, self._recipe.objects, self._recipe.augmentation, random)
        side = self._trainable.side
        samples = [sampler.draw_from(self._photos[photo], side) or sampler.draw(side) for photo in photos]
        targets = [torch.from_numpy(sample.targets) for sample in samples]
        return self._with_objects(normalised([sample.rgb for sample in samples]), None, targets, random)

    def _with_objects(
        self, pixels: Tensor | None, kept: Encoded | None, targets: list[Tensor], random: np.random.Generator
    ) -> Batch:
        chosen, owner = [], []
        for number, every in enumerate(targets):
            count = min(self._recipe.objects, len(every))
            chosen.append(every[torch.from_numpy(random.permutation(len(every))[:count])])
            owner += [number] * count
        return Batch(pixels, kept, torch.cat(chosen), torch.tensor(owner))


def _share(order: np.ndarray, rank: int, world: int) -> np.ndarray:  # type: ignore[type-arg]
    """This process's photos; the order is repeated at its end so that all processes have equally many."""
    each = math.ceil(len(order) / world)
    return np.resize(order, each * world)[rank::world]
