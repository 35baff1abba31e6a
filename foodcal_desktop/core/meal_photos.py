"""Several photos of one meal as rows: which photo belongs to which, and which of their items are the same food."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """How a further photo shows the meal: from above again, from the side, or what was left over."""

    TOP = "top"
    SIDE = "side"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class PhotoLink:
    """A photo, known by its sha256 as ``id``, that shows the same meal as the photo ``main``."""

    id: str
    main: str
    view: View

    @property
    def photo(self) -> str:
        """The further photo."""
        return self.id


@dataclass(frozen=True, slots=True)
class ItemLink:
    """An annotation of a further photo, by its id, and the main photo's annotation that is the same item.

    ``item`` is "" where the person said that it is none of them.
    """

    id: str
    photo: str
    item: str
