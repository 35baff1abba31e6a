"""Which photos train and which are held out: by photo, never by annotation, and the same every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

VAL_SHARE = 0.2


def split_photos(hashes: Iterable[str], seed: int = 0, val_share: float = VAL_SHARE) -> dict[str, str]:
    """``"train"`` or ``"val"`` for each photo's sha256, about ``val_share`` of them val.

    A photo keeps its side when others are added, for it depends on its own hash and the seed alone. Only where one
    side would be empty and there are two photos or more, the nearest one changes over.
    """
    places = {photo: _place(photo, seed) for photo in hashes}
    sides = {photo: "val" if place < val_share else "train" for photo, place in places.items()}
    if len(sides) > 1 and "val" not in sides.values():
        sides[min(places, key=places.__getitem__)] = "val"
    if len(sides) > 1 and "train" not in sides.values():
        sides[max(places, key=places.__getitem__)] = "train"
    return sides


def _place(photo: str, seed: int) -> float:
    """A number from 0 to 1 that belongs to a photo and a seed."""
    digest = hashlib.sha256(f"{seed}:{photo}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64
