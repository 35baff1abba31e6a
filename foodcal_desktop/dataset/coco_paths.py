"""Where the files of a COCO dataset are: in ours, or in the folders that other programs write."""

from __future__ import annotations

import unicodedata
from pathlib import Path

ANNOTATIONS, IMAGES = "annotations.json", "images"


def annotations_file(given: Path) -> Path:
    """The COCO file that is named, or that of a folder: ours, else its only JSON, in it or in its ``annotations``."""
    if given.is_file() or (given / ANNOTATIONS).exists():
        return given if given.is_file() else given / ANNOTATIONS
    for pattern in ("*.json", "annotations/*.json"):
        found = list(given.glob(pattern))
        if len(found) == 1:
            return found[0]
    return given / ANNOTATIONS


def photo_file(annotations: Path, name: str) -> Path:
    r"""A photo's file: in ``images`` or beside the COCO file, or above its folder where that is ``annotations``.

    Names written on Windows (``a\b.jpg``) and in the other form of Unicode are found too. Where there is none it is the
    path at which ours would be. Raises ValueError where the name leads out of the dataset.
    """
    base = annotations.parent.resolve()
    bases = [base, base.parent] if base.name == "annotations" else [base]
    roots = [root for one in bases for root in (one / IMAGES, one)]
    slashed = name.replace("\\", "/")
    forms = dict.fromkeys([name, slashed, *(unicodedata.normalize(form, slashed) for form in ("NFC", "NFD"))])
    paths = [_inside(root, form) for form in forms for root in roots]
    return next((path for path in paths if path.is_file()), paths[0])


def _inside(root: Path, name: str) -> Path:
    path = (root / name).resolve()
    if not path.is_relative_to(root.resolve()):
        raise ValueError(f"the photo name {name!r} leads out of the dataset")
    return path
