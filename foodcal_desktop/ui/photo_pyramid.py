"""A photo at its full size, half, quarter …, so that any zoom is painted from at most four pixels for one."""

from __future__ import annotations

from math import ceil, floor, log2

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QRectF, QRunnable, QThreadPool, Signal
from PySide6.QtGui import QImage, QPainter

Pixels = NDArray[np.uint8]

_SMALLEST_LEVEL = 256
_SAMPLE_SIDE = 1400
_NEAREST_FROM_SCALE = 3.0
_ROWS_AT_A_TIME = 512


def halved(pixels: Pixels) -> Pixels:
    """Means of 2 × 2 pixels, H×W×3 to ⌈H/2⌉×⌈W/2⌉×3; an odd last row or column is repeated."""
    height, width = pixels.shape[:2]
    out = np.empty(((height + 1) // 2, (width + 1) // 2, 3), np.uint8)
    for top in range(0, height, _ROWS_AT_A_TIME):
        band = pixels[top : top + _ROWS_AT_A_TIME]
        band = np.pad(band, ((0, band.shape[0] % 2), (0, width % 2), (0, 0)), mode="edge")
        rows = np.add(band[0::2], band[1::2], dtype=np.uint16)
        out[top // 2 : top // 2 + rows.shape[0]] = (rows[:, 0::2] + rows[:, 1::2] + 2) >> 2
    return out


def to_image(pixels: Pixels) -> QImage:
    """A QImage over the array's own memory, which must outlive it."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)


def tone_curve(brightness: float, contrast: float) -> Pixels | None:
    """What each of the 256 values becomes, both arguments from −1 to 1; None where nothing changes."""
    if brightness == 0 and contrast == 0:
        return None
    slope = 4.0**contrast
    values = (np.arange(256) - 127.5) * slope + 127.5 + 127.5 * brightness
    return np.asarray(np.clip(np.rint(values), 0, 255), dtype=np.uint8)


class PhotoPyramid(QObject):
    """The levels of one photo. The smaller ones are made in a thread; until then a coarse sample stands in.

    ``ready`` says that all levels are there.
    """

    ready = Signal()

    def __init__(self, pixels: Pixels, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pixels = np.ascontiguousarray(pixels)
        self._levels: list[QImage] = []
        self.curve: Pixels | None = None
        self._sample = self._coarse_sample()
        halving = _Halving(self._pixels)
        halving.signals.made.connect(self._on_made)
        _start(halving)

    @property
    def width(self) -> int:
        """Width of the photo in pixels."""
        return int(self._pixels.shape[1])

    @property
    def height(self) -> int:
        """Height of the photo in pixels."""
        return int(self._pixels.shape[0])

    def paint(self, painter: QPainter, target: QRectF, source: QRectF, device_ratio: float) -> None:
        """Paint the photo's rectangle ``source`` into ``target``, which is in logical pixels."""
        scale = target.width() / max(source.width(), 1e-9) * device_ratio
        smooth = scale < _NEAREST_FROM_SCALE
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        image, step = self._level_for(scale, source)
        if step == 0:
            image, source = self._full_part(source)
        else:
            source = QRectF(source.topLeft() / step, source.size() / step)
        if self.curve is not None:
            image, source = _toned(image, source, self.curve)
        painter.drawImage(target, image, source)

    def _level_for(self, scale: float, source: QRectF) -> tuple[QImage, float]:
        """The level at hand that is nearest above the scale, and how many photo pixels one of its pixels spans."""
        level = max(floor(-log2(scale)) if scale > 0 else 0, 0)
        if level == 0:
            return QImage(), 0.0
        if not self._levels:
            return self._sample
        level = min(level, len(self._levels))
        return self._levels[level - 1], float(2**level)

    def _full_part(self, source: QRectF) -> tuple[QImage, QRectF]:
        """The seen part of the full photo in the format that is painted fastest, and the source inside it."""
        part = source.toAlignedRect().intersected(to_image(self._pixels).rect())
        image = to_image(self._pixels).copy(part).convertToFormat(QImage.Format.Format_RGB32)
        return image, source.translated(-part.topLeft())

    def _coarse_sample(self) -> tuple[QImage, float]:
        step = 2 ** ceil(log2(max(max(self._pixels.shape[:2]) / _SAMPLE_SIDE, 1)))
        sample = np.ascontiguousarray(self._pixels[::step, ::step])
        return to_image(sample).convertToFormat(QImage.Format.Format_RGB32), float(step)

    def _on_made(self, levels: list[QImage]) -> None:
        self._levels = levels
        self.ready.emit()


def _toned(image: QImage, source: QRectF, curve: Pixels) -> tuple[QImage, QRectF]:
    """The seen part of an image with its values changed, and the source inside it."""
    part = source.toAlignedRect().intersected(image.rect())
    copy = image.copy(part).convertToFormat(QImage.Format.Format_RGB888)
    rows = np.frombuffer(copy.constBits(), np.uint8).reshape(copy.height(), copy.bytesPerLine())
    toned = np.ascontiguousarray(curve[rows])
    out = QImage(toned.data, copy.width(), copy.height(), copy.bytesPerLine(), QImage.Format.Format_RGB888)
    return out.convertToFormat(QImage.Format.Format_RGB32), source.translated(-part.topLeft())


class _Halving(QRunnable):
    """Makes the smaller levels off the window's thread."""

    class Signals(QObject):
        """Signals need a QObject of their own; they cross threads by themselves."""

        made = Signal(object)

    def __init__(self, pixels: Pixels) -> None:
        super().__init__()
        self.setAutoDelete(False)
        self.signals = _Halving.Signals()
        self.finished = False
        self._pixels: Pixels | None = pixels

    def run(self) -> None:
        """Halve until the photo is small, then announce the levels."""
        levels, pixels = [], self._pixels
        while pixels is not None and max(pixels.shape[:2]) > _SMALLEST_LEVEL:
            pixels = halved(pixels)
            levels.append(to_image(pixels).convertToFormat(QImage.Format.Format_RGB32))
        self._pixels = None
        self.finished = True
        try:
            self.signals.made.emit(levels)
        except RuntimeError:
            # The program is ending and has taken all its objects down; nobody waits for the levels.
            return


_running: list[_Halving] = []


def _start(halving: _Halving) -> None:
    """Run it, and keep it until it has run: it may outlive the photo it is for."""
    _running[:] = [other for other in _running if not other.finished]
    _running.append(halving)
    QThreadPool.globalInstance().start(halving)
