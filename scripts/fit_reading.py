"""Fits how the bundled checkpoint's logits are read (segmentation/lite_reading.py) to a dataset's training photos.

    python scripts/fit_reading.py ANNOTATIONS.json IMAGES_DIR [--photos 150] [--unseen SOURCE]

Prints the IoU by a click and by a box for several shifts of the logits, and the worth of each hint beside the predicted
IoU by least squares; with ``--unseen``, also what hints fitted to the other photos choose on photos of that source.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import click
import numpy as np
from numpy.typing import NDArray

from foodcal_desktop.core.mask import Mask
from foodcal_desktop.core.morphology import parts_at
from foodcal_desktop.core.prompt import BoxPrompt, Candidate, PointPrompt, Prompts
from foodcal_desktop.dataset.instances import DatasetPhoto, read_coco
from foodcal_desktop.segmentation.lite_reading import SHIFT, hints
from foodcal_desktop.segmentation.lite_segmenter import LiteSegmenter
from foodcal_desktop.segmentation.segmenter import Embedding
from foodcal_desktop.segmentation.upsample import mask_of
from foodcal_desktop.storage import paths, photos
from foodcal_desktop.training.prompting import error_centre

_SHIFTS = (0.0, 0.25, 0.5, 0.75, 1.0)
_LARGEST = 4
Numbers = NDArray[np.float64]


class Answer(NamedTuple):
    """One object: IoU by a click and by a box per shift; each candidate's predicted IoU and hints, 3×4, and its IoU."""

    source: str
    by_click: list[float]
    by_box: list[float]
    hints: Numbers
    ious: Numbers


@click.command()
@click.argument("annotations", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("images", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--photos", "count", default=150, show_default=True, help="So many training photos, drawn at random.")
@click.option("--unseen", default="", help="A source to be chosen for by hints that were fitted to the others.")
def fit(annotations: Path, images: Path, count: int, unseen: str) -> None:
    """Fit shift and hints and print them."""
    segmenter = LiteSegmenter.load(paths.models_dir() / "lite.safetensors")
    training = [p for p in read_coco(annotations, images) if p.split == "train" and p.instances]
    drawn = np.random.default_rng(0).permutation(len(training))[:count]
    answers = [answer for i in drawn for answer in _answers(segmenter, training[i])]
    for source in sorted({a.source for a in answers}):
        _print_shifts(source, [a for a in answers if a.source == source])
    _print_hints("all", answers, answers)
    if unseen:
        _print_hints(f"{unseen}, by the others", *_parted(answers, unseen))


def _parted(answers: list[Answer], source: str) -> tuple[list[Answer], list[Answer]]:
    return [a for a in answers if a.source != source], [a for a in answers if a.source == source]


def _answers(segmenter: LiteSegmenter, photo: DatasetPhoto) -> list[Answer]:
    embedding = segmenter.embed(photos.load(photo.path).pixels)
    masks = sorted((i.mask() for i in photo.instances), key=lambda mask: -mask.area)[:_LARGEST]
    return [_answer(segmenter, embedding, photo.source, mask) for mask in masks if mask.area]


def _answer(segmenter: LiteSegmenter, embedding: Embedding, source: str, wanted: Mask) -> Answer:
    row, column, _ = error_centre(wanted.to_array())
    at = (column + 0.5, row + 0.5)
    clicked = segmenter.predict(embedding, Prompts((PointPrompt(*at),)))
    surest = max(clicked, key=lambda c: c.predicted_iou)
    boxed = segmenter.predict(embedding, Prompts(box=BoxPrompt(*map(float, wanted.box))))[0]
    cells = surest.logits.shape[0]
    place = (at[0] * cells / wanted.width, at[1] * cells / wanted.height)
    return Answer(
        source,
        [parts_at(_cut(surest, wanted, shift), [at]).iou(wanted) for shift in _SHIFTS],
        [_cut(boxed, wanted, shift).iou(wanted) for shift in _SHIFTS],
        np.array([(c.predicted_iou, *hints(c.logits, place)) for c in clicked]),
        np.array([c.mask.iou(wanted) for c in clicked]),
    )


def _cut(candidate: Candidate, photo: Mask, shift: float) -> Mask:
    """The candidate as it would be with another shift than the present one."""
    return mask_of(candidate.logits + np.float32(shift - SHIFT), photo.height, photo.width)


def _print_shifts(source: str, answers: list[Answer]) -> None:
    click.echo(f"{source}: {len(answers)} objects")
    for number, shift in enumerate(_SHIFTS):
        by_click, by_box = (np.mean([a[k][number] for a in answers]) for k in (1, 2))
        click.echo(f"  shift {shift:.2f}: by a click {by_click:.4f}, by a box {by_box:.4f}")


def _print_hints(name: str, fitted: list[Answer], chosen: list[Answer]) -> None:
    rows = np.concatenate([a.hints for a in fitted])
    rows = np.column_stack([rows, np.ones(len(rows))])
    weights = np.linalg.lstsq(rows, np.concatenate([a.ious for a in fitted]), rcond=None)[0]
    surest = np.mean([a.ious[a.hints[:, 0].argmax()] for a in chosen])
    meant = np.mean([a.ious[(a.hints @ weights[:4]).argmax()] for a in chosen])
    best = np.mean([a.ious.max() for a in chosen])
    click.echo(f"{name}: the surest of three {surest:.4f}, the one meant {meant:.4f}, the best {best:.4f}")
    worth = ", ".join(f"{w / weights[0]:.3f}" for w in weights[1:4])
    click.echo(f"  stability, size, depth, each over the predicted IoU: {worth}")


if __name__ == "__main__":
    fit()
