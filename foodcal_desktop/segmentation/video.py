"""Frames for carrying annotations: sampled from a short video (MP4, MOV, GIF …), or a series of photos.

A video's sampled frames are written as photos of their own; from there on a video is a series of photos. Videos are
decoded by PyAV, which is optional: ``pip install "foodcal-desktop[video]"``.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from foodcal_desktop.storage import photos

RGB = NDArray[np.uint8]

MAX_FRAMES = 60

SECONDS = 0.5
"""The least time between two frames, unless another is asked for."""


class VideoError(ValueError):
    """A video cannot be used; the text is one sentence that says what to do."""


class PhotoSeries:
    """Photos as frames, each decoded when it is asked for."""

    def __init__(self, paths: Sequence[Path]) -> None:
        self.paths = tuple(paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __getitem__(self, number: int) -> RGB:
        """H×W×3 of the upright photo. Raises PhotoError where it cannot be opened."""
        return photos.load(self.paths[number]).pixels


def samples(
    video: Path, folder: Path, seconds: float = SECONDS, max_frames: int = MAX_FRAMES
) -> Generator[Path, None, None]:
    """Write every so many seconds' frame of a video as a PNG photo, upright; each photo once it is written.

    Args:
        video: any file that PyAV decodes.
        folder: where the photos are written, as NAME-0001.png and so on; made where missing.
        seconds: the least time between two frames; the first frame is always taken.
        max_frames: the video is left after so many.

    Raises:
        VideoError: PyAV is missing, or the file has no pictures that can be decoded.
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for number, rgb in enumerate(islice(_sampled(video, seconds), max_frames), start=1):
        path = folder / f"{video.stem}-{number:04d}.png"
        Image.fromarray(rgb).save(path, compress_level=1)
        yield path
    if not number:
        raise VideoError(f"{video.name} has no pictures; choose another file.")


def _av() -> Any:
    try:
        import av
    except ImportError as error:
        raise VideoError('Videos need PyAV; install it: pip install "foodcal-desktop[video]".') from error
    return av


def _sampled(video: Path, seconds: float) -> Iterator[RGB]:
    """Upright frames at least ``seconds`` apart. A frame without a time counts by the video's rate."""
    av = _av()
    try:
        with av.open(str(video)) as container:
            if not container.streams.video:
                raise VideoError(f"{video.name} has no pictures; choose another file.")
            stream = container.streams.video[0]
            interval = 1 / float(stream.average_rate or 25)
            due = 0.0
            for number, frame in enumerate(container.decode(stream)):
                now = float(frame.time) if frame.time is not None else number * interval
                if number == 0 or now >= due - interval / 2:
                    due = now + seconds
                    yield _upright(frame)
    except FileNotFoundError as error:
        raise VideoError(f"There is no file {video}.") from error
    except av.FFmpegError as error:
        raise VideoError(f"{video.name} cannot be decoded; it is damaged or no video.") from error


def _upright(frame: Any) -> RGB:
    """H×W×3 RGB; phones turn the picture by a note in the file, which is followed here."""
    rgb: RGB = frame.to_ndarray(format="rgb24")
    quarter_turns = round(getattr(frame, "rotation", 0) / 90) % 4
    return np.ascontiguousarray(np.rot90(rgb, quarter_turns))
