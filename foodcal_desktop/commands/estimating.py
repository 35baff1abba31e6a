"""One photo measured without a window: prompts → masks → scale → portions → kcal."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from foodcal_desktop.commands.item_option import Item, Reference
from foodcal_desktop.core import scale_warnings
from foodcal_desktop.core.annotation import new_id
from foodcal_desktop.core.disk_sentences import plainly
from foodcal_desktop.core.food import Food, known_sum
from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.overlap import exclusive_by_size
from foodcal_desktop.core.portion import Portion, PortionEstimator, kcal_estimate
from foodcal_desktop.core.prompt import Candidate, PointPrompt, Prompts
from foodcal_desktop.core.references import best_reference
from foodcal_desktop.core.scale import Scale, ScaleReference, resolve_scale
from foodcal_desktop.core.sums import Part, combine
from foodcal_desktop.segmentation.closer_look import CloserLook, pays
from foodcal_desktop.segmentation.embedding_cache import EmbeddingCache
from foodcal_desktop.segmentation.segmenter import Embedding, Segmenter
from foodcal_desktop.storage import photos
from foodcal_desktop.storage.food_store import FoodStore
from foodcal_desktop.storage.learned import load_learned_priors
from foodcal_desktop.storage.overlay import draw_overlay
from foodcal_desktop.storage.own_foods import load_food_table
from foodcal_desktop.storage.photos import LoadedPhoto


@dataclass(frozen=True)
class Measured:
    """One item: its food where one was named, its mask, and its portion where the food is known."""

    food: Food | None
    mask: Mask
    predicted_iou: float
    portion: Portion | None


@dataclass
class PhotoEstimate:
    """The answer: the JSON document, sentences of warning, and what the overlay is drawn from."""

    document: dict[str, Any]
    loaded: LoadedPhoto
    measured: list[Measured]
    warnings: list[str] = field(default_factory=list)

    def write_overlay(self, path: Path) -> None:
        """The photo with its masks, as a PNG or JPEG. Raises ValueError, OSError as draw_overlay does."""
        draw_overlay(self.loaded.pixels, [m.mask for m in self.measured], path)


def estimate_photo(
    path: Path, items: Sequence[Item], references: Sequence[Reference], find: bool, checkpoint: str
) -> PhotoEstimate:
    """Measure a photo.

    Raises:
        PhotoError, ValueError, OSError: one sentence on what is wrong with the photo, a food, a point, a checkpoint.
    """
    from foodcal_desktop.segmentation.loading import load_segmenter

    loaded = photos.load(path)
    table = load_food_table()
    foods = [_food(table, item) for item in items]
    _require_inside(loaded, items, references)
    run = _Run(load_segmenter(checkpoint), loaded)
    marked = [run.marked(reference) for reference in references]
    scale = resolve_scale(marked, (loaded.photo.width, loaded.photo.height))
    measured = run.measure(items, foods, scale, table)
    scale = _warned(scale, marked, measured) if scale else None
    if find:
        measured += run.found([m.mask for m in measured])
    return PhotoEstimate(
        _document(run, scale, measured), loaded, measured, [*run.warnings, *_warnings(scale, measured)]
    )


def _food(table: FoodStore, item: Item) -> Food | None:
    if item.food is None:
        return None
    food = table.find(item.food)
    if food is None:
        raise ValueError(f"The food table has nothing like '{item.food}'; try a simpler name.")
    return food


def _require_inside(loaded: LoadedPhoto, items: Sequence[Item], references: Sequence[Reference]) -> None:
    places = [(p.x, p.y) for item in items for p in item.points] + [r.point for r in references if r.point]
    places += [end for r in references if r.line for end in (r.line[:2], r.line[2:])]
    width, height = loaded.photo.width, loaded.photo.height
    for x, y in places:
        if not (0 <= x <= width and 0 <= y <= height):
            raise ValueError(f"The point {x:g},{y:g} lies outside the photo, which is {width}×{height} pixels.")


class _Run:
    """A segmenter at work on one photo, with its stopwatch."""

    def __init__(self, segmenter: Segmenter, loaded: LoadedPhoto) -> None:
        self.segmenter = segmenter
        self.loaded = loaded
        self.warnings: list[str] = []
        started = time.perf_counter()
        self.embedding = self._embed()
        self.embed_seconds = time.perf_counter() - started
        self.predict_seconds = 0.0
        self._look = CloserLook(segmenter, loaded.pixels) if pays(segmenter) else None
        self._proposals: list[Candidate] | None = None

    def _embed(self) -> Embedding:
        """The stored embedding, else one made now and stored; without a cache that can be used it is made each time."""
        made: Embedding | None = None
        try:
            cache = EmbeddingCache()
            path = cache.path(self.loaded.photo.sha256, self.segmenter.checkpoint_hash)
            if not cache.touch(path):
                made = self.segmenter.embed(self.loaded.pixels)
                cache.write(path, made)
            return cache.read(path)
        except OSError as error:
            self.warnings.append(f"The photo was encoded without the cache, which cannot be used: {plainly(error)}")
            return made if made is not None else self.segmenter.embed(self.loaded.pixels)

    def marked(self, reference: Reference) -> ScaleReference:
        """A reference with its mask, as a click in the window marks it."""
        photo = self.loaded.photo.sha256
        if reference.line is not None and reference.length_mm is not None:
            return ScaleReference(new_id(), photo, "line", line=reference.line, length_mm=reference.length_mm)
        assert reference.point is not None
        click = Prompts((PointPrompt(*reference.point),))
        candidates = self.segmenter.predict(self.embedding, click)
        mask = best_reference(candidates, reference.kind, self.loaded.pixels)
        return ScaleReference(new_id(), photo, reference.kind, mask)

    def candidate(self, item: Item) -> Candidate:
        """The answer to prompts, given as a person gives them (the box, then click after click), looked at closer."""
        started = time.perf_counter()
        prompts = Prompts(box=item.box)
        best = self._best(prompts) if item.box is not None else None
        for point in item.points:
            prompts = prompts.with_point(point).with_previous(best.logits if best else None)
            best = self._best(prompts)
        best = self._look.at(best, prompts) if self._look and best else best
        self.predict_seconds += time.perf_counter() - started
        assert best is not None
        return best

    def _best(self, prompts: Prompts) -> Candidate:
        return max(self.segmenter.predict(self.embedding, prompts), key=lambda c: c.predicted_iou)

    def measure(
        self, items: Sequence[Item], foods: Sequence[Food | None], scale: Scale | None, table: FoodStore
    ) -> list[Measured]:
        """Masks and portions; a pixel that two items claim belongs to the smaller one, as in the window."""
        estimator = PortionEstimator(load_learned_priors(table))
        candidates = [self.candidate(item) for item in items]
        masks = exclusive_by_size([self._measured_mask(i, c, scale) for i, c in zip(items, candidates, strict=True)])
        rows = []
        for item, food, candidate, mask in zip(items, foods, candidates, masks, strict=True):
            if mask.area == 0:
                raise ValueError("A prompt gives an empty mask; move its point to the middle of the food.")
            rows.append(Measured(food, mask, candidate.predicted_iou, _portion(estimator, item, food, mask, scale)))
        return rows

    def _measured_mask(self, item: Item, candidate: Candidate, scale: Scale | None) -> Mask:
        """Where an area counts, the mask of a second, enlarged look: what the portion priors were fitted to."""
        if scale is None:
            return candidate.mask
        from foodcal_desktop.segmentation.second_look import measured_mask

        clicks = [(p.x, p.y) for p in item.points if p.positive]
        return measured_mask(self.segmenter, self.loaded.pixels, candidate.mask, clicks)

    def proposals(self) -> list[Candidate]:
        """Every food the checkpoint finds by itself."""
        from foodcal_desktop.segmentation.proposals import find_foods

        if self._proposals is None:
            self._proposals = find_foods(self.segmenter, self.embedding)
        return self._proposals

    def found(self, taken: Sequence[Mask]) -> list[Measured]:
        """Proposals that no item covers already, without a food: which it is, only the user knows."""
        free = [c for c in self.proposals() if all(_covered(c.mask, mask) < 0.5 for mask in taken)]
        return [Measured(None, c.mask, c.predicted_iou, None) for c in free]


def _covered(mask: Mask, other: Mask) -> float:
    return mask.intersection(other).area / max(mask.area, 1)


def _portion(
    estimator: PortionEstimator, item: Item, food: Food | None, mask: Mask, scale: Scale | None
) -> Portion | None:
    estimated = estimator.estimate(mask, scale, food) if food is not None else None
    if item.grams is None:
        return estimated
    # The chain stays: its area, corrected for this food, is what a weighing of it is learned by.
    typed = estimated.with_step("mass", item.grams) if estimated is not None else Portion.typed_grams(item.grams)
    return replace(typed, method="typed")


def _warned(scale: Scale, references: Sequence[ScaleReference], measured: Sequence[Measured]) -> Scale:
    """The scale with a warning where a food lies at another distance from the camera than the reference."""
    foods = [(m.food.name if m.food else "A food", m.mask) for m in measured]
    far = scale_warnings.far_from_food(scale, references, foods)
    return replace(scale, warnings=(*scale.warnings, far)) if far else scale


def _warnings(scale: Scale | None, measured: Sequence[Measured]) -> list[str]:
    sentences = list(scale.warnings) if scale else []
    if scale is None and any(m.portion and not m.portion.typed for m in measured):
        sentences.append("The photo has no scale reference, so grams are one usual portion of each food.")
    return sentences


def _document(run: _Run, scale: Scale | None, measured: Sequence[Measured]) -> dict[str, Any]:
    from foodcal_desktop.core.coverage import uncovered_share

    photo = run.loaded.photo
    started = time.perf_counter()
    uncovered = uncovered_share(run.proposals(), [m.mask for m in measured])
    find_seconds = time.perf_counter() - started
    return {
        "photo": {"sha256": photo.sha256, "width": photo.width, "height": photo.height},
        "scale": _scale_json(scale),
        "items": [_item_json(m, scale) for m in measured],
        "total": _total_json(photo.sha256, measured),
        "uncovered": uncovered,
        "checkpoint": run.segmenter.name,
        "seconds": {"embed": run.embed_seconds, "predict": run.predict_seconds, "find": find_seconds},
    }


def _scale_json(scale: Scale | None) -> dict[str, Any] | None:
    if scale is None:
        return None
    return {
        "mm_per_px": scale.mm_per_px,
        "tilt_deg": scale.tilt_deg,
        "reference": scale.reference,
        "relative_error": scale.relative_error,
        "warnings": list(scale.warnings),
    }


def _item_json(measured: Measured, scale: Scale | None) -> dict[str, Any]:
    food, portion = measured.food, measured.portion
    nutrients = food.nutrients.scaled(portion.grams.value) if food and portion else None
    return {
        "food": {"id": food.id, "name": food.name, "source": food.source.dataset} if food else None,
        "mask": measured.mask.to_coco(),
        "area_px": measured.mask.area,
        "area_cm2": _area_cm2(measured, scale),
        "predicted_iou": measured.predicted_iou,
        "grams": portion.grams.as_dict() if portion else None,
        "kcal": kcal_estimate(portion, food).as_dict() if portion and food else None,
        "protein_g": nutrients.protein_g if nutrients else None,
        "fat_g": nutrients.fat_g if nutrients else None,
        "carbohydrate_g": nutrients.carbohydrate_g if nutrients else None,
        "method": portion.method if portion else "mask only: no food named",
    }


def _area_cm2(measured: Measured, scale: Scale | None) -> float | None:
    if scale is None:
        return None
    steps = {step.name: step.value.value for step in measured.portion.steps} if measured.portion else {}
    return steps.get("area", scale.area_cm2(measured.mask.area))


def _total_json(photo: str, measured: Sequence[Measured]) -> dict[str, Any]:
    known = [(m.food, m.portion) for m in measured if m.food is not None and m.portion is not None]
    kcal = combine(Part(kcal_estimate(p, f), photo, p.scale_error) for f, p in known)
    nutrients = [f.nutrients.scaled(p.grams.value) for f, p in known]
    return {
        "kcal": kcal.as_dict(),
        "grams": combine(Part(p.grams, photo, p.scale_error) for _, p in known).as_dict(),
        "protein_g": known_sum(n.protein_g for n in nutrients),
        "fat_g": known_sum(n.fat_g for n in nutrients),
        "carbohydrate_g": known_sum(n.carbohydrate_g for n in nutrients),
    }
