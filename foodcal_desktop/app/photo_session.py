"""The open photo: its annotations, its scale, and every change of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.diary_session import entry_of, slot_at
from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.core.annotation import Annotation, Photo, new_id
from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.edit import Change, Edit, created, deleted
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.core.scale import Scale, ScaleReference, resolve_scale
from foodcal_desktop.storage.photos import LoadedPhoto, Pixels

# A photo this old is taken for one of the archive, and its meal is logged to today.
_RECENT_DAYS = 14


class PhotoSession(QObject):
    """Annotations and scale references of one photo; all changes go through the journal.

    Signals: ``opened()`` another photo; ``edited(Edit)`` something of it changed; ``notice(sentence)``.
    """

    opened = Signal()
    edited = Signal(object)
    notice = Signal(str)

    def __init__(self, journal: Journal, foods: FoodSearch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal = journal
        self._foods = foods
        self.photo: Photo | None = None
        self.pixels: Pixels | None = None
        self._annotations: dict[str, Annotation] = {}
        self._references: dict[str, ScaleReference] = {}
        journal.edited.connect(self._on_edited)
        journal.refused.connect(self.notice)

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """In stacking order, the topmost last."""
        return tuple(sorted(self._annotations.values(), key=lambda a: a.order))

    @property
    def references(self) -> tuple[ScaleReference, ...]:
        """The photo's scale references."""
        return tuple(self._references.values())

    @property
    def scale(self) -> Scale | None:
        """The scale by all references, or None without any."""
        return resolve_scale(self.references)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back on this photo."""
        return self._journal.undo_label(self._scope)

    @property
    def redo_label(self) -> str | None:
        """What redo would make again on this photo."""
        return self._journal.redo_label(self._scope)

    @property
    def default_day(self) -> str:
        """The day its meal belongs to: the day it was taken where that is lately, else today."""
        today = date.today()
        taken = self._taken_at()
        if taken is not None and 0 <= (today - taken.date()).days <= _RECENT_DAYS:
            return taken.date().isoformat()
        return today.isoformat()

    @property
    def default_slot(self) -> str:
        """The meal its time of day suggests."""
        taken = self._taken_at()
        when = taken if taken is not None and taken.date().isoformat() == self.default_day else datetime.now()
        return slot_at(when.hour + when.minute / 60)

    def food_of(self, annotation: Annotation) -> Food | None:
        """The annotation's food in the table."""
        return self._foods.by_id(annotation.food_id)

    def open(self, loaded: LoadedPhoto) -> None:
        """Show another photo with what is stored of it."""
        self.photo, self.pixels = loaded.photo, loaded.pixels
        store = self._journal.store
        self._annotations = {a.id: a for a in store.annotations(loaded.photo.sha256)}
        self._references = {r.id: r for r in store.scale_references(loaded.photo.sha256)}
        self.opened.emit()

    def add(self, mask: Mask, *, predicted_iou: float | None = None, checkpoint: str | None = None) -> Annotation:
        """A new annotation on top of the others. Raises ValueError for an empty mask."""
        if mask.area == 0:
            raise ValueError(self.tr("The mask is empty; click on a food first."))
        order = max((a.order for a in self._annotations.values()), default=-1) + 1
        annotation = Annotation(
            new_id(),
            self._require_photo().sha256,
            mask,
            predicted_iou=predicted_iou,
            checkpoint=checkpoint,
            order=order,
            created_at=datetime.now().isoformat(timespec="seconds"),
        )
        self.commit(created(annotation, self.tr("Add a mask")))
        return annotation

    def set_food(self, annotation_id: str, food: Food) -> None:
        """Say what it is; the portion is estimated anew unless it was typed."""
        before = self._annotations[annotation_id]
        after = self._estimated(replace(before, food_id=food.id, label=food.name), self.scale, food)
        self._change_annotations([(before, after)], self.tr("Name it {0}").format(food.name))

    def set_grams(self, annotation_id: str, grams: float) -> None:
        """A typed weight: stays until another is typed. Raises ValueError where it is not above 0."""
        self.set_portion(annotation_id, Portion.typed_grams(grams))

    def set_servings(self, annotation_id: str, servings: float, grams_each: float) -> None:
        """A typed number of servings of so many grams."""
        self.set_grams(annotation_id, servings * grams_each)

    def set_portion(self, annotation_id: str, portion: Portion) -> None:
        """A portion whose steps or weight the user changed."""
        before = self._annotations[annotation_id]
        self._change_annotations([(before, replace(before, portion=portion))], self.tr("Change a portion"))

    def estimate_again(self, annotation_id: str) -> None:
        """Give up a typed portion for the estimate."""
        before = self._annotations[annotation_id]
        after = self._estimated(replace(before, portion=None), self.scale, self.food_of(before))
        self._change_annotations([(before, after)], self.tr("Estimate a portion again"))

    def set_mask(self, annotation_id: str, mask: Mask, label: str | None = None) -> None:
        """Another mask for an annotation; its portion follows."""
        before = self._annotations[annotation_id]
        after = self._estimated(replace(before, mask=mask), self.scale, self.food_of(before))
        self._change_annotations([(before, after)], label or self.tr("Change a mask"))

    def delete(self, annotation_ids: Iterable[str]) -> None:
        """Remove annotations; what was logged of them stays in the diary."""
        rows = [self._annotations[i] for i in annotation_ids]
        self.commit(deleted(rows, self.tr("Delete a mask")))

    def add_reference(self, reference: ScaleReference) -> None:
        """A scale reference; one of the same place is replaced, and every estimate follows."""
        replaced = [r for r in self.references if _same_place(r, reference)]
        kept = [r for r in self.references if r not in replaced]
        changes = (*deleted(replaced, "").changes, *created(reference, "").changes)
        self._commit_scale(changes, [*kept, reference], self.tr("Set the scale"))

    def delete_reference(self, reference_id: str) -> None:
        """Remove a scale reference; every estimate follows."""
        gone = self._references[reference_id]
        kept = [r for r in self.references if r.id != reference_id]
        self._commit_scale(deleted([gone], "").changes, kept, self.tr("Remove the scale reference"))

    def log(self, meal: str, day: str) -> int:
        """Log every item that has a food and a portion to a meal; returns how many were new or corrected."""
        changes = tuple(c for a in self.annotations if (c := self._log_change(a, meal, day)) is not None)
        self.commit(Edit(self.tr("Log the meal"), changes))
        return len(changes)

    def is_logged(self, annotation_id: str) -> bool:
        """Whether the diary holds an entry of this annotation."""
        return self._entry(annotation_id) is not None

    def commit(self, edit: Edit) -> bool:
        """Make an edit, with undo on this photo."""
        return self._journal.commit(edit, self._scope)

    def undo(self) -> bool:
        """Take this photo's last edit back."""
        return self._journal.undo(self._scope)

    def redo(self) -> bool:
        """Make this photo's last undone edit again."""
        return self._journal.redo(self._scope)

    @property
    def _scope(self) -> str:
        return self.photo.sha256 if self.photo else ""

    def _require_photo(self) -> Photo:
        if self.photo is None:
            raise ValueError(self.tr("No photo is open; open one first."))
        return self.photo

    def _taken_at(self) -> datetime | None:
        return datetime.fromisoformat(self.photo.taken_at) if self.photo and self.photo.taken_at else None

    def _estimated(self, annotation: Annotation, scale: Scale | None, food: Food | None) -> Annotation:
        if annotation.portion is not None and annotation.portion.typed:
            return annotation
        portion = self._foods.estimate(annotation.mask, scale, food) if food else None
        return replace(annotation, portion=portion)

    def _change_annotations(self, pairs: Iterable[tuple[Annotation, Annotation]], label: str) -> None:
        changes = [Change(b.id, b, a) for b, a in pairs if a != b]
        entries = [c for _, a in pairs if (c := self._followed(a)) is not None]
        self.commit(Edit(label, (*changes, *entries)))

    def _commit_scale(self, changes: tuple[Change, ...], references: list[ScaleReference], label: str) -> None:
        scale = resolve_scale(references)
        pairs = [(a, self._estimated(a, scale, self.food_of(a))) for a in self.annotations]
        follow = [Change(b.id, b, a) for b, a in pairs if a != b]
        entries = [c for _, a in pairs if (c := self._followed(a)) is not None]
        self.commit(Edit(label, (*changes, *follow, *entries)))

    def _entry(self, annotation_id: str) -> DiaryEntry | None:
        photo = self._require_photo().sha256
        return next((e for e in self._journal.store.entries_of_photo(photo) if e.annotation == annotation_id), None)

    def _followed(self, annotation: Annotation) -> Change | None:
        """The diary's entry of a corrected annotation follows it, unless the entry's own weight was typed."""
        entry, food = self._entry(annotation.id), self.food_of(annotation)
        if entry is None or food is None or annotation.portion is None or entry.method == "typed":
            return None
        return self._entry_change(entry, annotation, food, entry.meal, entry.day)

    def _log_change(self, annotation: Annotation, meal: str, day: str) -> Change | None:
        food, entry = self.food_of(annotation), self._entry(annotation.id)
        if food is None or annotation.portion is None:
            return None
        return self._entry_change(entry, annotation, food, meal, day)

    def _entry_change(
        self, entry: DiaryEntry | None, annotation: Annotation, food: Food, meal: str, day: str
    ) -> Change | None:
        assert annotation.portion is not None
        new = entry_of(
            food,
            annotation.portion.grams,
            day,
            meal,
            method=annotation.portion.method,
            photo=annotation.photo,
            annotation=annotation.id,
        )
        if entry is None:
            return Change(new.id, None, new)
        after = replace(new, id=entry.id, logged_at=entry.logged_at)
        return Change(entry.id, entry, after) if after != entry else None

    def _on_edited(self, edit: Edit) -> None:
        if self.photo is None:
            return
        for change in edit.changes:
            self._follow(change)
        if self.photo.sha256 in edit.photos or edit.days:
            self.edited.emit(edit)

    def _follow(self, change: Change) -> None:
        row = change.row
        if isinstance(row, DiaryEntry) or row.photo != self._scope:
            return
        rows: dict[str, Annotation] | dict[str, ScaleReference]
        rows = self._annotations if isinstance(row, Annotation) else self._references
        if change.after is None:
            rows.pop(change.id, None)
        else:
            rows[change.id] = change.after  # type: ignore[assignment]


def _same_place(one: ScaleReference, other: ScaleReference) -> bool:
    if one.mask is None or other.mask is None:
        return one.kind == other.kind == "line"
    return one.mask.iou(other.mask) > 0.3
