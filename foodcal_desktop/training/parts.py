"""A dataset's photos by what they are for, and what has to be right about them before hours are spent."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from pathlib import Path

from PIL import Image

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.dataset.formats import files_of_dataset
from foodcal_desktop.dataset.instances import DatasetPhoto, Instance, LeftOut, drawn, read_dataset
from foodcal_desktop.storage import photos as photo_files
from foodcal_desktop.training.errors import TrainingError

WATCHED_PHOTOS = 24


@dataclass(frozen=True, slots=True)
class Parts:
    """A dataset's photos by what they are for."""

    train: list[DatasetPhoto]
    watched: list[DatasetPhoto]
    compared: list[DatasetPhoto]
    left_out: LeftOut = field(default_factory=LeftOut)


def read_parts(dataset: Path) -> Parts:
    """Photos to learn from, to watch while learning (every third of val), and to compare on (the rest of val, or test).

    Where val has fewer than six photos, all of them are for both.

    Raises:
        TrainingError: there is nothing to learn from or to compare on.
        ValueError, OSError: the dataset cannot be read.
    """
    read = read_dataset(dataset)
    photos = [photo for photo in read.photos if photo.instances]
    by_split = {split: [photo for photo in photos if photo.split == split] for split in ("train", "val", "test")}
    train, val, test = by_split["train"], by_split["val"], by_split["test"]
    _require_both(train, val or test)
    if test:
        return Parts(train, (val or test)[:WATCHED_PHOTOS], test, read.left_out)
    if len(val) < 6:
        return Parts(train, val, val, read.left_out)
    watched = val[::3][:WATCHED_PHOTOS]
    seen = {photo.id for photo in watched}
    return Parts(train, watched, [photo for photo in val if photo.id not in seen], read.left_out)


def dataset_hash(dataset: Path) -> str:
    """The sha256 of the dataset's annotations, which say which photos and masks it has. Raises OSError."""
    digest = hashlib.sha256()
    for file in files_of_dataset(dataset):
        # One by one: labelme's hold the photos as well.
        digest.update(file.read_bytes())
    return digest.hexdigest()


def check_photos(parts: Parts) -> Parts:
    """Look at each photo's header and decode each mask: a training shall not end at night for one of them.

    Returns the parts without the objects whose masks are damaged, which are counted.

    Raises:
        TrainingError: photos are missing, no photos, or masks are of another size, the first one is named; or too few
            photos have a mask that is not damaged.
    """
    photos = {photo.id: photo for photo in (*parts.train, *parts.watched, *parts.compared)}.values()
    missing = [photo.path for photo in photos if not photo.path.is_file()]
    if missing:
        raise TrainingError(
            f"{len(missing)} of the dataset's {len(photos)} photos are missing, first {missing[0].name}; export the "
            "dataset again."
        )
    sound = {photo.id: replace(photo, instances=_sound(photo)) for photo in photos}
    damaged = sum(len(photo.instances) - len(sound[photo.id].instances) for photo in photos)
    train, watched, compared = (
        [sound[photo.id] for photo in part if sound[photo.id].instances]
        for part in (parts.train, parts.watched, parts.compared)
    )
    _require_both(train, watched and compared)
    return Parts(train, watched, compared, replace(parts.left_out, damaged=parts.left_out.damaged + damaged))


def _require_both(train: list[DatasetPhoto], held_out: list[DatasetPhoto]) -> None:
    if not train or not held_out:
        raise TrainingError(
            f"The dataset has {len(train)} annotated photos to learn from (split train) and {len(held_out)} held out "
            "(split val); annotate more photos (two at least) and export them again."
        )


def _sound(photo: DatasetPhoto) -> tuple[Instance, ...]:
    """The objects whose masks can be drawn; those of another size are a mistake of the whole dataset."""
    _check_size(photo)
    found = list(drawn(photo))
    for one, mask in found:
        _check_mask(photo, one, mask)
    return tuple(one for one, _ in found)


def _check_size(photo: DatasetPhoto) -> None:
    try:
        with Image.open(photo.path) as image:
            sizes = photo_files.upright_sizes(image)
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise TrainingError(f"{photo.path.name} of the dataset cannot be read; export the dataset again.") from error
    if (photo.width, photo.height) not in sizes:
        width, height = sizes[0]
        raise TrainingError(
            f"{photo.path.name} is {width}×{height} pixels and its annotations are for {photo.width}×"
            f"{photo.height}; export the dataset again."
        )


def _check_mask(photo: DatasetPhoto, one: Instance, mask: Mask) -> None:
    if (mask.width, mask.height) != (photo.width, photo.height):
        raise TrainingError(
            f"The mask of annotation {one.id} is {mask.width}×{mask.height} and its photo {photo.path.name} "
            f"{photo.width}×{photo.height} pixels; export the dataset again."
        )
