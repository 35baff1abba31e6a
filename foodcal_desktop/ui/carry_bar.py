"""What runs in the background, how far it is, and a button that stops it; hidden while nothing runs."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QWidget

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import label

_WIDTH, _HEIGHT = 120, 4
# Within the status line, whose height it must not change.
_BUTTON_HEIGHT = 22


class CarryBar(QWidget):
    """A part of the status line. ``stop_wanted`` where the person stops the work."""

    stop_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = label(role="status")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(_WIDTH, _HEIGHT)
        self.stop = QToolButton()
        self.stop.setText(self.tr("Stop"))
        self.stop.setAutoRaise(True)
        self.stop.setFixedHeight(_BUTTON_HEIGHT)
        self.stop.clicked.connect(lambda _=False: self.stop_wanted.emit())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.SPACE_12, 0)
        row.setSpacing(theme.SPACE_8)
        for widget in (self.text, self.bar, self.stop):
            row.addWidget(widget)
        self.hide()

    def show_progress(self, text: str, done: int, total: int) -> None:
        """Show how far it is; a total of 0 is not known."""
        self.text.setText(text)
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.show()
