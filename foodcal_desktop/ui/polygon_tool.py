"""The polygon tool: vertices set by clicks, and those of a mask there is, to be moved."""

from __future__ import annotations

from math import floor, log2

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
_TWICE = 4.0
_TOLERANCE_PX = 1.5


class PolygonTool(Tool):
    """Click sets a vertex; Enter, a double click or a click on the first one closes.

    On a selected mask its vertices can be dragged, a click on an edge adds one, Alt or the right button removes one.
    """

    id = "polygon"
    mark = ("polygon", "point-minus")

    def __init__(self, drag_distance: float = 6.0) -> None:
        super().__init__(drag_distance)
        self._new: list[QPointF] = []
        self._undone: list[QPointF] = []
        self._rings: list[NDArray[np.float64]] = []
        self._outlines: list[NDArray[np.float64]] = []
        self._of: Mask | None = None
        self._tolerance = _TOLERANCE_PX
        self._grabbed: tuple[int, int] | None = None
        self._held = QPointF()
        self._removed = False
        self._pointer: QPointF | None = None

    def press(self, pointer: Pointer, host: ToolHost) -> None:
        """Take hold of a vertex, or of an edge, which gets one."""
        self._follow(host)
        super().press(pointer, host)
        if not self._new:
            self._grabbed = self._grab(pointer, host)
        if self._grabbed is not None:
            ring, vertex = self._grabbed
            self._held = QPointF(*self._rings[ring][vertex]) - pointer.photo

    def move(self, pointer: Pointer, host: ToolHost) -> None:
        """The vertex follows, as far from the pointer as it was taken hold of."""
        super().move(pointer, host)
        if self._grabbed is not None and not self._removed:
            ring, vertex = self._grabbed
            at = host.bounded(pointer.photo + self._held)
            self._rings[ring][vertex] = (at.x(), at.y())

    def release(self, pointer: Pointer, host: ToolHost) -> None:
        """The moved vertex is an edit; elsewhere a click sets a new one."""
        pressed, grabbed, removed = self._pressed, self._grabbed, self._removed
        self.cancel_press()
        if pressed is None:
            return
        if grabbed is None:
            self.clicked(pressed, host)
        elif removed or pointer.widget != pressed.widget:
            self._apply(host, grabbed)

    def clicked(self, pointer: Pointer, host: ToolHost) -> None:
        """A new vertex; on the first one, or twice at one place, it closes; a removing click takes the last one."""
        at = host.bounded(pointer.photo)
        if pointer.removes:
            self.undo()
        elif self._closes(at, host.photo_px):
            self.finish(host)
        else:
            self._new.append(at)
            self._undone.clear()

    def _closes(self, at: QPointF, photo_px: float) -> bool:
        first_or_last = ((0, _GRAB), (-1, _TWICE))
        return len(self._new) >= 3 and any(_near(self._new[i], at, reach * photo_px) for i, reach in first_or_last)

    def hover(self, pointer: Pointer, host: ToolHost) -> None:
        """The next edge follows the pointer."""
        self._pointer = pointer.widget
        host.repaint_tool()

    def finish(self, host: ToolHost) -> bool:
        """Close the polygon."""
        points, self._new = [(p.x(), p.y()) for p in self._new], []
        self._undone.clear()
        if len(points) < 3:
            return bool(points)
        base = host.begin_mask()
        host.draw(base.union(mask_tools.from_polygon(points, base.height, base.width)), "polygon")
        return True

    @property
    def steps(self) -> tuple[bool, bool]:
        """Whether a new vertex can be taken back, and one set again."""
        return bool(self._new), bool(self._undone)

    def undo(self) -> bool:
        """Take the last new vertex back."""
        if self._new:
            self._undone.append(self._new.pop())
            return True
        return False

    def redo(self) -> bool:
        """Set the vertex again that was taken back last."""
        if self._undone:
            self._new.append(self._undone.pop())
            return True
        return False

    def cancel(self) -> bool:
        """Forget the vertices."""
        began = bool(self._new)
        self.cancel_press()
        self._new, self._undone, self._rings, self._of = [], [], [], None
        return began

    def cancel_press(self) -> None:
        """Forget the press only."""
        self._pressed = self._at = self._grabbed = None
        self._removed = False

    def paint(self, painter: QPainter, view: CanvasView, host: ToolHost) -> None:
        """The polygon so far, or the vertices of the selected mask."""
        self._follow(host)
        points = [view.to_widget(p.x(), p.y()) for p in self._new]
        if points:
            paint_line(painter, [*points, self._pointer] if self._pointer else points)
        for point in points or [view.to_widget(x, y) for ring in self._rings for x, y in ring]:
            _paint_vertex(painter, point)

    def _follow(self, host: ToolHost) -> None:
        """The vertices are those of the mask in hand, as many as can be told apart at this size."""
        mask, tolerance = host.begin_mask(), _TOLERANCE_PX * 2 ** max(floor(log2(host.photo_px)), 0)
        if (mask is not self._of or tolerance != self._tolerance) and self._pressed is None:
            self._of, self._tolerance = mask, tolerance
            self._outlines = mask_tools.to_polygons(mask, tolerance)
            self._rings = [ring.copy() for ring in self._outlines]

    def _grab(self, pointer: Pointer, host: ToolHost) -> tuple[int, int] | None:
        reach = _GRAB * host.photo_px
        at = np.array((pointer.photo.x(), pointer.photo.y()))
        nearest = [np.linalg.norm(ring - at, axis=1) for ring in self._rings]
        index = min(range(len(nearest)), key=lambda i: nearest[i].min(), default=None)
        if index is not None and nearest[index].min() <= reach:
            return self._taken(index, int(nearest[index].argmin()), pointer)
        return None if pointer.removes else self._on_edge(at, reach)

    def _taken(self, index: int, vertex: int, pointer: Pointer) -> tuple[int, int]:
        if pointer.removes and len(self._rings[index]) > 3:
            self._rings[index] = np.delete(self._rings[index], vertex, axis=0)
            vertex = min(vertex, len(self._rings[index]) - 1)
            self._removed = True
        return index, vertex

    def _on_edge(self, at: NDArray[np.float64], reach: float) -> tuple[int, int] | None:
        for index, ring in enumerate(self._rings):
            edge, foot = _nearest_edge(ring, at)
            if np.linalg.norm(foot - at) <= reach:
                self._rings[index] = np.insert(ring, edge + 1, foot, axis=0)
                return index, edge + 1
        return None

    def _apply(self, host: ToolHost, grabbed: tuple[int, int]) -> None:
        """Only where the vertex moved do pixels change; elsewhere the mask stays to the pixel what it was."""
        if self._of is None:
            return
        box = _touched(self._outlines[grabbed[0]], self._rings[grabbed[0]], grabbed[1])
        moved = mask_tools.with_outlines(self._of, self._outlines, self._rings, box, self._tolerance)
        if moved != self._of:
            self._of = None
            host.draw(moved, "polygon")


