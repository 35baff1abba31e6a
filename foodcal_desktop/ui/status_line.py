"""One line at the foot, in words: what the program is doing, what it has just done, how large the photo is shown."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import ElidedLabel, label
from foodcal_desktop.ui.sentences import sentence

_MS_A_WORD = 350
_MS_AT_LEAST = 4000


class StatusLine(QFrame):
    """A sentence stays as long as it takes to read; then the lasting state is shown again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "status-line")
        self.setFixedHeight(26)
        self._state = ""
        self._text = ElidedLabel(role="status")
        self._view = label(role="status")
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(lambda: self._text.set_full_text(self._state))
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.SPACE_4, 0, theme.SPACE_4, 0)
        row.addWidget(self._text, 1)
        row.addWidget(self._view)
        self._row = row

    def add(self, widget: QWidget) -> None:
        """Put something between the sentence and how large the photo is shown."""
        self._row.insertWidget(1, widget)

    @property
    def text(self) -> str:
        """The sentence shown."""
        return self._text.full_text

    def say(self, said: str) -> None:
        """Show a sentence for a while, one of the core's in the user's language."""
        said = sentence(said)
        self._text.set_full_text(said)
        self._timer.start(max(_MS_AT_LEAST, _MS_A_WORD * len(said.split())))

    def set_state(self, state: str) -> None:
        """Show a lasting state, once no sentence stands there."""
        self._state = state
        if not self._timer.isActive():
            self._text.set_full_text(state)

    def set_view(self, text: str) -> None:
        """Show how the photo is seen."""
        self._view.setText(text)
