"""Number fields: no arrows, the whole value taken over only when it is typed to its end."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, SignalInstance
from PySide6.QtGui import QValidator, QWheelEvent
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from foodcal_desktop.ui import theme

_Field = TypeVar("_Field", bound=QDoubleSpinBox)


class NumberField(QDoubleSpinBox):
    """A number that changes only by what is typed: the wheel scrolls what the field lies in."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page scrolls on: no weight is changed by what passes below the pointer."""
        event.ignore()


class KnownField(NumberField):
    """A number from 0 on, or nothing: of an empty field, which shows only its unit, the ``known`` value is None."""

    @property
    def known(self) -> float | None:
        """What was typed; None while it is not known."""
        return None if self.value() < 0 else self.value()

    def show_known(self, value: float | None) -> None:
        """Show a value, or that it is not known."""
        self.setValue(self.minimum() if value is None else value)

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Nothing is a value too; less than nothing is none."""
        if self._is_empty(text):
            return QValidator.State.Acceptable, text, position
        return (QValidator.State.Invalid, text, position) if "-" in text else super().validate(text, position)

    def textFromValue(self, value: float) -> str:
        """Nothing where it is not known."""
        return "" if value < 0 else super().textFromValue(value)

    def valueFromText(self, text: str) -> float:
        """Of nothing the least one, which stands for it."""
        return self.minimum() if self._is_empty(text) else super().valueFromText(text)

    def _is_empty(self, text: str) -> bool:
        return text.strip() in ("", self.suffix().strip())


def known_field(name: str, high: float, suffix: str = "", width: int = 68) -> KnownField:
    """A field that may be left empty; otherwise as ``number_field``."""
    return _dressed(KnownField(), name, -1.0, high, suffix, width)


def number_field(
    name: str, low: float, high: float, suffix: str = "", width: int = 68, parent: QWidget | None = None
) -> QDoubleSpinBox:
    """A field for whole numbers of a unit; ``name`` is its tooltip and what a screen reader says."""
    return _dressed(NumberField(parent), name, low, high, suffix, width)


def _dressed(field: _Field, name: str, low: float, high: float, suffix: str, width: int) -> _Field:
    field.setAccessibleName(name)
    field.setToolTip(name)
    field.setRange(low, high)
    field.setDecimals(0)
    # The style reserves room for arrows that the stylesheet hides, and the number would be cut off.
    field.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    field.setSuffix(suffix)
    field.setKeyboardTracking(False)
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.setFixedWidth(width)
    field.lineEdit().setTextMargins(theme.SPACE_4 + 2, 0, 2, 0)
    return field


class _Again(QObject):
    """``said`` when a field's own value was typed once more: it is no change, yet it is meant."""

    said = Signal()

    def __init__(self, field: QDoubleSpinBox) -> None:
        super().__init__(field)
        self._typed, self._before = False, field.value()
        self._field = field
        field.lineEdit().textEdited.connect(self._on_typed)
        field.editingFinished.connect(self._on_finished)

    def _on_typed(self) -> None:
        self._typed = True

    def _on_finished(self) -> None:
        typed, self._typed = self._typed, False
        if typed and self._field.value() == self._before:
            self.said.emit()
        self._before = self._field.value()


def told_again(field: QDoubleSpinBox) -> SignalInstance:
    """The signal of a field whose own value was typed once more, which says nothing else."""
    signal: SignalInstance = _Again(field).said  # type: ignore[assignment]
    return signal
