"""What the drawing actions do to the open photo's annotations; each is one edit, so that one undo takes it back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject

from foodcal_desktop.app.left_photo import LeftPhoto, Place
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.pool_task import Pool
from foodcal_desktop.core import mask_tools, overlap
from foodcal_desktop.core.annotation import Annotation, Photo, new_id
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Candidate

SMALL_ISLAND_SHARE = 0.02
"""An island is small below this share of its mask's area."""

SMOOTH_SHARE = 0.004
"""The radius of smoothing as a share of the photo's shorter side."""

LARGE_PX = 1_500_000
"""Masks whose crops have more pixels together are worked on in a thread: there it takes 50 ms and more."""

_T = TypeVar("_T")


class MaskEditing(QObject):
    """Edits by annotation ids, in the order in which they were selected."""

    def __init__(self, session: PhotoSession) -> None:
        super().__init__(session)
        self._session = session
        self._pool = Pool(1, self)

    def close(self) -> None:
        """Wait for work that still runs, and let it land."""
        self._pool.finish()

    def fill_holes(self, ids: Sequence[str]) -> None:
        """No holes any more."""
        self._each(ids, mask_tools.fill_holes, self.tr("Fill holes"))

    def drop_islands(self, ids: Sequence[str]) -> None:
        """No small islands any more; the largest one stays."""
        self._each(
            ids,
            lambda mask: mask_tools.drop_islands(mask, max(round(mask.area * SMALL_ISLAND_SHARE), 1)),
            self.tr("Drop small islands"),
        )

    def smooth(self, ids: Sequence[str]) -> None:
        """Smoother outlines."""
        self._each(
            ids,
            lambda mask: mask_tools.smooth(mask, max(SMOOTH_SHARE * min(mask.height, mask.width), 1.0)),
            self.tr("Smooth a mask"),
        )

    def split(self, ids: Sequence[str]) -> None:
        """Each island an annotation of its own, with the same food."""
        self._computed(self._rows(ids), mask_tools.split_islands, self._put_islands)

    def _put_islands(self, place: Place, rows: Sequence[Annotation], found: Sequence[tuple[Mask, ...]]) -> None:
        after: dict[str, Annotation | None] = {}
        for row, islands in zip(rows, found, strict=True):
            if len(islands) > 1:
                after[row.id] = replace(row, mask=islands[0], portion=None)
                after.update({new.id: new for new in (_sibling(place, row, mask) for mask in islands[1:])})
        if after:
            place.change(after, self.tr("Split into islands"))
        else:
            self._session.notice.emit(self.tr("The mask is of one piece already."))

    def merge(self, ids: Sequence[str]) -> None:
        """All as one, with the food of the first. Raises ValueError for fewer than two."""
        first, *others = self._operands(ids)
        mask = mask_tools.merge([first.mask, *(row.mask for row in others)])
        gone: dict[str, Annotation | None] = {row.id: None for row in others}
        self._session.change({**gone, first.id: replace(first, mask=mask)}, self.tr("Merge masks"))

    def add(self, ids: Sequence[str]) -> None:
        """Add the others to the first. Raises ValueError for fewer than two."""
        self._combine(ids, mask_tools.add, self.tr("Add to a mask"))

    def subtract(self, ids: Sequence[str]) -> None:
        """Take the others away from the first. Raises ValueError for fewer than two."""
        self._combine(ids, mask_tools.subtract, self.tr("Subtract from a mask"))

    def intersect(self, ids: Sequence[str]) -> None:
        """Leave of the first what the others have too. Raises ValueError for fewer than two."""
        self._combine(ids, mask_tools.intersect, self.tr("Intersect masks"))

    def move(self, annotation_id: str, steps: int) -> None:
        """Up or, negative, down the stack."""
        pairs = overlap.moved(self._session.annotations, annotation_id, steps)
        if pairs:
            self._session.change({after.id: after for _, after in pairs}, self.tr("Change the stacking order"))

    def add_all(
        self, proposals: Sequence[tuple[Candidate, Annotation | None]], checkpoint: str, label: str = ""
    ) -> list[str]:
        """An annotation for each proposal, with the food of the one it was carried from; returns their ids."""
        photo = self._session.photo
        if photo is None:
            return []
        first = max((a.order for a in self._session.annotations), default=-1) + 1
        made = [
            Annotation(
                new_id(),
                photo.sha256,
                candidate.mask,
                label=like.label if like else "",
                food_id=like.food_id if like else None,
                predicted_iou=candidate.predicted_iou,
                checkpoint=checkpoint,
                order=first + place,
                created_at=_now(),
                clicks=(),
            )
            for place, (candidate, like) in enumerate(proposals)
        ]
        self._session.change({row.id: row for row in made}, label or self.tr("Accept all proposals"))
        return [row.id for row in made]

    def paste(self, rows: Sequence[Annotation]) -> list[str]:
        """Copies of annotations of another photo, fitted to the open one; returns their ids."""
        photo = self._session.photo
        if photo is None:
            return []
        first = max((a.order for a in self._session.annotations), default=-1) + 1
        made = [
            replace(
                row,
                id=new_id(),
                photo=photo.sha256,
                mask=mask_tools.resized(row.mask, photo.height, photo.width),
                portion=None,
                order=first + place,
                created_at=_now(),
                clicks=None,
            )
            for place, row in enumerate(rows)
        ]
        self._session.change({row.id: row for row in made}, self.tr("Copy from the last photo"))
        return [row.id for row in made]

    def _each(self, ids: Sequence[str], tool: Callable[[Mask], Mask], label: str) -> None:
        def put(place: Place, rows: list[Annotation], masks: list[Mask]) -> None:
            pairs = [(row, mask) for row, mask in zip(rows, masks, strict=True) if mask != row.mask]
            if not pairs:
                self._session.notice.emit(self.tr("There was nothing to change."))
                return
            place.change({row.id: replace(row, mask=mask) for row, mask in pairs}, label)

        self._computed(self._rows(ids), tool, put)

    def _computed(
        self,
        rows: list[Annotation],
        tool: Callable[[Mask], _T],
        then: Callable[[Place, list[Annotation], list[_T]], None],
    ) -> None:
        """Work on masks, large ones in a thread: the window goes on meanwhile.

        What was changed before a thread was done stays as it is, but what was looked at closer meanwhile is worked on
        again; a photo that was left is changed all the same.
        """
        photo = self._session.photo

        def work() -> list[_T]:
            return [tool(row.mask) for row in rows]

        def land(done: list[_T]) -> None:
            place = self._place(photo)
            known = {row.id: row for row in place.annotations}
            fit = [(known[row.id], one) for row, one in zip(rows, done, strict=True) if _same(known.get(row.id), row)]
            if fit:
                then(place, [row for row, _ in fit], [one for _, one in fit])
            finer = [known[row.id] for row in rows if _is_finer(known.get(row.id), row)]
            if finer:
                self._computed(finer, tool, then)

        if sum(row.mask.w * row.mask.h for row in rows) < LARGE_PX:
            land(work())
        else:
            self._pool.run(work, land, self._session.notice.emit)

    def _place(self, photo: Photo | None) -> Place:
        """The open photo, unless it is another one by now."""
        now = self._session.photo
        if photo is None or now is None or photo.sha256 == now.sha256:
            return self._session
        return LeftPhoto(self._session, photo.sha256, (photo.width, photo.height))

    def _combine(self, ids: Sequence[str], tool: Callable[..., Mask], label: str) -> None:
        first, *others = self._operands(ids)
        mask = tool(first.mask, *(row.mask for row in others))
        if mask.area == 0:
            raise ValueError(self.tr("Nothing would be left of the mask; it stays as it is."))
        self._session.change({first.id: replace(first, mask=mask)}, label)

    def _operands(self, ids: Sequence[str]) -> list[Annotation]:
        rows = self._rows(ids)
        if len(rows) < 2:
            raise ValueError(self.tr("Select the mask to change, then Shift+click the other ones."))
        return rows

    def _rows(self, ids: Sequence[str]) -> list[Annotation]:
        known = {row.id: row for row in self._session.annotations}
        return [known[i] for i in ids if i in known]


def _sibling(place: Place, row: Annotation, mask: Mask) -> Annotation:
    top = max(a.order for a in place.annotations) + 1
    return replace(row, id=new_id(), mask=mask, portion=None, order=top, created_at=_now(), clicks=None)


def _now() -> str:
    return datetime.now().isoformat(timespec="seconds")


def _same(now: Annotation | None, before: Annotation) -> bool:
    return now is not None and now.mask == before.mask


def _is_finer(now: Annotation | None, before: Annotation) -> bool:
    """Whether only a closer look changed the mask: a change by hand forgets the clicks."""
    return now is not None and now.mask != before.mask and now.clicks is not None and now.clicks == before.clicks
