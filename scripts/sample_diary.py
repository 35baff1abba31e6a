"""Some weeks of a diary, made up, for the picture of the place Trends."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, datetime, timedelta

from foodcal_desktop.core.diary import DiaryEntry, logged
from foodcal_desktop.core.edit import Change, Edit
from foodcal_desktop.core.estimate import Estimate
from foodcal_desktop.core.food import Food
from foodcal_desktop.storage import paths
from foodcal_desktop.storage.database import Database
from foodcal_desktop.storage.food_store import FoodStore
from foodcal_desktop.storage.store import Store

DAYS = 60
FORGOTTEN = (9, 10, 11, 24, 25, 40)
# Meal, hour, how many foods of which: most were photographed, the others weighed.
MEALS = (
    ("breakfast", 8, 2, ("oatmeal", "yogurt", "egg, fried", "toast", "banana")),
    ("lunch", 12, 2, ("bibimbap", "kimchi jjigae", "tteokbokki", "chicken salad", "rice", "hamburger")),
    ("snack", 16, 1, ("apple", "espresso", "chocolate", "almonds")),
    ("dinner", 19, 2, ("bulgogi", "spaghetti", "salmon", "rice", "pizza", "kimchi")),
)
PHOTOGRAPHED, SCALE_ERROR, ENERGY_SPREAD = 0.7, 0.08, 0.1


def fill(days: int = DAYS) -> None:
    """Log the days up to yesterday in the data folder, the same ones each time."""
    chance, table = random.Random(5), FoodStore(paths.resources_dir() / "foods.csv")
    rows: list[DiaryEntry] = []
    for ago in (n for n in range(days, 0, -1) if n not in FORGOTTEN):
        day = date.today() - timedelta(days=ago)
        for meal, hour, count, names in MEALS:
            when = datetime(day.year, day.month, day.day, hour, chance.randrange(60))
            photo = f"{ago:03d}{hour:02d}".ljust(64, "0") if chance.random() < PHOTOGRAPHED else None
            foods = [table.find(name) for name in chance.sample(names, count)]
            rows += [_entry(food, meal, when, photo, chance) for food in foods if food is not None]
    with Database.open() as database:
        Store(database).apply(Edit("Log", tuple(Change(row.id, None, row) for row in rows)))


def _entry(food: Food, meal: str, when: datetime, photo: str | None, chance: random.Random) -> DiaryEntry:
    grams = food.serving.grams * chance.uniform(0.7, 1.6)
    portion = Estimate.around(grams, chance.uniform(0.12, 0.25)) if photo else Estimate.exact(round(grams))
    entry = logged(food, portion, when.date().isoformat(), meal, when)
    if photo is None:
        return entry
    return replace(entry, photo=photo, scale_error=SCALE_ERROR, energy_spread=ENERGY_SPREAD)
