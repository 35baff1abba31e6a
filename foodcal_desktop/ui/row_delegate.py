"""A list row of two lines with a figure at its right end, as the food picker and the palette paint it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.search_card import VALUE_ROLE

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class RowText:
    """What a row says: a name with another name beside it, a line below, a figure at the right with its unit."""

    name: str
    beside: str = ""
    below: str = ""
    right: str = ""
    right_below: str = ""
    icon: str = ""
    enabled: bool = True


class RowDelegate(QStyledItemDelegate):
    """Paints what ``text_of`` says of each value; all rows are ``height`` pixels high."""

    def __init__(self, text_of: Callable[[Any], RowText], height: int = 52) -> None:
        super().__init__()
        self._text_of, self._height = text_of, height

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """All rows are alike."""
        return QSize(120, self._height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint one row."""
        row = self._text_of(index.data(VALUE_ROLE))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(option.rect).adjusted(theme.SPACE_8, 1, -theme.SPACE_8, -1)
        if option.state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            painter.setPen(Qt.PenStyle.NoPen)
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            painter.setBrush(theme.color(theme.tokens().accent, 0.14) if chosen else QColor(theme.tokens().sunken))
            painter.drawRoundedRect(area, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        self._paint_text(painter, area.adjusted(theme.SPACE_12, 4, -theme.SPACE_12, -4), row)
        painter.restore()

    def _paint_text(self, painter: QPainter, area: QRectF, row: RowText) -> None:
        t = theme.tokens()
        if row.icon:
            ratio = painter.device().devicePixelRatioF()
            icon = theme.icon_pixmap(row.icon, theme.ICON, t.soft_ink, ratio)
            painter.drawPixmap(int(area.x()), int(area.center().y()) - theme.ICON // 2, icon)
        inset = 30 if row.icon else 0
        right = self._paint_right(painter, area, row)
        room = area.adjusted(inset, 0, -right - theme.SPACE_8, 0)
        upper, lower = _halves(room) if row.below else (room, room)
        self._paint_names(painter, upper, row, t)
        if row.below:
            _write(painter, lower, row.below, t.soft_ink, theme.CAPTION)

    def _paint_names(self, painter: QPainter, area: QRectF, row: RowText, t: theme.Tokens) -> None:
        used = _write(painter, area, row.name, t.ink if row.enabled else t.soft_ink, theme.BODY, QFont.Weight.Medium)
        if row.beside:
            _write(painter, area.adjusted(used + theme.SPACE_8, 0, 0, 0), row.beside, t.soft_ink, theme.BODY)

    def _paint_right(self, painter: QPainter, area: QRectF, row: RowText) -> float:
        t = theme.tokens()
        upper, lower = _halves(area) if row.right_below else (area, area)
        used = _write(painter, upper, row.right, t.ink, theme.BODY, align=_RIGHT)
        if row.right_below:
            used = max(used, _write(painter, lower, row.right_below, t.soft_ink, theme.CAPTION, align=_RIGHT))
        return used


def _halves(area: QRectF) -> tuple[QRectF, QRectF]:
    half = area.height() / 2
    return QRectF(area.x(), area.y(), area.width(), half), QRectF(area.x(), area.y() + half, area.width(), half)


def _write(
    painter: QPainter,
    area: QRectF,
    text: str,
    ink: str,
    size: int,
    weight: QFont.Weight = QFont.Weight.Normal,
    align: Qt.AlignmentFlag = _LEFT,
) -> float:
    """Write a line, shortened to the area; returns the width used."""
    if not text or area.width() < 12:
        return 0.0
    painter.setFont(theme.font(size, weight))
    painter.setPen(QColor(ink))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, align, shown)
    return float(painter.fontMetrics().horizontalAdvance(shown))
