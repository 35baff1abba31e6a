"""A photo with its masks drawn over it, as a file to look at."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image

from foodcal_desktop.core.mask import Mask, Pixels
from foodcal_desktop.core.palette import mask_rgb
from foodcal_desktop.storage.files import write_whole
from foodcal_desktop.storage.photos import Pixels as PhotoPixels

_FILL = 0.40
# Outline width as a share of the photo's longer side; two pixels of a photo as it is shown on a screen.
_OUTLINE = 1 / 500


def draw_overlay(pixels: PhotoPixels, masks: Sequence[Mask], path: Path) -> None:
    """Write H×W×3 pixels, each mask filled and outlined in its hue, whole or not at all.

    Raises:
        ValueError: the file's ending is no picture's.
        OSError: the file cannot be written; an earlier one of that name is then still as it was.
    """
    canvas = pixels.astype(np.float32)
    width = max(1, round(max(pixels.shape[:2]) * _OUTLINE))
    for index, mask in enumerate(masks):
        window = canvas[mask.y : mask.y + mask.h, mask.x : mask.x + mask.w]
        inside = mask.crop()
        colour = np.array(mask_rgb(index), dtype=np.float32)
        window[inside] += (colour - window[inside]) * _FILL
        window[inside & ~_eroded(inside, width)] = colour
    _save(Image.fromarray(canvas.round().astype(np.uint8)), path)


def _eroded(inside: Pixels, width: int) -> Pixels:
    """Pixels that lie farther than ``width`` from the edge, in steps along rows and columns."""
    kept = np.pad(inside, 1)
    for _ in range(width):
        centre = kept.copy()
        for axis in (0, 1):
            for shift in (1, -1):
                centre &= np.roll(kept, shift, axis)
        kept = centre
    return kept[1:-1, 1:-1]


def _save(image: Image.Image, path: Path) -> None:
    encoded = BytesIO()
    try:
        image.save(encoded, _format(path))
    except (OSError, ValueError, KeyError) as error:
        raise ValueError(f"The overlay cannot be written as {path.name}; name a .png or .jpg.") from error
    write_whole(path, encoded.getvalue())


def _format(path: Path) -> str:
    """The name that Pillow has for a file's ending. Raises KeyError where it knows none."""
    return Image.registered_extensions()[path.suffix.lower()]
