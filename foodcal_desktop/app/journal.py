"""The one place where an edit is made: stored, remembered for undo, announced."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from foodcal_desktop.core.edit import Edit
from foodcal_desktop.storage.database import DatabaseError
from foodcal_desktop.storage.edit_journal import EditJournal
from foodcal_desktop.storage.store import EditConflict, Store

# How often it is asked whether a command, or a second window, has written; the question costs microseconds.
_LOOK_MS = 1000


class Journal(QObject):
    """Commits edits, and takes them back per scope: a photo's sha256, or a diary day (``day:<ISO date>``).

    ``edited(Edit)`` announces what changed, undo and redo included; ``refused(sentence)`` that nothing did;
    ``changed_elsewhere()`` that another program wrote, so that what is shown has to be read again.
    """

    edited = Signal(object)
    refused = Signal(str)
    changed_elsewhere = Signal()

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self._lines = EditJournal(store)
        # What an announced edit came by: "commit", "amend", "undo" or "redo".
        self.doing = "commit"
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def commit(self, edit: Edit, scope: str) -> bool:
        """Make an edit. Returns whether it was made; if not, ``refused`` says why."""
        if not edit.changes:
            return False
        return self._announced(lambda: self._committed(edit, scope))

    def amend(self, edit: Edit, scope: str) -> bool:
        """Make a look at a mask again a part of the edit that called for it. Returns as ``commit``."""
        if not edit.changes:
            return False
        return self._announced(lambda: self._amended(edit, scope), "amend")

    def undo_label(self, scope: str) -> str | None:
        """What undo would take back."""
        return self._lines.labels(scope).undo

    def redo_label(self, scope: str) -> str | None:
        """What redo would make again."""
        return self._lines.labels(scope).redo

    def last_edit(self, scope: str) -> tuple[int, Edit] | None:
        """The edit that undo would take back, with a number that is higher for later edits, or None."""
        try:
            return self._lines.last(scope)
        except EditConflict:
            return None

    def undo(self, scope: str) -> bool:
        """Take the last edit back; False where there is none, or where its rows were changed since."""
        return self._announced(lambda: self._lines.undo(scope), "undo")

    def redo(self, scope: str) -> bool:
        """Make the last undone edit again; False where there is none, or where its rows were changed since."""
        return self._announced(lambda: self._lines.redo(scope), "redo")

    def look(self) -> None:
        """Ask at once whether another program has written, and say so by ``changed_elsewhere``."""
        try:
            if self.store.database.changed_elsewhere():
                self.changed_elsewhere.emit()
        except DatabaseError as error:
            self._timer.stop()
            self.refused.emit(str(error))

    def stop(self) -> None:
        """Look no more; called before the database is closed."""
        self._timer.stop()

    def _committed(self, edit: Edit, scope: str) -> Edit:
        self._lines.commit(edit, scope)
        return edit

    def _amended(self, edit: Edit, scope: str) -> Edit:
        self._lines.amend(edit, scope)
        return edit

    def _announced(self, action: Callable[[], Edit | None], doing: str = "commit") -> bool:
        try:
            edit = action()
        except (EditConflict, DatabaseError) as error:
            self.refused.emit(str(error))
            self.look()
            return False
        if edit is not None:
            self._announce(edit, doing)
        return edit is not None

    def _announce(self, edit: Edit, doing: str) -> None:
        """Tell all, who may make edits of their own while they are told."""
        before, self.doing = self.doing, doing
        try:
            self.edited.emit(edit)
        finally:
            self.doing = before
