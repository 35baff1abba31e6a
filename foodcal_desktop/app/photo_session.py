"""The open photo: its annotations, its scale, and every change of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.consequences import Consequences
from foodcal_desktop.app.food_names import food_name
from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.app.journal import Journal
from foodcal_desktop.app.meal_state import MealItem, MealState
from foodcal_desktop.app.photo_rows import differences, drawn, named, put, same_place
from foodcal_desktop.core.annotation import Annotation, Photo, new_id
from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.energy import with_said
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.meal_photos import PhotoItems
from foodcal_desktop.core.overlap import stacked
from foodcal_desktop.core.portion import Portion
from foodcal_desktop.core.prompt import BoxPrompt, Candidate
from foodcal_desktop.core.references import best_reference
from foodcal_desktop.core.scale import Scale, ScaleReference, resolve_scale
from foodcal_desktop.storage.photos import LoadedPhoto, Pixels


class PhotoSession(QObject):
    """Annotations and scale references of one photo; all changes go through the journal.

    Signals: ``opened()`` another photo; ``edited(Edit)`` something of it, or of the diary, changed;
    ``notice(sentence)``.
    """

    opened = Signal()
    edited = Signal(object)
    notice = Signal(str)

    def __init__(self, journal: Journal, foods: FoodSearch, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal = journal
        self.store, self.foods = journal.store, foods
        self._consequences = Consequences(journal.store, foods)
        self.photo: Photo | None = None
        self.pixels: Pixels | None = None
        self._annotations: dict[str, Annotation] = {}
        self._references: dict[str, ScaleReference] = {}
        journal.edited.connect(self._on_edited)
        journal.changed_elsewhere.connect(self._read_again)
        journal.refused.connect(self.notice)

    # What is there

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """In stacking order, the topmost last."""
        return stacked(self._annotations.values())

    @property
    def references(self) -> tuple[ScaleReference, ...]:
        """The photo's scale references."""
        return tuple(self._references.values())

    @property
    def scale(self) -> Scale | None:
        """The scale by all references, or None without any."""
        return resolve_scale(self.references, self._size)

    def food_of(self, annotation: Annotation) -> Food | None:
        """The annotation's food in the table."""
        return self.foods.by_id(annotation.food_id)

    def entry_of(self, annotation_id: str) -> DiaryEntry | None:
        """The diary's entry of an annotation, or None where it was not logged."""
        return self._consequences.entry_of(annotation_id)

    @property
    def meal(self) -> MealState:
        """The photos of the meal that this one shows; this one alone where it was linked to no other."""
        return self._consequences.meal(self._scope)

    def places(self) -> tuple[PhotoItems | None, PhotoItems | None]:
        """The meal's main photo, and the open one where that is a further one of the meal; else twice None."""
        links = self.store.links_of_meal(self._scope)
        if not any(link.id == self._scope for link in links):
            return None, None
        meal = self.meal
        return meal.main, meal.of(self._scope)

    def items(self) -> dict[str, MealItem]:
        """What counts of the meal by all its photos, by the annotation's id; the items of its main photo first."""
        return self._consequences.items(self._scope, self._annotations)

    def annotations_of(self, photo: str) -> tuple[Annotation, ...]:
        """What is stored of any photo."""
        return stacked(self._journal.store.annotations(photo))

    def open(self, loaded: LoadedPhoto | None) -> None:
        """Show another photo with what is stored of it; None for none."""
        self.photo, self.pixels = (loaded.photo, loaded.pixels) if loaded else (None, None)
        self._annotations, self._references = self._stored()
        self.opened.emit()

    # Masks

    def add(
        self,
        mask: Mask,
        *,
        predicted_iou: float | None = None,
        checkpoint: str | None = None,
        clicks: tuple[tuple[float, float], ...] | None = None,
    ) -> Annotation:
        """A new annotation, above all but smaller ones it covers; ``clicks`` if it is just the answer to them.

        Raises:
            ValueError: the mask is empty, or no photo is open.
        """
        if mask.area == 0:
            raise ValueError(self.tr("The mask is empty; click on a food first."))
        photo, order = self._require_photo().sha256, max((a.order for a in self._annotations.values()), default=-1) + 1
        now = datetime.now().isoformat(timespec="seconds")
        annotation = Annotation(new_id(), photo, mask, "", None, None, predicted_iou, checkpoint, order, now, clicks)
        self.change({annotation.id: annotation}, self.tr("Add a mask"))
        return self._annotations.get(annotation.id, annotation)

    def set_mask(
        self, annotation_id: str, mask: Mask, label: str = "", clicks: tuple[tuple[float, float], ...] | None = None
    ) -> None:
        """Another mask for an annotation, by hand or by ``clicks``; its portion follows. An empty one deletes it."""
        if mask.area == 0:
            self.delete([annotation_id])
            return
        after = replace(self._annotations[annotation_id], mask=mask, clicks=clicks)
        self.change({annotation_id: after}, label or self.tr("Change a mask"))

    def sharpen(self, annotation_id: str, mask: Mask, clicks: tuple[tuple[float, float], ...] | None = None) -> None:
        """The same mask by a second look: a part of the edit that called for it; ``clicks`` for a third."""
        rows = self._annotations | {annotation_id: replace(self._annotations[annotation_id], mask=mask, clicks=clicks)}
        changes = self._consequences.complete(self._scope, self._annotations, rows, self.scale)
        self._journal.amend(Edit(self.tr("Look at a mask again"), changes), self._scope)

    def delete(self, annotation_ids: Iterable[str]) -> None:
        """Remove annotations; what was logged of them stays in the diary."""
        self.change(dict.fromkeys(annotation_ids), self.tr("Delete a mask"))

    # Foods and portions

    def set_food(self, annotation_id: str, food: Food | str, *others: str) -> None:
        """Say what it is, a food or a label alone; the portion is estimated anew unless it was typed."""
        after = {i: named(self._annotations[i], food) for i in (annotation_id, *others)}
        name = food if isinstance(food, str) else food_name(food)
        self.change(after, self.tr("Name it {0}").format(name))

    def set_grams(self, annotation_id: str, grams: float) -> None:
        """A typed weight: stays until another is typed. Raises ValueError where it is not above 0."""
        old = self._annotations[annotation_id].portion
        self.set_portion(annotation_id, old.with_step("mass", grams) if old else Portion.typed_grams(grams))

    def set_step(self, annotation_id: str, name: str, value: float) -> None:
        """A typed link of the chain, 0 to free it; the others follow. Raises ValueError where there is no such link."""
        old, food = self._annotations[annotation_id].portion, self.food_of(self._annotations[annotation_id])
        if old is None or food is None:
            raise ValueError(self.tr("Say what food it is first."))
        self.set_portion(annotation_id, with_said(old, food, name, value))

    def set_servings(self, annotation_id: str, servings: float, grams_each: float) -> None:
        """A typed number of servings of so many grams."""
        self.set_grams(annotation_id, servings * grams_each)

    def set_portion(self, annotation_id: str, portion: Portion | None) -> None:
        """A portion whose steps or weight the user changed; None gives up what was typed for the estimate."""
        after = replace(self._annotations[annotation_id], portion=portion)
        label = self.tr("Change a portion") if portion else self.tr("Estimate a portion again")
        self.change({annotation_id: after}, label)

    # The scale

    def add_reference(self, reference: ScaleReference) -> None:
        """A scale reference; one of the same place is replaced, and every estimate follows."""
        replaced = {r.id: None for r in self.references if same_place(r, reference)}
        self._change_references({**replaced, reference.id: reference}, self.tr("Set the scale"))

    def mark_reference(self, candidates: Sequence[Candidate], kind: str, box: BoxPrompt | None = None) -> None:
        """A coin, plate or card by a click or a box: what has its shape, snapped to the photo's edge.

        Raises:
            ValueError: none has such a shape, or no photo is open.
        """
        mask = best_reference(list(candidates), kind, self.pixels, box)
        self.add_reference(ScaleReference(new_id(), self._require_photo().sha256, kind, mask))

    def delete_reference(self, reference_id: str) -> None:
        """Remove a scale reference; every estimate follows."""
        self._change_references({reference_id: None}, self.tr("Remove the scale reference"))

    # The diary

    def log(self, meal: str, day: str) -> int:
        """Log what has a food and a portion of the photo's meal, each once, however many photos show it.

        What is logged already stays on its day. Returns how many entries are new or corrected.
        """
        entries = [(self.entry_of(i), item) for i, item in self.items().items()]
        found = [self._consequences.log_change(e, item, meal, e.day if e else day) for e, item in entries]
        changes = tuple(change for change in found if change is not None)
        self.commit(Edit(self.tr("Log the meal"), changes))
        return len(changes)

    # Edits

    def change(self, after: Mapping[str, Annotation | None], label: str, others: tuple[Change, ...] = ()) -> bool:
        """Put annotations in place of those of the same id (None removes); portions and diary follow in one edit.

        ``others`` are changes of rows of other kinds that belong to the same edit.
        """
        rows = {i: drawn(a, self._annotations.get(i)) for i, a in {**self._annotations, **after}.items() if a}
        return self._commit_rows(rows, self.scale, label, others)

    def commit(self, edit: Edit, photo: str = "") -> bool:
        """Make an edit, with undo on this photo, or on another one that it is of."""
        return self._journal.commit(edit, photo or self._scope)

    def undo(self) -> bool:
        """Take this photo's last edit back."""
        return self._journal.undo(self._scope)

    def redo(self) -> bool:
        """Make this photo's last undone edit again."""
        return self._journal.redo(self._scope)

    @property
    def undo_label(self) -> str | None:
        """What undo would take back on this photo."""
        return self._journal.undo_label(self._scope)

    @property
    def redo_label(self) -> str | None:
        """What redo would make again."""
        return self._journal.redo_label(self._scope)

    @property
    def doing(self) -> str:
        """What the announced edit came by: "commit", "amend", "undo" or "redo"."""
        return self._journal.doing

    @property
    def _scope(self) -> str:
        return self.photo.sha256 if self.photo else ""

    @property
    def _size(self) -> tuple[int, int] | None:
        return (self.photo.width, self.photo.height) if self.photo else None

    def _require_photo(self) -> Photo:
        if self.photo is None:
            raise ValueError(self.tr("No photo is open; open one first."))
        return self.photo

    def _change_references(self, after: Mapping[str, ScaleReference | None], label: str) -> None:
        rows = {i: r for i, r in {**self._references, **after}.items() if r is not None}
        changes = tuple(Change(i, self._references.get(i), r) for i, r in after.items())
        self._commit_rows(self._annotations, resolve_scale(tuple(rows.values()), self._size), label, changes)

    def _commit_rows(
        self, rows: Mapping[str, Annotation], scale: Scale | None, label: str, changes: tuple[Change, ...] = ()
    ) -> bool:
        """Commit the annotations as they shall be, with all that follows from them."""
        done = self._consequences.complete(self._scope, self._annotations, rows, scale, changes)
        return self.commit(Edit(label, done))

    def _stored(self) -> tuple[dict[str, Annotation], dict[str, ScaleReference]]:
        store = self._journal.store
        annotations, references = store.annotations(self._scope), store.scale_references(self._scope)
        return {a.id: a for a in annotations}, {r.id: r for r in references}

    def _read_again(self) -> None:
        """Take over what another program wrote, and announce it like an edit of one's own."""
        annotations, references = self._stored()
        changes = differences({**self._annotations, **self._references}, {**annotations, **references})
        if changes:
            self._on_edited(Edit(self.tr("Changed by another program"), changes))

    def _on_edited(self, edit: Edit) -> None:
        for change in edit.changes:
            self._follow(change)
        if edit.days or self._scope in edit.photos:
            self.edited.emit(edit)

    def _follow(self, change: Change) -> None:
        row = change.row
        if isinstance(row, Annotation) and row.photo == self._scope:
            put(self._annotations, change.id, change.after)
        elif isinstance(row, ScaleReference) and row.photo == self._scope:
            put(self._references, change.id, change.after)
