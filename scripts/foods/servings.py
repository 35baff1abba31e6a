"""Household servings and densities out of the USDA SR portion and bulk density tables."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from foods.groups import REFERENCE_AMOUNT_G
from foods.table import Row

MOST_SERVINGS = 6

# English unit (its first words) -> Korean.
_KOREAN_UNITS: tuple[tuple[str, str], ...] = (
    ("cup", "컵"), ("tbsp", "큰술"), ("tablespoon", "큰술"), ("tsp", "작은술"), ("teaspoon", "작은술"),
    ("extra large", "특대 1개"), ("large", "큰 것 1개"), ("medium", "중간 것 1개"), ("small", "작은 것 1개"),
    ("slice", "조각"), ("wedge", "조각"), ("piece", "조각"), ("fillet", "토막"), ("steak", "덩이"), ("patty", "장"),
    ("can", "캔"), ("bottle", "병"), ("package", "봉지"), ("packet", "봉지"), ("bag", "봉지"), ("container", "통"),
    ("bar", "개"), ("cookie", "개"), ("cracker", "개"), ("egg", "개"), ("fruit", "개"), ("link", "개"), ("roll", "개"),
    ("sandwich", "개"), ("muffin", "개"), ("bagel", "개"), ("doughnut", "개"), ("pancake", "장"), ("waffle", "장"),
    ("tortilla", "장"), ("leaf", "장"), ("stalk", "줄기"), ("clove", "쪽"), ("bowl", "그릇"), ("pat", "조각"),
    ("stick", "개"), ("fl oz", "액량온스"), ("breast", "쪽"), ("thigh", "개"), ("drumstick", "개"), ("wing", "개"),
    ("order", "인분"), ("serving", "1인분"), ("item", "개"), ("each", "개"), ("burger", "개"), ("pizza", "판"),
)  # fmt: skip

_UNWANTED = re.compile(r"^(oz|lb|cubic inch|g|kg|inch|dash|quart|gallon|liter|fl oz|serving \(|nlea)|yield|,? from 1 lb|1 lb")
_WHOLE = re.compile(
    r"^(medium|fruit|large|small|egg|slice|piece|sandwich|item|each|burger|burrito|taco|cookie|bar|muffin|bagel|roll"
    r"|bun|doughnut|donut|croissant|pancake|waffle|tortilla|patty|link|fillet|steak|breast|thigh|drumstick|wing|chop"
    r"|biscuit|pita|banana|apple|peach|pear|plum|orange|kiwi|tomato|potato|onion|carrot|order|frankfurter|dumpling)"
)


@dataclass(frozen=True, slots=True)
class Portions:
    """The portion and density facts of one SR row."""

    servings: tuple[tuple[str, str, float], ...]
    density: float | None
    density_measure: str


def portions_by_number(portions: list[dict[str, str]], densities: list[dict[str, str]]) -> dict[str, Portions]:
    """Servings (best first) and density of every NDB number. The density is the cup's, else a spoon's, in g/ml."""
    servings: dict[str, list[tuple[str, str, float]]] = defaultdict(list)
    for row in portions:
        serving = _serving(row)
        if serving:
            servings[row["ndb_no"]].append(serving)
    measures: dict[str, dict[str, float]] = defaultdict(dict)
    for row in densities:
        measures[row["ndb_no"]].setdefault(row["measure"], float(row["density_g_per_ml"]))
    return {
        number: Portions(tuple(servings.get(number, ())), *_density(measures.get(number, {})))
        for number in servings.keys() | measures.keys()
    }


def korean_unit(unit: str) -> str:
    """The Korean counter of an English serving name, "" where none is known."""
    return next((korean for english, korean in _KOREAN_UNITS if unit.lower().startswith(english)), "")


def add_servings(row: Row, facts: Portions | None, number: str) -> None:
    """Give the row its servings, the default first, and its density; the reference amount where nothing is known."""
    if facts is not None:
        if not row.servings:
            row.servings = _best_first(list(facts.servings), row.group)[:MOST_SERVINGS]
            row.note = _joined(row.note, f"servings SR {number}" if facts.servings else "")
        if row.density is None and facts.density is not None:
            row.density, row.density_source = facts.density, f"derived: USDA SR {number} {facts.density_measure}"
    if not row.servings:
        row.servings = [("serving", "1인분", REFERENCE_AMOUNT_G[row.group])]
        row.note = _joined(row.note, "serving 21 CFR 101.12(b)")


def _serving(row: dict[str, str]) -> tuple[str, str, float] | None:
    amount, grams = float(row["amount"]), float(row["grams"])
    unit = re.sub(r"\s+", " ", row["unit"].replace(";", ",").replace("=", " ").strip())
    if _UNWANTED.search(unit.lower()) or grams <= 0 or amount <= 0:
        return None
    if amount < 1:
        amount, grams = 1.0, grams / amount
    name = unit if amount == 1 else f"{amount:g} {unit}"
    korean = korean_unit(unit)
    return name, f"{amount:g}{korean}" if korean and not korean[-2:] == "1개" else korean, grams


def _density(measures: dict[str, float]) -> tuple[float | None, str]:
    for measure in ("cup", "tbsp", "tsp", *measures):
        if measure in measures and 0.02 <= measures[measure] <= 2.2:
            return measures[measure], measure
    return None, ""


def _best_first(servings: list[tuple[str, str, float]], group: str) -> list[tuple[str, str, float]]:
    """Spoons first for sauces and fats, cups for drinks and soups, else whole pieces, then cups; order kept inside."""
    spoon_first = group in ("sauce", "fat")
    cup_first = group in ("drink", "soup", "stew", "porridge", "rice", "noodles", "cereal", "legume")

    def key(serving: tuple[str, str, float]) -> int:
        name = serving[0].lower()
        if spoon_first and name.startswith(("tbsp", "tsp")):
            return 0
        if cup_first and name.startswith("cup"):
            return 1
        if _WHOLE.match(name):
            return 2 if name.startswith(("medium", "fruit", "slice", "sandwich")) else 3
        return 4 if name.startswith("cup") else 6 if name.startswith(("tbsp", "tsp")) else 5

    unique: dict[str, tuple[str, str, float]] = {}
    for serving in servings:
        unique.setdefault(serving[0], serving)
    return sorted(unique.values(), key=key)


def _joined(note: str, more: str) -> str:
    return f"{note}; {more}" if note and more else note or more
