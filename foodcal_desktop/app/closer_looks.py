"""Each answer is looked at closer while the person looks at it; the finer mask takes its place, and no click waits."""

from __future__ import annotations

from collections import deque

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.late_accepts import Target
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.looks import CLOSER, Looked
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate, Prompts

# So many finer masks are known again when the choice or undo shows them again; no food takes as many clicks.
_KNOWN = 64


class CloserLooks(QObject):
    """Asks for the finer mask of what the checkpoint answered, and puts it where that answer is by then.

    That is the candidate being marked, or an annotation that was accepted meanwhile: there the finer mask becomes a
    part of the edit that made it, and keeps its clicks, for on a photo with a scale ``Sharpening`` measures it next.
    ``settled()`` once a look has come to its end, whatever came of it.

    To be made before whoever turns what is accepted into annotations: a mask is to be known as looked at by then.
    """

    settled = Signal()

    def __init__(
        self, worker: WorkerClient, prompts: PromptSession, session: PhotoSession, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._looks, self._prompts, self._session = worker.looks, prompts, session
        # What was asked about, by the number that its answer will carry.
        self._asked: dict[str, Candidate] = {}
        self._number = 0
        # The last question about what is being marked: a newer one takes its place.
        self._marking = ""
        # Looked at once more they would change once more, each time that they are shown.
        self._finer: deque[Candidate] = deque(maxlen=_KNOWN)
        worker.looks.looked.connect(self._on_looked)
        worker.looks.failed.connect(self._on_failed)
        prompts.changed.connect(self._on_changed)
        prompts.accepted.connect(self._on_accepted)
        session.opened.connect(self._asked.clear)

    @property
    def waiting(self) -> bool:
        """Whether something is being looked at."""
        return bool(self._asked)

    def is_looking_at(self, mask: Mask) -> bool:
        """Whether a finer mask is to come in the place of this one."""
        return any(one.mask == mask for one in self._asked.values())

    def _on_changed(self) -> None:
        prompts, candidate = self._prompts, self._prompts.candidate
        if candidate is None:
            self._marking = ""
        elif not (prompts.waiting or prompts.drawn or prompts.prompts.is_empty or self._is_known(candidate)):
            self._asked.pop(self._marking, None)
            self._marking = self._ask(candidate, prompts.prompts, instead_of=self._marking)

    def _on_accepted(self, candidate: Candidate, prompts: Prompts, target: Target | None) -> None:
        """What was accepted before its answer came is looked at now; a coin is read from the whole photo."""
        is_coin = target is not None and bool(target.reference)
        if not (self._prompts.by_hand or prompts.is_empty or is_coin or self._is_known(candidate)):
            self._ask(candidate, prompts)

    def _is_known(self, candidate: Candidate) -> bool:
        """Whether it was asked about, or is an answer."""
        return any(candidate is one for one in (*self._finer, *self._asked.values()))

    def _ask(self, candidate: Candidate, prompts: Prompts, instead_of: str = "") -> str:
        if self._session.photo is None:
            return ""
        self._number += 1
        item = str(self._number)
        self._asked[item] = candidate
        self._looks.look_closer(self._session.photo, item, prompts, candidate, instead_of)
        return item

    def _on_failed(self, _what: str, item: str) -> None:
        if self._asked.pop(item, None) is not None:
            self.settled.emit()

    def _on_looked(self, looked: Looked) -> None:
        asked = self._asked.pop(looked.item, None) if looked.what == CLOSER else None
        if asked is None:
            return
        if looked.candidates:
            self._put(asked, looked.candidates[0])
        self.settled.emit()

    def _put(self, asked: Candidate, finer: Candidate) -> None:
        if self._prompts.candidate is asked:
            self._finer.append(finer)
            self._prompts.refine(asked, finer)
        elif finer.mask != asked.mask:
            self._amend(asked, finer)

    def _amend(self, asked: Candidate, finer: Candidate) -> None:
        """The annotation that has the mask asked about, unless something undone waits to be made again."""
        row = next((a for a in self._session.annotations if a.mask == asked.mask and a.clicks is not None), None)
        if row is not None and self._session.redo_label is None:
            self._session.sharpen(row.id, finer.mask, row.clicks)
