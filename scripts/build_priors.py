"""Writes resources/priors.json: what is known of each food's thickness, density and serving before its photo is seen.

    python scripts/build_priors.py [--measured FROZEN.json] [--nutrition DIR]

- measured: ``--measured`` takes the types that ``foodcal-desktop evaluate portions --freeze`` fitted on weighed foods.
- derived: ``--nutrition`` reads usda_sr_portions.csv (USDA SR, public domain), whose pieces have a diameter or a length
  and a weight: thickness = grams / (density × area).
- assumed: the rows of the food groups, from the usual dimensions of dishes; each says so and has a wide interval.

What is not given is kept as the file has it. Derived densities, from cup and spoon weights, stand in the food table.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from fractions import Fraction
from math import pi
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "priors.json"
FOODS = ROOT / "resources" / "foods.csv"

# group: shape, thickness in mm, density in g/ml, usual serving in g, what the thickness is taken from
GROUPS: dict[str, tuple[str, float, float, float, str]] = {
    "rice": ("heaped", 30, 0.80, 210, "a bowl of cooked rice heaped on a plate"),
    "porridge": ("liquid", 35, 1.03, 300, "a soup bowl filled to two thirds"),
    "noodles": ("heaped", 30, 0.75, 300, "a heap of noodles on a plate"),
    "soup": ("liquid", 38, 1.00, 300, "a soup bowl filled to two thirds"),
    "stew": ("liquid", 35, 1.02, 300, "a stew pot or bowl filled to two thirds"),
    "meat": ("flat", 18, 1.05, 120, "a steak or chop of two centimetres with rounded edges"),
    "poultry": ("solid", 24, 1.03, 120, "a breast or leg"),
    "fish": ("flat", 17, 1.04, 120, "a fillet"),
    "egg": ("solid", 22, 1.02, 60, "whole, fried and rolled eggs"),
    "legume": ("heaped", 22, 0.80, 130, "a heap of beans or slices of tofu"),
    "bread": ("flat", 22, 0.28, 50, "slices and rolls"),
    "sandwich": ("solid", 45, 0.50, 180, "a burger or filled sandwich"),
    "pizza": ("flat", 15, 0.80, 140, "a slice with topping"),
    "dumpling": ("pieces", 20, 0.95, 150, "dumplings side by side"),
    "rice_cake": ("pieces", 16, 1.10, 150, "cylinders of rice cake in one layer"),
    "pancake": ("flat", 11, 0.75, 120, "pancakes of one centimetre"),
    "pastry": ("solid", 28, 0.40, 70, "croissants, doughnuts and buns"),
    "cake": ("solid", 42, 0.45, 90, "a wedge of cake"),
    "cookie": ("flat", 9, 0.65, 30, "biscuits of about one centimetre"),
    "cereal": ("liquid", 35, 0.30, 50, "a bowl of flakes"),
    "fruit": ("solid", 38, 0.98, 150, "whole and cut fruit"),
    "vegetable": ("heaped", 20, 0.60, 90, "cooked or cut vegetables"),
    "kimchi": ("heaped", 18, 0.85, 50, "a side dish in one layer"),
    "potato": ("heaped", 24, 0.65, 140, "fries, mash and boiled potatoes"),
    "salad": ("heaped", 35, 0.25, 120, "loose leaves"),
    "nuts": ("heaped", 12, 0.60, 30, "a handful"),
    "dairy": ("liquid", 35, 1.03, 150, "a cup of yoghurt; cheese differs"),
    "drink": ("liquid", 75, 1.02, 240, "a glass seen from above"),
    "alcohol": ("liquid", 75, 0.99, 200, "a glass seen from above"),
    "sauce": ("liquid", 10, 1.08, 30, "a puddle or a dip bowl"),
    "fat": ("flat", 7, 0.93, 14, "a pat or a spoonful"),
    "sweet": ("solid", 14, 0.90, 40, "bars and pieces"),
    "snack": ("heaped", 25, 0.15, 30, "crisps and popcorn"),
    "mixed": ("heaped", 28, 0.90, 250, "a mixed dish on a plate"),
    "baby": ("liquid", 30, 1.02, 110, "a small bowl"),
}
DEFAULT = ("heaped", 25.0, 0.85, 150.0, "any food")
THICKNESS_SPREAD, DENSITY_SPREAD, SERVING_SPREAD = 0.45, 0.20, 0.50


def assumed_row(group: tuple[str, float, float, float, str]) -> dict[str, Any]:
    """A prior that nobody measured: the widest spreads, and a source that says so."""
    shape, thickness, density, serving, text = group
    return {
        "shape": shape,
        "thickness_mm": thickness,
        "thickness_spread": THICKNESS_SPREAD,
        "density_g_per_ml": density,
        "density_spread": DENSITY_SPREAD,
        "serving_g": serving,
        "serving_spread": SERVING_SPREAD,
        "provenance": "assumed",
        "source": f"usual dimensions of {text}",
    }


# Foods of the table that are what was weighed: by type, the ids.
FOODS_OF_TYPE: dict[str, tuple[str, ...]] = {
    "apple": ("fndds:apple-raw", "sr:apples-raw-golden-delicious-with-skin"),
    "banana": ("fndds:banana-raw", "sr:bananas-raw"),
    "bread": ("fndds:bread-white", "sr:bread-white-commercially-prepared-toasted"),
    "doughnut": ("fndds:doughnut-cake-type-plain", "fndds:doughnut-cake-type-powdered-sugar"),
    "egg": ("fndds:egg-whole-boiled-or-poached",),
    "grape": ("fndds:grapes-raw", "sr:grapes-american-type-slip-skin-raw"),
    "lemon": ("fndds:lemon-raw", "sr:lemons-raw-without-peel"),
    "litchi": ("fndds:lychee", "sr:litchis-raw"),
    "mango": ("fndds:mango-raw", "foundation:mango-ataulfo-peeled-raw"),
    "orange": ("fndds:orange-raw", "sr:oranges-raw-with-peel", "sr:oranges-raw-all-commercial-varieties"),
    "peach": ("fndds:peach-raw", "sr:peaches-yellow-raw"),
    "pear": ("fndds:pear-raw", "sr:pears-raw", "foundation:pears-raw-bartlett"),
    "plum": ("fndds:plum-raw", "sr:plums-raw"),
    "qiwi": ("fndds:kiwi-fruit-raw", "sr:kiwifruit-green-raw"),
    "tomato": ("fndds:tomatoes-raw", "sr:tomatoes-red-ripe-raw-year-round-average"),
}
_MM_PER_INCH = 25.4
_NUMBER = r"(\d+(?:-\d+/\d+|/\d+|\.\d+)?)"
_ROUND = re.compile(_NUMBER + r"\"\s*dia(?!.*(?:thick|x|\d\"))")
_SLICE = re.compile(_NUMBER + r"\"\s*dia\s*x\s*" + _NUMBER + r"\"")
_ROLL = re.compile(_NUMBER + r"\"\s*long\s*x\s*" + _NUMBER + r"\"\s*dia")
_SHARE = re.compile(r"(\d+/\d+) of ")
# Several pieces, a range, or the size before cooking: no one piece's area.
_UNCLEAR = re.compile(r"cup|slices| to |raw dim|pieces")
# Between pieces of one size, and for a diameter that is rounded to an eighth of an inch.
DERIVED_SPREAD = 0.25


def inches(text: str) -> float:
    """A number of the table such as 2-3/4, in mm."""
    whole, _, part = text.partition("-")
    value = Fraction(whole) + (Fraction(part) if part else 0)
    return float(value) * _MM_PER_INCH


def piece_area_cm2(unit: str) -> float | None:
    """The area that a piece covers as it lies, by the dimensions in its name, or None."""
    if _UNCLEAR.search(unit):
        return None
    part = _SHARE.search(unit)
    share = float(Fraction(part[1])) if part else 1.0
    if roll := _ROLL.search(unit):
        return inches(roll[1]) * inches(roll[2]) / 100
    if disc := _SLICE.search(unit) or _ROUND.search(unit):
        return share * pi / 4 * inches(disc[1]) ** 2 / 100
    return None


def derived_rows(nutrition: Path) -> dict[str, dict[str, Any]]:
    """A prior for each food of the table with a piece of known diameter or length and weight."""
    with FOODS.open(newline="", encoding="utf-8") as file:
        known = {row["key"]: row for row in csv.DictReader(file) if row["dataset"] == "USDA SR Legacy"}
    found: dict[str, dict[str, Any]] = {}
    with (nutrition / "usda_sr_portions.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            food, area = known.get(row["ndb_no"]), piece_area_cm2(row["unit"])
            if food is not None and area is not None and food["id"] not in found:
                found[food["id"]] = _derived(row, food["group"], area * float(row["amount"]))
    return found


def _derived(row: dict[str, str], group: str, area: float) -> dict[str, Any]:
    base = assumed_row(GROUPS[group])
    shape = base["shape"] if base["shape"] in ("solid", "flat", "pieces") else "flat"
    density = base["density_g_per_ml"] if shape == base["shape"] else 1.0
    grams = float(row["grams"])
    return {
        **base,
        "shape": shape,
        "density_g_per_ml": density,
        "thickness_mm": round(10 * grams / density / area, 2),
        "thickness_spread": DERIVED_SPREAD,
        "area_cm2": round(area, 2),
        "serving_g": grams,
        "provenance": "derived",
        "source": f"USDA SR {row['ndb_no']}: {grams:g} g per {row['unit']}, thickness = g / (density × area)",
    }


def kept() -> dict[str, Any]:
    """What the file holds now, or nothing."""
    return json.loads(OUT.read_text(encoding="utf-8")) if OUT.exists() else {"types": {}, "foods": {}}


def document(measured: dict[str, Any], derived: dict[str, Any]) -> dict[str, Any]:
    """The whole of priors.json."""
    groups = {name: assumed_row(row) for name, row in GROUPS.items()}
    named = {food: name for name, foods in FOODS_OF_TYPE.items() for food in foods if name in measured}
    with FOODS.open(newline="", encoding="utf-8") as file:
        ids = {row["id"] for row in csv.DictReader(file)}
    if unknown := named.keys() - ids:
        raise SystemExit(f"The food table has no {', '.join(sorted(unknown))}.")
    foods = {**{k: v for k, v in derived.items() if k in ids}, **named}
    return {"version": 1, "default": assumed_row(DEFAULT), "groups": groups, "types": measured, "foods": foods}


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Build resources/priors.json.")
    parser.add_argument("--measured", type=Path, help="priors frozen by `evaluate portions --freeze`")
    parser.add_argument("--nutrition", type=Path, help="the folder with usda_sr_portions.csv")
    chosen = parser.parse_args()
    old = kept()
    measured = json.loads(chosen.measured.read_text(encoding="utf-8"))["types"] if chosen.measured else old["types"]
    derived = (
        derived_rows(chosen.nutrition)
        if chosen.nutrition
        else {k: v for k, v in old["foods"].items() if not isinstance(v, str)}
    )
    OUT.write_text(json.dumps(document(measured, derived), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
