"""What all flows share: they forward what the user does to the sessions, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, Signal

from foodcal_desktop.core.disk_sentences import plainly
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.wording import sentence


class Flow(QObject):
    """A part of the annotate page's wiring. ``said(sentence)`` goes to the status line."""

    said = Signal(str)

    def __init__(self, page: AnnotatePage, actions: Actions) -> None:
        super().__init__(page)
        self._page, self._actions = page, actions
        self._session, self._prompts, self._settings = page.session, page.prompts, page.settings

    def bind(self, handlers: Mapping[str, Callable[[], object]]) -> None:
        """Have actions call their handlers."""
        for action_id, handler in handlers.items():
            self._actions[action_id].triggered.connect(lambda _=False, handler=handler: handler())

    def attempt(self, change: Callable[[], object]) -> bool:
        """Make a change; what the core or the disk refuses it says in a sentence for the user."""
        try:
            with self._page.one_refresh():
                change()
        except (ValueError, OSError) as error:
            self.said.emit(sentence(plainly(error)))
            self._page.refresh()
            return False
        return True

    def photo(self) -> str:
        """The open photo's sha256, "" for none."""
        return self._session.photo.sha256 if self._session.photo else ""
