"""What a food of the user's own holds, as it stands on a packet: so many kcal in so many grams."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDoubleSpinBox, QFormLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from foodcal_desktop.core.food import MOST_GRAMS, Food
from foodcal_desktop.core.own_food import own_food
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.fields import KnownField, known_field, number_field
from foodcal_desktop.ui.sentences import sentence

_MOST_KCAL = 20000.0


class OwnFoodForm(QWidget):
    """``kept(Food)`` once its figures are possible ones, ``forgotten(Food)``, ``left()`` by Esc."""

    kept = Signal(object)
    forgotten = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._known = "", cast("Food | None", None)
        self.title = label(role="emphasis")
        self.title.setWordWrap(True)
        self.kcal = self._field(self.tr("Energy"), _MOST_KCAL, " kcal")
        self.grams = self._field(self.tr("in"), MOST_GRAMS, " g", 0.1)
        self.protein = self._known_field(self.tr("Protein"))
        self.carbohydrate = self._known_field(self.tr("Carbohydrate"))
        self.fat = self._known_field(self.tr("Fat"))
        self.note = label(role="warn")
        self.note.setWordWrap(True)
        self.keep = QPushButton(self.tr("Keep this food"))
        self.keep.setProperty("role", "primary")
        self.keep.clicked.connect(self._keep)
        self.forget = QPushButton(self.tr("Forget it"))
        self.forget.clicked.connect(lambda: self.forgotten.emit(self._known))
        self._lay_out()

    def ask(self, name: str, known: Food | None = None) -> None:
        """Ask what the food of that name holds; ``known`` is what was said of it before."""
        self._name, self._known = name, known
        self.title.setText(self.tr("“{0}”, as on its packet").format(name))
        self.note.clear()
        self.forget.setVisible(known is not None)
        grams = known.serving.grams if known is not None else 100.0
        held = known.nutrients.scaled(grams) if known is not None else None
        self.kcal.setValue(held.kcal if held is not None else 0.0)
        self.grams.setValue(grams)
        macros = (held.protein_g, held.carbohydrate_g, held.fat_g) if held is not None else (None,) * 3
        for field, amount in zip((self.protein, self.carbohydrate, self.fat), macros, strict=True):
            field.show_known(amount)
        self.kcal.setFocus()
        self.kcal.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in a field keeps the food, Esc leaves; a field would swallow both."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                watched.interpretText()  # type: ignore[attr-defined]
                self._keep()
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        if self.kcal.value() <= 0 and not self._known:
            self.say(self.tr("Type its energy first; it stands on the packet."))
            return
        macros = (self.protein.known, self.fat.known, self.carbohydrate.known)
        try:
            food = own_food(self._name, self.kcal.value(), self.grams.value(), *macros)
        except ValueError as error:
            self.say(sentence(str(error)))
            return
        self.kept.emit(food)

    def say(self, text: str) -> None:
        """Why it is not kept."""
        self.note.setText(text)
        self.kcal.setFocus()

    def _field(self, name: str, most: float, unit: str, least: float = 0.0) -> QDoubleSpinBox:
        field = number_field(name, least, most, unit, 96)
        field.setDecimals(1)
        field.installEventFilter(self)
        return field

    def _known_field(self, name: str) -> KnownField:
        field = known_field(name, MOST_GRAMS, " g", 96)
        field.setToolTip(self.tr("Left empty, it is not known"))
        field.setDecimals(1)
        field.installEventFilter(self)
        return field

    def _lay_out(self) -> None:
        amount = QHBoxLayout()
        amount.setSpacing(theme.SPACE_8)
        amount.addWidget(self.kcal)
        amount.addWidget(label(self.tr("in"), "soft"))
        amount.addWidget(self.grams)
        amount.addStretch(1)
        rows = QFormLayout()
        rows.setHorizontalSpacing(theme.SPACE_16)
        rows.setVerticalSpacing(theme.SPACE_8)
        rows.addRow(self.tr("Energy"), amount)
        for field in (self.protein, self.carbohydrate, self.fat):
            rows.addRow(field.accessibleName(), field)
        foot = QHBoxLayout()
        foot.addWidget(self.keep)
        foot.addWidget(self.forget)
        foot.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_16, theme.SPACE_8, theme.SPACE_16, theme.SPACE_8)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self.title)
        column.addLayout(rows)
        column.addWidget(self.note)
        column.addStretch(1)
        column.addLayout(foot)
