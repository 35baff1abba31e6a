"""The foods that the checkpoint proposes on the open photo, gone through one by one, and what no mask covers yet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.coverage import Uncovered, uncovered
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate

# A proposal of which an accepted mask holds this share is no news.
_KNOWN_IOU = 0.7


class ProposalSession(QObject):
    """Proposals of one photo: foods found on it, and before them items carried to it from another photo.

    ``changed`` announces others, or another current one; ``progressed`` that more was asked; ``failed(sentence)``;
    ``confirmed(like, annotation id, corrected)`` tells that the item carried from the annotation ``like`` was accepted.
    """

    changed = Signal()
    progressed = Signal()
    failed = Signal(str)
    confirmed = Signal(object, str, bool)

    def __init__(self, worker: WorkerClient, session: PhotoSession, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._session = worker, session
        self._found: dict[str, list[Candidate]] = {}
        self._gone: set[int] = set()
        # Items carried to photos, with the annotation each was carried from.
        self._offers: dict[str, list[tuple[Candidate, Annotation]]] = {}
        self._looking = ""
        self._wanted = False
        self.progress = 0.0
        """The share of the points asked while foods are being looked for, 0 to 1."""
        self.rejected: frozenset[int] = frozenset()
        """The proposals, by their identity, that are no food."""
        # Rejects that can be taken back, each with the photo's edits until then, and those that were.
        self._rejects: list[tuple[Candidate, int]] = []
        self._taken_back: list[Candidate] = []
        self._edits = 0
        self.current = 0
        # The file of a YOLO export whose boxes are the prompts, "" for a grid of clicks.
        self.detector = ""
        worker.found.connect(self._on_found)
        worker.find_progressed.connect(self._on_progress)
        worker.find_failed.connect(self._on_failed)
        session.opened.connect(self._on_opened)
        session.edited.connect(lambda _edit: self._on_edited())

    @property
    def looking(self) -> bool:
        """Whether foods are being looked for on the open photo."""
        return bool(self._looking) and self._photo is not None and self._looking == self._photo.sha256

    @property
    def known(self) -> bool:
        """Whether the open photo has been looked through."""
        return self._photo is not None and self._photo.sha256 in self._found

    @property
    def shown(self) -> tuple[Candidate, ...]:
        """The proposals that are neither accepted nor rejected, best first; none while they are put aside."""
        offered = [c for c, _ in self._offered()]
        found = self._all() if self._wanted else []
        return tuple(c for c in (*offered, *found) if id(c) not in self._gone and not self._is_covered(c.mask))

    @property
    def chosen(self) -> Candidate | None:
        """The current proposal."""
        shown = self.shown
        return shown[self.current % len(shown)] if shown else None

    def offer(self, photo: str, offers: Sequence[tuple[Candidate, Annotation]]) -> None:
        """Items carried to a photo, in place of those that were."""
        self._put_offers(photo, offers)
        if self._photo is not None and self._photo.sha256 == photo:
            self.current = 0
            self.changed.emit()

    def like(self, proposal: Candidate | None) -> Annotation | None:
        """The annotation that a proposal was carried from; None for a food that was found."""
        return next((row for c, row in self._offered() if c is proposal), None)

    def find(self) -> None:
        """Propose every food on the open photo; what was rejected before comes back."""
        if self._photo is None:
            return
        self._begin_anew(wanted=True)
        if not self.known:
            self._looking, self.progress = self._photo.sha256, 0.0
            self._worker.find(self._photo, self.detector)
        self.changed.emit()

    def leave(self) -> None:
        """Look no further; what was carried here stays offered."""
        if self._looking:
            self._looking, self._wanted = "", False
            self._worker.leave_find()
            self.changed.emit()

    def step(self, by: int) -> None:
        """Go to the next or the previous proposal."""
        count = len(self.shown)
        if count:
            self.current = (self.current + by) % count
            self.changed.emit()

    def choose_at(self, x: float, y: float) -> bool:
        """Go to the smallest proposal that holds a point; False where there is none."""
        found = [(c.mask.area, i) for i, c in enumerate(self.shown) if c.mask.contains(x, y)]
        if found:
            self.current = min(found)[1]
            self.changed.emit()
        return bool(found)

    def take(self) -> Candidate | None:
        """Remove the current proposal, to be accepted, rejected or refined, and go to the next one."""
        chosen, count = self.chosen, len(self.shown)
        if chosen is not None:
            self.current %= count
            self._gone.add(id(chosen))
            self.current = 0 if self.current >= count - 1 else self.current
            self.changed.emit()
        return chosen

    def reject(self) -> None:
        """The current proposal is no food: it does not count as not covered either."""
        if (chosen := self.chosen) is not None:
            self._taken_back.clear()
            self._reject(chosen)

    @property
    def steps(self) -> tuple[bool, bool]:
        """Whether a reject was the last thing done on the photo, and whether one can be made again."""
        return bool(self._rejects) and self._rejects[-1][1] == self._edits, bool(self._taken_back)

    def undo(self) -> bool:
        """Bring the proposal rejected last back; False where that was not the last thing done on the photo."""
        if not self.steps[0]:
            return False
        one, _ = self._rejects.pop()
        self._taken_back.append(one)
        self._gone.discard(id(one))
        self.rejected -= {id(one)}
        self._go_to(one)
        return True

    def redo(self) -> bool:
        """Reject what was brought back last again; False where there is none."""
        if not self._taken_back:
            return False
        one = self._taken_back.pop()
        self._go_to(one)
        self._reject(one)
        return True

    def put_aside(self) -> None:
        """Show none until they are wanted again."""
        self._wanted = False
        self._looking = ""
        self._forget_rejects()
        if self._photo is not None:
            self._put_offers(self._photo.sha256, ())
        self.changed.emit()

    def uncovered(self) -> Uncovered | None:
        """The found food that no annotation covers; None before the photo was looked through."""
        if not self.known:
            return None
        foods = [c.mask for c in self._all() if id(c) not in self.rejected]
        return uncovered(foods, [a.mask for a in self._session.annotations])

    @property
    def _photo(self) -> Photo | None:
        """The open photo: asked of the session, which tells others of another one before this."""
        return self._session.photo

    def _begin_anew(self, wanted: bool) -> None:
        self._wanted, self._gone, self.rejected, self.current = wanted, set(), frozenset(), 0
        self._forget_rejects()

    def _forget_rejects(self) -> None:
        self._rejects.clear()
        self._taken_back.clear()

    def _reject(self, one: Candidate) -> None:
        """The current proposal, which is ``one``."""
        self._rejects.append((one, self._edits))
        self.rejected |= {id(one)}
        self.take()

    def _go_to(self, one: Candidate) -> None:
        self.current = next((i for i, c in enumerate(self.shown) if c is one), 0)
        self.changed.emit()

    def _put_offers(self, photo: str, offers: Sequence[tuple[Candidate, Annotation]]) -> None:
        # The identity of what was offered before may become that of another proposal.
        before = {id(c) for c, _ in self._offers.get(photo, ())}
        self._gone -= before
        self.rejected -= before
        self._offers[photo] = list(offers)

    def _offered(self) -> list[tuple[Candidate, Annotation]]:
        return self._offers.get(self._photo.sha256, []) if self._photo else []

    def _all(self) -> list[Candidate]:
        return self._found.get(self._photo.sha256, []) if self._photo else []

    def _is_covered(self, mask: Mask) -> bool:
        return any(mask.iou(a.mask) > _KNOWN_IOU for a in self._session.annotations)

    def _on_opened(self) -> None:
        self.leave()  # what is found on a photo that is not open would be let go
        self._begin_anew(wanted=False)
        # Proposals are large; those of the open photo are enough.
        self._found = {key: value for key, value in self._found.items() if self._photo and key == self._photo.sha256}
        self.changed.emit()

    def _on_edited(self) -> None:
        if self._session.doing == "commit":
            self._taken_back.clear()
        self._edits += {"commit": 1, "redo": 1, "undo": -1}.get(self._session.doing, 0)
        if self._wanted or self.known or self._offered():
            self.changed.emit()

    def _on_found(self, sha256: str, candidates: tuple[Candidate, ...]) -> None:
        if self._looking == sha256:
            self._looking = ""
        if self._photo is not None and self._photo.sha256 == sha256:
            self._found[sha256] = list(candidates)
            self.changed.emit()

    def _on_progress(self, sha256: str, share: float) -> None:
        if self.looking and self._looking == sha256:
            self.progress = share
            self.progressed.emit()

    def _on_failed(self, sha256: str, sentence: str) -> None:
        if self._looking == sha256:
            self._looking, self._wanted = "", False
            self.failed.emit(sentence)
            self.changed.emit()
