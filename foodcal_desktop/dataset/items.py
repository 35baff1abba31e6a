"""What goes into a dataset and comes out of it, whatever its format."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.scale import ScaleReference

Progress = Callable[[int, int], None]
"""Called with the photos done and the photos in all; it may raise to cancel, and nothing is left behind."""


class DatasetError(ValueError):
    """A dataset cannot be written or read; the message is one sentence for the user."""


class AnnotatedPhoto(NamedTuple):
    """A photo with what was marked on it; ``photo.path`` is where its pixels are read from."""

    photo: Photo
    annotations: Sequence[Annotation]
    references: Sequence[ScaleReference] = ()


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: counts, where, and a sentence for each photo or annotation that had to be left out."""

    photos: int
    annotations: int
    out: Path
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Incoming:
    """A dataset that is read: how many photos it lists, the foods of the user's own it brings, and the photos.

    They are read one by one as they are asked for, once.
    """

    total: int
    photos: Iterator[AnnotatedPhoto]
    foods: tuple[Food, ...] = ()

    def __iter__(self) -> Iterator[AnnotatedPhoto]:
        return self.photos


def no_progress(done: int, total: int) -> None:
    """Tells nobody."""
