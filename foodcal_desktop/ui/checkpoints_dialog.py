"""The checkpoints: which there are, which one is used; download, import, verify."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QWidget,
)

from foodcal_desktop.app.checkpoint_work import CheckpointWork
from foodcal_desktop.core.disk_sentences import plainly
from foodcal_desktop.storage.checkpoints import Checkpoint, CheckpointError
from foodcal_desktop.storage.settings import CHECKPOINT, MIRROR_URL, PROXY_URL, Key, Settings
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.sheet import Sheet, form

_NAME = Qt.ItemDataRole.UserRole


class CheckpointsDialog(Sheet):
    """``selected(name)`` once another checkpoint is used."""

    selected = Signal(str)

    def __init__(self, work: CheckpointWork, settings: Settings, parent: QWidget) -> None:
        super().__init__(self.tr("Checkpoints"), parent, 560, 460)
        self._work, self._settings = work, settings
        self.list = QListWidget()
        self.list.currentItemChanged.connect(lambda *_: self._enable())
        self.list.itemActivated.connect(lambda _: self._use())
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.bar.hide()
        self.column.addWidget(self.list, 1)
        self.column.addWidget(self.bar)
        self.column.addLayout(self._buttons())
        self.column.addLayout(self._sources())
        self.finish_layout()
        work.progress.connect(self._on_progress)
        work.done.connect(self._on_done)
        work.failed.connect(self._on_failed)
        self._fill()

    def choose(self, name: str) -> None:
        """Choose a row."""
        for index in range(self.list.count()):
            if self.list.item(index).data(_NAME) == name:
                self.list.setCurrentRow(index)

    def _buttons(self) -> QHBoxLayout:
        line = QHBoxLayout()
        self.use = self._button(self.tr("Use"), self._use)
        self.fetch = self._button(self.tr("Download"), self._download)
        self.check = self._button(self.tr("Verify"), lambda: self._work.verify(self._name()))
        self.take = self._button(self.tr("Import a file…"), self._import)
        self.stop = self._button(self.tr("Stop"), self._work.cancel)
        for button in (self.use, self.fetch, self.check, self.take, self.stop):
            line.addWidget(button)
        line.addStretch(1)
        return line

    def _sources(self) -> QFormLayout:
        """Where downloads come from; kept when the field is left."""
        rows = form()
        self.mirror = self._field(MIRROR_URL, self.tr("None: Meta's own server"))
        self.proxy = self._field(PROXY_URL, self.tr("The system's"))
        rows.addRow(self.tr("Mirror (a folder's URL)"), self.mirror)
        rows.addRow(self.tr("Proxy (URL)"), self.proxy)
        return rows

    def _field(self, key: Key[str], usual: str) -> QLineEdit:
        field = QLineEdit(self._settings.get(key))
        field.setPlaceholderText(usual)
        field.editingFinished.connect(lambda: self._keep(key, field.text().strip()))
        return field

    def _keep(self, key: Key[str], value: str) -> None:
        try:
            if value != self._settings.get(key):
                self._settings.set(key, value)
        except OSError as error:
            self.note.setText(self.tr("The settings cannot be saved ({0}).").format(error))

    def _button(self, text: str, handler: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: handler())
        button.clicked.connect(lambda _=False: self._enable())
        return button

    def _fill(self) -> None:
        name = self._name() or self._settings.get(CHECKPOINT)
        self.list.clear()
        try:
            for checkpoint in self._work.catalogue.checkpoints():
                item = QListWidgetItem(self._line(checkpoint))
                item.setData(_NAME, checkpoint.name)
                self.list.addItem(item)
        except CheckpointError as error:
            self.note.setText(wording.sentence(plainly(error)))
        self.choose(name)
        self._enable()

    def _line(self, checkpoint: Checkpoint) -> str:
        states = {"ready": self.tr("ready"), "missing": self.tr("not downloaded"), "damaged": self.tr("damaged")}
        used = "  ●" if checkpoint.name == self._settings.get(CHECKPOINT) else ""
        size = f"{checkpoint.bytes / 1e6:.0f} MB"
        return f"{checkpoint.name}{used}   {size}   {states[checkpoint.state]}"

    def _name(self) -> str:
        item = self.list.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def _enable(self) -> None:
        name, busy = self._name(), self._work.busy
        chosen = next((c for c in self._work.catalogue.checkpoints() if c.name == name), None)
        ready = chosen is not None and chosen.state == "ready"
        self.use.setEnabled(ready and not busy)
        self.check.setEnabled(ready and not busy)
        self.fetch.setEnabled(chosen is not None and bool(chosen.url) and not ready and not busy)
        self.take.setEnabled(not busy)
        self.stop.setEnabled(busy)
        self.bar.setVisible(busy)

    def _use(self) -> None:
        try:
            self._work.catalogue.select(self._name(), self._settings)
        except (CheckpointError, OSError) as error:
            self.note.setText(wording.sentence(plainly(error)))
            return
        self.note.setText(self.tr("{0} is used from now on.").format(self._name()))
        self.selected.emit(self._name())
        self._fill()

    def _download(self) -> None:
        for key, field in ((MIRROR_URL, self.mirror), (PROXY_URL, self.proxy)):
            self._keep(key, field.text().strip())
        self.note.setText(self.tr("Connecting…"))
        self.bar.setValue(0)
        self._work.download(self._name())

    def _import(self) -> None:
        kinds = self.tr("Checkpoints ({0})").format("*.pt *.pth *.safetensors")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("Import a checkpoint"), "", kinds)
        if path:
            self._work.import_file(Path(path))

    def _on_progress(self, done: int, total: int, speed: float) -> None:
        self.bar.setValue(round(1000 * done / max(total, 1)))
        text = self.tr("{0} of {1} MB").format(f"{done / 1e6:.0f}", f"{total / 1e6:.0f}")
        self.note.setText(self.tr("{0}, {1} MB/s").format(text, f"{speed / 1e6:.1f}") if speed else text)

    def _on_done(self, name: str) -> None:
        self._fill()
        self.choose(name)
        self.note.setText(self.tr("{0} is whole and right.").format(name))

    def _on_failed(self, text: str) -> None:
        self._fill()
        self.note.setText(wording.sentence(text))
