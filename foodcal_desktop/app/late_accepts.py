"""Accepts whose masks were still awaited when another photo was opened: they land on their own photo all the same."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.consequences import Consequences
from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.prompt_session import PromptSession
from foodcal_desktop.app.worker_client import WorkerClient
from foodcal_desktop.core.annotation import Annotation, Photo, new_id
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.prompt import Candidate, Prompts
from foodcal_desktop.core.references import best_reference
from foodcal_desktop.core.scale import ScaleReference, resolve_scale


class Target(Protocol):
    """What an accept was for: a kind of scale reference, an annotation to correct, or else a new food."""

    reference: str
    annotation: str
    food: Food | None


@dataclass(frozen=True)
class _Left:
    photo: Photo
    prompts: Prompts
    target: Target


class LateAccepts(QObject):
    """Asks for what was left behind once the open photo waits for nothing. ``said(sentence)`` what came of it."""

    said = Signal(str)

    def __init__(
        self,
        journal: Journal,
        foods: FoodSearch,
        prompts: PromptSession,
        worker: WorkerClient,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._journal, self._worker, self._prompts = journal, worker, prompts
        self._foods, self._consequences = foods, Consequences(journal.store, foods)
        self._waiting: deque[_Left] = deque()
        self._request: int | None = None
        prompts.left_behind.connect(self._on_left)
        prompts.changed.connect(self._next)
        worker.embedded.connect(lambda _: self._next())
        worker.predicted.connect(self._on_predicted)
        worker.predict_failed.connect(self._on_failed)

    @property
    def waiting(self) -> int:
        """How many masks are still to come."""
        return len(self._waiting)

    def _on_left(self, photo: Photo, prompts: Prompts, target: Target) -> None:
        self._waiting.append(_Left(photo, prompts, target))
        self._next()

    def _next(self) -> None:
        """Ask for the first one, unless the person waits for an answer, or its photo has to be encoded first."""
        if not self._waiting or self._request is not None or self._prompts.waiting or self._prompts.accepting:
            return
        first = self._waiting[0]
        if self._worker.has_embedding(first.photo.sha256):
            self._request = self._worker.predict(first.photo.sha256, first.prompts)
        else:
            self._worker.prefetch(first.photo)

    def _on_predicted(self, request: int, candidates: tuple[Candidate, ...]) -> None:
        if self._request is None:
            self._next()
            return
        if request == self._request:
            self._land(self._waiting.popleft(), candidates)
        # Requests are answered in their order: a later answer means that this one was displaced, and it is asked again.
        if request >= self._request:
            self._request = None
            self._next()

    def _on_failed(self, request: int, sentence: str) -> None:
        if request == self._request:
            self._waiting.popleft()
            self._request = None
            self.said.emit(sentence)
            self._next()

    def _land(self, left: _Left, candidates: Sequence[Candidate]) -> None:
        try:
            edit = self._edit(left, candidates)
        except ValueError as error:
            self.said.emit(str(error))
            return
        if edit is not None and self._journal.commit(edit, left.photo.sha256):
            self.said.emit(self.tr("The mask accepted on the photo before is there now."))

    def _edit(self, left: _Left, candidates: Sequence[Candidate]) -> Edit | None:
        """The accept as an edit of its photo, portions and diary included; None where its annotation is gone."""
        store, sha256 = self._journal.store, left.photo.sha256
        before = {row.id: row for row in store.annotations(sha256)}
        references = list(store.scale_references(sha256))
        changes: tuple[Change, ...] = ()
        after, label = dict(before), self.tr("Add a mask")
        if left.target.reference:
            mask = best_reference(list(candidates), left.target.reference, box=left.prompts.box)
            reference = ScaleReference(new_id(), sha256, left.target.reference, mask)
            references.append(reference)
            changes, label = (Change(reference.id, None, reference),), self.tr("Set the scale")
        elif left.target.annotation:
            if left.target.annotation not in before:
                return None
            row = replace(before[left.target.annotation], mask=candidates[0].mask)
            after[row.id], label = row, self.tr("Correct a mask")
        else:
            row = self._new(left, candidates[0], before.values())
            after[row.id] = row
        scale = resolve_scale(references)
        return Edit(label, self._consequences.complete(sha256, before, after, scale, changes))

    def _new(self, left: _Left, candidate: Candidate, others: Iterable[Annotation]) -> Annotation:
        food = left.target.food
        return Annotation(
            new_id(),
            left.photo.sha256,
            candidate.mask,
            label=food.name if food else "",
            food_id=food.id if food else None,
            predicted_iou=candidate.predicted_iou,
            checkpoint=self._worker.checkpoint,
            order=max((row.order for row in others), default=-1) + 1,
            created_at=datetime.now().isoformat(timespec="seconds"),
        )
