"""The list of recipes: the program's own and files of the user's, which are read before they can be chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from foodcal_desktop.app.recipe_reading import RecipeReading
from foodcal_desktop.storage.recipe_files import RecipeFile, recipe_files
from foodcal_desktop.ui import training_words, wording
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.combo_box import ComboBox

_OTHER = "\0other"


class RecipeBox(ComboBox):
    """``changed()`` when another recipe is chosen or read.

    To stand below it: ``aim`` says what the recipe is for, ``trouble`` what is wrong with a file that was refused.
    """

    changed = Signal()

    def __init__(self, reading: RecipeReading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self._recipes = {str(one.path): one for one in recipe_files()}
        self._own: dict[str, RecipeFile] = {}
        self._chosen = self._base = self._refusal = self._folder = ""
        self.aim, self.trouble = label(role="caption"), label(role="caution")
        for text in (self.aim, self.trouble):
            text.setWordWrap(True)
            text.hide()
        self.activated.connect(lambda _: self._on_activated())
        reading.ready.connect(self._on_ready)
        reading.refused.connect(self._on_refused)

    @property
    def path(self) -> str:
        """The chosen recipe's file, "" for the usual one."""
        return self._chosen

    @property
    def has_epochs(self) -> bool:
        """Whether it goes by epochs, not by its minutes."""
        recipe = self._known(self._chosen)
        return recipe is None or not recipe.whole

    @property
    def is_reading(self) -> bool:
        """Whether a file is being read, and so what will be chosen is not known."""
        return bool(self._reading.path)

    def fill(self, base: str, is_lite: bool) -> None:
        """List what can be trained from this checkpoint; what is chosen stays so if it is among them."""
        self._base = base
        self.clear()
        self.addItem(self.tr("The usual one"), "")
        for path, recipe in (self._recipes | self._own).items():
            if not recipe.whole or is_lite:
                self._add(recipe.name, path)
        self.addItem(self.tr("A file of your own…"), _OTHER)
        self.show_path(self._chosen if self.findData(self._chosen) >= 0 else "")

    def show_path(self, path: str) -> None:
        """Choose a recipe by its file, one that an earlier window was given too."""
        if self.findData(path) < 0:
            self.insertItem(self.count() - 1, Path(path).name, path)
        self._chosen = path
        self.setCurrentIndex(self.findData(path))
        self.show_aim()

    def show_aim(self) -> None:
        """Say what the recipe is for or that a file is being read, and why the last one cannot be used."""
        reading = Path(self._reading.path).name
        self.aim.setText(self.tr("Reading {0}…").format(reading) if reading else self._aim())
        self.trouble.setText(wording.breakable(wording.sentence(self._refusal)))
        for text in (self.aim, self.trouble):
            text.setVisible(bool(text.text()))

    def _aim(self) -> str:
        if self._chosen in self._own:
            return self.tr("Your own, read and checked")
        recipe = self._known(self._chosen)
        return training_words.recipe_aim(recipe.name) if recipe else ""

    def _known(self, path: str) -> RecipeFile | None:
        return self._own.get(path) or self._recipes.get(path)

    def _add(self, name: str, path: str) -> None:
        self.addItem(name, path)
        self.setItemData(self.count() - 1, path, Qt.ItemDataRole.ToolTipRole)

    def _on_activated(self) -> None:
        chosen = str(self.currentData() or "")
        self._refusal = ""
        self._reading.stop()
        # A wrong file, or none, leaves the choice before.
        self.show_path(self._chosen if chosen == _OTHER else chosen)
        if chosen == _OTHER:
            self._ask_for_file()
        self.show_aim()
        self.changed.emit()

    def _ask_for_file(self) -> None:
        kinds = self.tr("Recipes (*.yaml *.yml);;All files (*)")
        path, _ = QFileDialog.getOpenFileName(self, self.tr("A recipe: settings of a training"), self._folder, kinds)
        if path:
            self._folder = str(Path(path).parent)
            self._reading.read(path, self._base)

    def _on_ready(self, recipe: RecipeFile) -> None:
        path = str(recipe.path)
        if path not in self._recipes:
            self._own[path] = recipe
        if self.findData(path) < 0:
            self.insertItem(self.count() - 1, recipe.name, path)
            self.setItemData(self.findData(path), path, Qt.ItemDataRole.ToolTipRole)
        self.show_path(path)
        self.changed.emit()

    def _on_refused(self, sentence: str) -> None:
        self._refusal = sentence
        self.show_aim()
        self.changed.emit()
