"""Weighings and the links between photos of one meal as rows of the database, and back, equal to the last bit."""

from __future__ import annotations

from typing import Any

from foodcal_desktop.core.meal_photos import ItemLink, PhotoLink, View
from foodcal_desktop.core.weighing import Weighing

Row = dict[str, Any]


def weighing_row(weighing: Weighing) -> Row:
    """A weighing's columns."""
    return {
        "id": weighing.id,
        "food_id": weighing.food_id,
        "grams": float(weighing.grams),
        "area_cm2": None if weighing.area_cm2 is None else float(weighing.area_cm2),
        "photo": weighing.photo,
        "annotation": weighing.annotation,
        "weighed_at": weighing.weighed_at,
    }


def weighing_of(row: Row) -> Weighing:
    """The weighing of a row."""
    return Weighing(**row)


def photo_link_row(link: PhotoLink) -> Row:
    """A photo link's columns."""
    return {"id": link.id, "main": link.main, "view": str(link.view)}


def photo_link_of(row: Row) -> PhotoLink:
    """The photo link of a row. Raises ValueError for an unknown view."""
    return PhotoLink(row["id"], row["main"], View(row["view"]))


def item_link_row(link: ItemLink) -> Row:
    """An item link's columns."""
    return {"id": link.id, "photo": link.photo, "item": link.item}


def item_link_of(row: Row) -> ItemLink:
    """The item link of a row."""
    return ItemLink(**row)
