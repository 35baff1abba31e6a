"""The canvas: the photo under its masks, zoomed and panned, with the tool's clicks forwarded as signals."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.ui import canvas_overlay, canvas_pointer, empty_state, theme
from foodcal_desktop.ui.canvas_overlay import Overlay
from foodcal_desktop.ui.canvas_tools import HandTool, Pointer, Tool
from foodcal_desktop.ui.drawing_surface import DrawingSurface
from foodcal_desktop.ui.drawing_tools import TOOLS, BrushTool

_NOTCH = 120.0


class PhotoCanvas(DrawingSurface):
    """Shows one photo with its overlay; decides nothing, emits what the user does in pixels of the upright photo.

    ``point_added(x, y, positive)``, ``box_drawn(x0, y0, x1, y1)``, ``line_drawn(x0, y0, x1, y1)``,
    ``picked(annotation id or "", extend)``, ``paths_dropped(list of str)``, ``image_dropped(QImage)``,
    ``view_changed()``, ``open_requested()`` (a click on the empty canvas), ``drawn(Mask, how)`` by hand,
    ``hovered(x, y)`` with no button down, ``left()``, ``radius_changed(widget pixels)`` of the brush,
    ``steps_changed()`` where the tool may have begun, taken back or ended what takes several clicks.
    """

    point_added = Signal(float, float, bool)
    box_drawn = Signal(float, float, float, float)
    line_drawn = Signal(float, float, float, float)
    picked = Signal(str, bool)
    open_requested = Signal()
    hovered = Signal(float, float)
    left = Signal()
    steps_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setMinimumSize(320, 240)
        self.setAccessibleName(self.tr("Canvas"))
        distance = float(QApplication.startDragDistance())
        self._tools: dict[str, Tool] = {tool.id: tool(min(distance, 6.0)) for tool in TOOLS}
        self._tool = self._tools["point"]
        self._pan = HandTool()
        self._active: Tool | None = None
        self._button = Qt.MouseButton.NoButton
        self._space = False
        self.trouble, self.awaits = "", False
        self._update_cursor()

    # What is shown

    @property
    def tool(self) -> str:
        """The id of the tool in hand."""
        return self._tool.id

    def set_photo(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show another photo, H×W×3 RGB, fitted; None shows the empty canvas."""
        self.overlay, self.trouble, self.awaits = Overlay(), "", False
        self._cancel_press()
        self._tool.cancel()
        self._base = None if pixels is None else Mask.empty(*pixels.shape[:2])
        self._stroke = None
        self.show_pixels(pixels)
        self._update_cursor()

    def set_trouble(self, sentence: str) -> None:
        """Say, in place of a photo, why the chosen one cannot be shown; until another is."""
        self.trouble = sentence
        self._update_cursor()
        self.update()

    def set_overlay(self, overlay: Overlay) -> None:
        """Show other masks and prompts."""
        self.overlay = overlay
        self.update()

    def set_tool(self, tool: str) -> None:
        """Take another tool in hand. Raises KeyError where there is no such tool."""
        self._cancel_press()
        self._tool.cancel()
        self._tool = self._tools[tool]
        self._update_cursor()
        self._tool_changed()

    # What tools ask for

    def add_point(self, x: float, y: float, positive: bool) -> None:
        """Forward a point prompt."""
        self.point_added.emit(x, y, positive)

    def set_box(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Forward a box prompt."""
        self.box_drawn.emit(x0, y0, x1, y1)

    def measure(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """Forward a line of known length."""
        self.line_drawn.emit(x0, y0, x1, y1)

    def finish_tool(self) -> bool:
        """Enter: end what the tool has begun; False where it has begun nothing."""
        done = self._tool.finish(self)
        self._tool_changed()
        return done

    @property
    def tool_steps(self) -> tuple[bool, bool]:
        """Whether the tool has a click to take back, and one to make again."""
        return self._tool.steps

    def undo_tool(self) -> bool:
        """Take back the last click of what the tool has begun; False where it has begun nothing."""
        done = self._tool.undo()
        self._tool_changed()
        return done

    def redo_tool(self) -> bool:
        """Make that click again; False where none was taken back."""
        done = self._tool.redo()
        self._tool_changed()
        return done

    def cancel_tool(self) -> bool:
        """Esc: forget what the tool has begun; False where it has begun nothing."""
        pressed = self._cancel_press()
        began = self._tool.cancel()
        self._stroke = None
        self._tool_changed()
        return pressed or began

    def _tool_changed(self) -> None:
        self.update()
        self.steps_changed.emit()

    def pick(self, x: float, y: float, extend: bool) -> None:
        """Forward a selection."""
        item = canvas_overlay.topmost(self.overlay.masks, x, y)
        self.picked.emit(item.id if item else "", extend)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The photo, its overlay, the running drag; or the empty state."""
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), theme.color(theme.CANVAS))
            if self._photo is None and self.trouble:
                empty_state.paint_trouble(painter, QRectF(self.rect()), self.trouble, self._dropping)
            elif self._photo is None and not self.awaits:
                empty_state.paint_drop_target(painter, QRectF(self.rect()), self._dropping)
            elif self._photo is not None:
                self._paint_all(painter, QRectF(event.rect()))

    def _paint_all(self, painter: QPainter, seen: QRectF) -> None:
        self.paint_photo(painter)
        canvas_overlay.paint(painter, self._view, self._overlay_now(), self.devicePixelRatioF())
        self.paint_stroke(painter, seen)
        (self._active or self._tool).paint(painter, self._view, self)
        if self._dropping:
            empty_state.paint_drop_frame(painter, QRectF(self.rect()))

    # Pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin what the button and the tool mean; a second button takes the first one's press back."""
        if self._photo is None:
            if event.button() == Qt.MouseButton.LeftButton and not self.trouble:
                self.open_requested.emit()
            return
        if self._active is not None:
            if event.button() != self._button:
                self._cancel_press()
            return
        self._active, self._button = self._tool_for(event), event.button()
        self._active.press(self._pointer(event), self)
        self._update_cursor()
        self.left.emit()
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the drag; show what a click would do."""
        if self._active is not None:
            self._active.move(self._pointer(event), self)
            if not isinstance(self._active, BrushTool):
                self.update()
        elif self._photo is not None:
            pointer = self._pointer(event)
            self._tool.hover(pointer, self)
            self.hovered.emit(pointer.photo.x(), pointer.photo.y())
            self._update_cursor(event.modifiers())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A space bar let go elsewhere is let go."""
        self._space = False
        self._update_cursor()
        super().focusOutEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self.left.emit()
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl the wheel sizes the brush."""
        if isinstance(self._tool, BrushTool) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_radius(self._radius * 1.15 ** (event.angleDelta().y() / _NOTCH))
            event.accept()
        else:
            super().wheelEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the drag or click."""
        if self._active is None or event.button() != self._button:
            return
        tool, self._active = self._active, None
        tool.release(self._pointer(event), self)
        self._update_cursor()
        self._tool_changed()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Two quick clicks are two clicks."""
        self.mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button is a tool's."""
        event.accept()

    def _tool_for(self, event: QMouseEvent) -> Tool:
        if event.button() == Qt.MouseButton.MiddleButton or self._space:
            return self._pan
        if self._pointer(event).selects:
            return self._tools["select"]
        return self._tool

    def _pointer(self, event: QMouseEvent) -> Pointer:
        button = self._button if event.type() == QEvent.Type.MouseMove else event.button()
        return Pointer(self._view.to_photo(event.position()), event.position(), button, event.modifiers())

    def _cancel_press(self) -> bool:
        pressed = self._active is not None
        if self._active is not None:
            self._active.cancel()
            self._active = None
            self._stroke = None
            self.update()
        return pressed

    def _update_cursor(self, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        panning = self._active is self._pan or isinstance(self._active, HandTool)
        if self._photo is None:
            self.setCursor(Qt.CursorShape.ArrowCursor if self.trouble else Qt.CursorShape.PointingHandCursor)
        elif panning:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif self._space:
            self.setCursor(Qt.CursorShape.OpenHandCursor)
        else:
            self.setCursor(canvas_pointer.cursor_of(type(self._tool), keys, self.devicePixelRatioF()))

    # Keys

    def focusNextPrevChild(self, next: bool) -> bool:
        """Tab stays here while a photo is shown: it chooses among the candidates."""
        return False if self._photo is not None else super().focusNextPrevChild(next)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space pans while it is held; Alt shows −."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = True
        self._update_cursor(event.modifiers() | _own_modifier(event))
        # Tab left to the page would move the focus away from the canvas.
        if not (self.has_photo and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """The pointer is the tool's again."""
        if event.key() == Qt.Key.Key_Space and not event.isAutoRepeat():
            self._space = False
        self._update_cursor(event.modifiers() & ~_own_modifier(event))
        super().keyReleaseEvent(event)


def _own_modifier(event: QKeyEvent) -> Qt.KeyboardModifier:
    """The modifier that a key press brings about; Qt reports it only from the next event on."""
    return Qt.KeyboardModifier.AltModifier if event.key() == Qt.Key.Key_Alt else Qt.KeyboardModifier.NoModifier
