"""The dataset written by the export command in a process of its own, so that the window stays free."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import QObject, QProcess, Signal

from foodcal_desktop.app.child_program import environment, program


class DatasetExport(QObject):
    """Runs ``foodcal-desktop export``; ``said(sentence)`` tells what came of it."""

    said = Signal(str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process = QProcess(self)
        self._process.setProcessEnvironment(environment())
        self._process.finished.connect(self._on_finished)

    def start(self, folder: Path, format_name: str = "coco") -> str:
        """Export into a folder that is empty or an earlier export; a sentence for the status line."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            return self.tr("The last export is still being written.")
        command, *arguments = program()
        self._process.start(command, [*arguments, "export", "--format", format_name, str(folder), "--json"])
        return self.tr("Exporting to {0}…").format(folder)

    def stop(self) -> None:
        """Give up an export that still runs; its folder is then as it was before."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self._process.kill()
            self._process.waitForFinished(1500)

    def _on_finished(self, status: int) -> None:
        output = bytes(self._process.readAllStandardOutput().data())
        errors = bytes(self._process.readAllStandardError().data()).decode(errors="replace").strip()
        if status != 0:
            self.said.emit(errors.splitlines()[-1] if errors else self.tr("The export stopped; try again."))
            return
        done = json.loads(output)
        self.said.emit(
            self.tr("{0} masks of {1} photos are in {2}.").format(done["annotations"], done["photos"], done["out"])
        )
