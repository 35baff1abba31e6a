"""The one place where an edit is made: stored, remembered for undo, announced."""

from __future__ import annotations

from collections import defaultdict

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.core.edit import Edit, History
from foodcal_desktop.storage.database import DatabaseError
from foodcal_desktop.storage.store import EditConflict, Store


class Journal(QObject):
    """Commits edits, and takes them back per scope: a photo's sha256, or a diary day.

    ``edited(Edit)`` announces what changed, undo and redo included; ``refused(sentence)`` that nothing did.
    """

    edited = Signal(object)
    refused = Signal(str)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store = store
        self._histories: defaultdict[str, History] = defaultdict(History)

    def commit(self, edit: Edit, scope: str) -> bool:
        """Make an edit. Returns whether it was made; if not, ``refused`` says why."""
        if not edit.changes or not self._apply(edit):
            return False
        self._histories[scope].push(edit)
        self.edited.emit(edit)
        return True

    def undo_label(self, scope: str) -> str | None:
        """What undo would take back."""
        edit = self._histories[scope].next_undo
        return edit.label if edit else None

    def redo_label(self, scope: str) -> str | None:
        """What redo would make again."""
        edit = self._histories[scope].next_redo
        return edit.label if edit else None

    def undo(self, scope: str) -> bool:
        """Take the last edit back; False where there is none, or where its rows were changed since."""
        history = self._histories[scope]
        edit = history.next_undo
        if edit is None or not self._apply(edit.inverse()):
            return False
        history.mark_undone()
        self.edited.emit(edit.inverse())
        return True

    def redo(self, scope: str) -> bool:
        """Make the last undone edit again; False where there is none, or where its rows were changed since."""
        history = self._histories[scope]
        edit = history.next_redo
        if edit is None or not self._apply(edit):
            return False
        history.mark_redone()
        self.edited.emit(edit)
        return True

    def _apply(self, edit: Edit) -> bool:
        try:
            self.store.apply(edit)
        except (EditConflict, DatabaseError) as error:
            self.refused.emit(str(error))
            return False
        return True
