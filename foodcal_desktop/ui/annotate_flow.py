"""Forwards what the user does on the annotate page to the sessions, and says what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from foodcal_desktop.app import meal_time
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, Prompts
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow
from foodcal_desktop.ui.scale_flow import ScaleFlow

if TYPE_CHECKING:
    from foodcal_desktop.app.worker_client import WorkerClient

TOOLS = ("point", "box", "select", "hand")


@dataclass
class Target:
    """What prompts are for: a kind of scale reference, an annotation to correct, or else a new food.

    A name given before the mask is there waits in ``food``; ``asked`` tells that it was asked for. ``like`` is the
    annotation of another photo whose item this is. ``also`` are others that get the same name.
    """

    reference: str = ""
    annotation: str = ""
    also: tuple[str, ...] = ()
    food: Food | str | None = None
    asked: bool = False
    like: Annotation | None = None


class AnnotateFlow(Flow):
    """Prompts, names, portions and the log.

    ``added_like(like, annotation id)``: an item carried from another photo was corrected and accepted.
    """

    added_like = Signal(object, str)

    def __init__(self, page: AnnotatePage, worker: WorkerClient, actions: Actions) -> None:
        super().__init__(page, actions)
        self._worker = worker
        self._target = Target()
        self._naming = Target()
        # Asked first what a key or a click means: "accept", "delete", "discard", "next", "previous", "point".
        self.before: Callable[..., bool] = lambda *_: False
        # Set while an item carried from another photo is clicked: the mask to come is that item.
        self.next_like: Annotation | None = None
        self.scale = ScaleFlow(page, actions)
        self.scale.said.connect(self.said)
        self.scale.finished.connect(self.take_point_tool)
        self._wire_canvas()
        self._wire_panel()
        self._wire_actions()
        self._session.notice.connect(lambda text: self.said.emit(wording.sentence(text)))
        self._session.opened.connect(self._on_opened)
        self._prompts.accepted.connect(self._on_accepted)
        self._prompts.failed.connect(lambda text: self.said.emit(wording.sentence(text)))

    def correct(self, annotation_id: str) -> None:
        """Open an accepted annotation again: its mask is what the next clicks correct."""
        found = next((a for a in self._session.annotations if a.id == annotation_id), None)
        if found is not None:
            self._prompts.begin_with(found.mask, found.predicted_iou or 1.0)
            self._target = Target(annotation=annotation_id, asked=True)
            self.take_point_tool()

    def take_tool(self, tool: str) -> None:
        """Take a tool in hand."""
        self._page.pending_reference = ""
        self._page.canvas.set_tool(tool)
        self._actions[f"tool.{tool}"].setChecked(True)
        self._page.show_scale()
        self._page.refresh_overlay()

    def take_point_tool(self) -> None:
        """Back to the usual tool."""
        self.take_tool("point")

    def name(self, annotation_id: str) -> None:
        """Ask what an annotation is."""
        self._page.select(annotation_id)
        self._naming = Target(annotation=annotation_id, asked=True)
        self._page.open_food_picker()

    # Canvas

    def _wire_canvas(self) -> None:
        canvas = self._page.canvas
        canvas.point_added.connect(self._on_point)
        canvas.box_drawn.connect(self._on_box)
        canvas.picked.connect(self._page.select)
        self._page.food_picker.picked.connect(self._on_food)

    def _on_opened(self) -> None:
        self._target, self.next_like = Target(), None
        self.take_point_tool()

    def _on_point(self, x: float, y: float, positive: bool) -> None:
        if positive:
            self.before("point", x, y)
        self._begin()
        self._prompts.add_point(x, y, positive)
        if self._target.reference and positive:
            self._accept()

    def _on_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        fresh = self._prompts.prompts.is_empty and not self._target.annotation
        if fresh and self.scale.mark_box(self._page.pending_reference, BoxPrompt(x0, y0, x1, y1)):
            return
        self._begin()
        self._prompts.set_box(x0, y0, x1, y1)
        if self._target.reference:
            self._accept()

    def _begin(self) -> None:
        """The first prompt says what the others are for; the tool may change meanwhile."""
        if self._prompts.prompts.is_empty and not self._target.annotation:
            self._target = Target(reference=self._page.pending_reference, like=self.next_like)
            self.next_like = None

    def _accept(self) -> None:
        if self._page.canvas.finish_tool() or self.before("accept"):
            return
        target, self._target = self._target, Target()
        waiting, prompts = self._prompts.waiting, self._prompts.prompts
        self._prompts.accept(target)
        if waiting and not target.reference and not target.annotation and target.like is None:
            # Named at once, so that no letter typed meanwhile is taken for a key of the tools.
            target.asked = True
            self._naming = target
            self._page.open_food_picker_at_prompts(prompts)

    def _discard(self) -> None:
        """Esc ends one thing at a time: what the tool has begun, proposals, prompts, and at last the selection."""
        active = self._prompts.active or bool(self._target.annotation)
        if self._page.canvas.cancel_tool() or self.before("discard"):
            return
        self._target = Target()
        self._prompts.discard()
        if not active:
            self._page.select("")

    def _on_accepted(self, candidate: Candidate, prompts: Prompts, target: Target | None) -> None:
        target = target or Target()
        clicks = None if self._prompts.by_hand else tuple((p.x, p.y) for p in prompts.points if p.positive)
        if target.reference:
            self.scale.mark(target.reference, self._prompts.offered, prompts.box)
        elif target.annotation:
            self._correct(target.annotation, candidate, clicks)
        else:
            self.attempt(lambda: self._add_annotation(candidate, target, clicks))

    def _correct(
        self, annotation_id: str, candidate: Candidate, clicks: tuple[tuple[float, float], ...] | None
    ) -> None:
        """Nothing where it was deleted while its new mask was awaited."""
        label = self.tr("Correct a mask")
        if any(a.id == annotation_id for a in self._session.annotations):
            self.attempt(lambda: self._session.set_mask(annotation_id, candidate.mask, label, clicks))

    def _add_annotation(
        self, candidate: Candidate, target: Target, clicks: tuple[tuple[float, float], ...] | None
    ) -> None:
        iou, checkpoint = candidate.predicted_iou, self._worker.checkpoint
        added = self._session.add(candidate.mask, predicted_iou=iou, checkpoint=checkpoint, clicks=clicks)
        target.annotation = added.id
        self._page.select(added.id)
        if target.like is not None and target.like.label:
            named = replace(added, label=target.like.label, food_id=target.like.food_id)
            food = self._session.foods.by_id(named.food_id)
            name = wording.food_name(food) if food is not None else named.label
            self._session.change({added.id: named}, self.tr("Name it {0}").format(name))
            target.asked = True
        if target.like is not None:
            self.added_like.emit(target.like, added.id)
        if target.food is not None:
            self._session.set_food(added.id, target.food)
        elif not target.asked:
            self.name(added.id)

    # Panel

    def _wire_panel(self) -> None:
        panel, session = self._page.panel, self._session
        panel.selected.connect(self._page.select)
        panel.food_wanted.connect(self.name)
        panel.grams_typed.connect(lambda i, grams: self.attempt(lambda: session.set_grams(i, grams)))
        panel.servings_typed.connect(lambda i, n, each: self.attempt(lambda: session.set_servings(i, n, each)))
        panel.step_typed.connect(lambda i, name, value: self.attempt(lambda: session.set_step(i, name, value)))
        panel.estimate_wanted.connect(lambda i: session.set_portion(i, None))
        panel.delete_wanted.connect(lambda i: self.delete([i]))

    def _on_food(self, food: Food | str) -> None:
        if self._naming.annotation:
            there = {a.id for a in self._session.annotations}
            named = [i for i in (self._naming.annotation, *self._naming.also) if i in there]
            if named:
                self._session.set_food(named[0], food, *named[1:])
        else:
            self._naming.food = food

    def _name_selected(self) -> None:
        chosen = self._page.selected_ids()
        if chosen:
            self._naming = Target(annotation=chosen[0], also=tuple(chosen[1:]), asked=True)
            self._page.open_food_picker()

    def delete(self, annotation_ids: list[str]) -> None:
        """Remove annotations."""
        if annotation_ids:
            self._session.delete(annotation_ids)
            self.said.emit(self.tr("Deleted. Ctrl+Z brings it back."))

    def _log(self) -> None:
        slot, on = self._page.panel.slot, meal_time.meal_of(self._session)[0]
        count = self._session.log(slot, on)
        if count == 0:
            self.said.emit(self.tr("The diary has these items already."))
            return
        row = self._page.current_row()
        if row is not None:
            self._page.library.set_state(row, "done")
        day = wording.day_name(on)
        one, more = self.tr("Logged to {0}, {1}: 1 item."), self.tr("Logged to {0}, {1}: {2} items.")
        self.said.emit((one if count == 1 else more).format(wording.slot_name(slot), day, count))

    # Actions

    def _bracket(self, way: str, step: int) -> None:
        """[ and ] size the brush while it is in hand; else they go from item to item."""
        canvas = self._page.canvas
        if canvas.tool in ("brush", "eraser"):
            canvas.set_radius(canvas.radius * 1.2**step)
        elif not self.before(way):
            self._page.select_step(step)

    def _wire_actions(self) -> None:
        page, prompts = self._page, self._prompts
        handlers: dict[str, Callable[[], object]] = {
            "prompt.accept": self._accept,
            "prompt.discard": self._discard,
            "prompt.cycle": lambda: None if self.before("next") else prompts.cycle(1),
            "prompt.cycle_back": lambda: None if self.before("previous") else prompts.cycle(-1),
            "edit.delete": lambda: None if self.before("delete") else self.delete(sorted(page.selected)),
            "edit.previous_item": lambda: self._bracket("previous", -1),
            "edit.next_item": lambda: self._bracket("next", 1),
            "view.fit": page.canvas.fit,
            "view.actual": page.canvas.actual_size,
            "view.zoom_in": lambda: page.canvas.zoom_by(1.25),
            "view.zoom_out": lambda: page.canvas.zoom_by(0.8),
            "meal.food": self._name_selected,
            "meal.log": self._log,
        }
        for tool in TOOLS:
            handlers[f"tool.{tool}"] = partial(self.take_tool, tool)
        self.bind(handlers)
