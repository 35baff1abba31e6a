"""An evaluation as the figures that are printed: means with intervals, by category and by size."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from foodcal_desktop.training.evaluate import BETTER, GOOD, REPORTED_CLICKS, Evaluation, ObjectFigures
from foodcal_desktop.training.statistics import Interval, bootstrap_mean

Figure = Callable[[ObjectFigures], float]

# Shares of the photo's area that part small objects from middling and large ones.
SIZES = (("small", 0.01), ("medium", 0.10), ("large", 1.01))


def document(evaluation: Evaluation, checkpoint: str) -> dict[str, Any]:
    """The document of ``evaluate segmentation --json`` (commands.md), ratios 0 to 1, seconds of one photo and click."""
    objects, clicks = evaluation.objects, evaluation.protocol.clicks
    return {
        "objects": len(objects),
        "photos": len({one.photo.id for one in objects}),
        **means(objects, clicks),
        "ci95": intervals(objects, clicks),
        "by_category": _grouped(objects, clicks, lambda one: one.instance.category),
        "by_size": _grouped(objects, clicks, size_of),
        "seconds": _seconds(evaluation),
        "checkpoint": checkpoint,
        "protocol": {
            "clicks": clicks,
            "jitter_px": evaluation.protocol.jitter,
            "max_objects": evaluation.protocol.max_objects,
            "closer_look": evaluation.look_seconds is not None,
        },
    }


def _seconds(evaluation: Evaluation) -> dict[str, float]:
    """Of one photo, one click and, where it was looked closer, one look."""
    seconds = {"embed": evaluation.embed_seconds, "predict": evaluation.predict_seconds}
    if evaluation.look_seconds is not None:
        seconds["look"] = evaluation.look_seconds
    return {name: round(value, 4) for name, value in seconds.items()}


def size_of(one: ObjectFigures) -> str:
    """ "small", "medium" or "large", by the share of the photo."""
    return next(name for name, bound in SIZES if one.share < bound)


def _figures(clicks: int) -> dict[str, Figure]:
    """Each figure's name and how an object gives it; a point in a name parts the levels of the document."""
    return {
        **{f"miou.{number}": _iou_after(number) for number in REPORTED_CLICKS if number <= clicks},
        "box_miou": lambda one: one.box_iou,
        "noc85": lambda one: one.clicks_to(GOOD, clicks),
        "noc90": lambda one: one.clicks_to(BETTER, clicks),
        "boundary_iou": lambda one: one.boundary_iou,
    }


def _iou_after(clicks: int) -> Figure:
    return lambda one: one.iou_after(clicks)


def means(objects: Sequence[ObjectFigures], clicks: int) -> dict[str, Any]:
    """Every figure's mean over the objects."""
    return _nested({name: _rounded(_mean(figure, objects)) for name, figure in _figures(clicks).items()})


def intervals(objects: Sequence[ObjectFigures], clicks: int) -> dict[str, Any]:
    """Every figure's 95 % interval [low, high], photos drawn with replacement."""
    return _nested({name: _ends(_interval(figure, objects)) for name, figure in _figures(clicks).items()})


def _mean(figure: Figure, objects: Sequence[ObjectFigures]) -> float:
    return float(np.mean([figure(one) for one in objects]))


def _interval(figure: Figure, objects: Sequence[ObjectFigures]) -> Interval:
    return bootstrap_mean([figure(one) for one in objects], [one.photo.id for one in objects])


def _ends(interval: Interval) -> list[float]:
    return [_rounded(interval.low), _rounded(interval.high)]


def _rounded(value: float) -> float:
    return round(value, 4)


def _nested(flat: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name, value in flat.items():
        *levels, last = name.split(".")
        place = nested
        for level in levels:
            place = place.setdefault(level, {})
        place[last] = value
    return nested


def _grouped(
    objects: Sequence[ObjectFigures], clicks: int, key: Callable[[ObjectFigures], str]
) -> dict[str, dict[str, Any]]:
    groups: defaultdict[str, list[ObjectFigures]] = defaultdict(list)
    for one in objects:
        groups[key(one)].append(one)
    return {name: {"objects": len(group), **means(group, clicks)} for name, group in sorted(groups.items())}


def score(one: ObjectFigures) -> float:
    """What a comparison of checkpoints goes by: the mean IoU of an object after 1, 3 and 5 clicks and by a box."""
    return (sum(one.iou_after(clicks) for clicks in REPORTED_CLICKS) + one.box_iou) / (len(REPORTED_CLICKS) + 1)


def paired(before: Evaluation, after: Evaluation, figure: Figure = score) -> Interval:
    """The mean of after − before over the same objects, with its interval.

    Raises:
        ValueError: they evaluate different objects.
    """
    pairs = list(zip(before.objects, after.objects, strict=False))
    if len(before.objects) != len(after.objects) or any(b.instance.id != a.instance.id for b, a in pairs):
        raise ValueError("Two checkpoints can only be compared on the same objects.")
    return bootstrap_mean([figure(a) - figure(b) for b, a in pairs], [b.photo.id for b, _ in pairs])


def paired_figures(before: Evaluation, after: Evaluation) -> dict[str, Any]:
    """Every figure's paired difference as {"value", "low", "high"}, and that of the score under "score"."""
    named = {"score": score, **_figures(before.protocol.clicks)}
    differences = {name: paired(before, after, figure) for name, figure in named.items()}
    return _nested({name: _as_dict(interval) for name, interval in differences.items()})


def _as_dict(interval: Interval) -> dict[str, float]:
    return {
        "value": _rounded(interval.value),
        "low": _rounded(interval.low),
        "high": _rounded(interval.high),
    }
