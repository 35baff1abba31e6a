"""Which photos train and which are held out: by photo, never by annotation, and the same every time."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

VAL_SHARE = 0.2

_NAMES = {
    **dict.fromkeys(("train", "training"), "train"),
    **dict.fromkeys(("val", "valid", "validation", "dev"), "val"),
    **dict.fromkeys(("test", "testing"), "test"),
}


def split_photos(
    hashes: Iterable[str], seed: int = 0, val_share: float = VAL_SHARE, kept: Mapping[str, str] | None = None
) -> dict[str, str]:
    """``"train"`` or ``"val"`` for each photo's sha256, about ``val_share`` of them val; those ``kept`` stay.

    A photo keeps its side when others are added, for it depends on its own hash and the seed alone. Only where one
    side would be empty and there are two photos or more, the nearest one that is not kept changes over.
    """
    kept = dict(kept or {})
    places = {photo: _place(photo, seed) for photo in hashes if photo not in kept}
    sides = kept | {photo: "val" if place < val_share else "train" for photo, place in places.items()}
    for side, nearest in (("val", min), ("train", max)):
        if len(sides) > 1 and places and side not in sides.values():
            sides[nearest(places, key=places.__getitem__)] = side
    return sides


def split_named(name: str) -> str:
    """The split that a whole name says, as those of folders (``valid``, ``val2017``); "" for none."""
    return _NAMES.get(name.casefold().rstrip("0123456789"), "")


def split_within(name: str) -> str:
    """The split that a word of a name says, as in ``instances_val2017``; "" for none."""
    return next((_NAMES[word] for word in re.findall(r"[a-z]+", name.casefold()) if word in _NAMES), "")


def _place(photo: str, seed: int) -> float:
    """A number from 0 to 1 that belongs to a photo and a seed."""
    digest = hashlib.sha256(f"{seed}:{photo}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
