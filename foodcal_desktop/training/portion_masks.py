"""Measuring the photos of weighed foods with a segmenter, by boxes or by clicks, and remembering what was measured."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core import morphology
from foodcal_desktop.core.ellipse_snap import snap_mask
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts
from foodcal_desktop.core.references import best_reference
from foodcal_desktop.core.scale import Scale, scale_from_mask
from foodcal_desktop.segmentation.closer_look import CloserLook, pays
from foodcal_desktop.segmentation.second_look import island_at, look_at_box, sharper
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.storage import paths, photos
from foodcal_desktop.training.portion_data import PhotoTask

Rgb = NDArray[np.uint8]

VERSION = 5
"""Raised whenever masks are made another way, so that remembered measurements are not mixed."""

MAX_CLICKS = 5
GOOD_ENOUGH = 0.9
"""A person corrects a mask that differs visibly from the food, at most so many clicks in all."""

_SAME_THING = 0.3


@dataclass(frozen=True, slots=True)
class Measured:
    """What one photo told of one food: the mask's area and height in px, its scale, the clicks and seconds spent."""

    label: str
    area_px: int
    height_px: int
    scale: Scale | None
    clicks: int
    seconds: float


class MeasurementStore:
    """Measurements on the disk, one file per checkpoint and arm; a damaged file counts as empty."""

    def __init__(self, segmenter: Segmenter, arm: str, reference: str) -> None:
        key = hashlib.sha256(f"{segmenter.checkpoint_hash}|{arm}|{reference}|{VERSION}".encode()).hexdigest()[:16]
        self.path = paths.cache_dir() / f"portions-{key}.json"
        self._rows: dict[str, Any] = self._read()

    def _read(self) -> dict[str, Any]:
        try:
            rows = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return rows if isinstance(rows, dict) else {}

    def get(self, key: str) -> list[Measured] | None:
        """What was measured under a key, or None."""
        rows = self._rows.get(key)
        if rows is None:
            return None
        return [Measured(**{**row, "scale": _scale(row["scale"])}) for row in rows]

    def put(self, key: str, measured: Sequence[Measured]) -> None:
        """Remember; ``save`` writes."""
        self._rows[key] = [asdict(row) for row in measured]

    def save(self) -> None:
        """Write the file whole."""
        part = self.path.with_suffix(".part")
        part.write_text(json.dumps(self._rows), encoding="utf-8")
        part.replace(self.path)


def _scale(row: dict[str, Any] | None) -> Scale | None:
    if row is None:
        return None
    return Scale(**{**row, "warnings": tuple(row["warnings"]), "minor_axis": tuple(row["minor_axis"])})


def key_of(task: PhotoTask) -> str:
    """A task's key: the image's bytes and its boxes."""
    boxes = json.dumps([asdict(task.coin), {label: asdict(box) for label, box in sorted(task.foods.items())}])
    return hashlib.sha256(task.image.read_bytes() + boxes.encode()).hexdigest()


def measure_photo(segmenter: Segmenter, task: PhotoTask, arm: str, reference: str) -> list[Measured]:
    """Every food of a photo, by box prompts or by clicks; a scale whose reference is the food itself is dropped.

    Raises:
        PhotoError: the image cannot be read.
    """
    started = time.perf_counter()
    pixels = photos.load(task.image).pixels
    embedding = segmenter.embed(pixels)
    coin = _coin_mask(segmenter, pixels, embedding, task.coin, arm, reference)
    found = [(label, *_food_mask(segmenter, pixels, embedding, box, arm)) for label, box in task.foods.items()]
    scale = _scale_of(coin, reference, [mask for _, mask, _ in found])
    seconds = (time.perf_counter() - started) / len(found)
    return [Measured(label, mask.area, mask.h, scale, clicks, seconds) for label, mask, clicks in found]


def _scale_of(coin: Mask | None, reference: str, foods: Sequence[Mask]) -> Scale | None:
    if coin is None or any(coin.iou(food) > _SAME_THING for food in foods):
        return None
    try:
        return scale_from_mask(coin, reference)
    except ValueError:
        return None


def _coin_mask(
    segmenter: Segmenter, pixels: Rgb, embedding: Embedding, box: BoxPrompt, arm: str, reference: str
) -> Mask | None:
    prompts = Prompts((), box) if arm == "boxes" else Prompts((PointPrompt(*_centre(box)),))
    candidates = segmenter.predict(embedding, prompts)
    if arm == "boxes":
        best = max(candidates, key=lambda c: c.predicted_iou).mask
        return snap_mask(best, pixels) if best.area else None
    try:
        return best_reference(candidates, reference, pixels)
    except ValueError:
        return None


def _centre(box: BoxPrompt) -> tuple[float, float]:
    return (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2


def _food_mask(segmenter: Segmenter, pixels: Rgb, embedding: Embedding, box: BoxPrompt, arm: str) -> tuple[Mask, int]:
    seen = look_at_box(segmenter, pixels, box)
    if arm == "boxes":
        return seen, 0
    look = CloserLook(segmenter, pixels) if pays(segmenter) else None
    clicked, clicks = click_like_a_person(segmenter, embedding, seen, look)
    return sharper(segmenter, pixels, clicked), clicks


def click_like_a_person(
    segmenter: Segmenter, embedding: Embedding, seen: Mask, look: CloserLook | None = None
) -> tuple[Mask, int]:
    """The mask by clicks alone, and their number. ``seen`` stands for what a person sees, and only places the clicks.

    The first click is the innermost point of the food, and of its three candidates the person takes the one like the
    food, which is looked at closer by ``look``; a mask that still differs visibly gets a click in the middle of its
    largest error, as ``evaluate segmentation`` does.
    """
    best, points = Mask.empty(seen.height, seen.width), ()  # type: tuple[Mask, tuple[PointPrompt, ...]]
    chosen: Candidate | None = None
    while len(points) < MAX_CLICKS and best.iou(seen) < GOOD_ENOUGH and seen.area:
        points = (*points, _next_click(best, seen))
        prompts = Prompts(points).with_previous(chosen.logits if chosen else None)
        candidates = segmenter.predict(embedding, prompts)
        chosen = max(candidates, key=lambda c: island_at(c.mask, points).iou(seen))
        mask = island_at((look.at(chosen, prompts) if look else chosen).mask, points)
        best = mask if mask.iou(seen) >= best.iou(seen) else best
    return best, len(points)


def _next_click(mask: Mask, seen: Mask) -> PointPrompt:
    missing, extra = seen.difference(mask), mask.difference(seen)
    depths = [float(morphology.distance(m.crop()).max()) if m.area else 0.0 for m in (missing, extra)]
    positive = depths[0] >= depths[1]
    region = missing if positive else extra
    x, y = morphology.innermost_point(region.crop())
    return PointPrompt(x + region.x, y + region.y, positive)


def measure_all(
    segmenter: Segmenter, tasks: Sequence[PhotoTask], arm: str, reference: str, told: Any = None
) -> dict[Path, list[Measured]]:
    """All photos, each measured once per checkpoint and arm; ``told(done, all)`` hears of the progress."""
    store = MeasurementStore(segmenter, arm, reference)
    found: dict[Path, list[Measured]] = {}
    for number, task in enumerate(tasks, 1):
        key = key_of(task)
        measured = store.get(key)
        if measured is None:
            measured = measure_photo(segmenter, task, arm, reference)
            store.put(key, measured)
            if number % 50 == 0:
                store.save()
        found[task.image] = measured
        if told is not None:
            told(number, len(tasks))
    store.save()
    return found
