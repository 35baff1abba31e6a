"""How well grams are estimated, on photos of weighed foods; the protocol and the figures stand in docs/accuracy.md.

Folds are physical foods: nothing that is fitted has seen the food that it is tested on, on whatever photo or set.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from math import log
from pathlib import Path
from typing import Any

from foodcal_desktop.core.priors import Prior, Priors
from foodcal_desktop.core.scale import size_of
from foodcal_desktop.segmentation.segmenter import Segmenter
from foodcal_desktop.storage.files import write_whole
from foodcal_desktop.storage.priors_file import load_priors
from foodcal_desktop.training.portion_data import PhotoTask, WeighedFood, read_foods, read_tasks
from foodcal_desktop.training.portion_fit import conformal_factor, fit_priors
from foodcal_desktop.training.portion_masks import Measured, measure_all
from foodcal_desktop.training.portion_predict import Guess, baselines, guesses_of
from foodcal_desktop.training.portion_score import document
from foodcal_desktop.training.portion_view import View

ARMS = ("boxes", "clicks")
VIEWS = ("top", "top+side", "all-top", "all")
REFERENCE = "coin-cny-1"
_INNER_FOLDS = 9
_MIN_FOODS = 5

Told = Callable[[int, int], None]


def evaluate_portions(
    foods_csv: Path,
    boxes_csv: Path,
    images_dir: Path,
    arm: str = "boxes",
    views: str = "top",
    *,
    segmenter: Segmenter,
    freeze: Path | None = None,
    priors: Path | None = None,
    reference: str = REFERENCE,
    told: Told | None = None,
) -> dict[str, Any]:
    """Estimate every weighed food and compare; the document of ``evaluate portions`` in docs/commands.md.

    Args:
        foods_csv: weighed foods (set, type, volume_ml, mass_g).
        boxes_csv: boxes of coins and foods on the images, with the view of each.
        images_dir: the folder of the images.
        arm: "boxes" prompts with the boxes; "clicks" clicks at food and coin.
        views: "top" estimates each top photo by itself, "top+side" each with a side view, "all-top" their median,
            "all" the median of the tops with all side views.
        segmenter: the loaded checkpoint.
        freeze: write the priors fitted on all foods here, for another set.
        priors: use these priors as they are, and fit nothing.
        reference: the kind of the scale reference.
        told: hears of the photos done and of all.

    Raises:
        ValueError: an argument, a table or an image is not what it should be.
        OSError: a file cannot be read or written.
    """
    _require(arm, views)
    size_of(reference)
    weighed = read_foods(foods_csv)
    tasks = [t for t in read_tasks(boxes_csv, images_dir) if t.view == "top" or views in ("top+side", "all") or freeze]
    base, given = load_priors(), load_priors(priors) if priors is not None else None
    _require_folder(freeze)
    measured = measure_all(segmenter, tasks, arm, reference, told)
    rows = _all_views(tasks, measured, weighed)
    if freeze is not None:
        write_priors(fitted(rows, base), freeze)
    guesses = guesses_of(rows, given, views) if given is not None else _folded_guesses(rows, base, views)
    return document(guesses, baselines(rows), _seconds(measured))


def _require(arm: str, views: str) -> None:
    if arm not in ARMS:
        raise ValueError(f"The arm is one of {', '.join(ARMS)}, not {arm!r}.")
    if views not in VIEWS:
        raise ValueError(f"The views are one of {', '.join(VIEWS)}, not {views!r}.")


def _require_folder(freeze: Path | None) -> None:
    """What cannot be written is said before minutes are spent."""
    if freeze is not None and not freeze.absolute().parent.is_dir():
        raise ValueError(f"There is no folder {freeze.absolute().parent} for the priors; name another file.")


def _all_views(
    tasks: Sequence[PhotoTask],
    measured: Mapping[Path, Sequence[Measured]],
    weighed: Mapping[tuple[str, str], WeighedFood],
) -> list[View]:
    """What was measured of every weighed food. Raises ValueError where none of it is seen from above."""
    rows = [
        _view(task, row, weighed[task.photo_set, row.label])
        for task in tasks
        for row in measured[task.image]
        if (task.photo_set, row.label) in weighed
    ]
    if not any(row.view == "top" for row in rows):
        raise ValueError("No image of the table is a top view of a weighed food; there is nothing to estimate.")
    return rows


def _view(task: PhotoTask, row: Measured, food: WeighedFood) -> View:
    return View(
        food.identity, row.label, task.photo_set, task.image.name, task.view, food.mass_g, food.volume_ml,
        row.area_px, row.height_px, row.scale, row.seconds, row.clicks,
    )  # fmt: skip


def _seconds(measured: Mapping[Path, Sequence[Measured]]) -> float:
    """Mean seconds per photo, of all its foods together."""
    spent = [sum(row.seconds for row in rows) for rows in measured.values()]
    return sum(spent) / len(spent)


def fitted(rows: Sequence[View], base: Priors, labels: Sequence[str] = ()) -> Priors:
    """Priors with intervals stretched to what leaving each training food out in turn asks for."""
    priors = fit_priors(rows, base, labels)
    factor = conformal_factor(_scores(rows, base))
    new = {
        name: replace(prior, interval_factor=factor)
        for name, prior in priors.types.items()
        if prior is not base.types.get(name)
    }
    types = {**base.types, **new}
    named = {id(prior): name for name, prior in base.types.items()}
    foods = {key: types[named[id(p)]] if id(p) in named else p for key, p in base.foods.items()}
    return replace(base, types=types, foods=foods)


def _scores(rows: Sequence[View], base: Priors) -> list[list[float]]:
    """Per food, its absolute log errors over the claimed half width, by priors that have not seen it.

    Each of at most nine inner folds takes one food of every type, for a fold per food would take too long.
    """
    scores: dict[str, list[float]] = defaultdict(list)
    for train, test in _inner_folds(rows):
        if len({row.food for row in train}) >= _MIN_FOODS:
            for g in guesses_of(test, fit_priors(train, base, sorted({row.label for row in test})), "top"):
                error = abs(log(g.grams.value / g.mass_g))
                scores[g.food].append(error / log(g.grams.high / g.grams.value))
    return list(scores.values())


def _inner_folds(rows: Sequence[View]) -> list[tuple[list[View], list[View]]]:
    of_label: dict[str, list[str]] = defaultdict(list)
    for label, food in sorted({(row.label, row.food) for row in rows}):
        of_label[label].append(food)
    fold = {food: i % _INNER_FOLDS for foods in of_label.values() for i, food in enumerate(foods)}
    numbers = sorted(set(fold.values()))
    return [([r for r in rows if fold[r.food] != n], [r for r in rows if fold[r.food] == n]) for n in numbers]


def _folds(rows: Sequence[View]) -> list[tuple[list[View], list[View]]]:
    by_food: dict[str, list[View]] = defaultdict(list)
    for row in rows:
        by_food[row.food].append(row)
    return [([r for r in rows if r.food != food], test) for food, test in sorted(by_food.items())]


def _folded_guesses(rows: Sequence[View], base: Priors, views: str) -> list[Guess]:
    # What is bundled was fitted on such foods; a fold must not see it.
    clean = replace(base, types={}, foods={})
    found: list[Guess] = []
    for train, test in _folds(rows):
        found += guesses_of(test, fitted(train, clean, [test[0].label]), views)
    return found


def write_priors(priors: Priors, path: Path) -> None:
    """A file that ``--priors`` and ``load_priors`` read. Raises OSError where it cannot be written."""
    write_whole(path, (json.dumps(priors_document(priors), indent=1, ensure_ascii=False) + "\n").encode())


def priors_document(priors: Priors) -> dict[str, Any]:
    """JSON-ready priors; foods that share a type's prior are written as its name."""
    names = {id(prior): name for name, prior in priors.types.items()}

    def row(prior: Prior) -> dict[str, Any]:
        return asdict(prior)

    return {
        "version": 1,
        "default": row(priors.default),
        "groups": {name: row(prior) for name, prior in priors.groups.items()},
        "types": {name: row(prior) for name, prior in sorted(priors.types.items())},
        "foods": {key: names.get(id(prior)) or row(prior) for key, prior in priors.foods.items()},
    }
