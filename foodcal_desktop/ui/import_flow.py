"""Datasets imported beside the work on photos: the bar at the foot, the photos in the queue once they are in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from foodcal_desktop.app.dataset_import import DatasetImport, ImportResult
from foodcal_desktop.storage import settings as keys
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.carry_bar import CarryBar
from foodcal_desktop.ui.flow import Flow
from foodcal_desktop.ui.import_offer import ImportOffer
from foodcal_desktop.ui.import_sheet import ImportSheet, in_words, step_in_words
from foodcal_desktop.ui.sheet import Sheet


class ImportFlow(Flow):
    """``bar`` shows how far the import is and stops it; what came of it is said, and its photos join the queue.

    ``offer`` asks about each folder that is opened and holds masks.
    """

    def __init__(self, page: AnnotatePage, actions: Actions) -> None:
        super().__init__(page, actions)
        self.imports = DatasetImport(parent=self)
        self.bar = CarryBar()
        self.bar.stop_wanted.connect(self.imports.stop)
        self.imports.changed.connect(self._show)
        self.imports.ended.connect(self._on_ended)
        self.offer = ImportOffer()
        self._offered: list[Path] = []
        self.offer.taken.connect(lambda: self.imports.start(str(self._offered[0])))
        self.offer.waved.connect(lambda: self._answer(self._offered[0]))
        page.library.datasets_found.connect(self._on_datasets)

    def sheet(self, window: QWidget) -> Sheet:
        """The sheet in which a dataset is chosen."""
        return ImportSheet(self.imports, lambda: self._settings.get(keys.LAST_FOLDER) or str(Path.home()), window)

    def take(self, paths: list[str], otherwise: Callable[[list[str]], None]) -> None:
        """Import the dataset whose file was dropped; anything else is left to ``otherwise``."""
        files = [path for path in paths if path.casefold().endswith(".json")]
        if not files:
            otherwise(paths)
            return
        self._actions["photo.import"].trigger()
        self.imports.start(files[0])

    def _on_datasets(self, folders: list[Path]) -> None:
        self._offered = folders
        self._show_offer()

    def _answer(self, folder: Path) -> None:
        """Whatever was answered, it is not asked about the folder again until that is opened again."""
        self._offered = [one for one in self._offered if one != folder]
        self._show_offer()

    def _show_offer(self) -> None:
        if self._offered and not self.imports.running:
            self.offer.show_folder(self._offered[0])
        else:
            self.offer.hide()

    def _show(self) -> None:
        imports = self.imports
        self._answer(Path(imports.source))
        if imports.running:
            self.bar.show_progress(self.tr("Importing {0}").format(step_in_words(imports)), imports.done, imports.total)
        else:
            self.bar.hide()

    def _on_ended(self, result: ImportResult) -> None:
        self.said.emit(in_words(result))
        self._session.foods.read_own()
        folders = result.folders or (self._folders_taken() if result.stopped else ())
        if folders:
            # Beside the open photo: nobody's work is taken off the canvas.
            self._page.library.open_paths(folders, show=False)

    def _folders_taken(self) -> list[str]:
        """Where the photos lie that an import had taken before it was stopped."""
        source = Path(self.imports.source)
        top = source if source.is_dir() else source.parent
        paths = (Path(photo.path) for photo in self._session.store.photos())
        return list(dict.fromkeys(str(path.parent) for path in paths if path.is_relative_to(top)))
