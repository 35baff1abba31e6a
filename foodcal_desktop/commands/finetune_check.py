"""``finetune --check``: dataset and recipe read as the training would read them, and nothing trained."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from foodcal_desktop.commands import common


def report(dataset: Path | None, recipe_file: Path | None, load: Callable[[Path], Any], as_json: bool) -> None:
    """Say what they hold; ``load`` is the training's own reading of a recipe.

    Raises click.UsageError where nothing is given or ``load`` refuses, ClickException where the dataset is of no use.
    """
    if dataset is None and recipe_file is None:
        raise click.UsageError("--check reads a DATASET, a --recipe or both; give one of them.")
    document = {
        "dataset": _dataset(dataset) if dataset is not None else None,
        "recipe": _recipe(recipe_file, load(recipe_file)) if recipe_file is not None else None,
    }
    if as_json:
        common.print_json(document)
    else:
        click.echo("\n".join(_for_people(document)))


def _dataset(folder: Path) -> dict[str, Any]:
    from foodcal_desktop.training.parts import read_parts

    try:
        parts = read_parts(folder)
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be read ({error.strerror}); choose another folder.") from error
    return {
        "path": str(folder),
        "photos": len(parts.train),
        "objects": sum(len(photo.instances) for photo in parts.train),
        "val_photos": len({photo.id for photo in (*parts.watched, *parts.compared)}),
        "left_out": parts.left_out.document(),
    }


def _recipe(path: Path, recipe: Any) -> dict[str, Any]:
    from foodcal_desktop.training.recipe import as_dict
    from foodcal_desktop.training.settings import LiteRecipe

    return {"path": str(path.resolve()), "whole": isinstance(recipe, LiteRecipe), "settings": as_dict(recipe)}


def _for_people(document: dict[str, Any]) -> list[str]:
    from foodcal_desktop.dataset.instances import LeftOut

    dataset, recipe = document["dataset"], document["recipe"]
    lines = []
    if dataset:
        teach = f"{dataset['photos']} photos with {dataset['objects']} objects to learn from"
        lines += [f"{teach}, {dataset['val_photos']} held out.", LeftOut(**dataset["left_out"]).sentence()]
    if recipe:
        lines.append(f"{recipe['path']} is a recipe that can be used.")
    return [line for line in lines if line]
