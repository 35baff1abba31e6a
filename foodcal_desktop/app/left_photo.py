"""A photo that was left while work on its masks still ran: its annotations, and the edit that ends the work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from foodcal_desktop.app.consequences import Consequences
from foodcal_desktop.app.photo_rows import drawn
from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.edit import Edit
from foodcal_desktop.core.scale import resolve_scale


class Place(Protocol):
    """Where an edit of masks lands: the open photo's session, or a photo that was left."""

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """In stacking order, the topmost last."""

    def change(self, after: Mapping[str, Annotation | None], label: str) -> bool:
        """Put annotations in place of those of the same id, None removes, as one edit; whether it was made."""


class LeftPhoto:
    """A stored photo, read anew for one edit that has its undo there."""

    def __init__(self, session: PhotoSession, photo: str, size: tuple[int, int]) -> None:
        self._session, self._photo, self._size = session, photo, size
        self.annotations = session.annotations_of(photo)

    def change(self, after: Mapping[str, Annotation | None], label: str) -> bool:
        """As ``PhotoSession.change``, with the portions and the diary entries that follow."""
        before = {row.id: row for row in self.annotations}
        rows = {i: drawn(row, before.get(i)) for i, row in {**before, **after}.items() if row}
        store = self._session.store
        scale = resolve_scale(store.scale_references(self._photo), self._size)
        changes = Consequences(store, self._session.foods).complete(self._photo, before, rows, scale)
        return self._session.commit(Edit(label, changes), self._photo)
