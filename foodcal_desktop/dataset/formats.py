"""The dataset formats by name. A new one is a module of its own and a line here."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from foodcal_desktop.core.food import Food
from foodcal_desktop.dataset.coco import export_coco
from foodcal_desktop.dataset.coco_reader import import_coco, refuse
from foodcal_desktop.dataset.items import AnnotatedPhoto, DatasetError, Exported, Incoming, Progress, no_progress


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
    """A dataset format: its name in commands, its title for people, and how it is written and read."""

    name: str
    title: str
    export: Exporter
    load: Importer


FORMATS: tuple[Format, ...] = (Format("coco", "COCO instances (RLE)", export_coco, import_coco),)


def format_named(name: str) -> Format:
    """The format of a name. Raises DatasetError where there is none."""
    for one in FORMATS:
        if one.name == name:
            return one
    known = ", ".join(one.name for one in FORMATS)
    raise DatasetError(f"There is no dataset format {name!r}; use one of: {known}.")
