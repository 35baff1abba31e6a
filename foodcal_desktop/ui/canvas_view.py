"""Where the photo lies on the canvas: photo pixels to widget pixels and back."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QTransform

_FIT_MARGIN = 24.0
_MAX_SCALE = 40.0


@dataclass(frozen=True, slots=True)
class CanvasView:
    """widget = offset + scale · photo, in logical widget pixels; the first pixel has its centre at (0.5, 0.5)."""

    scale: float = 1.0
    x: float = 0.0
    y: float = 0.0

    def to_widget(self, x: float, y: float) -> QPointF:
        """The widget point of a photo point."""
        return QPointF(self.x + x * self.scale, self.y + y * self.scale)

    def to_photo(self, point: QPointF) -> QPointF:
        """The photo point under a widget point."""
        return QPointF((point.x() - self.x) / self.scale, (point.y() - self.y) / self.scale)

    def rect_to_photo(self, rect: QRectF) -> QRectF:
        """The photo rectangle under a widget rectangle."""
        return QRectF(self.to_photo(rect.topLeft()), self.to_photo(rect.bottomRight()))

    def transform(self) -> QTransform:
        """The same as a painter's transform."""
        return QTransform(self.scale, 0, 0, self.scale, self.x, self.y)

    def zoomed(self, factor: float, at: QPointF, smallest: float) -> CanvasView:
        """Scaled about a widget point, whose photo point stays under it; never below ``smallest``."""
        scale = min(max(self.scale * factor, smallest), _MAX_SCALE)
        ratio = scale / self.scale
        return CanvasView(scale, at.x() - (at.x() - self.x) * ratio, at.y() - (at.y() - self.y) * ratio)

    def panned(self, dx: float, dy: float) -> CanvasView:
        """Moved by widget pixels."""
        return CanvasView(self.scale, self.x + dx, self.y + dy)

    def kept_in_sight(self, photo: QSizeF, widget: QSizeF) -> CanvasView:
        """Moved back so far that at least a third of the canvas, or of a smaller photo, still shows the photo."""
        x = _bounded(self.x, photo.width() * self.scale, widget.width())
        y = _bounded(self.y, photo.height() * self.scale, widget.height())
        return CanvasView(self.scale, x, y)


def _bounded(offset: float, length: float, room: float) -> float:
    seen = min(length, room) / 3
    return min(max(offset, seen - length), room - seen)


def fitted(photo: QSizeF, widget: QSizeF, foot: float = 0.0) -> CanvasView:
    """The whole photo in the middle of the canvas, above a foot of so many widget pixels."""
    width = max(widget.width() - 2 * _FIT_MARGIN, 1.0)
    height = max(widget.height() - 2 * _FIT_MARGIN - foot, 1.0)
    scale = min(width / photo.width(), height / photo.height(), _MAX_SCALE)
    x = (widget.width() - photo.width() * scale) / 2
    y = (widget.height() - foot - photo.height() * scale) / 2
    return CanvasView(scale, x, y)
