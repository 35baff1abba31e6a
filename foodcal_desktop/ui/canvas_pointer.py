"""The pointer over the canvas says what a click will do."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QLineF, QPointF, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPen, QPixmap

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.canvas_tools import Tool

_SIZE = 40
_HOT = 14


def cursor_of(tool: type[Tool], keys: Qt.KeyboardModifier, device_ratio: float) -> QCursor:
    """A cross with the tool's mark at its foot; Alt shows the negative mark, Ctrl the selecting arrow."""
    if keys & Qt.KeyboardModifier.ControlModifier:
        return QCursor(Qt.CursorShape.ArrowCursor)
    if tool.mark is None:
        return QCursor(tool.cursor)
    negative = bool(keys & Qt.KeyboardModifier.AltModifier)
    return _cross(tool.mark[1 if negative else 0], negative, device_ratio)


@lru_cache(maxsize=32)
def _cross(mark: str, negative: bool, device_ratio: float) -> QCursor:
    pixmap = QPixmap(round(_SIZE * device_ratio), round(_SIZE * device_ratio))
    pixmap.setDevicePixelRatio(device_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _paint_cross(painter)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(theme.LIGHT.error if negative else theme.LIGHT.accent))
    painter.drawEllipse(QPointF(_HOT + 14, _HOT + 14), 9, 9)
    painter.drawPixmap(_HOT + 6, _HOT + 6, theme.icon_pixmap(mark, 16, theme.HALO, device_ratio))
    painter.end()
    return QCursor(pixmap, _HOT, _HOT)


def _paint_cross(painter: QPainter) -> None:
    ends = ((-10, 0, -3, 0), (3, 0, 10, 0), (0, -10, 0, -3), (0, 3, 0, 10))
    lines = [QLineF(_HOT + a, _HOT + b, _HOT + c, _HOT + d) for a, b, c, d in ends]
    for color, width in ((theme.CANVAS, 3.0), (theme.HALO, 1.5)):
        painter.setPen(QPen(QColor(color), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLines(lines)
