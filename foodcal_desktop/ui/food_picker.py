"""Says what a mask is: a search field over the table of foods, opened at the mask."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from foodcal_desktop.core.food import Food
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.row_delegate import RowDelegate, RowText
from foodcal_desktop.ui.search_card import SearchCard


class FoodPicker(SearchCard):
    """``picked(Food)``; ``search`` finds foods by what is typed, those eaten lately for an empty field."""

    def __init__(self, parent: QWidget, search: Callable[[str], Sequence[Food]]) -> None:
        super().__init__(parent, search, RowDelegate(self._row_of))
        self.setObjectName("food_picker")
        self.field.setPlaceholderText(self.tr("What is it? Type a food, in English or Korean"))
        self.field.setAccessibleName(self.tr("Food"))

    def nothing_found(self, text: str) -> str:
        """What to do where nothing is found."""
        if text:
            return self.tr("No food is called “{0}”; try a shorter or a more general word.").format(text)
        return self.tr("Type the food's name.\nWhat you log most will be listed here.")

    def _row_of(self, food: Food) -> RowText:
        """English and Korean name, serving and source, energy per 100 g."""
        below = f"{food.serving.name} {food.serving.grams:.0f} g · {food.source.dataset}"
        kcal = f"{food.nutrients.kcal:.0f}"
        return RowText(wording.food_name(food), wording.other_name(food), below, kcal, self.tr("kcal / 100 g"))
