"""Tools that draw masks by hand: brush, eraser, lasso, polygon."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter

from foodcal_desktop.core import mask_tools
from foodcal_desktop.core.mask_tools import Stroke
from foodcal_desktop.ui.canvas_overlay import dark_and_light
from foodcal_desktop.ui.canvas_tools import (
    BoxTool,
    HandTool,
    LineTool,
    Pointer,
    PointTool,
    ReferenceTool,
    SelectTool,
    Tool,
    ToolHost,
)
from foodcal_desktop.ui.canvas_view import CanvasView
from foodcal_desktop.ui.polygon_tool import PolygonTool, paint_line


class BrushTool(Tool):
    """Paints on the mask; the right button, or Alt, erases. The ring is what it covers."""

    id = "brush"
    cursor = Qt.CursorShape.BlankCursor
    erases: ClassVar[bool] = False

    def __init__(self, drag_distance: float = 6.0) -> None:
        super().__init__(drag_distance)
        self._stroke: Stroke | None = None
        self._ring: QPointF | None = None

    @property
    def ring(self) -> QPointF | None:
        """Where the ring is, in widget pixels."""
        return self._ring

    def press(self, pointer: Pointer, host: ToolHost) -> None:
        """Begin a stroke on the mask in hand."""
        super().press(pointer, host)
        radius = host.radius * host.photo_px
        self._stroke = Stroke(host.begin_mask(), radius, self.erases != pointer.removes)
        self._extend(pointer, host)

    def move(self, pointer: Pointer, host: ToolHost) -> None:
        """Go on."""
        super().move(pointer, host)
        self._extend(pointer, host)

    def release(self, pointer: Pointer, host: ToolHost) -> None:
        """The stroke is an edit."""
        stroke = self._stroke
        self.cancel()
        if stroke is not None:
            mask = stroke.finish()
            host.show_stroke(None, (0, 0, 0, 0))
            host.draw(mask, "erase" if stroke.erase else "brush")

    def hover(self, pointer: Pointer, host: ToolHost) -> None:
        """The ring follows."""
        self._ring = pointer.widget
        host.repaint_tool()

    def cancel(self) -> bool:
        """Forget the stroke."""
        self._stroke = None
        return super().cancel()

    def paint(self, painter: QPainter, view: CanvasView, host: ToolHost) -> None:
        """The ring."""
        if self._ring is not None:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for pen in dark_and_light(1.5):
                painter.setPen(pen)
                painter.drawEllipse(self._ring, host.radius, host.radius)

    def _extend(self, pointer: Pointer, host: ToolHost) -> None:
        self._ring = pointer.widget
        if self._stroke is not None:
            changed = self._stroke.extend([(pointer.photo.x(), pointer.photo.y())])
            host.show_stroke(self._stroke.pixels, changed)


class EraserTool(BrushTool):
    """Takes away from the mask."""

    id = "eraser"
    erases = True


class LassoTool(Tool):
    """Drag around a food; Alt, or the right button, takes away from the mask."""

    id = "lasso"
    mark = ("lasso", "point-minus")

    def __init__(self, drag_distance: float = 6.0) -> None:
        super().__init__(drag_distance)
        self._line: list[QPointF] = []

    def press(self, pointer: Pointer, host: ToolHost) -> None:
        """Begin the line."""
        super().press(pointer, host)
        self._line = [pointer.photo]

    def move(self, pointer: Pointer, host: ToolHost) -> None:
        """Draw on."""
        super().move(pointer, host)
        self._line.append(pointer.photo)

    @property
    def dragging(self) -> bool:
        """The line comes back to where it began; how far it went in between counts."""
        start = self._line[0] if self._line else QPointF()
        return any((p - start).manhattanLength() > 2 for p in self._line)

    def dragged(self, start: Pointer, end: Pointer, host: ToolHost) -> None:
        """What the line went around is added, or taken away."""
        base = host.begin_mask()
        drawn = mask_tools.from_lasso([(p.x(), p.y()) for p in self._line], base.height, base.width)
        way = sum(QLineF(a, b).length() for a, b in zip(self._line, [*self._line[1:], self._line[0]], strict=True))
        # A line that goes around nothing, less than two pixels of the screen wide, holds only specks.
        if drawn.area > way * host.photo_px:
            host.draw(base.difference(drawn) if start.removes else base.union(drawn), "lasso")

    def paint(self, painter: QPainter, view: CanvasView, host: ToolHost) -> None:
        """The line so far."""
        if self._pressed is not None:
            paint_line(painter, [view.to_widget(p.x(), p.y()) for p in self._line])


TOOLS: tuple[type[Tool], ...] = (
    PointTool,
    BoxTool,
    SelectTool,
    HandTool,
    ReferenceTool,
    LineTool,
    BrushTool,
    EraserTool,
    LassoTool,
    PolygonTool,
)
"""Every tool; a new one is a class and a place in this tuple."""
