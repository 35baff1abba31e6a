"""The columns of resources/foods.csv, and the row every source is brought to."""

from __future__ import annotations

import csv
from dataclasses import dataclass, field
from pathlib import Path

COLUMNS = (
    "id", "name", "name_ko", "group", "kcal", "protein_g", "fat_g", "carbohydrate_g", "sugar_g", "fibre_g", "sodium_mg",
    "servings", "density", "density_source", "dataset", "key", "note", "aliases", "rank",
)  # fmt: skip


@dataclass(slots=True)
class Row:
    """One food on its way into the table; figures per 100 g, servings as (name, Korean name, grams)."""

    id: str
    name: str
    group: str
    dataset: str
    key: str
    kcal: float
    protein_g: float
    fat_g: float
    carbohydrate_g: float
    sugar_g: float | None = None
    fibre_g: float | None = None
    sodium_mg: float | None = None
    name_ko: str = ""
    servings: list[tuple[str, str, float]] = field(default_factory=list)
    density: float | None = None
    density_source: str = ""
    note: str = ""
    aliases: list[str] = field(default_factory=list)
    rank: int = 0

    def cells(self) -> list[str]:
        """The row as text, in the order of COLUMNS."""
        servings = ";".join(f"{name}={korean}={_number(grams, 1)}" for name, korean, grams in self.servings)
        return [
            self.id, self.name, self.name_ko, self.group, _number(self.kcal, 2), _number(self.protein_g, 2),
            _number(self.fat_g, 2), _number(self.carbohydrate_g, 2), _number(self.sugar_g, 2), _number(self.fibre_g, 2),
            _number(self.sodium_mg, 1), servings, _number(self.density, 3), self.density_source, self.dataset, self.key,
            self.note, ";".join(dict.fromkeys(self.aliases)), str(self.rank or ""),
        ]  # fmt: skip


def write_table(rows: list[Row], path: Path) -> None:
    """Write the table, UTF-8, one line per row, sorted by id so that a rebuild shows its differences."""
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(row.cells() for row in sorted(rows, key=lambda row: row.id))


def read_rows(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a CSV file with a header line. Lines starting with # are comments."""
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter=delimiter))


def _number(value: float | None, digits: int) -> str:
    return "" if value is None else f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else str(round(value))
