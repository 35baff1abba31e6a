"""``foodcal-desktop import``: a dataset's annotations into the database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from foodcal_desktop.commands import common


@click.command("import")
@click.option("--format", "format_name", default="coco", show_default=True, help="The dataset's format.")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@common.json_option
def command(format_name: str, source: Path, as_json: bool) -> None:
    """Take the photos and annotations of the dataset in IN into the database.

    IN is a folder or its COCO file. Annotations that are there already stay as they are; importing twice changes
    nothing. What cannot be read is said and left out. The photos stay where they are: keep the folder.
    """
    from foodcal_desktop.dataset.formats import format_named
    from foodcal_desktop.dataset.items import DatasetError

    try:
        importer = format_named(format_name)
    except DatasetError as error:
        raise click.UsageError(str(error)) from error
    document = _imported(importer.load(source, common.progress))
    if not document["photos"]:
        raise click.ClickException(f"There is no photo in {source} that can be read; nothing was imported.")
    if as_json:
        common.print_json(document)
    else:
        known = f"; {document['known']} were there already" if document["known"] else ""
        click.echo(f"{document['annotations']} annotations of {document['photos']} photos were imported{known}.")


def _imported(items: Any) -> dict[str, int]:
    from foodcal_desktop.storage.database import Database
    from foodcal_desktop.storage.store import Store

    photos = annotations = known = 0
    with Database.open() as database:
        store = Store(database)
        for item in items:
            new = _take(store, item)
            photos += 1
            annotations += new
            known += len(item.annotations) - new
    return {"photos": photos, "annotations": annotations, "known": known}


def _take(store: Any, item: Any) -> int:
    """One photo with its annotations as one edit; how many annotations are new."""
    from foodcal_desktop.core.edit import Change, Edit

    stored = store.photo(item.photo.sha256)
    gone = stored is None or not Path(stored.path).is_file()
    if gone or (item.photo.split and not stored.split):
        store.add_photo(item.photo if gone else replace(item.photo, path=stored.path))
    annotations = [one for one in item.annotations if store.annotation(one.id) is None]
    there = {one.id for one in store.scale_references(item.photo.sha256)}
    references = [one for one in item.references if one.id not in there]
    changes = tuple(Change(one.id, None, one) for one in (*annotations, *references))
    if changes:
        store.apply(Edit("Import", changes))
    return len(annotations)
