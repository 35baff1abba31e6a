"""Where a card goes that asks about a thing on the photo: beside it, and off what is being worked on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF

from foodcal_desktop.ui import theme

# A pixel of the thing that is asked about is worth more than any of the others: it has to be seen to be answered.
_THING_WEIGHT = 1000.0


def free_place(card: QSizeF, room: QRectF, thing: QRectF, others: Sequence[QRectF] = ()) -> QPointF:
    """The card's top left corner, wholly in the room: where it hides least of the thing, then least of the others.

    Above or below the thing where nothing is hidden there, else beside it, else in a corner of the room.
    """
    gap = theme.SPACE_12
    middle = thing.center() - QPointF(card.width() / 2, card.height() / 2)
    above = QPointF(middle.x(), thing.top() - gap - card.height())
    below = QPointF(middle.x(), thing.bottom() + gap)
    right, left = QPointF(thing.right() + gap, middle.y()), QPointF(thing.left() - gap - card.width(), middle.y())
    upper = thing.center().y() < room.center().y()
    ways = [*((above, below) if upper else (below, above)), right, left]
    corners = [room.topRight(), room.bottomRight(), room.topLeft(), room.bottomLeft()]
    places = [_within(QRectF(place, card), room) for place in (*ways, *corners)]
    return min(places, key=lambda place: _hidden(place, thing, others)).topLeft()


def _within(place: QRectF, room: QRectF) -> QRectF:
    """The place, moved into the room; its top left corner stays in where it is larger than that."""
    x = max(min(place.x(), room.right() - place.width()), room.left())
    y = max(min(place.y(), room.bottom() - place.height()), room.top())
    return QRectF(QPointF(x, y), place.size())


def _hidden(place: QRectF, thing: QRectF, others: Sequence[QRectF]) -> float:
    shared = (place.intersected(other) for other in others)
    seen = place.intersected(thing)
    return _THING_WEIGHT * seen.width() * seen.height() + sum(s.width() * s.height() for s in shared)
