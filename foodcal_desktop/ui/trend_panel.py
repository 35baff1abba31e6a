"""Beside a trend: the foods that most of the energy came from, and above it the number that matters."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from foodcal_desktop.core.trends import FoodShare, Trend, TrendPoint
from foodcal_desktop.ui import theme, trend_words, wording
from foodcal_desktop.ui.buttons import ElidedLabel, WrappedLabel, label
from foodcal_desktop.ui.marks import ShareBar

FOODS = 8
_HUE = 5


class TrendHead(QWidget):
    """The mean of a day or the day that is pointed to: its name, the large number, a sentence."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = label(role="soft")
        self.number = label(role="display")
        self.unit = label(role="soft")
        self.sentence = WrappedLabel("soft")
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_8)
        line.addWidget(self.number, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addWidget(self.unit, 0, Qt.AlignmentFlag.AlignBaseline)
        line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.name)
        column.addLayout(line)
        column.addWidget(self.sentence)

    def show_mean(self, trend: Trend) -> None:
        """Show the mean of the span."""
        self.name.setText(trend_words.mean_name(trend))
        if trend.mean is not None:
            self.number.setText(wording.number(trend.mean.kcal.value))
            self.unit.setText(trend_words.unit(trend.mean, is_mean=trend.counted > 1))
        self.sentence.setText(trend_words.days_sentence(trend))
        self.sentence.setToolTip(trend_words.days_hint())

    def show_point(self, trend: Trend, point: TrendPoint) -> None:
        """Show a day or a week."""
        self.name.setText(trend_words.point_name(trend, point))
        self.number.setText(wording.number(point.totals.kcal.value) if point.logged else "–")
        self.unit.setText(trend_words.unit(point.totals, is_mean=point.logged > 1) if point.logged else "")
        self.sentence.setText(trend_words.point_sentence(trend, point))

    @property
    def spoken(self) -> str:
        """All of it as one line, for those who hear it."""
        parts = (self.name.text(), f"{self.number.text()} {self.unit.text()}".strip(), self.sentence.text())
        return ". ".join(part for part in parts if part)


class FoodLine(QWidget):
    """A food with its share of the energy."""

    def __init__(self, share: FoodShare, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = ElidedLabel(name, "item-name")
        self.percent = label(f"{100 * share.share:.0f} %", "item-name")
        bar = ShareBar(_HUE)
        bar.show_share(share.share)
        line = QHBoxLayout()
        line.setSpacing(theme.SPACE_8)
        line.addWidget(self.name, 1)
        line.addWidget(self.percent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(line)
        column.addWidget(bar)
        column.addWidget(label(trend_words.food_caption(share.kcal.value, share.entries), "caption"))


class TrendFoods(QFrame):
    """The foods with the most energy; ``name`` writes one in the user's language."""

    def __init__(self, name: Callable[[FoodShare], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setProperty("role", "panel")
        self.setFixedWidth(theme.PANEL_WIDTH_NARROW)
        self.lines: list[FoodLine] = []
        self._rest = label(role="caption")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(theme.SPACE_24, theme.SPACE_16, theme.SPACE_24, theme.SPACE_16)
        self._column.setSpacing(theme.SPACE_12)
        self._column.addWidget(label(self.tr("Most of the energy"), "emphasis"))
        self._column.addWidget(self._rest)
        self._column.addStretch(1)

    def show_foods(self, foods: Sequence[FoodShare]) -> None:
        """Show the first of them, and how much the others are together."""
        for old in self.lines:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.lines = [FoodLine(share, self._name(share)) for share in foods[:FOODS]]
        for place, line in enumerate(self.lines, 1):
            self._column.insertWidget(place, line)
        others = foods[FOODS:]
        self._rest.setVisible(bool(others))
        rest = sum(share.share for share in others)
        self._rest.setText(self.tr("{0} other foods: {1} %").format(len(others), f"{100 * rest:.0f}"))
