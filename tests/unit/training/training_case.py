"""A small dataset of drawn plates, quick to learn from, and the bundled checkpoint to learn with."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.segmentation.devices import Device
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.checkpoints import Catalogue, Checkpoint

SIDE = 96


def plate(seed: int) -> tuple[np.ndarray, list[Mask]]:
    """96×96 RGB with two or three foods, and their masks."""
    random = np.random.default_rng(seed)
    rgb = np.full((SIDE, SIDE, 3), 200, np.uint8)
    rgb[:] = random.integers(120, 220, 3)
    masks = []
    for number in range(2 + seed % 2):
        cells = np.zeros((SIDE, SIDE), np.uint8)
        centre = (20 + 30 * number, int(random.integers(25, 70)))
        axes = (int(random.integers(9, 14)), int(random.integers(9, 18)))
        cv2.ellipse(cells, centre, axes, float(random.integers(0, 180)), 0, 360, 1, -1)
        rgb[cells > 0] = random.integers(0, 255, 3)
        masks.append(Mask.from_array(cells))
    noise = random.normal(0, 6, rgb.shape)
    return (rgb + noise).clip(0, 255).astype(np.uint8), masks


def write_dataset(folder: Path, train: int = 4, val: int = 2, test: int = 0) -> Path:
    """A COCO dataset's folder."""
    (folder / "images").mkdir(parents=True)
    splits = ["train"] * train + ["val"] * val + ["test"] * test
    images, annotations = [], []
    for number, split in enumerate(splits):
        rgb, masks = plate(number)
        name = f"plate {number}.png"
        Image.fromarray(rgb).save(folder / "images" / name)
        images.append({"id": number, "file_name": name, "width": SIDE, "height": SIDE, "split": split})
        for mask in masks:
            row = {"id": len(annotations), "image_id": number, "category_id": 1 + number % 2, "iscrowd": 0}
            annotations.append({**row, "area": mask.area, "bbox": [], "segmentation": mask.to_coco()})
    document = {
        "images": images,
        "annotations": annotations,
        "categories": [{"id": 1, "name": "rice"}, {"id": 2, "name": "kimchi"}],
    }
    (folder / "annotations.json").write_text(json.dumps(document))
    return folder


def cpu() -> Device:
    import torch

    return Device(torch.device("cpu"), None, "CPU")


def bundled() -> Checkpoint:
    return Catalogue(paths.models_dir(), Path("/nowhere")).get("lite")
