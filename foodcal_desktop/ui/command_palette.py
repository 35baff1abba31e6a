"""Every action in one searchable list, with its key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from foodcal_desktop.ui.action_table import ActionSpec
from foodcal_desktop.ui.actions import Actions, plain
from foodcal_desktop.ui.row_delegate import RowDelegate, RowText
from foodcal_desktop.ui.search_card import SearchCard


@dataclass(frozen=True, slots=True)
class Command:
    """One row of the palette."""

    name: str
    menu: str
    spec: ActionSpec
    action: QAction


class CommandPalette(SearchCard):
    """Lists all actions; Enter triggers the chosen one."""

    def __init__(self, parent: QWidget, actions: Actions) -> None:
        self._actions = actions
        super().__init__(parent, self._matching, RowDelegate(_row_of, height=36), width=520, height=440)
        self.setObjectName("command_palette")
        self.field.setPlaceholderText(self.tr("Type what you want to do"))
        self.field.setAccessibleName(self.tr("Action"))
        self.picked.connect(lambda command: command.action.trigger())

    def _matching(self, text: str) -> Sequence[Command]:
        """Actions whose name, menu or tooltip has every word; those whose name begins with the text come first."""
        words = text.casefold().split()
        found = [c for c in self._commands() if all(w in _haystack(c) for w in words)]
        return sorted(found, key=lambda c: not c.name.casefold().startswith(text.casefold()))

    def _commands(self) -> list[Command]:
        return [
            Command(plain(spec.text), plain(spec.menu), spec, action)
            for spec, action in self._actions
            if action.isVisible() and spec.id != "app.palette"
        ]


def _row_of(command: Command) -> RowText:
    """Icon, name, menu and keys of an action."""
    native = QKeySequence.SequenceFormat.NativeText
    keys = "  ".join(key.toString(native) for key in command.action.shortcuts())
    return RowText(command.name, command.menu, right=keys, icon=command.spec.icon, enabled=command.action.isEnabled())


def _haystack(command: Command) -> str:
    return f"{command.name} {command.menu} {command.action.toolTip()}".casefold()
