"""Find every food on a photo: clicks on a grid, the answers sifted, doubles and plates and tables left out.

The grid is SAM's "segment everything" (Kirillov et al. 2023, section 5 and appendix D): each point by itself, its three
candidates kept where the checkpoint is sure of them and where they hardly move with the threshold (stability), then
non-maximum suppression on the masks. All that happens on the low-resolution logits; only what is left is drawn at the
photo's size. Of each answer only the part that was clicked on counts. Points that a sure mask already explains are not
asked again; where an unsure one explained points too, every tenth food was lost. Where an embedding holds two views of
the photo, the grid asks the first alone, and what it found is asked for again with both: the mean of the two predicted
IoUs tells foods from table best, and that answer, given back once more as a mask, fits its food better.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from foodcal_desktop.core import morphology
from foodcal_desktop.core.mask import Mask, Pixels
from foodcal_desktop.core.prompt import Candidate, PointPrompt, Prompts
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.segmentation.upsample import mask_of

BATCH = 36
SMALL = 64
"""Side in pixels of the photo that answers are drawn for while nothing is chosen: so small that it costs nothing."""
_SAME_FOOD = 0.5
GRID_SHARE = 0.8
"""Of the time of a search with two views, as progress counts it; what the grid found is asked again in the rest."""


class Interrupted(Exception):  # noqa: N818 - nothing went wrong
    """The search was given up because something more urgent came."""


@dataclass(frozen=True, slots=True)
class Search:
    """How foods are searched. Tuned on the train split of the development photos (``python -m benchmarks.proposals``).

    A candidate counts as sure from ``min_iou`` on, and from ``min_of_best`` of the photo's best predicted IoU on: one
    checkpoint's 0.5 is another one's 0.8; ``min_iou_twice`` is for the mean of the grid's answer and the second one.
    Shares are of the photo's area; a mask up to ``explained_share`` and from the score ``explained_score`` on explains
    the points in it; one along more than ``along_border`` of three borders is the table; one that holds ``plate_holds``
    others is the plate they lie on. What lies inside a surer mask by ``max_inside`` is a part of it, unless that one is
    larger than ``heap_share`` and may be a heap of foods.
    """

    grid: int = 16
    min_iou: float = 0.35
    min_of_best: float = 0.5
    min_iou_twice: float = 0.47
    min_stability: float = 0.3
    min_share: float = 0.001
    max_share: float = 0.8
    explained_share: float = 0.06
    explained_score: float = 0.5
    along_border: float = 0.3
    max_overlap: float = 0.55
    max_inside: float = 0.9
    heap_share: float = 0.25
    plate_holds: int = 4
    max_found: int = 60


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
    progress: Callable[[float], None] = lambda _: None,
) -> list[Candidate]:
    """Every food the segmenter finds by itself, the surest first.

    Args:
        segmenter: any checkpoint.
        embedding: of the photo.
        search: how densely to look and what to keep.
        interrupted: asked between batches; once true, the search stops.
        progress: told how far the search is, 0 to 1, by the share of the points that are asked or need not be.

    Raises:
        Interrupted: ``interrupted`` said so.
    """
    search = search or Search()
    kept: list[_Proposal] = []
    done, grid_share = 0, 1.0 if _views(embedding) == 1 else GRID_SHARE
    for points in _rounds(search.grid):
        open_points = [p for p in points if not _explained(p, kept, search)]
        for start in range(0, len(open_points), BATCH):
            if interrupted():
                raise Interrupted
            found = _clicked(segmenter, embedding, open_points[start : start + BATCH], search)
            kept = _without_doubles([*kept, *found], search)
            progress(grid_share * (done + min(start + BATCH, len(open_points))) / search.grid**2)
        done += len(points)
    best = max((p.candidate.predicted_iou for p in kept), default=0.0)
    sure = [p for p in kept if p.candidate.predicted_iou >= search.min_of_best * best]
    if _views(embedding) > 1:
        sure = _asked_again(segmenter, embedding, sure[: search.max_found], search, interrupted)
    progress(1.0)
    return [_drawn(p, embedding) for p in _without_plates(sure, search)[: search.max_found]]


def _views(embedding: Embedding) -> int:
    return min(len(tensor) for tensor in embedding.tensors.values())


def _asked_again(
    segmenter: Segmenter,
    embedding: Embedding,
    proposals: Sequence[_Proposal],
    search: Search,
    interrupted: Callable[[], bool],
) -> list[_Proposal]:
    """The same, each by one click in its middle with all views of the photo; what is not sure any more is left out."""
    small = replace(embedding, height=SMALL, width=SMALL)
    clicks = [_middle_click(p) for p in proposals]
    answers = _answered(segmenter, small, [Prompts((click,)) for click in clicks], interrupted)
    again = [_second_answer(*three) for three in zip(proposals, clicks, answers, strict=True)]
    sure = [p for p in again if p.candidate.predicted_iou >= search.min_iou_twice and p.area]
    given_back = [Prompts((_middle_click(p),)).with_previous(p.candidate.logits) for p in sure]
    fitted = _answered(segmenter, small, given_back, interrupted)
    better = [_fitted(p, prompts, c) for p, prompts, c in zip(sure, given_back, fitted, strict=True)]
    return _without_doubles([p for p in better if _is_sure(p, search) and not _is_background(p, search)], search)


def _answered(
    segmenter: Segmenter, embedding: Embedding, each: Sequence[Prompts], interrupted: Callable[[], bool]
) -> list[list[Candidate]]:
    """``predict_each`` that can be left between batches."""
    answers: list[list[Candidate]] = []
    for start in range(0, len(each), BATCH):
        if interrupted():
            raise Interrupted
        answers += segmenter.predict_each(embedding, each[start : start + BATCH])
    return answers


def _second_answer(first: _Proposal, click: PointPrompt, candidates: Sequence[Candidate]) -> _Proposal:
    """The candidate most like the first answer, with the mean of both predicted IoUs."""
    nearest = max((_proposal(c, click) for c in candidates), key=lambda p: _iou(p, first))
    return _trusted(nearest, (nearest.candidate.predicted_iou + first.candidate.predicted_iou) / 2)


def _fitted(proposal: _Proposal, prompts: Prompts, candidates: Sequence[Candidate]) -> _Proposal:
    """What came back when the mask was given back, trusted as before; the old mask where it is something else."""
    nearest = max((_proposal(c, prompts.points[0]) for c in candidates), key=lambda p: _iou(p, proposal))
    if _iou(nearest, proposal) < _SAME_FOOD:
        return proposal
    return _trusted(nearest, proposal.candidate.predicted_iou)


def _trusted(proposal: _Proposal, predicted_iou: float) -> _Proposal:
    """The same proposal, its candidate with another predicted IoU."""
    candidate = replace(proposal.candidate, predicted_iou=predicted_iou)
    return replace(proposal, candidate=candidate, score=_score(candidate))


def _iou(one: _Proposal, other: _Proposal) -> float:
    shared = int((one.pixels & other.pixels).sum())
    return shared / max(one.area + other.area - shared, 1)


def _middle_click(proposal: _Proposal) -> PointPrompt:
    return PointPrompt(*_middle(proposal, SMALL))


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
    """Whether a found mask holds the point, one so sure and small that nothing else need be looked for in it."""
    small = (p for p in kept if p.share <= search.explained_share and p.score >= search.explained_score)
    return any(p.pixels[int(point[1] * p.pixels.shape[0]), int(point[0] * p.pixels.shape[1])] for p in small)


def _clicked(
    segmenter: Segmenter, embedding: Embedding, points: Sequence[tuple[float, float]], search: Search
) -> list[_Proposal]:
    """What the clicks find, as far as the segmenter is sure of it."""
    small = _small(embedding)
    clicks = [PointPrompt(x * small.width, y * small.height) for x, y in points]
    answers = segmenter.predict_each(small, [Prompts((click,)) for click in clicks])
    likely = [(c, k) for k, of_one in zip(clicks, answers, strict=True) for c in of_one]
    found = [_proposal(c, click) for c, click in likely if c.predicted_iou >= search.min_iou]
    return [p for p in found if _is_sure(p, search) and not _is_background(p, search)]


def _small(embedding: Embedding) -> Embedding:
    """One view of the embedding, as if of a tiny photo: candidates then cost no drawing, and clicks half the time."""
    one_view = {name: tensor[:1] if len(tensor) > 1 else tensor for name, tensor in embedding.tensors.items()}
    return replace(embedding, tensors=one_view, height=SMALL, width=SMALL)


def _proposal(candidate: Candidate, click: PointPrompt) -> _Proposal:
    """The part of a candidate that was clicked on; the click is in pixels of the small photo."""
    rows, columns = candidate.logits.shape
    at = click.x * columns / SMALL, click.y * rows / SMALL
    pixels = morphology.parts_at(Mask.from_array(candidate.logits > 0), [at]).to_array()
    known = replace(candidate, stability=_stability(candidate))
    return _Proposal(pixels, _score(known), known, int(pixels.sum()))


def _score(candidate: Candidate) -> float:
    assert candidate.stability is not None
    return candidate.predicted_iou * math.sqrt(candidate.stability)


def _stability(candidate: Candidate) -> float:
    if candidate.stability is not None:
        return candidate.stability
    return float((candidate.logits > 1).sum() / max(int((candidate.logits > -1).sum()), 1))


def _is_sure(proposal: _Proposal, search: Search) -> bool:
    candidate = proposal.candidate
    assert candidate.stability is not None
    return candidate.predicted_iou >= search.min_iou and candidate.stability >= search.min_stability


def _is_background(proposal: _Proposal, search: Search) -> bool:
    """Specks, the whole photo, and tables: what holds a corner of the photo, or runs along three of its borders.

    Of 392 answers that held a corner of 44 training photos 26 were a food, of 5,820 others 3,795 were.
    """
    pixels = proposal.pixels
    corners = pixels[[0, 0, -1, -1], [0, -1, 0, -1]]
    if not search.min_share <= proposal.share <= search.max_share or corners.any():
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
