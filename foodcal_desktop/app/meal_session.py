"""Which photos show the same meal, and which of their items are the same food: said by a person, undoable."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject

from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.edit import Change
from foodcal_desktop.core.meal_photos import ItemLink, PhotoLink, View, joined


class MealSession(QObject):
    """Links the open photo to others. Portions and diary entries follow in the same edit."""

    def __init__(self, session: PhotoSession) -> None:
        super().__init__(session)
        self._session = session

    @property
    def link(self) -> PhotoLink | None:
        """How the open photo belongs to another; None where it is a meal's first photo, or alone."""
        return next((link for link in self._links() if link.id == self._photo), None)

    @property
    def further(self) -> list[tuple[PhotoLink, Photo]]:
        """The photos that belong to the open one."""
        store = self._session.store
        found = [(link, store.photo(link.id)) for link in self._links() if link.main == self._photo]
        return [(link, photo) for link, photo in found if photo is not None]

    def photo(self, sha256: str) -> Photo | None:
        """A stored photo."""
        return self._session.store.photo(sha256)

    def join(self, other: str, view: View) -> bool:
        """Say that the open photo shows the same meal as another one, by its sha256, in this view.

        What belonged to the open photo then belongs to the other photo's meal too.

        Raises:
            ValueError: no photo is open, or the other one is it already.
        """
        if not self._photo:
            raise ValueError(self.tr("No photo is open; open one first."))
        links = {link.id: link for link in (*self._links(), *self._session.store.links_of_meal(other))}
        after = joined(self._photo, other, view, links.values())
        changes = tuple(Change(i, links.get(i), link) for i, link in after.items())
        return self._session.change({}, self.tr("Same meal as another photo"), changes)

    def set_view(self, view: View) -> bool:
        """Another view of the same meal."""
        old = self.link
        if old is None or old.view is view:
            return False
        change = Change(old.id, old, replace(old, view=view))
        return self._session.change({}, self.tr("Another view of the meal"), (change,))

    def part(self) -> bool:
        """Make the open photo a meal of its own again."""
        old = self.link
        if old is None:
            return False
        return self._session.change({}, self.tr("A meal of its own"), (Change(old.id, old, None),))

    def choose(self, annotation_id: str, item_id: str) -> bool:
        """Say which item of the meal's first photo an annotation of the open one is, "" for none.

        An annotation without a name takes the item's.
        """
        before = next(a for a in self._session.annotations if a.id == annotation_id)
        old = next((c for c in self._session.store.item_links(self._photo) if c.id == annotation_id), None)
        change = Change(annotation_id, old, ItemLink(annotation_id, self._photo, item_id))
        item = self._item(item_id)
        named = before.food_id is not None or bool(before.label) or item is None
        after = before if named or item is None else replace(before, food_id=item.food_id, label=item.label)
        return self._session.change({annotation_id: after}, self.tr("Say which item it is"), (change,))

    def _item(self, item_id: str) -> Annotation | None:
        link = self.link
        items = self._session.store.annotations(link.main) if link else []
        return next((a for a in items if a.id == item_id), None)

    def _links(self) -> list[PhotoLink]:
        return self._session.store.links_of_meal(self._photo)

    @property
    def _photo(self) -> str:
        return self._session.photo.sha256 if self._session.photo else ""
