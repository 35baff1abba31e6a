"""An amount in pieces, cups, bowls or slices: the number of servings beside the grams of a diary entry."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget, QWidgetAction

from foodcal_desktop.core.food import MOST_GRAMS, Serving
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.combo_box import ComboBox
from foodcal_desktop.ui.fields import number_field, told_again

_WIDTH = 104


class ServingButton(QToolButton):
    """Says how many servings it is; opened, their number and kind can be given. ``served(g)`` in grams."""

    served = Signal(float)

    def __init__(self, servings: tuple[Serving, ...], grams: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grams, self._servings = grams, servings
        self.count = number_field(self.tr("Servings"), 0.01, MOST_GRAMS, width=60)
        self.count.setDecimals(2)
        self.count.setSingleStep(0.25)
        self.kind = ComboBox()
        self.kind.setAccessibleName(self.tr("Serving"))
        for serving in servings:
            self.kind.addItem(wording.serving_name(serving), serving.grams)
        if not servings:
            self.hide()
        self.setProperty("role", "meal")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolTip(self.tr("Give it in pieces, cups, bowls or slices"))
        self.setMenu(self._menu())
        self._show()
        self.kind.activated.connect(lambda _: self._show())
        self.count.valueChanged.connect(lambda count: self._serve(count))
        told_again(self.count).connect(lambda: self._serve(self.count.value()))

    def _show(self) -> None:
        """The grams as a number of the chosen servings; they change only when a number is typed."""
        if self.kind.count():
            blocked = self.count.blockSignals(True)
            self.count.setMaximum(MOST_GRAMS / float(self.kind.currentData()))
            self.count.setValue(self._grams / float(self.kind.currentData()))
            self.count.blockSignals(blocked)
            text = wording.servings(self.count.value(), self._servings[self.kind.currentIndex()])
            self.setText(f"{self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, _WIDTH)} ⌄")

    def _serve(self, count: float) -> None:
        self.menu().close()
        self.served.emit(count * float(self.kind.currentData()))

    def _menu(self) -> QMenu:
        inner = QWidget()
        row = QHBoxLayout(inner)
        row.setContentsMargins(theme.SPACE_8, theme.SPACE_4, theme.SPACE_8, theme.SPACE_4)
        row.setSpacing(theme.SPACE_8)
        row.addWidget(self.count)
        row.addWidget(self.kind, 1)
        menu = QMenu(self)
        action = QWidgetAction(menu)
        action.setDefaultWidget(inner)
        menu.addAction(action)
        menu.aboutToShow.connect(self.count.setFocus)
        return menu
