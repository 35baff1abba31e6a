"""``annotate --carry``: the foods marked on the first photo of a series, or of a video, found on all that follow."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from foodcal_desktop.commands import common
from foodcal_desktop.core.annotation import Annotation, new_id
from foodcal_desktop.core.carrying import CarriedFrame, CarryRequest, Known, frame_of
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.overlap import settled


def frames_of(video: Path) -> Path:
    """The folder of a video's frames, sampled now unless they are there.

    Raises:
        ClickException: the video cannot be decoded, or PyAV is missing; the text says what to do.
    """
    from foodcal_desktop.segmentation.video import VideoError
    from foodcal_desktop.storage import videos
    from foodcal_desktop.worker.carrying import sampled

    video = video.absolute()
    try:
        for step in [] if videos.stored_frames(video) else sampled(0, video):
            if step.values["folder"]:
                common.progress(f"{step.values['number']} photos of {video.name}")
    except (VideoError, OSError) as error:
        raise click.ClickException(str(error)) from error
    return videos.frames_dir(video)


def carry_through(paths: list[Path], checkpoint: str) -> dict[str, Any]:
    """Store what is found as annotations, each photo marked for review; photos that have annotations are left alone.

    Raises:
        ClickException: no photo but the last has annotations, or the work failed.
    """
    from foodcal_desktop.segmentation.loading import load_segmenter
    from foodcal_desktop.storage.database import Database
    from foodcal_desktop.storage.photos import PhotoError
    from foodcal_desktop.storage.settings import DEVICE, Settings
    from foodcal_desktop.storage.store import Store

    paths, failed = _readable(paths)
    with Database.open() as database:
        store = Store(database)
        start, roots = _marked(store, paths)
        known = tuple(Known(start, one.id, one.mask) for one in roots.values())
        request = CarryRequest(0, tuple(str(path) for path in paths), start, known, True)
        try:
            segmenter = load_segmenter(checkpoint, Settings.load().get(DEVICE))
            by_memory, frames = _frames(segmenter, request)
            document = _stored(store, frames, roots, segmenter)
        except (ValueError, OSError, RuntimeError, PhotoError) as error:
            raise click.ClickException(str(error)) from error
    return {**document, "failed": failed, "checkpoint": segmenter.name, "by_memory": by_memory}


def _readable(paths: list[Path]) -> tuple[list[Path], list[str]]:
    """The photos that can be opened, and a sentence for each other one: a broken one is left out of the series."""
    from foodcal_desktop.storage import photos

    good, failed = [], []
    for path in paths:
        try:
            photos.load(path)
            good.append(path)
        except (photos.PhotoError, OSError) as error:
            failed.append(str(error))
            common.progress(str(error))
    return good, failed


def _marked(store: Any, paths: list[Path]) -> tuple[int, dict[str, Annotation]]:
    """The first photo with annotations, and those by id."""
    for number, path in enumerate(paths[:-1]):
        photo = store.photo_at(str(path))
        found = store.annotations(photo.sha256) if photo else ()
        if found:
            return number, {one.id: one for one in found}
    raise click.ClickException(
        "No photo that others follow has masks to carry; mark the foods of the first one in the window."
    )


def _frames(segmenter: Any, request: CarryRequest) -> tuple[bool, Iterator[CarriedFrame]]:
    from foodcal_desktop.storage.settings import MEMORY_CACHE_BYTES, Settings
    from foodcal_desktop.worker import carrying

    owner = carrying.network_owner(segmenter)
    if owner is None:
        common.progress(f"The checkpoint {segmenter.name} has no memory of frames; items are looked for by likeness.")
        steps = carrying.carried_by_likeness(request, segmenter, lambda _, path: segmenter.embed(_pixels(path)))
    else:
        steps = carrying.Memory(owner, request.paths, Settings.load().get(MEMORY_CACHE_BYTES)).carried(request)
    return owner is not None, map(frame_of, steps)


def _pixels(path: Path) -> Any:
    from foodcal_desktop.storage import photos

    return photos.load(path).pixels


def _stored(store: Any, frames: Iterator[CarriedFrame], roots: dict[str, Annotation], segmenter: Any) -> dict[str, Any]:
    """Each photo's finds as one edit, as soon as they come."""
    from foodcal_desktop.storage import photos

    done = annotations = skipped = 0
    for frame in frames:
        common.progress(f"{frame.number} of {frame.total} photos")
        if store.annotations(frame.photo):
            skipped += 1
            continue
        if store.photo(frame.photo) is None:
            store.add_photo(photos.load(Path(frame.path)).photo)
        rows = _rows(frame, roots, segmenter.name)
        if rows:
            store.apply(Edit("Carry annotations", tuple(Change(row.id, None, row) for row in rows)))
        store.set_photo_state(frame.photo, "review")
        done, annotations = done + 1, annotations + len(rows)
    return {"photos": done, "annotations": annotations, "skipped": skipped}


def _rows(frame: CarriedFrame, roots: dict[str, Annotation], checkpoint: str) -> list[Annotation]:
    now = datetime.now().isoformat(timespec="seconds")
    rows = [
        Annotation(
            new_id(),
            frame.photo,
            candidate.mask,
            label=roots[item].label,
            food_id=roots[item].food_id,
            predicted_iou=candidate.predicted_iou,
            checkpoint=checkpoint,
            order=place,
            created_at=now,
        )
        for place, (item, candidate) in enumerate(frame.found)
    ]
    return list(settled({}, {row.id: row for row in rows}).values())
