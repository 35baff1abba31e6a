"""A card with a search field and a list: type, arrow keys, Enter. It lies over the page and never swallows a click."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.buttons import hairline, label

VALUE_ROLE = Qt.ItemDataRole.UserRole
_MOVES = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 6, Qt.Key.Key_PageUp: -6}


class ValueModel(QAbstractListModel):
    """Any values in a list, named by their ``name``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.values: Sequence[Any] = ()

    def set_values(self, values: Sequence[Any]) -> None:
        """Show other values."""
        self.beginResetModel()
        self.values = values
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        """How many there are."""
        return 0 if parent.isValid() else len(self.values)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The value itself, and its name."""
        if not index.isValid():
            return None
        value = self.values[index.row()]
        if role == VALUE_ROLE:
            return value
        return getattr(value, "name", str(value)) if role == Qt.ItemDataRole.DisplayRole else None


class SearchCard(QFrame):
    """``matches`` says what a text finds, the delegate paints it; ``nothing_found`` may be worded anew by a subclass.

    ``picked(value)`` when a row was taken; ``closed()`` whenever the card goes away.
    """

    picked = Signal(object)
    closed = Signal()

    def __init__(
        self,
        parent: QWidget,
        matches: Callable[[str], Sequence[Any]],
        delegate: QStyledItemDelegate,
        width: int = 420,
        height: int = 380,
    ) -> None:
        super().__init__(parent)
        self._page, self.matches = parent, matches
        self.setProperty("role", "card")
        self.setFixedSize(width, height)
        self._full_height = height
        self.field = self._make_field()
        self.model = ValueModel(self)
        delegate.setParent(self)
        self.list = self._make_list(delegate)
        self.hint = label(role="soft")
        self.hint.setWordWrap(True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        self._shade()
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def nothing_found(self, text: str) -> str:
        """One sentence for an empty list."""
        return self.tr("Nothing is called “{0}”; try another word.").format(text) if text else ""

    def open_at(self, anchor: QPoint) -> None:
        """Show it with its top left corner near a point of the parent, wholly inside."""
        self.field.clear()
        self._on_text("")
        self.move(self._inside(anchor))
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_card(self) -> None:
        """Hide it."""
        if self.isVisible():
            self.hide()
            self.closed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrow keys move in the list, Enter picks, Esc closes."""
        if event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride) and isinstance(event, QKeyEvent):
            return self._on_key(event)
        return super().eventFilter(watched, event)

    def _on_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Whoever goes elsewhere is done with it; another window is not elsewhere."""
        if self.isVisible() and new is not None and not self.isAncestorOf(new):
            self.close_card()

    def _on_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        mine = key in _MOVES or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
        if not mine:
            return False
        event.accept()
        if event.type() == QEvent.Type.KeyPress:
            self._act(key)
        return True

    def _act(self, key: Qt.Key) -> None:
        if key == Qt.Key.Key_Escape:
            self.close_card()
        elif key in _MOVES:
            self._choose(self.list.currentIndex().row() + _MOVES[key])
        else:
            self._pick(self.list.currentIndex().row())

    def _choose(self, row: int) -> None:
        last = self.model.rowCount() - 1
        index = self.model.index(min(max(row, 0), last))
        self.list.setCurrentIndex(index)
        self.list.scrollTo(index)

    def _pick(self, row: int) -> None:
        if 0 <= row < self.model.rowCount():
            value = self.model.values[row]
            self.close_card()
            self.picked.emit(value)

    def _on_text(self, text: str) -> None:
        found = self.matches(text.strip())
        self.model.set_values(found)
        self._choose(0)
        self.list.setVisible(bool(found))
        self.hint.setVisible(not found)
        self.hint.setText(self.nothing_found(text.strip()))
        self.setFixedHeight(self._full_height if found else self._full_height // 2)

    def _inside(self, anchor: QPoint) -> QPoint:
        room = self._page.size()
        x = min(max(anchor.x(), theme.SPACE_8), room.width() - self.width() - theme.SPACE_8)
        # The list may still grow to its full height.
        y = min(max(anchor.y(), theme.SPACE_8), room.height() - self._full_height - theme.SPACE_8)
        return QPoint(max(x, 0), max(y, 0))

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("role", "search")
        field.setClearButtonEnabled(True)
        field.textChanged.connect(self._on_text)
        field.installEventFilter(self)
        return field

    def _make_list(self, delegate: QStyledItemDelegate) -> QListView:
        rows = QListView()
        rows.setModel(self.model)
        rows.setItemDelegate(delegate)
        rows.setUniformItemSizes(True)
        rows.setMouseTracking(True)
        rows.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rows.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        rows.clicked.connect(lambda index: self._pick(index.row()))
        return rows

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(theme.SPACE_12, theme.SPACE_4, theme.SPACE_8, 0)
        head.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, theme.SPACE_8)
        column.setSpacing(theme.SPACE_4)
        column.addLayout(head)
        column.addWidget(hairline())
        column.addWidget(self.list, 1)
        column.addWidget(self.hint, 1)

    def _shade(self) -> None:
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(theme.SPACE_32)
        shadow.setOffset(0, theme.SPACE_8)
        shadow.setColor(theme.color(theme.SHADOW, 0.35))
        self.setGraphicsEffect(shadow)
