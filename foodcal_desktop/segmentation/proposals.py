"""Find every food on a photo: clicks on a grid, the answers sifted, doubles and plates and tables left out.

The grid is SAM's "segment everything" (Kirillov et al. 2023, section 5 and appendix D): each point by itself, its three
candidates kept where the checkpoint is sure of them and where they hardly move with the threshold (stability), then
non-maximum suppression on the masks. All that happens on the low-resolution logits; only what is left is drawn at the
photo's size. Points that a mask found before already explains are not asked again, which halves the time. Where an
embedding holds two views of the photo, the grid asks the first alone, and what it found is asked for again with both:
on the train split that leaves out every third proposal, nearly all of them table, and loses hardly a food.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from foodcal_desktop.core import morphology
from foodcal_desktop.core.mask import Pixels
from foodcal_desktop.core.prompt import Candidate, PointPrompt, Prompts
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.segmentation.upsample import mask_of

BATCH = 36


class Interrupted(Exception):  # noqa: N818 - nothing went wrong
    """The search was given up because something more urgent came."""


@dataclass(frozen=True, slots=True)
class Search:
    """How foods are searched. Tuned on the train split of the development photos (``python -m benchmarks.proposals``).

    A candidate counts as sure from ``min_iou`` on, and from ``min_of_best`` of the photo's best predicted IoU on: one
    checkpoint's 0.5 is another one's 0.8. Shares are of the photo's area; a mask along more than ``along_border`` of
    three borders is the table; one that holds ``plate_holds`` others is the plate they lie on. What lies inside a surer
    mask by ``max_inside`` is a part of it, unless that one is larger than ``heap_share`` and may be a heap of foods.
    """

    grid: int = 12
    min_iou: float = 0.35
    min_of_best: float = 0.5
    min_iou_again: float = 0.45
    min_stability: float = 0.3
    min_share: float = 0.001
    max_share: float = 0.8
    explained_share: float = 0.06
    along_border: float = 0.3
    max_overlap: float = 0.55
    max_inside: float = 0.8
    heap_share: float = 0.25
    plate_holds: int = 4
    max_found: int = 40


@dataclass(frozen=True, slots=True, eq=False)
class _Proposal:
    """A candidate on the low-resolution grid: its pixels h×w, their number, and its score (0 to 1)."""

    pixels: Pixels
    score: float
    candidate: Candidate

    area: int

    @property
    def share(self) -> float:
        """Of the photo's area."""
        return self.area / self.pixels.size


def find_foods(
    segmenter: Segmenter,
    embedding: Embedding,
    search: Search | None = None,
    interrupted: Callable[[], bool] = lambda: False,
) -> list[Candidate]:
    """Every food the segmenter finds by itself, the surest first.

    Args:
        segmenter: any checkpoint.
        embedding: of the photo.
        search: how densely to look and what to keep.
        interrupted: asked between batches; once true, the search stops.

    Raises:
        Interrupted: ``interrupted`` said so.
    """
    search = search or Search()
    kept: list[_Proposal] = []
    for points in _rounds(search.grid):
        open_points = [p for p in points if not _explained(p, kept, search)]
        for start in range(0, len(open_points), BATCH):
            if interrupted():
                raise Interrupted
            found = _clicked(segmenter, embedding, open_points[start : start + BATCH], search)
            kept = _without_doubles([*kept, *found], search)
    best = max((p.candidate.predicted_iou for p in kept), default=0.0)
    sure = [p for p in kept if p.candidate.predicted_iou >= search.min_of_best * best]
    chosen = _without_plates(sure, search)[: search.max_found]
    if interrupted():
        raise Interrupted
    again = _asked_again(segmenter, embedding, chosen, search) if _views(embedding) > 1 else chosen
    return [_drawn(p, embedding) for p in again]


def _views(embedding: Embedding) -> int:
    return min(len(tensor) for tensor in embedding.tensors.values())


def _asked_again(
    segmenter: Segmenter, embedding: Embedding, proposals: Sequence[_Proposal], search: Search
) -> list[_Proposal]:
    """The same, each by one click in its middle with all views of the photo; what is not sure any more is left out."""
    small = replace(embedding, height=64, width=64)
    each = [Prompts((PointPrompt(*_middle(p, 64)),)) for p in proposals]
    answers = segmenter.predict_each(small, each) if each else []
    again = [_most_like(p, answer) for p, answer in zip(proposals, answers, strict=True)]
    found = [p for p in again if p.candidate.predicted_iou >= search.min_iou_again and _is_sure(p, search)]
    return _without_doubles([p for p in found if not _is_background(p, search)], search)


def _most_like(proposal: _Proposal, candidates: Sequence[Candidate]) -> _Proposal:
    return max(map(_proposal, candidates), key=lambda p: _iou(p, proposal))


