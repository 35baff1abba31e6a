"""Empty places say what to do and show it: a plate drawn in outline."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen

from foodcal_desktop.ui import theme


def paint_drop_target(painter: QPainter, area: QRectF, hot: bool) -> None:
    """A plate with fork and knife, a title and the other ways to open a photo; ``hot`` while something hovers."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink = theme.color(theme.CANVAS_ACCENT if hot else theme.CANVAS_SOFT_INK)
    centre = QPointF(area.center().x(), area.center().y() - 56)
    radius = min(area.width(), area.height()) * 0.17
    _paint_plate(painter, centre, radius, QPen(ink, 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    below = centre.y() + radius + theme.SPACE_32
    painter.setPen(theme.color(theme.CANVAS_INK))
    painter.setFont(theme.font(theme.TITLE, QFont.Weight.DemiBold))
    title = QCoreApplication.translate("empty_state", "Drop a photo of a meal here")
    painter.drawText(QRectF(area.x(), below, area.width(), 30), Qt.AlignmentFlag.AlignHCenter, title)
    painter.setPen(theme.color(theme.CANVAS_SOFT_INK))
    painter.setFont(theme.font(theme.BODY))
    hint = QCoreApplication.translate(
        "empty_state", "or click to choose one · paste · drop a folder or the JSON of a dataset"
    )
    painter.drawText(QRectF(area.x(), below + 36, area.width(), 22), Qt.AlignmentFlag.AlignHCenter, hint)
    if hot:
        paint_drop_frame(painter, area)


def paint_trouble(painter: QPainter, area: QRectF, sentence: str, hot: bool) -> None:
    """What is wrong with the chosen photo, in its place; ``hot`` while something that can be opened hovers."""
    middle = area.adjusted(theme.SPACE_32, 0, -theme.SPACE_32, 0)
    painter.setPen(theme.color(theme.CANVAS_INK))
    painter.setFont(theme.font(theme.TITLE, QFont.Weight.DemiBold))
    title = QCoreApplication.translate("empty_state", "This photo cannot be shown")
    top = area.center().y() - 48
    painter.drawText(QRectF(middle.x(), top, middle.width(), 30), Qt.AlignmentFlag.AlignHCenter, title)
    painter.setPen(theme.color(theme.CANVAS_SOFT_INK))
    painter.setFont(theme.font(theme.BODY))
    wrapped = Qt.AlignmentFlag.AlignHCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(QRectF(middle.x(), top + 40, middle.width(), 80), wrapped, sentence)
    if hot:
        paint_drop_frame(painter, area)


def paint_empty_plate(painter: QPainter, area: QRectF, title: str, hint: str) -> None:
    """A small plate, a title and what to do, upon the scheme's ground."""
    t = theme.tokens()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QPointF(area.center().x(), area.y() + 120)
    _paint_plate(
        painter, centre, 56, QPen(theme.color(t.soft_ink), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
    )
    painter.setPen(theme.color(t.ink))
    painter.setFont(theme.font(theme.EMPHASIS, QFont.Weight.DemiBold))
    painter.drawText(QRectF(area.x(), centre.y() + 80, area.width(), 24), Qt.AlignmentFlag.AlignHCenter, title)
    painter.setPen(theme.color(t.soft_ink))
    painter.setFont(theme.font(theme.BODY))
    painter.drawText(QRectF(area.x(), centre.y() + 108, area.width(), 22), Qt.AlignmentFlag.AlignHCenter, hint)


def _paint_plate(painter: QPainter, centre: QPointF, radius: float, pen: QPen) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawEllipse(centre, radius, radius)
    painter.drawEllipse(centre, radius * 0.66, radius * 0.66)
    _paint_fork(painter, centre - QPointF(radius * 1.42, 0), radius)
    _paint_knife(painter, centre + QPointF(radius * 1.42, 0), radius)


def _paint_fork(painter: QPainter, centre: QPointF, radius: float) -> None:
    top, neck, foot = -radius * 0.95, -radius * 0.35, radius * 0.95
    tine = radius * 0.12
    for x in (-tine, 0.0, tine):
        painter.drawLine(centre + QPointF(x, top), centre + QPointF(x, neck))
    painter.drawArc(QRectF(centre.x() - tine, centre.y() + neck - tine, 2 * tine, 2 * tine), 180 * 16, 180 * 16)
    painter.drawLine(centre + QPointF(0, neck), centre + QPointF(0, foot))


def _paint_knife(painter: QPainter, centre: QPointF, radius: float) -> None:
    top, heel, foot = -radius * 0.95, radius * 0.1, radius * 0.95
    painter.drawLine(centre + QPointF(0, top), centre + QPointF(0, foot))
    blade = QRectF(centre.x() - radius * 0.2, centre.y() + top, radius * 0.4, (heel - top) * 2)
    painter.drawArc(blade, 90 * 16, 90 * 16)
    painter.drawLine(centre + QPointF(-radius * 0.2, heel), centre + QPointF(0, heel))


def paint_drop_frame(painter: QPainter, area: QRectF) -> None:
    """A frame around the canvas while something that can be opened hovers over it."""
    pen = QPen(theme.color(theme.CANVAS_ACCENT), 2, Qt.PenStyle.DashLine)
    painter.setPen(pen)
    painter.setBrush(theme.color(theme.CANVAS_ACCENT, 0.06))
    inset = float(theme.SPACE_12)
    painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), theme.RADIUS_CARD, theme.RADIUS_CARD)
