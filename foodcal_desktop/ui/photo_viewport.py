"""The photo on the canvas, zoomed and panned: by wheel, touchpad and pinch."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QCursor, QNativeGestureEvent, QPainter, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from foodcal_desktop.ui.canvas_view import CanvasView, fitted
from foodcal_desktop.ui.photo_pyramid import PhotoPyramid, tone_curve

_NOTCH = 120.0
_ZOOM_A_NOTCH = 1.25


class PhotoViewport(QWidget):
    """Shows one photo at any scale. ``view_changed`` says that it was zoomed, panned or fitted."""

    view_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.foot = 0.0
        self._view = CanvasView()
        self._follows_fit = True
        self._photo: PhotoPyramid | None = None
        self._tone: NDArray[np.uint8] | None = None

    @property
    def view(self) -> CanvasView:
        """Where the photo lies now."""
        return self._view

    @property
    def has_photo(self) -> bool:
        """Whether a photo is shown."""
        return self._photo is not None

    def show_pixels(self, pixels: NDArray[np.uint8] | None) -> None:
        """Show another photo, H×W×3 RGB, fitted; None for none."""
        if self._photo is not None:
            self._photo.deleteLater()
        self._photo = None if pixels is None else PhotoPyramid(pixels, self)
        if self._photo is not None:
            self._photo.ready.connect(self._repaint)
            self._photo.curve = self._tone
        self.fit()

    def set_tone(self, brightness: float, contrast: float) -> None:
        """Show the photo brighter and with more contrast, each from −1 to 1, 0 as it is. The photo stays as it is."""
        self._tone = tone_curve(brightness, contrast)
        if self._photo is not None:
            self._photo.curve = self._tone
        self.update()

    def _repaint(self) -> None:
        self.update()

    def fit(self) -> None:
        """Show the whole photo."""
        self._follows_fit = True
        if self._photo is not None:
            self._view = fitted(self._photo_size(), QSizeF(self.size()), self.foot)
        self._moved()

    def actual_size(self) -> None:
        """One photo pixel on one screen pixel, about the pointer or the middle."""
        self.zoom_to(1 / self.devicePixelRatioF())

    def zoom_to(self, scale: float, at: QPointF | None = None) -> None:
        """Zoom to logical widget pixels per photo pixel."""
        self.zoom_by(scale / self._view.scale, at)

    def zoom_by(self, factor: float, at: QPointF | None = None) -> None:
        """Zoom about a widget point, by default the pointer if it is over the canvas, else the middle."""
        if self._photo is None:
            return
        smallest = fitted(self._photo_size(), QSizeF(self.size()), self.foot).scale / 4
        self._view = self._view.zoomed(factor, at or self._anchor(), smallest)
        self._follows_fit = False
        self._moved()

    def pan_by(self, dx: float, dy: float) -> None:
        """Move the photo by widget pixels."""
        if self._photo is not None:
            self._view = self._view.panned(dx, dy).kept_in_sight(self._photo_size(), QSizeF(self.size()))
            self._follows_fit = False
            self._moved()

    def _anchor(self) -> QPointF:
        at = QPointF(self.mapFromGlobal(QCursor.pos()))
        return at if self.underMouse() and QRectF(self.rect()).contains(at) else QRectF(self.rect()).center()

    def _moved(self) -> None:
        self.view_changed.emit()
        self.update()

    def _photo_size(self) -> QSizeF:
        assert self._photo is not None
        return QSizeF(self._photo.width, self._photo.height)

    def holds(self, x: float, y: float) -> bool:
        """Whether the photo has this pixel."""
        return self._photo is not None and 0 <= x < self._photo.width and 0 <= y < self._photo.height

    def bounded(self, point: QPointF) -> QPointF:
        """The nearest point of the photo."""
        size = self._photo_size()
        return QPointF(min(max(point.x(), 0.0), size.width()), min(max(point.y(), 0.0), size.height()))

    def paint_photo(self, painter: QPainter) -> None:
        """Paint the part of the photo that is seen."""
        assert self._photo is not None
        whole = QRectF(0, 0, self._photo.width, self._photo.height)
        source = self._view.rect_to_photo(QRectF(self.rect())).intersected(whole)
        if not source.isEmpty():
            target = self._view.transform().mapRect(source)
            self._photo.paint(painter, target, source, self.devicePixelRatioF())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay fitted if it was."""
        if self._follows_fit:
            self.fit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """A wheel zooms to the pointer; a touchpad pans, with Ctrl it zooms."""
        keys, pixels = event.modifiers(), event.pixelDelta()
        if keys & Qt.KeyboardModifier.ShiftModifier:
            turn = event.angleDelta()
            self.pan_by(turn.y() or turn.x(), 0)
        elif not pixels.isNull() and not keys & Qt.KeyboardModifier.ControlModifier:
            self.pan_by(pixels.x(), pixels.y())
        else:
            self.zoom_by(_ZOOM_A_NOTCH ** (event.angleDelta().y() / _NOTCH), event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Pinch and smart zoom."""
        if isinstance(event, QNativeGestureEvent):
            return self._gesture(event)
        return super().event(event)

    def _gesture(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_by(1 + event.value(), event.position())
        elif event.gestureType() == Qt.NativeGestureType.SmartZoomNativeGesture:
            self.fit() if not self._follows_fit else self.zoom_to(1 / self.devicePixelRatioF(), event.position())
        else:
            return False
        return True
