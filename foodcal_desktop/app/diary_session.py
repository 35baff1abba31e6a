"""One day of the diary, as it is looked at and changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.food_names import food_name
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.diary import DaySummary, DiaryEntry, day_summary, logged, new_entry_id
from foodcal_desktop.core.edit import Edit, changed, created, deleted
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food
from foodcal_desktop.storage.diary_csv import logged_name, write_entries


class DiarySession(QObject):
    """The day that is shown. ``changed`` announces another day or other entries."""

    changed = Signal()

    def __init__(self, journal: Journal, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal = journal
        self._day = date.today().isoformat()
        # The scopes whose edits were taken back here, by the day that was shown, the last one at the end.
        self._undone_on: dict[str, list[str]] = {}
        journal.edited.connect(self._on_edited)
        journal.changed_elsewhere.connect(self.changed)

    @property
    def journal(self) -> Journal:
        """Where its edits are made."""
        return self._journal

    @property
    def day(self) -> str:
        """The day that is shown, ISO."""
        return self._day

    @property
    def _undone(self) -> list[str]:
        return self._undone_on.setdefault(self._day, [])

    @property
    def scope(self) -> str:
        """The scope of its undo."""
        return f"day:{self._day}"

    @property
    def summary(self) -> DaySummary:
        """Meals and totals of the day."""
        return self.summary_of(self._day)

    def summary_of(self, day: str) -> DaySummary:
        """Meals and totals of any day."""
        return day_summary(day, self._journal.store.entries(day))

    def week(self) -> list[DaySummary]:
        """The seven days from Monday on that hold the day."""
        shown = date.fromisoformat(self._day)
        monday = shown - timedelta(days=shown.weekday())
        return [self.summary_of((monday + timedelta(days=i)).isoformat()) for i in range(7)]

    def annotations_of(self, photo: str) -> tuple[Annotation, ...]:
        """A logged photo's annotations by its sha256, for its picture in the diary."""
        return tuple(self._journal.store.annotations(photo))

    def set_day(self, day: str) -> None:
        """Show another day. Raises ValueError where it is no ISO date."""
        self._day = date.fromisoformat(day).isoformat()
        self.changed.emit()

    def step(self, days: int) -> None:
        """Show an earlier or later day."""
        self.set_day((date.fromisoformat(self._day) + timedelta(days=days)).isoformat())

    def add(self, food: Food, grams: float | Estimate, meal: str) -> None:
        """Log a food without a photo: its weight typed, or an estimate of what is usual."""
        amount = grams if isinstance(grams, Estimate) else Estimate.exact(grams)
        entry = logged(food, amount, self._day, meal, datetime.now())
        if not amount.is_exact:
            entry = replace(entry, method="serving prior: no photo")
        self._journal.commit(created(entry, self.tr("Log {0}").format(food_name(food))), self.scope)

    def delete(self, entries: Iterable[DiaryEntry]) -> None:
        """Remove entries from the day."""
        self._journal.commit(deleted(entries, self.tr("Delete from the diary")), self.scope)

    def set_grams(self, entry: DiaryEntry, grams: float, name: str = "") -> None:
        """Correct an entry's weight by a typed one; ``name`` is what the food is called for the undo."""
        after = replace(entry, grams=Estimate.exact(grams), method="typed")
        label = self.tr("Change the weight of {0}").format(name or entry.name)
        self._journal.commit(changed(entry, after, label), self.scope)

    def set_kcal(self, entry: DiaryEntry, kcal: float, name: str = "") -> None:
        """Correct an entry's energy by a typed one: it becomes grams, and no hidden fat makes it unsure any more.

        Raises ValueError where the food has no energy.
        """
        if entry.kcal_per_100g <= 0:
            raise ValueError("A food without energy cannot have a typed one; type its weight.")
        grams = Estimate.exact(kcal * 100 / entry.kcal_per_100g)
        after = replace(entry, grams=grams, method="typed", energy_spread=0.0)
        label = self.tr("Change the energy of {0}").format(name or entry.name)
        self._journal.commit(changed(entry, after, label), self.scope)

    def share(self, entries: Iterable[DiaryEntry], share: float, name: str = "") -> None:
        """Count only a share (0 to 1) of entries; their intervals shrink with them. ``name`` is that of one food."""
        edits = [changed(e, replace(e, grams=e.grams.scaled(share), method="typed"), "").changes[0] for e in entries]
        label = self.tr("Change the weight of {0}").format(name) if name else self.tr("Change the weights of a meal")
        self._journal.commit(Edit(label, tuple(edits)), self.scope)

    def move(self, entries: Iterable[DiaryEntry], meal: str, day: str | None = None) -> None:
        """Move entries to another meal, or to another day."""
        edits = [changed(e, replace(e, meal=meal, day=day or e.day), "").changes[0] for e in entries]
        self._journal.commit(Edit(self.tr("Move in the diary"), tuple(edits)), self.scope)

    def move_to_day(self, entries: Iterable[DiaryEntry], day: str) -> None:
        """Move entries to another day, each to the same meal."""
        edits = [changed(e, replace(e, day=day), "").changes[0] for e in entries]
        self._journal.commit(Edit(self.tr("Move in the diary"), tuple(edits)), self.scope)

    def copy_to_day(self, entries: Iterable[DiaryEntry], day: str) -> None:
        """Log the same on another day and show it, so that undo is at hand; a photo stays with what it shows."""
        now = datetime.now().isoformat(timespec="seconds")
        rows = [replace(e, id=new_entry_id(), day=day, photo=None, annotation=None, logged_at=now) for e in entries]
        changes = tuple(created(row, "").changes[0] for row in rows)
        if self._journal.commit(Edit(self.tr("Copy in the diary"), changes), f"day:{day}"):
            self.set_day(day)

    def export(self, path: Path, name_of: Callable[[DiaryEntry], str] = logged_name) -> int:
        """Write every entry of every day into a CSV file, its food called as ``name_of`` says; returns how many.

        Raises OSError where it cannot be written.
        """
        store = self._journal.store
        entries = [entry for day in store.days_with_entries() for entry in store.entries(day)]
        write_entries(entries, path, name_of)
        return len(entries)

    def undo(self) -> bool:
        """Take the day's last change back, be it made here or by logging a photo."""
        scope = self._last_scope()
        if scope is None:
            return False
        # Noted first, for who is told of the edit asks what redo would do.
        self._undone.append(scope)
        if not self._journal.undo(scope):
            self._undone.pop()
            return False
        return True

    def redo(self) -> bool:
        """Make the day's last undone change again."""
        while self._undone:
            # What was done in a scope since has ended its redo; it answers False.
            if self._journal.redo(self._undone.pop()):
                return True
        return self._journal.redo(self.scope)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back."""
        scope = self._last_scope()
        return self._journal.undo_label(scope) if scope else None

    @property
    def redo_label(self) -> str | None:
        """What redo would make again."""
        labels = (self._journal.redo_label(scope) for scope in (*reversed(self._undone), self.scope))
        return next((label for label in labels if label is not None), None)

    def _last_scope(self) -> str | None:
        """The day's own scope or that of a photo of a logged meal, whichever changed the day last."""
        store = self._journal.store
        photos = {entry.photo for entry in store.entries(self._day) if entry.photo}
        # What is done on a further photo of a meal changes the entries of its main photo.
        photos |= {link.id for photo in photos for link in store.links_of_meal(photo)}
        found = [(last[0], scope) for scope in (self.scope, *sorted(photos)) if (last := self._touching(scope))]
        return max(found)[1] if found else None

    def _touching(self, scope: str) -> tuple[int, Edit] | None:
        last = self._journal.last_edit(scope)
        return last if last is not None and self._day in last[1].days else None

    def _on_edited(self, edit: Edit) -> None:
        if edit.days:
            self.changed.emit()
