"""Several photos of one meal: which photo belongs to which, and which of their items are the same food."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from foodcal_desktop.core.annotation import Annotation, Photo
from foodcal_desktop.core.scale import Scale


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


@dataclass(frozen=True, slots=True)
class PhotoItems:
    """One photo of a meal with its annotations, each with the portion by this photo alone, and its scale.

    ``link`` is None for the main photo; ``choices`` are the items that the person chose, by the annotation's id.
    """

    photo: Photo
    annotations: tuple[Annotation, ...]
    scale: Scale | None = None
    link: PhotoLink | None = None
    choices: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The photo's file name."""
        return self.photo.path.replace("\\", "/").rpartition("/")[2]


def matched(main: Iterable[Annotation], further: PhotoItems) -> dict[str, str]:
    """The main photo's item that each of a further photo's annotations shows, by their ids.

    As the person chose; else the only one of the same food. What is left out is no item of the main photo, or it is
    one of several of the same food, and only the person knows which.
    """
    items = tuple(main)
    known = {item.id for item in items}
    found: dict[str, str] = {}
    for annotation in further.annotations:
        if annotation.id in further.choices and further.choices[annotation.id] in known | {""}:
            found[annotation.id] = further.choices[annotation.id]
        else:
            same = [item.id for item in items if _same_food(item, annotation)]
            found[annotation.id] = same[0] if len(same) == 1 else ""
    return {further_id: item for further_id, item in found.items() if item}


def is_open(main: Iterable[Annotation], further: PhotoItems, annotation: Annotation) -> bool:
    """Whether only the person can say which item an annotation is: several are the same food, or it has no name yet."""
    if annotation.id in further.choices:
        return False
    unnamed = annotation.food_id is None and not annotation.label
    return unnamed or sum(_same_food(item, annotation) for item in main) > 1


def is_elsewhere(main: Iterable[Annotation], further: PhotoItems, annotation: Annotation) -> bool:
    """Whether an unmatched annotation of a view from above is a food of its own, which counts beside the others."""
    if further.link is None or further.link.view is not View.TOP or annotation.food_id is None:
        return False
    chosen = further.choices.get(annotation.id) == ""
    return chosen or not any(_same_food(item, annotation) for item in main)


def _same_food(one: Annotation, other: Annotation) -> bool:
    if one.food_id or other.food_id:
        return one.food_id == other.food_id
    return bool(one.label) and one.label.strip().lower() == other.label.strip().lower()


def joined(photo: str, other: str, view: View, links: Iterable[PhotoLink]) -> dict[str, PhotoLink | None]:
    """The links that change, by the further photo's id, when a photo joins the meal that another one shows.

    ``links`` are those of both meals. What belonged to the photo goes along; where the other one belonged to it, the
    two change places. None takes a link away.

    Raises:
        ValueError: both are the same photo.
    """
    if photo == other:
        raise ValueError("Choose another photo that shows the same meal.")
    known = {link.id: link for link in links}
    main = known[other].main if other in known else other
    after: dict[str, PhotoLink | None] = {}
    if main == photo:
        main = other
        after[other] = None
    after[photo] = PhotoLink(photo, main, view)
    along = [link for link in known.values() if link.main == photo and link.id != main]
    return after | {link.id: replace(link, main=main) for link in along}
