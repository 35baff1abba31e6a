"""The kitchen scale in an opened item: the weight it showed, what that taught, and forgetting it."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from foodcal_desktop.core.food import MOST_GRAMS
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import WrappedLabel, label
from foodcal_desktop.ui.fields import number_field
from foodcal_desktop.ui.items import Item


class WeighingLine(QWidget):
    """``weighed(g)`` when a weight was typed, ``forget_wanted()`` when all weighings of the food shall go."""

    weighed = Signal(float)
    forget_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = label(self.tr("I weighed it:"), "soft")
        self.grams = number_field(self.tr("What the kitchen scale showed"), 0, MOST_GRAMS, " g")
        # Nothing was weighed at 0.
        self.grams.setSpecialValueText(" ")
        self.learned = WrappedLabel("caption")
        self.forget = QPushButton(self.tr("Forget these weighings"))
        self.forget.setProperty("role", "link")
        self.forget.setToolTip(self.tr("The food's thickness is what it was before; the typed weights stay"))
        self.grams.valueChanged.connect(lambda grams: self.weighed.emit(grams) if grams > 0 else None)
        self.forget.clicked.connect(self.forget_wanted)
        self._lay_out()

    def show_item(self, item: Item) -> None:
        """Show what was weighed of the item and of its food."""
        self.setVisible(item.food is not None and not item.is_side)
        with QSignalBlocker(self.grams):
            self.grams.setValue(item.weighed or 0)
        self.learned.setText(self._said(item))
        self.learned.setVisible(bool(self.learned.text()))
        self.forget.setVisible(item.learning is not None)

    def _said(self, item: Item) -> str:
        if item.learning is not None and item.food is not None:
            return wording.sentence(item.learning.sentence(wording.food_name(item.food)))
        if item.weighed:
            return self.tr("Click a coin, card or plate (S) too: with a scale the weight teaches how thick it is.")
        return ""

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self._name)
        row.addWidget(self.grams)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(row)
        column.addWidget(self.learned)
        column.addWidget(self.forget, 0, Qt.AlignmentFlag.AlignLeft)
