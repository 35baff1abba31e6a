"""What annotating has cost, by checkpoint."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from foodcal_desktop.core.effort import EffortSum
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.sheet import Sheet


class EffortDialog(Sheet):
    """A row for each checkpoint: masks, clicks, seconds and edits, in all and for each mask."""

    def __init__(self, sums: Sequence[EffortSum], parent: QWidget) -> None:
        super().__init__(self.tr("Effort"), parent, 560)
        self.grid = QGridLayout()
        self.grid.setHorizontalSpacing(theme.SPACE_24)
        self.grid.setVerticalSpacing(theme.SPACE_8)
        heads = (self.tr("Checkpoint"), self.tr("Masks"), self.tr("Clicks"), self.tr("Time"), self.tr("Edits"))
        for column, head in enumerate(heads):
            self._put(0, column, head, "caption")
        for row, one in enumerate(sums, start=1):
            self._add(row, one)
        self.column.addLayout(self.grid)
        self.column.addStretch(1)
        self.finish_layout()
        self.note.setText(self._saved(sums))

    def _add(self, row: int, one: EffortSum) -> None:
        each = self.tr("{0}  ({1} each)")
        self._put(row, 0, one.checkpoint or self.tr("By hand"), "emphasis")
        self._put(row, 1, str(one.annotations))
        self._put(row, 2, each.format(one.clicks, f"{one.clicks_each:.1f}"))
        self._put(row, 3, each.format(_minutes(one.seconds), f"{one.seconds_each:.1f} s"))
        self._put(row, 4, each.format(one.edits, f"{one.edits_each:.1f}"))

    def _put(self, row: int, column: int, text: str, role: str = "") -> None:
        side = Qt.AlignmentFlag.AlignLeft if column == 0 else Qt.AlignmentFlag.AlignRight
        self.grid.addWidget(label(text, role), row, column, side)

    def _saved(self, sums: Sequence[EffortSum]) -> str:
        if not sums:
            return self.tr("Nothing has been annotated yet.")
        by_checkpoint = [one for one in sums if one.checkpoint]
        if len(by_checkpoint) < 2:
            return ""
        best, worst = (f(by_checkpoint, key=lambda one: one.corrections_each) for f in (min, max))
        saved = best.corrections_saved(worst)
        return self.tr("{0} saved {1} corrections against {2}.").format(
            best.checkpoint, f"{saved:.0f}", worst.checkpoint
        )


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"
