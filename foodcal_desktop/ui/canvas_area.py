"""The canvas with what floats over it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import Prompts
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.candidate_strip import CandidateStrip
from foodcal_desktop.ui.canvas_foot import HintPill, ScalePill, ToolBar
from foodcal_desktop.ui.photo_canvas import PhotoCanvas


class CanvasArea(QWidget):
    """Keeps tools, hint and scale at the foot of the canvas, in its middle."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = PhotoCanvas(self)
        self.tools = ToolBar(actions, self)
        self.hint = HintPill(self)
        self.scale = ScalePill(self)
        self.strip = CandidateStrip(self)
        self._pointer = QPointF()
        self.canvas.hovered.connect(self._follow)
        self.setMinimumSize(self.canvas.minimumSize())
        self.show_for_photo(False)

    def show_for_photo(self, has_photo: bool) -> None:
        """Tools and scale are there when there is a photo."""
        self.tools.setVisible(has_photo)
        self.scale.setVisible(has_photo)
        if not has_photo:
            self.hint.show_text("")
        self.arrange()

    def arrange(self) -> None:
        """Place what floats: tools at the foot, the scale above them, the hint at the head."""
        self.canvas.setGeometry(self.rect())
        foot = self.height() - theme.SPACE_16 - self.tools.height()
        self._centre(self.tools, foot)
        above = foot - theme.SPACE_8 - self.scale.height()
        self._centre(self.scale, above)
        self._centre(self.hint, theme.SPACE_12)
        self._place_strip()
        self.canvas.foot = float(self.height() - above)

    def _follow(self, x: float, y: float) -> None:
        self._pointer = self.canvas.view.to_widget(x, y)
        self._place_strip()

    def _place_strip(self) -> None:
        """Beside the pointer, and never under it, outside, or over the hint."""
        x = self._pointer.x() + theme.SPACE_24
        if x + self.strip.width() > self.width():
            x = self._pointer.x() - theme.SPACE_24 - self.strip.width()
        head, foot = self.hint.geometry().bottom() + theme.SPACE_8, self.tools.y() - theme.SPACE_8
        y = min(max(self._pointer.y() + theme.SPACE_24, head), foot - self.strip.height())
        self.strip.move(int(max(x, 0)), int(y))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place them anew."""
        self.tools.fit(self.width() - 2 * theme.SPACE_8)
        self.arrange()

    def beside(self, mask: Mask, card: QWidget, page: QWidget) -> QPoint:
        """Where a card of a page goes: right of a mask if there is room on the canvas, else left of it."""
        box = self.canvas.view.transform().mapRect(QRectF(mask.x, mask.y, mask.w, mask.h))
        right, left = int(box.right()) + theme.SPACE_12, int(box.left()) - theme.SPACE_12 - card.width()
        last = self.width() - card.width() - theme.SPACE_8
        x = right if right <= last else max(min(left, last), theme.SPACE_8)
        return self.canvas.mapTo(page, QPoint(x, int(box.top())))

    def beside_prompts(self, prompts: Prompts, page: QWidget) -> QPoint:
        """Where a card of a page goes while there are only prompts: right of the last of them."""
        last = prompts.points[-1] if prompts.points else None
        x, y = (last.x, last.y) if last else (prompts.box.x1, prompts.box.y0) if prompts.box else (0.0, 0.0)
        at = self.canvas.view.to_widget(x, y).toPoint()
        return self.canvas.mapTo(page, at + QPoint(theme.SPACE_24, 0))

    def _centre(self, widget: QWidget, top: int) -> None:
        widget.move((self.width() - widget.width()) // 2, top)
