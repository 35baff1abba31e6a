"""What the charts of a span of days have in common: a slot for each point, the pointer, the keyboard's place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from foodcal_desktop.core.trends import NO_TREND, Trend, TrendPoint
from foodcal_desktop.ui import theme

NO_POINT = -1


class SpanChart(QWidget):
    """``pointed(index)`` under the pointer, NO_POINT when it leaves; ``opened(index)`` by a click."""

    pointed = Signal(int)
    opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.trend = NO_TREND
        self.cursor_at = NO_POINT
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def points(self) -> Sequence[TrendPoint]:
        """The days or weeks of the trend."""
        return self.trend.points

    def show_trend(self, trend: Trend) -> None:
        """Show a trend; nothing is pointed to at first."""
        self.trend = trend
        self.set_cursor(NO_POINT)

    def plot(self) -> QRectF:
        """Where the data is drawn, in pixels of the widget."""
        return QRectF(self.rect())

    def x_of(self, index: int) -> float:
        """The middle of a point's slot."""
        area = self.plot()
        return area.x() + area.width() * (index + 0.5) / max(len(self.points), 1)

    def slot_at(self, x: float) -> int:
        """The point whose slot is there; the nearest one beside the plot, NO_POINT where there are none."""
        area = self.plot()
        if not self.points or area.width() <= 0:
            return NO_POINT
        return min(max(int((x - area.x()) * len(self.points) / area.width()), 0), len(self.points) - 1)

    def slot_width(self) -> float:
        """In pixels."""
        return self.plot().width() / max(len(self.points), 1)

    def set_cursor(self, index: int) -> None:
        """Show which point is pointed to, by whatever means."""
        self.cursor_at = index if 0 <= index < len(self.points) else NO_POINT
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point to the day or week under the pointer."""
        index = self.slot_at(event.position().x())
        if index != self.cursor_at:
            self.pointed.emit(index)

    def leaveEvent(self, event: QEvent) -> None:
        """Point to nothing."""
        self.pointed.emit(NO_POINT)
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            index = self.slot_at(event.position().x())
            if index != NO_POINT:
                self.opened.emit(index)

    def paint_baseline(self, painter: QPainter) -> None:
        """The hairline that the data stands on."""
        area = self.plot()
        painter.setPen(QPen(QColor(theme.tokens().hairline), 1))
        painter.drawLine(area.bottomLeft(), area.bottomRight())


def text_at(painter: QPainter, middle: QPointF, text: str, ink: QColor, within: QRectF) -> QRectF:
    """One line of text around a point, moved so that it stays within a rectangle; where it stands."""
    size = painter.fontMetrics().size(0, text)
    place = QRectF(middle.x() - size.width() / 2, middle.y() - size.height() / 2, size.width() + 1, size.height())
    place.moveLeft(max(min(place.x(), within.right() - place.width()), within.x()))
    painter.setPen(ink)
    painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
    return place
