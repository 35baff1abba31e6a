"""``foodcal-desktop export``: accepted annotations as a dataset."""

from __future__ import annotations

from pathlib import Path

import click

from foodcal_desktop.commands import common


@click.command("export")
@click.option("--format", "format_name", default="coco", show_default=True, help="The dataset's format.")
@click.argument("out", type=click.Path(path_type=Path))
@common.json_option
def command(format_name: str, out: Path, as_json: bool) -> None:
    """Write all annotated photos to OUT."""
    from foodcal_desktop.dataset.formats import exporter_named
    from foodcal_desktop.dataset.items import AnnotatedPhoto, DatasetError
    from foodcal_desktop.storage.database import Database
    from foodcal_desktop.storage.own_foods import own_foods
    from foodcal_desktop.storage.store import Store

    try:
        export = exporter_named(format_name)
    except DatasetError as error:
        raise click.UsageError(str(error)) from error
    with Database.open() as database:
        items = [AnnotatedPhoto(*row) for row in Store(database).annotated_photos()]
        written = export(items, out, foods=own_foods(database))
    document = {"photos": written.photos, "annotations": written.annotations, "out": str(out)}
    for sentence in written.notices:
        common.progress(sentence)
    if as_json:
        common.print_json(document)
    else:
        click.echo(f"{written.annotations} annotations of {written.photos} photos are in {out}.")
