"""How many annotated foods "find all foods" finds, and how much it proposes for that.

On the val split of ../shared/data/segmentation, the first six photos of each source unless FOODCAL_BENCH_PHOTOS says
another number. Not every food on those photos is annotated, so proposals that match none are no measure of precision;
their number is what a person has to look at.
"""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any

from benchmarks.report import Row
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.segmentation.loading import load_segmenter
from foodcal_desktop.segmentation.proposals import find_foods
from foodcal_desktop.storage import photos

PHOTOS_EACH = int(os.environ.get("FOODCAL_BENCH_PHOTOS", "6"))


def truths(folder: Path, split: str) -> dict[str, list[tuple[Path, list[Mask]]]]:
    """For each source of photos its first ones with their masks."""
    content = json.loads((folder / "annotations.json").read_text())
    masks: dict[int, list[Mask]] = {}
    for annotation in content["annotations"]:
        masks.setdefault(annotation["image_id"], []).append(Mask.from_coco(annotation["segmentation"]))
    found: dict[str, list[tuple[Path, list[Mask]]]] = {}
    for image in content["images"]:
        if image["split"] == split and image["id"] in masks:
            found.setdefault(image["source"], []).append((folder / "images" / image["file_name"], masks[image["id"]]))
    return {source: rows[:PHOTOS_EACH] for source, rows in found.items()}


def measured(segmenter: Any, rows: list[tuple[Path, list[Mask]]], source: str) -> list[Row]:
    hits = objects = proposed = 0
    seconds = 0.0
    for path, masks in rows:
        embedding = segmenter.embed(photos.load(path).pixels)
        started = time.perf_counter()
        found = find_foods(segmenter, embedding)
        seconds += time.perf_counter() - started
        proposed, objects = proposed + len(found), objects + len(masks)
        hits += sum(any(mask.iou(c.mask) >= 0.5 for c in found) for mask in masks)
    note = f"{objects} foods on {len(rows)} photos of {source}"
    return [
        Row(f"find all foods: recall at IoU 0.5, {source}", hits / objects, "", note),
        Row(f"find all foods: proposals a photo, {source}", proposed / len(rows)),
        Row(f"find all foods: seconds a photo, {source}", seconds / len(rows), "s"),
    ]


def measure() -> list[Row]:
    shared = Path(os.environ.get("FOODCAL_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    folder = shared / "data" / "segmentation"
    if not folder.is_dir():
        return [Row("find all foods: recall", None, note="the development data (../shared) is not on this machine")]
    segmenter = load_segmenter("lite")
    return [row for source, rows in truths(folder, "val").items() for row in measured(segmenter, rows, source)]
