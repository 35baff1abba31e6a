"""The meal that a photo shows, read from the store, with changes laid over it that are not made yet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from foodcal_desktop.app.food_search import FoodSearch
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.edit import Change, Row
from foodcal_desktop.core.meal_photos import ItemLink, PhotoItems, PhotoLink, is_elsewhere, matched
from foodcal_desktop.core.meal_portion import Counted, Seen, counted
from foodcal_desktop.core.overlap import stacked
from foodcal_desktop.core.portion import PortionEstimator
from foodcal_desktop.core.scale import ScaleReference, resolve_scale
from foodcal_desktop.storage.store import Store

T = TypeVar("T", bound=Row)


@dataclass(frozen=True, slots=True)
class MealItem:
    """An item that counts: its annotation, on the main photo or on the only one that shows it, and its amount."""

    annotation: Annotation
    counted: Counted


@dataclass(frozen=True, slots=True)
class MealState:
    """The photos of a meal, the main one first."""

    photos: tuple[PhotoItems, ...] = ()

    @property
    def main(self) -> PhotoItems | None:
        """The photo whose items count."""
        return self.photos[0] if self.photos else None

    @property
    def further(self) -> tuple[PhotoItems, ...]:
        """The other photos, in the order they were taken."""
        return self.photos[1:]

    def of(self, photo: str) -> PhotoItems | None:
        """One of the photos by its sha256."""
        return next((p for p in self.photos if p.photo.sha256 == photo), None)

    def items(self, foods: FoodSearch, estimator: PortionEstimator) -> dict[str, MealItem]:
        """What counts of each item that has a food and a portion, by the id of its annotation."""
        main = self.main
        if main is None:
            return {}
        places = [(photo, matched(main.annotations, photo)) for photo in self.further]
        rows = [(a, main, [s for p, m in places if (s := _seen(a, p, m)) is not None]) for a in main.annotations]
        rows += [
            (a, photo, [])
            for photo in self.further
            for a in photo.annotations
            if is_elsewhere(main.annotations, photo, a)
        ]
        found = {}
        for annotation, photo, seen in rows:
            food = foods.by_id(annotation.food_id)
            if food is not None and annotation.portion is not None:
                found[annotation.id] = MealItem(annotation, counted(annotation, photo, seen, food, estimator))
        return found


def _seen(item: Annotation, photo: PhotoItems, items: Mapping[str, str]) -> Seen | None:
    masks = tuple(a for a in photo.annotations if items.get(a.id) == item.id and a.mask.area > 0)
    return Seen(photo, masks) if masks else None


def read_meal(store: Store, photo: str, changes: Sequence[Change] = ()) -> MealState:
    """The meal of a photo, by its sha256, as it will be once the changes are made."""
    links = {link.id: link for link in store.links_of_meal(photo)}
    _overlay(links, changes, PhotoLink)
    main = links[photo].main if photo in links else photo
    members = [link for link in links.values() if link.main == main]
    further = [p for link in members if (p := _photo_items(store, link.id, link, changes)) is not None]
    further.sort(key=lambda p: (p.photo.taken_at or "", p.photo.path))
    first = _photo_items(store, main, None, changes)
    return MealState((first, *further)) if first else MealState()


def _photo_items(store: Store, sha256: str, link: PhotoLink | None, changes: Sequence[Change]) -> PhotoItems | None:
    photo = store.photo(sha256)
    if photo is None:
        return None
    annotations = {a.id: a for a in store.annotations(sha256)}
    _overlay(annotations, changes, Annotation, sha256)
    references = {r.id: r for r in store.scale_references(sha256)}
    _overlay(references, changes, ScaleReference, sha256)
    choices = {c.id: c for c in store.item_links(sha256)} if link else {}
    _overlay(choices, changes, ItemLink, sha256)
    chosen = {c.id: c.item for c in choices.values()}
    scale = resolve_scale(tuple(references.values()), (photo.width, photo.height))
    return PhotoItems(photo, stacked(annotations.values()), scale, link, chosen)


def _overlay(rows: dict[str, T], changes: Iterable[Change], kind: type[T], photo: str | None = None) -> None:
    """Lay the changes of one kind of row over those that are stored."""
    for change in changes:
        row = change.row
        if not isinstance(row, kind) or (photo is not None and getattr(row, "photo", None) != photo):
            continue
        if isinstance(change.after, kind):
            rows[change.id] = change.after
        else:
            rows.pop(change.id, None)
