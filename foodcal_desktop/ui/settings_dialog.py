"""The settings: each is kept as soon as it is changed."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from foodcal_desktop import __version__
from foodcal_desktop.core.disk_sentences import plainly
from foodcal_desktop.storage import paths
from foodcal_desktop.storage import settings as keys
from foodcal_desktop.storage.settings import Key, Settings
from foodcal_desktop.ui.combo_box import ComboBox
from foodcal_desktop.ui.fields import number_field
from foodcal_desktop.ui.sentences import sentence
from foodcal_desktop.ui.sheet import Sheet, form

T = TypeVar("T")
_GIB = 1024**3
_MIB = 1024**2


class SettingsDialog(Sheet):
    """``changed(name)`` tells which setting was kept."""

    changed = Signal(str)

    def __init__(self, settings: Settings, parent: QWidget) -> None:
        super().__init__(self.tr("Settings"), parent)
        self._settings = settings
        rows = form()
        rows.addRow(self.tr("Theme"), self._theme())
        rows.addRow(self.tr("Language"), self._language())
        rows.addRow(self.tr("Energy a day"), self._number(keys.DAILY_KCAL_GOAL, 0, 20000, " kcal", 1, float))
        rows.addRow(self.tr("Cache in memory"), self._number(keys.MEMORY_CACHE_BYTES, 0, 1 << 20, " MiB", _MIB, int))
        rows.addRow(self.tr("Cache on disk"), self._number(keys.DISK_CACHE_BYTES, 0, 1 << 14, " GiB", _GIB, int))
        rows.addRow(self.tr("Device"), self._device())
        rows.addRow(self.tr("Worker's Python"), self._text(keys.WORKER_PYTHON, self.tr("The program's own")))
        rows.addRow(self.tr("YOLO detector (ONNX)"), self._text(keys.DETECTOR, self.tr("None: a grid of clicks")))
        rows.addRow(self.tr("Data folder"), self._data_folder())
        self.column.addLayout(rows)
        self.column.addStretch(1)
        self.finish_layout()
        self.note.setText(f"foodcal-desktop {__version__}")

    def _theme(self) -> QComboBox:
        names = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        return self._choice(keys.THEME, names)

    def _language(self) -> QComboBox:
        return self._choice(keys.LANGUAGE, {"system": self.tr("As the system"), "en": "English", "ko": "한국어"})

    def _device(self) -> QComboBox:
        names = {"auto": self.tr("The best there is"), "cpu": "CPU", "cuda": "CUDA", "mps": "MPS"}
        return self._choice(keys.DEVICE, names)

    def _choice(self, key: Key[str], names: dict[str, str]) -> QComboBox:
        box = ComboBox()
        for value, name in names.items():
            box.addItem(name, value)
        box.setCurrentIndex(max(box.findData(self._settings.get(key)), 0))
        box.activated.connect(lambda _: self._keep(key, str(box.currentData())))
        box.setObjectName(key.name)
        return box

    def _number(self, key: Key[T], low: float, high: float, unit: str, times: int, kind: type[T]) -> QWidget:
        field = number_field(key.name, low, high, unit, 110)
        field.setValue(float(self._settings.get(key)) / times)  # type: ignore[arg-type]
        field.valueChanged.connect(lambda value: self._keep(key, kind(value * times)))  # type: ignore[call-arg]
        field.setObjectName(key.name)
        return field

    def _text(self, key: Key[str], usual: str) -> QLineEdit:
        field = QLineEdit(self._settings.get(key))
        field.setPlaceholderText(usual)
        field.editingFinished.connect(lambda: self._keep(key, field.text().strip()))
        field.setObjectName(key.name)
        return field

    def _data_folder(self) -> QWidget:
        """Where all that was made lies: whoever copies it has a copy of everything."""
        folder = str(paths.data_dir())
        shown = QLineEdit(folder)
        shown.setReadOnly(True)
        shown.setCursorPosition(0)
        shown.setObjectName("data_folder")
        shown.setToolTip(self.tr("Diary, masks, settings and checkpoints; whoever copies this folder has them all."))
        self.open_folder = QPushButton(self.tr("Open"))
        self.open_folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(folder)))
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(shown, 1)
        row.addWidget(self.open_folder)
        return both

    def _keep(self, key: Key[T], value: T) -> None:
        if value == self._settings.get(key):
            return
        try:
            self._settings.set(key, value)
        except (OSError, ValueError) as error:
            self.note.setText(sentence(plainly(error)))
            return
        self.note.setText(self._when(key.name))
        self.changed.emit(key.name)

    def _when(self, name: str) -> str:
        if name == keys.LANGUAGE.name:
            return self.tr("Kept; it holds from the next start on.")
        if name in (keys.WORKER_PYTHON.name, keys.DEVICE.name):
            return self.tr("Kept; the segmenter starts anew with it.")
        return self.tr("Kept.")
