"""Number fields: no arrows, the whole value taken over only when it is typed to its end."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from foodcal_desktop.ui import theme


def number_field(
    name: str, low: float, high: float, suffix: str = "", width: int = 68, parent: QWidget | None = None
) -> QDoubleSpinBox:
    """A field for whole numbers of a unit; ``name`` is its tooltip and what a screen reader says."""
    field = QDoubleSpinBox(parent)
    field.setAccessibleName(name)
    field.setToolTip(name)
    field.setRange(low, high)
    field.setDecimals(0)
    # The style reserves room for arrows that the stylesheet hides, and the number would be cut off.
    field.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
    field.setSuffix(suffix)
    field.setKeyboardTracking(False)
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
