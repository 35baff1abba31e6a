"""The food table on disk, and the search in it.

The table is a CSV file that scripts/build_foods.py makes. Rows become `Food` values only when somebody asks for them:
a start reads the file (tens of milliseconds), and the search index is built by `prepare` or the first search.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from foodcal_desktop.core.food import Food, Nutrients, Serving, Source
from foodcal_desktop.storage.food_search import FoodIndex, SearchEntry, query_words

_FIND_AT_LEAST = 0.55
_RECENT_BOOST = 0.30
# Rows that are seldom what is meant: brands in capitals, one people's samples, parts of recipes, baby food.
_SELDOM_MEANT = re.compile(
    r"\b[A-Z]{3,}\b(?<!NFS)|Native|Navajo|Hopi|Indians|as ingredient|for use (on|with)|from school|school lunch"
    r"|Puerto Rican|\b[Bb]aby|dry mix|unprepared|reduced|low(er|fat| fat| sodium)|imitation|industrial|NS as to"
    r"|Burger King|McDonald|fat free|canned|frozen|dehydrated|powder"
)
_HANDICAP = -0.06

_Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class FoodHit:
    """A food that a search found, and how well it fits (about 0 to 1.8; compare only within one search)."""

    food: Food
    score: float


class FoodStore:
    """The foods of the table and the user's own, by id, by name and by search."""

    def __init__(self, csv_path: Path) -> None:
        """Read the table. Raises FileNotFoundError, or ValueError naming the file where it is no food table."""
        self._rows = _read_rows(csv_path)
        self._row_of = {row["id"]: number for number, row in enumerate(self._rows)}
        self._foods: dict[str, Food] = {}
        self._own: dict[str, Food] = {}
        self._index: FoodIndex | None = None
        self._own_index = FoodIndex([])
        self._exact: dict[str, str] | None = None

    def __len__(self) -> int:
        return len(self._rows) + len(self._own)

    def all(self) -> list[Food]:
        """Every food: the table's, then the user's own."""
        return [self._food(row["id"]) for row in self._rows] + list(self._own.values())

    def by_id(self, food_id: str) -> Food | None:
        """The food of this id, or None."""
        if food_id in self._own:
            return self._own[food_id]
        return self._food(food_id) if food_id in self._row_of else None

    def add(self, food: Food) -> None:
        """Make a food of the user's own findable, or replace it. Raises ValueError for the id of a table's food."""
        if food.id in self._row_of:
            raise ValueError(f"The food table already has {food.id}; give your own food another id.")
        self._own[food.id] = food
        self._rebuild_own()

    def set_own(self, foods: Iterable[Food]) -> None:
        """Make these the foods of the user's own, in their order."""
        self._own = {food.id: food for food in foods}
        self._rebuild_own()

    def remove(self, food_id: str) -> None:
        """Forget a food of the user's own. Raises KeyError where there is none of this id."""
        del self._own[food_id]
        self._rebuild_own()

    def prepare(self) -> None:
        """Build the search index now (about 0.1 s), so that the first keystroke need not wait for it."""
        if self._index is None:
            self._index = FoodIndex([_entry(row) for row in self._rows])

    def search(self, text: str, limit: int = 20, recent: Sequence[str] = ()) -> list[Food]:
        """The foods that fit the text best, the best first; `recent` ids (latest first) are raised among them.

        Without a text: the recent foods, then those people log most.
        """
        return [hit.food for hit in self.hits(text, limit, recent)]

    def hits(self, text: str, limit: int = 20, recent: Sequence[str] = ()) -> list[FoodHit]:
        """As `search`, with the scores."""
        if not query_words(text):
            return [FoodHit(food, 0.0) for food in self._suggestions(limit, recent)]
        self.prepare()
        assert self._index is not None
        scores = np.concatenate([self._index.scores(text), self._own_index.scores(text)])
        self._raise_recent(scores, recent)
        own = list(self._own)
        best = _largest(scores, limit)
        ids = [self._rows[i]["id"] if i < len(self._rows) else own[i - len(self._rows)] for i in best]
        found = [self.by_id(food_id) for food_id in ids]
        return [FoodHit(food, float(scores[i])) for food, i in zip(found, best, strict=True) if food is not None]

    def find(self, name: str) -> Food | None:
        """The one food meant by an id, an English or Korean name, or a search word; None where nothing is close."""
        food = self.by_id(name.strip()) or self._by_exact_name(name)
        if food is not None:
            return food
        hits = self.hits(name, limit=1) if query_words(name) else []
        return hits[0].food if hits and hits[0].score >= _FIND_AT_LEAST else None

    def _by_exact_name(self, name: str) -> Food | None:
        key = _plain(name)
        for food in self._own.values():
            if key in (_plain(food.name), _plain(food.name_ko)):
                return food
        if self._exact is None:
            self._exact = _exact_names(self._rows)
        return self.by_id(self._exact[key]) if key and key in self._exact else None

    def _suggestions(self, limit: int, recent: Sequence[str]) -> list[Food]:
        known = [food_id for food_id in recent if self.by_id(food_id)]
        common = (row["id"] for row in self._rows if row["rank"] and not row["id"].startswith("mfds:"))
        foods = [self.by_id(food_id) for food_id in dict.fromkeys([*known, *self._own, *common])]
        return [food for food in foods if food is not None][:limit]

    def _raise_recent(self, scores: np.ndarray, recent: Sequence[str]) -> None:
        own = {food_id: number + len(self._rows) for number, food_id in enumerate(self._own)}
        for position, food_id in enumerate(recent):
            number = self._row_of.get(food_id, own.get(food_id))
            if number is not None and scores[number] > 0:
                scores[number] += _RECENT_BOOST * (1.0 - 0.5 * position / len(recent))

    def _rebuild_own(self) -> None:
        entries = [SearchEntry(f.name, f.name_ko, f.aliases, common=True, head_start=0.1) for f in self._own.values()]
        self._own_index = FoodIndex(entries)

    def _food(self, food_id: str) -> Food:
        if food_id not in self._foods:
            self._foods[food_id] = _to_food(self._rows[self._row_of[food_id]])
        return self._foods[food_id]


