"""COCO instances as training and evaluation read them: photos with masks, each with its split."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.dataset.coco_masks import coco_mask, has_outline


@dataclass(frozen=True, slots=True)
class Instance:
    """One annotated object: COCO's run lengths or polygons (drawn when asked for), its category's name, area in px."""

    id: int
    category: str
    area: float
    segmentation: Any
    height: int
    width: int

    def mask(self) -> Mask:
        """Its pixels. Raises ValueError where the run lengths or polygons are damaged."""
        return coco_mask(self.segmentation, self.height, self.width)


@dataclass(frozen=True, slots=True)
class DatasetPhoto:
    """One photo of a dataset with its objects."""

    id: int
    path: Path
    width: int
    height: int
    split: str
    source: str
    instances: tuple[Instance, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many annotations of a file are of no use: crowds, and objects without an outline."""

    crowds: int = 0
    without_outline: int = 0

    def sentence(self) -> str:
        """What was left out and why, "" where nothing was."""
        if not (self.crowds or self.without_outline):
            return ""
        return f"Annotations left out: {self.crowds} of crowds, {self.without_outline} without an outline."


@dataclass(frozen=True, slots=True)
class CocoPhotos:
    """The photos of a COCO file, in its order, and what of it was left out."""

    photos: list[DatasetPhoto]
    left_out: LeftOut


def read_coco(annotations: Path, images_dir: Path) -> list[DatasetPhoto]:
    """The photos of a COCO file alone. Raises as ``read_coco_file``."""
    return read_coco_file(annotations, images_dir).photos


def read_coco_file(annotations: Path, images_dir: Path) -> CocoPhotos:
    """The photos of a COCO file with their objects: run lengths or polygons, as other programs write them.

    Raises:
        ValueError: the file is no COCO instances file, or a mask without its area is damaged.
        OSError: it cannot be read.
    """
    try:
        document = json.loads(annotations.read_bytes())
        names = {c["id"]: str(c["name"]) for c in document["categories"]}
        images = {row["id"]: row for row in document["images"]}
        rows = [row for row in document["annotations"] if row["image_id"] in images]
        single = [row for row in rows if not row.get("iscrowd")]
        outlined = [row for row in single if has_outline(row.get("segmentation"))]
        by_photo: dict[int, list[Instance]] = {}
        for row in outlined:
            by_photo.setdefault(row["image_id"], []).append(_instance(row, names, images[row["image_id"]]))
        photos = [_photo(row, images_dir, by_photo.get(row["id"], ())) for row in document["images"]]
        return CocoPhotos(photos, LeftOut(len(rows) - len(single), len(single) - len(outlined)))
    except (KeyError, TypeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{annotations.name} is no COCO instances file; give one written by export.") from error


def _instance(row: dict[str, Any], names: dict[Any, str], image: dict[str, Any]) -> Instance:
    height, width = int(image["height"]), int(image["width"])
    try:
        # Some programs write no area beside a polygon.
        area = float(row["area"] if "area" in row else coco_mask(row["segmentation"], height, width).area)
    except ValueError as error:
        where = f"annotation {row['id']} ({image['file_name']})"
        raise ValueError(f"The mask of {where} is damaged; export the dataset again.") from error
    return Instance(row["id"], names[row["category_id"]], area, row["segmentation"], height, width)


def _file(images_dir: Path, name: str) -> Path:
    """A photo's file, also by a name that was written on Windows."""
    path = images_dir / name
    return path if "\\" not in name or path.is_file() else images_dir / name.replace("\\", "/")


def _photo(row: dict[str, Any], images_dir: Path, instances: Iterable[Instance]) -> DatasetPhoto:
    return DatasetPhoto(
        row["id"],
        _file(images_dir, row["file_name"]),
        int(row["width"]),
        int(row["height"]),
        str(row.get("split", "train")),
        str(row.get("source", "")),
        tuple(instances),
    )
