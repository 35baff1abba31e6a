"""Says what a mask is: a search field over the table of foods, opened at the mask."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from foodcal_desktop.core.food import Food
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.row_delegate import RowDelegate, RowText
from foodcal_desktop.ui.search_card import SearchCard


class FoodDelegate(RowDelegate):
    """English and Korean name, serving and source, energy per 100 g."""

    def text_of(self, value: object) -> RowText:
        """The row of a food."""
        assert isinstance(value, Food)
        below = f"{value.serving.name} {value.serving.grams:.0f} g · {value.source.dataset}"
        return RowText(
            wording.food_name(value),
            wording.other_name(value),
            below,
            f"{value.nutrients.kcal:.0f}",
            self.tr("kcal / 100 g"),
        )


class FoodPicker(SearchCard):
    """``picked(Food)``; ``search`` finds foods by what is typed, those eaten lately for an empty field."""

    def __init__(self, parent: QWidget, search: Callable[[str], Sequence[Food]]) -> None:
        self._search = search
        super().__init__(parent, FoodDelegate())
        self.setObjectName("food_picker")
        self.field.setPlaceholderText(self.tr("What is it? Type a food, in English or Korean"))
        self.field.setAccessibleName(self.tr("Food"))

    def matches(self, text: str) -> Sequence[Food]:
        """Foods by name, best first."""
        return self._search(text)

    def nothing_found(self, text: str) -> str:
        """What to do where nothing is found."""
        if text:
            return self.tr("No food is called “{0}”; try a shorter or a more general word.").format(text)
        return self.tr("Type the food's name.\nWhat you log most will be listed here.")
