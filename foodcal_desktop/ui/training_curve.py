"""The live curve of a training: what the held-out photos say after each epoch, and the loss of each step below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from foodcal_desktop.app.training_progress import TrainingProgress
from foodcal_desktop.ui import theme

_LOSS_SHARE = 0.28
_LABEL_WIDTH = 96
_LABEL_HEIGHT = 18
# Of 1, 3 and 5 clicks: how strongly their lines are drawn.
_STRENGTHS = (1.0, 0.65, 0.4)


class TrainingCurve(QWidget):
    """Shows a TrainingProgress; labels stand at the ends of the lines, the best epoch has a ring."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress = TrainingProgress()
        self.setMinimumSize(280, 160)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def sizeHint(self) -> QSize:
        """Wide and not too high."""
        return QSize(560, 300)

    def show_progress(self, progress: TrainingProgress) -> None:
        """Show what has been told so far."""
        self._progress = progress
        best = progress.best
        self.setAccessibleName(
            self.tr("IoU after one click {0}, best in epoch {1}").format(f"{best.iou[0]:.2f}", best.epoch)
            if best
            else self.tr("No figures yet")
        )
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(theme.font(theme.CAPTION))
            whole = QRectF(self.rect()).adjusted(theme.SPACE_8, theme.SPACE_24, -_LABEL_WIDTH, -theme.SPACE_24)
            split = whole.height() * (1 - _LOSS_SHARE)
            above = QRectF(whole.x(), whole.y(), whole.width(), split - theme.SPACE_24)
            below = QRectF(whole.x(), whole.y() + split, whole.width(), whole.height() - split)
            self._paint_ious(painter, above)
            self._paint_losses(painter, below)
            self._paint_epochs(painter, below)

    def _x(self, area: QRectF, place: float) -> float:
        return area.x() + area.width() * place / max(self._progress.epochs, 1)

    def _paint_ious(self, painter: QPainter, area: QRectF) -> None:
        t, points = theme.tokens(), self._progress.points
        self._caption(painter, area, self.tr("IoU on held-out photos"))
        _baseline(painter, area)
        if not points:
            return
        values = [value for point in points for value in point.iou]
        low, high = _range(values)
        names = (self.tr("1 click"), self.tr("3 clicks"), self.tr("5 clicks"))
        labels = []
        for number, (name, strength) in enumerate(zip(names, _STRENGTHS, strict=True)):
            at = [
                QPointF(self._x(area, p.epoch), area.bottom() - area.height() * (p.iou[number] - low) / (high - low))
                for p in points
            ]
            colour = theme.color(t.accent, strength)
            _line(painter, at, colour, 2)
            self._paint_dots(painter, at, colour, t)
            labels.append((at[-1], f"{points[-1].iou[number]:.2f}  {name}"))
        _end_labels(painter, labels, area)

    def _paint_dots(self, painter: QPainter, at: Sequence[QPointF], colour: QColor, t: theme.Tokens) -> None:
        best = self._progress.best
        for point, place in zip(self._progress.points, at, strict=True):
            ringed = best is not None and point.epoch == best.epoch
            painter.setPen(QPen(colour, 2) if ringed else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(t.raised) if ringed else colour)
            painter.drawEllipse(place, 4.5 if ringed else 2.5, 4.5 if ringed else 2.5)

    def _paint_losses(self, painter: QPainter, area: QRectF) -> None:
        t, losses = theme.tokens(), self._progress.losses
        self._caption(painter, area, self.tr("Loss"))
        _baseline(painter, area)
        if not losses:
            return
        low, high = _range([value for _, value in losses])
        smooth = _smoothed([value for _, value in losses])
        steps, mean = (
            [
                QPointF(self._x(area, place), area.bottom() - area.height() * (value - low) / (high - low))
                for (place, _), value in zip(losses, values, strict=True)
            ]
            for values in ([value for _, value in losses], smooth)
        )
        _line(painter, steps, theme.color(t.soft_ink, 0.3), 1)
        _line(painter, mean, QColor(t.soft_ink), 1.75)
        _end_labels(painter, [(mean[-1], f"{smooth[-1]:.2f}")], area)

    def _paint_epochs(self, painter: QPainter, area: QRectF) -> None:
        """The epochs' numbers under the curve, as many as there is room for."""
        epochs = self._progress.epochs
        if not epochs:
            return
        every = max(round(epochs * 36 / max(area.width(), 1)), 1)
        painter.setPen(QColor(theme.tokens().soft_ink))
        for epoch in range(0, epochs + 1, every):
            at = QRectF(self._x(area, epoch) - 24, area.bottom() + theme.SPACE_4, 48, _LABEL_HEIGHT)
            if epoch:
                painter.drawText(at, Qt.AlignmentFlag.AlignHCenter, str(epoch))
            else:
                painter.drawText(at.translated(24, 0), Qt.AlignmentFlag.AlignLeft, self.tr("base"))

    @staticmethod
    def _caption(painter: QPainter, area: QRectF, text: str) -> None:
        painter.setPen(QColor(theme.tokens().soft_ink))
        at = QRectF(area.x(), area.y() - theme.SPACE_24 + 2, area.width(), _LABEL_HEIGHT)
        painter.drawText(at, Qt.AlignmentFlag.AlignLeft, text)


def _baseline(painter: QPainter, area: QRectF) -> None:
    painter.setPen(QPen(QColor(theme.tokens().hairline), 1))
    painter.drawLine(area.bottomLeft(), area.bottomRight())


def _line(painter: QPainter, at: Sequence[QPointF], colour: QColor, width: float) -> None:
    painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(list(at)))


def _smoothed(values: Sequence[float]) -> list[float]:
    """A running mean that forgets, at first the plain mean: single steps jump too much to be read."""
    out: list[float] = []
    for number, value in enumerate(values):
        share = max(1 / (number + 1), 0.1)
        out.append(value if not out else out[-1] + share * (value - out[-1]))
    return out


def _range(values: Sequence[float]) -> tuple[float, float]:
    """The ends of an axis: a little room around the values, never so near that noise looks like a mountain."""
    low, high = min(values), max(values)
    room = max(0.1 * (high - low), 0.02)
    return low - room, high + room


def _end_labels(painter: QPainter, labels: Sequence[tuple[QPointF, str]], area: QRectF) -> None:
    """Texts to the right of their points, pushed apart where they would cover each other."""
    painter.setPen(QColor(theme.tokens().ink))
    bottom = area.bottom() + _LABEL_HEIGHT / 2
    # From the lowest up: each one as near to its point as the one below it lets it.
    for at, text in sorted(labels, key=lambda label: -label[0].y()):
        middle = min(at.y(), bottom - _LABEL_HEIGHT / 2)
        place = QRectF(at.x() + theme.SPACE_8, middle - _LABEL_HEIGHT / 2, _LABEL_WIDTH, _LABEL_HEIGHT)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        bottom = middle - _LABEL_HEIGHT / 2
