"""``foodcal-desktop annotate``: every food of a folder's photos found, to be reviewed in the window."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from foodcal_desktop.commands import common


@click.command("annotate")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@common.checkpoint_option
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1), help="Processes on this computer.")
@click.option("--scheduler", default="", help="Address of a Dask scheduler whose machines do the work.")
@click.option("--limit", type=click.IntRange(1), help="The first N photos only.")
@click.option("--carry", is_flag=True, help="Find what is marked on the first annotated photo on those after it.")
@common.json_option
def command(
    folder: Path, checkpoint: str | None, workers: int, scheduler: str, limit: int | None, carry: bool, as_json: bool
) -> None:
    """Find every food on the photos in DIR, or on the frames of a video.

    What is found is stored as annotations without a name, and the photos are marked for review. Photos that have
    annotations already are left alone, so the command can be stopped and run again.
    """
    from foodcal_desktop.commands.carrying import carry_through, frames_of
    from foodcal_desktop.storage.photos import find_photos
    from foodcal_desktop.storage.videos import is_video

    if not folder.exists():
        raise click.UsageError(f"There is no folder {folder}.")
    if is_video(folder):
        folder = frames_of(folder)
    paths = [path.absolute() for path in find_photos([folder])][:limit]
    if not paths:
        raise click.ClickException(f"There is no photo in {folder}.")
    chosen = common.selected_checkpoint(checkpoint)
    with _stoppable():
        document = carry_through(paths, chosen) if carry else _annotated(paths, chosen, workers, scheduler)
    if document["failed"] and len(document["failed"]) == len(paths):
        raise click.ClickException(f"None of the {len(paths)} photos in {folder} can be opened; nothing was found.")
    if as_json:
        common.print_json(document)
    else:
        click.echo(f"{document['annotations']} foods found on {document['photos']} photos, to be reviewed.")


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """A polite kill ends the work as Ctrl+C does: at once, with a sentence, and no process of it is left."""
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt as stop:
        raise click.ClickException("Stopped; what was found is kept. Run the command again for the rest.") from stop
    finally:
        signal.signal(signal.SIGTERM, before)


def _annotated(paths: list[Path], checkpoint: str, workers: int, scheduler: str) -> dict[str, Any]:
    from foodcal_desktop.storage.checkpoints import Catalogue
    from foodcal_desktop.storage.database import Database
    from foodcal_desktop.storage.store import Store
    from foodcal_desktop.training.preannotate import Job, annotate

    catalogue = Catalogue()
    found = catalogue.resolve(checkpoint)
    catalogue.require_whole(found)
    threads = max((os.cpu_count() or 1) // workers, 1) if workers > 1 else 0
    with Database.open() as database:
        store = Store(database)
        todo = [path for path in paths if not _has_annotations(store, path)]
        skipped = len(paths) - len(todo)
        with contextlib.closing(annotate(todo, Job(found, threads=threads), workers, scheduler)) as results:
            document = _stored(store, results, len(todo))
    return {**document, "skipped": document["skipped"] + skipped, "checkpoint": found.name}


def _has_annotations(store: Any, path: Path) -> bool:
    photo = store.photo_at(str(path))
    return photo is not None and bool(store.annotations(photo.sha256))


def _stored(store: Any, results: Iterable[Any], total: int) -> dict[str, Any]:
    """Each photo's findings as one edit, as soon as they come, so that a kill loses little."""
    from foodcal_desktop.core.edit import Change, Edit

    photos = annotations = skipped = 0
    failed: list[str] = []
    for number, found in enumerate(results, 1):
        if found.photo is None:
            failed.append(found.error)
            common.progress(found.error)
            continue
        store.add_photo(found.photo)
        if store.annotations(found.photo.sha256):
            skipped += 1
            continue
        if found.annotations:
            store.apply(Edit("Find foods", tuple(Change(one.id, None, one) for one in found.annotations)))
        store.set_photo_state(found.photo.sha256, "review")
        photos, annotations = photos + 1, annotations + len(found.annotations)
        if number % 25 == 0:
            common.progress(f"{number} of {total} photos")
    return {"photos": photos, "annotations": annotations, "skipped": skipped, "failed": failed}
