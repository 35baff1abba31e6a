"""A recipe file of the user's own, read and checked by the training command before it can be chosen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.training_check import TrainingCheck
from foodcal_desktop.storage.recipe_files import RecipeFile


class RecipeReading(QObject):
    """Signals: ``ready(recipe)`` a RecipeFile that can be trained by; ``refused(sentence)`` what to change in it."""

    ready = Signal(object)
    refused = Signal(str)

    def __init__(self, command: Sequence[str] | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = ""
        self._check = TrainingCheck(command, self)
        self._check.answered.connect(self._on_answered)
        self._check.refused.connect(self._on_refused)

    def read(self, path: str, base: str) -> None:
        """Read a file for a training that starts from ``base``; ``path`` of this object is it until that is known."""
        self.path = path
        self._check.ask("--recipe", path, "--base", base)

    def stop(self) -> None:
        """Leave what is being read."""
        self.path = ""
        self._check.stop()

    def _on_answered(self, document: dict[str, Any]) -> None:
        self.path = ""
        recipe = document["recipe"]
        path = Path(recipe["path"])
        self.ready.emit(RecipeFile(path.name, path, int(recipe["settings"].get("epochs", 0)), bool(recipe["whole"])))

    def _on_refused(self, sentence: str) -> None:
        self.path = ""
        self.refused.emit(sentence)
