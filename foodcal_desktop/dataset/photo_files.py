"""A photo's file in a dataset: the very file where every reader sees the upright pixels in it, else a PNG of them."""

from __future__ import annotations

import re
import shutil
import unicodedata
from pathlib import Path

import numpy as np
from PIL import Image

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.dataset.items import DatasetError
from foodcal_desktop.storage import photos

_UNSAFE = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*\ud800-\udfff]')
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")
# MPO is a JPEG with more pictures behind it, which phones write and readers of JPEG do not see.
_SUFFIX_OF_COMMON = {"JPEG": ".jpg", "MPO": ".jpg", "PNG": ".png"}


class PhotoNames:
    """File names of a dataset's photos: unique also where capitals do not count, and allowed on every system."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, photo: Photo) -> str:
        """A name without its suffix, close to that of the photo's own file."""
        stem = _UNSAFE.sub("_", Path(photo.path).stem)[:80].strip(" .")
        stem = f"photo_{stem}".rstrip("_") if not stem or _RESERVED.match(stem) else stem
        name, number = stem, 2
        while _folded(name) in self._taken:
            name, number = f"{stem}_{number}", number + 1
        self._taken.add(_folded(name))
        return name


def _folded(name: str) -> str:
    """What a file system that ignores capitals and Unicode forms takes for the same name."""
    return unicodedata.normalize("NFKC", name).casefold()


def write_photo(photo: Photo, folder: Path, stem: str) -> str:
    """Put a photo's upright pixels into a folder; the name of the file written.

    Raises:
        DatasetError: the file at the photo's path now shows other pixels.
        PhotoError: it cannot be opened.
        OSError: the folder cannot be written.
    """
    source = Path(photo.path)
    with photos.opened(source) as image:
        pixels = np.asarray(photos.upright_rgb(image))
        suffix = _suffix_if_plain(image, pixels)
    if photos.pixel_hash(pixels) != photo.sha256:
        raise DatasetError(f"{source.name} shows another photo than when it was annotated.")
    if suffix is not None:
        shutil.copyfile(source, folder / (stem + suffix))
        return stem + suffix
    Image.fromarray(pixels).save(folder / f"{stem}.png", compress_level=3)
    return f"{stem}.png"


def _suffix_if_plain(image: Image.Image, pixels: photos.Pixels) -> str | None:
    """The suffix under which the file can be copied as it is; None where readers could disagree on its pixels."""
    is_still = image.format == "MPO" or getattr(image, "n_frames", 1) == 1
    plain = image.mode in ("RGB", "L") and not image.has_transparency_data
    if not (plain and is_still and photos.is_upright(image)):
        return None
    # An embedded colour profile was applied to the pixels, and other readers ignore it.
    same = np.array_equal(np.asarray(image.convert("RGB")), pixels)
    return _SUFFIX_OF_COMMON.get(image.format or "") if same else None
