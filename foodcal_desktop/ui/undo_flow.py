"""Undo and redo: on the open photo and on the diary's day, each greyed out where it would do nothing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.edit_labels import edit_label

if TYPE_CHECKING:
    from foodcal_desktop.app.diary_session import DiarySession
    from foodcal_desktop.app.journal import Journal
    from foodcal_desktop.app.photo_session import PhotoSession
    from foodcal_desktop.app.prompt_session import PromptSession
    from foodcal_desktop.app.proposal_session import ProposalSession


class PhotoHistory(QObject):
    """The open photo's: vertices and prompts, rejects and edits have histories of their own, the latest comes first.

    ``changed()`` tells of all but edits, of which the journal does.
    """

    changed = Signal()

    def __init__(self, page: AnnotatePage, proposals: ProposalSession) -> None:
        super().__init__(page)
        self._canvas, self._session, self._prompts, self._proposals = page.canvas, page.session, page.prompts, proposals
        # Who took something back, the last one at the end.
        self._undone: list[PromptSession | PhotoSession | ProposalSession] = []
        for told in (self._canvas.steps_changed, self._session.opened, self._prompts.changed, proposals.changed):
            told.connect(self.changed)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back."""
        if self._canvas.tool_steps[0]:
            return self.tr("The last corner")
        if self._prompts.steps[0]:
            return self.tr("The last click")
        if self._proposals.steps[0]:
            return self.tr("Reject a proposal")
        return self._session.undo_label

    @property
    def redo_label(self) -> str | None:
        """What redo would make again."""
        if self._canvas.tool_steps[1]:
            return self.tr("The last corner")
        return self._label_of(self._next_redo())

    def undo(self) -> bool:
        """Take back the last vertex or prompt, or else what was done last: a reject, or an edit of the photo."""
        if self._canvas.undo_tool():
            return True
        for part in (self._prompts, self._proposals, self._session):
            if part.undo():
                self._undone.append(part)
                self.changed.emit()
                return True
        return False

    def redo(self) -> bool:
        """Make again what was taken back last, vertex, prompt, reject or edit."""
        if self._canvas.redo_tool():
            return True
        part = self._next_redo()
        # What was done since has ended the redo of some.
        while self._undone and self._undone.pop() is not part:
            pass
        done = part is not None and part.redo()
        self.changed.emit()
        return done

    def take_click_back(self) -> None:
        """Take the last prompt back, and nothing else."""
        if self._prompts.undo():
            self._undone.append(self._prompts)
            self.changed.emit()

    def _next_redo(self) -> PromptSession | PhotoSession | ProposalSession | None:
        for part in reversed(self._undone):
            if self._label_of(part) is not None:
                return part
        # What was taken back before the photo was left, or before a restart.
        waits = not self._prompts.active and self._session.redo_label is not None
        return self._session if waits else None

    def _label_of(self, part: PromptSession | PhotoSession | ProposalSession | None) -> str | None:
        if part is None or part is self._session:
            return self._session.redo_label if part else None
        if part is self._prompts:
            return self.tr("The last click") if self._prompts.steps[1] else None
        return self.tr("Reject a proposal") if self._proposals.steps[1] else None


class UndoFlow(QObject):
    """The undo and the redo of the page that is shown; a page without a history of its own has none.

    ``said(sentence)`` what was taken back or made again.
    """

    said = Signal(str)

    def __init__(
        self,
        pages: QStackedWidget,
        actions: Actions,
        histories: Mapping[QWidget, PhotoHistory | DiarySession],
        journal: Journal,
    ) -> None:
        super().__init__(pages)
        self._pages, self._actions, self._histories = pages, actions, histories
        actions["edit.undo"].triggered.connect(self._undo)
        actions["edit.redo"].triggered.connect(self._redo)
        told = [history.changed for history in histories.values()]
        # The sessions were told of an edit before.
        for signal in (*told, pages.currentChanged, journal.edited, journal.changed_elsewhere):
            signal.connect(lambda *_: self.refresh())
        self.refresh()

    def refresh(self) -> None:
        """Name what undo and redo would do on the page that is shown, or grey them out."""
        history = self._history
        for action, label in (
            ("edit.undo", history.undo_label if history else None),
            ("edit.redo", history.redo_label if history else None),
        ):
            self._actions.set_subject(action, None if label is None else edit_label(label))

    @property
    def _history(self) -> PhotoHistory | DiarySession | None:
        return next((one for page, one in self._histories.items() if page is self._pages.currentWidget()), None)

    def _undo(self) -> None:
        history = self._history
        label = history.undo_label if history else None
        if history is not None and history.undo():
            self.said.emit(self.tr("Taken back: {0}.").format(edit_label(label)))

    def _redo(self) -> None:
        history = self._history
        label = history.redo_label if history else None
        if history is not None and history.redo():
            self.said.emit(self.tr("Made again: {0}.").format(edit_label(label)))
