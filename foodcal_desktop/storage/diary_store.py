"""Diary entries as rows of the database, and back, equal to the last bit."""

from __future__ import annotations

from typing import Any

from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.core.estimate import Estimate

_REALS = ("kcal_per_100g", "scale_error")
# NULL where it is not known.
_MACROS = ("protein_per_100g", "fat_per_100g", "carbohydrate_per_100g")
# Columns that later versions added, with what an entry of an earlier one has.
_ADDED = {"energy_spread": 0.0}
_TEXTS = ("id", "day", "meal", "name", "food_id", "photo", "annotation", "method", "logged_at")


def diary_row(entry: DiaryEntry) -> dict[str, Any]:
    """A diary entry's columns."""
    grams = entry.grams
    row: dict[str, Any] = {name: getattr(entry, name) for name in _TEXTS}
    row |= {name: None if getattr(entry, name) is None else float(getattr(entry, name)) for name in _MACROS}
    row |= {name: float(getattr(entry, name)) for name in (*_REALS, *_ADDED)}
    return row | {"grams": float(grams.value), "grams_low": float(grams.low), "grams_high": float(grams.high)}


def diary_entry_of(row: dict[str, Any]) -> DiaryEntry:
    """The diary entry of a row. Raises ValueError where its interval is damaged."""
    values = {name: row[name] for name in (*_TEXTS, *_REALS, *_MACROS)} | {k: row.get(k, v) for k, v in _ADDED.items()}
    return DiaryEntry(grams=Estimate(row["grams"], row["grams_low"], row["grams_high"]), **values)
