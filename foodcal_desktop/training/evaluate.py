"""How well a checkpoint segments when clicked at: the standard protocol on photos with known masks.

Each object is clicked at the centre of the largest error (the point of the largest distance transform, the first time
against an empty mask) until it is good enough or the clicks are used up; the last mask is fed back each time. Besides,
it is boxed once, tightly. NoC@85 is the number of clicks until IoU 0.85, all that are allowed where it stays below.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts
from foodcal_desktop.dataset.instances import DatasetPhoto, Instance
from foodcal_desktop.segmentation.closer_look import CloserLook, pays
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.storage import photos as photo_files
from foodcal_desktop.training.prompting import next_click

Pixels = NDArray[np.bool_]

REPORTED_CLICKS = (1, 3, 5)
GOOD, BETTER = 0.85, 0.90
# Boundary IoU's band, as a share of the photo's diagonal (Cheng et al. 2021, section 4).
_BAND = 0.02


class BatchSegmenter(Segmenter, Protocol):
    """A segmenter that answers many prompts on one photo at once; all of ours do."""

    def predict_each(self, embedding: Embedding, each: Sequence[Prompts]) -> list[list[Candidate]]:
        """``predict`` for each."""


@dataclass(frozen=True, slots=True)
class ClickProtocol:
    """How objects are clicked: at most ``clicks`` each, each straying by ``jitter`` px (standard deviation).

    ``closer``: what is shown after each prompt is the closer look's mask, as in the window, where it pays.
    """

    clicks: int = 20
    jitter: float = 0.0
    max_objects: int = 4
    seed: int = 0
    closer: bool = False


@dataclass(slots=True, eq=False)
class ObjectFigures:
    """What became of one object: its IoU after each click, by a box; the boundary's and the mask after the fifth."""

    photo: DatasetPhoto
    instance: Instance
    share: float
    ious: list[float] = field(default_factory=list)
    box_iou: float = 0.0
    boundary_iou: float = 0.0
    clicks: list[PointPrompt] = field(default_factory=list)
    found: Mask | None = None

    def iou_after(self, clicks: int) -> float:
        """IoU after so many clicks; the last one where it was good enough earlier."""
        return self.ious[min(clicks, len(self.ious)) - 1]

    def clicks_to(self, iou: float, allowed: int) -> int:
        """Clicks until this IoU, ``allowed`` where it was never reached."""
        return next((i + 1 for i, value in enumerate(self.ious) if value >= iou), allowed)


@dataclass(slots=True)
class Evaluation:
    """All objects' figures, in the dataset's order, and the medians of the seconds taken; None where nothing looked."""

    objects: list[ObjectFigures]
    protocol: ClickProtocol
    embed_seconds: float = 0.0
    predict_seconds: float = 0.0
    look_seconds: float | None = None


EmbedPhoto = Callable[[DatasetPhoto], Embedding]


def evaluate(
    segmenter: BatchSegmenter,
    photos: Iterable[DatasetPhoto],
    protocol: ClickProtocol | None = None,
    embed: EmbedPhoto | None = None,
    progress: Callable[[int], None] = lambda done: None,
) -> Evaluation:
    """Click at the objects of photos, the largest of each photo first.

    Args:
        segmenter: the checkpoint.
        photos: with their masks; those without are passed over.
        protocol: how to click.
        embed: gives a photo's embedding where it is kept elsewhere; by default each photo is encoded.
        progress: told the photos done.

    Raises:
        PhotoError: a photo cannot be opened, the text says which.
        ValueError: there is no object, or a mask has another size than its photo.
    """
    protocol = protocol or ClickProtocol()
    random = np.random.default_rng(protocol.seed)
    times = _Times()
    objects: list[ObjectFigures] = []
    for number, photo in enumerate(p for p in photos if p.instances):
        started = time.perf_counter()
        embedding = embed(photo) if embed else encode_photo(segmenter, photo)
        times.embed.append(time.perf_counter() - started)
        look = CloserLook(segmenter, _pixels(photo)) if protocol.closer and pays(segmenter) else None
        objects += _Clicking(segmenter, embedding, look, protocol, random, times).run(photo)
        progress(number + 1)
    if not objects:
        raise ValueError("The dataset has no annotated objects to evaluate; choose another split or annotate photos.")
    look_seconds = float(np.median(times.look)) if times.look else None
    return Evaluation(objects, protocol, float(np.median(times.embed)), float(np.median(times.predict)), look_seconds)


