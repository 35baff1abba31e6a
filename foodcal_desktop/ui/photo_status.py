"""What the foot of the window says all the time: what the segmenter does, and how large the photo is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from foodcal_desktop.app.worker_client import WorkerClient
    from foodcal_desktop.ui.annotate_page import AnnotatePage
    from foodcal_desktop.ui.status_line import StatusLine


class PhotoStatus(QObject):
    """Keeps the line's lasting state and view in step with the worker and the canvas."""

    def __init__(self, line: StatusLine, page: AnnotatePage, worker: WorkerClient) -> None:
        super().__init__(line)
        self._line, self._page, self._worker = line, page, worker
        worker.state_changed.connect(self.show_state)
        worker.embedded.connect(lambda _: self.show_state(worker.state))
        page.canvas.view_changed.connect(self.show_view)
        self.show_state(worker.state)

    def show_state(self, state: str) -> None:
        """Say what the segmenter is doing."""
        words = {
            "starting": self.tr("Starting the segmenter… your clicks are kept"),
            "encoding": self.tr("Encoding… your clicks are kept"),
            "finding": self.tr("Looking for foods… go on meanwhile; Esc leaves it"),
            "ready": self.tr("Everything is saved"),
            "restarting": self.tr("The segmenter stopped and starts again; your clicks are kept"),
            "broken": self.tr("The segmenter cannot run; see what `foodcal-desktop doctor` says"),
        }
        photo = self._page.session.photo
        # What is encoded ahead is nothing the person has to wait for.
        ahead = state == "encoding" and photo is not None and self._worker.has_embedding(photo.sha256)
        self._line.set_state(words["ready" if ahead else state] if state in words else "")

    def show_view(self) -> None:
        """Say how large the photo is shown, while it is."""
        photo, canvas = self._page.session.photo, self._page.canvas
        if photo is None or self._page.isHidden():
            self._line.set_view("")
            return
        percent = canvas.view.scale * canvas.devicePixelRatioF() * 100
        self._line.set_view(f"{photo.width} × {photo.height}   {percent:.0f} %")
