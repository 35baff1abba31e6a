"""One item of the meal: colour, name, kcal, grams with interval; opened, its whole chain."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from foodcal_desktop.core.portion_chain import WEIGHED_BEFORE
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import ElidedLabel, IconButton, label
from foodcal_desktop.ui.item_details import ItemDetails
from foodcal_desktop.ui.items import Item
from foodcal_desktop.ui.marks import Swatch


class ItemRow(QFrame):
    """``clicked(id, extend)`` selects it, ``food_wanted(id)`` asks for its name, ``delete_wanted(id)``.

    What is typed comes from ``details``.
    """

    clicked = Signal(str, bool)
    food_wanted = Signal(str)
    delete_wanted = Signal(str)

    def __init__(self, item: Item, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._item = item
        self._open = False
        self._swatch = Swatch(item.hue)
        self._name = ElidedLabel(role="item-name")
        self._kcal = label(role="item-kcal")
        self._grams = label(role="caption")
        self._of = ElidedLabel(role="caption")
        self._rename = IconButton("food", self.tr("Say what it is (F2)"))
        self._rename.clicked.connect(lambda: self.food_wanted.emit(self._item.id))
        self._delete = IconButton("delete", self.tr("Delete the mask (Del)"))
        self._delete.clicked.connect(lambda: self.delete_wanted.emit(self._item.id))
        self.details = ItemDetails()
        self._lay_out()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.show_item(item, opened=False)

    @property
    def item(self) -> Item:
        """What it shows."""
        return self._item

    @property
    def is_open(self) -> bool:
        """Whether its chain is shown."""
        return self._open

    def show_item(self, item: Item, opened: bool, chosen: bool = False) -> None:
        """Show another state of the item, with its details if it is opened; ``chosen`` is one of several selected."""
        role = "item-open" if opened or chosen else "item"
        if not opened and not self._open and item == self._item and self.property("role") == role:
            return  # nothing was typed here that would have to be put right
        self._item = item
        self._swatch.set_hue(item.hue)
        self._show_name(item)
        self._kcal.setText(_kcal(item))
        self._grams.setText(self.tr("{0:.0f} mm high").format(item.height_mm) if item.height_mm else _grams_line(item))
        self._of.set_full_text(self._guessed_of(item))
        self._of.setVisible(bool(self._of.full_text))
        self._rename.setVisible(opened)
        self._delete.setVisible(opened)
        self.details.setVisible(opened)
        if opened:
            self.details.show_item(item)
        self._open = opened
        if self.property("role") != role:
            theme.set_role(self, role)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select it."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(self._item.id, bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Name it."""
        self.food_wanted.emit(self._item.id)

    def _guessed_of(self, item: Item) -> str:
        """What the grams are of where there is no scale, for their interval is of that alone."""
        portion = item.portion
        mass = portion.step("mass") if portion is not None and portion.is_unmeasured and not item.is_side else None
        if mass is None:
            return ""
        return self.tr("for one of average size") if mass.source == WEIGHED_BEFORE else self.tr("for one serving")

    def _show_name(self, item: Item) -> None:
        name = wording.food_name(item.food) if item.food else item.annotation.label
        self._name.set_full_text(name or self.tr("What is it?"))
        theme.set_role(self._name, "item-name" if name else "soft")

    def _lay_out(self) -> None:
        head = QGridLayout()
        head.setContentsMargins(0, 0, 0, 0)
        head.setHorizontalSpacing(theme.SPACE_8)
        head.setVerticalSpacing(0)
        head.addWidget(self._swatch, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self._name, 0, 1)
        head.addWidget(self._kcal, 0, 2, Qt.AlignmentFlag.AlignRight)
        second = QHBoxLayout()
        second.addWidget(self._grams, 1)
        second.setSpacing(0)
        second.addWidget(self._rename)
        second.addWidget(self._delete)
        head.addLayout(second, 1, 1, 1, 2)
        head.addWidget(self._of, 2, 1, 1, 2)
        head.setColumnStretch(1, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_8, theme.SPACE_8, theme.SPACE_8, theme.SPACE_8)
        column.setSpacing(theme.SPACE_8)
        column.addLayout(head)
        column.addWidget(self.details)


def _kcal(item: Item) -> str:
    if item.is_side:
        return ""
    return wording.number(item.kcal.value) if item.kcal else "–"


def _grams_line(item: Item) -> str:
    if item.portion is None or item.is_side:
        return ""
    grams, between = item.portion.grams, wording.interval(item.portion.grams)
    left = item.counted is not None and item.counted.left is not None
    amount = wording.eaten(grams.value) if left else f"{grams.value:.0f} g"
    return f"{amount}   {between}".rstrip()