def _iou(one: _Proposal, other: _Proposal) -> float:
    shared = int((one.pixels & other.pixels).sum())
    return shared / max(one.area + other.area - shared, 1)


def _middle(proposal: _Proposal, size: float) -> tuple[float, float]:
    """Its innermost point (x, y) on a photo of size × size pixels."""
    x, y = morphology.innermost_point(proposal.pixels)
    rows, columns = proposal.pixels.shape
    return x * size / columns, y * size / rows


def _rounds(grid: int) -> Iterator[list[tuple[float, float]]]:
    """The grid's points (x, y) in shares of the photo: four interleaved coarser grids, one after the other."""
    for row, column in ((0, 0), (1, 1), (0, 1), (1, 0)):
        rows, columns = range(row, grid, 2), range(column, grid, 2)
        yield [((x + 0.5) / grid, (y + 0.5) / grid) for y in rows for x in columns]


def _explained(point: tuple[float, float], kept: Sequence[_Proposal], search: Search) -> bool:
    """Whether a found mask holds the point, one so small that nothing else need be looked for in it."""
    small = (p for p in kept if p.share <= search.explained_share)
    return any(p.pixels[int(point[1] * p.pixels.shape[0]), int(point[0] * p.pixels.shape[1])] for p in small)


def _clicked(
    segmenter: Segmenter, embedding: Embedding, points: Sequence[tuple[float, float]], search: Search
) -> list[_Proposal]:
    """What the clicks find, as far as the segmenter is sure of it."""
    small = _small(embedding)
    each = [Prompts((PointPrompt(x * small.width, y * small.height),)) for x, y in points]
    found = [_proposal(c) for candidates in segmenter.predict_each(small, each) for c in candidates]
    return [p for p in found if _is_sure(p, search) and not _is_background(p, search)]


def _small(embedding: Embedding) -> Embedding:
    """One view of the embedding, as if of a tiny photo: candidates then cost no drawing, and clicks half the time."""
    one_view = {name: tensor[:1] if len(tensor) > 1 else tensor for name, tensor in embedding.tensors.items()}
    return replace(embedding, tensors=one_view, height=64, width=64)


def _proposal(candidate: Candidate) -> _Proposal:
    stability = _stability(candidate)
    pixels = candidate.logits > 0
    score = candidate.predicted_iou * stability**0.5
    return _Proposal(pixels, score, replace(candidate, stability=stability), int(pixels.sum()))


def _stability(candidate: Candidate) -> float:
    if candidate.stability is not None:
        return candidate.stability
    return float((candidate.logits > 1).sum() / max(int((candidate.logits > -1).sum()), 1))


def _is_sure(proposal: _Proposal, search: Search) -> bool:
    candidate = proposal.candidate
    assert candidate.stability is not None
    return candidate.predicted_iou >= search.min_iou and candidate.stability >= search.min_stability


def _is_background(proposal: _Proposal, search: Search) -> bool:
    """Specks, the whole photo, and tables: what runs along three of the photo's borders or more."""
    pixels = proposal.pixels
    if not search.min_share <= proposal.share <= search.max_share:
        return True
    borders = (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])
    return sum(float(border.mean()) > search.along_border for border in borders) >= 3


def _without_doubles(proposals: Sequence[_Proposal], search: Search) -> list[_Proposal]:
    """Greedy non-maximum suppression, the surest first: none that is nearly a surer one, or a part of it."""
    kept: list[_Proposal] = []
    for proposal in sorted(proposals, key=lambda p: -p.score):
        if not any(_repeats(proposal, other, search) for other in kept):
            kept.append(proposal)
    return kept


def _repeats(proposal: _Proposal, surer: _Proposal, search: Search) -> bool:
    shared = int((proposal.pixels & surer.pixels).sum())
    if shared > search.max_overlap * (proposal.area + surer.area - shared):
        return True
    return surer.share <= search.heap_share and shared > search.max_inside * proposal.area


def _without_plates(proposals: Sequence[_Proposal], search: Search) -> list[_Proposal]:
    """Without plates, trays and heaps: what holds several proposals of which each is much smaller than itself."""
    return [p for p in proposals if _held_by(p, proposals) < search.plate_holds]


def _held_by(plate: _Proposal, proposals: Sequence[_Proposal]) -> int:
    inside = (p for p in proposals if p is not plate and p.share < 0.5 * plate.share)
    return sum(int((p.pixels & plate.pixels).sum()) > 0.9 * p.area for p in inside)


def _drawn(proposal: _Proposal, embedding: Embedding) -> Candidate:
    """At the photo's size, without the islands that a click would not have kept either."""
    mask = mask_of(proposal.candidate.logits, embedding.height, embedding.width)
    x, y = _middle(proposal, 1.0)
    kept = morphology.parts_at(mask, [(x * embedding.width, y * embedding.height)])
    return replace(proposal.candidate, mask=kept)
