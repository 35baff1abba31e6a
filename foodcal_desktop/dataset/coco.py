"""COCO instances: ``annotations.json`` beside ``images/``, each mask as compressed RLE, holes and islands kept.

One annotation is one object. Beside COCO's own keys each carries what the diary knows of it: grams with their
interval, food id, whether the weight was typed, and the checkpoint that proposed the mask.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

from foodcal_desktop import __version__
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.dataset.coco_paths import ANNOTATIONS, IMAGES
from foodcal_desktop.dataset.folder import built_beside, write_json
from foodcal_desktop.dataset.items import AnnotatedPhoto, DatasetError, Exported, Progress, no_progress
from foodcal_desktop.dataset.photo_files import PhotoNames, write_photo
from foodcal_desktop.dataset.split import split_photos
from foodcal_desktop.storage.annotation_store import portion_value
from foodcal_desktop.storage.own_foods import food_value
from foodcal_desktop.storage.photos import PhotoError

NO_LABEL = "food"
"""The category of an annotation without a label."""


def export_coco(
    items: Iterable[AnnotatedPhoto],
    out: Path,
    seed: int = 0,
    progress: Progress = no_progress,
    foods: Sequence[Food] = (),
) -> Exported:
    """Write a dataset to the folder ``out``, whole or not at all; an earlier dataset of ours there is replaced.

    Of the user's own ``foods`` those that annotations have go along; nobody else's program knows them.
    A photo that cannot be read any more, and an annotation without pixels, are left out with a notice.

    Raises:
        DatasetError: there is nothing to export, or ``out`` cannot be written or holds what is not ours.
    """
    rows = [AnnotatedPhoto(*item) for item in items]
    if not rows:
        raise DatasetError("There are no annotations to export yet; accept a mask first.")
    with built_beside(out, "coco") as folder:
        (folder / IMAGES).mkdir()
        written, notices = _write_photos(rows, folder / IMAGES, progress)
        document = coco_document(written, seed, foods)
        write_json(folder / ANNOTATIONS, document)
    return Exported(len(document["images"]), len(document["annotations"]), out, tuple(notices))


def _write_photos(
    rows: Sequence[AnnotatedPhoto], folder: Path, progress: Progress
) -> tuple[list[tuple[str, AnnotatedPhoto]], list[str]]:
    """Each photo's file name with what is on it, and a sentence for all that was left out."""
    names = PhotoNames()
    written: list[tuple[str, AnnotatedPhoto]] = []
    notices: list[str] = []
    for done, row in enumerate(rows):
        progress(done, len(rows))
        try:
            written.append((write_photo(row.photo, folder, names.name(row.photo)), _with_pixels(row, notices)))
        except (PhotoError, DatasetError) as error:
            notices.append(f"{error} It was left out.")
    progress(len(rows), len(rows))
    if not written:
        raise DatasetError(f"None of the {len(rows)} photos could be read; {notices[0]}")
    return written, notices


def _with_pixels(row: AnnotatedPhoto, notices: list[str]) -> AnnotatedPhoto:
    kept = [a for a in row.annotations if a.mask.area]
    if len(kept) < len(row.annotations):
        notices.append(f"{Path(row.photo.path).name} has an annotation without pixels, which was left out.")
    return row._replace(annotations=kept)


def coco_document(
    written: Sequence[tuple[str, AnnotatedPhoto]], seed: int = 0, foods: Sequence[Food] = ()
) -> dict[str, Any]:
    """The content of ``annotations.json`` for photos and their file names, numbered from 1."""
    kept = {row.photo.sha256: row.photo.split for _, row in written if row.photo.split}
    sides = split_photos((row.photo.sha256 for _, row in written), seed, kept=kept)
    images: list[dict[str, Any]] = []
    annotations: list[dict[str, Any]] = []
    categories = _categories(a for _, row in written for a in row.annotations)
    numbers = {category["name"]: category["id"] for category in categories}
    for image_id, (name, row) in enumerate(written, start=1):
        images.append(_image(image_id, name, row, sides[row.photo.sha256]))
        for annotation in row.annotations:
            number = numbers[annotation.label or NO_LABEL]
            annotations.append(_annotation(len(annotations) + 1, image_id, number, annotation))
    info = {
        "description": "Food photos annotated with foodcal-desktop",
        "version": __version__,
        "date_created": datetime.now().isoformat(timespec="seconds"),
        "split_seed": seed,
    }
    document = {"info": info, "licenses": [], "images": images, "annotations": annotations, "categories": categories}
    used = {row["food_id"] for row in annotations}
    own = [food_value(food) for food in foods if food.id in used]
    return document | ({"foods": own} if own else {})


def _categories(annotations: Iterable[Annotation]) -> list[dict[str, Any]]:
    """One category for each label, in the order of the alphabet, with the ids of the foods it was used for."""
    foods: dict[str, set[str]] = {}
    for annotation in annotations:
        ids = foods.setdefault(annotation.label or NO_LABEL, set())
        ids.update(() if annotation.food_id is None else (annotation.food_id,))
    return [
        {"id": number, "name": name, "supercategory": "food", "food_ids": sorted(foods[name])}
        for number, name in enumerate(sorted(foods), start=1)
    ]


def _image(image_id: int, name: str, row: AnnotatedPhoto, split: str) -> dict[str, Any]:
    photo = row.photo
    return {
        "id": image_id,
        "file_name": name,
        "width": photo.width,
        "height": photo.height,
        "split": split,
        "sha256": photo.sha256,
        "date_captured": photo.taken_at,
        "state": photo.state,
        "scale_references": [_reference(reference) for reference in row.references],
    }


def _reference(reference: ScaleReference) -> dict[str, Any]:
    return {
        "id": reference.id,
        "kind": reference.kind,
        "segmentation": None if reference.mask is None else reference.mask.to_coco(),
        "line": None if reference.line is None else [_finite(v) for v in reference.line],
        "length_mm": _finite(reference.length_mm),
    }


def _annotation(number: int, image_id: int, category_id: int, annotation: Annotation) -> dict[str, Any]:
    mask, portion = annotation.mask, annotation.portion
    grams = None if portion is None else portion.grams
    return {
        "id": number,
        "image_id": image_id,
        "category_id": category_id,
        "segmentation": mask.to_coco(),
        "area": mask.area,
        "bbox": [int(mask.x), int(mask.y), int(mask.w), int(mask.h)],
        "iscrowd": 0,
        "grams": None if grams is None else _finite(grams.value),
        "grams_low": None if grams is None else _finite(grams.low),
        "grams_high": None if grams is None else _finite(grams.high),
        "typed": portion is not None and portion.typed,
        "food_id": annotation.food_id,
        "label": annotation.label,
        "predicted_iou": _finite(annotation.predicted_iou),
        "checkpoint": annotation.checkpoint,
        "clicks": None if annotation.clicks is None else [[float(x), float(y)] for x, y in annotation.clicks],
        "annotation_id": annotation.id,
        "order": int(annotation.order),
        "created_at": annotation.created_at,
        "portion": None if portion is None else portion_value(portion),
    }


def _finite(value: float | None) -> float | None:
    """A number of JSON, which knows neither infinity nor numpy's numbers."""
    return None if value is None or not isfinite(value) else float(value)
