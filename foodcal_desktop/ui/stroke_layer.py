"""A mask while it is being drawn: painted from its pixels, only where they are seen, however large the photo is."""

from __future__ import annotations

from math import ceil, floor

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from foodcal_desktop.ui.canvas_view import CanvasView

Pixels = NDArray[np.bool_]


def paint(painter: QPainter, view: CanvasView, pixels: Pixels, seen: QRectF, color: QColor, ratio: float) -> None:
    """Paint the set pixels (H×W) inside a widget rectangle, at most one sample for each pixel of the screen."""
    area = view.rect_to_photo(seen)
    step = max(floor(1 / (view.scale * ratio)), 1)
    x0, y0 = (max(floor(side / step) * step, 0) for side in (area.left(), area.top()))
    x1, y1 = min(ceil(area.right()) + 1, pixels.shape[1]), min(ceil(area.bottom()) + 1, pixels.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = np.ascontiguousarray(pixels[y0:y1:step, x0:x1:step]).view(np.uint8)
    height, width = part.shape
    image = QImage(part.data, width, height, width, QImage.Format.Format_Indexed8)
    image.setColorTable([0, color.rgba()])
    size = QPointF(width * step * view.scale, height * step * view.scale)
    corner = view.to_widget(x0, y0)
    painter.drawImage(QRectF(corner, corner + size), image)
