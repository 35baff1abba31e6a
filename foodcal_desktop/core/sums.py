"""Sums of uncertain amounts: the scale's error is shared within a photo and does not average out; the rest does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import hypot, sqrt

from foodcal_desktop.core.estimate import Z80, Estimate


@dataclass(frozen=True, slots=True)
class Part:
    """One item of a sum, in any unit: its estimate, the photo it was measured on, and the error it shares there.

    ``scale_error`` is the standard deviation of the logarithm that comes from the photo's scale. Without a photo, or
    with 0, the item errs alone.
    """

    amount: Estimate
    photo: str | None = None
    scale_error: float = 0.0

    def shared(self) -> tuple[float, float]:
        """The half widths (below, above) that all items of the photo have in common."""
        if self.photo is None or self.scale_error <= 0:
            return 0.0, 0.0
        half = Z80 * self.scale_error * self.amount.value
        below, above = self.amount.value - self.amount.low, self.amount.high - self.amount.value
        return min(half, below), min(half, above)

    def own(self) -> tuple[float, float]:
        """The half widths (below, above) of this item alone: what is left in quadrature."""
        below, above = self.shared()
        whole_below, whole_above = self.amount.value - self.amount.low, self.amount.high - self.amount.value
        return sqrt(max(whole_below**2 - below**2, 0.0)), sqrt(max(whole_above**2 - above**2, 0.0))


def combine(parts: Iterable[Part]) -> Estimate:
    """The sum with its 80 % interval: shared halves add up within a photo, all else adds in quadrature."""
    rows = tuple(parts)
    value = sum(part.amount.value for part in rows)
    by_photo: dict[str, tuple[float, float]] = {}
    for part in rows:
        below, above = part.shared()
        old = by_photo.get(part.photo or "", (0.0, 0.0))
        by_photo[part.photo or ""] = (old[0] + below, old[1] + above)
    halves = [*by_photo.values(), *(part.own() for part in rows)]
    return Estimate(value, value - hypot(*(h[0] for h in halves)), value + hypot(*(h[1] for h in halves)))
