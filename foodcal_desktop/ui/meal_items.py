"""The items that the panel shows, and those that count: on a further photo of a meal they are not the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from foodcal_desktop.app.photo_session import PhotoSession
from foodcal_desktop.app.weighing_session import WeighingSession
from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.meal_photos import PhotoItems, View, is_open, matched
from foodcal_desktop.core.meal_portion import Seen
from foodcal_desktop.ui import wording
from foodcal_desktop.ui.items import Item

Shown = tuple[tuple[Item, ...], tuple[Item, ...]]


def items_of(session: PhotoSession, weighing: WeighingSession, hue: Callable[[str], int]) -> Shown:
    """The open photo's items, and the items that count of the meal it shows, each once."""
    counted = session.items()
    taught = weighing.known()
    shown = {}
    for a in session.annotations:
        item = Item(a, session.food_of(a), hue(a.id), counted[a.id].counted if a.id in counted else None)
        shown[a.id] = replace(item, weighed=taught.weighed(a), learning=taught.learning(item.food))
    rest = [i for key, i in counted.items() if key not in shown]
    others = tuple(Item(i.annotation, session.food_of(i.annotation), 0, i.counted) for i in rest)
    main, further = session.places()
    if main is None or further is None:
        return tuple(shown.values()), (*shown.values(), *others)
    counting = (*others, *(item for item in shown.values() if item.counted is not None))
    placed = (_placed(item, main, further, session) for item in shown.values())
    firsts = {key: found.counted for key, found in counted.items()}
    return tuple(replace(item, first=firsts.get(item.same_as or "")) for item in placed), counting


def _placed(item: Item, main: PhotoItems, further: PhotoItems, session: PhotoSession) -> Item:
    """The item of a further photo, with those of the first one that it may be."""
    same = matched(main.annotations, further).get(item.id, "")
    unsure = not same and is_open(main.annotations, further, item.annotation)
    places = tuple((a.id, _name(a, session)) for a in main.annotations)
    placed = replace(item, places=places, same_as=None if unsure else same)
    if further.link is None or further.link.view is not View.SIDE or placed.same_as == "":
        return placed
    return replace(placed, is_side=True, height_mm=Seen(further, (item.annotation,)).height_mm() or 0.0)


def _name(annotation: Annotation, session: PhotoSession) -> str:
    food = session.food_of(annotation)
    name = wording.food_name(food) if food else annotation.label
    grams = f" · {annotation.portion.grams.value:.0f} g" if annotation.portion else ""
    return f"{name or '–'}{grams}"
