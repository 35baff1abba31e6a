"""Trainings that were interrupted: which one, and go on with it or throw it away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QListView, QPushButton, QVBoxLayout, QWidget

from foodcal_desktop.app.interrupted_runs import Interrupted
from foodcal_desktop.storage.training_runs import Run
from foodcal_desktop.ui import theme, training_words
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.row_delegate import RowDelegate, RowText
from foodcal_desktop.ui.search_card import ValueModel

_ROW_HEIGHT, _ROWS_SEEN = 44, 3


class UnfinishedCard(QFrame):
    """Shows one alone as a sentence with its buttons; of several a list too, the latest chosen at first."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._shown: list[Interrupted] = []
        self.title, self.text = label(), label()
        self.text.setWordWrap(True)
        self.model = ValueModel(self)
        self.list = self._make_list()
        self.go_on, self.discard = QPushButton(self.tr("Continue")), QPushButton(self.tr("Discard"))
        self._lay_out()

    @property
    def run(self) -> Run:
        """The one that the buttons are for."""
        row = self.list.currentIndex().row()
        return self._shown[max(row, 0)].run if self._shown else Run("")

    def show_runs(self, runs: Sequence[Interrupted]) -> None:
        """Show these, the latest first; the one chosen before stays so while it is among them."""
        if list(runs) != self._shown:
            chosen = self.run.name
            self._shown = list(runs)
            self.model.set_values(self._shown)
            row = next((row for row, one in enumerate(runs) if one.name == chosen), 0)
            self.list.setCurrentIndex(self.model.index(row))
        several = len(self._shown) > 1
        self.title.setText(self.tr("{0} trainings were interrupted").format(len(self._shown)))
        self.title.setVisible(several)
        self.list.setVisible(several)
        self.list.setFixedHeight(_ROW_HEIGHT * min(len(self._shown), _ROWS_SEEN))
        self.setVisible(bool(self._shown))
        self._show_chosen()

    def _show_chosen(self) -> None:
        """What another process trains can be neither continued nor thrown away here."""
        if not self._shown:
            return
        chosen = self._shown[max(self.list.currentIndex().row(), 0)]
        for button in (self.go_on, self.discard):
            button.setVisible(not chosen.elsewhere)
        if chosen.elsewhere:
            self.text.setText(self.tr("{0} is being trained in another process.").format(chosen.name))
            return
        self.text.setText(
            self.tr("{0} was interrupted after epoch {1}; what it learned is kept.").format(chosen.name, chosen.epochs)
            if chosen.epochs
            else self.tr("{0} was interrupted in its first epoch; what it learned is kept.").format(chosen.name)
        )

    def _make_list(self) -> QListView:
        rows = QListView()
        rows.setModel(self.model)
        delegate = RowDelegate(_row_text, _ROW_HEIGHT)
        delegate.setParent(rows)
        rows.setItemDelegate(delegate)
        rows.setMouseTracking(True)
        rows.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows.setAccessibleName(self.tr("Interrupted trainings"))
        rows.selectionModel().currentChanged.connect(lambda *_: self._show_chosen())
        return rows

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.addWidget(self.go_on)
        buttons.addWidget(self.discard)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        # A row's own margin is the rest of the card's.
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_12, theme.SPACE_4, theme.SPACE_12)
        column.setSpacing(theme.SPACE_8)
        for part in (self.title, self.text):
            part.setContentsMargins(theme.SPACE_8, 0, theme.SPACE_8, 0)
        buttons.setContentsMargins(theme.SPACE_8, 0, theme.SPACE_8, 0)
        column.addWidget(self.title)
        column.addWidget(self.list)
        column.addWidget(self.text)
        column.addLayout(buttons)


def _row_text(one: Interrupted) -> RowText:
    """The name over what it learns from, how far it came over when that was."""
    return RowText(
        one.name,
        below=training_words.learned_from(one.run),
        right=training_words.how_far(one),
        right_below=training_words.when(one.saved),
    )
