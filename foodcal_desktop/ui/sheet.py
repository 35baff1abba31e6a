"""A sheet over the places: a title, what it holds, a way out. Nothing in it waits for an OK."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import label


class Sheet(QDialog):
    """Closed by Esc or its button; the window beneath stays usable."""

    def __init__(self, title: str, parent: QWidget, width: int = 520, height: int = 0) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setMinimumWidth(width)
        if height:
            self.resize(width, height)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, theme.SPACE_16)
        self.column.setSpacing(theme.SPACE_12)
        self.column.addWidget(label(title, "title"))
        self.note = label(role="soft")
        self.note.setWordWrap(True)

    def finish_layout(self) -> None:
        """The line for what is said, and the button, at the foot."""
        close = QPushButton(self.tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(self.note, 1)
        foot.addWidget(close)
        self.column.addLayout(foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field takes the value over and closes nothing."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)


def form() -> QFormLayout:
    """Names at the left, fields at the right."""
    out = QFormLayout()
    out.setHorizontalSpacing(theme.SPACE_16)
    out.setVerticalSpacing(theme.SPACE_8)
    out.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return out
