"""The diary as a spreadsheet: every entry with its time, its interval and where its numbers come from."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable
from pathlib import Path

from foodcal_desktop.core.diary import DiaryEntry
from foodcal_desktop.storage.files import write_whole

_HEADER = [
    "day",
    "meal",
    "logged_at",
    "name",
    "food_id",
    "grams",
    "grams_low",
    "grams_high",
    "kcal",
    "kcal_low",
    "kcal_high",
    "protein_g",
    "fat_g",
    "carbohydrate_g",
    "kcal_per_100g",
    "method",
    "photo",
    "annotation",
    "id",
]


def logged_name(entry: DiaryEntry) -> str:
    """What the food was called when it was logged."""
    return entry.name


def write_entries(
    entries: Iterable[DiaryEntry], path: Path, name_of: Callable[[DiaryEntry], str] = logged_name
) -> None:
    """One line per entry, UTF-8 with a mark that spreadsheets know it by; ``name_of`` says what its food is called.

    Raises OSError where it cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(_HEADER)
    writer.writerows(_row(entry, name_of(entry)) for entry in entries)
    write_whole(path, text.getvalue().encode("utf-8-sig"))


def _row(entry: DiaryEntry, name: str) -> list[object]:
    amounts = [n for e in (entry.grams, entry.kcal) for n in (e.value, e.low, e.high)]
    macros = [entry.protein_g, entry.fat_g, entry.carbohydrate_g, entry.kcal_per_100g]
    # Empty where it is not known.
    numbers = ["" if n is None else round(n, 2) for n in (*amounts, *macros)]
    origin = [entry.method, entry.photo or "", entry.annotation or "", entry.id]
    return [entry.day, entry.meal, entry.logged_at, name, entry.food_id or "", *numbers, *origin]
