"""A list to choose from, with the arrow that says so: a stylesheet's own has no tint of the theme."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QWidget

from foodcal_desktop.ui import theme

_ARROW = 14


class ComboBox(QComboBox):
    """A QComboBox that draws its arrow in the theme's ink, and whose list is dressed by the stylesheet."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # Its own delegate knows nothing of stylesheets.
        self.setItemDelegate(QStyledItemDelegate(self))

    def showPopup(self) -> None:
        """The list below the box, as wide as its longest name."""
        bar = self.style().pixelMetric(QStyle.PixelMetric.PM_ScrollBarExtent)
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + bar + theme.SPACE_12)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box as the style draws it, then the arrow at its right."""
        super().paintEvent(event)
        arrow = theme.icon_pixmap("chevron-down", _ARROW, theme.tokens().soft_ink, self.devicePixelRatioF())
        QPainter(self).drawPixmap(self.width() - _ARROW - theme.SPACE_8, (self.height() - _ARROW) // 2, arrow)
