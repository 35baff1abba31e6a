"""Which day and which meal a photo belongs to."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from foodcal_desktop.core.annotation import Photo
from foodcal_desktop.core.diary import slot_at

if TYPE_CHECKING:
    from foodcal_desktop.app.photo_session import PhotoSession

RECENT_DAYS = 14
"""A photo older than this is taken for one of the archive, and its meal is logged to today."""


def day_of(photo: Photo | None) -> str:
    """The day it was taken where that is lately, else today; ISO."""
    today, taken = date.today(), _taken_at(photo)
    if taken is not None and 0 <= (today - taken.date()).days <= RECENT_DAYS:
        return taken.date().isoformat()
    return today.isoformat()


def slot_of(photo: Photo | None) -> str:
    """The meal that the time it was taken suggests, or the time now where its meal is logged to today anyway."""
    taken = _taken_at(photo)
    when = taken if taken is not None and taken.date().isoformat() == day_of(photo) else datetime.now()
    return slot_at(when.hour + when.minute / 60)


def meal_of(session: PhotoSession) -> tuple[str, str]:
    """The day (ISO) and the meal of the open photo: those of an entry that is logged, else what its time suggests."""
    logged = next(filter(None, map(session.entry_of, session.items())), None)
    return (logged.day, logged.meal) if logged else (day_of(session.photo), slot_of(session.photo))


def _taken_at(photo: Photo | None) -> datetime | None:
    return datetime.fromisoformat(photo.taken_at) if photo and photo.taken_at else None
