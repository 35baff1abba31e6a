"""The week along the top: seven small rings, one a day."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from foodcal_desktop.core.diary import DaySummary
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.marks import Ring


class DayRing(QFrame):
    """One day of the week. ``clicked(ISO day)``."""

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._day = ""
        self._letter = label(role="caption")
        self._ring = Ring(40, 3.5)
        self._kcal = label(role="caption")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_12, theme.SPACE_8, theme.SPACE_12, theme.SPACE_8)
        column.setSpacing(theme.SPACE_4)
        for part in (self._letter, self._ring, self._kcal):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)

    def show_day(self, summary: DaySummary, goal: float, chosen: bool) -> None:
        """Show a day against the goal."""
        self._day = summary.day
        when = date.fromisoformat(summary.day)
        kcal = summary.totals.kcal
        self._letter.setText(QLocale().dayName(when.isoweekday(), QLocale.FormatType.ShortFormat))
        self._ring.show_value(kcal, goal, str(when.day))
        self._kcal.setText(wording.number(kcal.value) if kcal.value else " ")
        self.setToolTip(f"{wording.day_name(summary.day)}: {kcal.value:.0f} kcal")
        theme.set_role(self, "day-chosen" if chosen else "day")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show that day."""
        self.clicked.emit(self._day)


class WeekStrip(QWidget):
    """Seven days from Monday on. ``day_chosen(ISO day)``."""

    day_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.days = [DayRing() for _ in range(7)]
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_4)
        for day in self.days:
            day.clicked.connect(self.day_chosen)
            row.addWidget(day, 1)

    def show_week(self, week: list[DaySummary], goal: float, chosen: str) -> None:
        """Show a week."""
        for ring, summary in zip(self.days, week, strict=True):
            ring.show_day(summary, goal, summary.day == chosen)
