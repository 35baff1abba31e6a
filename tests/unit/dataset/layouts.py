"""One small dataset in the layouts and with the flaws that other programs write."""

from __future__ import annotations

import json
import shutil
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.mask_tools import to_polygons
from tests.unit.training.training_case import write_dataset

Document = dict[str, Any]
Layout = Callable[[Path, Document], Path | None]

PHOTOS, ANNOTATIONS = 4, 10
"""What each of them holds that can be used, where not FLAWED says how many fewer annotations."""


def _polygons(folder: Path, document: Document) -> None:
    for row in document["annotations"]:
        outlines = to_polygons(Mask.from_coco(row["segmentation"]))
        row["segmentation"] = [outline.ravel().tolist() for outline in outlines]
        del row["area"], row["iscrowd"]


def _categories_from_seven(folder: Path, document: Document) -> None:
    for one in document["categories"]:
        one["id"] += 6
    for row in document["annotations"]:
        row["category_id"] += 6


def _named(name: Callable[[int], str], listed: Callable[[str], str] = str) -> Layout:
    def change(folder: Path, document: Document) -> None:
        for number, image in enumerate(document["images"]):
            path = folder / "images" / name(number)
            path.parent.mkdir(exist_ok=True)
            (folder / "images" / image["file_name"]).rename(path)
            image["file_name"] = listed(name(number))

    return change


def _prefixed(folder: Path, document: Document) -> None:
    for image in document["images"]:
        image["file_name"] = "images/" + image["file_name"]


def _beside(folder: Path, document: Document) -> Path:
    for image in document["images"]:
        (folder / "images" / image["file_name"]).rename(folder / image["file_name"])
    (folder / "images").rmdir()
    return folder / "_annotations.coco.json"


def _cvat(folder: Path, document: Document) -> Path:
    return folder / "annotations" / "instances_default.json"


def _cvat_subset(folder: Path, document: Document) -> Path:
    (folder / "images").rename(folder / "Train")
    (folder / "images").mkdir()
    (folder / "Train").rename(folder / "images" / "Train")
    return folder / "annotations" / "instances_Train.json"


def _without(key: str, *keys: str) -> Layout:
    def change(folder: Path, document: Document) -> None:
        for row in document[key]:
            for one in keys:
                del row[one]

    return change


def _first(**values: Any) -> Layout:
    def change(folder: Path, document: Document) -> None:
        document["annotations"][0].update(values)

    return change


def _same_ids(folder: Path, document: Document) -> None:
    for row in document["annotations"]:
        row["id"] = 1


def no_split(folder: Path, document: Document) -> None:
    """Nothing says what a photo is for."""
    for image in document["images"]:
        del image["split"]


LAYOUTS: dict[str, Layout] = {
    "polygons": _polygons,
    "categories from seven": _categories_from_seven,
    "folders": _named(lambda n: f"{'abcd'[n]}/IMG_1.png"),
    "windows": _named(lambda n: f"{'abcd'[n]}/IMG_1.png", lambda name: name.replace("/", "\\")),
    "korean": _named(lambda n: f"김치찌개 사진{n} ü.png"),
    "other unicode": _named(lambda n: f"김치{n}.png", lambda name: unicodedata.normalize("NFD", name)),
    "prefixed": _prefixed,
    "beside": _beside,
    "cvat": _cvat,
    "cvat subset": _cvat_subset,
    "no size": _without("images", "width", "height"),
    "no area": _without("annotations", "area"),
    "same ids": _same_ids,
    "no ids": _without("annotations", "id"),
    "unknown category": _first(category_id=999),
}

FLAWED: dict[str, Layout] = {
    "crowd": _first(iscrowd=1),
    "box": _first(segmentation=[]),
    "no category": lambda folder, document: document["annotations"][0].pop("category_id"),
    "no photo": _first(image_id=999),
    "no row": lambda folder, document: document["annotations"].__setitem__(0, None),
    "damaged": _first(segmentation={"size": [96, 96], "counts": "zzz"}),
    "damaged polygon": _first(segmentation=[[1, 2, 3, 4, 5, 6, 7]]),
}
"""One annotation less."""


def write_layout(folder: Path, change: Layout) -> Path:
    """Three photos to train and one to hold out; the split stands with the photos."""
    write_dataset(folder, train=3, val=1)
    file = folder / "annotations.json"
    document = json.loads(file.read_text())
    file.unlink()
    place = change(folder, document)
    file = place if isinstance(place, Path) else file
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(document))
    return folder


def as_roboflow(folder: Path) -> Path:
    """A folder for each split, photos and COCO file in it; no photo says its split."""
    return _in_folders(folder, lambda split: folder / split, lambda split: folder / split / "_annotations.coco.json")


def as_coco(folder: Path) -> Path:
    """All COCO files in ``annotations``, those of captions too; the photos in folders of the same year."""
    year = {"train": "train2017", "valid": "val2017"}
    out = _in_folders(
        folder,
        lambda split: folder / year[split],
        lambda split: folder / "annotations" / f"instances_{year[split]}.json",
    )
    (folder / "annotations" / "captions_val2017.json").write_text('{"images": [], "annotations": []}')
    return out


def _in_folders(folder: Path, photos: Callable[[str], Path], file: Callable[[str], Path]) -> Path:
    plain = write_dataset(folder.with_name(f"{folder.name} plain"), train=3, val=1)
    whole = json.loads((plain / "annotations.json").read_text())
    splits = [image.pop("split") for image in whole["images"]]
    for split, named in (("train", "train"), ("val", "valid")):
        images = [image for image, its in zip(whole["images"], splits, strict=True) if its == split]
        ids = {image["id"]: number for number, image in enumerate(images)}
        of_them = (row for row in whole["annotations"] if row["image_id"] in ids)
        rows = [row | {"id": number, "image_id": ids[row["image_id"]]} for number, row in enumerate(of_them)]
        photos(named).mkdir(parents=True)
        file(named).parent.mkdir(exist_ok=True)
        for image in images:
            shutil.copy(plain / "images" / image["file_name"], photos(named))
        images = [image | {"id": ids[image["id"]]} for image in images]
        file(named).write_text(json.dumps({**whole, "images": images, "annotations": rows}))
    return folder
