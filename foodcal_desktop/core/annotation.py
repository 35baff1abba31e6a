"""A photo, and what the user marked on it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.portion import Portion

PHOTO_STATES = ("todo", "done", "review")
"""How far the marking of a photo is."""

SPLITS = ("train", "val", "test")
"""What a dataset's photos are for: to teach, to be held out, or to be held out for the very last."""


def new_id() -> str:
    """A new identifier of an annotation, a scale reference or a diary entry: 32 hexadecimal digits."""
    return uuid.uuid4().hex


@dataclass(frozen=True, slots=True)
class Photo:
    """An image, known by the sha256 of its upright pixels; ``path`` is where it was last seen.

    ``taken_at`` is the camera's local time in ISO form, or None. ``state`` is one of PHOTO_STATES. ``split`` is the one
    of SPLITS that the dataset it came with gave it, "" where none did.
    """

    sha256: str
    width: int
    height: int
    path: str
    taken_at: str | None = None
    state: str = "todo"
    split: str = ""


@dataclass(frozen=True, slots=True)
class Annotation:
    """A mask with its food and portion. ``label`` is the name shown, kept even where the food table has no such row.

    ``checkpoint`` and ``predicted_iou`` tell which checkpoint proposed the mask and how sure it was; None for a mask
    drawn by hand. ``order`` is the stacking order, the highest on top. ``created_at`` is ISO local time. ``clicks`` are
    the positive clicks (x, y) by which the checkpoint gave the mask, as long as it is just that answer; None once it
    was looked at again, enlarged, or changed by hand.
    """

    id: str
    photo: str
    mask: Mask
    label: str = ""
    food_id: str | None = None
    portion: Portion | None = None
    predicted_iou: float | None = None
    checkpoint: str | None = None
    order: int = 0
    created_at: str = ""
    clicks: tuple[tuple[float, float], ...] | None = None
