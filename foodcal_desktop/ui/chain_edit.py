"""A portion's chain as one sentence whose numbers can be typed: cm² × mm × g/ml = g · kcal/100 g → kcal."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from foodcal_desktop.core.food import Food
from foodcal_desktop.core.portion import Portion, Step
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.flow_layout import FlowLayout
from foodcal_desktop.ui.step_sources import step_source

_SENTENCE = (("area", "×"), ("thickness", "×"), ("density", "="), ("mass", ""))


class ChainNumber(QLineEdit):
    """One number of the chain; ``typed(value)`` once it was changed by hand."""

    typed = Signal(float)

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(wording.significant(step.value.value), parent)
        self._shown = self.text()
        self.setProperty("role", "chain-typed" if step.typed else "chain")
        self.setFont(theme.font(theme.BODY))
        self.setFixedWidth(self.fontMetrics().horizontalAdvance(self.text()) + 10)
        self.setAccessibleName(step.name)
        self.setToolTip(_source(self, step))
        self.editingFinished.connect(self._finish)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Typing replaces the number."""
        super().focusInEvent(event)
        self.selectAll()

    def _finish(self) -> None:
        if self.text() == self._shown:
            return
        try:
            value = float(self.text().replace(",", "."))
        except ValueError:
            value = 0.0
        if value > 0:
            self._shown = self.text()
            self.typed.emit(value)
        else:
            self.setText(self._shown)


def _source(widget: QWidget, step: Step) -> str:
    between = wording.is_exact(step.value)
    spread = (
        "" if between else f"{wording.significant(step.value.low)}–{wording.significant(step.value.high)} {step.unit}"
    )
    return "\n".join(part for part in (step_source(step.source), spread) if part)


class ChainEdit(QWidget):
    """The sentence. ``step_typed(name, value)`` when one of its numbers was changed."""

    step_typed = Signal(str, float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._shown: tuple[Portion, Food | None] | None = None

    def show_portion(self, portion: Portion, food: Food | None) -> None:
        """Write the sentence anew where it changed."""
        if self._shown == (portion, food):
            return
        self._shown = (portion, food)
        self._clear()
        for name, sign in _SENTENCE:
            step = portion.step(name)
            if step is not None:
                self._add_step(step, sign)
        if portion.step("mass") is None:
            self._add_word(f"{wording.significant(portion.grams.value)} g")
        if food is not None:
            self._add_energy(portion, food)
        self.updateGeometry()

    def _add_step(self, step: Step, sign: str) -> None:
        edit = ChainNumber(step, self)
        edit.typed.connect(lambda value, name=step.name: self.step_typed.emit(name, value))
        self._flow.addWidget(edit)
        word = self._add_word(f"{step.unit} {sign}".strip())
        word.setToolTip(edit.toolTip())

    def _add_energy(self, portion: Portion, food: Food) -> None:
        per_100g = food.nutrients.kcal
        word = self._add_word(f"· {per_100g:.0f} kcal/100 g")
        word.setToolTip(f"{food.source.dataset}: {food.source.key}")
        total = self._add_word(f"→ {portion.grams.value * per_100g / 100:.0f} kcal")
        total.setProperty("role", "")

    def _add_word(self, text: str) -> QLabel:
        word = QLabel(text, self)
        word.setProperty("role", "soft")
        word.setMinimumHeight(22)
        self._flow.addWidget(word)
        return word

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
