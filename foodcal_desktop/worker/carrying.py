"""Long work of the encoder, done step by step so that what is more urgent comes between: items carried, videos sampled.

Each job is a generator of the messages that the window gets; between two of them the encoder answers all else.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.carrying import CarriedFrame, CarryRequest, conditions, frame_message, no_logits
from foodcal_desktop.core.messages import Message
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.segmentation.devices import is_out_of_memory
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.segmentation.transfer import transfer
from foodcal_desktop.segmentation.video import PhotoSeries, samples
from foodcal_desktop.storage import photos, videos

# Accepted frames that the memory attends to: time and memory grow with each.
_CONDITIONS = 4
# An encoded frame kept for corrections.
_FRAME_BYTES = 17_000_000
EmbeddingOf = Callable[[Photo, Path], Embedding]


class Series(PhotoSeries):
    """Photos as frames that remembers which photo each one was."""

    def __init__(self, paths: Sequence[str]) -> None:
        super().__init__([Path(path) for path in paths])
        self.photos: dict[int, Photo] = {}

    def __getitem__(self, number: int) -> Any:
        """H×W×3 of the upright photo. Raises PhotoError where it cannot be opened."""
        loaded = photos.load(self.paths[number])
        self.photos[number] = loaded.photo
        return loaded.pixels


class Memory:
    """A tracker over one series, kept between jobs: what was encoded once is not encoded again for a correction."""

    def __init__(self, segmenter: Any, paths: Sequence[str], cache_bytes: int) -> None:
        from foodcal_desktop.segmentation.sam2_memory import MemoryTracker

        self.key = memory_key(segmenter, paths)
        self.series = Series(paths)
        self._tracker = MemoryTracker(segmenter, self.series, max(cache_bytes // _FRAME_BYTES, 2))

    def carried(self, request: CarryRequest) -> Iterator[Message]:
        """Each frame after the start, by memory attention. Raises RuntimeError where memory runs out."""
        try:
            yield from self._carried(request)
        except (RuntimeError, MemoryError) as error:
            if not is_out_of_memory(error):
                raise
            raise RuntimeError(
                "There is too little memory to carry the items on; choose a smaller checkpoint, or the CPU."
            ) from error

    def _carried(self, request: CarryRequest) -> Iterator[Message]:
        tracker = self._tracker
        tracker.restart()
        for known in conditions(request.known, request.start, _CONDITIONS):
            tracker.start_from(known.frame, known.item, known.mask)
        for frame, masks in tracker.carry(request.start):
            if frame > request.start:
                scores = tracker.predicted_iou
                found = [(i, Candidate(m, scores.get(i, 1.0), no_logits())) for i, m in masks.items()]
                yield _frame(request, frame, self.series.photos[frame], found)


def memory_key(segmenter: Any, paths: Sequence[str]) -> tuple[str, ...]:
    """What a kept memory is known by."""
    return segmenter.checkpoint_hash, *paths


def network_owner(segmenter: Segmenter) -> Any:
    """The segmenter whose network has a memory, or None for a checkpoint that has none."""
    from foodcal_desktop.segmentation.sam2_segmenter import Sam2Segmenter

    inner = getattr(segmenter, "current", segmenter)
    return inner if isinstance(inner, Sam2Segmenter) else None


def carried_by_likeness(request: CarryRequest, segmenter: Segmenter, embedding_of: EmbeddingOf) -> Iterator[Message]:
    """Each frame after the start, searched for what looks like the items on the start frame."""
    series = Series(request.paths)
    items = {known.item: known.mask for known in request.known if known.frame == request.start}

    def read(number: int) -> tuple[Embedding, Any]:
        pixels = series[number]
        return embedding_of(series.photos[number], series.paths[number]), pixels

    source, before = read(request.start)
    for number in range(request.start + 1, len(series)):
        target, after = read(number)
        found = transfer(segmenter, source, items, target, pixels=(before, after))
        yield _frame(request, number, series.photos[number], [(one.item, one.candidate) for one in found])


def _frame(request: CarryRequest, number: int, photo: Photo, found: Sequence[tuple[str, Candidate]]) -> Message:
    seen = tuple((item, candidate) for item, candidate in found if candidate.mask.area)
    total = len(request.paths) - 1 - request.start
    return frame_message(
        CarriedFrame(request.job, photo.sha256, str(request.paths[number]), number - request.start, total, seen)
    )


def sampled(job: int, video: Path) -> Iterator[Message]:
    """A video's frames, written whole or not at all. Raises VideoError or OSError."""
    folder = videos.frames_dir(video)
    part = folder.with_name(folder.name + ".part")
    shutil.rmtree(part, ignore_errors=True)
    try:
        for number, _ in enumerate(samples(video, part), start=1):
            yield Message("sampled", {"job": job, "number": number, "folder": ""})
        shutil.rmtree(folder, ignore_errors=True)
        part.replace(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    yield Message("sampled", {"job": job, "number": number, "folder": str(folder)})
