"""What a food is called in the language that is spoken."""

from __future__ import annotations

from PySide6.QtCore import QLocale

from foodcal_desktop.core.food import Food


def food_name(food: Food) -> str:
    """The food's name in the user's language where the table has one, else the English one."""
    return food.name_ko if food.name_ko and QLocale().language() == QLocale.Language.Korean else food.name
