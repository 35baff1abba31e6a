"""Photos: decoded upright as RGB, known by the hash of their pixels; hostile files get one clear sentence.

Safe to call from several threads; Pillow leaves Python's lock while it decodes.
"""

from __future__ import annotations

import hashlib
import os
import struct
import threading
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import IO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.storage.colours import to_rgb
from foodcal_desktop.storage.files import natural_key

Pixels = NDArray[np.uint8]

MAX_PIXELS = 200_000_000
"""The largest photo opened: 600 MB of RGB."""

_OLD_SUFFIXES = {".jpg", ".jpeg", ".jpe", ".jfif", ".mpo", ".png", ".tif", ".tiff", ".bmp", ".dib", ".gif"}
SUFFIXES = frozenset(_OLD_SUFFIXES | {".webp", ".heic", ".heif", ".hif", ".avif"})
"""Names by which photos are found in a folder; what is opened is decided by the content."""

_FORMATS = ("JPEG", "MPO", "PNG", "WEBP", "TIFF", "BMP", "DIB", "GIF", "HEIF", "AVIF")
_ORIENTATION, _EXIF_IFD, _TAKEN = 0x0112, 0x8769, 0x9003
_DAMAGED_EXIF = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, struct.error, OverflowError)
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# EXIF orientations of a photo that lies on its side in the file.
_SIDEWAYS = frozenset({5, 6, 7, 8})
_heif_lock = threading.Lock()

# The bound below is checked before anything is decoded, whatever Pillow's own may be; and what Pillow has to say about
# a photo's metadata helps nobody who looks at the photo.
Image.MAX_IMAGE_PIXELS = None
warnings.filterwarnings("ignore", module=r"PIL\.")


class PhotoError(Exception):
    """A photo cannot be opened; the message is one sentence for the user."""


@dataclass(frozen=True, slots=True, eq=False)
class LoadedPhoto:
    """A photo and its upright pixels, H×W×3 RGB uint8, read-only."""

    photo: Photo
    pixels: Pixels


def load(path: Path | str, max_pixels: int = MAX_PIXELS) -> LoadedPhoto:
    """Decode a photo upright, in sRGB, alpha on white, the first frame of an animation.

    Raises:
        PhotoError: the file is missing, unreadable, empty, truncated, larger than ``max_pixels``, or no photo.
    """
    path = Path(path)
    with opened(path, max_pixels) as image:
        pixels = np.asarray(upright_rgb(image))
        taken = _taken_at(image)
    height, width = pixels.shape[:2]
    return LoadedPhoto(Photo(pixel_hash(pixels), width, height, str(path), taken), pixels)


def pixel_hash(pixels: Pixels) -> str:
    """The sha256 (hexadecimal) of height and width, each as eight big-endian bytes, and the RGB pixels, row by row."""
    digest = hashlib.sha256(struct.pack(">QQ", *pixels.shape[:2]))
    digest.update(np.ascontiguousarray(pixels).data)
    return digest.hexdigest()


@contextmanager
def opened(path: Path, max_pixels: int = MAX_PIXELS) -> Iterator[Image.Image]:
    """A photo with its header read, its pixels decoded on demand; errors of decoding become sentences.

    Raises:
        PhotoError: as ``load``.
    """
    with _opened_file(path) as file:
        try:
            image = _read_header(file, path)
            _require_bounded(image, path, max_pixels)
            yield image
        except PhotoError:
            raise
        except MemoryError as error:
            raise PhotoError(f"{path.name} does not fit into the memory; please open a smaller copy.") from error
        except Exception as error:
            # A hostile file makes decoders raise nearly anything.
            raise PhotoError(_damage_sentence(path, error)) from error


@contextmanager
def _opened_file(path: Path) -> Iterator[IO[bytes]]:
    try:
        _require_photo_file(path, path.stat())
        file = path.open("rb")
    except FileNotFoundError as error:
        raise PhotoError(f"{path} does not exist; it may have been moved or deleted.") from error
    except PermissionError as error:
        raise PhotoError(f"{path.name} cannot be read; you have no permission to open it.") from error
    except (OSError, ValueError) as error:
        raise PhotoError(f"{path.name} cannot be read from the disk ({error}); please try a copy of it.") from error
    with file:
        yield file


def _require_photo_file(path: Path, status: os.stat_result) -> None:
    if S_ISDIR(status.st_mode):
        raise PhotoError(f"{path.name} is a folder; open the photos in it instead.")
    if not S_ISREG(status.st_mode):
        raise PhotoError(f"{path.name} is not a regular file and cannot be opened as a photo.")
    if status.st_size == 0:
        raise PhotoError(f"{path.name} is empty; please copy the photo again from its source.")


