"""The one question that would narrow the meal's interval most, with its answers as buttons."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import IconButton, label
from foodcal_desktop.ui.flow_layout import FlowLayout
from foodcal_desktop.ui.marks import Swatch


class QuestionLine(QFrame):
    """``answered(index of the choice)``, ``waved()`` not to be asked again."""

    answered = Signal(int)
    waved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "item-open")
        self._choices: tuple[str, ...] = ()
        self.text = label(role="caption")
        self.text.setWordWrap(True)
        self.wave = IconButton("discard", self.tr("Do not ask this again"))
        self.wave.clicked.connect(self.waved)
        self._answers = QWidget()
        self._flow = FlowLayout(self._answers)
        self.swatch = Swatch()
        head = QHBoxLayout()
        head.setSpacing(theme.SPACE_8)
        head.addWidget(self.swatch)
        head.addWidget(self.text, 1)
        head.addWidget(self.wave, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_8, theme.SPACE_4, theme.SPACE_4, theme.SPACE_8)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(head)
        column.addWidget(self._answers)
        self.hide()

    def show_question(self, text: str, choices: Sequence[str], hue: int | None = None) -> None:
        """Ask, about the item of a hue: two may have one name. An empty text asks nothing."""
        self.text.setText(text)
        self.swatch.setVisible(hue is not None)
        self.swatch.set_hue(hue or 0)
        if tuple(choices) != self._choices:
            self._choices = tuple(choices)
            self._fill()
        self.setVisible(bool(text))
        self.updateGeometry()

    def button(self, text: str) -> QPushButton:
        """The button of a choice. Raises ValueError where there is none."""
        found = self._flow.itemAt(self._choices.index(text))
        assert found is not None
        button = found.widget()
        assert isinstance(button, QPushButton)
        return button

    def _fill(self) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for index, choice in enumerate(self._choices):
            button = QPushButton(choice, self._answers)
            button.setProperty("role", "answer")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, index=index: self.answered.emit(index))
            self._flow.addWidget(button)
