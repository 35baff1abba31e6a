"""Energy over a span: a band for the 80 % interval, a line for the goal, the figures on the data itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from foodcal_desktop.core.trends import Trend, TrendPoint
from foodcal_desktop.ui import theme, trend_words, wording
from foodcal_desktop.ui.span_chart import NO_POINT, SpanChart, text_at

_GOAL_WIDTH = 64
_HEAD, _FOOT = 28, 26
_DOT = 2.75
_BAND, _BAR = 0.18, 0.30
# Two dates under the chart stand at least so far apart, in pixels.
_DATE_ROOM = 72
# A slot as wide as this has room for a figure.
_FIGURE_ROOM = 38
# How far from its point a figure stands.
_FIGURE = 14
_HALF_LINE = 9
# More points than this, in weeks: the months are enough.
_WEEKS_WITH_DATES = 26


@dataclass(frozen=True, slots=True)
class _Scale:
    """What the chart's height stands for, in kcal."""

    low: float
    high: float

    @staticmethod
    def of(trend: Trend) -> _Scale:
        """Room for every interval and the goal, and some above and below, so that little noise is no mountain.

        A day that is not over makes no room below: a breakfast would press the whole days together.
        """
        found = [p for p in trend.points if p.logged]
        goal = [trend.goal] if trend.goal else []
        whole = [p for p in found if not p.unfinished] or found
        low = min([*(p.totals.kcal.low for p in whole), *goal], default=0.0)
        high = max([*(p.totals.kcal.high for p in found), *goal], default=1.0)
        room = max(0.08 * (high - low), 0.04 * high, 1.0)
        return _Scale(max(low - room, 0.0), high + room)

    def y(self, kcal: float, area: QRectF) -> float:
        """Where an energy is; what is lower than the scale stands on the baseline."""
        return area.bottom() - area.height() * max(kcal - self.low, 0.0) / (self.high - self.low)


