"""Buttons that keep their icon in the theme's ink."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QToolButton, QWidget

from foodcal_desktop.ui import theme


class IconButton(QToolButton):
    """A button with an icon and a tooltip, no text."""

    def __init__(self, name: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self.setToolTip(tip)
        self.setAccessibleName(tip.partition("\n")[0])
        self.setIconSize(QSize(theme.ICON, theme.ICON))
        self.setAutoRaise(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIcon(theme.icon(name))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the scheme."""
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_name"):
            self.setIcon(theme.icon(self._name))
        super().changeEvent(event)


def action_button(action: QAction, parent: QWidget | None = None, text: bool = False) -> QToolButton:
    """A button for an action, with its icon and, if wanted, its text beside it."""
    button = QToolButton(parent)
    button.setDefaultAction(action)
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setAutoRaise(True)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if text:
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    return button


def hairline(parent: QWidget | None = None) -> QFrame:
    """A line between two things."""
    line = QFrame(parent)
    line.setProperty("role", "hairline")
    line.setFixedHeight(1)
    return line


def label(text: str = "", role: str = "", parent: QWidget | None = None) -> QLabel:
    """A text in a role of the stylesheet; numbers in it are tabular by the application's font."""
    out = QLabel(text, parent)
    if role:
        out.setProperty("role", role)
    return out


class WrappedLabel(QLabel):
    """Text of several lines that is never cut off, however deep in other widgets it stands."""

    def __init__(self, role: str = "", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWordWrap(True)
        if role:
            self.setProperty("role", role)

    def setText(self, text: str) -> None:
        """Another text, as high as it needs."""
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other lines, another height."""
        super().resizeEvent(event)
        self._fit()

    def sizeHint(self) -> QSize:
        """As high as the text is at the width it has."""
        hint = super().sizeHint()
        return QSize(hint.width(), max(self.minimumHeight(), 0) or hint.height())

    def _fit(self) -> None:
        # A wrapped label asks for the height at a width of its own liking; here it is that of the width it has.
        height = self.heightForWidth(self.width()) if self.width() > 0 else -1
        if height > 0 and height != self.minimumHeight():
            self.setMinimumHeight(height)


class ElidedLabel(QLabel):
    """A line of text that ends in … where there is no room; the whole of it is the tooltip then."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._full = ""
        if role:
            self.setProperty("role", role)
        self.setMinimumWidth(24)
        self.set_full_text(text)

    def set_full_text(self, text: str) -> None:
        """Another text."""
        self._full = text
        self._elide()

    @property
    def full_text(self) -> str:
        """The text before it was shortened."""
        return self._full

    def resizeEvent(self, event: QEvent) -> None:
        """Shorten anew."""
        self._elide()

    def sizeHint(self) -> QSize:
        """As wide as the whole text."""
        hint = super().sizeHint()
        return QSize(self.fontMetrics().horizontalAdvance(self._full) + 2, hint.height())

    def minimumSizeHint(self) -> QSize:
        """It can always be shortened."""
        return QSize(24, super().minimumSizeHint().height())

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, max(self.width(), 24))
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._full if shown != self._full else "")
