"""A dataset taken into the database, photo by photo: what is there already stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.food import Food
from foodcal_desktop.dataset.items import AnnotatedPhoto, Incoming, Progress, no_progress
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.own_foods import keep_food, own_foods
from foodcal_desktop.storage.store import Store


@dataclass(slots=True)
class Imported:
    """How much came in, ``known`` annotations that were there already, and in which folders the photos lie."""

    photos: int = 0
    annotations: int = 0
    known: int = 0
    foods: int = 0
    folders: list[str] = field(default_factory=list)


def take_dataset(database: Database, incoming: Incoming, progress: Progress = no_progress) -> Imported:
    """Take all photos of a dataset, each whole in a transaction of its own, and the foods that are not known by name.

    Stopped half-way it loses nothing: the photos taken so far are known when it is taken again.

    Raises:
        DatabaseError, EditConflict: the database cannot be written.
    """
    store, done = Store(database), Imported(foods=_take_foods(database, incoming.foods))
    folders: dict[str, None] = {}
    for number, item in enumerate(incoming, start=1):
        new, folder = _take(store, item)
        folders[folder] = None
        done.photos, done.annotations = done.photos + 1, done.annotations + new
        done.known += len(item.annotations) - new
        progress(number, incoming.total)
    done.folders = list(folders)
    return done


def _take_foods(database: Database, foods: Sequence[Food]) -> int:
    known = {food.id for food in own_foods(database)}
    new = [food for food in foods if food.id not in known]
    for food in new:
        keep_food(database, food)
    return len(new)


def _take(store: Store, item: AnnotatedPhoto) -> tuple[int, str]:
    """One photo with its annotations as one edit; how many of them are new, and the folder of the photo."""
    stored = store.photo(item.photo.sha256)
    path = item.photo.path if stored is None or not Path(stored.path).is_file() else stored.path
    if stored is None or stored.path != path or (item.photo.split and not stored.split):
        store.add_photo(replace(item.photo, path=path))
    if stored is not None and item.photo.state != stored.state == "todo" and not store.annotations(stored.sha256):
        # A photo that was only looked at here: what the dataset says of it is all there is to say.
        store.set_photo_state(stored.sha256, item.photo.state)
    annotations = [one for one in item.annotations if store.annotation(one.id) is None]
    there = {one.id for one in store.scale_references(item.photo.sha256)}
    references = [one for one in item.references if one.id not in there]
    changes = [Change(one.id, None, one) for one in annotations]
    changes += [Change(one.id, None, one) for one in references]
    if changes:
        store.apply(Edit("Import", tuple(changes)))
    return len(annotations), str(Path(path).parent)
