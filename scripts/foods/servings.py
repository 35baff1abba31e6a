"""Household servings and densities out of the USDA SR portion and bulk density tables."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from foods.amounts import reference_amount
from foods.table import Row

MOST_SERVINGS = 6
MOST_GRAMS = 1500.0
# A stone bowl holds a litre. The six dishes that weigh more are one town's samples of what is put in the middle.
MOST_EATEN_GRAMS = 1000.0
HAND_MADE = "serving assumed (usual household piece)"

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

_WITHOUT_GAPS = {"drink", "alcohol", "soup", "stew", "porridge", "sauce", "fat", "rice", "dairy", "sweet"}
_UNWANTED = re.compile(
    r"^(oz|lb|cubic inch|g|kg|inch|dash|quart|gallon|liter|fl oz|serving|nlea|refuse)|yield|from 1 lb|1 lb|\(\d+ oz\)"
)
_SPOONS = re.compile(r"^(\d+ )?(tbsp|tablespoon|tsp|teaspoon|cup|packet|envelope|portion|serving)")
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
    """Give the row its servings, the default first, and its density.

    Servings of the hand-made list stay first. Where the best one is no amount one eats at once (a cup of honey, a whole
    turkey, one mussel), the reference amount goes before it; a dish for two is shared by two.
    """
    if facts is not None:
        known = {name for name, _, _ in row.servings}
        more = [serving for serving in _best_first(list(facts.servings), row.group) if serving[0] not in known]
        row.servings = (row.servings + more)[:MOST_SERVINGS]
        row.note = joined(row.note, f"servings SR {number}" if more else "")
        if row.density is None and facts.density is not None:
            row.density, row.density_source = facts.density, _density_tag(row.group, number, facts)
    usual, source = reference_amount(row.group, row.name, row.name_ko if row.dataset == "MFDS" else "")
    given = HAND_MADE in row.note or row.dataset == "MFDS"
    if not row.servings or _is_one_of_many(row, usual) or (not given and _unlikely(row.servings[0][2], usual)):
        row.servings.insert(0, ("serving", "1인분", usual))
        row.note = joined(row.note, source)
    elif row.servings[0][2] > MOST_EATEN_GRAMS:
        whole = row.servings[0][2]
        row.servings[:1] = [("serving", "1인분", whole / 2), ("dish for two", "1접시 (2인분)", whole)]
        row.note = joined(row.note, "sold as one dish, taken for two")


def _unlikely(grams: float, usual: float) -> bool:
    return not usual / 12.0 <= grams <= 3.0 * usual


def _is_one_of_many(row: Row, usual: float) -> bool:
    """Whether the first serving is a piece so small that one eats several: a grape, a mussel, an almond.

    A spoon or a packet is an amount that is taken as it is, a baby eats one biscuit, and what a dish of the Korean
    table weighs was measured.
    """
    name, _, grams = row.servings[0]
    return not (row.dataset == "MFDS" or row.group == "baby" or _SPOONS.match(name)) and grams < usual / 4.0


def _density_tag(group: str, number: str, facts: Portions) -> str:
    # A cup of cubes, nuts or leaves holds air as well; what pours, or settles without gaps, does not.
    kind = "derived" if group in _WITHOUT_GAPS else "derived bulk"
    return f"{kind}: USDA SR {number} {facts.density_measure}"


def _serving(row: dict[str, str]) -> tuple[str, str, float] | None:
    amount, grams = float(row["amount"]), float(row["grams"])
    unit = re.sub(r"\s+", " ", row["unit"].replace(";", ",").replace("=", " ").strip())
    if _UNWANTED.search(unit.lower()) or not 0 < grams <= MOST_GRAMS or amount <= 0:
        return None
    if amount < 1:
        amount, grams = 1.0, grams / amount
    name = unit if amount == 1 else f"{amount:g} {unit}"
    korean = korean_unit(unit)
    return name, korean if not korean or korean.endswith("1개") else f"{amount:g}{korean}", grams


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
        if _WHOLE.match(name) and serving[2] <= 450:
            return 2 if name.startswith(("medium", "fruit", "slice", "sandwich")) else 3
        household = 4 if name.startswith("cup") else 6 if name.startswith(("tbsp", "tsp")) else 5
        # A bunch, a head or a bag is bought, not eaten at once.
        return 7 if serving[2] > 450 or name.startswith(("bunch", "head", "bag", "package", "block")) else household

    unique: dict[str, tuple[str, str, float]] = {}
    for serving in servings:
        unique.setdefault(serving[0], serving)
    return sorted(unique.values(), key=key)


def joined(note: str, more: str) -> str:
    """Two remarks as one."""
    return f"{note}; {more}" if note and more else note or more
