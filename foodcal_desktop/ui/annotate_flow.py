"""Forwards what the user does on the annotate page to the sessions, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.core.annotation import new_id
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.core.scale import ScaleReference, parse_kind
from foodcal_desktop.storage.settings import LAST_REFERENCE, Plate, Settings
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.reference_picker import ReferenceChoice

if TYPE_CHECKING:
    from foodcal_desktop.app.photo_session import PhotoSession
    from foodcal_desktop.app.prompt_session import PromptSession
    from foodcal_desktop.app.worker_client import WorkerClient


class AnnotateFlow(QObject):
    """Wires the page. ``said(sentence)`` goes to the status line."""

    said = Signal(str)

    def __init__(self, page: AnnotatePage, worker: WorkerClient, actions: Actions) -> None:
        super().__init__(page)
        self._page, self._worker, self._actions = page, worker, actions
        self._session: PhotoSession = page.session
        self._prompts: PromptSession = page.prompts
        self._settings: Settings = page.settings
        # Who took something back, the last one at the end: prompts and edits have histories of their own.
        self._undone: list[PromptSession | PhotoSession] = []
        # What the prompts under way mark: a kind of scale reference, or "" for a food. The tool may change meanwhile.
        self._marks = ""
        self._wire_canvas()
        self._wire_panel()
        self._wire_actions()
        self._session.notice.connect(self.said)
        self._session.opened.connect(self._take_point_tool)
        self._prompts.accepted.connect(self._on_accepted)
        self._prompts.failed.connect(self.said)

    def undo(self) -> None:
        """Take back the last prompt, or else the last edit of the photo."""
        label = self._session.undo_label
        if self._prompts.undo():
            self._undone.append(self._prompts)
        elif self._session.undo():
            self._undone.append(self._session)
            self.said.emit(self.tr("Taken back: {0}.").format(label))

    def redo(self) -> None:
        """Make again what was taken back last, prompt or edit."""
        label = self._session.redo_label
        while self._undone:
            last = self._undone.pop()
            # What was done since has ended the redo of some; they answer False.
            if last.redo():
                if last is self._session:
                    self.said.emit(self.tr("Made again: {0}.").format(label))
                return

    # Canvas

    def _wire_canvas(self) -> None:
        canvas = self._page.canvas
        canvas.point_added.connect(self._on_point)
        canvas.box_drawn.connect(self._on_box)
        canvas.line_drawn.connect(self._on_line)
        canvas.picked.connect(self._page.select)
        self._page.area.scale.clicked.connect(self._page.open_reference_picker)
        self._page.area.scale.remove_wanted.connect(self._remove_references)
        self._page.reference_picker.picked.connect(self._on_reference_chosen)
        self._page.reference_picker.plate_added.connect(self._on_plate)
        self._page.food_picker.picked.connect(self._on_food)

    def _on_point(self, x: float, y: float, positive: bool) -> None:
        self._marks = self._page.pending_reference
        self._prompts.add_point(x, y, positive)
        if self._marks and positive:
            self._prompts.accept()

    def _on_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        self._marks = self._page.pending_reference
        self._prompts.set_box(x0, y0, x1, y1)
        if self._marks:
            self._prompts.accept()

    def _on_accepted(self, candidate: Candidate, _prompts: object) -> None:
        if self._marks:
            self._add_reference(ScaleReference(new_id(), self._photo(), self._marks, candidate.mask))
        else:
            self._try(lambda: self._add_annotation(candidate))

    def _add_annotation(self, candidate: Candidate) -> None:
        added = self._session.add(
            candidate.mask, predicted_iou=candidate.predicted_iou, checkpoint=self._worker.checkpoint
        )
        self._page.select(added.id)
        self._page.open_food_picker()

    # Scale

    def _on_line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        length = self._page.reference_picker.line_mm
        self._add_reference(ScaleReference(new_id(), self._photo(), "line", None, (x0, y0, x1, y1), length))

    def _add_reference(self, reference: ScaleReference) -> None:
        if self._try(lambda: self._session.add_reference(reference)):
            self._take_point_tool()
            scale = self._session.scale
            if scale is not None:
                name = wording.reference_name(reference.kind)
                self.said.emit(self.tr("Scale by {0}: {1} mm per pixel.").format(name, f"{scale.mm_per_px:.2f}"))

    def _remove_references(self) -> None:
        for reference in self._session.references:
            self._session.delete_reference(reference.id)

    def _take_reference_tool(self) -> None:
        if not self._prompts.prompts.is_empty:
            self.said.emit(self.tr("Accept (Enter) or discard (Esc) the mask first, then click the scale reference."))
            self._take_point_tool()
            return
        last = self._settings.get(LAST_REFERENCE)
        if last:
            self._await_reference(last)
        else:
            self._page.open_reference_picker()

    def _on_reference_chosen(self, choice: ReferenceChoice) -> None:
        self._try(lambda: self._settings.set(LAST_REFERENCE, choice.kind))
        self._await_reference(choice.kind)

    def _on_plate(self, diameter_mm: float) -> None:
        name = self.tr("My plate, {0} mm").format(f"{diameter_mm:g}")
        self._try(lambda: self._settings.remember_plate(Plate(name, diameter_mm)))
        kind = parse_kind(f"plate-{diameter_mm:g}")
        self._try(lambda: self._settings.set(LAST_REFERENCE, kind))
        self._await_reference(kind)

    def _await_reference(self, kind: str) -> None:
        self._page.pending_reference = kind
        self._page.canvas.set_tool("line" if kind == "line" else "reference")
        self._actions["tool.reference"].setChecked(True)
        self._page.show_scale()
        self._page.canvas.setFocus()

    # Panel

    def _wire_panel(self) -> None:
        panel, session = self._page.panel, self._session
        panel.selected.connect(self._page.select)
        panel.food_wanted.connect(self._on_food_wanted)
        panel.grams_typed.connect(lambda i, grams: self._try(lambda: session.set_grams(i, grams)))
        panel.servings_typed.connect(lambda i, n, each: self._try(lambda: session.set_servings(i, n, each)))
        panel.step_typed.connect(lambda i, name, value: self._try(lambda: session.set_step(i, name, value)))
        panel.estimate_wanted.connect(lambda i: session.set_portion(i, None))
        panel.delete_wanted.connect(lambda i: self._delete([i]))

    def _on_food_wanted(self, annotation_id: str) -> None:
        self._page.select(annotation_id)
        self._page.open_food_picker()

    def _on_food(self, food: Food) -> None:
        chosen = self._page.selected_one()
        if chosen is not None:
            self._session.set_food(chosen.id, food)

    def _delete(self, annotation_ids: list[str]) -> None:
        if annotation_ids:
            self._session.delete(annotation_ids)
            self.said.emit(self.tr("Deleted. Ctrl+Z brings it back."))

    def _log(self) -> None:
        slot = self._page.panel.slot
        count = self._session.log(slot, self._session.default_day)
        if count == 0:
            self.said.emit(self.tr("The diary has these items already."))
            return
        row = self._page.current_row()
        if row is not None:
            self._page.library.set_state(row, "done")
        day = wording.day_name(self._session.default_day)
        self.said.emit(self.tr("Logged to {0}, {1}: {2} items.").format(wording.slot_name(slot), day, count))

    # Actions

    def _wire_actions(self) -> None:
        page, prompts, library = self._page, self._prompts, self._page.library
        handlers: dict[str, Callable[[], object]] = {
            "prompt.accept": prompts.accept,
            "prompt.discard": prompts.discard,
            "prompt.cycle": lambda: prompts.cycle(1),
            "prompt.cycle_back": lambda: prompts.cycle(-1),
            "edit.delete": lambda: self._delete(sorted(page.selected)),
            "edit.previous_item": lambda: page.select_step(-1),
            "edit.next_item": lambda: page.select_step(1),
            "photo.next": library.next,
            "photo.previous": library.previous,
            "photo.next_todo": self._next_to_do,
            "photo.done": lambda: self._mark("done"),
            "photo.review": lambda: self._mark("review"),
            "view.fit": page.canvas.fit,
            "view.actual": page.canvas.actual_size,
            "view.zoom_in": lambda: page.canvas.zoom_by(1.25),
            "view.zoom_out": lambda: page.canvas.zoom_by(0.8),
            "meal.food": page.open_food_picker,
            "meal.log": self._log,
            "tool.reference": self._take_reference_tool,
        }
        for tool in ("point", "box", "select", "hand"):
            handlers[f"tool.{tool}"] = partial(self._take_tool, tool)
        for action_id, handler in handlers.items():
            self._actions[action_id].triggered.connect(lambda _=False, handler=handler: handler())
        page.queue.chosen.connect(library.select)

    def _take_tool(self, tool: str) -> None:
        self._page.pending_reference = ""
        self._page.canvas.set_tool(tool)
        self._actions[f"tool.{tool}"].setChecked(True)
        self._page.show_scale()

    def _take_point_tool(self) -> None:
        self._take_tool("point")

    def _next_to_do(self) -> None:
        library = self._page.library
        later = [*range(library.current + 1, len(library)), *range(max(library.current, 0))]
        found = next((i for i in later if library.item(i).state == "todo" and not library.item(i).error), None)
        if found is None:
            self.said.emit(self.tr("No photo is left to do."))
        else:
            library.select(found)

    def _mark(self, state: str) -> None:
        row, library = self._page.current_row(), self._page.library
        if row is not None:
            library.set_state(row, "todo" if library.item(row).state == state else state)

    def _photo(self) -> str:
        return self._session.photo.sha256 if self._session.photo else ""

    def _try(self, change: Callable[[], object]) -> bool:
        """Make a change; what the core or the disk refuses it says in a sentence for the user."""
        try:
            change()
        except (ValueError, OSError) as error:
            self.said.emit(str(error))
            self._page.refresh()
            return False
        return True
