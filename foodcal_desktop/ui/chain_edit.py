"""A portion's chain as one sentence whose numbers can be typed: px → cm² × mm = ml × g/ml = g × kcal/100 g = kcal."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from foodcal_desktop.core.energy import energy_step, kcal_of
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.portion import Portion, Step
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.flow_layout import FlowLayout
from foodcal_desktop.ui.step_sources import step_source

_SENTENCE = (("area", "×"), ("thickness", "="), ("volume", "×"), ("density", "="), ("mass", "×"))


class ChainNumber(QLineEdit):
    """One number of the chain; ``typed(value)`` once it was changed by hand, 0 once it was emptied.

    ``entered(Step)`` when it is the one that is looked at.
    """

    typed = Signal(float)
    entered = Signal(object)

    def __init__(self, step: Step, parent: QWidget | None = None) -> None:
        super().__init__(wording.significant(step.value.value), parent)
        self._shown, self._step = self.text(), step
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
        self.entered.emit(self._step)

    def _finish(self) -> None:
        if self.text() == self._shown:
            return
        try:
            value = float(self.text().strip().replace(",", ".") or 0)
        except ValueError:
            value = -1.0
        if value > 0 or not self.text().strip():
            self._shown = self.text()
            self.typed.emit(value)
        else:
            self.setText(self._shown)


def _source(widget: QWidget, step: Step) -> str:
    return "\n".join(part for part in (step_source(step.source), between(step)) if part)


def between(step: Step) -> str:
    """The link's interval with its unit, or nothing for an exact one."""
    if wording.is_exact(step.value):
        return ""
    return f"{wording.significant(step.value.low)}–{wording.significant(step.value.high)} {step.unit}"


def kcal_step(portion: Portion, food: Food) -> Step:
    """The chain's end."""
    return Step("kcal", kcal_of(portion, food), "kcal", "grams × kcal per 100 g", portion.typed)


class ChainEdit(QWidget):
    """The sentence. ``step_typed(name, value)`` when one of its numbers was changed, 0 when it was emptied.

    ``entered(Step)``: this link is the one that is looked at.
    """

    step_typed = Signal(str, float)
    entered = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = FlowLayout(self)
        self._shown: tuple[Portion, Food | None] | None = None

    def show_portion(self, portion: Portion, food: Food | None) -> None:
        """Write the sentence anew where it changed."""
        if self._shown == (portion, food):
            return
        self._shown = (portion, food)
        # Who types goes on in the same number, though it is another field now.
        focused = next((edit.accessibleName() for edit in self.findChildren(ChainNumber) if edit.hasFocus()), "")
        self._clear()
        self._fill(portion, food)
        if focused and any(edit.accessibleName() == focused for edit in self.findChildren(ChainNumber)):
            again = self.number(focused)
            again.show()
            again.setFocus(Qt.FocusReason.OtherFocusReason)
        self.updateGeometry()

    def _fill(self, portion: Portion, food: Food | None) -> None:
        pixels = portion.step("pixels")
        if pixels is not None and portion.step("area") is not None:
            self._add_word(f"{pixels.value.value:,.0f} px →").setToolTip(pixels.source)
        for name, sign in _SENTENCE:
            step = portion.step(name)
            if step is not None:
                self._add_step(step, sign if name != "mass" or food is not None else "")
        if portion.step("mass") is None:
            self._add_word(f"{wording.significant(portion.grams.value)} g ×")
        if food is not None:
            self._add_step(energy_step(food, portion), "=")
            self._add_step(kcal_step(portion, food), "")

    def number(self, name: str) -> ChainNumber:
        """The field of a link. Raises StopIteration where the sentence has none."""
        return next(edit for edit in self.findChildren(ChainNumber) if edit.accessibleName() == name)

    def _add_step(self, step: Step, sign: str) -> None:
        """A number with its unit: a line never ends between them."""
        edit = ChainNumber(step)
        edit.typed.connect(lambda value, name=step.name: self.step_typed.emit(name, value))
        edit.entered.connect(self.entered)
        word = _word(f"{step.unit} {sign}".strip())
        word.setToolTip(edit.toolTip())
        link = QWidget(self)
        row = QHBoxLayout(link)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(3)
        row.addWidget(edit)
        row.addWidget(word)
        self._flow.addWidget(link)

    def _add_word(self, text: str) -> QLabel:
        word = _word(text)
        self._flow.addWidget(word)
        return word

    def _clear(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                for edit in widget.findChildren(ChainNumber):
                    # Else hiding would hand the focus to the next number.
                    edit.clearFocus()
                    edit.setAccessibleName("")
                widget.hide()
                widget.deleteLater()


def _word(text: str) -> QLabel:
    word = QLabel(text)
    word.setProperty("role", "soft")
    word.setMinimumHeight(22)
    return word
