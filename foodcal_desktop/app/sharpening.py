"""Masks that count an area are looked at again, enlarged, as the portion priors were fitted; what is shown is counted.

Only masks that are just the checkpoint's answer to clicks are, and only on a photo with a scale; a mask for which a
finer one is still to come waits for that. What is found becomes a part of the edit that made the mask or set the scale,
so that one undo takes both back, whatever was done since.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.closer_looks import CloserLooks
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.looks import AGAIN, Looked
from foodcal_desktop.core.mask import Mask


class Sharpening(QObject):
    """``said(sentence)`` once the last mask that was looked at is there."""

    said = Signal(str)

    def __init__(
        self, worker: WorkerClient, session: PhotoSession, closer: CloserLooks, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._looks, self._session, self._closer = worker.looks, session, closer
        # The masks asked about, by the annotation's id.
        self._asked: dict[str, Mask] = {}
        self._moved = False
        worker.looks.looked.connect(self._on_looked)
        worker.looks.failed.connect(lambda _what, item: self._asked.pop(item, None))
        session.opened.connect(self._on_opened)
        session.edited.connect(lambda _: self._on_edited())
        closer.settled.connect(self._look)

    @property
    def waiting(self) -> bool:
        """Whether masks are being looked at."""
        return bool(self._asked)

    def _on_opened(self) -> None:
        self._asked.clear()
        self._look()

    def _on_edited(self) -> None:
        """What undo and redo show is shown as it was."""
        if self._session.doing == "commit":
            self._look()

    def _look(self) -> None:
        photo = self._session.photo
        if photo is None or not self._session.references:
            return
        for row in self._session.annotations:
            if row.clicks is None or self._asked.get(row.id) == row.mask or self._closer.is_looking_at(row.mask):
                continue
            self._asked[row.id] = row.mask
            self._looks.look_again(photo, row.id, row.mask, row.clicks)

    def _on_looked(self, looked: Looked) -> None:
        if looked.what != AGAIN or looked.mask is None or self._asked.get(looked.item) is None:
            return
        asked = self._asked.pop(looked.item)
        row = next((a for a in self._session.annotations if a.id == looked.item), None)
        if row is not None and self._fits(row, asked):
            self._moved = self._moved or looked.mask != row.mask
            self._session.sharpen(row.id, looked.mask)
        if not self._asked and self._moved:
            self._moved = False
            self.said.emit(self.tr("Outlines looked at again, enlarged: what is painted is what is weighed."))

    def _fits(self, row: Annotation, asked: Mask) -> bool:
        """Whether the answer is still about what is shown, and nothing undone waits to be made again."""
        redo = self._session.redo_label is not None
        return row.mask == asked and row.clicks is not None and bool(self._session.references) and not redo
