"""The rail: the places of the program."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QToolButton, QVBoxLayout, QWidget

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.actions import Actions

_HEIGHT, _HEIGHT_LOW = 56, 50


class Rail(QFrame):
    """One button for each place; at its foot the way to all actions."""

    def __init__(
        self, actions: Actions, places: tuple[str, ...], sheets: tuple[str, ...] = (), parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setProperty("role", "rail")
        self.setFixedWidth(theme.RAIL_WIDTH)
        column = QVBoxLayout(self)
        column.setContentsMargins(theme.SPACE_4, theme.SPACE_8, theme.SPACE_4, theme.SPACE_8)
        column.setSpacing(theme.SPACE_4)
        for action_id in places:
            column.addWidget(_place(actions, action_id))
        column.addStretch(1)
        names = {"app.checkpoints": self.tr("Segmenter"), "app.settings": self.tr("Settings")}
        for action_id in sheets:
            column.addWidget(_place(actions, action_id, names[action_id]))
        column.addWidget(_place(actions, "app.palette", self.tr("Actions")))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window the buttons come closer."""
        height = _HEIGHT_LOW if self.height() < theme.LOW_PAGE else _HEIGHT
        for button in self.findChildren(QToolButton):
            button.setFixedHeight(height)
        super().resizeEvent(event)


def _place(actions: Actions, action_id: str, text: str = "") -> QToolButton:
    button = QToolButton()
    button.setProperty("role", "place")
    button.setDefaultAction(actions[action_id])
    if text:
        # Not the button's own text: any change of the action would put the action's back.
        actions[action_id].setIconText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
    button.setIconSize(QSize(theme.ICON + 2, theme.ICON + 2))
    button.setFixedSize(theme.RAIL_WIDTH - 2 * theme.SPACE_4 - 1, _HEIGHT)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    return button
