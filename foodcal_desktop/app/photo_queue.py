"""The library as it is worked through: filtered by state, sorted by doubt, with the next photo to do."""

from __future__ import annotations

from collections import Counter

from PySide6.QtCore import QObject, QTimer, Signal

from foodcal_desktop.app.photo_library import PhotoLibrary
from foodcal_desktop.app.queue_listing import PhotoItem
from foodcal_desktop.storage.store import Store

FILTERS = ("all", "todo", "done", "review")
SORTS = ("added", "doubt")


class PhotoQueue(QObject):
    """Which rows of the library are shown, and in which order. ``changed`` announces others, or other counts."""

    changed = Signal()

    def __init__(self, library: PhotoLibrary, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._store = store
        self._filter, self._sort = "all", "added"
        self._rows: tuple[int, ...] = ()
        self._positions: dict[int, int] = {}
        self._doubts: dict[str, float] = {}
        # Ten thousand rows are gone through once for many changes.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self.refresh)
        library.items_changed.connect(self._later.start)
        library.item_changed.connect(self._on_item)
        self.refresh()

    @property
    def filter(self) -> str:
        """Which states are shown, one of FILTERS."""
        return self._filter

    @property
    def sort(self) -> str:
        """In which order, one of SORTS: as they were added, or by the checkpoint's doubt, the greatest first."""
        return self._sort

    @property
    def rows(self) -> tuple[int, ...]:
        """The library's indices that are shown, in order."""
        return self._rows

    @property
    def counts(self) -> Counter[str]:
        """How many photos are "todo", "done", "review", and "error" for what is none."""
        return self._library.counts

    def position_of(self, index: int) -> int:
        """Where a row of the library is shown, -1 where it is not."""
        return self._positions.get(index, -1)

    def doubt_of(self, index: int) -> float | None:
        """The lowest predicted IoU of the row's annotations, None where the checkpoint has proposed none."""
        photo = self._library.item(index).photo
        return self._doubts.get(photo.sha256) if photo else None

    def show(self, state: str = "all", sort: str = "added") -> None:
        """Filter by a state and sort. Raises ValueError for unknown ones."""
        if state not in FILTERS or sort not in SORTS:
            raise ValueError(f"The queue knows no filter {state!r} or no order {sort!r}.")
        self._filter, self._sort = state, sort
        self.refresh()

    def refresh(self) -> None:
        """Go through the library anew, doubts included."""
        self._doubts = self._store.lowest_predicted_iou() if self._sort == "doubt" else {}
        every = range(len(self._library))
        rows = [i for i in every if self._is_shown(self._library.item(i))]
        if self._sort == "doubt":
            rows.sort(key=self._doubt_key)
        self._rows = tuple(rows)
        self._positions = {row: position for position, row in enumerate(rows)}
        self.changed.emit()

    def next_to_do(self) -> int | None:
        """The next row to do after the open one, going round at the end; None where all is done."""
        return next((row for row in self._after_current() if self._is_to_do(row)), None)

    def next_rows(self, count: int) -> list[int]:
        """The rows most likely opened next: the next ones to do, then simply the next ones."""
        later = self._after_current()
        wanted = [row for row in later if self._is_to_do(row)][:count]
        return [*wanted, *(row for row in later if row not in wanted)][:count]

    def step(self, by: int) -> int | None:
        """The row so many places from the open one among those shown; None beyond the ends."""
        here = self.position_of(self._library.current)
        place = here + by if here >= 0 else 0
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def _after_current(self) -> list[int]:
        here = self.position_of(self._library.current)
        return [*self._rows[here + 1 :], *self._rows[: max(here, 0)]]

    def _is_to_do(self, row: int) -> bool:
        item = self._library.item(row)
        return item.state == "todo" and not item.error

    def _is_shown(self, item: PhotoItem) -> bool:
        return not item.removed and (self._filter == "all" or (item.state == self._filter and not item.error))

    def _doubt_key(self, row: int) -> tuple[bool, float]:
        doubt = self.doubt_of(row)
        return doubt is None, doubt or 0.0

    def _on_item(self, index: int) -> None:
        """A thumbnail moves nothing; a row that has changed its state while the queue is filtered does."""
        if self._is_shown(self._library.item(index)) != (index in self._positions):
            self._later.start()
