"""What the workers have to say beside their answers, such as that memory ran out and a smaller checkpoint is used."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.worker_child import WorkerChild
from foodcal_desktop.core.messages import Message


class WorkerNotices(QObject):
    """``notice(sentence)``, each one once; after a checkpoint was loaded anew all count as new."""

    notice = Signal(str)

    def __init__(self, children: Sequence[WorkerChild], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._told: set[str] = set()
        for child in children:
            child.received.connect(self.hear)

    def forget(self) -> None:
        """A checkpoint is loaded anew."""
        self._told.clear()

    def hear(self, message: Message) -> None:
        """Tell what a message says for the first time."""
        for sentence in message.values.get("notices", ()):
            if sentence not in self._told:
                self._told.add(sentence)
                self.notice.emit(sentence)
