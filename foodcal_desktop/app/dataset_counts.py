"""How many photos and masks of a dataset's folder a training would learn from, counted beside the window."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.training_check import TrainingCheck
from foodcal_desktop.dataset.formats import files_of_dataset
from foodcal_desktop.dataset.instances import LeftOut

# Where a dataset says what it holds, and when that was written: its time in ns and its size in bytes.
_Written = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class DatasetCount:
    """Photos and masks that teach, photos held out, and the sentence about annotations that are of no use."""

    photos: int
    masks: int
    held_out: int
    left_out: str = ""


class DatasetCounts(QObject):
    """Counts a folder once for each time it was written. ``changed()`` when another count or problem is known."""

    changed = Signal()

    def __init__(self, command: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._known: dict[_Written, DatasetCount | str] = {}
        self._asked: _Written | None = None
        self._check = TrainingCheck(command, self)
        self._check.answered.connect(self._on_answered)
        self._check.refused.connect(self._learn)

    def count(self, folder: str) -> DatasetCount | None:
        """What a folder holds; None while it is counted, and where it cannot be read."""
        known = self._look(folder)
        return known if isinstance(known, DatasetCount) else None

    def problem(self, folder: str) -> str:
        """Why a folder cannot be learned from, "" while that is not known."""
        known = self._look(folder)
        return known if isinstance(known, str) else ""

    def is_counting(self, folder: str) -> bool:
        """Whether it is being counted just now."""
        return self._asked is not None and self._asked[0] == folder

    def forget(self, folder: str) -> None:
        """Read a folder anew: it is chosen again, and what was wrong may be mended without a change of its file."""
        self._known = {written: known for written, known in self._known.items() if written[0] != folder}

    def stop(self) -> None:
        """Count no more."""
        self._asked = None
        self._check.stop()

    def _look(self, folder: str) -> DatasetCount | str | None:
        written = when_written(folder)
        if written is None or written in self._known:
            return self._known[written] if written else None
        if written != self._asked:
            self._asked = written
            self._check.ask(folder)
        return None

    def _on_answered(self, document: dict[str, Any]) -> None:
        values = document["dataset"]
        left_out = LeftOut(**values["left_out"]).sentence()
        self._learn(DatasetCount(values["photos"], values["objects"], values["val_photos"], left_out))

    def _learn(self, known: DatasetCount | str) -> None:
        if self._asked is not None:
            self._known[self._asked], self._asked = known, None
            self.changed.emit()


def when_written(folder: str) -> _Written | None:
    """The folder with its annotations' time and size; None where it holds none, or none that can be seen."""
    try:
        found = [file.stat() for file in files_of_dataset(Path(folder))]
    except OSError:
        return None
    return (folder, max(one.st_mtime_ns for one in found), sum(one.st_size for one in found)) if found else None
