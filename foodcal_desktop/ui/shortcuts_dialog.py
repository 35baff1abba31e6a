"""Every action with its key, which can be changed by pressing another."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from foodcal_desktop.storage.settings import SHORTCUTS, Settings
from foodcal_desktop.ui.action_spec import MENUS, ActionSpec
from foodcal_desktop.ui.actions import Actions, plain
from foodcal_desktop.ui.sheet import Sheet

_ID = Qt.ItemDataRole.UserRole


class ShortcutsDialog(Sheet):
    """Search, choose a row, press a key. A key that means something else already is refused with a sentence."""

    def __init__(self, actions: Actions, settings: Settings, parent: QWidget) -> None:
        super().__init__(self.tr("Keys"), parent, 640, 600)
        self._actions, self._settings = actions, settings
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search an action or a key"))
        self.search.textChanged.connect(self._filter)
        self.tree = self._make_tree()
        self.edit = QKeySequenceEdit()
        self.edit.setMaximumSequenceLength(1)
        self.edit.editingFinished.connect(self._take_key)
        usual = QPushButton(self.tr("Usual key"))
        usual.setAutoDefault(False)
        usual.clicked.connect(lambda: self._set(""))
        line = QHBoxLayout()
        line.addWidget(self.edit, 1)
        line.addWidget(usual)
        for widget in (self.search, self.tree):
            self.column.addWidget(widget)
        self.column.addLayout(line)
        self.finish_layout()

    def choose(self, action_id: str) -> None:
        """Choose an action's row."""
        for row in self._rows():
            if row.data(0, _ID) == action_id:
                self.tree.setCurrentItem(row)

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setHeaderHidden(True)
        tree.setRootIsDecorated(False)
        tree.setColumnCount(3)
        tree.setUniformRowHeights(True)
        for spec, _ in sorted(self._actions, key=lambda pair: MENUS.index(pair[0].menu)):
            row = QTreeWidgetItem([plain(spec.menu), plain(spec.text), ""])
            row.setData(0, _ID, spec.id)
            tree.addTopLevelItem(row)
            self._show_key(row, spec.id)
        header, fitting = tree.header(), QHeaderView.ResizeMode.ResizeToContents
        header.setStretchLastSection(False)
        for column, mode in enumerate((fitting, QHeaderView.ResizeMode.Stretch, fitting)):
            header.setSectionResizeMode(column, mode)
        return tree

    def _show_key(self, row: QTreeWidgetItem, action_id: str) -> None:
        native = QKeySequence.SequenceFormat.NativeText
        row.setText(2, "  ".join(QKeySequence(key).toString(native) for key in self._actions.keys_of(action_id)))

    def _rows(self) -> list[QTreeWidgetItem]:
        return [row for i in range(self.tree.topLevelItemCount()) if (row := self.tree.topLevelItem(i)) is not None]

    def _filter(self, text: str) -> None:
        for row in self._rows():
            words = " ".join(row.text(i) for i in range(3)).casefold()
            row.setHidden(not all(word in words for word in text.casefold().split()))
        # A key pressed next is for an action that is seen.
        current, seen = self.tree.currentItem(), [row for row in self._rows() if not row.isHidden()]
        if seen and current not in seen:
            self.tree.setCurrentItem(seen[0])
        elif not seen:
            self.tree.selectionModel().clear()

    def _take_key(self) -> None:
        key = self.edit.keySequence().toString()
        self.edit.clear()
        if key == "Esc":
            self.reject()
        elif key:
            self._set(key)

    def _set(self, key: str) -> None:
        row = self.tree.currentItem()
        if row is None:
            self.note.setText(self.tr("Choose an action first."))
            return
        action_id = str(row.data(0, _ID))
        taken = self._actions.clash(action_id, key) if key else None
        if taken is not None:
            self.note.setText(self._taken(taken, key))
            return
        self._actions.set_key(action_id, key)
        self._show_key(row, action_id)
        self._keep(action_id, key)

    def _taken(self, spec: ActionSpec, key: str) -> str:
        return self.tr("{0} is the key of “{1}”; give that another one first.").format(key, plain(spec.text))

    def _keep(self, action_id: str, key: str) -> None:
        own = {name: value for name, value in self._settings.get(SHORTCUTS).items() if name != action_id}
        try:
            self._settings.set(SHORTCUTS, {**own, action_id: key} if key else own)
        except OSError as error:
            self.note.setText(str(error))
            return
        self.note.setText(self.tr("Kept."))
