"""The actions of the place Diary."""

from __future__ import annotations

from foodcal_desktop.ui.action_spec import DAY, DIARY, WINDOW, ActionSpec
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

DIARY_ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "diary.previous", DAY, QT_TRANSLATE_NOOP("actions", "Previous day"), ("Left", "PgUp"), "previous", DIARY
    ),
    ActionSpec("diary.next", DAY, QT_TRANSLATE_NOOP("actions", "Next day"), ("Right", "PgDown"), "next", DIARY),
    ActionSpec("diary.today", DAY, QT_TRANSLATE_NOOP("actions", "Today"), ("T", "Home"), "today", DIARY),
    ActionSpec(
        "diary.add", DAY, QT_TRANSLATE_NOOP("actions", "Log a food without a photo…"), ("Insert", "N"), "food", DIARY
    ),
    ActionSpec(
        "diary.export",
        DAY,
        QT_TRANSLATE_NOOP("actions", "Export the diary as a spreadsheet…"),
        ("Ctrl+Shift+E",),
        "export",
        WINDOW,
        QT_TRANSLATE_NOOP("actions", "Write every entry with its time, interval and origin into a CSV file"),
    ),
)
