"""The candidates small beside the pointer: their shapes, the likeliest first, and which one is chosen.

No number stands at them: the predicted IoU is one of several hints that their order follows, and would contradict it.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from foodcal_desktop.core.prompt import Candidate
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.mask_outline import mask_path

_TILE = 52


class CandidateStrip(QWidget):
    """Looks only; Tab chooses."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.candidates: tuple[Candidate, ...] = ()
        self._chosen, self._hue = 0, 0
        self.hide()

    def show_candidates(self, candidates: Sequence[Candidate], chosen: int, hue: int) -> None:
        """Show several candidates; a single one needs no choice."""
        self.candidates, self._chosen, self._hue = tuple(candidates), chosen, hue
        if len(self.candidates) > 1:
            pad = theme.SPACE_4
            self.setFixedSize(len(self.candidates) * (_TILE + pad) + pad, _TILE + 2 * pad)
        self.setVisible(len(self.candidates) > 1)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A tile for each."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(theme.CANVAS_HAIRLINE)))
            painter.setBrush(theme.color(theme.CANVAS_CARD))
            frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
            painter.drawRoundedRect(frame, theme.RADIUS_CARD, theme.RADIUS_CARD)
            for index, candidate in enumerate(self.candidates):
                self._paint_tile(painter, index, candidate)

    def _paint_tile(self, painter: QPainter, index: int, candidate: Candidate) -> None:
        pad = theme.SPACE_4
        tile = QRectF(pad + index * (_TILE + pad), pad, _TILE, _TILE)
        if index == self._chosen:
            painter.setPen(QPen(QColor(theme.CANVAS_ACCENT), 1.5))
            painter.setBrush(QColor(theme.CANVAS_HAIRLINE))
            inset = tile.adjusted(0.75, 0.75, -0.75, -0.75)
            painter.drawRoundedRect(inset, theme.RADIUS_CONTROL, theme.RADIUS_CONTROL)
        self._paint_shape(painter, tile.adjusted(6, 6, -6, -6), candidate)

    def _paint_shape(self, painter: QPainter, room: QRectF, candidate: Candidate) -> None:
        """All shapes at one scale, so that whole and part are told apart."""
        boxes = [c.mask.box for c in self.candidates if c.mask.runs]
        if not boxes:
            return
        x0, y0 = min(b[0] for b in boxes), min(b[1] for b in boxes)
        x1, y1 = max(b[2] for b in boxes), max(b[3] for b in boxes)
        scale = min(room.width() / (x1 - x0), room.height() / (y1 - y0))
        painter.save()
        painter.translate(room.center() - QPointF((x0 + x1) / 2, (y0 + y1) / 2) * scale)
        painter.scale(scale, scale)
        painter.fillPath(mask_path(candidate.mask, max(int(0.5 / scale), 1), True), theme.mask_color(self._hue))
        painter.restore()
