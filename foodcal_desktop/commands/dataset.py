"""``foodcal-desktop dataset``: looking after datasets."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import click

from foodcal_desktop.commands import common


@click.group("dataset")
def command() -> None:
    """Look after exported datasets."""


@command.command("check")
@click.argument("folder", metavar="DATASET", type=click.Path(path_type=Path))
@common.json_option
def check(folder: Path, as_json: bool) -> int:
    """Look for what would spoil a training: unreadable photos, damaged, doubled or tiny masks, photos in two splits.

    The exit status is 1 where something must be mended first.
    """
    from foodcal_desktop.dataset.quality import check_folder

    if not folder.is_dir():
        raise click.UsageError(f"There is no folder {folder}; name one written by export.")
    checked = check_folder(folder)
    document = {**dataclasses.asdict(checked), "ok": not checked.errors}
    if as_json:
        common.print_json(document)
    else:
        splits = ", ".join(f"{count} {name}" for name, count in checked.splits.items())
        click.echo(f"{checked.annotations} annotations of {checked.photos} photos ({splits})")
        for sentence in checked.errors:
            click.echo(f"error: {sentence}")
        for sentence in checked.notices:
            click.echo(f"notice: {sentence}")
    return 1 if checked.errors else 0
