"""Thumbnails on the disk, so that a folder seen before shows itself at once. Bounded in bytes; for any thread."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path

import numpy as np
from PIL import Image

from foodcal_desktop.storage import paths
from foodcal_desktop.storage.files import write_whole
from foodcal_desktop.storage.photos import Pixels, load_thumbnail

SIDE = 160
"""The longer side of a thumbnail in px."""

MAX_BYTES = 256 * 1024**2
"""Room for some forty thousand thumbnails."""

_QUALITY = 85
# The folder is looked through only now and then: it may pass its bound by this many thumbnails.
_WRITES_BETWEEN_LOOKS = 500


class ThumbnailCache:
    """Thumbnails by the path, size and time of the photo's file: a file that was replaced gets a new one."""

    def __init__(self, folder: Path | None = None, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder or paths.cache_dir() / "thumbnails"
        self._folder.mkdir(parents=True, exist_ok=True)
        self._max_bytes = max_bytes
        self._writes = 0

    def get(self, photo: Path) -> Pixels:
        """The thumbnail of a photo's file, H×W×3 RGB uint8, at most SIDE px, stored or made now.

        Raises:
            PhotoError: the file is no photo that can be read.
            OSError: it cannot be found.
        """
        place = self._place(photo)
        stored = _read(place)
        return stored if stored is not None else self._made(photo, place)

    def _place(self, photo: Path) -> Path:
        status = photo.stat()
        key = f"{photo}\0{status.st_size}\0{status.st_mtime_ns}\0{SIDE}"
        return self._folder / f"{hashlib.sha256(key.encode('utf-8', 'surrogateescape')).hexdigest()[:40]}.jpg"

    def _made(self, photo: Path, place: Path) -> Pixels:
        pixels = load_thumbnail(photo, SIDE)
        file = io.BytesIO()
        Image.fromarray(pixels).save(file, "JPEG", quality=_QUALITY)
        write_whole(place, file.getvalue())
        self._writes += 1
        if self._writes % _WRITES_BETWEEN_LOOKS == 1:
            self.prune()
        return pixels

    def prune(self) -> None:
        """Delete the thumbnails not used for longest until the rest fits the bound."""
        with os.scandir(self._folder) as entries:
            files = [(e.stat().st_mtime_ns, e.stat().st_size, e.path) for e in entries if e.name.endswith(".jpg")]
        excess = sum(size for _, size, _ in files) - self._max_bytes
        for _, size, path in sorted(files):
            if excess <= 0:
                return
            Path(path).unlink(missing_ok=True)
            excess -= size


def _read(place: Path) -> Pixels | None:
    """A stored thumbnail, now counted as used; None where there is none, or a damaged one, which is made anew."""
    try:
        with Image.open(place, formats=["JPEG"]) as image:
            pixels = np.asarray(image.convert("RGB"))
        os.utime(place)
    except (OSError, ValueError, SyntaxError):
        return None
    return pixels
