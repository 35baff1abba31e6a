"""What a row of the table of actions says, and the menus it may stand in."""

from __future__ import annotations

from dataclasses import dataclass

from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

WINDOW, CANVAS, ANNOTATE, DIARY, TRENDS = "window", "canvas", "annotate", "diary", "trends"


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action. ``scope`` says where its keys work: in the window, on the canvas, or on one page.

    ``group`` makes checkable actions exclude each other.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    scope: str = WINDOW
    tip: str = ""
    group: str = ""
    checkable: bool = False


PHOTO = QT_TRANSLATE_NOOP("actions", "&Photo")
EDIT = QT_TRANSLATE_NOOP("actions", "&Edit")
TOOLS = QT_TRANSLATE_NOOP("actions", "&Tools")
VIEW = QT_TRANSLATE_NOOP("actions", "&View")
MASKS = QT_TRANSLATE_NOOP("actions", "Ma&sks")
MEAL = QT_TRANSLATE_NOOP("actions", "&Meal")
DAY = QT_TRANSLATE_NOOP("actions", "&Diary")
HELP = QT_TRANSLATE_NOOP("actions", "&Help")

MENUS: tuple[str, ...] = (PHOTO, EDIT, TOOLS, MASKS, VIEW, MEAL, DAY, HELP)
"""The menu bar, from left to right."""
