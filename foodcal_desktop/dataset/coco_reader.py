"""Reading a COCO dataset back: ours to the last bit, another program's by its run lengths or polygons."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from foodcal_desktop.core.annotation import PHOTO_STATES, Annotation, Photo
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.overlap import settled, stacked
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.dataset.coco_masks import coco_mask, has_outline
from foodcal_desktop.dataset.coco_paths import annotations_file, photo_file
from foodcal_desktop.dataset.items import AnnotatedPhoto, DatasetError
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.annotation_store import portion_of
from foodcal_desktop.storage.photos import PhotoError

_WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError)


def refuse(sentence: str) -> None:
    """Raises DatasetError at what cannot be read."""
    raise DatasetError(sentence)


def import_coco(folder: Path, left_out: Callable[[str], None] = refuse) -> Iterator[AnnotatedPhoto]:
    """The photos of a dataset one by one, with their annotations; each photo is decoded, for its hash is its name.

    Annotations that were not ours get ids made from photo and number, so that reading twice gives the same ones.

    Args:
        folder: of the dataset, or its COCO file.
        left_out: told in a sentence of each photo that is missing or of another size, and of the annotations of a
            photo that are damaged or of no use; the others are read. By default it raises DatasetError.

    Raises:
        DatasetError: it is no COCO dataset, or a photo's name leads out of it.
    """
    path = annotations_file(folder)
    document = _document(path)
    try:
        names = {category["id"]: str(category["name"]) for category in document.get("categories", ())}
        rows: defaultdict[Any, list[dict[str, Any]]] = defaultdict(list)
        for row in document["annotations"]:
            rows[row["image_id"]].append(row)
        images = [(image, photo_file(path, image["file_name"]), image["id"]) for image in document["images"]]
    except _WRONG as error:
        raise DatasetError(f"{path} is no COCO file of instances ({_said(error)}).") from error
    for image, file, image_id in images:
        try:
            photo, references = _photo(file, image)
        except DatasetError as error:
            left_out(str(error))
            continue
        yield AnnotatedPhoto(photo, _annotations(photo, rows[image_id], names, left_out), references)


def _document(path: Path) -> dict[str, Any]:
    try:
        document = json.loads(path.read_bytes())
    except OSError as error:
        raise DatasetError(f"{path} cannot be read; please name the folder of a COCO dataset, or its file.") from error
    except ValueError as error:
        raise DatasetError(f"{path} is damaged: it is no JSON; please copy the dataset again.") from error
    if not isinstance(document, dict) or not {"images", "annotations"} <= set(document):
        raise DatasetError(f"{path} is no COCO file: it lacks images or annotations.")
    return document


def _photo(path: Path, image: dict[str, Any]) -> tuple[Photo, tuple[ScaleReference, ...]]:
    try:
        photo = photos.load(path).photo
        _require_size(photo, image)
        if image.get("state") in PHOTO_STATES:
            photo = replace(photo, state=image["state"])
        return photo, tuple(_reference(photo, row) for row in image.get("scale_references", ()))
    except PhotoError as error:
        raise DatasetError(str(error)) from error
    except _WRONG as error:
        raise DatasetError(f"What the dataset says of {path.name} is damaged ({_said(error)}).") from error


def _annotations(
    photo: Photo, rows: list[dict[str, Any]], names: dict[Any, str], left_out: Callable[[str], None]
) -> tuple[Annotation, ...]:
    """What can be used of a photo's rows, each with an id of its own: some programs number all of them 1."""
    found: dict[str, Annotation] = {}
    reasons: list[str] = []
    for number, row in enumerate(rows):
        try:
            one = _annotation(photo, row, names)
            again = _made_id(photo, "annotation", f"{row.get('id')} at {number}")
            found[one.id if row.get("id") is not None and one.id not in found else again] = one
        except _WRONG as error:
            reasons.append(_said(error))
    if reasons:
        why = "; ".join(dict.fromkeys(reasons))
        left_out(
            f"{len(reasons)} of {len(rows)} annotations of {Path(photo.path).name} are damaged or no masks ({why})."
        )
    annotations = tuple(replace(one, id=name) for name, one in found.items())
    if any("order" in row for row in rows):
        return annotations
    return stacked(settled({}, {one.id: one for one in annotations}).values())


def _require_size(photo: Photo, image: dict[str, Any]) -> None:
    width, height = image.get("width", photo.width), image.get("height", photo.height)
    if (photo.width, photo.height) != (width, height):
        raise ValueError(f"it is {photo.width}×{photo.height}, not {width}×{height} pixels")


def _mask(photo: Photo, segmentation: Any) -> Mask:
    if isinstance(segmentation, list) and not has_outline(segmentation):
        raise ValueError("an annotation has no outline; please export masks or polygons, not boxes")
    mask = coco_mask(segmentation, photo.height, photo.width)
    if (mask.width, mask.height) != (photo.width, photo.height):
        raise ValueError("a mask has another size than its photo")
    return mask


def _annotation(photo: Photo, row: dict[str, Any], names: dict[Any, str]) -> Annotation:
    if row.get("iscrowd"):
        raise ValueError("a crowd is no single food")
    mask = _mask(photo, row["segmentation"])
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


def _said(error: Exception) -> str:
    return f"the key {error} is missing" if isinstance(error, KeyError) else str(error).rstrip(".")