class TrendChart(SpanChart):
    """Shows the energy of a Trend; days that follow each other are joined, days without entries leave a gap."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._scale = _Scale(0.0, 1.0)
        self.setMinimumSize(320, 100)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Wide and not too high."""
        return QSize(640, 280)

    def plot(self) -> QRectF:
        """Room above for a figure, below for dates, to the right for the goal's name."""
        right = _GOAL_WIDTH if self.trend.goal else theme.SPACE_8
        return QRectF(self.rect()).adjusted(0, _HEAD, -right, -_FOOT)

    def show_trend(self, trend: Trend) -> None:
        """Show a trend, as high as there is room for."""
        self._scale = _Scale.of(trend)
        super().show_trend(trend)

    def place_of(self, index: int) -> QPointF:
        """Where a point's energy is drawn."""
        kcal = self.points[index].totals.kcal.value
        return QPointF(self.x_of(index), self._scale.y(kcal, self.plot()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font(theme.CAPTION))
            self._paint_cursor(painter)
            self.paint_baseline(painter)
            for run in _runs(self.points):
                self._paint_band(painter, run)
            self._paint_goal(painter)
            for run in _runs(self.points):
                self._paint_line(painter, run)
            self._paint_figures(painter)
            self._paint_dates(painter)

    def _paint_cursor(self, painter: QPainter) -> None:
        """A line through what is pointed to, its figure on top, where nothing crosses it."""
        if self.cursor_at == NO_POINT:
            return
        area, x, point = self.plot(), self.x_of(self.cursor_at), self.points[self.cursor_at]
        painter.setPen(QPen(theme.color(theme.tokens().soft_ink, 0.6), 1))
        painter.drawLine(QPointF(x, area.y()), QPointF(x, area.bottom()))
        if point.logged:
            painter.setFont(theme.font(theme.CAPTION, QFont.Weight.DemiBold))
            text = wording.number(point.totals.kcal.value)
            ink = QColor(theme.tokens().ink)
            text_at(painter, QPointF(x, area.y() - _FIGURE / 2 - 2), text, ink, QRectF(self.rect()))
            painter.setFont(theme.font(theme.CAPTION))

    def _paint_goal(self, painter: QPainter) -> None:
        if not self.trend.goal:
            return
        t, area = theme.tokens(), self.plot()
        y = self._scale.y(self.trend.goal, area)
        painter.setPen(QPen(QColor(t.soft_ink), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(area.x(), y), QPointF(area.right(), y))
        beside = QRectF(area.right() + theme.SPACE_8, y - 20, _GOAL_WIDTH - theme.SPACE_8, 40)
        painter.setPen(QColor(t.soft_ink))
        text = self.tr("Goal\n{0}").format(wording.number(self.trend.goal))
        painter.drawText(beside, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_band(self, painter: QPainter, run: Sequence[int]) -> None:
        area, accent = self.plot(), theme.tokens().accent
        ends = [(self.x_of(i), self.points[i].totals.kcal) for i in run]
        above = [QPointF(x, self._scale.y(kcal.high, area)) for x, kcal in ends]
        below = [QPointF(x, self._scale.y(kcal.low, area)) for x, kcal in ends]
        painter.setPen(Qt.PenStyle.NoPen)
        if len(run) > 1:
            painter.setBrush(theme.color(accent, _BAND))
            painter.drawPolygon(QPolygonF([*above, *reversed(below)]))
        elif below[0].y() - above[0].y() >= 1:
            # A day alone has no neighbours to make a band with: a bar as high as its interval.
            width = min(self.slot_width() * 0.5, 8.0)
            painter.setBrush(theme.color(accent, _BAR))
            bar = QRectF(above[0].x() - width / 2, above[0].y(), width, below[0].y() - above[0].y())
            painter.drawRoundedRect(bar, width / 2, width / 2)

    def _paint_line(self, painter: QPainter, run: Sequence[int]) -> None:
        accent = QColor(theme.tokens().accent)
        at = [self.place_of(i) for i in run]
        painter.setPen(QPen(accent, 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolyline(QPolygonF(at))
        for index, place in zip(run, at, strict=True):
            self._paint_dot(painter, index, place, accent)

    def _paint_dot(self, painter: QPainter, index: int, place: QPointF, accent: QColor) -> None:
        """A day that is not over is a ring; the one that is pointed to is larger."""
        pointed, ring = index == self.cursor_at, self.points[index].unfinished
        radius = 5.0 if pointed else 3.5 if ring else min(_DOT, self.slot_width() * 0.3)
        painter.setPen(QPen(accent, 2) if ring or pointed else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.tokens().ground) if ring else accent)
        painter.drawEllipse(place, radius, radius)

    def _paint_figures(self, painter: QPainter) -> None:
        """The figures upon the data, in ink that can be read on the band too."""
        for index, above in self._figures():
            quiet = self.points[index].unfinished
            ink = QColor(theme.tokens().soft_ink if quiet else theme.tokens().ink)
            text = wording.number(self.points[index].totals.kcal.value)
            text_at(painter, self._figure_at(index, above), text, ink, QRectF(self.rect()))

    def _figures(self) -> list[tuple[int, bool]]:
        """Which points have a figure, and whether above: all where there is room, else the highest and the lowest."""
        found = [i for i, p in enumerate(self.points) if p.logged and i != self.cursor_at]
        if self.slot_width() >= _FIGURE_ROOM:
            return [(i, self._is_peak(i)) for i in found]
        whole = [i for i in found if not self.points[i].unfinished] or found
        if not whole or self.cursor_at != NO_POINT:
            return []
        least, most = (end(whole, key=lambda i: self.points[i].totals.kcal.value) for end in (min, max))
        return [(most, True)] if least == most else [(most, True), (least, False)]

    def _figure_at(self, index: int, above: bool) -> QPointF:
        """Beside its point; of a day alone beyond the bar of its interval; never upon the goal's line."""
        place, kcal = self.place_of(index), self.points[index].totals.kcal
        alone = [index] in _runs(self.points)
        goal = self._scale.y(self.trend.goal, self.plot()) if self.trend.goal else -1.0
        places = []
        for up in (above, not above):
            y = self._scale.y(kcal.high if up else kcal.low, self.plot()) if alone else place.y()
            places.append(QPointF(place.x(), y - _FIGURE if up else y + _FIGURE))
        return next((at for at in places if abs(at.y() - goal) > _HALF_LINE), places[0])

    def _is_peak(self, index: int) -> bool:
        """Whether the line bends down there, or there is none, so that a figure above it is not crossed."""
        point = self.points[index]
        if point.unfinished:
            return True
        joined = [p for p in self.points[max(index - 1, 0) : index + 2] if p.logged and not p.unfinished]
        return point.totals.kcal.value >= sum(p.totals.kcal.value for p in joined) / len(joined)

    def _paint_dates(self, painter: QPainter) -> None:
        t, area, whole = theme.tokens(), self.plot(), QRectF(self.rect())
        y = area.bottom() + _FOOT / 2 + 1
        chosen = QRectF()
        if self.cursor_at != NO_POINT:
            text, x = trend_words.short_date(self.points[self.cursor_at].first), self.x_of(self.cursor_at)
            chosen = text_at(painter, QPointF(x, y), text, QColor(t.ink), whole).adjusted(-8, 0, 8, 0)
        for index, text in self._dates():
            x, half = self.x_of(index), painter.fontMetrics().horizontalAdvance(text) / 2
            if not (chosen.left() < x + half and x - half < chosen.right()):
                text_at(painter, QPointF(x, y), text, QColor(t.soft_ink), whole)

    def _dates(self) -> list[tuple[int, str]]:
        """As many dates as there is room for, the last one always; months where there are many weeks."""
        count = len(self.points)
        if self.trend.by_week and count > _WEEKS_WITH_DATES:
            months = [p.last[:7] for p in self.points]
            begun = [i for i in range(1, count) if months[i] != months[i - 1]]
            return [(i, trend_words.month(self.points[i].last)) for i in begun]
        every = max(-(-_DATE_ROOM * count // max(int(self.plot().width()), 1)), 1)
        name = trend_words.weekday if count <= 7 and not self.trend.by_week else trend_words.short_date
        return [(i, name(self.points[i].first)) for i in range(count - 1, -1, -every)]


def _runs(points: Sequence[TrendPoint]) -> list[list[int]]:
    """Points with entries that follow each other; what is not over yet is joined to nothing."""
    runs: list[list[int]] = []
    joined = False
    for index, point in enumerate(points):
        if point.logged and joined and not point.unfinished:
            runs[-1].append(index)
        elif point.logged:
            runs.append([index])
        joined = bool(point.logged) and not point.unfinished
    return runs
