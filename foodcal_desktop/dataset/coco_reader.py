"""Reading a COCO dataset back: ours to the last bit, another program's by its run lengths or polygons."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from foodcal_desktop.core.annotation import PHOTO_STATES, SPLITS, Annotation, Photo
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.overlap import settled, stacked
from foodcal_desktop.core.own_food import require_own
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.dataset.coco_file import (
    WRONG,
    CrowdError,
    ListedPhoto,
    NoOutlineError,
    files_of,
    list_photos,
    require_object,
    said,
)
from foodcal_desktop.dataset.coco_masks import coco_mask
from foodcal_desktop.dataset.items import AnnotatedPhoto, DatasetError, Incoming
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.annotation_store import portion_of
from foodcal_desktop.storage.own_foods import food_of
from foodcal_desktop.storage.photos import PhotoError


def refuse(sentence: str) -> None:
    """Raises DatasetError at what cannot be read."""
    raise DatasetError(sentence)


def import_coco(folder: Path, left_out: Callable[[str], None] = refuse) -> Incoming:
    """The photos of a dataset with their annotations; each photo is decoded, for its hash is its name.

    Annotations that were not ours get ids made from photo and number, so that reading twice gives the same ones.

    Args:
        folder: of the dataset, or its COCO file.
        left_out: told in a sentence of each photo that is missing or of another size, and of the annotations of a
            photo that are damaged or of no use; the others are read. By default it raises DatasetError.

    Raises:
        DatasetError: it is no COCO dataset, or a photo's name leads out of it.
    """
    try:
        listing = list_photos(files_of(folder.absolute()))
    except OSError as error:
        raise DatasetError(f"{folder} cannot be read; name the folder of a COCO dataset, or its file.") from error
    if listing.strays:
        left_out(f"Annotations of no photo that the dataset lists: {listing.strays}.")
    return Incoming(len(listing.photos), annotated(listing.photos, left_out), tuple(_foods(listing.foods, left_out)))


def annotated(photos: Iterable[ListedPhoto], left_out: Callable[[str], None]) -> Iterator[AnnotatedPhoto]:
    """Listed photos with their annotations, each decoded when it is asked for; ``left_out`` as for ``import_coco``."""
    for listed in photos:
        try:
            photo, references = _photo(listed)
        except DatasetError as error:
            left_out(str(error))
            continue
        yield AnnotatedPhoto(photo, _annotations(photo, listed, left_out), references)


def _foods(values: Sequence[Any], left_out: Callable[[str], None]) -> Iterator[Food]:
    for value in values:
        try:
            food = food_of(value)
            require_own(food)
        except WRONG as error:
            left_out(f"A food of the dataset is damaged ({said(error)}).")
        else:
            yield food


def _photo(listed: ListedPhoto) -> tuple[Photo, tuple[ScaleReference, ...]]:
    path, image = listed.path, listed.image
    try:
        photo = photos.load(path).photo
        _require_size(photo, image)
        state = image["state"] if image.get("state") in PHOTO_STATES else photo.state
        photo = replace(photo, state=state, split=listed.split if listed.split in SPLITS else "")
        return photo, tuple(_reference(photo, row) for row in image.get("scale_references", ()))
    except PhotoError as error:
        raise DatasetError(str(error)) from error
    except WRONG as error:
        raise DatasetError(f"What the dataset says of {path.name} is damaged ({said(error)}).") from error


def _annotations(photo: Photo, listed: ListedPhoto, left_out: Callable[[str], None]) -> tuple[Annotation, ...]:
    """What can be used of a photo's rows, each with an id of its own: some programs number all of them 1."""
    found: dict[str, Annotation] = {}
    why: dict[str, list[str]] = {}
    rows = listed.rows
    for number, row in enumerate(rows):
        try:
            one = _annotation(photo, row, listed.names)
            again = _made_id(photo, "annotation", f"{row.get('id')} at {number}")
            found[one.id if row.get("id") is not None and one.id not in found else again] = one
        except (CrowdError, NoOutlineError) as error:
            why.setdefault(str(error), []).append("")
        except WRONG as error:
            why.setdefault("damaged", []).append(said(error))
    for what, details in why.items():
        reasons = "; ".join(dict.fromkeys(filter(None, details)))
        said_of_them = f"{what} ({reasons})." if reasons else f"{what}."
        left_out(f"{len(details)} of {len(rows)} annotations of {Path(photo.path).name} left out: {said_of_them}")
    annotations = tuple(replace(one, id=name) for name, one in found.items())
    if any("order" in row for row in rows):
        return annotations
    return stacked(settled({}, {one.id: one for one in annotations}).values())


def _require_size(photo: Photo, image: dict[str, Any]) -> None:
    width, height = image.get("width", photo.width), image.get("height", photo.height)
    if (photo.width, photo.height) != (width, height):
        raise ValueError(f"it is {photo.width}×{photo.height}, not {width}×{height} pixels")


def _mask(photo: Photo, segmentation: Any) -> Mask:
    mask = coco_mask(segmentation, photo.height, photo.width)
    if (mask.width, mask.height) != (photo.width, photo.height):
        raise ValueError("a mask has another size than its photo")
    return mask


def _annotation(photo: Photo, row: dict[str, Any], names: dict[Any, str]) -> Annotation:
    mask = _mask(photo, require_object(row))
    if not mask.area:
        raise ValueError("a mask has no pixels on its photo")
    return Annotation(
        id=row.get("annotation_id") or _made_id(photo, "annotation", row.get("id")),
        photo=photo.sha256,
        mask=mask,
        label=row.get("label", names.get(row["category_id"], "")),
        food_id=row.get("food_id"),
        portion=_portion(row),
        predicted_iou=row.get("predicted_iou"),
        checkpoint=row.get("checkpoint"),
        order=int(row.get("order", 0)),
        created_at=row.get("created_at", ""),
        clicks=None if row.get("clicks") is None else tuple((float(x), float(y)) for x, y in row["clicks"]),
    )


def _portion(row: dict[str, Any]) -> Portion | None:
    if row.get("portion") is not None:
        return portion_of(row["portion"])
    grams = row.get("grams")
    if grams is None:
        return None
    low, high = row.get("grams_low", grams), row.get("grams_high", grams)
    return Portion(Estimate(float(grams), float(low), float(high)), "imported", typed=bool(row.get("typed", False)))


def _reference(photo: Photo, row: dict[str, Any]) -> ScaleReference:
    line = row.get("line")
    return ScaleReference(
        id=row.get("id") or _made_id(photo, "reference", row["kind"]),
        photo=photo.sha256,
        kind=row["kind"],
        mask=None if row.get("segmentation") is None else _mask(photo, row["segmentation"]),
        line=None if line is None else (float(line[0]), float(line[1]), float(line[2]), float(line[3])),
        length_mm=row.get("length_mm"),
    )


def _made_id(photo: Photo, kind: str, number: object) -> str:
    return hashlib.sha256(f"{photo.sha256}:{kind}:{number}".encode()).hexdigest()[:32]
