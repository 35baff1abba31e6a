"""Which files are videos, and where the photos sampled from them are kept."""

from __future__ import annotations

import hashlib
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from foodcal_desktop.storage import paths

SUFFIXES = (".mp4", ".m4v", ".mov", ".gif", ".webm", ".mkv", ".avi")
"""Names by which videos are found; a GIF of one picture is a photo."""


def is_video(path: Path) -> bool:
    """Whether a file is to be opened as frames: by its name, and for a GIF by whether it has several pictures."""
    suffix = path.suffix.lower()
    if suffix == ".gif":
        return _is_animated(path)
    return suffix in SUFFIXES and path.is_file()


def _is_animated(path: Path) -> bool:
    try:
        with Image.open(path, formats=("GIF",)) as image:
            return bool(getattr(image, "is_animated", False))
    except (OSError, UnidentifiedImageError, ValueError, SyntaxError, EOFError):
        return False  # opening it as a photo says what is wrong


def frames_dir(video: Path) -> Path:
    """Where a video's frames are or would be: the same folder for the same file, another once it has changed."""
    status = video.stat()
    version = f"{video}\0{status.st_size}\0{status.st_mtime_ns}"
    return paths.video_frames_dir() / f"{video.stem}-{hashlib.sha256(version.encode()).hexdigest()[:8]}"


def stored_frames(video: Path) -> Path | None:
    """The folder of a video that was sampled before, or None. Raises OSError where the video is gone."""
    folder = frames_dir(video)
    return folder if folder.is_dir() else None
