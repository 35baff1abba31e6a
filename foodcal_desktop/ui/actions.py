"""The actions of the table as QActions, with the menu bar and the tooltips built of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from foodcal_desktop.ui import theme
from foodcal_desktop.ui.action_spec import MENUS
from foodcal_desktop.ui.action_table import ACTIONS, ANNOTATE, CANVAS, DIARY, TRENDS, ActionSpec

_SUBJECT_LETTERS = 48
_MNEMONIC = re.compile(r"\(&\w\)")

# The page that the keys of a scope work on; those of the window work on all.
_PAGES = {ANNOTATE: ANNOTATE, CANVAS: ANNOTATE, DIARY: DIARY, TRENDS: TRENDS}


def translated(text: str) -> str:
    """A text of the table in the user's language."""
    return QCoreApplication.translate("actions", text) if text else ""


def plain(text: str) -> str:
    """A text of the table in the user's language, without the letter that opens it: "&Photo", in Korean "사진(&P)"."""
    return _MNEMONIC.sub("", translated(text)).replace("&", "")


class Actions(QObject):
    """One QAction for each row of the table. ``keys`` are the user's own: action id to a key sequence."""

    def __init__(self, parent: QObject, keys: Mapping[str, str] | None = None) -> None:
        super().__init__(parent)
        self._specs = {spec.id: spec for spec in ACTIONS}
        self._groups: dict[str, QActionGroup] = {}
        self._subjects: dict[str, str | None] = {}
        self._actions = {spec.id: self._make(spec, (keys or {}).get(spec.id)) for spec in ACTIONS}
        self.refresh_icons()

    def __getitem__(self, action_id: str) -> QAction:
        return self._actions[action_id]

    def __iter__(self) -> Iterator[tuple[ActionSpec, QAction]]:
        """The table's rows with their QActions."""
        return ((spec, self._actions[spec.id]) for spec in ACTIONS)

    def place(self, scope: str, widget: QWidget, context: Qt.ShortcutContext) -> None:
        """Let the keys of a scope work in a widget."""
        for spec, action in self:
            if spec.scope == scope:
                action.setShortcutContext(context)
                widget.addAction(action)

    def fill(self, bar: QMenuBar) -> None:
        """The menu bar, in the table's order, with a line between different things; quit is the last of its menu."""
        menus: dict[str, QMenu] = {menu: bar.addMenu(translated(menu)) for menu in MENUS}
        last: dict[str, str] = {}
        for spec, action in sorted(self, key=lambda pair: pair[0].id == "app.quit"):
            of = spec.id.partition(".")[0]
            if last.get(spec.menu, of) != of:
                menus[spec.menu].addSeparator()
            last[spec.menu] = of
            menus[spec.menu].addAction(action)

    def keys_of(self, action_id: str) -> tuple[str, ...]:
        """The keys an action has now, in portable form."""
        return tuple(key.toString() for key in self._actions[action_id].shortcuts())

    def set_key(self, action_id: str, key: str) -> None:
        """Give an action a key of the user's own, or by "" its usual ones."""
        spec = self._specs[action_id]
        self._show_keys(self._actions[action_id], spec, (key,) if key else spec.keys)

    def set_subject(self, action_id: str, subject: str | None) -> None:
        """Name what an action would work on, in its menu and its tooltip; None: on nothing, and it is greyed out."""
        action, spec = self._actions[action_id], self._specs[action_id]
        action.setEnabled(subject is not None)
        if self._subjects.get(action_id) != subject:
            self._subjects[action_id] = subject
            short = _shortened(subject or "").replace("&", "&&")
            action.setText(f"{translated(spec.text)}: {short}" if short else translated(spec.text))
            self._show_tip(action, spec)

    def clash(self, action_id: str, key: str) -> ActionSpec | None:
        """Another action whose key this is where both work, or None."""
        wanted = QKeySequence(key).toString()
        mine = self._specs[action_id].scope
        for spec, action in self:
            apart = _PAGES.get(spec.scope) != _PAGES.get(mine) and {spec.scope, mine} <= _PAGES.keys()
            if spec.id != action_id and not apart and any(k.toString() == wanted for k in action.shortcuts()):
                return spec
        return None

    def refresh_icons(self) -> None:
        """Tint the icons anew, after the system changed between light and dark."""
        for spec, action in self:
            if spec.icon:
                action.setIcon(theme.icon(spec.icon))

    def _make(self, spec: ActionSpec, own_key: str | None) -> QAction:
        action = QAction(translated(spec.text), self)
        action.setObjectName(spec.id)
        self._show_keys(action, spec, (own_key,) if own_key else spec.keys)
        action.setIconVisibleInMenu(False)
        action.setCheckable(bool(spec.group) or spec.checkable)
        if spec.group:
            group = self._groups.setdefault(spec.group, QActionGroup(self))
            group.addAction(action)
        return action

    def _show_keys(self, action: QAction, spec: ActionSpec, keys: tuple[str, ...]) -> None:
        action.setShortcuts([QKeySequence(key) for key in keys])
        self._show_tip(action, spec)

    def _show_tip(self, action: QAction, spec: ActionSpec) -> None:
        keys = tuple(key.toString() for key in action.shortcuts())
        tip = self._subjects.get(spec.id) or translated(spec.tip)
        action.setToolTip(tooltip(translated(spec.text), tip, keys))


def _shortened(text: str) -> str:
    return text if len(text) <= _SUBJECT_LETTERS else f"{text[: _SUBJECT_LETTERS - 1].rstrip()}…"


def tooltip(text: str, tip: str, keys: tuple[str, ...]) -> str:
    """A name with its key, and a line below that says more."""
    key = QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""
    head = f"{text.rstrip('…')}  ({key})" if key else text
    return f"{head}\n{tip}" if tip else head
