"""The canvas' tools: one small class each, told of the pointer in photo pixels, asking the canvas for what they do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.ui import canvas_overlay
from foodcal_desktop.ui.canvas_view import CanvasView

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Pointer:
    """A press, move or release: where on the photo and on the widget, with which button and keys."""

    photo: QPointF
    widget: QPointF
    button: Qt.MouseButton
    keys: Qt.KeyboardModifier

    @property
    def removes(self) -> bool:
        """The right button, or Alt: a negative prompt."""
        return self.button == Qt.MouseButton.RightButton or bool(self.keys & Qt.KeyboardModifier.AltModifier)

    @property
    def extends(self) -> bool:
        """Shift: add to the selection."""
        return bool(self.keys & Qt.KeyboardModifier.ShiftModifier)

    @property
    def selects(self) -> bool:
        """Control with the left button: select whatever the tool."""
        return self.button == Qt.MouseButton.LeftButton and bool(self.keys & Qt.KeyboardModifier.ControlModifier)


class ToolHost(Protocol):
    """What a tool may ask of the canvas; coordinates in photo pixels."""

    def add_point(self, x: float, y: float, positive: bool) -> None:
        """A point prompt."""

    def set_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A box prompt."""

    def pick(self, x: float, y: float, extend: bool) -> None:
        """Select the mask at a point."""

    def measure(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A line of known length."""

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the photo by widget pixels."""

    def begin_mask(self) -> Mask:
        """The mask that drawing works on: the candidate, the only selected one, or an empty one."""

    def show_stroke(self, pixels: NDArray[np.bool_] | None, changed: Box) -> None:
        """Show the mask being drawn (H×W) in the place of what is drawn on; None to end."""

    def draw(self, mask: Mask, label: str) -> None:
        """Put a drawn mask in its place."""

    def set_radius(self, radius: float) -> None:
        """Another radius of the brush, in widget pixels."""

    @property
    def photo_px(self) -> float:
        """How many photo pixels a widget pixel spans."""

    @property
    def radius(self) -> float:
        """The radius of the brush in widget pixels."""

    def repaint_tool(self) -> None:
        """What the tool paints has changed."""

    def holds(self, x: float, y: float) -> bool:
        """Whether the photo has this pixel."""

    def bounded(self, point: QPointF) -> QPointF:
        """The nearest point of the photo."""


class Tool:
    """A tool does nothing until a subclass says what. ``mark`` is the icon at the pointer, with its negative one."""

    id: ClassVar[str] = ""
    mark: ClassVar[tuple[str, str] | None] = None
    cursor: ClassVar[Qt.CursorShape] = Qt.CursorShape.CrossCursor

    def __init__(self, drag_distance: float = 6.0) -> None:
        self._drag_distance = drag_distance
        self._pressed: Pointer | None = None
        self._at: Pointer | None = None

    def press(self, pointer: Pointer, host: ToolHost) -> None:
        """The button went down."""
        self._pressed = self._at = pointer

    def move(self, pointer: Pointer, host: ToolHost) -> None:
        """The pointer moved with the button down."""
        self._at = pointer

    def release(self, pointer: Pointer, host: ToolHost) -> None:
        """The button went up."""
        self._at = pointer
        pressed, dragged = self._pressed, self.dragging
        self.cancel()
        if pressed is not None and dragged:
            self.dragged(pressed, pointer, host)
        elif pressed is not None:
            self.clicked(pressed, host)

    def hover(self, pointer: Pointer, host: ToolHost) -> None:
        """The pointer moved with no button down."""

    def finish(self, host: ToolHost) -> bool:
        """Enter: end what takes several clicks; False where there is nothing to end."""
        return False

    @property
    def steps(self) -> tuple[bool, bool]:
        """Whether there is something to take back of what takes several clicks, and something to make again."""
        return False, False

    def undo(self) -> bool:
        """Take back the last of what takes several clicks; False where there is nothing to take back."""
        return False

    def redo(self) -> bool:
        """Make again what was taken back last; False where there is nothing."""
        return False

    def cancel(self) -> bool:
        """Forget a press that has not been released; whether anything was begun."""
        began = self._pressed is not None
        self._pressed = self._at = None
        return began

    @property
    def dragging(self) -> bool:
        """Whether the pointer went far enough from the press to mean a drag."""
        if self._pressed is None or self._at is None:
            return False
        way = self._at.widget - self._pressed.widget
        return max(abs(way.x()), abs(way.y())) >= self._drag_distance

    def clicked(self, pointer: Pointer, host: ToolHost) -> None:
        """A press and release at one place."""

    def dragged(self, start: Pointer, end: Pointer, host: ToolHost) -> None:
        """A press here and a release there."""

    def paint(self, painter: QPainter, view: CanvasView, host: ToolHost) -> None:
        """Paint what the running drag would do."""


class BoxTool(Tool):
    """Drag makes a box."""

    id = "box"

    def dragged(self, start: Pointer, end: Pointer, host: ToolHost) -> None:
        """A box between the two places, cut at the photo's edge; none where it has no area."""
        a, b = host.bounded(start.photo), host.bounded(end.photo)
        if a.x() != b.x() and a.y() != b.y():
            host.set_box(min(a.x(), b.x()), min(a.y(), b.y()), max(a.x(), b.x()), max(a.y(), b.y()))

    def paint(self, painter: QPainter, view: CanvasView, host: ToolHost) -> None:
        """The box being drawn."""
        if self.dragging and self._pressed is not None and self._at is not None:
            a, b = host.bounded(self._pressed.photo), host.bounded(self._at.photo)
            corners = QRectF(view.to_widget(a.x(), a.y()), view.to_widget(b.x(), b.y()))
            canvas_overlay.paint_box(painter, corners.normalized())


class PointTool(BoxTool):
    """Left click adds, right click or Alt removes, drag makes a box."""

    id = "point"
    mark = ("point", "point-minus")

    def clicked(self, pointer: Pointer, host: ToolHost) -> None:
        """A point prompt."""
        if host.holds(pointer.photo.x(), pointer.photo.y()):
            host.add_point(pointer.photo.x(), pointer.photo.y(), not pointer.removes)

    def dragged(self, start: Pointer, end: Pointer, host: ToolHost) -> None:
        """A box with the left button; a hand that trembled with the right one meant the click."""
        if start.removes:
            self.clicked(start, host)
        else:
            super().dragged(start, end, host)

    @property
    def dragging(self) -> bool:
        """A removing press never makes a box."""
        return super().dragging and not (self._pressed is not None and self._pressed.removes)


class ReferenceTool(PointTool):
    """A click on the coin, card or plate."""

    id = "reference"
    mark = ("coin", "point-minus")


class LineTool(Tool):
    """A drag along something of known length."""

    id = "line"
    mark = ("line", "line")

    def dragged(self, start: Pointer, end: Pointer, host: ToolHost) -> None:
        """A line of known length."""
        a, b = host.bounded(start.photo), host.bounded(end.photo)
        host.measure(a.x(), a.y(), b.x(), b.y())

    def paint(self, painter: QPainter, view: CanvasView, host: ToolHost) -> None:
        """The line being drawn."""
        if self.dragging and self._pressed is not None and self._at is not None:
            a, b = host.bounded(self._pressed.photo), host.bounded(self._at.photo)
            canvas_overlay.paint_measure(painter, view.to_widget(a.x(), a.y()), view.to_widget(b.x(), b.y()))


class SelectTool(Tool):
    """Click selects a mask, Shift adds to the selection."""

    id = "select"
    cursor = Qt.CursorShape.ArrowCursor

    def clicked(self, pointer: Pointer, host: ToolHost) -> None:
        """Select."""
        host.pick(pointer.photo.x(), pointer.photo.y(), pointer.extends)


class HandTool(Tool):
    """Drag moves the photo; the middle button and the space bar do so with every tool."""

    id = "hand"
    cursor = Qt.CursorShape.OpenHandCursor

    def move(self, pointer: Pointer, host: ToolHost) -> None:
        """Follow the pointer."""
        if self._at is not None:
            way = pointer.widget - self._at.widget
            host.pan_by(way.x(), way.y())
        self._at = pointer