def encode_photo(segmenter: Segmenter, photo: DatasetPhoto) -> Embedding:
    """Decode and encode a photo of a dataset. Raises PhotoError."""
    return segmenter.embed(_pixels(photo))


def _pixels(photo: DatasetPhoto) -> NDArray[np.uint8]:
    return photo_files.load(photo.path).pixels


def largest(photo: DatasetPhoto, count: int) -> list[Instance]:
    """Its largest objects, the largest first."""
    return sorted(photo.instances, key=lambda one: (-one.area, one.id))[:count]


@dataclass(slots=True)
class _Times:
    """Seconds of each photo's encoding, each prompt's answer and each closer look."""

    embed: list[float] = field(default_factory=list)
    predict: list[float] = field(default_factory=list)
    look: list[float] = field(default_factory=list)


class _Clicking:
    """All objects of one photo, clicked at together: one pass of the decoder for each round of clicks."""

    def __init__(
        self,
        segmenter: BatchSegmenter,
        embedding: Embedding,
        look: CloserLook | None,
        protocol: ClickProtocol,
        random: np.random.Generator,
        times: _Times,
    ) -> None:
        self._segmenter = segmenter
        self._embedding = embedding
        self._look = look
        self._protocol = protocol
        self._random = random
        self._times = times

    def run(self, photo: DatasetPhoto) -> list[ObjectFigures]:
        masks = {one.id: one.mask() for one in largest(photo, self._protocol.max_objects)}
        figures = [
            ObjectFigures(photo, one, masks[one.id].area / (photo.width * photo.height))
            for one in largest(photo, self._protocol.max_objects)
            if masks[one.id].area
        ]
        wanted = [self._of_this_size(masks[one.instance.id], photo) for one in figures]
        if figures:
            self._boxes(figures, wanted)
            self._clicks(figures, wanted)
        return figures

    def _of_this_size(self, mask: Mask, photo: DatasetPhoto) -> Mask:
        if (mask.height, mask.width) != (self._embedding.height, self._embedding.width):
            raise ValueError(
                f"A mask of {photo.path.name} is {mask.width}×{mask.height} and the photo {self._embedding.width}×"
                f"{self._embedding.height} pixels; export the dataset again."
            )
        return mask

    def _answers(self, prompts: Sequence[Prompts]) -> list[Candidate]:
        started = time.perf_counter()
        answers = [candidates[0] for candidates in self._segmenter.predict_each(self._embedding, prompts)]
        self._times.predict.append((time.perf_counter() - started) / len(prompts))
        return answers if self._look is None else self._closer(self._look, answers, prompts)

    def _closer(self, look: CloserLook, answers: list[Candidate], prompts: Sequence[Prompts]) -> list[Candidate]:
        started = time.perf_counter()
        answers = [look.at(answer, asked) for answer, asked in zip(answers, prompts, strict=True)]
        self._times.look.append((time.perf_counter() - started) / len(prompts))
        return answers

    def _boxes(self, figures: list[ObjectFigures], wanted: list[Mask]) -> None:
        answers = self._answers([Prompts(box=BoxPrompt(*map(float, mask.box))) for mask in wanted])
        for one, mask, answer in zip(figures, wanted, answers, strict=True):
            one.box_iou = answer.mask.iou(mask)

    def _clicks(self, figures: list[ObjectFigures], wanted: list[Mask]) -> None:
        rows = [_Row(one, mask.to_array(), mask) for one, mask in zip(figures, wanted, strict=True)]
        for number in range(1, self._protocol.clicks + 1):
            open_rows = [row for row in rows if not row.is_done and row.click(self._protocol.jitter, self._random)]
            if not open_rows:
                return
            answers = self._answers([row.prompts for row in open_rows])
            for row, answer in zip(open_rows, answers, strict=True):
                row.take(answer, number)


