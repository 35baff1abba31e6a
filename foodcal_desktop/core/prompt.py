"""What the user shows the segmenter, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask

Logits = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class PointPrompt:
    """A click, in pixels of the upright photo (the first pixel's centre is (0.5, 0.5)); negative removes."""

    x: float
    y: float
    positive: bool = True


@dataclass(frozen=True, slots=True)
class BoxPrompt:
    """A box, in pixels of the upright photo, x0 < x1 and y0 < y1."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True, eq=False)
class MaskPrompt:
    """The logits of an earlier candidate, in the segmenter's own low resolution (h × w, float32)."""

    logits: Logits


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts of one annotation: points, at most one box, at most one previous mask."""

    points: tuple[PointPrompt, ...] = ()
    box: BoxPrompt | None = None
    previous: MaskPrompt | None = field(default=None, compare=False)

    @property
    def is_empty(self) -> bool:
        """Nothing to answer: neither a point nor a box."""
        return not self.points and self.box is None

    @property
    def is_ambiguous(self) -> bool:
        """A single click and nothing else: the segmenter answers with three candidates."""
        return len(self.points) == 1 and self.box is None and self.previous is None

    def with_point(self, point: PointPrompt) -> Prompts:
        """One more click."""
        return replace(self, points=(*self.points, point))

    def with_box(self, box: BoxPrompt | None) -> Prompts:
        """Another box, or none."""
        return replace(self, box=box)

    def with_previous(self, logits: Logits | None) -> Prompts:
        """Another previous mask, or none."""
        return replace(self, previous=None if logits is None else MaskPrompt(logits))


@dataclass(frozen=True, slots=True, eq=False)
class Candidate:
    """A proposed mask with the IoU the checkpoint predicts for it (0 to 1), and its low-resolution logits (h × w).

    ``stability`` (0 to 1) is the IoU of the masks at logits above +1 and above −1; None where it was not computed.
    """

    mask: Mask
    predicted_iou: float
    logits: Logits
    stability: float | None = None
