"""What to train: from which masks, on which checkpoint, by which recipe, and what the result is called."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QFileDialog, QGridLayout, QLineEdit, QPushButton, QWidget

from foodcal_desktop.app.training_process import IDLE, TrainingOrder
from foodcal_desktop.app.training_session import TrainingSession
from foodcal_desktop.storage.checkpoints import CheckpointError
from foodcal_desktop.ui import theme, training_words, wording
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.combo_box import ComboBox
from foodcal_desktop.ui.fields import number_field
from foodcal_desktop.ui.recipe_box import RecipeBox

_OTHER = "\0other"
# Instead of a field's name: it takes the whole row.
_WIDE = "\0wide"


class TrainingForm(QWidget):
    """``started(order)`` when the button is pressed; what cannot be started is said under it and the button is off.

    ``source_changed()`` when something else is to be learned from. ``button`` and ``problem`` are laid out by the page,
    for they stay in sight where the fields are scrolled.
    """

    started = Signal(object)
    source_changed = Signal()

    def __init__(self, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._proposed = self._folder = ""
        self.source, self.base, self.recipe = ComboBox(), ComboBox(), RecipeBox(session.recipes)
        for box in (self.source, self.base, self.recipe):
            box.setMinimumContentsLength(8)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.epochs = number_field(self.tr("How often each photo is seen"), 0, 999, "", 120)
        self.name = QLineEdit()
        self.holds, self.problem = label(role="caption"), label(role="caution")
        for text in (self.holds, self.problem):
            text.setWordWrap(True)
        self.button = QPushButton(self.tr("Start fine-tuning"))
        theme.set_role(self.button, "primary")
        self._fill()
        self._lay_out()
        self._connect()

    @property
    def order(self) -> TrainingOrder:
        """What the fields say."""
        return TrainingOrder(
            self.name.text().strip(),
            str(self.base.currentData() or self._session.selected),
            self._folder,
            self.recipe.path,
            int(self.epochs.value()) if self.epochs.isEnabled() else 0,
        )

    def refresh(self) -> None:
        """Take over what may be different: the checkpoints, the one in use, a free name, whether it can start."""
        if not self.base.hasFocus() and self._bases() != self._listed():
            self._fill_bases()
        if self._session.state != IDLE and self._session.order is not None:
            self._show_order(self._session.order)
        idle = self._session.state == IDLE and self._session.result is None
        if self._session.result is not None:
            self._show_name(str(self._session.result["name"]))
        if idle and self.name.text() == self._proposed:
            self._propose_name()
        self.setEnabled(idle)
        self._check()

    def _show_order(self, order: TrainingOrder) -> None:
        """What is being trained, which may have been asked of an earlier window."""
        self.choose_folder(order.dataset)
        self.base.setCurrentIndex(max(self.base.findData(order.base), 0))
        self._fill_recipes()
        self.recipe.show_path(order.recipe)
        self.epochs.setValue(order.epochs)
        self._show_name(order.name)

    def _show_name(self, name: str) -> None:
        """A name that is used up; the next training is offered another one."""
        self._proposed = name
        self.name.setText(name)

    def choose_folder(self, folder: str) -> None:
        """Learn from an exported dataset; "" for everything that was marked here."""
        if folder and self.source.findData(folder) < 0:
            self.source.insertItem(1, Path(folder).name, folder)
            self.source.setItemData(1, folder, Qt.ItemDataRole.ToolTipRole)
        self.source.setCurrentIndex(max(self.source.findData(folder), 0))
        different, self._folder = folder != self._folder, folder
        self._check()
        if different:
            self.source_changed.emit()

    def _fill(self) -> None:
        self.source.addItem(self.tr("Everything marked so far"), "")
        self.source.addItem(self.tr("An exported dataset…"), _OTHER)
        self._fill_bases()
        self.epochs.setSpecialValueText(self.tr("as in the recipe"))
        self._propose_name()

    def _fill_bases(self) -> None:
        chosen = self._session.selected
        self.base.clear()
        for name in self._bases():
            self.base.addItem(name, name)
        self.base.setCurrentIndex(max(self.base.findData(chosen), 0))
        self._fill_recipes()

    def _bases(self) -> list[str]:
        try:
            names = [one.name for one in self._session.bases()]
        except CheckpointError as error:
            self.problem.setText(wording.sentence(str(error)))
            return []
        # The one in use comes first, so that another one in use is another list.
        return sorted(names, key=lambda name: name != self._session.selected)

    def _listed(self) -> list[str]:
        return [str(self.base.itemData(row)) for row in range(self.base.count())]

    def _fill_recipes(self) -> None:
        self.recipe.fill(str(self.base.currentData() or ""), self._is_lite())

    def _is_lite(self) -> bool:
        name = self.base.currentData()
        return any(one.name == name and one.kind == "lite" for one in self._session.bases())

    def _propose_name(self) -> None:
        self._proposed = self._session.free_name(str(self.base.currentData() or self._session.selected))
        self.name.setText(self._proposed)

    def _check(self) -> None:
        self.epochs.setEnabled(self.recipe.has_epochs)
        refusal = self._session.refusal(self.order) if self.isEnabled() else ""
        self.problem.setText(wording.breakable(wording.sentence(refusal)))
        self.problem.setVisible(bool(refusal))
        # What will be trained by is not known while it is read.
        self.button.setEnabled(self.isEnabled() and not refusal and not self.recipe.is_reading)
        self._show_holds()

    def _show_holds(self) -> None:
        count = self._session.datasets.count(self._folder) if self._folder else None
        self.holds.setText(training_words.of_dataset(count) if count is not None else "")
        self.holds.setVisible(count is not None)

    def _on_source(self) -> None:
        chosen = str(self.source.currentData() or "")
        if chosen == _OTHER:
            # Without a folder the choice before stays.
            self.source.setCurrentIndex(max(self.source.findData(self._folder), 0))
            title = self.tr("A folder written by Export, or of another program: COCO or labelme")
            chosen = QFileDialog.getExistingDirectory(self, title, self._folder) or self._folder
        self._session.datasets.forget(chosen)
        self.choose_folder(chosen)

    def _on_base(self) -> None:
        if self.name.text() == self._proposed:
            self._propose_name()
        self._fill_recipes()
        self._check()

    def _start(self) -> None:
        self.started.emit(self.order)

    def _connect(self) -> None:
        self.source.activated.connect(lambda _: self._on_source())
        self.base.activated.connect(lambda _: self._on_base())
        self.recipe.changed.connect(self._check)
        self.name.textEdited.connect(lambda _: self._check())
        self.name.returnPressed.connect(self.button.click)
        self.button.clicked.connect(lambda _=False: self._start())

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme.SPACE_12)
        grid.setVerticalSpacing(theme.SPACE_8)
        rows: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Learn from"), self.source),
            ("", self.holds),
            (self.tr("Start from"), self.base),
            (self.tr("Recipe"), self.recipe),
            ("", self.recipe.aim),
            (_WIDE, self.recipe.trouble),
            (self.tr("Epochs"), self.epochs),
            (self.tr("New name"), self.name),
        )
        for row, (name, field) in enumerate(rows):
            if name == _WIDE:
                grid.addWidget(field, row, 0, 1, 2)
                continue
            if name:
                field.setAccessibleName(name)
                grid.addWidget(label(name, "soft"), row, 0)
            grid.addWidget(field, row, 1)
        grid.setColumnStretch(1, 1)
