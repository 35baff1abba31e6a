"""Photos marked with labelme or a program that writes its files: one JSON beside each photo.

A shape is an object; those with the same label and ``group_id`` are parts of one (labelme's own ``labelme2coco``).
"""

from __future__ import annotations

import base64
import io
import json
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from math import cos, dist, pi, sin
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from foodcal_desktop.core import mask_tools
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.dataset.coco_file import WRONG, ListedPhoto, Listing, Row, said
from foodcal_desktop.dataset.coco_masks import coco_mask
from foodcal_desktop.dataset.coco_paths import split_of_folder
from foodcal_desktop.dataset.coco_reader import annotated, refuse
from foodcal_desktop.dataset.items import DatasetError, Incoming
from foodcal_desktop.dataset.split import split_named
from foodcal_desktop.storage.photos import SUFFIXES

_HEAD_BYTES = 4096
_FIRST_FILES = 20
_CIRCLE_CORNERS = 64
_DAMAGED = {"size": None}


def labelme_files(given: Path) -> list[Path]:
    """The file that is named, or those of a folder, else those in its folders that are named as splits."""
    if given.is_file():
        return [given] if _is_labelme(given) else []
    found = [path for path in sorted(given.glob("*.json")) if _is_labelme(path)]
    folders = () if found else sorted(path for path in given.glob("*/") if split_named(path.name))
    return found or [file for folder in folders for file in labelme_files(folder)]


def has_labelme(folder: Path) -> bool:
    """Whether ``labelme_files`` would find some, as far as the first files tell: a folder may hold thousands."""
    folders = [folder, *(path for path in folder.glob("*/") if split_named(path.name))]
    looked_at = (path for one in folders for path in islice(sorted(one.glob("*.json")), _FIRST_FILES))
    return any(_is_labelme(path) for path in looked_at)


def _is_labelme(path: Path) -> bool:
    """By its first keys: photos are often stored within such a file, and thousands of them lie in a folder."""
    try:
        with path.open("rb") as file:
            return b'"shapes"' in file.read(_HEAD_BYTES)
    except OSError:
        return False


def import_labelme(folder: Path, left_out: Callable[[str], None] = refuse) -> Incoming:
    """The photos of a folder of labelme's files, or of one of them, as ``import_coco`` gives them.

    Polygons, rectangles, circles and masks are read; points and lines have no area and are left out.

    Raises:
        DatasetError: there is no file of labelme.
    """
    files = labelme_files(folder.absolute())
    if not files:
        raise DatasetError(f"There is no JSON of labelme in {folder}; name the folder in which its files lie.")
    return Incoming(len(files), annotated(_listed(files, left_out), left_out))


def list_labelme(given: Path) -> Listing:
    """The photos of labelme's files as ``list_photos`` gives those of COCO's; none is opened."""
    listing = Listing()
    listing.photos.extend(_listed(labelme_files(given), listing.damaged.append))
    return listing


def _listed(files: Sequence[Path], left_out: Callable[[str], None]) -> Iterator[ListedPhoto]:
    for number, file in enumerate(files):
        try:
            document = json.loads(file.read_bytes())
            rows = _rows(document)
            size = {key: document[name] for key, name in _SIZE.items() if document.get(name)}
            image = {"id": number, "file_name": file.stem, **size}
            path = _photo_of(file, str(document["imagePath"]))
        except (*WRONG, OSError) as error:
            left_out(f"{file.name} is damaged and was left out ({said(error)}).")
            continue
        names = {row["category_id"]: row["category_id"] for row in rows}
        yield ListedPhoto(number, image, path, split_of_folder(file.parent), rows, names)


_SIZE = {"width": "imageWidth", "height": "imageHeight"}


def _photo_of(file: Path, name: str) -> Path:
    """The photo where the file says it is, else the one of the same name beside it."""
    path = file.parent / name.replace("\\", "/")
    if path.is_file():
        return path.resolve()
    return next((beside for suffix in SUFFIXES if (beside := file.with_suffix(suffix)).is_file()), path)


def _rows(document: Row) -> list[Row]:
    """The objects as rows of a COCO file."""
    objects: dict[object, list[Row]] = {}
    for number, shape in enumerate(document["shapes"]):
        group = shape.get("group_id")
        objects.setdefault(number if group is None else (shape["label"], group), []).append(shape)
    return [
        {"id": number, "category_id": str(shapes[0]["label"]).strip(), "segmentation": _segmentation(shapes, document)}
        for number, shapes in enumerate(objects.values())
    ]


def _segmentation(shapes: Sequence[Row], document: Row) -> Any:
    """The outlines of an object's parts, or its run lengths where a part is a mask; an empty list for no area."""
    rings = [ring for shape in shapes if shape.get("shape_type") != "mask" and (ring := _ring(shape))]
    if all(shape.get("shape_type") != "mask" for shape in shapes):
        return rings
    try:
        height, width = int(document["imageHeight"]), int(document["imageWidth"])
        masks = [_mask(shape, height, width) for shape in shapes if shape.get("shape_type") == "mask"]
        return mask_tools.merge([*masks, coco_mask(rings, height, width)]).to_coco()
    except WRONG:
        return _DAMAGED


def _ring(shape: Row) -> list[Any]:
    """A shape's outline as COCO writes it: x, y, x, y …; empty where it has no area."""
    points, kind = shape["points"], shape.get("shape_type") or "polygon"
    if kind == "circle" and len(points) == 2:
        (x, y), radius = points[0], dist(*points)
        turns = (2 * pi * corner / _CIRCLE_CORNERS for corner in range(_CIRCLE_CORNERS))
        points = [(x + radius * cos(turn), y + radius * sin(turn)) for turn in turns]
    elif kind == "rectangle" and len(points) == 2:
        (x0, y0), (x1, y1) = points
        points = [(x0, y0), (x1, y0), (x1, y1), (x0, y1)]
    elif kind not in ("polygon", "rectangle", "oriented_rectangle", "rotation"):
        return []
    return [number for point in points for number in point]


def _mask(shape: Row, height: int, width: int) -> Mask:
    """A mask is stored as a picture of the box between its two points, both of them within."""
    cells = _cells(base64.b64decode(shape["mask"]))
    x, y = (int(number) for number in shape["points"][0])
    pixels = np.zeros((height, width), dtype=bool)
    pixels[y : y + cells.shape[0], x : x + cells.shape[1]] = cells
    return Mask.from_array(pixels)


def _cells(picture: bytes) -> NDArray[np.bool_]:
    try:
        with Image.open(io.BytesIO(picture)) as image:
            return np.asarray(image.convert("L")) > 0
    except Exception as error:
        # As with photos, a hostile picture makes decoders raise nearly anything.
        raise ValueError("the picture of a mask is damaged") from error
