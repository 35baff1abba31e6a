"""The rows of a COCO dataset put together, photo by photo: the one reader of import, check, evaluation and training."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foodcal_desktop.dataset.coco_masks import has_outline
from foodcal_desktop.dataset.coco_paths import ANNOTATIONS, PhotoPlaces, coco_files
from foodcal_desktop.dataset.items import DatasetError
from foodcal_desktop.dataset.split import split_named

Row = dict[str, Any]

WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError)
"""What reading a damaged row raises."""

_STRAY = object()


class CrowdError(ValueError):
    """An annotation is of a crowd."""


class NoOutlineError(ValueError):
    """An annotation has no mask."""


@dataclass(frozen=True, slots=True)
class ListedPhoto:
    """A photo as the COCO file of this number lists it; ``split`` is "" where nothing says one.

    ``names`` are those of the file's categories.
    """

    file: int
    image: Row
    path: Path
    split: str
    rows: Sequence[Row]
    names: dict[Any, str]


@dataclass(slots=True)
class Listing:
    """The photos of a dataset in the order of its files, and how many annotations are of no photo in it.

    ``damaged`` has a sentence for each file that cannot be read.
    """

    photos: list[ListedPhoto] = field(default_factory=list)
    strays: int = 0
    damaged: list[str] = field(default_factory=list)
    foods: list[Any] = field(default_factory=list)


def list_photos(files: Sequence[Path], images_dir: Path | None = None) -> Listing:
    """Put the rows of a dataset's COCO files together; no photo is opened. ``images_dir`` is looked into first.

    Raises:
        DatasetError: one of them is no COCO file of instances, or a photo's name leads out of the dataset.
        OSError: it cannot be read.
    """
    listing = Listing()
    for number, file in enumerate(files):
        document = _document(file)
        try:
            _add(listing, document, number, PhotoPlaces(file, images_dir))
        except WRONG as error:
            raise DatasetError(f"{file.name} is no COCO instances file ({said(error)}).") from error
    return listing


def files_of(folder: Path) -> list[Path]:
    """The COCO files of a folder, or where ours would be, so that opening it says what is wrong."""
    return coco_files(folder) or [folder / ANNOTATIONS]


def require_object(row: Row) -> Any:
    """The segmentation of an annotation that is one object with a mask.

    Raises:
        CrowdError, NoOutlineError: it is none.
        KeyError, TypeError, AttributeError: it is damaged.
    """
    if row.get("iscrowd"):
        raise CrowdError("a crowd is no single food")
    row["category_id"]
    if not has_outline(row.get("segmentation")):
        raise NoOutlineError("there is no outline; export masks or polygons, not boxes")
    return row["segmentation"]


def said(error: Exception) -> str:
    """Why a row is damaged, as a part of a sentence."""
    return f"the key {error} is missing" if isinstance(error, KeyError) else str(error).rstrip(".")


def _document(path: Path) -> Row:
    try:
        document = json.loads(path.read_bytes())
    except ValueError as error:
        raise DatasetError(f"{path.name} is no COCO instances file: it is no JSON; copy the dataset again.") from error
    if not isinstance(document, dict) or not {"images", "annotations"} <= set(document):
        raise DatasetError(f"{path.name} is no COCO instances file: it lacks images or annotations.")
    return document


def _add(listing: Listing, document: Row, file: int, places: PhotoPlaces) -> None:
    names = {category["id"]: str(category["name"]) for category in document.get("categories") or ()}
    rows: defaultdict[Any, list[Row]] = defaultdict(list)
    for row in document["annotations"]:
        rows[row.get("image_id", _STRAY) if isinstance(row, dict) else _STRAY].append(row)
    for image in document["images"]:
        name = image["file_name"]
        split = str(image.get("split") or "") or places.split(name)
        listing.photos.append(
            ListedPhoto(file, image, places.find(name), split_named(split) or split, rows[image["id"]], names)
        )
    known = {image["id"] for image in document["images"]}
    listing.strays += sum(len(found) for image_id, found in rows.items() if image_id not in known)
    foods = document.get("foods")
    listing.foods += foods if isinstance(foods, list) else []
