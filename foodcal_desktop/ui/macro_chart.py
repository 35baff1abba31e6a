"""A macronutrient over a span: a small chart of bars, its grams a day above them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from foodcal_desktop.core.diary import Totals
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.span_chart import NO_POINT, SpanChart, text_at

_HEAD = 48
_HEIGHT = 112
_WIDEST = 16.0


class MacroChart(SpanChart):
    """Shows one of the macronutrients, in g a day; ``grams`` takes it out of the sums."""

    def __init__(
        self, name: str, hue: int, grams: Callable[[Totals], float | None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._hue, self._grams = name, hue, grams
        self.setFixedHeight(_HEIGHT)
        self.setMinimumWidth(120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A third of the page."""
        return QSize(200, _HEIGHT)

    def plot(self) -> QRectF:
        """Below the name and the figure of the highest bar."""
        return QRectF(self.rect()).adjusted(0, _HEAD, 0, -1)

    def set_cursor(self, index: int) -> None:
        """Show the figures of that point."""
        super().set_cursor(index)
        self.setAccessibleName(f"{self._name}: {self.text}")

    @property
    def text(self) -> str:
        """The grams of the mean day, or of what is pointed to."""
        if self.cursor_at != NO_POINT:
            point = self.points[self.cursor_at]
            return self._said(point.totals) if point.logged else "–"
        return self._said(self.trend.mean) if self.trend.mean else "–"

    def _said(self, totals: Totals) -> str:
        """The grams of the foods of which they are known, and so at least that much."""
        grams = self._grams(totals)
        return "–" if grams is None else f"{'≥ ' if totals.incomplete else ''}{grams:.0f} g"

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_head(painter)
            self._paint_bars(painter)
            self.paint_baseline(painter)

    def _paint_head(self, painter: QPainter) -> None:
        t, line = theme.tokens(), QRectF(0, 0, self.width(), 22)
        painter.setPen(QColor(t.soft_ink))
        painter.setFont(theme.font(theme.BODY))
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self._name)
        painter.setPen(QColor(t.ink))
        painter.setFont(theme.font(theme.EMPHASIS, QFont.Weight.DemiBold))
        painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text)

    def _paint_bars(self, painter: QPainter) -> None:
        area = self.plot()
        grams = [self._grams(point.totals) or 0.0 for point in self.points]
        most = max(grams, default=0.0)
        if most <= 0:
            return
        width = max(min(self.slot_width() * 0.72, _WIDEST), 1.0)
        painter.setPen(Qt.PenStyle.NoPen)
        for index, value in enumerate(grams):
            height = area.height() * value / most
            bar = QRectF(self.x_of(index) - width / 2, area.bottom() - height, width, height)
            painter.setBrush(theme.mask_color(self._hue, self._strength(index)))
            painter.drawRoundedRect(bar, min(width / 2, 2), min(width / 2, 2))
        self._paint_most(painter, grams.index(most), most)

    def _strength(self, index: int) -> float:
        """What is not pointed to steps back; so does a day that is not over."""
        if self.cursor_at not in (NO_POINT, index):
            return 0.4
        return 0.5 if self.points[index].unfinished and self.cursor_at != index else 1.0

    def _paint_most(self, painter: QPainter, index: int, grams: float) -> None:
        """The highest bar's figure, which gives the others their measure."""
        painter.setFont(theme.font(theme.CAPTION))
        at = QPointF(self.x_of(index), self.plot().y() - 10)
        text_at(painter, at, wording.number(grams), QColor(theme.tokens().soft_ink), QRectF(self.rect()))