def _read_header(file: IO[bytes], path: Path) -> Image.Image:
    start = file.read(16)
    file.seek(0)
    if start[4:8] == b"ftyp" and not start.startswith(b"avif", 8):
        _register_heif()
    try:
        return Image.open(file, formats=_readable_formats())
    except UnidentifiedImageError as error:
        kinds = "JPEG, PNG, WebP, HEIC, TIFF, BMP or GIF"
        raise PhotoError(f"{path.name} is no photo that can be read, or is damaged; use a {kinds} file.") from error


def _readable_formats() -> list[str]:
    Image.init()
    return [name for name in _FORMATS if name in Image.OPEN]


def _register_heif() -> None:
    # Late, for pillow-heif takes a while to import and few photos need it.
    with _heif_lock:
        if "HEIF" not in Image.OPEN:
            import pillow_heif

            pillow_heif.register_heif_opener()


def _require_bounded(image: Image.Image, path: Path, max_pixels: int) -> None:
    width, height = image.size
    if width * height > max_pixels:
        raise PhotoError(
            f"{path.name} has {width}×{height} pixels, more than the {max_pixels / 1e6:g} megapixels allowed; "
            "please open a smaller copy."
        )


def _damage_sentence(path: Path, error: Exception) -> str:
    if "truncated" in str(error).lower() or isinstance(error, EOFError):
        return f"{path.name} is truncated: its end is missing; please copy the photo again from its source."
    return f"{path.name} is damaged and cannot be decoded; please copy the photo again from its source."


def upright_rgb(image: Image.Image) -> Image.Image:
    """Decode an opened photo to RGB, turned as its EXIF orientation says."""
    image.load()
    # Read after decoding: Pillow turns TIFFs itself and then clears the tag.
    turn = _TURNS.get(_orientation(image))
    rgb = to_rgb(image)
    return rgb if turn is None else rgb.transpose(turn)


def is_upright(image: Image.Image) -> bool:
    """Whether an opened photo's pixels stand upright as they are stored."""
    return _orientation(image) not in _TURNS


def upright_sizes(image: Image.Image) -> list[tuple[int, int]]:
    """The width and height in px that an opened photo may have upright, by its header alone.

    Both ways round for a TIFF: whether Pillow has turned its size already depends on Pillow.
    """
    stored, turned = image.size, image.size[::-1]
    if image.format == "TIFF":
        return [stored, turned]
    return [turned if _orientation(image) in _SIDEWAYS else stored]


def _orientation(image: Image.Image) -> int:
    try:
        return int(image.getexif().get(_ORIENTATION, 1))
    except _DAMAGED_EXIF:
        return 1


def _taken_at(image: Image.Image) -> str | None:
    """The camera's local time in ISO form (EXIF DateTimeOriginal), or None where it is missing or nonsense."""
    try:
        text = str(image.getexif().get_ifd(_EXIF_IFD).get(_TAKEN, ""))
        return datetime.strptime(text.strip("\0 "), "%Y:%m:%d %H:%M:%S").isoformat()
    except _DAMAGED_EXIF:
        return None


def thumbnail(pixels: Pixels, side: int) -> Pixels:
    """A small copy, its longer side at most ``side`` pixels; a smaller photo comes back as it is."""
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.thumbnail((side, side), Image.Resampling.BILINEAR, reducing_gap=2.0)
    return np.asarray(image)


def load_thumbnail(path: Path | str, side: int, max_pixels: int = MAX_PIXELS) -> Pixels:
    """A photo's thumbnail by its file's own reduced decoding where it has one, H×W×3 RGB uint8; several times faster.

    Raises:
        PhotoError: as ``load``.
    """
    path = Path(path)
    with opened(path, max_pixels) as image:
        # JPEG decodes to a half, a quarter or an eighth by itself; other formats do nothing here.
        image.draft("RGB" if image.mode == "RGB" else None, (2 * side, 2 * side))
        return thumbnail(np.asarray(upright_rgb(image)), side)


def find_photos(paths: Iterable[Path | str]) -> Iterator[Path]:
    """The photos among files and in folders: a file as given, a folder's photos by name, no hidden ones, one by one.

    Folders are not searched below their first level. A folder that cannot be read, or a path that does not exist, is
    given back as it is, so that ``load`` can say what is wrong with it.
    """
    for path in map(Path, paths):
        if path.is_dir():
            yield from _photos_in(path)
        else:
            yield path


def _photos_in(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in entries if _is_photo(entry)]
    except OSError:
        yield folder
        return
    names.sort(key=natural_key)
    for name in names:
        yield folder / name


def _is_photo(entry: os.DirEntry[str]) -> bool:
    """By name and kind alone, for a folder of 10,000 shall open at once."""
    stem, dot, end = entry.name.rpartition(".")
    if not stem or entry.name.startswith(".") or (dot + end).lower() not in SUFFIXES:
        return False
    try:
        return entry.is_file()
    except OSError:
        # A link to itself.
        return False
