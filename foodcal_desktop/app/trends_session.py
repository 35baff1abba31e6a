"""The span of the diary whose trend is looked at."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.app.journal import Journal
from foodcal_desktop.core.edit import Edit
from foodcal_desktop.core.trends import Trend, span_until, trend_of
from foodcal_desktop.storage.settings import DAILY_KCAL_GOAL, Settings


class TrendsSession(QObject):
    """So many days of the diary, at first the last 30. ``changed`` announces another span, goal or other entries."""

    changed = Signal()

    def __init__(self, journal: Journal, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._journal, self._settings = journal, settings
        self._days = 30
        self._back = 0
        journal.edited.connect(self._on_edited)
        journal.changed_elsewhere.connect(self.changed)

    @property
    def days(self) -> int:
        """How many days are looked at."""
        return self._days

    @property
    def is_latest(self) -> bool:
        """Whether the span ends today."""
        return self._back == 0

    def set_days(self, days: int) -> None:
        """Look at another number of days, up to today."""
        self._days, self._back = days, 0
        self.changed.emit()

    def step(self, spans: int) -> None:
        """Look at as many days earlier (-1) or later (1); never beyond today, nor before the calendar begins."""
        back = max(self._back - spans, 0)
        if back != self._back and back * self._days < date.today().toordinal():
            self._back = back
            self.changed.emit()

    def trend(self) -> Trend:
        """The trend of the span, read anew."""
        today = date.today()
        end = date.fromordinal(today.toordinal() - self._back * self._days).isoformat()
        first, last = span_until(end, self._days)
        entries = self._journal.store.entries_between(first, last)
        return trend_of(entries, first, last, self._settings.get(DAILY_KCAL_GOAL), today.isoformat())

    def _on_edited(self, edit: Edit) -> None:
        if edit.days:
            self.changed.emit()
