"""The actions that say which photos show the same meal."""

from __future__ import annotations

from foodcal_desktop.ui.action_spec import ANNOTATE, MEAL, ActionSpec
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

MEAL_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "meal.top",
        MEAL,
        QT_TRANSLATE_NOOP("actions", "Same meal as the previous photo: from above"),
        ("Ctrl+Shift+M",),
        "meal-top",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "Another photo from above; of all of them the median counts"),
    ),
    ActionSpec(
        "meal.side",
        MEAL,
        QT_TRANSLATE_NOOP("actions", "Same meal as the previous photo: from the side"),
        ("Ctrl+Shift+S",),
        "meal-side",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "It shows how high the food is, in place of its usual thickness"),
    ),
    ActionSpec(
        "meal.after",
        MEAL,
        QT_TRANSLATE_NOOP("actions", "Same meal as the previous photo: the leftovers"),
        ("Ctrl+Shift+L",),
        "meal-after",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "What was eaten is what was there before less what is left"),
    ),
    ActionSpec(
        "meal.apart",
        MEAL,
        QT_TRANSLATE_NOOP("actions", "A meal of its own"),
        ("Ctrl+Shift+U",),
        "meal-apart",
        ANNOTATE,
        QT_TRANSLATE_NOOP("actions", "The open photo belongs to no other photo's meal any more"),
    ),
)
