"""``foodcal-desktop import``: a dataset's annotations into the database."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from time import monotonic
from typing import Any

import click

from foodcal_desktop.commands import common

EVERY_S = 0.5
"""How often whoever reads ``--json`` hears on standard error how far it is, in s; people hear it less often."""


@click.command("import")
@click.option("--format", "format_name", default=None, help="coco or labelme; by default found by a look into IN.")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@common.json_option
def command(format_name: str | None, source: Path, as_json: bool) -> None:
    """Take the photos and annotations of the dataset in IN into the database.

    IN is a folder or a file in it: COCO, or labelme's files beside their photos. Annotations that are there already
    stay as they are; importing twice changes nothing. What cannot be read is said and left out. The photos stay where
    they are: keep the folder.
    """
    from foodcal_desktop.dataset.formats import format_named, format_of
    from foodcal_desktop.dataset.items import DatasetError

    try:
        importer = format_named(format_name) if format_name else format_of(source)
    except DatasetError as error:
        raise click.UsageError(str(error)) from error
    left_out: list[str] = []

    def say(sentence: str) -> None:
        left_out.append(sentence)
        common.progress(sentence)

    document = _imported(importer.load(source, say), _Steps(EVERY_S if as_json else 10 * EVERY_S))
    if not document["photos"]:
        raise click.ClickException(f"There is no photo in {source} that can be read; nothing was imported.")
    if as_json:
        common.print_json({**document, "left_out": left_out})
    else:
        click.echo(_for_people(document))


class _Steps:
    """Says how far it is, but not more often than every so many seconds."""

    def __init__(self, every_s: float) -> None:
        self._every_s, self._said = every_s, monotonic()

    def __call__(self, done: int, total: int) -> None:
        if monotonic() - self._said >= self._every_s:
            self._said = monotonic()
            common.progress(f"{done} of {total} photos")


def _imported(incoming: Any, progress: _Steps) -> dict[str, Any]:
    from foodcal_desktop.dataset.taking import take_dataset
    from foodcal_desktop.storage.database import Database

    with Database.open() as database:
        return dataclasses.asdict(take_dataset(database, incoming, progress))


def _for_people(document: dict[str, Any]) -> str:
    known = f"; {document['known']} were there already" if document["known"] else ""
    foods = f", with {document['foods']} foods of somebody's own" if document["foods"] else ""
    return f"{document['annotations']} annotations of {document['photos']} photos were imported{foods}{known}."
