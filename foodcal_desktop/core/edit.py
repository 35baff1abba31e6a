"""Every change is one Edit value: the store, the history and the views all consume it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.scale import ScaleReference

Row = Annotation | ScaleReference | DiaryEntry


@dataclass(frozen=True, slots=True)
class Change:
    """One row before and after; None where it did not exist."""

    id: str
    before: Row | None
    after: Row | None

    def inverse(self) -> Change:
        """The change that takes this one back."""
        return Change(self.id, self.after, self.before)

    @property
    def row(self) -> Row:
        """Whichever side exists, the later one first. Raises ValueError where neither does."""
        row = self.after if self.after is not None else self.before
        if row is None:
            raise ValueError("A change needs a row before or after it.")
        return row


@dataclass(frozen=True, slots=True)
class Edit:
    """Changes made together, with the name of the action for "Undo …"."""

    label: str
    changes: tuple[Change, ...]

    def inverse(self) -> Edit:
        """The edit that takes this one back, its changes in reverse order."""
        return Edit(self.label, tuple(change.inverse() for change in reversed(self.changes)))

    @property
    def photos(self) -> frozenset[str]:
        """The photos whose annotations or scale references this edit touches."""
        rows = (change.row for change in self.changes)
        return frozenset(row.photo for row in rows if not isinstance(row, DiaryEntry))

    @property
    def days(self) -> frozenset[str]:
        """The diary days this edit touches."""
        rows = (row for change in self.changes for row in (change.before, change.after))
        return frozenset(row.day for row in rows if isinstance(row, DiaryEntry))

    @property
    def size(self) -> int:
        """Bytes it keeps alive, roughly: its masks, and a fixed sum for the rest of each row."""
        rows = (row for change in self.changes for row in (change.before, change.after) if row is not None)
        return sum(400 + len(_mask_runs(row)) for row in rows)


def _mask_runs(row: Row) -> bytes:
    if isinstance(row, DiaryEntry) or row.mask is None:
        return b""
    return row.mask.runs


def created(row: Row, label: str) -> Edit:
    """The edit that adds one row."""
    return Edit(label, (Change(row.id, None, row),))


def changed(before: Row, after: Row, label: str) -> Edit:
    """The edit that replaces one row by another of the same id."""
    return Edit(label, (Change(before.id, before, after),))


def deleted(rows: Iterable[Row], label: str) -> Edit:
    """The edit that removes rows."""
    return Edit(label, tuple(Change(row.id, row, None) for row in rows))


class History:
    """What can be undone and redone, the oldest forgotten first when it outgrows its bound in bytes."""

    def __init__(self, max_bytes: int = 64 * 1024 * 1024) -> None:
        self._max_bytes = max_bytes
        self._done: deque[Edit] = deque()
        self._undone: list[Edit] = []
        self._bytes = 0

    def push(self, edit: Edit) -> None:
        """Remember an edit that was made; what was undone before it is gone."""
        self._bytes -= sum(e.size for e in self._undone)
        self._undone.clear()
        self._done.append(edit)
        self._bytes += edit.size
        while self._bytes > self._max_bytes and len(self._done) > 1:
            self._bytes -= self._done.popleft().size

    @property
    def next_undo(self) -> Edit | None:
        """The edit that undo would take back."""
        return self._done[-1] if self._done else None

    @property
    def next_redo(self) -> Edit | None:
        """The edit that redo would make again."""
        return self._undone[-1] if self._undone else None

    def mark_undone(self) -> None:
        """The last edit was taken back. Raises IndexError where there is none."""
        self._undone.append(self._done.pop())

    def mark_redone(self) -> None:
        """The last undone edit was made again. Raises IndexError where there is none."""
        self._done.append(self._undone.pop())
