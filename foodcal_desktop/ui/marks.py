"""Small painted things: a mask's colour, a ring, a bar of macros, a share."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.ui import theme


class Swatch(QWidget):
    """A mask's colour as a small rounded square."""

    def __init__(self, hue: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hue = hue
        self.setFixedSize(12, 12)

    def set_hue(self, hue: int) -> None:
        """Show another hue."""
        self._hue = hue
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.mask_color(self._hue))
            painter.drawRoundedRect(QRectF(self.rect()), 3, 3)


class Ring(QWidget):
    """A share of a goal as a ring from the top on, its interval as a fainter arc; a caption inside."""

    def __init__(self, diameter: int, width: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._width = width
        self._value = Estimate.exact(0.0)
        self._goal = 0.0
        self._texts: tuple[str, str] = ("", "")
        self.setFixedSize(diameter, diameter)

    def show_value(self, value: Estimate, goal: float, text: str = "", caption: str = "") -> None:
        """Show a value against a goal in the same unit; without a goal only the text."""
        self._value, self._goal, self._texts = value, goal, (text, caption)
        self.setAccessibleName(f"{text} {caption}")
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        t = theme.tokens()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            inset = self._width / 2 + 0.5
            area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            self._arc(painter, area, 0, 1, QColor(t.hairline))
            if self._goal > 0:
                over = QColor(t.warn if self._value.value > self._goal else t.accent)
                low, value, high = (
                    min(v / self._goal, 1.0) for v in (self._value.low, self._value.value, self._value.high)
                )
                self._arc(painter, area, low, high, theme.color(over.name(), 0.35))
                self._arc(painter, area, 0, value, over)
            self._paint_texts(painter, t)

    def _arc(self, painter: QPainter, area: QRectF, start: float, end: float, color: QColor) -> None:
        if end <= start:
            return
        painter.setPen(QPen(color, self._width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(area, round((90 - 360 * start) * 16), round(-360 * (end - start) * 16))

    def _paint_texts(self, painter: QPainter, t: theme.Tokens) -> None:
        text, caption = self._texts
        middle = QRectF(self.rect())
        painter.setPen(QColor(t.ink))
        if not caption:
            painter.setFont(theme.font(theme.CAPTION))
            painter.drawText(middle, Qt.AlignmentFlag.AlignCenter, text)
            return
        painter.setFont(theme.font(theme.DISPLAY, QFont.Weight.DemiBold))
        painter.drawText(middle.translated(0, -10), Qt.AlignmentFlag.AlignCenter, text)
        painter.setPen(QColor(t.soft_ink))
        painter.setFont(theme.font(theme.CAPTION))
        painter.drawText(middle.translated(0, 20), Qt.AlignmentFlag.AlignCenter, caption)


class MacroBar(QWidget):
    """Protein, carbohydrate and fat by their share of the energy, as one thin bar in three tones."""

    HUES = (1, 0, 2)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._energy = (0.0, 0.0, 0.0)
        self.setFixedHeight(6)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_macros(self, protein_g: float | None, carbohydrate_g: float | None, fat_g: float | None) -> None:
        """Show grams; the lengths follow the energy by Atwater's factors 4, 4 and 9 kcal/g. Unknown ones have none."""
        self._energy = (4 * (protein_g or 0.0), 4 * (carbohydrate_g or 0.0), 9 * (fat_g or 0.0))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tokens().hairline))
            painter.drawRoundedRect(QRectF(self.rect()), 3, 3)
            total, x = sum(self._energy), 0.0
            for energy, hue in zip(self._energy, self.HUES, strict=True):
                if energy > 0:
                    length = self.width() * energy / total
                    painter.setBrush(theme.mask_color(hue))
                    painter.drawRoundedRect(QRectF(x, 0, max(length - 2, 2), self.height()), 3, 3)
                    x += length


class ShareBar(QWidget):
    """A share from 0 to 1 as a thin bar."""

    def __init__(self, hue: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hue = hue
        self._share = 0.0
        self.setFixedHeight(4)

    def show_share(self, share: float) -> None:
        """Show a share."""
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.tokens().hairline))
            painter.drawRoundedRect(QRectF(self.rect()), 2, 2)
            if self._share > 0:
                painter.setBrush(theme.mask_color(self._hue))
                painter.drawRoundedRect(QRectF(0, 0, max(self.width() * min(self._share, 1.0), 4), 4), 2, 2)
