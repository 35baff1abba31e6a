"""The file of portion priors: the bundled one, or one frozen by an evaluation."""

from __future__ import annotations

import json
from pathlib import Path

from foodcal_desktop.core.priors import Priors
from foodcal_desktop.storage import paths

FILE_NAME = "priors.json"


def load_priors(path: Path | None = None) -> Priors:
    """The priors of a JSON file; the bundled ones without a path.

    Raises:
        ValueError: the file cannot be read or holds no priors.
    """
    path = path or paths.resources_dir() / FILE_NAME
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise ValueError(f"The portion priors {path.name} cannot be read; choose another file.") from error
    if not isinstance(document, dict):
        raise ValueError(f"{path.name} holds no portion priors; choose a file written by --freeze.")
    return Priors.from_dict(document)
