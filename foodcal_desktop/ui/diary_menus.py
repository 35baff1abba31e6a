"""What can be done with diary entries, one or a whole meal: eaten in part, moved, copied, deleted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Protocol

from PySide6.QtCore import QCoreApplication, SignalInstance
from PySide6.QtWidgets import QMenu

from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

_WEEK = 7
_SHARES = ((3 / 4, "¾"), (2 / 3, "⅔"), (1 / 2, "½"), (1 / 3, "⅓"), (1 / 4, "¼"))
_EATEN = QT_TRANSLATE_NOOP("EntryRow", "Eaten or shared in part")
_MOVE_SLOT = QT_TRANSLATE_NOOP("EntryRow", "Move to {0}")
_MOVE_DAY = QT_TRANSLATE_NOOP("EntryRow", "Move to another day")
_COPY_DAY = QT_TRANSLATE_NOOP("EntryRow", "Copy to another day")
_DELETE = QT_TRANSLATE_NOOP("EntryRow", "Delete")

Entries = tuple[DiaryEntry, ...]


class Wanted(Protocol):
    """The signals of what is wanted of entries."""

    share_wanted: SignalInstance
    move_wanted: SignalInstance
    day_wanted: SignalInstance
    copy_wanted: SignalInstance
    delete_wanted: SignalInstance


def add_changes(menu: QMenu, of: Wanted, entries: Entries) -> None:
    """Add all that can be done with entries of one meal of a day."""
    shares = menu.addMenu(_tr(_EATEN))
    for share, name in _SHARES:
        shares.addAction(name).triggered.connect(lambda _=False, share=share: of.share_wanted.emit(entries, share))
    menu.addSeparator()
    for slot in wording.SLOTS:
        if slot != entries[0].meal:
            action = menu.addAction(_tr(_MOVE_SLOT).format(wording.slot_name(slot)))
            action.triggered.connect(lambda _=False, slot=slot: of.move_wanted.emit(entries, slot))
    menu.addSeparator()
    _add_days(menu, of, entries)
    menu.addSeparator()
    menu.addAction(_tr(_DELETE)).triggered.connect(lambda: of.delete_wanted.emit(entries))


def _add_days(menu: QMenu, of: Wanted, entries: Entries) -> None:
    move, copy = menu.addMenu(_tr(_MOVE_DAY)), menu.addMenu(_tr(_COPY_DAY))
    for day in days_near(entries[0].day, date.today()):
        for submenu, wanted in ((move, of.day_wanted), (copy, of.copy_wanted)):
            action = submenu.addAction(wording.day_name(day))
            action.triggered.connect(lambda _=False, day=day, wanted=wanted: wanted.emit(entries, day))


def days_near(day: str, today: date) -> list[str]:
    """The last week and the days beside ``day`` (ISO), the latest first; never that day itself, nor a future one."""
    shown = date.fromisoformat(day)
    week = {today - timedelta(days=i) for i in range(_WEEK)}
    beside = {shown - timedelta(days=1), shown + timedelta(days=1)}
    return [d.isoformat() for d in sorted(week | beside, reverse=True) if d != shown and d <= today]


def _tr(text: str) -> str:
    return QCoreApplication.translate("EntryRow", text)
