"""The place where foods are marked: queue, canvas and meal, put together and kept in step with the sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QHBoxLayout, QWidget

from foodcal_desktop.app import meal_time
from foodcal_desktop.app.weighing_session import WeighingSession
from foodcal_desktop.core import scale_warnings
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.coverage import Uncovered
from foodcal_desktop.core.prompt import Prompts
from foodcal_desktop.core.scale import Scale
from foodcal_desktop.storage.settings import MASK_OPACITY, OUTLINE_ONLY, Settings
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotation_panel import AnnotationPanel
from foodcal_desktop.ui.canvas_area import CanvasArea
from foodcal_desktop.ui.canvas_overlay import Overlay, PaintedMask
from foodcal_desktop.ui.food_picker import FoodPicker
from foodcal_desktop.ui.items import HueBook
from foodcal_desktop.ui.meal_items import items_of
from foodcal_desktop.ui.photo_list import PhotoList
from foodcal_desktop.ui.reference_picker import ReferencePicker
from foodcal_desktop.ui.tool_hints import tool_hint

if TYPE_CHECKING:
    from foodcal_desktop.app.food_search import FoodSearch
    from foodcal_desktop.app.hover_preview import HoverPreview
    from foodcal_desktop.app.photo_library import PhotoLibrary
    from foodcal_desktop.app.photo_queue import PhotoQueue
    from foodcal_desktop.app.photo_session import PhotoSession
    from foodcal_desktop.app.prompt_session import PromptSession
    from foodcal_desktop.app.proposal_session import ProposalSession
    from foodcal_desktop.app.scale_offer import ScaleOffer


class AnnotatePage(QWidget):
    """Shows the open photo. What the user does is forwarded by ``AnnotateFlow``."""

    def __init__(
        self,
        library: PhotoLibrary,
        session: PhotoSession,
        prompts: PromptSession,
        foods: FoodSearch,
        settings: Settings,
        actions: Actions,
        queue: PhotoQueue | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.library, self.session, self.prompts, self.settings = library, session, prompts, settings
        self.weighing = WeighingSession(session)
        self.queue = PhotoList(library, queue)
        self.order = queue
        self.area = CanvasArea(actions)
        self.canvas = self.area.canvas
        self.panel = AnnotationPanel(actions["meal.log"])
        self.food_picker = FoodPicker(self, foods, labels=True)
        self.reference_picker = ReferencePicker(self)
        self.selected: frozenset[str] = frozenset()
        # In the order they were selected, for the first one is what the others are added to.
        self._order: list[str] = []
        self._held, self._stale = 0, False
        self.proposals: ProposalSession | None = None
        self.preview: HoverPreview | None = None
        self.offer: ScaleOffer | None = None
        self.pending_reference = ""
        self._covered: tuple[object, Uncovered | None] | None = None
        self._hues = HueBook()
        self._actions = actions
        self._lay_out()
        self.set_narrow(False)
        self._follow_sessions()
        self.refresh()

    @contextmanager
    def one_refresh(self) -> Iterator[None]:
        """Show what comes of several changes once, at their end."""
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            if self._stale and not self._held:
                self.refresh()

    def refresh(self) -> None:
        """Show the session as it is now."""
        self._stale = bool(self._held)
        if self._stale:
            return
        known = {a.id for a in self.session.annotations}
        self.selected = self.selected & known
        self._hues.keep_only(known)
        items, counting = items_of(self.session, self.weighing, self._hues.hue)
        logged = [item.id for item in counting if self.session.entry_of(item.id) is not None]
        photo = self.session.photo
        self.panel.show_items(items, self.selected, logged, counting, photo is not None)
        self.panel.show_when(wording.when(meal_time.meal_of(self.session)[0], photo.taken_at) if photo else "")
        self.show_scale()
        self.refresh_overlay()

    def refresh_overlay(self) -> None:
        """Show masks, candidates and prompts as they are now."""
        candidate, proposal = self.prompts.candidate, self.proposals.chosen if self.proposals else None
        shown, left = self.proposals.shown if self.proposals else (), self._uncovered()
        ghost = self.preview.candidate if self.preview else None
        one, offered = self.selected_one(), self.offer.offered if self.offer else None
        overlay = Overlay(
            tuple(PaintedMask(a.id, a.mask, self._hues.hue(a.id), a.label) for a in self.session.annotations),
            self.selected,
            candidate.mask if candidate else None,
            self._hues.next(),
            self.prompts.waiting,
            self.prompts.prompts,
            self.session.references,
            self.prompts.kept_prompts,
            tuple(c.mask for c in shown),
            proposal.mask if proposal else None,
            left.mask if left and self._actions["view.uncovered"].isChecked() else None,
            ghost.mask if ghost else None,
            offered.mask if offered else None,
            self.settings.get(MASK_OPACITY),
            self.settings.get(OUTLINE_ONLY),
        )
        self.canvas.set_overlay(overlay)
        self.canvas.set_base(candidate.mask if candidate else one.mask if one else None)
        self.panel.show_uncovered(left.share if left else 0.0)
        self.area.strip.show_candidates(self.prompts.candidates, self.prompts.chosen, self._hues.next())
        self.area.hint.show_text(self._hint())
        self.area.arrange()
        self._enable()

    def show_scale(self) -> None:
        """Show the scale, or the reference that the next click means."""
        scale = self.session.scale
        self.area.scale.show_scale(scale, self.pending_reference)
        self.panel.show_scale_warnings(self._scale_warnings(scale) if scale else ())
        self.area.arrange()

    def _scale_warnings(self, scale: Scale) -> tuple[str, ...]:
        foods = [(self._name_of(a), a.mask) for a in self.session.annotations]
        far = scale_warnings.far_from_food(scale, self.session.references, foods)
        return tuple(wording.sentence(text) for text in (*scale.warnings, far) if text)

    def select(self, annotation_id: str, extend: bool = False) -> None:
        """Select an annotation, "" for none; extending adds it or takes it away."""
        one = frozenset([annotation_id]) if annotation_id else frozenset()
        wanted = (self.selected ^ one) if extend else one
        if wanted == self.selected:
            return
        self.selected = wanted
        self._order = [i for i in self._order if i in self.selected]
        self._order += sorted(self.selected - set(self._order))
        self.refresh()

    def selected_ids(self) -> list[str]:
        """The selected annotations, the one selected first at the front."""
        return [i for i in self._order if i in self.selected]

    def select_step(self, step: int) -> None:
        """Select the next or the previous item."""
        ids = [a.id for a in self.session.annotations]
        if ids:
            chosen = self.selected_one()
            at = ids.index(chosen.id) + step if chosen else (0 if step > 0 else -1)
            self.select(ids[at % len(ids)])

    def selected_one(self) -> Annotation | None:
        """The annotation, if exactly one is selected."""
        found = [a for a in self.session.annotations if a.id in self.selected]
        return found[0] if len(found) == 1 else None

    def open_food_picker(self) -> None:
        """Ask what the selected annotations are, beside the mask of the first."""
        first = next((a for i in self.selected_ids()[:1] for a in self.session.annotations if a.id == i), None)
        if first is not None:
            self.food_picker.open_at(self.area.beside(first.mask, self.food_picker, self))

    def open_food_picker_at_prompts(self, prompts: Prompts) -> None:
        """Ask what is being marked while its mask is still awaited."""
        self.food_picker.open_at(self.area.beside_prompts(prompts, self))

    def open_reference_picker(self) -> None:
        """Ask what lies beside the food."""
        self.reference_picker.set_plates(self.settings.plates())
        chip = self.area.scale
        top = chip.mapTo(self, QPoint(0, 0))
        x = top.x() + (chip.width() - self.reference_picker.width()) // 2
        self.reference_picker.open_at(QPoint(x, top.y() - self.reference_picker.height() - theme.SPACE_8))

    def current_row(self) -> int | None:
        """The open photo's row of the queue; None while another, or one that is no photo, is being opened."""
        row, photo = self.library.current, self.session.photo
        known = self.library.item(row).photo if row >= 0 else None
        return row if known is not None and photo is not None and known.sha256 == photo.sha256 else None

    def set_narrow(self, narrow: bool) -> None:
        """Give the canvas more room in a small window."""
        self.queue.setFixedWidth(theme.QUEUE_WIDTH_NARROW if narrow else theme.QUEUE_WIDTH)
        self.panel.setFixedWidth(theme.PANEL_WIDTH_NARROW if narrow else theme.PANEL_WIDTH)

    def _follow_sessions(self) -> None:
        self.library.opening.connect(self._on_opening)
        self.session.opened.connect(self._on_opened)
        self.session.edited.connect(lambda _edit: self.refresh())
        self.prompts.changed.connect(self.refresh_overlay)
        for picker in (self.food_picker, self.reference_picker):
            picker.closed.connect(self.canvas.setFocus)

    def _on_opening(self) -> None:
        """A photo is on its way: until it is there nobody is asked to drop one."""
        self.queue.show_current(self.library.current)
        self.canvas.awaits = True
        self.canvas.update()

    def _on_opened(self) -> None:
        photo = self.session.photo
        self.selected = frozenset()
        self.canvas.set_photo(self.session.pixels)
        self.area.show_for_photo(photo is not None)
        self.panel.set_slot(meal_time.meal_of(self.session)[1])
        self.refresh()
        self.canvas.fit()
        self.canvas.setFocus()

    def _uncovered(self) -> Uncovered | None:
        """What no mask covers, computed anew only where masks or proposals are others."""
        if self.proposals is None or not self.proposals.known:
            return None
        key = (self.session.photo, tuple(a.mask for a in self.session.annotations), self.proposals.rejected)
        if self._covered is None or self._covered[0] != key:
            self._covered = (key, self.proposals.uncovered())
        return self._covered[1]

    def _hint(self) -> str:
        if self.prompts.swollen:
            return self.tr("⚠ The mask became much larger · Z takes the last click back")
        if self.prompts.collapsed:
            return self.tr("⚠ Most of the mask is gone · Z takes the last click back")
        if self.proposals is not None and not self.prompts.active:
            if self.proposals.looking:
                return self.tr("Looking for foods… Esc leaves it")
            if self.proposals.shown:
                text = self.tr("{0} of {1} proposals · Enter accepts · Del rejects · click corrects · Tab: next")
                counted = text.format(self.proposals.current + 1, len(self.proposals.shown))
                like = self.proposals.like(self.proposals.chosen)
                return self.tr("{0}? {1}").format(self._name_of(like), counted) if like and like.label else counted
        count = len(self.prompts.candidates)
        if (self.prompts.waiting or self.prompts.accepting) and not count:
            return self.tr("Looking… your clicks are kept")
        if count > 1:
            which = self.tr("{0} of {1}").format(self.prompts.chosen + 1, count)
            return self.tr("Enter accepts · Tab: another candidate ({0}) · Esc discards").format(which)
        if count:
            return self.tr("Enter accepts · click to correct · Esc discards")
        one = self.selected_one()
        return tool_hint(self.canvas.tool, self._name_of(one) if one else None)

    def hue_of(self, annotation_id: str) -> int:
        """The hue of an item, on the photo and in the list."""
        return self._hues.hue(annotation_id)

    def _name_of(self, annotation: Annotation) -> str:
        food = self.session.food_of(annotation)
        return wording.food_name(food) if food else annotation.label or self.tr("A food")

    def _enable(self) -> None:
        proposing = self.proposals is not None and bool(self.proposals.shown) and not self.prompts.active
        for name in ("prompt.cycle", "prompt.cycle_back"):
            self._actions[name].setEnabled(len(self.prompts.candidates) > 1 or proposing)
        self._actions["edit.delete"].setEnabled(bool(self.selected) or proposing)
        self._actions["find.accept_all"].setEnabled(proposing)
        self._actions["prompt.back"].setEnabled(self.prompts.steps[0])
        for name in ("mask.refine", "mask.up", "mask.down"):
            self._actions[name].setEnabled(self.selected_one() is not None)
        self._actions["meal.food"].setEnabled(bool(self.selected))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.queue)
        row.addWidget(self.area, 1)
        row.addWidget(self.panel)
