"""A list to choose from, with the arrow that says so: a stylesheet's own has no tint of the theme."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QStyle, QStyledItemDelegate, QStyleOptionComboBox, QStylePainter, QWidget

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

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls on: a choice is not changed, nor a dialog opened, by what passes below the pointer."""
        event.ignore()

    def _shortened(self, text: str, width: int) -> str:
        """What fits: without what stands behind the dot, before a word is cut."""
        if self.fontMetrics().horizontalAdvance(text) <= width:
            return text
        return self.fontMetrics().elidedText(text.partition(" · ")[0], Qt.TextElideMode.ElideRight, width)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The box as the style draws it, a long name shortened, then the arrow at its right."""
        box = QStyleOptionComboBox()
        self.initStyleOption(box)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, box, part, self)
        box.currentText = self._shortened(box.currentText, room.width())
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, box)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, box)
        arrow = theme.icon_pixmap("chevron-down", _ARROW, theme.tokens().soft_ink, self.devicePixelRatioF())
        painter.drawPixmap(self.width() - _ARROW - theme.SPACE_8, (self.height() - _ARROW) // 2, arrow)
