"""Offering a scale unasked: what looks most like a coin on a photo without a scale, once nobody is clicking."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.looks import ROUND, Looked
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.core.reference_finder import OfferedReference, offer_reference

QUESTION = "reference"
"""The name under which a photo's "no" is remembered."""

_IDLE_MS = 600


class ScaleOffer(QObject):
    """``changed()`` announces another offer, or none."""

    changed = Signal()

    def __init__(
        self, worker: WorkerClient, session: PhotoSession, prompts: PromptSession, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._worker, self._looks, self._session, self._prompts = worker, worker.looks, session, prompts
        self._found: tuple[Candidate, ...] | None = None
        # Others are told of another photo before this is: what was found until then is not on it.
        self._found_on = ""
        self.waits: Callable[[], bool] = lambda: False
        """Asked whether something else is gone through on the photo, which comes first."""
        self._refused = self._asked = self._aside = False
        self._kept: tuple[tuple[Mask, ...], OfferedReference | None] | None = None
        self._idle = QTimer(self, singleShot=True, interval=_IDLE_MS)
        self._idle.timeout.connect(self._ask)
        worker.embedded.connect(lambda _: self._wait())
        worker.looks.looked.connect(self._on_looked)
        session.opened.connect(self._on_opened)
        session.edited.connect(lambda _: self.changed.emit())
        prompts.changed.connect(self._on_prompts)

    @property
    def offered(self) -> OfferedReference | None:
        """What may be a coin; None where the photo has a scale, where it was said to be none, or nothing is round.

        None before the first item, too: until then nobody weighs anything, and half a fruit may look like a coin.
        """
        photo = self._session.photo
        if photo is None or photo.sha256 != self._found_on:
            return None
        if not self._wanted or not self._found or self._aside or self._prompts.active or self.waits():
            return None
        foods = tuple(a.mask for a in self._session.annotations)
        if not foods:
            return None
        if self._kept is None or self._kept[0] != foods:
            self._kept = (foods, offer_reference(self._found, foods, self._session.pixels))
        return self._kept[1]

    def take(self, kind: str) -> None:
        """It is one: the photo's scale. Raises ValueError where it has not the shape of that kind."""
        offered = self.offered
        if offered is not None:
            self._session.mark_reference([offered.candidate], kind)

    def refuse(self) -> None:
        """It is none, and nothing else on this photo is; remembered."""
        if self._session.photo is not None:
            self._session.store.wave(self._session.photo.sha256, QUESTION)
            self._refused = True
            self.changed.emit()

    def put_aside(self) -> None:
        """Not now; another time the photo is opened it is offered again."""
        self._aside = True
        self.changed.emit()

    @property
    def _wanted(self) -> bool:
        return self._session.photo is not None and not self._refused and not self._session.references

    def _on_opened(self) -> None:
        photo = self._session.photo
        self._found, self._kept, self._asked, self._aside = None, None, False, False
        self._refused = photo is not None and QUESTION in self._session.store.waved(photo.sha256)
        self._looks.forget()
        self._wait()
        self.changed.emit()

    def _on_prompts(self) -> None:
        if self._prompts.active:
            self._idle.stop()
            if self._asked and self._found is None:
                self._looks.give_up_round()
                self._asked = False
        else:
            self._wait()
        self.changed.emit()

    def _wait(self) -> None:
        if self._wanted and self._found is None and not self._asked:
            self._idle.start()

    def _ask(self) -> None:
        photo = self._session.photo
        if self._worker.state == "finding":
            # Each of the two gives up for the other: asked now, neither would ever come to an end.
            self._idle.start()
            return
        busy = self._prompts.active or self._prompts.accepting
        if photo is not None and self._wanted and not busy and not self._asked:
            self._asked = self._looks.look_round(photo)

    def _on_looked(self, looked: Looked) -> None:
        photo = self._session.photo
        if looked.what != ROUND or photo is None or looked.photo != photo.sha256:
            return
        self._found, self._found_on, self._asked = looked.candidates, looked.photo, False
        if looked.candidates is None:
            self._wait()
        self.changed.emit()
