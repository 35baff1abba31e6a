"""``diary meal``: the photos of one meal put together without a window, and what they say of its items."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foodcal_desktop.commands import common

if TYPE_CHECKING:
    from foodcal_desktop.app.consequences import Consequences
    from foodcal_desktop.app.meal_state import MealItem
    from foodcal_desktop.storage.store import Store

_VIEWS = ("top", "side", "after")


@click.command("meal")
@common.photo_argument
@click.option("--with", "other", type=click.Path(path_type=Path), help="A photo that shows the same meal.")
@click.option("--as", "view", type=click.Choice(_VIEWS), help="What PHOTO shows; default: top.")
@click.option("--alone", is_flag=True, help="Make PHOTO a meal of its own again.")
@common.json_option
def meal(photo: Path, other: Path | None, view: str | None, alone: bool, as_json: bool) -> None:
    """What was eaten of the meal that PHOTO shows, by all its photos; with --with, PHOTO joins another one's meal."""
    from foodcal_desktop.app.consequences import Consequences
    from foodcal_desktop.app.food_search import FoodSearch
    from foodcal_desktop.commands.diary import open_store

    if other is not None and alone:
        raise click.UsageError("Give --with or --alone, not both.")
    if view is not None and other is None:
        raise click.UsageError("--as says what PHOTO shows of another one's meal; name that photo by --with.")
    with open_store() as store:
        consequences = Consequences(store, FoodSearch(store))
        sha256 = _known(store, photo)
        if other is not None or alone:
            _relink(store, consequences, sha256, _known(store, other) if other is not None else None, view or "top")
        document = _document(store, consequences, sha256)
    if as_json:
        common.print_json(document)
    else:
        click.echo(_for_people(document))


def _known(store: Store, path: Path) -> str:
    from foodcal_desktop.storage import photos

    return store.add_photo(photos.load(path).photo).sha256


def _relink(store: Store, consequences: Consequences, photo: str, other: str | None, view: str) -> None:
    """One edit with all that follows, the diary's entries included. Raises ValueError for a photo with itself."""
    from foodcal_desktop.core.edit import Change, Edit
    from foodcal_desktop.core.meal_photos import PhotoLink, View, joined
    from foodcal_desktop.core.scale import resolve_scale

    links = {link.id: link for p in (photo, other) if p is not None for link in store.links_of_meal(p)}
    after: dict[str, PhotoLink | None] = {photo: None} if photo in links else {}
    if other is not None:
        after = joined(photo, other, View(view), links.values())
    rows = {a.id: a for a in store.annotations(photo)}
    found = store.photo(photo)
    size = (found.width, found.height) if found else None
    scale = resolve_scale(tuple(store.scale_references(photo)), size)
    changes = tuple(Change(i, links.get(i), link) for i, link in after.items())
    store.apply(Edit("Same meal", consequences.complete(photo, rows, rows, scale, changes)))


def _document(store: Store, consequences: Consequences, photo: str) -> dict[str, Any]:
    state = consequences.meal(photo)
    items = consequences.items(photo, {a.id: a for a in store.annotations(photo)})
    return {
        "photos": [
            {"sha256": p.photo.sha256, "path": p.photo.path, "view": str(p.link.view) if p.link else "main"}
            for p in state.photos
        ],
        "items": [_item_json(item, consequences) for item in items.values()],
    }


def _item_json(item: MealItem, consequences: Consequences) -> dict[str, Any]:
    counted, annotation = item.counted, item.annotation
    kcal = consequences.kcal_of(item)
    return {
        "annotation": annotation.id,
        "food": {"id": annotation.food_id, "name": annotation.label},
        "plate": counted.plate.grams.as_dict(),
        "left": counted.left.grams.as_dict() if counted.left else None,
        "eaten": counted.eaten.grams.as_dict(),
        "kcal": kcal.as_dict() if kcal else None,
        "sources": list(counted.sources),
        "missing": list(counted.missing),
    }


def _for_people(document: dict[str, Any]) -> str:
    photos = "\n".join(f"{Path(p['path']).name}  {p['view']}" for p in document["photos"])
    rows = [_row(item) for item in document["items"]]
    items = common.table(rows, ["food", "plate g", "left g", "eaten g", "80 %", "kcal"]) if rows else "No item yet."
    missing = [sentence for item in document["items"] for sentence in item["missing"]]
    return "\n".join([photos, items, *missing])


def _row(item: dict[str, Any]) -> list[str]:
    left, eaten, kcal = item["left"], item["eaten"], item["kcal"]
    cells = [f"{item['plate']['value']:.0f}", f"{left['value']:.0f}" if left else "–", f"{eaten['value']:.0f}"]
    return [
        item["food"]["name"],
        *cells,
        f"{eaten['low']:.0f}–{eaten['high']:.0f}",
        f"{kcal['value']:.0f}" if kcal else "–",
    ]
