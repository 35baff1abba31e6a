"""Every change is one Edit value: the store, the journal of undo and the views all consume it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.meal_photos import ItemLink, PhotoLink
from foodcal_desktop.core.scale import ScaleReference
from foodcal_desktop.core.weighing import Weighing

PhotoRow = Annotation | ScaleReference | PhotoLink | ItemLink
"""What belongs to a photo and goes with it."""

Row = PhotoRow | DiaryEntry | Weighing


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
    def looked_at(self) -> list[tuple[Annotation, Annotation]]:
        """The annotations whose masks a look has changed, or only found to be good, before and after."""
        pairs = [(c.before, c.after) for c in self.changes]
        both = [(b, a) for b, a in pairs if isinstance(b, Annotation) and isinstance(a, Annotation)]
        return [(before, after) for before, after in both if (before.mask, before.clicks) != (after.mask, after.clicks)]

    def calls_for_a_look(self, before: Annotation, after: Annotation) -> bool:
        """Whether an annotation is looked at again for this edit: it made the mask, or the scale that measures it.

        A mask that is still just the answer to clicks afterwards was only made finer; that is due to what made it.
        """
        measured = after.clicks is None
        return any((measured and isinstance(c.after, ScaleReference)) or _made_mask(c, before) for c in self.changes)

    @property
    def photos(self) -> frozenset[str]:
        """The photos whose annotations, scale references, links or weighings this edit touches."""
        rows = [change.row for change in self.changes]
        return frozenset(row.photo for row in rows if not isinstance(row, DiaryEntry) and row.photo is not None)

    @property
    def days(self) -> frozenset[str]:
        """The diary days this edit touches."""
        rows = (row for change in self.changes for row in (change.before, change.after))
        return frozenset(row.day for row in rows if isinstance(row, DiaryEntry))


def _made_mask(change: Change, of: Annotation) -> bool:
    before, after = (row.mask if isinstance(row, Annotation) else None for row in (change.before, change.after))
    return change.id == of.id and after == of.mask and before != after


def amended(edits: Sequence[Edit], later: Edit) -> list[Edit]:
    """The edits as if ``later`` had been a part of the first, and the others had gone on from there.

    A version of a row that ``later`` changes becomes what ``later`` made of it; of an annotation that was named or
    weighed otherwise at the time, the mask alone does.
    """
    by_id = {change.id: change for change in later.changes}
    first, others = edits[0], edits[1:]
    then = {change.id: change.before for edit in reversed(others) for change in edit.changes}
    known = {change.id for change in first.changes}
    joining = {i: then.get(i, change.before) for i, change in by_id.items() if i not in known}
    began = [Change(c.id, c.before, _version(c.after, by_id.get(c.id))) for c in first.changes]
    began += [Change(i, row, _version(row, by_id[i])) for i, row in joining.items() if row is not None]
    return [Edit(first.label, tuple(began)), *(_gone_on(edit, by_id) for edit in others)]


def _gone_on(edit: Edit, by_id: Mapping[str, Change]) -> Edit:
    versions = ((c.id, _version(c.before, by_id.get(c.id)), _version(c.after, by_id.get(c.id))) for c in edit.changes)
    return Edit(edit.label, tuple(Change(*version) for version in versions))


def _version(row: Row | None, later: Change | None) -> Row | None:
    if row is None or later is None:
        return row
    before, after = later.before, later.after
    if row == before:
        return after
    if not (isinstance(row, Annotation) and isinstance(before, Annotation) and isinstance(after, Annotation)):
        return row
    if row.mask != before.mask:
        return row
    portion = after.portion if row.portion == before.portion else row.portion
    return replace(row, mask=after.mask, clicks=after.clicks, portion=portion)


def created(row: Row, label: str) -> Edit:
    """The edit that adds one row."""
    return Edit(label, (Change(row.id, None, row),))


def changed(before: Row, after: Row, label: str) -> Edit:
    """The edit that replaces one row by another of the same id."""
    return Edit(label, (Change(before.id, before, after),))


def deleted(rows: Iterable[Row], label: str) -> Edit:
    """The edit that removes rows."""
    return Edit(label, tuple(Change(row.id, row, None) for row in rows))
