"""COCO instances as training and evaluation read them: photos with masks, each with its split."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from foodcal_desktop.core.mask import Mask


@dataclass(frozen=True, slots=True)
class Instance:
    """One annotated object: COCO RLE (decoded when asked for), its category's name and its area in px."""

    id: int
    category: str
    area: float
    rle: dict[str, Any]

    def mask(self) -> Mask:
        """Its pixels. Raises ValueError where the run lengths are damaged."""
        return Mask.from_coco(self.rle)


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


def read_coco(annotations: Path, images_dir: Path) -> list[DatasetPhoto]:
    """The photos of a COCO file, in its order; crowds and objects without a run-length mask are left out.

    Raises:
        ValueError: the file is no COCO instances file.
        OSError: it cannot be read.
    """
    try:
        document = json.loads(annotations.read_bytes())
        names = {c["id"]: str(c["name"]) for c in document["categories"]}
        by_photo: dict[int, list[Instance]] = {}
        for row in document["annotations"]:
            if isinstance(row.get("segmentation"), dict) and not row.get("iscrowd"):
                instance = Instance(row["id"], names[row["category_id"]], float(row["area"]), row["segmentation"])
                by_photo.setdefault(row["image_id"], []).append(instance)
        return [_photo(row, images_dir, by_photo.get(row["id"], ())) for row in document["images"]]
    except (KeyError, TypeError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{annotations.name} is no COCO instances file; give one written by export.") from error


def _photo(row: dict[str, Any], images_dir: Path, instances: Iterable[Instance]) -> DatasetPhoto:
    return DatasetPhoto(
        row["id"],
        images_dir / row["file_name"],
        int(row["width"]),
        int(row["height"]),
        str(row.get("split", "train")),
        str(row.get("source", "")),
        tuple(instances),
    )
