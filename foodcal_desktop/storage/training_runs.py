"""Where a training keeps what it learned until it is over, what it was asked, and the file by which it is led."""

from __future__ import annotations

import itertools
import json
import shutil
from collections.abc import Container, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from foodcal_desktop.storage import paths
from foodcal_desktop.storage.files import write_whole

STATE = "state.pt"
ORDER, TOLD = "order.json", "epochs.jsonl"
PAUSE, CANCEL, GO = "pause", "cancel", "go"


@dataclass(frozen=True, slots=True)
class Run:
    """What a training was asked: only with the same can it be gone on with.

    ``dataset`` "" means all corrections there were at its start, ``recipe`` "" the usual one, ``epochs`` 0 the
    recipe's. ``base`` "" where an earlier program wrote no order.
    """

    name: str
    base: str = ""
    dataset: str = ""
    recipe: str = ""
    epochs: int = 0


def run_folder(name: str) -> Path:
    """The folder of the run that will become the checkpoint of this name."""
    return paths.data_dir() / "training" / name


def control_file(folder: Path) -> Path:
    """What a running training reads between its steps; it holds one of PAUSE, CANCEL and GO."""
    return folder / "control"


def command(folder: Path, word: str) -> None:
    """Tell the training of a run folder. Raises OSError where there is no such folder."""
    write_whole(control_file(folder), word.encode())


def unfinished() -> list[str]:
    """The names of trainings that were interrupted and can be gone on with, the latest first."""
    names = [path.parent.name for path in (paths.data_dir() / "training").glob(f"*/{STATE}")]
    # One that another process has ended meanwhile is none.
    saved = [(when, name) for name in names if (when := saved_at(name)) is not None]
    return [name for _, name in sorted(saved, key=lambda one: (-one[0], one[1]))]


def saved_at(name: str) -> float | None:
    """When the state of an interrupted training was saved last, in seconds of the epoch; None where there is none."""
    try:
        return (run_folder(name) / STATE).stat().st_mtime
    except OSError:
        return None


def set_aside(name: str, taken: Container[str]) -> str:
    """Give an interrupted training a name that is free, so that another may have its own; the new name.

    Raises:
        OSError: its folder cannot be renamed.
    """
    free = (f"{name}-{number}" for number in itertools.count(2))
    other = next(one for one in free if one not in taken and not run_folder(one).exists())
    run_folder(name).rename(run_folder(other))
    return other


def discard(name: str) -> None:
    """Throw away all that a training that does not run has learned. Raises OSError."""
    folder = run_folder(name)
    if folder.exists():
        shutil.rmtree(folder)


def write_order(folder: Path, run: Run) -> None:
    """Note what a training was asked. Raises OSError."""
    write_whole(folder / ORDER, json.dumps(asdict(run), ensure_ascii=False).encode())


def read_order(name: str) -> Run:
    """What the training of this name was asked; only its name where that was not noted."""
    try:
        return Run(**{**json.loads((run_folder(name) / ORDER).read_bytes()), "name": name})
    except (OSError, ValueError, TypeError):
        return Run(name)


def note_epoch(folder: Path, values: Mapping[str, Any]) -> None:
    """Keep an epoch's figures, for the curve of a training gone on with. Raises OSError."""
    with (folder / TOLD).open("a", encoding="utf-8") as file:
        file.write(json.dumps(dict(values)) + "\n")


def noted_epochs(name: str) -> list[dict[str, Any]]:
    """The figures of each epoch that was over, as in an "epoch" event; a line cut off by a crash is left out."""
    try:
        lines = (run_folder(name) / TOLD).read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        return []
    by_epoch: dict[int, dict[str, Any]] = {}
    for line in lines:
        try:
            values = json.loads(line)
            by_epoch[int(values["epoch"])] = values
        except (ValueError, TypeError, KeyError):
            continue
    return [by_epoch[epoch] for epoch in sorted(by_epoch)]
