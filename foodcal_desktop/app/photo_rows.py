"""Small rules about the rows of one photo."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.edit import Change, Row
from foodcal_desktop.core.energy import without_energy
from foodcal_desktop.core.food import Food
from foodcal_desktop.core.scale import ScaleReference


def put(rows: dict[str, Any], row_id: str, row: object | None) -> None:
    """Put a row in its place; None takes it away."""
    if row is None:
        rows.pop(row_id, None)
    else:
        rows[row_id] = row


def differences(shown: Mapping[str, Row], stored: Mapping[str, Row]) -> tuple[Change, ...]:
    """The changes that lead from what is shown to what is stored."""
    ids = (i for i in {**shown, **stored} if shown.get(i) != stored.get(i))
    return tuple(Change(i, shown.get(i), stored.get(i)) for i in ids)


def drawn(row: Annotation, before: Annotation | None) -> Annotation:
    """A row as it is after a change: with another mask for the same clicks it is no checkpoint's answer any more."""
    by_hand = before is not None and before.mask != row.mask and before.clicks == row.clicks
    return replace(row, clicks=None) if by_hand else row


def same_place(one: ScaleReference, other: ScaleReference) -> bool:
    """Whether two references are one thing marked twice; of lines there is only one."""
    if one.mask is None or other.mask is None:
        return one.kind == other.kind == "line"
    if one.mask.iou(other.mask) > 0.3:
        return True
    # Of one kind, one inside the other: first a part of it was marked. A coin on a plate is a second reference.
    shared, smaller = one.mask.intersection(other.mask).area, min(one.mask.area, other.mask.area)
    return one.kind == other.kind and shared > 0.8 * smaller


def named(before: Annotation, food: Food | str) -> Annotation:
    """With the name of a food, and only a portion that the user typed; with a label alone where it is no food."""
    if isinstance(food, str):
        return replace(before, food_id=None, label=food, portion=None)
    portion = without_energy(before.portion) if before.portion is not None and before.portion.typed else None
    return replace(before, food_id=food.id, label=food.name, portion=portion)
