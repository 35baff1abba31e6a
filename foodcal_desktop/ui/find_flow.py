"""Going through the foods that the checkpoint proposes, and what no mask covers yet."""

from __future__ import annotations

from collections.abc import Callable

from foodcal_desktop.app.mask_editing import MaskEditing
from foodcal_desktop.app.proposal_session import ProposalSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_flow import AnnotateFlow
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.carry_bar import CarryBar
from foodcal_desktop.ui.flow import Flow


class FindFlow(Flow):
    """Enter accepts the current proposal, Del rejects it, a click on it corrects it, Tab goes on.

    While foods are looked for ``bar`` shows how far that is; Esc, its button, or the action again leaves it.
    """

    def __init__(
        self, page: AnnotatePage, proposals: ProposalSession, main: AnnotateFlow, actions: Actions, worker: WorkerClient
    ) -> None:
        super().__init__(page, actions)
        self._proposals, self._main, self._worker = proposals, main, worker
        self._editing = MaskEditing(page.session)
        proposals.failed.connect(lambda text: self.said.emit(wording.sentence(text)))
        proposals.changed.connect(self._page.refresh_overlay)
        self.bar, self._was_looking = CarryBar(), False
        self.bar.stop_wanted.connect(self._leave)
        for how_far in (proposals.changed, proposals.progressed):
            how_far.connect(self._show_progress)
        main.before = self._take_over
        main.added_like.connect(lambda like, added: proposals.confirmed.emit(like, added, True))
        self.bind(
            {
                "find.all": self._find,
                "find.accept_all": self._accept_all,
                "view.uncovered": self._page.refresh_overlay,
            }
        )

    def _find(self) -> None:
        if self._proposals.looking:
            self._leave()
            return
        self._page.select("")
        self._proposals.find()
        if self._proposals.known:
            self._say_if_none()

    def _leave(self) -> None:
        self._was_looking = False
        self._proposals.leave()
        self.said.emit(self.tr("Not looking for foods any more; nothing was changed. Ctrl+F looks again."))

    def _show_progress(self) -> None:
        proposals, was_looking = self._proposals, self._was_looking
        self._was_looking = proposals.looking
        if proposals.looking:
            percent = round(100 * proposals.progress)
            # Nothing is known before the photo is encoded, nor where a detector looks.
            self.bar.show_progress(self.tr("{0} %").format(percent) if percent else "", percent, 100 if percent else 0)
        else:
            self.bar.hide()
            if was_looking and proposals.known:
                self._say_if_none()

    def _say_if_none(self) -> None:
        if not self._proposals.shown:
            self.said.emit(self.tr("Nothing more was found; click what is missing."))

    def _take_over(self, what: str, x: float = 0.0, y: float = 0.0) -> bool:
        """What a key or a click means while proposals are shown; False where it means the usual thing."""
        if what == "discard" and self._proposals.looking and not self._prompts.active:
            self._leave()
            return True
        if not self._proposals.shown or self._prompts.active:
            return False
        if what == "point":
            return self._refine(x, y)
        meanings: dict[str, Callable[[], object]] = {
            "accept": self._accept,
            "delete": self._proposals.reject,
            "discard": self._proposals.put_aside,
            "next": lambda: self._proposals.step(1),
            "previous": lambda: self._proposals.step(-1),
        }
        meanings[what]()
        return True

    def _accept(self) -> None:
        taken = self._proposals.take()
        if taken is not None:
            self.attempt(lambda: self._add(taken))

    def _add(self, taken: Candidate) -> None:
        like = self._proposals.like(taken)
        (added,) = self._editing.add_all([(taken, like)], self._worker.checkpoint, self.tr("Accept a proposal"))
        if like is None or not like.label:
            self._main.name(added)
        else:
            self._page.select(added)
        if like is not None:
            self._proposals.confirmed.emit(like, added, False)

    def _accept_all(self) -> None:
        shown = self._proposals.shown
        if not shown:
            self.said.emit(self.tr("Find the foods first (Ctrl+F)."))
            return
        pairs = [(one, self._proposals.like(one)) for one in shown]
        added = self._editing.add_all(pairs, self._worker.checkpoint)
        for (_, like), annotation_id in zip(pairs, added, strict=True):
            if like is not None:
                self._proposals.confirmed.emit(like, annotation_id, False)
        self._proposals.put_aside()
        self.said.emit(self.tr("{0} masks added. Ctrl+Z takes them back.").format(len(shown)))

    def _refine(self, x: float, y: float) -> bool:
        """The proposal under the click is the start of the click's answer; elsewhere it is a click like any."""
        if not self._proposals.choose_at(x, y):
            return False
        taken = self._proposals.take()
        if taken is not None:
            self._main.next_like = self._proposals.like(taken)
            self._prompts.begin_with(taken.mask, taken.predicted_iou, taken.logits if taken.logits.size else None)
        return False