def _read_rows(path: Path) -> list[_Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.reader(lines)
        columns = next(reader, [])
        if not {"id", "name", "kcal", "servings", "rank"} <= set(columns):
            raise ValueError(f"{path.name} is no food table; build it again with scripts/build_foods.py.")
        return [dict(zip(columns, cells, strict=True)) for cells in reader]


def _entry(row: _Row) -> SearchEntry:
    aliases = tuple(row["aliases"].split(";")) if row["aliases"] else ()
    common = bool(row["rank"])
    handicap = _HANDICAP if not common and (row["group"] == "baby" or _SELDOM_MEANT.search(row["name"])) else 0.0
    return SearchEntry(row["name"], row["name_ko"], aliases, common, handicap)


def _exact_names(rows: list[_Row]) -> dict[str, str]:
    exact: dict[str, str] = {}
    # Names before search words, and the foods people log most before the others.
    for row in sorted(rows, key=lambda row: not row["rank"]):
        exact.setdefault(_plain(row["name"]), row["id"])
        exact.setdefault(_plain(row["name_ko"]), row["id"])
    for row in sorted(rows, key=lambda row: not row["rank"]):
        for alias in row["aliases"].split(";"):
            exact.setdefault(_plain(alias), row["id"])
    return exact


def _plain(name: str) -> str:
    return "".join(query_words(name))


def _largest(scores: np.ndarray, limit: int) -> list[int]:
    count = min(limit, int(np.count_nonzero(scores > 0)))
    if count <= 0:
        return []
    candidates = np.argpartition(-scores, count - 1)[:count]
    return [int(i) for i in candidates[np.lexsort((candidates, -scores[candidates]))]]


def _to_food(row: _Row) -> Food:
    servings = tuple(_serving(text) for text in row["servings"].split(";"))
    return Food(
        id=row["id"], name=row["name"], name_ko=row["name_ko"], group=row["group"], nutrients=_nutrients(row),
        serving=servings[0], servings=servings, density_g_per_ml=_optional(row["density"]),
        source=Source(row["dataset"], row["key"], row["note"]), density_source=row["density_source"],
        aliases=tuple(row["aliases"].split(";")) if row["aliases"] else (),
    )  # fmt: skip


def _nutrients(row: _Row) -> Nutrients:
    return Nutrients(
        float(row["kcal"]), float(row["protein_g"]), float(row["fat_g"]), float(row["carbohydrate_g"]),
        _optional(row["sugar_g"]), _optional(row["fibre_g"]), _optional(row["sodium_mg"]),
    )  # fmt: skip


def _serving(text: str) -> Serving:
    name, korean, grams = text.split("=")
    return Serving(name, korean, float(grams))


def _optional(text: str) -> float | None:
    return float(text) if text else None
