"""What annotating costs: clicks, seconds and edits per annotation, and what a better checkpoint saves of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Effort:
    """What it took to make one annotation and to correct it since.

    ``clicks`` are prompts given, undone ones included; ``seconds`` the time at work, pauses left out; ``edits`` changes
    of the mask after it was made. ``checkpoint`` is that of the annotation, None for one drawn by hand;
    ``finished_at`` the ISO local time of the last change.
    """

    annotation: str
    photo: str
    checkpoint: str | None = None
    clicks: int = 0
    seconds: float = 0.0
    edits: int = 0
    finished_at: str = ""


@dataclass(frozen=True, slots=True)
class EffortSum:
    """The effort of all annotations of one checkpoint (None: drawn by hand)."""

    checkpoint: str | None
    annotations: int
    clicks: int
    seconds: float
    edits: int

    @property
    def clicks_each(self) -> float:
        """Clicks per annotation; 0 for none."""
        return self.clicks / self.annotations if self.annotations else 0.0

    @property
    def seconds_each(self) -> float:
        """Seconds per annotation; 0 for none."""
        return self.seconds / self.annotations if self.annotations else 0.0

    @property
    def edits_each(self) -> float:
        """Changes of the mask per annotation; 0 for none."""
        return self.edits / self.annotations if self.annotations else 0.0

    @property
    def corrections_each(self) -> float:
        """What the first click did not settle, per annotation: further clicks and edits; 0 for none."""
        return max(self.clicks_each - 1, 0.0) + self.edits_each

    def corrections_saved(self, before: EffortSum) -> float:
        """Corrections these annotations would have cost in addition with the checkpoint before; a loss is negative."""
        return (before.corrections_each - self.corrections_each) * self.annotations


def sums_by_checkpoint(efforts: Iterable[Effort]) -> tuple[EffortSum, ...]:
    """Efforts summed by checkpoint, the one with most annotations first."""
    sums: dict[str | None, EffortSum] = {}
    for effort in efforts:
        old = sums.get(effort.checkpoint, EffortSum(effort.checkpoint, 0, 0, 0.0, 0))
        sums[effort.checkpoint] = EffortSum(
            effort.checkpoint,
            old.annotations + 1,
            old.clicks + effort.clicks,
            old.seconds + effort.seconds,
            old.edits + effort.edits,
        )
    return tuple(sorted(sums.values(), key=lambda s: -s.annotations))
