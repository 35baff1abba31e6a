"""Saying that the open photo shows the same meal as another, and what that makes of its items."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu

from foodcal_desktop.app.meal_session import MealSession
from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.meal_photos import View
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.actions import Actions
from foodcal_desktop.ui.annotate_page import AnnotatePage
from foodcal_desktop.ui.flow import Flow

# So many photos of the queue, the nearest first, are offered in the menu.
_OFFERED = 8


class MealFlow(Flow):
    """The button under the meal's name, its menu, and the actions of the same meaning."""

    def __init__(self, page: AnnotatePage, actions: Actions) -> None:
        super().__init__(page, actions)
        self._meal = MealSession(page.session)
        self._button = page.panel.meal_button
        self._menu = QMenu(self._button)
        self._menu.aboutToShow.connect(self._fill)
        self._button.setMenu(self._menu)
        page.panel.place_chosen.connect(lambda i, item: self.attempt(lambda: self._meal.choose(i, item)))
        self._session.opened.connect(self.refresh)
        self._session.edited.connect(lambda _edit: self.refresh())
        page.library.items_changed.connect(self.refresh)
        views = {"meal.top": View.TOP, "meal.side": View.SIDE, "meal.after": View.AFTER}
        self.bind({name: partial(self._join_previous, view) for name, view in views.items()})
        self.bind({"meal.apart": self._part})
        self.refresh()

    def refresh(self) -> None:
        """Say on the button how the open photo belongs to others."""
        link, further = self._meal.link, self._meal.further
        self._actions["meal.apart"].setEnabled(link is not None)
        if link is not None:
            main = self._meal.photo(link.main)
            text = wording.view_of(link.view).format(_name(main) if main else "–")
        elif further:
            text = self.tr("{0} photos of this meal").format(len(further) + 1)
        else:
            text = self.tr("Same meal as another photo")
        self._button.setText(f"{text} ⌄")
        shown = self._session.photo is not None and bool(link or further or len(self._page.library) > 1)
        self._button.setVisible(shown)

    def _fill(self) -> None:
        self._menu.clear()
        link = self._meal.link
        if link is not None:
            self._fill_views(link.view)
            self._offer_to_open(link.main)
            self._menu.addSeparator()
            self._menu.addAction(self._actions["meal.apart"])
            return
        for further, _ in self._meal.further:
            self._offer_to_open(further.id, wording.view_name(further.view))
        if self._meal.further:
            self._menu.addSeparator()
        for photo in self._near():
            views = self._menu.addMenu(self.tr("Same meal as {0}").format(_name(photo)))
            for view in View:
                views.addAction(wording.view_name(view)).triggered.connect(
                    lambda _=False, sha256=photo.sha256, view=view: self._join(sha256, view)
                )
        if self._menu.isEmpty():
            self._menu.addAction(self.tr("Open the meal's first photo once, then come back")).setEnabled(False)

    def _fill_views(self, current: View) -> None:
        for view in View:
            action = self._menu.addAction(wording.view_name(view))
            action.setCheckable(True)
            action.setChecked(view is current)
            action.triggered.connect(lambda _=False, view=view: self.attempt(lambda: self._meal.set_view(view)))
        self._menu.addSeparator()

    def _offer_to_open(self, sha256: str, what: str = "") -> None:
        row, photo = self._row_of(sha256), self._meal.photo(sha256)
        if row is not None and photo is not None:
            text = self.tr("Open {0}").format(_name(photo))
            action = self._menu.addAction(f"{text} · {what}" if what else text)
            action.triggered.connect(lambda _=False: self._page.library.select(row))

    def _join_previous(self, view: View) -> None:
        near = self._near()
        if near:
            self._join(near[0].sha256, view)
        else:
            self.said.emit(self.tr("Open the meal's first photo once, then come back and say it again."))

    def _join(self, sha256: str, view: View) -> None:
        if self.attempt(lambda: self._meal.join(sha256, view)):
            link = self._meal.link
            main = self._meal.photo(link.main) if link else None
            if main is not None:
                text = self.tr("This photo belongs to the meal of {0} now. Ctrl+Z takes it back.")
                self.said.emit(text.format(_name(main)))

    def _part(self) -> None:
        if self._meal.part():
            self.said.emit(self.tr("This photo is a meal of its own again."))

    def _near(self) -> list[Photo]:
        """Known photos of the queue, the previous one first, then farther back, then those that come later."""
        items, here = self._page.library.items, self._page.library.current
        rows = [*range(here - 1, -1, -1), *range(here + 1, len(items))]
        photos = [photo for row in rows if (photo := items[row].photo) is not None and not items[row].removed]
        return [photo for photo in photos if photo.sha256 != self.photo()][:_OFFERED]

    def _row_of(self, sha256: str) -> int | None:
        rows = enumerate(self._page.library.items)
        return next((i for i, item in rows if item.photo is not None and item.photo.sha256 == sha256), None)


def _name(photo: Photo) -> str:
    return Path(photo.path).name
