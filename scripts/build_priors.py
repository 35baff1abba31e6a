"""Writes resources/priors.json: what is known of each food's thickness, density and serving before its photo is seen.

    python scripts/build_priors.py [--measured FROZEN.json]

The group rows are assumptions of ours, from the usual dimensions of dishes; each says so and has a wide interval.
``--measured`` takes the types that ``foodcal-desktop evaluate portions --freeze`` fitted on weighed foods.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "resources" / "priors.json"

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


def document(measured: dict[str, Any]) -> dict[str, Any]:
    """The whole of priors.json."""
    groups = {name: assumed_row(row) for name, row in GROUPS.items()}
    return {"version": 1, "default": assumed_row(DEFAULT), "groups": groups, "types": measured, "foods": {}}


def main() -> None:
    """Write the file."""
    parser = argparse.ArgumentParser(description="Build resources/priors.json.")
    parser.add_argument("--measured", type=Path, help="priors frozen by `evaluate portions --freeze`")
    chosen = parser.parse_args()
    measured = json.loads(chosen.measured.read_text(encoding="utf-8"))["types"] if chosen.measured else {}
    OUT.write_text(json.dumps(document(measured), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
