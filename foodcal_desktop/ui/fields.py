"""Number fields: no arrows, the whole value taken over only when it is typed to its end."""

from __future__ import annotations

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
