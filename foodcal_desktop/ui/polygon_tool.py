"""The polygon tool: vertices set by clicks, and those of a mask there is, to be moved."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from foodcal_desktop.core import mask_tools
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.canvas_overlay import dark_and_light
from foodcal_desktop.ui.canvas_tools import Pointer, Tool, ToolHost
from foodcal_desktop.ui.canvas_view import CanvasView

_GRAB = 9.0
_TOLERANCE_PX = 1.5


class PolygonTool(Tool):
    """Click sets a vertex, Enter or a double click closes. On a selected mask its vertices can be dragged.

    Alt+click removes a vertex; a click on an edge adds one.
    """

    id = "polygon"
    mark = ("polygon", "point-minus")

    def __init__(self, drag_distance: float = 6.0) -> None:
        super().__init__(drag_distance)
        self._new: list[QPointF] = []
        self._rings: list[NDArray[np.float64]] = []
        self._outlines: list[NDArray[np.float64]] = []
        self._of: Mask | None = None
        self._grabbed: tuple[int, int] | None = None
        self._pointer: QPointF | None = None

    def press(self, pointer: Pointer, host: ToolHost) -> None:
        """Take hold of a vertex, or of an edge, which gets one."""
        super().press(pointer, host)
        if not self._new:
            self._follow(host)
            self._grabbed = self._grab(pointer, host)

    def move(self, pointer: Pointer, host: ToolHost) -> None:
        """The vertex follows."""
        super().move(pointer, host)
        if self._grabbed is not None:
            ring, vertex = self._grabbed
            at = host.bounded(pointer.photo)
            self._rings[ring][vertex] = (at.x(), at.y())

    def release(self, pointer: Pointer, host: ToolHost) -> None:
        """The moved vertex is an edit; elsewhere a click sets a new one."""
        pressed, grabbed = self._pressed, self._grabbed
        self._grabbed = None
        self.cancel_press()
        if grabbed is not None:
            self._apply(host, grabbed)
        elif pressed is not None:
            self.clicked(pressed, host)

    def clicked(self, pointer: Pointer, host: ToolHost) -> None:
        """A new vertex; on the first one it closes."""
        at = host.bounded(pointer.photo)
        if len(self._new) >= 3 and _distance(self._new[0], at) / host.photo_px < _GRAB:
            self.finish(host)
        else:
            self._new.append(at)

    def hover(self, pointer: Pointer, host: ToolHost) -> None:
        """The next edge follows the pointer."""
        self._pointer = pointer.widget
        self._follow(host)
        host.repaint_tool()

    def finish(self, host: ToolHost) -> bool:
        """Close the polygon."""
        points, self._new = [(p.x(), p.y()) for p in self._new], []
        if len(points) < 3:
            return bool(points)
        base = host.begin_mask()
        host.draw(base.union(mask_tools.from_polygon(points, base.height, base.width)), "polygon")
        return True

    def cancel(self) -> None:
        """Forget the vertices."""
        self.cancel_press()
        self._new, self._rings, self._of, self._grabbed = [], [], None, None

    def cancel_press(self) -> None:
        """Forget the press only."""
        self._pressed = self._at = None

    def paint(self, painter: QPainter, view: CanvasView, host: ToolHost) -> None:
        """The polygon so far, or the vertices of the selected mask."""
        points = [view.to_widget(p.x(), p.y()) for p in self._new]
        if points:
            paint_line(painter, [*points, self._pointer] if self._pointer else points)
        for point in points or [view.to_widget(x, y) for ring in self._rings for x, y in ring]:
            _paint_vertex(painter, point)

    def _follow(self, host: ToolHost) -> None:
        """The vertices are those of the mask in hand."""
        mask = host.begin_mask()
        if mask is not self._of and self._grabbed is None:
            self._of = mask
            self._outlines = mask_tools.to_polygons(mask, _TOLERANCE_PX)
            self._rings = [ring.copy() for ring in self._outlines]

    def _grab(self, pointer: Pointer, host: ToolHost) -> tuple[int, int] | None:
        reach = _GRAB * host.photo_px
        at = np.array((pointer.photo.x(), pointer.photo.y()))
        for index, ring in enumerate(self._rings):
            away = np.linalg.norm(ring - at, axis=1)
            vertex = int(away.argmin())
            if away[vertex] <= reach:
                return self._taken(index, vertex, pointer)
        return self._on_edge(at, reach)

    def _taken(self, index: int, vertex: int, pointer: Pointer) -> tuple[int, int]:
        if pointer.removes and len(self._rings[index]) > 3:
            self._rings[index] = np.delete(self._rings[index], vertex, axis=0)
            vertex = min(vertex, len(self._rings[index]) - 1)
        return index, vertex

    def _on_edge(self, at: NDArray[np.float64], reach: float) -> tuple[int, int] | None:
        for index, ring in enumerate(self._rings):
            edge, away = _nearest_edge(ring, at)
            if away <= reach:
                self._rings[index] = np.insert(ring, edge + 1, at, axis=0)
                return index, edge + 1
        return None

    def _apply(self, host: ToolHost, grabbed: tuple[int, int]) -> None:
        """Only where the vertex moved do pixels change; elsewhere the mask stays to the pixel what it was."""
        mask = self._of
        if mask is None:
            return
        box = _touched(self._outlines[grabbed[0]], self._rings[grabbed[0]], grabbed[1])
        before = mask_tools.from_polygons(self._outlines, mask.height, mask.width, box)
        after = mask_tools.from_polygons(self._rings, mask.height, mask.width, box)
        moved = mask.difference(before.difference(after)).union(after.difference(before))
        self._of = None
        if moved != mask:
            host.draw(moved, "polygon")


def _touched(before: NDArray[np.float64], after: NDArray[np.float64], vertex: int) -> tuple[int, int, int, int]:
    """The box of pixels outside which a ring with one vertex moved, added or removed fills what it filled before."""
    gone = before[~(before[:, None] == after).all(axis=2).any(axis=1)]
    around = after[[vertex - 1, vertex, (vertex + 1) % len(after)]]
    points = np.concatenate([gone, around])
    x0, y0 = np.floor(points.min(axis=0)).astype(int).tolist()
    x1, y1 = np.ceil(points.max(axis=0)).astype(int).tolist()
    return x0, y0, x1, y1


def _nearest_edge(ring: NDArray[np.float64], at: NDArray[np.float64]) -> tuple[int, float]:
    """The edge nearest to a point, by its first vertex, and how far it is."""
    ends = np.roll(ring, -1, axis=0) - ring
    length2 = np.maximum((ends**2).sum(axis=1), 1e-9)
    along = np.clip(((at - ring) * ends).sum(axis=1) / length2, 0, 1)
    away = np.linalg.norm(ring + along[:, None] * ends - at, axis=1)
    return int(away.argmin()), float(away.min())


def _distance(one: QPointF, other: QPointF) -> float:
    return QLineF(one, other).length()


def paint_line(painter: QPainter, points: list[QPointF]) -> None:
    """An open line that is seen on any photo, through widget points."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in dark_and_light(1.5):
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF(points))


def _paint_vertex(painter: QPainter, point: QPointF) -> None:
    painter.setPen(dark_and_light(1.0)[0])
    painter.setBrush(theme.color(theme.HALO))
    painter.drawEllipse(point, 3.5, 3.5)
