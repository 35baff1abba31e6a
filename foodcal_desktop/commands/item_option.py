"""The little language of ``estimate``: ``food=NAME;point=x,y;…`` for items, ``coin-cny-1;point=x,y`` for references."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import isfinite

from foodcal_desktop.core.food import MOST_GRAMS
from foodcal_desktop.core.prompt import BoxPrompt, PointPrompt
from foodcal_desktop.core.scale import parse_kind

_MOST_MM = 10_000.0


@dataclass(frozen=True, slots=True)
class Item:
    """A food to measure: its prompts, and what is known of it. Points keep their order, positive and negative mixed."""

    food: str | None = None
    points: tuple[PointPrompt, ...] = ()
    box: BoxPrompt | None = None
    grams: float | None = None


@dataclass(frozen=True, slots=True)
class Reference:
    """A scale reference: a kind with a point on it, or a line (x0, y0, x1, y1) of a length in mm."""

    kind: str
    point: tuple[float, float] | None = None
    line: tuple[float, float, float, float] | None = None
    length_mm: float | None = None


@dataclass(slots=True)
class _Parts:
    pairs: list[tuple[str, str]] = field(default_factory=list)

    def last(self, key: str) -> str | None:
        """The value of a key that may stand once."""
        values = [v for k, v in self.pairs if k == key]
        if len(values) > 1:
            raise ValueError(f"'{key}' may stand once, not {len(values)} times.")
        return values[0] if values else None


def parse_item(text: str) -> Item:
    """An item. Raises ValueError with one sentence where a key is unknown, a number is none, or no prompt is given."""
    parts = _split(text, {"food", "point", "negative", "box", "grams"})
    signs = {"point": True, "negative": False}
    points = tuple(PointPrompt(*_pair(k, v), signs[k]) for k, v in parts.pairs if k in signs)
    box, grams = parts.last("box"), parts.last("grams")
    if parts.last("food") == "":
        raise ValueError(f"The item '{text}' names no food after food=; give a name, or leave it out.")
    item = Item(
        parts.last("food"), points, _box(box) if box else None, _positive("grams", grams, MOST_GRAMS) if grams else None
    )
    if item.box is None and not any(p.positive for p in points):
        raise ValueError(f"The item '{text}' shows nothing; give it point=x,y or box=x0,y0,x1,y1.")
    return item


def parse_reference(text: str) -> Reference:
    """A reference. Raises ValueError with one sentence where the kind is unknown or its place is missing."""
    kind, _, rest = text.partition(";")
    kind = parse_kind(kind)
    parts = _split(rest, {"from", "to", "mm"} if kind == "line" else {"point"})
    if kind != "line":
        point = parts.last("point")
        if point is None:
            raise ValueError(f"The reference '{text}' needs a point on it: {kind};point=x,y.")
        return Reference(kind, _pair("point", point))
    start, end, length = parts.last("from"), parts.last("to"), parts.last("mm")
    if start is None or end is None or length is None:
        raise ValueError("A line needs its two ends and its length: line;from=x,y;to=x,y;mm=L.")
    return Reference(kind, None, (*_pair("from", start), *_pair("to", end)), _positive("mm", length, _MOST_MM))


def _split(text: str, known: set[str]) -> _Parts:
    parts = _Parts()
    for piece in filter(None, (p.strip() for p in text.split(";"))):
        key, equals, value = (s.strip() for s in piece.partition("="))
        if not equals or key not in known:
            raise ValueError(f"'{piece}' is not understood; known are {', '.join(sorted(known))}, each as key=value.")
        parts.pairs.append((key, value))
    return parts


def _numbers(key: str, text: str, count: int) -> list[float]:
    try:
        numbers = [float(piece) for piece in text.split(",")]
    except ValueError:
        numbers = []
    if len(numbers) != count or not all(isfinite(n) for n in numbers):
        wanted = f"{count} numbers, separated by commas" if count > 1 else "one number"
        raise ValueError(f"'{key}={text}' needs {wanted}.")
    return numbers


def _pair(key: str, text: str) -> tuple[float, float]:
    x, y = _numbers(key, text, 2)
    return x, y


def _positive(key: str, text: str, most: float) -> float:
    (number,) = _numbers(key, text, 1)
    if not 0 < number <= most:
        raise ValueError(f"'{key}={text}' must be above 0 and at most {most:g}.")
    return number


def _box(text: str) -> BoxPrompt:
    x0, y0, x1, y1 = _numbers("box", text, 4)
    if x0 == x1 or y0 == y1:
        raise ValueError(f"The box {text} has no area; give x0,y0,x1,y1.")
    return BoxPrompt(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))
