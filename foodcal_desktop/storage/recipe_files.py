"""The training recipes that come with the program, as a list to choose from; the training itself checks them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from foodcal_desktop.storage import paths

# The same language read by C, ten times as quickly, where PyYAML was built with it: the window reads them as it starts.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class RecipeFile:
    """``epochs`` is 0 where the recipe ends by time; ``whole`` is one for the bundled network from its trunk on."""

    name: str
    path: Path
    epochs: int = 0
    whole: bool = False


def recipe_files(folder: Path | None = None) -> tuple[RecipeFile, ...]:
    """The recipes of a folder, by default the program's, in the order of their names; what is no recipe is left out.

    Raises FileNotFoundError in an incomplete installation.
    """
    files = sorted((folder or paths.recipes_dir()).glob("*.yaml"))
    read = [(path, _values(path)) for path in files]
    return tuple(_recipe(path, values) for path, values in read if values is not None)


def _recipe(path: Path, values: dict[str, object]) -> RecipeFile:
    epochs = values.get("epochs")
    return RecipeFile(path.stem, path, epochs if isinstance(epochs, int) else 0, values.get("trainer") == "whole")


def _values(path: Path) -> dict[str, object] | None:
    try:
        values = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        return None
    return values if isinstance(values, dict) else None
