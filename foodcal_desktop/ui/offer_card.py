"""A small card beside what may be a coin: which one is it? It takes no focus and no click from the canvas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from foodcal_desktop.core.scale import size_of
from foodcal_desktop.storage.settings import Plate
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.canvas_foot import Pill

_COLUMNS, _PLATES = 3, 2


def kinds_offered(last: str, plates: Sequence[Plate]) -> list[tuple[str, str]]:
    """Kind and name of every coin, the one used last first, those of the user's money next, then the latest plates."""
    coins = [kind for kind in wording.references() if size_of(kind).length_mm == size_of(kind).width_mm]
    own = [(f"plate-{p.diameter_mm:g}", p.name) for p in list(plates)[::-1][:_PLATES]]
    found = [*((kind, wording.reference_name(kind)) for kind in coins), *own]
    return sorted(found, key=lambda pair: pair[0] != last)


class OfferCard(Pill):
    """``chosen(kind)``, ``other_wanted()`` for a kind that is not listed, ``refused()``."""

    chosen = Signal(str)
    other_wanted = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("offer_card")
        self._kinds: list[tuple[str, str]] = []
        self._title = QLabel()
        self._title.setProperty("role", "pill-title")
        self._grid = QGridLayout()
        self._grid.setSpacing(theme.SPACE_4)
        column = QVBoxLayout()
        column.setContentsMargins(theme.SPACE_8, theme.SPACE_4, theme.SPACE_8, theme.SPACE_4)
        column.setSpacing(theme.SPACE_8)
        column.addWidget(self._title)
        column.addLayout(self._grid)
        self.line.addLayout(column)
        self.hide()

    @property
    def first(self) -> str:
        """The kind that a key confirms, "" while there is none."""
        return self._kinds[0][0] if self._kinds else ""

    def show_kinds(self, kinds: Sequence[tuple[str, str]], yes: str, no: str) -> None:
        """Ask with these kinds and names; ``yes`` and ``no`` are the keys that confirm the first and refuse."""
        self._title.setText(self.tr("Is this a coin? It would give the grams their scale."))
        if list(kinds) == self._kinds:
            return
        self._kinds = list(kinds)
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        buttons = [self._kind_button(kind, name) for kind, name in kinds]
        buttons[0].setText(f"{buttons[0].text()}   {yes}")
        word = self.tr("No")
        other, none = self._button(self.tr("Other…")), self._button(f"{word}   {no}")
        other.setToolTip(self.tr("A plate, or another round thing whose size you know"))
        none.setToolTip(self.tr("It is not asked again on this photo"))
        other.clicked.connect(self.other_wanted)
        none.clicked.connect(self.refused)
        for place, button in enumerate([*buttons, other, none]):
            self._grid.addWidget(button, place // _COLUMNS, place % _COLUMNS)
            # Shown later by itself, it would have no part in the card's size.
            button.show()
        self.line.activate()
        self.adjustSize()

    def button(self, kind: str) -> QPushButton:
        """The button of a kind. Raises StopIteration where it is not offered."""
        return next(b for b in self.findChildren(QPushButton) if b.property("kind") == kind)

    def _kind_button(self, kind: str, name: str) -> QPushButton:
        button = self._button(name)
        button.setProperty("kind", kind)
        button.clicked.connect(lambda: self.chosen.emit(kind))
        return button

    def _button(self, text: str) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("role", "pill")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        return button
