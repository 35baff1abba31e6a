"""Watches what annotating costs: prompts and time until a mask is there, and changes of it afterwards."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QObject, QTimer, Signal

from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.effort import Effort, EffortSum
from foodcal_desktop.core.prompt import Prompts
from foodcal_desktop.storage.database import DatabaseError
from foodcal_desktop.storage.effort_store import EffortStore

PAUSE_SECONDS = 30.0
"""Longer without a prompt or an edit is a pause: no more than this much of it counts as work."""

# Writing waits for the disk, and what an edit shows should not: the log is written a moment later.
_WRITE_MS = 300


class EffortLog(QObject):
    """Notes an effort for each annotation that is made or whose mask is changed. ``changed`` announces other sums."""

    changed = Signal()

    def __init__(
        self,
        journal: Journal,
        session: PhotoSession,
        prompts: PromptSession,
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._database = journal.store.database
        self._store = EffortStore(self._database)
        self._waiting: list[Effort] = []
        self._writer = QTimer(self, singleShot=True, interval=_WRITE_MS)
        self._writer.timeout.connect(self.write)
        self._journal, self._prompts = journal, prompts
        self._clock = clock
        self._seen = Prompts()
        self._start_anew()
        session.opened.connect(self._start_anew)
        prompts.changed.connect(self._on_prompts)
        journal.edited.connect(self._on_edited)

    @property
    def sums(self) -> tuple[EffortSum, ...]:
        """What annotating has cost by checkpoint, that of most annotations first."""
        self.write()
        return self._store.sums()

    def of_annotation(self, annotation_id: str) -> Effort | None:
        """What one annotation has cost, or None where that was not noted."""
        self.write()
        return self._store.of_annotation(annotation_id)

    def write(self) -> None:
        """Write down at once what was noted; called before the database is closed.

        What the disk refuses is told by the journal's ``refused``, and is written with what is noted next.
        """
        self._writer.stop()
        if not self._waiting:
            return
        try:
            with self._database.transaction():
                for effort in self._waiting:
                    self._store.add(effort)
        except DatabaseError as error:
            # Raised here it would keep a window that closes from closing its database.
            self._journal.refused.emit(str(error))
        else:
            self._waiting.clear()

    def _start_anew(self) -> None:
        self._clicks, self._seconds, self._last = 0, 0.0, self._clock()

    def _work(self) -> None:
        """Count the time since the last sign of work."""
        now = self._clock()
        self._seconds += min(now - self._last, PAUSE_SECONDS)
        self._last = now

    def _on_prompts(self) -> None:
        before, self._seen = self._seen, self._prompts.prompts
        given = _count(self._seen) - _count(before)
        moved_box = given == 0 and self._seen.box != before.box
        if given > 0 or moved_box:
            self._clicks += max(given, 1)
            self._work()

    def _on_edited(self, edit: Edit) -> None:
        if self._journal.doing == "amend":
            return  # nobody's work
        self._work()
        touched = [change for change in edit.changes if _changes_mask(change)]
        for change in touched:
            self._note(change, share=1 / len(touched))
        if touched:
            self._start_anew()
            self.changed.emit()

    def _note(self, change: Change, share: float) -> None:
        after = change.after
        assert isinstance(after, Annotation)
        now = datetime.now().isoformat(timespec="seconds")
        edits = 0 if change.before is None else 1
        seconds = self._seconds * share
        self._waiting.append(Effort(after.id, after.photo, after.checkpoint, self._clicks, seconds, edits, now))
        if not self._writer.isActive():
            self._writer.start()


def _count(prompts: Prompts) -> int:
    return len(prompts.points) + (prompts.box is not None)


def _changes_mask(change: Change) -> bool:
    if not isinstance(change.after, Annotation):
        return False
    return not isinstance(change.before, Annotation) or change.before.mask != change.after.mask
