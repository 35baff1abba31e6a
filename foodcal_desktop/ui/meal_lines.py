"""What the photos of a meal say of an opened item, and which item of the first photo it is."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from foodcal_desktop.core.meal_portion import Counted
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import WrappedLabel, label
from foodcal_desktop.ui.combo_box import ComboBox
from foodcal_desktop.ui.items import Item


class MealLines(QWidget):
    """Which photos said what, and what was eaten if something was left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sources = WrappedLabel("caption")
        self.eaten = WrappedLabel()
        self.missing = WrappedLabel("caution")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        for part in (self.sources, self.eaten, self.missing):
            column.addWidget(part)

    def show_item(self, item: Item) -> None:
        """Show what counts of the item."""
        counted = item.counted
        texts = ("", "", "") if counted is None else (_sources(counted), self._eaten(counted), _missing(counted))
        for part, text in zip((self.sources, self.eaten, self.missing), texts, strict=True):
            part.setText(text)
            part.setVisible(bool(text))
        self.setVisible(any(texts))

    def _eaten(self, counted: Counted) -> str:
        if counted.left is None:
            return ""
        plate, left, eaten = (f"{p.grams.value:.0f}" for p in (counted.plate, counted.left, counted.eaten))
        between = wording.interval(counted.eaten.grams)
        text = self.tr("{0} g − {1} g left = {2} g eaten").format(plate, left, eaten)
        return f"{text}   ({between})" if between else text


def _sources(counted: Counted) -> str:
    return " · ".join(wording.sentence(source) for source in counted.sources)


def _missing(counted: Counted) -> str:
    return "\n".join(f"⚠ {wording.sentence(sentence)}" for sentence in counted.missing)


class PlaceLine(QWidget):
    """On a further photo of a meal: ``chosen(item)`` of the first photo, "" for none of them."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = ComboBox()
        self.box.setAccessibleName(self.tr("The same item on the first photo"))
        self.box.setPlaceholderText(self.tr("Which one is it?"))
        self.box.activated.connect(lambda index: self.chosen.emit(str(self.box.itemData(index) or "")))
        self.left = WrappedLabel("caption")
        row = QHBoxLayout()
        row.setSpacing(theme.SPACE_8)
        row.addWidget(label(self.tr("The same as"), "soft"))
        row.addWidget(self.box, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(row)
        column.addWidget(self.left)

    def show_item(self, item: Item) -> None:
        """Offer the items of the first photo; hidden where this is the first one."""
        self.setVisible(bool(item.places))
        self.left.setText(self._counts(item))
        self.left.setVisible(bool(self.left.text()))
        with QSignalBlocker(self.box):
            self.box.clear()
            for place, name in item.places:
                self.box.addItem(name, place)
            self.box.addItem(self.tr("none of them"), "")
            self.box.setCurrentIndex(-1 if item.same_as is None else self.box.findData(item.same_as))

    def _counts(self, item: Item) -> str:
        """Leftovers are measured by the first photo, not by themselves, so their grams are others than below."""
        if item.height_mm:
            return self.tr("{0:.0f} mm high, which counts for its thickness there").format(item.height_mm)
        if item.first is None or item.first.left is None:
            return ""
        left, plate = item.first.left.grams.value, item.first.plate.grams.value
        return self.tr("Counts as {0} g left of {1} g").format(wording.number(left), wording.number(plate))
