"""How the photo and its masks are shown, and the preview under the pointer."""

from __future__ import annotations

from foodcal_desktop.app.hover_preview import HoverPreview
from foodcal_desktop.storage.settings import BRIGHTNESS, CONTRAST, HOVER_PREVIEW, OUTLINE_ONLY
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow


class ViewFlow(Flow):
    """Takes the settings over at the start, and whenever they change."""

    def __init__(self, page: AnnotatePage, preview: HoverPreview, actions: Actions) -> None:
        super().__init__(page, actions)
        self._preview = preview
        actions["view.outline"].setChecked(self._settings.get(OUTLINE_ONLY))
        actions["view.preview"].setChecked(self._settings.get(HOVER_PREVIEW))
        preview.enabled = self._settings.get(HOVER_PREVIEW)
        preview.changed.connect(page.refresh_overlay)
        page.canvas.hovered.connect(self._on_hover)
        page.canvas.left.connect(preview.leave)
        page.session.opened.connect(lambda: preview.open(page.session.photo))
        page.session.opened.connect(self.refresh)
        self.bind({"view.preview": self._toggle_preview})

    def refresh(self) -> None:
        """Show the photo as the settings say."""
        self._page.canvas.set_tone(self._settings.get(BRIGHTNESS), self._settings.get(CONTRAST))
        self._page.refresh_overlay()

    def _on_hover(self, x: float, y: float) -> None:
        canvas = self._page.canvas
        if canvas.tool == "point" and canvas.holds(x, y) and not self._page.pending_reference:
            self._preview.move(x, y)
        else:
            self._preview.leave()

    def _toggle_preview(self) -> None:
        self._preview.enabled = self._actions["view.preview"].isChecked()
        self.attempt(lambda: self._settings.set(HOVER_PREVIEW, self._preview.enabled))
        self._preview.leave()
