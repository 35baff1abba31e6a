"""Where the files of a COCO dataset are: in ours, or in the folders that other programs write."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from foodcal_desktop.dataset.split import split_named, split_within

ANNOTATIONS, IMAGES = "annotations.json", "images"

_INSTANCES = "instances"
"""How COCO's and CVAT's files of masks begin; beside them lie those of captions and joints."""

_PART_BYTES = 64 * 1024
_KEYS = (b'"images"', b'"annotations"', b'"categories"', b'"info"', b'"licenses"')

_MAY_LEAD_OUT = re.compile(r"\.\.|^[/\\]|^\w:")


def coco_files(given: Path) -> list[Path]:
    """The COCO files of a dataset; none where it has none.

    It is the one that is named, or of a folder: ours, else its only JSON or those of its splits, in it or in its
    ``annotations``, else those in its folders that are named as splits (``train``, ``valid``, ``test``).
    """
    if given.is_file() or (given / ANNOTATIONS).is_file():
        return [given if given.is_file() else given / ANNOTATIONS]
    for pattern in ("*.json", "annotations/*.json"):
        if found := _of_masks(sorted(given.glob(pattern))):
            return found
    folders = sorted(path for path in given.glob("*/") if split_named(path.name))
    return [file for folder in folders for file in coco_files(folder)]


def _of_masks(found: list[Path]) -> list[Path]:
    files = [path for path in found if path.is_file() and not path.name.startswith(".")]
    files = [file for file in files if file.name.startswith(_INSTANCES)] or files
    return files if len(files) == 1 else [file for file in files if split_within(file.stem)]


def is_coco(file: Path) -> bool:
    """Whether a JSON is a COCO file, by the keys at its beginning and end: it may be too large to be read for that."""
    try:
        with file.open("rb") as opened:
            seen = opened.read(_PART_BYTES)
            opened.seek(max(file.stat().st_size - _PART_BYTES, 0))
            seen += opened.read(_PART_BYTES)
    except OSError:
        return False
    return sum(key in seen for key in _KEYS) >= 2


class PhotoPlaces:
    """Where the photos of one COCO file are, and which split the names of files and folders give them.

    In ``images`` or beside the file, or above its folder where that is ``annotations``; and there also in a folder
    named as the file is: ``val2017`` of ``instances_val2017.json``. ``images_dir`` comes before all of them.
    """

    def __init__(self, annotations: Path, images_dir: Path | None = None) -> None:
        base = annotations.parent
        self._top = base.parent if base.absolute().name == "annotations" else base
        part = annotations.stem.removeprefix(_INSTANCES).strip("_") or IMAGES
        bases, places = dict.fromkeys((base, self._top)), (IMAGES, "", f"{IMAGES}/{part}")
        folders = [one / place for one in bases for place in places]
        self._roots = [one for one in (images_dir, *folders, self._top / part) if one is not None]
        self._split = split_within(annotations.stem) or split_of_folder(base)

    def find(self, name: str) -> Path:
        r"""A photo's file, also by a name written on Windows (``a\b.jpg``) or in the other form of Unicode.

        Where there is none it is the path at which ours would be. Raises ValueError where the name leads out of the
        dataset.
        """
        for form in _forms(name):
            for root in self._roots:
                path = root / form
                if path.is_file() and self._is_inside(path, root, form):
                    return path
        path = self._roots[0] / name
        if not self._is_inside(path, self._roots[0], name):
            raise ValueError(f"the photo name {name!r} leads out of the dataset")
        return path

    def _is_inside(self, path: Path, root: Path, name: str) -> bool:
        if not _MAY_LEAD_OUT.search(name):
            return True
        return any(path.resolve().is_relative_to(folder.resolve()) for folder in (root, self._top))

    def split(self, name: str) -> str:
        """What the photo's folder, the COCO file or its folder is named as; "" for no split."""
        folders = name.replace("\\", "/").split("/")[:-1] if "/" in name or "\\" in name else ()
        return next(filter(None, map(split_named, folders)), self._split)


def split_of_folder(folder: Path) -> str:
    """The split a folder is named as, "" for none; only beside that of another: a folder "test" may hold anything."""
    folder = folder.absolute()
    split = split_named(folder.name)
    others = {split_named(beside.name) for beside in folder.parent.glob("*/")} - {"", split} if split else ()
    return split if others else ""


def _forms(name: str) -> Iterator[str]:
    yield name
    slashed = name.replace("\\", "/")
    yield from dict.fromkeys((slashed, *(unicodedata.normalize(form, slashed) for form in ("NFC", "NFD"))))
