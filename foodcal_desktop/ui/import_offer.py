"""A folder that was opened holds masks as well: a sentence at the foot, a button that imports them, and one not to."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import IconButton, label

# Within the status line, whose height it must not change.
_BUTTON_HEIGHT = 22
_NAME_WIDTH = 220


class ImportOffer(QWidget):
    """A part of the status line. ``taken()``, or ``waved()`` where the masks are not wanted."""

    taken = Signal()
    waved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.text = label(role="status")
        self.take, self.wave = QPushButton(self.tr("Import them")), IconButton("discard", self.tr("Leave the masks"))
        self.take.setProperty("role", "link")
        self.take.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.take.setToolTip(self.tr("Photos and masks, as by “Import a dataset…”"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, theme.SPACE_12, 0)
        row.setSpacing(0)
        for button, signal in ((self.take, self.taken), (self.wave, self.waved)):
            button.setFixedHeight(_BUTTON_HEIGHT)
            button.clicked.connect(lambda _=False, signal=signal: signal.emit())
        for widget in (self.text, self.take, self.wave):
            row.addWidget(widget)
        self.hide()

    def show_folder(self, folder: Path) -> None:
        """Offer to import what is marked in a folder."""
        elided = self.fontMetrics().elidedText(folder.name, Qt.TextElideMode.ElideMiddle, _NAME_WIDTH)
        self.text.setText(self.tr("{0} holds masks of its photos.").format(elided or str(folder)))
        self.text.setToolTip(str(folder))
        self.show()
