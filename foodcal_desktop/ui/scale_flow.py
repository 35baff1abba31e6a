"""The photo's scale: which reference the next click means, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal

from foodcal_desktop.core.annotation import new_id
from foodcal_desktop.core.prompt import BoxPrompt, Candidate
from foodcal_desktop.core.references import is_outline
from foodcal_desktop.core.scale import ScaleReference, parse_kind
from foodcal_desktop.storage.settings import LAST_REFERENCE, LINE_MM, Plate
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow
from foodcal_desktop.ui.reference_picker import ReferenceChoice


class ScaleFlow(Flow):
    """``finished()``: the reference is there, or cannot be marked now; the usual tool is wanted again."""

    finished = Signal()

    def __init__(self, page: AnnotatePage, actions: Actions) -> None:
        super().__init__(page, actions)
        # Asked first what a kind that was chosen from the list is for; True where it is no click's.
        self.meant: Callable[[str], bool] | None = None
        page.reference_picker.line.setValue(self._settings.get(LINE_MM))
        page.canvas.line_drawn.connect(self._on_line)
        page.area.scale.clicked.connect(page.open_reference_picker)
        page.area.scale.remove_wanted.connect(self._remove_all)
        page.reference_picker.picked.connect(self._on_chosen)
        page.reference_picker.plate_added.connect(self._on_plate)
        page.reference_picker.plate_unwanted.connect(self._on_unwanted)
        self.bind({"tool.reference": self._take_tool})

    def mark(self, kind: str, candidates: Sequence[Candidate], box: BoxPrompt | None = None) -> None:
        """The coin, card or plate that was clicked: whichever candidate has its shape; or what the box is around."""
        self.set_scale(kind, lambda: self._session.mark_reference(candidates, kind, box))

    def mark_box(self, kind: str, box: BoxPrompt) -> bool:
        """The coin or plate that a box was drawn around, at once; False for a card, or a trembling click."""
        if self._session.pixels is None or not is_outline(box, kind):
            return False
        self.mark(kind, (), box)
        return True

    def _on_line(self, x0: float, y0: float, x1: float, y1: float) -> None:
        length = self._page.reference_picker.line_mm
        self.attempt(lambda: self._settings.set(LINE_MM, length))
        self._add(ScaleReference(new_id(), self.photo(), "line", None, (x0, y0, x1, y1), length))

    def _add(self, reference: ScaleReference) -> None:
        self.set_scale(reference.kind, lambda: self._session.add_reference(reference))

    def forget_meant(self) -> None:
        """The list was closed: the next kind is a click's again."""
        self.meant = None

    def set_scale(self, kind: str, change: Callable[[], object]) -> None:
        """Make a change that gives the photo a scale, and say which."""
        if self.attempt(change):
            self.finished.emit()
            scale = self._session.scale
            if scale is not None:
                name = wording.reference_name(kind)
                self.said.emit(self.tr("Scale by {0}: {1} mm per pixel.").format(name, f"{scale.mm_per_px:.2f}"))

    def _remove_all(self) -> None:
        for reference in self._session.references:
            self._session.delete_reference(reference.id)

    def _take_tool(self) -> None:
        if self._prompts.active:
            self.said.emit(self.tr("Accept (Enter) or discard (Esc) the mask first, then click the scale reference."))
            self.finished.emit()
            return
        last = self._settings.get(LAST_REFERENCE)
        if last:
            self._await(last)
        else:
            self._page.open_reference_picker()

    def _on_chosen(self, choice: ReferenceChoice) -> None:
        self.attempt(lambda: self._settings.set(LAST_REFERENCE, choice.kind))
        self._await(choice.kind)

    def _on_plate(self, diameter_mm: float, name: str) -> None:
        name = name or self.tr("My plate, {0} mm").format(f"{diameter_mm:g}")
        self.attempt(lambda: self._settings.remember_plate(Plate(name, diameter_mm)))
        kind = parse_kind(f"plate-{diameter_mm:g}")
        self.attempt(lambda: self._settings.set(LAST_REFERENCE, kind))
        self._await(kind)

    def _on_unwanted(self, name: str) -> None:
        """The key of the tool shall not wait for a click on a plate that is forgotten."""
        if self.attempt(lambda: self._settings.forget_plate(name)):
            plates = self._settings.plates()
            self._page.reference_picker.set_plates(plates)
            known = {f"plate-{plate.diameter_mm:g}" for plate in plates}
            last = self._settings.get(LAST_REFERENCE)
            if last.startswith("plate-") and last not in known:
                self.attempt(lambda: self._settings.set(LAST_REFERENCE, ""))
            self.said.emit(self.tr("{0} is forgotten; enter it again to have it back.").format(name))

    def _await(self, kind: str) -> None:
        if self.meant is not None and self.meant(kind):
            return
        self._page.pending_reference = kind
        self._page.canvas.set_tool("line" if kind == "line" else "reference")
        self._actions["tool.reference"].setChecked(True)
        self._page.show_scale()
        self._page.canvas.setFocus()
