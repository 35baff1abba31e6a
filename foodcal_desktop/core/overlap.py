"""Which annotation a pixel belongs to where several cover it: the topmost one, so that no food is counted twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from foodcal_desktop.core.annotation import Annotation
from foodcal_desktop.core.mask import Mask

Pairs = tuple[tuple[Annotation, Annotation], ...]
"""Rows before and after."""


def exclusive(masks: Sequence[Mask]) -> tuple[Mask, ...]:
    """The same masks, in the same order, each without the pixels of those that come after it (which lie above it).

    A mask that is wholly covered comes back empty. Raises ValueError for masks of photos of different size.
    """
    if len({(mask.height, mask.width) for mask in masks}) > 1:
        raise ValueError("The masks belong to photos of different size.")
    out: list[Mask] = []
    above: Mask | None = None
    # Joined only once a mask below may be covered: most foods lie side by side.
    apart: list[Mask] = []
    for mask in reversed(masks):
        if any(other.meets(mask) for other in apart):
            above, apart = _joined(above, apart), []
        out.append(mask.difference(above) if above is not None and above.meets(mask) else mask)
        apart.append(mask)
    return tuple(reversed(out))


def _joined(first: Mask | None, others: Sequence[Mask]) -> Mask:
    for mask in others:
        first = mask if first is None else first.union(mask)
    assert first is not None
    return first


def exclusive_by_id(annotations: Iterable[Annotation]) -> dict[str, Mask]:
    """For every annotation of one photo the pixels that count as its own, by the stacking order."""
    rows = stacked(annotations)
    return dict(zip((row.id for row in rows), exclusive([row.mask for row in rows]), strict=True))


def stacked(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """In stacking order, the topmost last; equal orders by age, then by id, so that the order never flickers."""
    return tuple(sorted(annotations, key=lambda a: (a.order, a.created_at, a.id)))


def moved(annotations: Iterable[Annotation], annotation_id: str, steps: int) -> Pairs:
    """One annotation moved up (or, negative, down) the stack: each row whose order changes, before and after.

    Raises:
        KeyError: none of the annotations has this id.
    """
    rows = list(stacked(annotations))
    place = _place(rows, annotation_id)
    row = rows.pop(place)
    rows.insert(min(max(place + steps, 0), len(rows)), row)
    return _renumbered(rows)


def to_top(annotations: Iterable[Annotation], annotation_id: str) -> Pairs:
    """One annotation moved above all others. Raises KeyError for an unknown id."""
    rows = tuple(annotations)
    return moved(rows, annotation_id, len(rows))


def to_bottom(annotations: Iterable[Annotation], annotation_id: str) -> Pairs:
    """One annotation moved below all others. Raises KeyError for an unknown id."""
    rows = tuple(annotations)
    return moved(rows, annotation_id, -len(rows))


def _place(rows: Sequence[Annotation], annotation_id: str) -> int:
    for place, row in enumerate(rows):
        if row.id == annotation_id:
            return place
    raise KeyError(annotation_id)


def _renumbered(rows: Sequence[Annotation]) -> Pairs:
    return tuple((row, replace(row, order=order)) for order, row in enumerate(rows) if row.order != order)
