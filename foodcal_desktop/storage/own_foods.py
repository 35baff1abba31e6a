"""The user's own foods in the database, beside those of the food table."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from typing import Any

from foodcal_desktop.core.food import Food, Nutrients, Serving, Source
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.food_store import FoodStore


def own_foods(database: Database) -> list[Food]:
    """The user's own foods, those kept last first. Raises DatabaseError."""
    rows = database.query("SELECT food FROM user_foods ORDER BY updated_at DESC, id")
    return [food_of(json.loads(row["food"])) for row in rows]


def keep_food(database: Database, food: Food) -> None:
    """Keep a food of the user's own, in place of one of the same id. Raises DatabaseError."""
    database.execute(
        "INSERT OR REPLACE INTO user_foods (id, food, updated_at) VALUES (?, ?, ?)",
        [food.id, json.dumps(food_value(food), ensure_ascii=False), datetime.now().isoformat()],
    )


def forget_food(database: Database, food_id: str) -> None:
    """List a food of the user's own no more; what was logged of it stays in the diary. Raises DatabaseError."""
    database.execute("DELETE FROM user_foods WHERE id = ?", [food_id])


def load_food_table() -> FoodStore:
    """The food table with the user's own foods. A folder without a database gets none by this.

    Raises as ``FoodStore``, and DatabaseError where the database cannot be used.
    """
    table = FoodStore(paths.resources_dir() / "foods.csv")
    if paths.database_path().exists():
        with Database.open() as database:
            table.set_own(own_foods(database))
    return table


def food_value(food: Food) -> dict[str, Any]:
    """A food as a JSON value."""
    return asdict(food)


def food_of(row: dict[str, Any]) -> Food:
    """The food of a JSON value. Raises KeyError, TypeError, IndexError or ValueError where it is damaged."""
    servings = tuple(Serving(**serving) for serving in row["servings"])
    return Food(
        **{
            **row,
            "nutrients": Nutrients(**row["nutrients"]),
            "serving": servings[0],
            "servings": servings,
            "source": Source(**row["source"]),
            "aliases": tuple(row["aliases"]),
        }
    )