def _touched(before: NDArray[np.float64], after: NDArray[np.float64], vertex: int) -> tuple[int, int, int, int]:
    """The box of pixels outside which a ring with one vertex moved, added or removed fills what it filled before."""
    gone = before[~(before[:, None] == after).all(axis=2).any(axis=1)]
    around = after[[vertex - 1, vertex, (vertex + 1) % len(after)]]
    points = np.concatenate([gone, around])
    x0, y0 = np.floor(points.min(axis=0)).astype(int).tolist()
    x1, y1 = np.ceil(points.max(axis=0)).astype(int).tolist()
    return x0, y0, x1, y1


def _nearest_edge(ring: NDArray[np.float64], at: NDArray[np.float64]) -> tuple[int, NDArray[np.float64]]:
    """The edge nearest to a point, by its first vertex, and where on it the nearest place is."""
    ends = np.roll(ring, -1, axis=0) - ring
    length2 = np.maximum((ends**2).sum(axis=1), 1e-9)
    along = np.clip(((at - ring) * ends).sum(axis=1) / length2, 0, 1)
    feet = ring + along[:, None] * ends
    edge = int(np.linalg.norm(feet - at, axis=1).argmin())
    return edge, feet[edge]


def _near(one: QPointF, other: QPointF, reach: float) -> bool:
    return QLineF(one, other).length() < reach


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
