"""Embeddings of differently cropped and coloured views of each photo, kept on the disk while a frozen encoder is used.

View 0 is the photo as inference sees it. A view is made when it is first wanted, so that the first epoch starts soon.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file
from torch import Tensor

from foodcal_desktop.dataset.instances import DatasetPhoto
from foodcal_desktop.segmentation.lite_network import Encoded
from foodcal_desktop.training import distributed
from foodcal_desktop.training.samples import Sampler
from foodcal_desktop.training.settings import Recipe
from foodcal_desktop.training.trainable import Trainable, normalised

MAX_BYTES = 6 * 1024**3
_MOST_OBJECTS = 24


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """An encoded view, batch 1, and its objects as shares of cells, K×S/4×S/4, 0 to 1; K may be 0."""

    encoded: Encoded
    targets: Tensor


class Views:
    """The views of a dataset's photos by one checkpoint, in a folder that belongs to one run."""

    def __init__(
        self,
        trainable: Trainable,
        photos: Sequence[DatasetPhoto],
        recipe: Recipe,
        folder: Path,
        max_bytes: int = MAX_BYTES,
    ) -> None:
        self._trainable = trainable
        self._photos = photos
        self._recipe = recipe
        self._folder = folder
        self.count = _affordable(trainable.side, len(photos), recipe.views, max_bytes)
        folder.mkdir(parents=True, exist_ok=True)

    def get(self, photo: int, view: int) -> View:
        """The view of a photo by their numbers. Raises ValueError where the photo cannot be read."""
        path = self._folder / f"{photo}-{view}.safetensors"
        try:
            return _read(path)
        except (FileNotFoundError, SafetensorError, KeyError):
            _write(path, self._made(photo, view))
            # Read back, so that the first use sees the same rounded numbers as all later ones.
            return _read(path)

    def _made(self, photo: int, view: int) -> View:
        random = np.random.default_rng([self._recipe.seed, photo, view])
        sampler = Sampler(self._photos, _MOST_OBJECTS, self._recipe.augmentation, random)
        side = self._trainable.side
        sample = sampler.draw_from(self._photos[photo], side) if view else None
        if sample is not None:
            pixels, targets = normalised([sample.rgb]), sample.targets
        else:
            rgb, targets = sampler.plain(self._photos[photo], side)
            pixels = self._trainable.preprocessed(rgb)
        with torch.no_grad():
            encoded = self._trainable.encode(pixels)
        return View(Encoded(*(tensor.cpu().float() for tensor in encoded)), torch.from_numpy(targets))


def _affordable(side: int, photos: int, wanted: int, max_bytes: int) -> int:
    """How many views of each photo fit, one at least. Half precision: 16 MB of an official checkpoint, 1 MB of ours."""
    # Positions times channels of the three levels, the official ones' (256, 64, 32) for the larger side.
    channels = (128, 32, 16) if side <= 512 else (256, 64, 32)
    values = sum(n * (side // stride) ** 2 for n, stride in zip(channels, (16, 8, 4), strict=True))
    return max(min(wanted, max_bytes // max(2 * values * photos, 1)), 1)


def _read(path: Path) -> View:
    tensors = load_file(path)
    encoded = Encoded(*(tensors[name].float() for name in Encoded._fields))
    return View(encoded, tensors["targets"].float() / 255)


def _write(path: Path, view: View) -> None:
    """Whole or not at all, for a killed run is gone on with, and processes that train together share the folder."""
    tensors = {name: tensor.half().contiguous() for name, tensor in view.encoded._asdict().items()}
    tensors["targets"] = (view.targets * 255).round().to(torch.uint8)
    part = path.with_suffix(f".{distributed.rank()}-{os.getpid()}.part")
    save_file(tensors, part)
    part.replace(path)
