"""Items carried from the open photo to the next one, or through a series; each find is offered to be confirmed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.encoder_jobs import EncoderJobs
from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.proposal_session import ProposalSession
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.carrying import CarriedFrame, Known
from foodcal_desktop.core.prompt import Candidate

MAX_FRAMES = 60
"""Photos of a series; on a CPU an official checkpoint takes seconds for each."""


@dataclass
class _Series:
    """Photos in their order, which item each annotation of theirs is, and what the items are."""

    paths: tuple[str, ...]
    start: int
    by_memory: bool
    roots: dict[str, Annotation] = field(default_factory=dict)
    photos: dict[int, str] = field(default_factory=dict)
    found: int = 0
    frames: int = 0


class CarrySession(QObject):
    """One job at a time. ``changed`` announces progress or the end; ``said(sentence)``."""

    changed = Signal()
    said = Signal(str)

    def __init__(
        self, jobs: EncoderJobs, library: PhotoLibrary, session: PhotoSession, proposals: ProposalSession
    ) -> None:
        super().__init__(proposals)
        self._jobs, self._library, self._session, self._proposals = jobs, library, session, proposals
        self._series: _Series | None = None
        # The item that an accepted annotation is: the id of the annotation it was carried from.
        self._items: dict[str, str] = {}
        self._job = 0
        self.done, self.total = 0, 0
        jobs.began.connect(self._on_began)
        jobs.carried.connect(self._on_carried)
        jobs.ended.connect(self._on_ended)
        proposals.confirmed.connect(self._on_confirmed)

    @property
    def running(self) -> bool:
        """Whether items are being carried."""
        return self._job != 0

    def begin(self, paths: Sequence[str], rows: Sequence[Annotation], by_memory: bool) -> None:
        """Carry annotations of the open photo, which is the first of ``paths``, to the others."""
        photo = self._session.photo
        if photo is None or len(paths) < 2:
            return
        self._series = self._series_of(tuple(paths)[: MAX_FRAMES + 1], photo.sha256, by_memory)
        self._series.roots = {self._items.get(row.id, row.id): row for row in rows}
        self._items.update({row.id: item for item, row in self._series.roots.items()})
        self._go()

    def stop(self) -> None:
        """Leave what is not done yet; what was found stays offered."""
        if self.running:
            self._jobs.stop()
            self.said.emit(self.tr("Stopped; what was found waits to be confirmed."))

    def _series_of(self, paths: tuple[str, ...], photo: str, by_memory: bool) -> _Series:
        """The last series again where this is a later part of it, for the worker has its frames encoded."""
        last = self._series
        if last is not None and last.by_memory == by_memory and last.paths[-len(paths) :] == paths:
            last.start = len(last.paths) - len(paths)
            last.photos[last.start] = photo
            return last
        return _Series(paths, 0, by_memory, photos={0: photo})

    def _go(self) -> None:
        series = self._series
        assert series is not None
        series.found = series.frames = 0
        self.done, self.total = 0, len(series.paths) - 1 - series.start
        self._job = self._jobs.carry(series.paths, series.start, self._known(series), series.by_memory)
        self.changed.emit()

    def _known(self, series: _Series) -> list[Known]:
        """The accepted masks of the items on the frames up to the start."""
        return [
            Known(frame, self._items[row.id], row.mask)
            for frame, photo in sorted(series.photos.items())
            if frame <= series.start
            for row in self._session.annotations_of(photo)
            if self._items.get(row.id) in series.roots and row.mask.area
        ]

    def _on_began(self, by_memory: bool, checkpoint: str, _total: int) -> None:
        series = self._series
        if self.running and series is not None and series.by_memory and not by_memory:
            text = self.tr("The checkpoint {0} has no memory of frames; the items are looked for by likeness instead.")
            self.said.emit(text.format(checkpoint))

    def _on_carried(self, frame: CarriedFrame) -> None:
        series = self._series
        if series is None or frame.job != self._job:
            return
        self.done = frame.number
        series.photos[series.start + frame.number] = frame.photo
        offers = [(candidate, series.roots[item]) for item, candidate in frame.found if item in series.roots]
        series.found += len(offers)
        series.frames += bool(offers)
        self._proposals.offer(frame.photo, self._unconfirmed(frame.photo, offers))
        self.changed.emit()

    def _unconfirmed(
        self, photo: str, offers: Sequence[tuple[Candidate, Annotation]]
    ) -> list[tuple[Candidate, Annotation]]:
        """Without the items that this photo has already."""
        there = {self._items.get(row.id) for row in self._session.annotations_of(photo)}
        return [(c, row) for c, row in offers if self._items.get(row.id) not in there]

    def _on_ended(self, job: int, done: bool) -> None:
        if job != self._job:
            return
        self._job = 0
        series = self._series
        if done and series is not None:
            self.said.emit(self._result(series))
        self.changed.emit()

    def _result(self, series: _Series) -> str:
        if not series.found:
            return self.tr("Nothing was found again that is alike enough; mark it by clicks.")
        text = self.tr("Found again: {0}, on {1} of {2} photos; Enter confirms each, Del rejects it.")
        return text.format(series.found, series.frames, self.total)

    def _on_confirmed(self, like: Annotation, annotation_id: str, corrected: bool) -> None:
        """An offered item was accepted; one that was corrected is carried on from there anew."""
        self._items[annotation_id] = self._items.get(like.id, like.id)
        series, photo = self._series, self._session.photo
        if not corrected or series is None or photo is None or self._items[annotation_id] not in series.roots:
            return
        frame = next((f for f, sha256 in series.photos.items() if sha256 == photo.sha256), -1)
        if series.by_memory and 0 <= frame < len(series.paths) - 1:
            series.start = frame
            self.said.emit(self.tr("The correction is carried on through the photos after this one."))
            self._go()
