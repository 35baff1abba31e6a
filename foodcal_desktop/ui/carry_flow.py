"""Items found again in the next photo or carried through a series, and videos opened as series."""

from __future__ import annotations

from foodcal_desktop.app.carry_session import CarrySession
from foodcal_desktop.app.proposal_session import ProposalSession
from foodcal_desktop.app.video_opening import VideoOpening
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.carry_bar import CarryBar
from foodcal_desktop.ui.flow import Flow


class CarryFlow(Flow):
    """What is found comes as proposals; ``bar`` shows how far the work is and stops it."""

    def __init__(self, page: AnnotatePage, proposals: ProposalSession, actions: Actions, worker: WorkerClient) -> None:
        super().__init__(page, actions)
        self.carrying = CarrySession(worker.jobs, page.library, page.session, proposals)
        self.videos = VideoOpening(worker.jobs, page.library, self)
        self.bar = CarryBar()
        self.bar.stop_wanted.connect(self._stop)
        self.carrying.said.connect(self.said)
        self.carrying.changed.connect(self._show)
        self.videos.changed.connect(self._show)
        self.bind({"carry.next": self._next, "carry.through": self._through, "carry.stop": self._stop})
        self._show()

    def _next(self) -> None:
        rows, later = self._rows(), self._later_rows()
        if not rows:
            self.said.emit(self.tr("There is no mask to look for; mark a food first."))
        elif not later:
            self.said.emit(self.tr("This is the last photo."))
        else:
            paths = self._paths([self._page.library.current, later[0]])
            self.carrying.begin(paths, rows, by_memory=False)
            self.said.emit(self.tr("Looking for the items in the next photo…"))
            self._page.library.select(later[0])

    def _through(self) -> None:
        rows, library = self._rows(), self._page.library
        if not rows:
            self.said.emit(self.tr("There is no mask to carry; mark a food first."))
            return
        folder = library.item(library.current).path.parent
        series = [row for row in self._later_rows() if library.item(row).path.parent == folder]
        if not series:
            self.said.emit(self.tr("No photo of this folder comes after this one; open a video or a series first."))
        else:
            self.carrying.begin(self._paths([library.current, *series]), rows, by_memory=True)

    def _rows(self) -> list[Annotation]:
        """The selected annotations, or all of them."""
        ids = self._page.selected_ids() or [a.id for a in self._session.annotations]
        return [a for a in self._session.annotations if a.id in ids]

    def _later_rows(self) -> list[int]:
        """The photos that follow in the queue as it is shown; none while the open photo is only being opened."""
        library, order = self._page.library, self._page.order
        current = self._page.current_row()
        if current is None:
            return []
        shown = list(order.rows) if order is not None else list(range(len(library)))
        after = shown[shown.index(current) + 1 :] if current in shown else []
        return [row for row in after if not library.item(row).error]

    def _paths(self, rows: list[int]) -> list[str]:
        return [str(self._page.library.item(row).path) for row in rows]

    def _stop(self) -> None:
        self.videos.stop()
        self.carrying.stop()

    def _show(self) -> None:
        self._actions["carry.stop"].setEnabled(self.carrying.running or self.videos.running)
        if self.videos.running:
            text = self.tr("Reading {0}: {1} photos").format(self.videos.name, self.videos.frames)
            self.bar.show_progress(text, 0, 0)
        elif self.carrying.running:
            done, total = self.carrying.done, self.carrying.total
            self.bar.show_progress(self.tr("Carrying items: {0} of {1}").format(done, total), done, total)
        else:
            self.bar.hide()
