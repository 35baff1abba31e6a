"""How photo and masks are shown: brightness, contrast, opacity."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QPushButton, QSlider, QWidget

from foodcal_desktop.storage.settings import BRIGHTNESS, CONTRAST, MASK_OPACITY, Key, Settings
from foodcal_desktop.ui import theme
from foodcal_desktop.ui.sheet import Sheet, form


class ViewDialog(Sheet):
    """``changed()`` whenever a slider moves; arrow keys move it too."""

    changed = Signal()

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(self.tr("How it is shown"), parent, 360)
        self._settings, self._window = settings, parent
        self.brightness = self._slider(BRIGHTNESS, -100)
        self.contrast = self._slider(CONTRAST, -100)
        self.opacity = self._slider(MASK_OPACITY, 0)
        rows = form()
        rows.addRow(self.tr("Brightness"), self.brightness)
        rows.addRow(self.tr("Contrast"), self.contrast)
        rows.addRow(self.tr("Opacity of masks"), self.opacity)
        self.column.addLayout(rows)
        usual = QPushButton(self.tr("As usual"))
        usual.setAutoDefault(False)
        usual.clicked.connect(self._reset)
        self.column.addWidget(usual, 0, Qt.AlignmentFlag.AlignLeft)
        self.finish_layout()

    def showEvent(self, event: QShowEvent) -> None:
        """At the right, over the meal: what the sliders change must be seen."""
        super().showEvent(event)
        x = self._window.width() - self.width() - theme.SPACE_8
        self.move(self._window.mapToGlobal(QPoint(x, 2 * theme.SPACE_32)))

    def _slider(self, key: Key[float], low: int) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(low, 100)
        slider.setValue(round(100 * self._settings.get(key)))
        slider.valueChanged.connect(lambda value: self._keep(key, value / 100))
        return slider

    def _keep(self, key: Key[float], value: float) -> None:
        try:
            self._settings.set(key, value)
        except OSError as error:
            self.note.setText(str(error))
        self.changed.emit()

    def _reset(self) -> None:
        for slider, key in ((self.brightness, BRIGHTNESS), (self.contrast, CONTRAST), (self.opacity, MASK_OPACITY)):
            slider.setValue(round(100 * key.default))
