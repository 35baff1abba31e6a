"""The dataset formats by name. A new one is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from foodcal_desktop.core.food import Food
from foodcal_desktop.dataset.coco import export_coco
from foodcal_desktop.dataset.coco_paths import ANNOTATIONS, coco_files, is_coco
from foodcal_desktop.dataset.coco_reader import import_coco, refuse
from foodcal_desktop.dataset.items import AnnotatedPhoto, DatasetError, Exported, Incoming, Progress, no_progress
from foodcal_desktop.dataset.labelme import has_labelme, import_labelme, labelme_files


class Exporter(Protocol):
    """Writes a dataset to a folder, whole or not at all. Raises DatasetError."""

    def __call__(
        self,
        items: Iterable[AnnotatedPhoto],
        out: Path,
        seed: int = 0,
        progress: Progress = no_progress,
        foods: Sequence[Food] = (),
    ) -> Exported:
        """Write what is given, and those of the user's own ``foods`` that are on it; ``seed`` decides the split."""
        ...


class Importer(Protocol):
    """Reads a dataset from a folder, photo by photo. Raises DatasetError."""

    def __call__(self, folder: Path, left_out: Callable[[str], None] = refuse) -> Incoming:
        """Read what the folder holds; ``left_out`` is told of what cannot be read."""
        ...


@dataclass(frozen=True, slots=True)
class Format:
    """A dataset format: its name in commands, its title for people, how it is read, and how written if it is."""

    name: str
    title: str
    load: Importer
    export: Exporter | None = None


FORMATS: tuple[Format, ...] = (
    Format("coco", "COCO instances (RLE)", import_coco, export_coco),
    Format("labelme", "labelme JSON", import_labelme),
)


def exporter_named(name: str) -> Exporter:
    """How the format of a name is written. Raises DatasetError where it is not, or there is none."""
    found = format_named(name).export
    if found is None:
        known = ", ".join(one.name for one in FORMATS if one.export is not None)
        raise DatasetError(f"The dataset format {name!r} is read only; use one of: {known}.")
    return found


def format_of(source: Path) -> Format:
    """The format of what lies in a folder or file, by a look into it; COCO where it is none that is known."""
    is_coco = (source / ANNOTATIONS).is_file()
    return format_named("labelme" if not is_coco and labelme_files(source) else "coco")


def files_of_dataset(given: Path) -> list[Path]:
    """The files that say what is in a dataset; none where it is no dataset."""
    return ([] if (given / ANNOTATIONS).is_file() else labelme_files(given)) or coco_files(given)


def holds_dataset(folder: Path) -> bool:
    """Whether a folder looks like one that can be imported; a quick look, that may be wrong about odd files."""
    return has_labelme(folder) or any(map(is_coco, coco_files(folder)))


def format_named(name: str) -> Format:
    """The format of a name. Raises DatasetError where there is none."""
    for one in FORMATS:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in FORMATS)
    raise DatasetError(f"There is no dataset format {name!r}; use one of: {known}.")
