"""Weighed foods and their photos: two CSV tables and a folder of images, in the layout of the portion data."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from foodcal_desktop.core.prompt import BoxPrompt

COIN = "coin"
_FOOD_COLUMNS = {"set", "type", "volume_ml", "mass_g"}
_BOX_COLUMNS = {"image", "set", "view", "label", "xmin", "ymin", "xmax", "ymax"}


@dataclass(frozen=True, slots=True)
class WeighedFood:
    """A food of a set; one physical food may appear in several sets and has the same type and mass in all of them."""

    photo_set: str
    label: str
    volume_ml: float
    mass_g: float

    @property
    def identity(self) -> str:
        """The physical food: folds never divide it."""
        return f"{self.label} {self.mass_g:g} g"


@dataclass(frozen=True, slots=True)
class PhotoTask:
    """One image of a set: its view ("top" or "side"), the coin's box and the foods' boxes by label."""

    image: Path
    photo_set: str
    view: str
    coin: BoxPrompt
    foods: Mapping[str, BoxPrompt]


def read_foods(path: Path) -> dict[tuple[str, str], WeighedFood]:
    """The weighed foods by set and type. Raises ValueError or OSError where the table is none."""
    rows = _rows(path, _FOOD_COLUMNS)
    foods = [WeighedFood(r["set"], r["type"], _number(r, "volume_ml", path), _number(r, "mass_g", path)) for r in rows]
    if any(food.volume_ml <= 0 or food.mass_g <= 0 for food in foods):
        raise ValueError(f"{path.name} has a volume or a mass that is not above 0.")
    return {(food.photo_set, food.label): food for food in foods}


def read_tasks(path: Path, images_dir: Path) -> list[PhotoTask]:
    """The images that have a coin's box and a food's, in the order of their names.

    Raises:
        ValueError, OSError: the table is none, or an image is missing.
    """
    by_image: dict[str, list[dict[str, str]]] = defaultdict(list)
    for row in _rows(path, _BOX_COLUMNS):
        by_image[row["image"]].append(row)
    tasks = [_task(name, rows, path, images_dir) for name, rows in sorted(by_image.items())]
    return [task for task in tasks if task is not None]


def _task(name: str, rows: list[dict[str, str]], path: Path, images_dir: Path) -> PhotoTask | None:
    boxes = {
        row["label"]: BoxPrompt(*(_number(row, key, path) for key in ("xmin", "ymin", "xmax", "ymax"))) for row in rows
    }
    coin = boxes.pop(COIN, None)
    if coin is None or not boxes:
        return None
    image = images_dir / name
    if not image.is_file():
        raise ValueError(f"The image {name} of {path.name} is not in {images_dir.name}; name the folder that holds it.")
    return PhotoTask(image, rows[0]["set"], rows[0]["view"], coin, boxes)


def _rows(path: Path, columns: set[str]) -> list[dict[str, str]]:
    # A spreadsheet's own export begins with a mark.
    with path.open(newline="", encoding="utf-8-sig") as file:
        try:
            reader = csv.DictReader(file)
            missing = columns - set(reader.fieldnames or ())
            rows = list(reader)
        except (UnicodeDecodeError, csv.Error) as error:
            raise ValueError(f"{path.name} is no CSV table in UTF-8; see docs/accuracy.md.") from error
    if missing:
        raise ValueError(f"{path.name} lacks the columns {', '.join(sorted(missing))}; see docs/accuracy.md.")
    return rows


def _number(row: Mapping[str, str], key: str, path: Path) -> float:
    try:
        return float(row[key])
    except (TypeError, ValueError) as error:
        raise ValueError(f"{path.name} has {row[key]!r} as its {key}, which is no number.") from error
