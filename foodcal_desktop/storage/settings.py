"""The user's settings: sparse JSON, written whole or not at all, unknown keys of other versions kept."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from foodcal_desktop.storage import paths
from foodcal_desktop.storage.files import free_name, write_whole

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Key(Generic[T]):
    """One setting: its name in the file, its default, and whether a value read from the file is usable."""

    name: str
    default: T
    accepts: Callable[[Any], bool]


def _one_of(*choices: str) -> Callable[[Any], bool]:
    return lambda value: value in choices


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _is_flag(value: Any) -> bool:
    return isinstance(value, bool)


def _at_least(least: float) -> Callable[[Any], bool]:
    return lambda v: isinstance(v, int | float) and not isinstance(v, bool) and least <= v < float("inf")


def _is_whole(least: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and value >= least


def _is_texts(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(k, str) and isinstance(v, str) for k, v in value.items())


def _is_plates(value: Any) -> bool:
    return isinstance(value, list) and all(
        isinstance(p, dict) and isinstance(p.get("name"), str) and _at_least(1)(p.get("diameter_mm")) for p in value
    )


CHECKPOINT = Key("checkpoint", "lite", lambda v: isinstance(v, str) and bool(v))
DEVICE = Key("device", "auto", _one_of("auto", "cpu", "cuda", "mps"))
THEME = Key("theme", "system", _one_of("system", "light", "dark"))
LANGUAGE = Key("language", "system", lambda v: isinstance(v, str) and bool(v))
DAILY_KCAL_GOAL = Key("daily_kcal_goal", 2000.0, _at_least(0))
MEMORY_CACHE_BYTES = Key("memory_cache_bytes", 512 * 1024**2, _is_whole(0))
DISK_CACHE_BYTES = Key("disk_cache_bytes", 4 * 1024**3, _is_whole(0))
LAST_FOLDER = Key("last_folder", "", _is_text)
LAST_REFERENCE = Key("last_reference", "", _is_text)
LINE_MM = Key("line_mm", 100.0, lambda v: _at_least(1)(v) and v <= 3000)
MIRROR_URL = Key("mirror_url", "", _is_text)
PROXY_URL = Key("proxy_url", "", _is_text)
WORKER_PYTHON = Key("worker_python", "", _is_text)
WINDOW_GEOMETRY = Key("window_geometry", "", _is_text)
MASK_OPACITY = Key("mask_opacity", 0.4, lambda v: _at_least(0)(v) and v <= 1)
BRIGHTNESS = Key("brightness", 0.0, lambda v: _at_least(-1)(v) and v <= 1)
CONTRAST = Key("contrast", 0.0, lambda v: _at_least(-1)(v) and v <= 1)
HOVER_PREVIEW = Key("hover_preview", False, _is_flag)
DETECTOR = Key("detector", "", _is_text)
OUTLINE_ONLY = Key("outline_only", False, _is_flag)
SHORTCUTS: Key[dict[str, str]] = Key("shortcuts", {}, _is_texts)
PLATES: Key[list[dict[str, Any]]] = Key("plates", [], _is_plates)


@dataclass(frozen=True, slots=True)
class Plate:
    """A plate or bowl of the user's own, with its outer diameter in mm."""

    name: str
    diameter_mm: float


@dataclass(slots=True)
class Settings:
    """What the user set. Only values that differ from their default are in the file.

    ``notice`` is a sentence for the user where the file was damaged and set aside, else empty. Another program's
    changes are read again before each write, so that two programs lose none of each other's keys.
    """

    path: Path
    notice: str = ""
    _values: dict[str, Any] = field(default_factory=dict)

    @staticmethod
    def load(path: Path | None = None) -> Settings:
        """Read the settings of ``path``, by default the user's. Raises OSError where the file cannot be read."""
        settings = Settings(path if path is not None else paths.settings_path())
        settings._values = settings._read()
        return settings

    def _read(self) -> dict[str, Any]:
        try:
            values = json.loads(self.path.read_bytes())
        except FileNotFoundError:
            return {}
        except ValueError:
            values = None
        return values if isinstance(values, dict) else self._set_aside()

    def _set_aside(self) -> dict[str, Any]:
        kept = free_name(self.path.with_name(f"{self.path.stem}-damaged{self.path.suffix}"))
        self.path.replace(kept)
        self.notice = f"The settings could not be read and start afresh; the damaged file was kept as {kept}."
        return {}

    def get(self, key: Key[T]) -> T:
        """The value, or its default where none is stored or the stored one cannot be used."""
        value = self._values.get(key.name, key.default)
        return json.loads(json.dumps(value)) if key.accepts(value) else key.default

    def set(self, key: Key[T], value: T) -> None:
        """Store a value at once.

        Raises:
            ValueError: the value is not one this setting can have.
            OSError: the file cannot be written; the former value stays.
        """
        if not key.accepts(value):
            raise ValueError(f"The setting {key.name} cannot be {value!r}.")
        values = self._read() | {key.name: value}
        if value == key.default:
            del values[key.name]
        self._write(values)

    def _write(self, values: dict[str, Any]) -> None:
        text = json.dumps(values, indent=2, ensure_ascii=False, sort_keys=True) + "\n"
        write_whole(self.path, text.encode())
        self._values = values

    def plates(self) -> tuple[Plate, ...]:
        """The user's own plates and bowls, the latest last."""
        return tuple(Plate(p["name"], float(p["diameter_mm"])) for p in self.get(PLATES))

    def remember_plate(self, plate: Plate) -> None:
        """Add a plate, or correct the one of the same name. Raises as ``set`` does."""
        others = [p for p in self.plates() if p.name != plate.name]
        self.set(PLATES, [{"name": p.name, "diameter_mm": p.diameter_mm} for p in (*others, plate)])

    def forget_plate(self, name: str) -> None:
        """Remove the plate of that name, if there is one. Raises as ``set`` does."""
        kept = [{"name": p.name, "diameter_mm": p.diameter_mm} for p in self.plates() if p.name != name]
        self.set(PLATES, kept)
