"""Which annotation a pixel belongs to where several cover it: the topmost one, so that no food is counted twice.

What nobody has stacked yet is stacked by size: the smaller one lies above, as an egg on the rice.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
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


def exclusive_by_size(masks: Sequence[Mask]) -> tuple[Mask, ...]:
    """As ``exclusive``, for masks that nobody has stacked: the smaller one lies above, of equal ones the later.

    Raises ValueError for masks of photos of different size.
    """
    order = sorted(range(len(masks)), key=lambda i: -masks[i].area)
    by_place = dict(zip(order, exclusive([masks[i] for i in order]), strict=True))
    return tuple(by_place[i] for i in range(len(masks)))


def exclusive_by_id(annotations: Iterable[Annotation]) -> dict[str, Mask]:
    """For every annotation of one photo the pixels that count as its own, by the stacking order."""
    rows = stacked(annotations)
    return dict(zip((row.id for row in rows), exclusive([row.mask for row in rows]), strict=True))


def stacked(annotations: Iterable[Annotation]) -> tuple[Annotation, ...]:
    """In stacking order, the topmost last; equal orders by age, then by id, so that the order never flickers."""
    return tuple(sorted(annotations, key=_place_in_stack))


def settled(before: Mapping[str, Annotation], after: Mapping[str, Annotation]) -> dict[str, Annotation]:
    """A photo's annotations by id as ``after``, restacked where masks have come to share pixels: the smaller above.

    Of two that shared pixels ``before`` already, and of equal ones, the order stays: what the user has moved is not
    moved back. Each pixel then belongs to the same annotation as by ``exclusive_by_size``.
    """
    changed = {i for i, row in after.items() if i not in before or before[i].mask != row.mask}
    stack = list(stacked(row for i, row in after.items() if i not in changed))
    for row in stacked(after[i] for i in changed):
        place = next((i for i, other in enumerate(stack) if _place_in_stack(other) > _place_in_stack(row)), len(stack))
        stack.insert(place, row)
        _settle(stack, row, [other for other in stack if other.id != row.id and _meets_anew(row, other, before)])
    orders = _orders(stack)
    return {row.id: replace(row, order=order) for row, order in zip(stack, orders, strict=True)}


def _settle(stack: list[Annotation], row: Annotation, met: Sequence[Annotation]) -> None:
    for smaller in reversed([other for other in met if other.mask.area < row.mask.area]):
        _lift(stack, smaller, row, {row.id})
    larger = [other for other in met if other.mask.area > row.mask.area]
    if larger:
        _lift(stack, row, larger[-1], {other.id for other in larger})


def _lift(stack: list[Annotation], low: Annotation, high: Annotation, left: Collection[str]) -> None:
    """Put one above another, and with it what lies on it in between, but for those that are ``left`` (ids)."""
    first, last = stack.index(low), stack.index(high)
    if first > last:
        return
    lifted: list[Annotation] = [low]
    rest: list[Annotation] = []
    for row in stack[first + 1 : last + 1]:
        lies_on = row.id not in left and any(row.mask.shares(other.mask) for other in lifted)
        (lifted if lies_on else rest).append(row)
    stack[first : last + 1] = rest + lifted


def _meets_anew(one: Annotation, other: Annotation, before: Mapping[str, Annotation]) -> bool:
    known = one.id in before and other.id in before
    return one.mask.shares(other.mask) and not (known and before[one.id].mask.shares(before[other.id].mask))


def _orders(stack: Sequence[Annotation]) -> Sequence[int]:
    """The numbers that the rows have already, so that those which stay where they are do not change."""
    if list(stack) == list(stacked(stack)):
        return [row.order for row in stack]
    known = sorted({row.order for row in stack})
    return known if len(known) == len(stack) else range(len(stack))


def _place_in_stack(annotation: Annotation) -> tuple[int, str, str]:
    return annotation.order, annotation.created_at, annotation.id


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


def _place(rows: Sequence[Annotation], annotation_id: str) -> int:
    for place, row in enumerate(rows):
        if row.id == annotation_id:
            return place
    raise KeyError(annotation_id)


def _renumbered(rows: Sequence[Annotation]) -> Pairs:
    return tuple((row, replace(row, order=order)) for order, row in enumerate(rows) if row.order != order)
