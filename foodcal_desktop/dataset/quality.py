"""What is wrong with a dataset, before hours of training find out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.dataset.instances import DatasetPhoto, Instance, read_dataset
from foodcal_desktop.storage import photos as photo_files

_SMALLEST_PX = 16
_SAME = 0.9


@dataclass(slots=True)
class Checked:
    """Counts of a dataset, and a sentence for each problem: those of ``errors`` hinder training, ``notices`` do not."""

    photos: int = 0
    annotations: int = 0
    splits: dict[str, int] = field(default_factory=dict)
    categories: dict[str, int] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)


def check(photos: Sequence[DatasetPhoto]) -> Checked:
    """Look at every photo and mask; photos in two splits, masks of another size, tiny, empty or doubled ones."""
    result = Checked(len(photos), sum(len(photo.instances) for photo in photos))
    result.splits = dict(Counter(photo.split for photo in photos))
    result.categories = dict(Counter(one.category for photo in photos for one in photo.instances).most_common())
    seen: dict[str, DatasetPhoto] = {}
    for photo in photos:
        result.errors += _photo_errors(photo, seen)
        masks = _masks(photo, result)
        result.notices += _mask_notices(photo, masks)
    result.errors += _split_errors(photos)
    return result


def _photo_errors(photo: DatasetPhoto, seen: dict[str, DatasetPhoto]) -> Iterator[str]:
    try:
        found = photo_files.load(photo.path).photo
    except photo_files.PhotoError as error:
        yield str(error)
        return
    if (found.width, found.height) != (photo.width, photo.height):
        wanted = f"{photo.width}×{photo.height}"
        yield f"{photo.path.name} is {found.width}×{found.height} pixels and the dataset says {wanted}."
    other = seen.setdefault(found.sha256, photo)
    if other is not photo and other.split != photo.split:
        yield f"{photo.path.name} ({photo.split}) is the same photo as {other.path.name} ({other.split})."


def _masks(photo: DatasetPhoto, result: Checked) -> list[tuple[Instance, Mask]]:
    masks = []
    for one in photo.instances:
        try:
            mask = one.mask()
        except ValueError as error:
            result.notices.append(f"Annotation {one.id} of {photo.path.name}: {error}")
            continue
        if (mask.width, mask.height) != (photo.width, photo.height):
            result.errors.append(f"Annotation {one.id} of {photo.path.name} has a mask of another size than its photo.")
        else:
            masks.append((one, mask))
    return masks


def _mask_notices(photo: DatasetPhoto, masks: list[tuple[Instance, Mask]]) -> Iterator[str]:
    for number, (one, mask) in enumerate(masks):
        what = f"Annotation {one.id} ({one.category}) of {photo.path.name}"
        if mask.area < _SMALLEST_PX:
            yield f"{what} has {mask.area} pixels only."
        elif abs(mask.area - one.area) > 0.01 * mask.area + 1:
            yield f"{what} says it has {one.area:g} pixels and has {mask.area}."
        double = next((other for other, m in masks[:number] if m.iou(mask) > _SAME), None)
        if double is not None:
            yield f"{what} covers the same as annotation {double.id} ({double.category})."


def _split_errors(photos: Sequence[DatasetPhoto]) -> Iterator[str]:
    annotated = Counter(photo.split for photo in photos if photo.instances)
    if not annotated["train"]:
        yield "No annotated photo is in the split train, so nothing can be learned."
    if not annotated["val"]:
        yield "No annotated photo is in the split val, so nothing can be compared."
    files = Counter(photo.path for photo in photos)
    for path, count in files.items():
        if count > 1:
            yield f"{path.name} stands {count} times in the dataset."


def check_folder(folder: Path) -> Checked:
    """Check a dataset's folder, ours or another program's. Raises ValueError or OSError where it is none."""
    read = read_dataset(folder)
    result = check(read.photos)
    if read.shared_ids:
        result.notices.append(
            f"{read.shared_ids} annotations have the id of another one; most programs keep one of each id only."
        )
    result.notices += [*read.damaged, *filter(None, [read.left_out.sentence()])]
    return result
