"""``foodcal-desktop checkpoints``: list, download, import, verify, select and remove weights files."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foodcal_desktop.commands import common

if TYPE_CHECKING:
    from foodcal_desktop.storage.checkpoints import Catalogue, Checkpoint
    from foodcal_desktop.storage.downloads import DownloadProgress

_SECONDS_BETWEEN_LINES = 0.5


@click.group("checkpoints")
def command() -> None:
    """The weights files that find the foods: the bundled one, Meta's four SAM 2.1 ones, and your own."""


def _catalogue() -> Catalogue:
    from foodcal_desktop.storage.checkpoints import Catalogue

    return Catalogue()


def _document(checkpoint: Checkpoint, selected: str) -> dict[str, Any]:
    return {
        "name": checkpoint.name,
        "kind": checkpoint.kind,
        "origin": checkpoint.origin,
        "state": checkpoint.state,
        "selected": checkpoint.name == selected,
        "bytes": checkpoint.bytes,
        "sha256": checkpoint.sha256,
        "config": checkpoint.config or None,
        "url": checkpoint.url or None,
        "path": str(checkpoint.path),
        "note": checkpoint.note or None,
    }


def _report(checkpoint: Checkpoint, as_json: bool, sentence: str) -> None:
    if as_json:
        common.print_json(_document(checkpoint, _catalogue().selected().name))
    else:
        click.echo(sentence)


@command.command("list")
@common.json_option
def list_(as_json: bool) -> None:
    """All checkpoints: which are on this computer and which one is used."""
    catalogue = _catalogue()
    selected = catalogue.selected(warn=common.progress).name
    every = catalogue.checkpoints()
    if as_json:
        common.print_json({"checkpoints": [_document(one, selected) for one in every], "selected": selected})
        return
    rows = [
        [("* " if one.name == selected else "  ") + one.name, one.state, f"{one.bytes / 1e6:,.1f}", one.origin]
        for one in every
    ]
    click.echo(common.table(rows, ["  name", "state", "MB", "origin"]))


@command.command("download")
@click.argument("name")
@click.option("--mirror", default=None, help="URL of a folder that has the file; default: the settings' mirror.")
@click.option("--proxy", default=None, help="An HTTP proxy's URL; default: the settings', else the system's.")
@common.json_option
def download_(name: str, mirror: str | None, proxy: str | None, as_json: bool) -> None:
    """Fetch an official checkpoint; a download that broke off is resumed, and the file is verified."""
    from foodcal_desktop.storage.downloads import DownloadOptions, download
    from foodcal_desktop.storage.settings import MIRROR_URL, PROXY_URL, Settings

    settings, checkpoint = Settings.load(), _catalogue().get(name)
    if checkpoint.origin == "bundled":
        _report(checkpoint, as_json, f"{name} belongs to the program and is here.")
        return
    chosen = DownloadOptions(
        mirror=settings.get(MIRROR_URL) if mirror is None else mirror,
        proxy=settings.get(PROXY_URL) if proxy is None else proxy,
    )
    path = download(checkpoint, chosen, _download_line())
    _report(_catalogue().get(name), as_json, f"{name} is here and verified: {path}")


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", default="", help="What to call your own checkpoint; default: its file's name.")
@common.json_option
def import_(file: Path, name: str, as_json: bool) -> None:
    """Take a weights FILE into the program's folder, for computers that are never online."""
    taken = _catalogue().import_file(file, name, _line("checked"))
    _report(taken, as_json, f"{file.name} was taken in as {taken.name} ({taken.kind}).")


@command.command("verify")
@click.argument("names", nargs=-1)
@common.json_option
def verify(names: tuple[str, ...], as_json: bool) -> int:
    """Read the files of NAMES (by default of all that are here) and compare their sha256; status 1 if one is wrong."""
    catalogue = _catalogue()
    chosen = names or tuple(one.name for one in catalogue.checkpoints() if one.state != "missing")
    findings = [_verified(catalogue, name) for name in chosen]
    if as_json:
        common.print_json({"checkpoints": findings})
    for finding in findings:
        if not finding["ok"]:
            common.progress(str(finding["error"]))
        elif not as_json:
            click.echo(f"{finding['name']}: ok")
    return 0 if all(finding["ok"] for finding in findings) else 1


def _verified(catalogue: Catalogue, name: str) -> dict[str, Any]:
    from foodcal_desktop.storage.checkpoints import CheckpointError

    try:
        checkpoint = catalogue.verify(name, _line("checked"))
    except CheckpointError as error:
        return {"name": name, "ok": False, "sha256": None, "error": str(error)}
    return {"name": name, "ok": True, "sha256": checkpoint.sha256, "error": None}


@command.command("select")
@click.argument("name")
@common.json_option
def select(name: str, as_json: bool) -> None:
    """Use the checkpoint NAME from now on."""
    _report(_catalogue().select(name), as_json, f"{name} is used from now on.")


@command.command("remove")
@click.argument("name")
@common.json_option
def remove(name: str, as_json: bool) -> None:
    """Delete the file of the checkpoint NAME."""
    catalogue = _catalogue()
    checkpoint = catalogue.get(name)
    state = checkpoint.state
    catalogue.remove(name)
    gone = "is not on this computer" if state == "missing" else "was removed"
    _report(checkpoint, as_json, f"{name} {gone}.")


def _line(word: str) -> Callable[[int, int], None]:
    """Progress as one line that is written over, only where standard error is a terminal."""
    last = [0.0]

    def tell(done: int, total: int) -> None:
        now = time.monotonic()
        if sys.stderr.isatty() and (done == total or now - last[0] > _SECONDS_BETWEEN_LINES):
            last[0] = now
            end = "\n" if done == total else ""
            sys.stderr.write(f"\r{done / 1e6:,.1f} of {total / 1e6:,.1f} MB {word}{end}")
            sys.stderr.flush()

    return tell


def _download_line() -> Callable[[DownloadProgress], None]:
    """Megabytes, speed and time left: a line written over in a terminal, else one line for each tenth."""
    state = {"last": 0.0, "tenth": -1}

    def tell(progress: DownloadProgress) -> None:
        tenth = progress.done * 10 // max(progress.total, 1)
        terminal, now = sys.stderr.isatty(), time.monotonic()
        due = now - state["last"] > _SECONDS_BETWEEN_LINES if terminal else tenth > state["tenth"]
        if progress.phase == "download" and (due or progress.done == progress.total):
            state.update(last=now, tenth=tenth)
            sys.stderr.write(f"\r{_speed_text(progress)}   " if terminal else f"{_speed_text(progress)}\n")
            sys.stderr.flush()
        elif progress.phase == "verify" and terminal and progress.done == progress.total:
            sys.stderr.write("\n")

    return tell


def _speed_text(progress: DownloadProgress) -> str:
    rate = progress.bytes_per_second
    text = f"{progress.done / 1e6:,.1f} of {progress.total / 1e6:,.1f} MB"
    if not rate:
        return text
    left = (progress.total - progress.done) / rate
    return (
        f"{text}, {rate / 1e6:,.1f} MB/s, {left / 60:.0f} min left"
        if left > 90
        else (f"{text}, {rate / 1e6:,.1f} MB/s, {left:.0f} s left")
    )
