"""The day's sum: a ring for the energy against the goal, thin bars for the macronutrients."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from foodcal_desktop.core.diary import Totals
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.trends import Side, side_of
from foodcal_desktop.ui import theme, trend_words, wording
from foodcal_desktop.ui.buttons import WrappedLabel, hairline, label
from foodcal_desktop.ui.marks import MacroBar, Ring, ShareBar

# Energy of a gram by Atwater's general factors (FAO 2003), kcal.
_FACTORS = (4.0, 4.0, 9.0)
_RING, _RING_LOW = 184, 112


class DayPanel(QFrame):
    """Shows the sums of a day."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setFixedWidth(theme.PANEL_WIDTH_NARROW)
        self.ring = Ring(_RING, 10)
        self.interval = label(role="soft")
        self.left = WrappedLabel("caption")
        self.left.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._grams = [label(role="item-kcal") for _ in range(3)]
        self._bars = [ShareBar(hue) for hue in MacroBar.HUES]
        self.incomplete = label(role="caption")
        self.incomplete.setWordWrap(True)
        self._lay_out()

    def show_totals(self, totals: Totals, goal: float) -> None:
        """Show sums against a goal in kcal; 0 for none."""
        kcal = totals.kcal
        caption = self.tr("of {0} kcal").format(f"{goal:.0f}") if goal else self.tr("kcal")
        self.ring.show_value(kcal, goal, wording.number(kcal.value), caption)
        between = wording.interval(kcal)
        self.interval.setText(self.tr("{0} kcal, 80 % likely").format(between) if between else "")
        self.left.setText(self._left(kcal, goal) if goal and kcal.value else "")
        grams = (totals.protein_g, totals.carbohydrate_g, totals.fat_g)
        energy = [(g or 0.0) * factor for g, factor in zip(grams, _FACTORS, strict=True)]
        for text, bar, gram, part in zip(self._grams, self._bars, grams, energy, strict=True):
            text.setText("–" if gram is None else f"{gram:.0f} g")
            bar.show_share(part / max(sum(energy), 1e-9))
        self.incomplete.setText(wording.incomplete(totals))
        self.incomplete.setVisible(bool(totals.incomplete))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the ring makes room for what stands under it."""
        diameter = _RING if self.height() >= theme.LOW_PAGE else _RING_LOW
        self.ring.setFixedSize(diameter, diameter)
        super().resizeEvent(event)

    def _left(self, kcal: Estimate, goal: float) -> str:
        """How far it is to the goal, as sure as the day's sum is."""
        side = side_of(kcal, goal)
        if side == Side.OPEN:
            return trend_words.side_sentence(side, goal)
        text = self.tr("{0} kcal to the goal") if side == Side.UNDER else self.tr("{0} kcal over the goal")
        low, value, high = sorted(abs(goal - energy) for energy in (kcal.low, kcal.value, kcal.high))
        return text.format(wording.interval(Estimate(value, low, high)) or wording.number(value))

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_24, theme.SPACE_32, theme.SPACE_24, theme.SPACE_16)
        column.setSpacing(theme.SPACE_8)
        for part in (self.ring, self.interval):
            column.addWidget(part, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.left)
        column.addSpacing(theme.SPACE_16)
        column.addWidget(hairline())
        column.addSpacing(theme.SPACE_8)
        column.addLayout(self._macros())
        column.addWidget(self.incomplete)
        column.addStretch(1)

    def _macros(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(theme.SPACE_4)
        names = (self.tr("Protein"), self.tr("Carbohydrate"), self.tr("Fat"))
        for row, (name, grams, bar) in enumerate(zip(names, self._grams, self._bars, strict=True)):
            grid.addWidget(label(name, "soft"), row * 3, 0)
            grid.addWidget(grams, row * 3, 1, Qt.AlignmentFlag.AlignRight)
            grid.addWidget(bar, row * 3 + 1, 0, 1, 2)
            grid.setRowMinimumHeight(row * 3 + 2, theme.SPACE_8)
        return grid
