"""Trends: energy over days or weeks against the goal, the macronutrients, the foods with most of the energy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from foodcal_desktop.core.trends import NO_TREND, FoodShare, Trend
from foodcal_desktop.ui import empty_state, theme, trend_words, wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.buttons import action_button, label
from foodcal_desktop.ui.macro_chart import MacroChart
from foodcal_desktop.ui.marks import MacroBar
from foodcal_desktop.ui.span_chart import NO_POINT
from foodcal_desktop.ui.trend_chart import TrendChart
from foodcal_desktop.ui.trend_panel import TrendFoods, TrendHead
from foodcal_desktop.ui.trends_actions import SPAN_ACTIONS

if TYPE_CHECKING:
    from foodcal_desktop.app.food_search import FoodSearch
    from foodcal_desktop.app.trends_session import TrendsSession


class EmptyTrend(QWidget):
    """Says what to do where nothing is logged, under a plate in outline."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            title = self.tr("Nothing is logged in these days")
            hint = self.tr("Log a meal from a photo, or a food in the diary (Ctrl+2); its day appears here")
            empty_state.paint_empty_plate(painter, QRectF(self.rect()), title, hint)


class TrendsPage(QWidget):
    """Shows a session's span. ``day_wanted(ISO day)`` opens a day in the diary."""

    day_wanted = Signal(str)

    def __init__(
        self, session: TrendsSession, foods: FoodSearch, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.session, self._foods, self._actions = session, foods, actions
        self.trend: Trend = NO_TREND
        self.cursor_at = NO_POINT
        self.span = label(role="soft")
        self.head, self.chart, self.empty = TrendHead(), TrendChart(), EmptyTrend()
        names = (self.tr("Protein"), self.tr("Carbohydrate"), self.tr("Fat"))
        grams = (lambda t: t.protein_g, lambda t: t.carbohydrate_g, lambda t: t.fat_g)
        self.macros = [MacroChart(*parts) for parts in zip(names, MacroBar.HUES, grams, strict=True)]
        self.foods = TrendFoods(self._food_name)
        self._stack, self._content = QStackedWidget(), QWidget()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the span as it is now; while hidden nothing is done, for showing it does it then."""
        if not self.isVisible():
            return
        self.trend = self.session.trend()
        self.span.setText(trend_words.span_name(self.trend))
        for chart in (self.chart, *self.macros):
            chart.show_trend(self.trend)
        self.foods.show_foods(self.trend.foods)
        self.foods.setVisible(bool(self.trend.logged))
        self._stack.setCurrentWidget(self._content if self.trend.logged else self.empty)
        self._actions[SPAN_ACTIONS[self.session.days]].setChecked(True)
        self._actions["trends.later"].setEnabled(not self.session.is_latest)
        self.point_to(NO_POINT)

    def point_to(self, index: int) -> None:
        """Show the figures of a day or a week; NO_POINT: those of the whole span."""
        self.cursor_at = index if 0 <= index < len(self.trend.points) else NO_POINT
        for chart in (self.chart, *self.macros):
            chart.set_cursor(self.cursor_at)
        if self.cursor_at == NO_POINT:
            self.head.show_mean(self.trend)
        else:
            self.head.show_point(self.trend, self.trend.points[self.cursor_at])
        self.setAccessibleName(self.head.spoken if self.trend.logged else self.tr("Nothing is logged in these days"))

    def open_point(self, index: int) -> None:
        """Open a day in the diary; of a week its first day with entries."""
        if index == NO_POINT:
            return
        point = self.trend.points[index]
        self.day_wanted.emit(point.first_logged or point.first)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what changed while it was hidden."""
        super().showEvent(event)
        self.refresh()

    def _step_point(self, points: int) -> None:
        """From nowhere the first step, be it back or on, goes to the last point."""
        last = len(self.trend.points) - 1
        self.point_to(last if self.cursor_at == NO_POINT else min(max(self.cursor_at + points, 0), last))

    def _food_name(self, share: FoodShare) -> str:
        """In the user's language where the food is still in the table, else as it was logged."""
        food = self._foods.by_id(share.food_id)
        return wording.food_name(food) if food is not None else share.name

    def _connect(self) -> None:
        self.session.changed.connect(self.refresh)
        for chart in (self.chart, *self.macros):
            chart.pointed.connect(self.point_to)
            chart.opened.connect(self.open_point)
        for days, action_id in SPAN_ACTIONS.items():
            self._actions[action_id].triggered.connect(lambda _=False, days=days: self.session.set_days(days))
        handlers = {
            "trends.earlier": lambda: self.session.step(-1),
            "trends.later": lambda: self.session.step(1),
            "trends.point_before": lambda: self._step_point(-1),
            "trends.point_after": lambda: self._step_point(1),
            "trends.point_none": lambda: self.point_to(NO_POINT),
            "trends.open": lambda: self.open_point(self.cursor_at),
        }
        for action_id, handler in handlers.items():
            self._actions[action_id].triggered.connect(lambda _=False, handler=handler: handler())

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, theme.SPACE_16)
        left.setSpacing(theme.SPACE_16)
        left.addLayout(self._bar())
        left.addWidget(self._stack, 1)
        self._stack.addWidget(self._content)
        self._stack.addWidget(self.empty)
        self._lay_out_content()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(left, 1)
        row.addWidget(self.foods)

    def _lay_out_content(self) -> None:
        column = QVBoxLayout(self._content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_16)
        column.addWidget(self.head)
        column.addWidget(self.chart, 1)
        macros = QHBoxLayout()
        macros.setSpacing(theme.SPACE_24)
        for chart in self.macros:
            macros.addWidget(chart, 1)
        column.addLayout(macros)

    def _bar(self) -> QHBoxLayout:
        bar = QHBoxLayout()
        bar.setSpacing(theme.SPACE_4)
        bar.addWidget(action_button(self._actions["trends.earlier"]))
        bar.addWidget(action_button(self._actions["trends.later"]))
        bar.addSpacing(theme.SPACE_8)
        bar.addWidget(label(self.tr("Trends"), "title"))
        bar.addSpacing(theme.SPACE_8)
        bar.addWidget(self.span)
        bar.addStretch(1)
        bar.addWidget(self._spans())
        return bar

    def _spans(self) -> QFrame:
        """A choice of the spans, side by side."""
        frame = QFrame()
        frame.setProperty("role", "segments")
        row = QHBoxLayout(frame)
        row.setContentsMargins(2, 2, 2, 2)
        row.setSpacing(2)
        texts = (self.tr("7 days"), self.tr("30 days"), self.tr("90 days"), self.tr("Year"))
        for action_id, text in zip(SPAN_ACTIONS.values(), texts, strict=True):
            # The short text is for the button; menus and the palette say what it is of.
            self._actions[action_id].setIconText(text)
            button = QToolButton()
            button.setProperty("role", "segment")
            button.setDefaultAction(self._actions[action_id])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setMinimumWidth(button.sizeHint().width())
            row.addWidget(button)
        return frame
