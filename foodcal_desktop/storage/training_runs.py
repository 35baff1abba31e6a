"""Where a training keeps what it learned until it is over, and the file by which it is paused or given up."""

from __future__ import annotations

from pathlib import Path

from foodcal_desktop.storage import paths
from foodcal_desktop.storage.files import write_whole

STATE = "state.pt"
PAUSE, CANCEL, GO = "pause", "cancel", "go"


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
    folder = paths.data_dir() / "training"
    states = sorted(folder.glob(f"*/{STATE}"), key=lambda path: -path.stat().st_mtime)
    return [path.parent.name for path in states]
