"""What a canvas needs to be drawn upon: the mask in hand, the stroke being drawn, the brush's size."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.ui import canvas_overlay, stroke_layer, theme
from foodcal_desktop.ui.canvas_overlay import Overlay
from foodcal_desktop.ui.canvas_tools import Box, Tool
from foodcal_desktop.ui.drawing_tools import BrushTool
from foodcal_desktop.ui.drop_target import DropTarget

_RADII = (1.0, 400.0)


class DrawingSurface(DropTarget):
    """``drawn(Mask, how)`` a mask was drawn by hand; ``radius_changed(widget pixels)`` of the brush."""

    drawn = Signal(object, str)
    radius_changed = Signal(float)
    _tool: Tool

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.overlay = Overlay()
        self._radius = 16.0
        self._ring = QRect()
        self._stroke: NDArray[np.bool_] | None = None
        self._base: Mask | None = None

    def set_base(self, mask: Mask | None) -> None:
        """The mask that drawing works on; None for a new one."""
        if mask is not None:
            self._base = mask
        elif self._base is not None and self._base.runs:
            self._base = Mask.empty(self._base.height, self._base.width)

    def begin_mask(self) -> Mask:
        """The mask that drawing works on. Raises ValueError without a photo."""
        if self._base is None:
            raise ValueError("No photo is open.")
        return self._base

    def show_stroke(self, pixels: NDArray[np.bool_] | None, changed: Box) -> None:
        """Show what is being drawn; only what it changed is painted anew."""
        began = self._stroke is None or pixels is None
        self._stroke = pixels
        if began:
            self.update()
            return
        x0, y0, x1, y1 = changed
        area = QRectF(self._view.to_widget(x0, y0), self._view.to_widget(x1, y1))
        self.update(area.toAlignedRect().adjusted(-2, -2, 2, 2))
        self.repaint_tool()

    def draw(self, mask: Mask, label: str) -> None:
        """Forward a mask drawn by hand."""
        self.drawn.emit(mask, label)

    @property
    def radius(self) -> float:
        """The brush's radius in widget pixels."""
        return self._radius

    def set_radius(self, radius: float) -> None:
        """Another radius, in widget pixels."""
        self._radius = min(max(radius, _RADII[0]), _RADII[1])
        self.radius_changed.emit(self._radius)
        self.update()

    @property
    def photo_px(self) -> float:
        """How many photo pixels a widget pixel spans."""
        return 1 / self._view.scale

    def repaint_tool(self) -> None:
        """Paint the brush's ring anew where it was and where it is; a polygon's edge may go anywhere."""
        if not isinstance(self._tool, BrushTool):
            self.update()
            return
        reach = int(self._radius) + 5
        at = self.mapFromGlobal(self.cursor().pos()) if self._tool.ring is None else self._tool.ring.toPoint()
        now = QRect(at.x() - reach, at.y() - reach, 2 * reach, 2 * reach)
        self.update(self._ring)
        self.update(now)
        self._ring = now

    def paint_stroke(self, painter: QPainter, seen: QRectF) -> None:
        """Paint the mask being drawn inside a widget rectangle."""
        if self._stroke is not None:
            color = theme.mask_color(self._stroke_hue(), canvas_overlay.fill_of(self.overlay.opacity, True))
            stroke_layer.paint(painter, self._view, self._stroke, seen, color, self.devicePixelRatioF())

    def _overlay_now(self) -> Overlay:
        """While a mask is being drawn it is not shown as it was."""
        if self._stroke is None:
            return self.overlay
        if self.overlay.candidate is not None:
            return replace(self.overlay, candidate=None)
        return replace(self.overlay, hidden=self.overlay.selected if len(self.overlay.selected) == 1 else frozenset())

    def _stroke_hue(self) -> int:
        chosen = [m.hue for m in self.overlay.masks if m.id in self.overlay.selected]
        mine = len(chosen) == 1 and self.overlay.candidate is None
        return chosen[0] if mine else self.overlay.candidate_hue