class _Row:
    """One object while it is clicked at."""

    def __init__(self, figures: ObjectFigures, pixels: Pixels, mask: Mask) -> None:
        self.prompts = Prompts()
        self._figures = figures
        self._pixels = pixels
        self._mask = mask
        self._found = np.zeros_like(pixels)

    @property
    def is_done(self) -> bool:
        """Good enough for every figure, and clicked at often enough."""
        ious = self._figures.ious
        return len(ious) >= max(REPORTED_CLICKS) and max(ious) >= BETTER

    def click(self, jitter: float, random: np.random.Generator) -> bool:
        """Add the next click; false where nothing is wrong any more."""
        click = next_click(self._found, self._pixels)
        if click is None:
            return False
        x, y, positive = click
        if jitter > 0:
            wrong = (self._pixels & ~self._found) if positive else (self._found & ~self._pixels)
            x, y = strayed(x, y, wrong, jitter, random)
        self.prompts = self.prompts.with_point(PointPrompt(x, y, positive))
        self._figures.clicks.append(self.prompts.points[-1])
        return True

    def take(self, answer: Candidate, number: int) -> None:
        self._found = answer.mask.to_array()
        self._figures.ious.append(answer.mask.iou(self._mask))
        if number <= max(REPORTED_CLICKS):
            self._figures.found = answer.mask
            self._figures.boundary_iou = boundary_iou(self._found, self._pixels)
        self.prompts = self.prompts.with_previous(answer.logits)


def strayed(
    x: float, y: float, wrong: Pixels, sigma: float, random: np.random.Generator, tries: int = 20
) -> tuple[float, float]:
    """A click near (x, y), by a normal distribution of ``sigma`` px, still inside the region that a person aims at."""
    for _ in range(tries):
        near_x, near_y = x + random.normal(0, sigma), y + random.normal(0, sigma)
        row, column = int(np.floor(near_y)), int(np.floor(near_x))
        if 0 <= row < wrong.shape[0] and 0 <= column < wrong.shape[1] and wrong[row, column]:
            return near_x, near_y
    return x, y


def boundary_iou(found: Pixels, wanted: Pixels) -> float:
    """IoU of the two masks' inner bands along their outlines, 2 % of the diagonal wide (Cheng et al. 2021)."""
    width = max(round(_BAND * float(np.hypot(*wanted.shape))), 1)
    one, other = _band(found, width), _band(wanted, width)
    either = np.count_nonzero(one | other)
    return np.count_nonzero(one & other) / either if either else 1.0


def _band(mask: Pixels, width: int) -> Pixels:
    padded = np.pad(mask.astype(np.uint8), 1)
    eroded = cv2.erode(padded, np.ones((3, 3), np.uint8), iterations=width)[1:-1, 1:-1]
    band: Pixels = mask & (np.asarray(eroded) == 0)
    return band


def in_split(photos: Iterable[DatasetPhoto], split: str | None, limit: int | None = None) -> list[DatasetPhoto]:
    """The annotated photos of a split ("" or None: all), at most ``limit`` of them."""
    chosen = (p for p in photos if p.instances and (not split or p.split == split))
    return list(_first(chosen, limit))


def _first(photos: Iterable[DatasetPhoto], limit: int | None) -> Iterator[DatasetPhoto]:
    for number, photo in enumerate(photos):
        if limit is not None and number >= limit:
            return
        yield photo
