"""What floats at the foot of the canvas: the tools, what the keys would do now, and the scale."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from foodcal_desktop.core.scale import Scale
from foodcal_desktop.ui import theme, wording
from foodcal_desktop.ui.action_table import ACTIONS
from foodcal_desktop.ui.actions import Actions

_TOOLS = ("tool.point", "tool.box", "tool.brush", "tool.eraser", "tool.lasso", "tool.polygon", "tool.select")
_MORE = ("tool.hand", "", "tool.reference", "", "edit.undo", "edit.redo", "edit.delete", "", "find.all", "app.palette")

_BUTTON_WIDTH = 35


class Pill(QFrame):
    """A dark rounded card upon the canvas, the same in both schemes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "pill")
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(theme.SPACE_4, theme.SPACE_4, theme.SPACE_4, theme.SPACE_4)
        self.line.setSpacing(2)
        self.setCursor(Qt.CursorShape.ArrowCursor)


class ToolBar(Pill):
    """The tools, undo, and a way to all other actions."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        icons = {spec.id: spec.icon for spec in ACTIONS}
        for action_id in (*_TOOLS, *_MORE):
            if action_id:
                self.line.addWidget(_tool_button(actions[action_id], icons[action_id]))
            else:
                self.line.addWidget(_divider())
        self.adjustSize()

    def fit(self, room: int) -> None:
        """No wider than room: in a small window the buttons come closer, down to their icons."""
        buttons = self.findChildren(QToolButton)
        lines = self.line.count() - len(buttons)
        rest = lines + self.line.spacing() * (self.line.count() - 1) + 2 * theme.SPACE_4 + 2 * self.frameWidth() + 2
        width = max(min(_BUTTON_WIDTH, (room - rest) // len(buttons)), theme.ICON)
        for button in buttons:
            button.setFixedWidth(width)
        self.adjustSize()


class HintPill(Pill):
    """One line on what Enter, Tab and Esc would do; hidden where they would do nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = QLabel()
        self.line.setContentsMargins(theme.SPACE_12, theme.SPACE_4, theme.SPACE_12, theme.SPACE_4)
        self.line.addWidget(self._text)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_text(self, text: str) -> None:
        """Show a line, or nothing."""
        self._text.setText(text)
        self.setVisible(bool(text))
        self.adjustSize()

    @property
    def text(self) -> str:
        """The line shown."""
        return self._text.text()


class ScalePill(Pill):
    """The photo's scale in words. ``clicked()`` to choose another reference, ``remove_wanted()`` to do without."""

    clicked = Signal()
    remove_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self._text, self._warning = QLabel(), QLabel(), QLabel()
        self._warning.setPixmap(theme.icon_pixmap("warning", 16, theme.CANVAS_WARN, 2))
        self._remove = QToolButton()
        self._remove.setIcon(theme.icon("discard", theme.CANVAS_SOFT_INK))
        self._remove.setIconSize(QSize(12, 12))
        self._remove.setToolTip(self.tr("Do without this scale reference"))
        self._remove.clicked.connect(self.remove_wanted)
        self.line.setContentsMargins(theme.SPACE_12, 2, theme.SPACE_12, 2)
        self.line.setSpacing(theme.SPACE_8)
        for part in (self._icon, self._text, self._warning, self._remove):
            self.line.addWidget(part)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def text(self) -> str:
        """The words shown."""
        return self._text.text()

    def show_scale(self, scale: Scale | None, pending: str) -> None:
        """Show the scale; or which reference the next click means (``pending``, a kind); or what could be done."""
        if pending:
            text = self.tr("Click the {0} · change").format(wording.reference_name(pending))
            if pending == "line":
                text = self.tr("Draw along the line · change")
        elif scale is not None:
            name = wording.reference_name(scale.reference)
            text = self.tr("{0}   {1} mm/px   tilt {2}°").format(
                name, f"{scale.mm_per_px:.2f}", f"{scale.tilt_deg:.0f}"
            )
        else:
            text = self.tr("No scale · click a coin, card or plate (S)")
        self._text.setText(text)
        ink = theme.CANVAS_ACCENT if scale is not None or pending else theme.CANVAS_SOFT_INK
        self._icon.setPixmap(theme.icon_pixmap(_icon_of(pending or (scale.reference if scale else "")), 16, ink, 2))
        self._remove.setVisible(scale is not None and not pending)
        self._warning.setVisible(scale is not None and bool(scale.warnings))
        self._warning.setToolTip("\n".join(map(wording.sentence, scale.warnings)) if scale else "")
        self.adjustSize()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose another."""
        self.clicked.emit()


def _icon_of(kind: str) -> str:
    return next((name for name in ("card", "plate", "line") if kind.startswith(name)), "coin")


def _tool_button(action: QAction, icon: str) -> QToolButton:
    button = QToolButton()
    button.setCheckable(action.isCheckable())
    button.setChecked(action.isChecked())
    button.setEnabled(action.isEnabled())
    button.setIcon(theme.icon(icon, theme.CANVAS_SOFT_INK, theme.CANVAS_ACCENT))
    button.setIconSize(QSize(theme.ICON, theme.ICON))
    button.setToolTip(action.toolTip())
    button.setAccessibleName(action.text())
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    # Not the default action: its icon is in the scheme's ink, and the canvas is dark in both.
    button.clicked.connect(action.trigger)
    action.changed.connect(lambda: _follow(button, action))
    return button


def _follow(button: QToolButton, action: QAction) -> None:
    button.setChecked(action.isChecked())
    button.setEnabled(action.isEnabled())
    button.setToolTip(action.toolTip())


def _divider() -> QFrame:
    line = QFrame()
    line.setProperty("role", "pill-line")
    line.setFixedSize(1, theme.ICON)
    return line
