"""Datasets as training and evaluation read them, COCO's or labelme's: photos with masks, each with its split."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.dataset.coco_file import (
    WRONG,
    CrowdError,
    ListedPhoto,
    Listing,
    NoOutlineError,
    Row,
    files_of,
    list_photos,
    require_object,
    said,
)
from foodcal_desktop.dataset.coco_masks import coco_mask
from foodcal_desktop.dataset.formats import format_of
from foodcal_desktop.dataset.labelme import list_labelme
from foodcal_desktop.dataset.split import split_photos
from foodcal_desktop.storage import photos as photo_files

_UNNAMED = "food"


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
    """How many annotations of a dataset are of no use: crowds, objects without an outline, and damaged ones."""

    crowds: int = 0
    without_outline: int = 0
    damaged: int = 0

    def sentence(self) -> str:
        """What was left out and why, "" where nothing was."""
        if not any((self.crowds, self.without_outline, self.damaged)):
            return ""
        text = f"Annotations left out: {self.crowds} of crowds, {self.without_outline} without an outline"
        return f"{text}, {self.damaged} damaged." if self.damaged else f"{text}."

    def document(self) -> dict[str, int]:
        """For ``--json``: damaged ones are named where there are any."""
        counts = {"crowds": self.crowds, "without_outline": self.without_outline}
        return counts | ({"damaged": self.damaged} if self.damaged else {})


@dataclass(frozen=True, slots=True)
class CocoPhotos:
    """The photos of a dataset, in its order, and what of it was left out: counts, and a sentence for each damaged one.

    ``shared_ids`` annotations have the id of another one of their file; here each has one of its own.
    """

    photos: list[DatasetPhoto]
    left_out: LeftOut
    damaged: tuple[str, ...] = ()
    shared_ids: int = 0


def read_coco(annotations: Path, images_dir: Path) -> list[DatasetPhoto]:
    """The photos of a COCO file alone. Raises as ``read_coco_file``."""
    return read_coco_file(annotations, images_dir).photos


def read_dataset(given: Path) -> CocoPhotos:
    """The photos of a dataset's folder: ours, or as another program laid it out; or those of its file.

    Of what import knows, this is the same. Raises as ``read_coco_file``.
    """
    if format_of(given).name == "labelme":
        return _read(list_labelme(given))
    return _read(list_photos(files_of(given)))


def read_coco_file(annotations: Path, images_dir: Path | None) -> CocoPhotos:
    """The photos of a COCO file with their objects: run lengths or polygons, as other programs write them.

    Where nothing says which split a photo is of, they are dealt by their names, the same each time; where only some
    say it, the others are train.

    Raises:
        ValueError: the file is no COCO instances file.
        OSError: it cannot be read.
    """
    return _read(list_photos([annotations], images_dir))


def drawn(photo: DatasetPhoto) -> Iterator[tuple[Instance, Mask]]:
    """The objects of a photo with their masks, but for those whose run lengths or polygons are damaged."""
    for one in photo.instances:
        try:
            mask = one.mask()
        except WRONG:
            continue
        yield one, mask


def _read(listing: Listing) -> CocoPhotos:
    read = _Reading(listing).result()
    if any(listed.split for listed in listing.photos):
        return read
    names = [str(listed.image["file_name"]) for listed in listing.photos]
    sides = split_photos(names)
    return replace(read, photos=[replace(one, split=sides[name]) for one, name in zip(read.photos, names, strict=True)])


class _Numbers:
    """A number of its own for each row: the one it has, unless that is none or taken already."""

    def __init__(self, given: Iterable[Any]) -> None:
        self._next = max((number for number in given if isinstance(number, int)), default=0) + 1
        self._taken: set[int] = set()

    def take(self, given: Any) -> int:
        number = given
        if not isinstance(given, int) or given in self._taken:
            number, self._next = self._next, self._next + 1
        self._taken.add(number)
        return int(number)


class _Reading:
    """Listed photos made into those of a dataset; what is of no use is counted."""

    def __init__(self, listing: Listing) -> None:
        self._listing, listed = listing, listing.photos
        self._photo_ids = _Numbers(one.image["id"] for one in listed)
        self._ids = _Numbers(row.get("id") for one in listed for row in one.rows)
        self._given: Counter[tuple[int, Any]] = Counter()
        self._crowds = self._without = 0
        self._damaged = list(listing.damaged)

    def result(self) -> CocoPhotos:
        """All photos."""
        photos, strays = [self._photo(one) for one in self._listing.photos], self._listing.strays
        shared = sum(self._given.values()) - len(self._given)
        left_out = LeftOut(self._crowds, self._without, len(self._damaged) + strays)
        said_of_strays = [f"Annotations of no photo that the dataset lists: {strays}."] if strays else []
        return CocoPhotos(photos, left_out, (*self._damaged, *said_of_strays), shared)

    def _photo(self, listed: ListedPhoto) -> DatasetPhoto:
        width, height = _size(listed)
        found = (self._found(listed, row, height, width) for row in listed.rows)
        return DatasetPhoto(
            self._photo_ids.take(listed.image["id"]),
            listed.path,
            width,
            height,
            listed.split or "train",
            str(listed.image.get("source", "")),
            tuple(one for one in found if one is not None),
        )

    def _found(self, listed: ListedPhoto, row: Row, height: int, width: int) -> Instance | None:
        try:
            return self._instance(listed, row, height, width)
        except CrowdError:
            self._crowds += 1
        except NoOutlineError:
            self._without += 1
        except WRONG as error:
            self._damaged.append(f"Annotation {row.get('id')} of {listed.path.name}: {said(error)}.")
        return None

    def _instance(self, listed: ListedPhoto, row: Row, height: int, width: int) -> Instance:
        segmentation = require_object(row)
        name = listed.names.get(row["category_id"], _UNNAMED)
        area = row.get("area")
        # Some programs write no area beside a polygon.
        area = float(coco_mask(segmentation, height, width).area if area is None else area)
        if row.get("id") is not None:
            self._given[listed.file, row["id"]] += 1
        return Instance(self._ids.take(row.get("id")), name, area, segmentation, height, width)


def _size(listed: ListedPhoto) -> tuple[int, int]:
    """Width and height in px as the dataset says, else as the photo's header does; of what is no photo, none."""
    try:
        return int(listed.image["width"]), int(listed.image["height"])
    except WRONG:
        pass
    try:
        with photo_files.opened(listed.path) as image:
            return photo_files.upright_sizes(image)[0]
    except photo_files.PhotoError:
        return 0, 0
