"""Datasets of this and other programs come in here: a folder or file is chosen, how far it is, what came of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPlainTextEdit, QProgressBar, QPushButton, QWidget

from foodcal_desktop.app.dataset_import import DatasetImport, ImportResult
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import WrappedLabel, label
from foodcal_desktop.ui.sheet import Sheet
from foodcal_desktop.ui.translatable import QT_TRANSLATE_NOOP

_WIDTH, _LIST_HEIGHT = 560, 160

_IN = QT_TRANSLATE_NOOP("import", "{0} masks of {1} photos came in.")
_NONE_NEW = QT_TRANSLATE_NOOP("import", "All {0} masks of {1} photos were there already.")
_KNOWN = QT_TRANSLATE_NOOP("import", "{0} were there already.")
_FOODS = QT_TRANSLATE_NOOP("import", "{0} foods came along.")
_LEFT_OUT = QT_TRANSLATE_NOOP("import", "Left out: {0}.")
_STOPPED = QT_TRANSLATE_NOOP(
    "import", "Stopped. The photos taken so far are in; import it again to go on with the others."
)
_BARE = QT_TRANSLATE_NOOP("import", "{0} photos came in; the dataset has no masks.")


def in_words(result: ImportResult) -> str:
    """What came of an import in the user's language: what is in, what was known, how much was left out."""
    if result.problem:
        return wording.sentence(result.problem)
    if result.stopped:
        return _said(_STOPPED)
    further = {_KNOWN: result.known if result.annotations else 0, _FOODS: result.foods, _LEFT_OUT: len(result.left_out)}
    return " ".join([_came(result), *(_said(text, count) for text, count in further.items() if count)])


def _came(result: ImportResult) -> str:
    if result.annotations:
        return _said(_IN, result.annotations, result.photos)
    return _said(_NONE_NEW, result.known, result.photos) if result.known else _said(_BARE, result.photos)


def _said(text: str, *counts: int) -> str:
    return QCoreApplication.translate("import", text).format(*(f"{count:,}" for count in counts))


class ImportSheet(Sheet):
    """Closed while it runs, the import goes on; opened again it shows how far it is, or what came of the last one."""

    def __init__(self, imports: DatasetImport, last_folder: Callable[[], str], parent: QWidget) -> None:
        super().__init__(self.tr("Import a dataset"), parent, _WIDTH)
        self._imports, self._last_folder = imports, last_folder
        self._lay_out_choice()
        self._lay_out_progress()
        self.summary = WrappedLabel("emphasis")
        self.head = label(self.tr("What was left out, and why"), "caption")
        # Text, not rows: it can be copied into a letter to whoever made the dataset.
        self.list = QPlainTextEdit()
        self.list.setReadOnly(True)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        for widget in (self.summary, self.head):
            self.column.addWidget(widget)
        self.column.addWidget(self.list, 1)
        self.column.addStretch(0)
        self.finish_layout()
        imports.changed.connect(self.refresh)
        self.refresh()

    def _lay_out_choice(self) -> None:
        about = WrappedLabel("soft")
        about.setText(
            self.tr(
                "COCO, as this program, CVAT, Roboflow and Label Studio write it, or labelme: the folder of photos and "
                "masks, or its file. The photos stay where they are, so keep the folder. What is there already stays "
                "as it is."
            )
        )
        self.column.addWidget(about)
        row = QHBoxLayout()
        self.folder = self._button(self.tr("Choose a folder…"), self._choose_folder)
        self.file = self._button(self.tr("Choose a file…"), self._choose_file)
        row.addWidget(self.folder)
        row.addWidget(self.file)
        row.addStretch(1)
        self.column.addLayout(row)

    def _lay_out_progress(self) -> None:
        self.progress = QWidget()
        row = QHBoxLayout(self.progress)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.SPACE_12)
        self.step, self.bar = label(role="soft"), QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = self._button(self.tr("Stop"), self._imports.stop)
        row.addWidget(self.bar, 1)
        row.addWidget(self.step)
        row.addWidget(self.stop)
        self.column.addWidget(self.progress)

    def _button(self, text: str, slot: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _=False: slot())
        return button

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self.tr("The folder of the dataset"), self._last_folder())
        self._start(chosen)

    def _choose_file(self) -> None:
        title, kind = self.tr("The file of the dataset"), self.tr("COCO and labelme files ({0})").format("*.json")
        self._start(QFileDialog.getOpenFileName(self, title, self._last_folder(), kind)[0])

    def _start(self, chosen: str) -> None:
        if chosen:
            self._imports.start(chosen)

    def refresh(self) -> None:
        """Show how far it is, or what came of it."""
        running, result = self._imports.running, self._imports.result
        for button in (self.folder, self.file):
            button.setEnabled(not running)
        self.progress.setVisible(running)
        self.bar.setRange(0, self._imports.total)
        self.bar.setValue(self._imports.done)
        self.step.setText(step_in_words(self._imports))
        shown = None if running else result
        self.summary.setVisible(shown is not None)
        self.summary.setText(in_words(shown) if shown else "")
        self._show_left_out(shown.left_out if shown else ())

    def _show_left_out(self, sentences: tuple[str, ...]) -> None:
        self.head.setVisible(bool(sentences))
        self.list.setVisible(bool(sentences))
        self.list.setPlainText("\n".join(wording.sentence(text) for text in sentences))
        self.adjustSize()


def step_in_words(imports: DatasetImport) -> str:
    """How far an import is; "" before that is known."""
    if not imports.total:
        return ""
    text = QCoreApplication.translate("import", QT_TRANSLATE_NOOP("import", "{0} of {1} photos"))
    return text.format(f"{imports.done:,}", f"{imports.total:,}")
