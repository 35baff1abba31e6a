"""Every location, the same in a checkout, an installed wheel and a frozen program.

What the program brings along (``resources_dir``, ``models_dir``) is only ever read. What it writes lives in the user's
own folders by platformdirs, or wholly under one folder given by ``set_data_dir`` or FOODCAL_DATA_DIR.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

APP_NAME = "foodcal-desktop"
DATA_DIR_VARIABLE = "FOODCAL_DATA_DIR"

_PACKAGE = Path(__file__).resolve().parents[1]


def _bundled_dir(name: str) -> Path:
    """A folder shipped with the program: beside a frozen program's modules, inside the wheel, or at the checkout's top.

    Raises:
        FileNotFoundError: none of these places has it; the installation is incomplete.
    """
    frozen = getattr(sys, "_MEIPASS", None)
    roots = ([Path(frozen)] if frozen else []) + [_PACKAGE, _PACKAGE.parent]
    for root in roots:
        if (root / name).is_dir():
            return root / name
    raise FileNotFoundError(f"The program's folder '{name}' is missing; please install foodcal-desktop again.")


def resources_dir() -> Path:
    """Icons, translations, the food table. Raises FileNotFoundError in an incomplete installation."""
    return _bundled_dir("resources")


def models_dir() -> Path:
    """The bundled checkpoint and its catalogue. Raises FileNotFoundError in an incomplete installation."""
    return _bundled_dir("models")


def recipes_dir() -> Path:
    """The training recipes. Raises FileNotFoundError in an incomplete installation."""
    return _bundled_dir("recipes")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def set_data_dir(folder: str | os.PathLike[str] | None) -> None:
    """Put everything the program writes under ``folder``, in this process and its children; None: the usual places."""
    if folder is None:
        os.environ.pop(DATA_DIR_VARIABLE, None)
    else:
        os.environ[DATA_DIR_VARIABLE] = str(Path(folder).expanduser().resolve())


def _override() -> Path | None:
    value = os.environ.get(DATA_DIR_VARIABLE, "")
    return Path(value).expanduser().resolve() if value else None


def data_dir() -> Path:
    """The database, settings and downloaded checkpoints; made where missing. Raises OSError where it cannot be made."""
    return _made(_override() or Path(platformdirs.user_data_dir(APP_NAME, appauthor=False)))


def cache_dir() -> Path:
    """What can be made again, such as embeddings. Raises OSError where it cannot be made."""
    override = _override()
    return _made(override / "cache" if override else Path(platformdirs.user_cache_dir(APP_NAME, appauthor=False)))


def database_path() -> Path:
    """The SQLite file that holds annotations and diary."""
    return data_dir() / "foodcal.db"


def settings_path() -> Path:
    """The settings, JSON."""
    return data_dir() / "settings.json"


def checkpoints_dir() -> Path:
    """Downloaded, imported and fine-tuned checkpoints."""
    return _made(data_dir() / "checkpoints")


def pasted_photos_dir() -> Path:
    """Photos that came by the clipboard and have no file elsewhere."""
    return _made(data_dir() / "photos")


def video_frames_dir() -> Path:
    """Photos sampled from videos, a folder for each."""
    return _made(data_dir() / "frames")


def embeddings_dir() -> Path:
    """Stored embeddings, fp16, bounded in bytes by the settings."""
    return _made(cache_dir() / "embeddings")
