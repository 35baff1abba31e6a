"""Recipes: the settings of a training as small YAML files, checked before anything starts."""

from __future__ import annotations

import dataclasses
import math
import types
import typing
from pathlib import Path
from typing import Any, TypeVar

import yaml

from foodcal_desktop.training.settings import FROZEN, PRECISIONS, TRAINED, LiteRecipe, Recipe

Settings = TypeVar("Settings")


class RecipeError(ValueError):
    """A recipe cannot be used; the text is one sentence that says what to change."""


# Setting → smallest and largest value that makes sense.
_BOUNDS: dict[str, tuple[float, float]] = {
    "epochs": (1, 10_000),
    "minutes": (0, 100_000),
    "batch": (1, 1024),
    "split": (1, 1024),
    "objects": (1, 64),
    "views": (1, 64),
    "steps": (0, 100_000),
    "rate": (1e-8, 1.0),
    "layer_decay": (0.01, 1),
    "warm_up": (0, 1),
    "weight_decay": (0, 10),
    "clip": (1e-4, 1e4),
    "ema": (0, 0.99999),
    "patience": (1, 10_000),
    "base_share": (0, 0.95),
}
_CHOICES = {"encoder": (FROZEN, TRAINED), "precision": PRECISIONS}


def load_recipe(path: Path) -> Recipe:
    """Read and check a recipe.

    Raises:
        RecipeError: it cannot be read, has an unknown setting or a value that makes no sense.
    """
    values = read_yaml(path)
    return checked(filled(Recipe, values, path.name), path.name)


def load_whole(path: Path, kind: str) -> LiteRecipe:
    """Read such a recipe for a checkpoint of a kind. Raises RecipeError."""
    if kind != "lite":
        raise RecipeError(f"The recipe {path.name} is for the bundled checkpoint; use full.yaml for the official ones.")
    values = read_yaml(path)
    values.pop("trainer")
    recipe = filled(LiteRecipe, values, path.name)
    if len(recipe.sides) != len(recipe.side_shares) or any(side % 32 or side < 64 for side in recipe.sides):
        raise RecipeError(f"{path.name}: sides must be multiples of 32, each with its share in side_shares.")
    return recipe


def is_whole(path: Path) -> bool:
    """Whether a recipe is for training the bundled network whole (``trainer: whole``). Raises RecipeError."""
    return read_yaml(path).get("trainer") == "whole"


def read_yaml(path: Path) -> dict[str, Any]:
    """The settings of a recipe file. Raises RecipeError."""
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise RecipeError(f"The recipe {path} cannot be read; name a file such as recipes/heads.yaml.") from error
    except yaml.YAMLError as error:
        where = getattr(error, "problem_mark", None)
        line = f" in line {where.line + 1}" if where else ""
        raise RecipeError(
            f"The recipe {path.name} is no YAML{line}; write a setting a line, as name: value."
        ) from error
    if not isinstance(values, dict):
        raise RecipeError(f"The recipe {path.name} holds no settings; write one a line, as name: value.")
    return values


def filled(kind: type[Settings], values: dict[str, Any], where: str) -> Settings:
    """A settings class from a mapping, nested classes from nested mappings. Raises RecipeError."""
    hints = typing.get_type_hints(kind)
    unknown = [str(name) for name in values if name not in hints]
    if unknown:
        raise RecipeError(f"{where} has the unknown setting '{unknown[0]}'; there are: {', '.join(hints)}.")
    return kind(**{name: _value(hints[name], value, f"{where}: {name}") for name, value in values.items()})


def _value(kind: Any, value: Any, where: str) -> Any:
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, dict):
            raise RecipeError(f"{where} must be a group of settings, not {value!r}.")
        return filled(kind, value, where)
    if isinstance(kind, types.GenericAlias):
        return _numbers(kind, value, where)
    if kind is float and isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return float(value)
    if kind in (int, str) and isinstance(value, kind) and not isinstance(value, bool):
        return value
    raise RecipeError(f"{where} must be {_NAMES.get(kind, 'another value')}, not {value!r}.")


_NAMES = {float: "a number", int: "a whole number", str: "a word"}


def _numbers(kind: Any, value: Any, where: str) -> tuple[Any, ...]:
    inner = typing.get_args(kind)[0]
    if not isinstance(value, list) or not value:
        raise RecipeError(f"{where} must be a list such as [0.25, 0.75], not {value!r}.")
    return tuple(_value(inner, one, where) for one in value)


def checked(recipe: Recipe, where: str) -> Recipe:
    """The recipe itself. Raises RecipeError where a value is out of bounds."""
    for name, (low, high) in _BOUNDS.items():
        if not low <= getattr(recipe, name) <= high:
            raise RecipeError(f"{where}: {name} must be between {low:g} and {high:g}, not {getattr(recipe, name):g}.")
    for name, choices in _CHOICES.items():
        if getattr(recipe, name) not in choices:
            raise RecipeError(f"{where}: {name} must be one of {', '.join(choices)}, not '{getattr(recipe, name)}'.")
    if min(recipe.rounds) < 0 or abs(sum(recipe.rounds) - 1) > 1e-6:
        raise RecipeError(f"{where}: rounds are shares of the samples and must sum to 1, not {sum(recipe.rounds):g}.")
    return recipe


def as_dict(recipe: object) -> dict[str, Any]:
    """Plain values for JSON."""
    values: dict[str, Any] = dataclasses.asdict(typing.cast(Any, recipe))
    return values
