"""Which coin, card or plate lies on the photo: chosen once, remembered, then one click gives the scale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QLineEdit, QMenu, QPushButton, QWidget

from foodcal_desktop.core.scale import size_of
from foodcal_desktop.storage.settings import Plate
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.buttons import label
from foodcal_desktop.ui.fields import number_field
from foodcal_desktop.ui.row_delegate import RowDelegate, RowText
from foodcal_desktop.ui.search_card import VALUE_ROLE, SearchCard


@dataclass(frozen=True, slots=True)
class ReferenceChoice:
    """A kind of reference, its name, its size as people read it, and its icon."""

    kind: str
    name: str
    size: str
    icon: str


class ReferencePicker(SearchCard):
    """``picked(ReferenceChoice)``, ``plate_added(diameter in mm, name)``; a line's length is ``line_mm``.

    ``plate_unwanted(name)``: one of the user's own plates shall be in the list no more.
    """

    plate_added = Signal(float, str)
    plate_unwanted = Signal(str)

    def __init__(self, parent: QWidget) -> None:
        self._plates: tuple[Plate, ...] = ()
        super().__init__(parent, self._matching, RowDelegate(_row_of, height=36), width=380, height=440)
        self.setObjectName("reference_picker")
        self.field.setPlaceholderText(self.tr("What lies beside the food?"))
        self.field.setAccessibleName(self.tr("Scale reference"))
        self.plate = number_field(self.tr("The plate's diameter"), 50, 600, " mm", 84)
        self.plate.setValue(270)
        self.plate_name = QLineEdit()
        self.plate_name.setPlaceholderText(self.tr("My plate or bowl"))
        self.plate_name.setAccessibleName(self.tr("The plate's name"))
        self.line = number_field(self.tr("The line's real length"), 1, 3000, " mm", 84)
        self.line.setValue(100)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._offer_forgetting)
        self.layout().addLayout(self._plate_line())  # type: ignore[union-attr]
        self.layout().addLayout(self._line_line())  # type: ignore[union-attr]

    @property
    def line_mm(self) -> float:
        """The real length of the next line, in mm."""
        return self.line.value()

    def set_plates(self, plates: tuple[Plate, ...]) -> None:
        """The user's own plates."""
        self._plates = plates
        self._on_text(self.field.text())

    def _offer_forgetting(self, at: QPoint) -> None:
        """By the right button, on a plate of the user's own."""
        choice = self.list.indexAt(at).data(VALUE_ROLE)
        if isinstance(choice, ReferenceChoice) and choice.icon == "plate":
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            # A menu takes & for the mark of a key.
            forget = menu.addAction(self.tr("Forget {0}").format(choice.name.replace("&", "&&")))
            forget.triggered.connect(lambda _=False: self.plate_unwanted.emit(choice.name))
            menu.popup(self.list.viewport().mapToGlobal(at))

    def _matching(self, text: str) -> Sequence[ReferenceChoice]:
        """The kinds whose name has the text."""
        return [choice for choice in self._choices() if text.casefold() in choice.name.casefold()]

    def _choices(self) -> list[ReferenceChoice]:
        known = []
        for kind in wording.references():
            size = size_of(kind)
            card = size.length_mm != size.width_mm
            text = f"{size.length_mm:g} × {size.width_mm:g} mm" if card else f"{size.length_mm:g} mm"
            known.append(ReferenceChoice(kind, wording.reference_name(kind), text, "card" if card else "coin"))
        plates = [
            ReferenceChoice(f"plate-{p.diameter_mm:g}", p.name, f"{p.diameter_mm:g} mm", "plate")
            for p in reversed(self._plates)
        ]
        return [*plates, *known]

    def _plate_line(self) -> QHBoxLayout:
        add = QPushButton(self.tr("Use this plate"))
        add.clicked.connect(self._add_plate)
        return _line(self.plate_name, self.plate, add)

    def _line_line(self) -> QHBoxLayout:
        use = QPushButton(self.tr("Draw a line"))
        use.clicked.connect(self._use_line)
        text = label(self.tr("Chopsticks or else"), "soft")
        text.setToolTip(self.tr("Measure it once; the length is remembered, and you draw along it on the photo"))
        return _line(text, self.line, use)

    def _add_plate(self) -> None:
        self.close_card()
        self.plate_added.emit(self.plate.value(), self.plate_name.text().strip())
        self.plate_name.clear()

    def _use_line(self) -> None:
        self.close_card()
        self.picked.emit(ReferenceChoice("line", wording.reference_name("line"), f"{self.line_mm:g} mm", "line"))


def _row_of(choice: ReferenceChoice) -> RowText:
    return RowText(choice.name, right=choice.size, icon=choice.icon)


def _line(what: QWidget, spin: QDoubleSpinBox, button: QPushButton) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setContentsMargins(theme.SPACE_16, 0, theme.SPACE_12, theme.SPACE_4)
    line.addWidget(what, 1)
    line.addWidget(spin)
    line.addWidget(button)
    return line
