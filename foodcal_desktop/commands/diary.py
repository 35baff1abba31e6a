"""``foodcal-desktop diary``: what was eaten, from the same database as the window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from foodcal_desktop.commands import common, food, meal, trends, weighing
from foodcal_desktop.commands.outputs import require_spare

if TYPE_CHECKING:
    from foodcal_desktop.core.diary import DaySummary, DiaryEntry, Totals
    from foodcal_desktop.storage.store import Store


@contextmanager
def open_store() -> Iterator[Store]:
    """The store of the data folder, closed at the end."""
    from foodcal_desktop.storage.database import Database
    from foodcal_desktop.storage.store import Store

    with Database.open() as database:
        yield Store(database)


@click.group("diary")
def command() -> None:
    """Show, add to and export the diary."""


@command.command("show")
@click.option("--day", type=common.Day(), default="today", help="Default: today.")
@common.json_option
def show(day: str, as_json: bool) -> None:
    """One day: its meals, items and totals."""
    from foodcal_desktop.core.diary import day_summary

    with open_store() as store:
        summary = day_summary(day, store.entries(day))
    if as_json:
        common.print_json(_summary_json(summary))
    else:
        click.echo(_for_people(summary))


@command.command("add")
@click.option("--food", required=True, help="A name or id of the food table.")
@click.option("--grams", type=common.Grams(), required=True)
@click.option("--meal", default=None, help="breakfast, lunch, dinner, snack or your own; default: by the time of day.")
@click.option("--day", type=common.Day(), default="today")
@common.json_option
def add(food: str, grams: float, meal: str | None, day: str, as_json: bool) -> None:
    """Log a food with a known weight."""
    from foodcal_desktop.core.diary import logged, slot_at
    from foodcal_desktop.core.edit import created
    from foodcal_desktop.core.estimate import Estimate
    from foodcal_desktop.storage.own_foods import load_food_table

    found = load_food_table().find(food)
    if found is None:
        said = f"The food table has nothing like '{food}'; try a simpler name, or add your own by diary food."
        raise click.ClickException(said)
    now = datetime.now()
    entry = logged(found, Estimate.exact(grams), day, meal or slot_at(now.hour + now.minute / 60), now)
    with open_store() as store:
        store.apply(created(entry, "Log"))
    if as_json:
        common.print_json(_entry_json(entry))
    else:
        click.echo(f"{entry.name}, {grams:g} g, {entry.kcal.value:.0f} kcal: logged to {entry.meal} of {day}.")


@command.command("remove")
@click.argument("entry_id")
@common.json_option
def remove(entry_id: str, as_json: bool) -> None:
    """Remove the entry of an id that `diary show --json` printed."""
    from foodcal_desktop.core.edit import deleted

    with open_store() as store:
        entry = store.entry(entry_id)
        if entry is None:
            raise click.ClickException(f"The diary has no entry {entry_id}; see the ids in diary show --json.")
        store.apply(deleted([entry], "Delete"))
    if as_json:
        common.print_json({"removed": entry_id})
    else:
        click.echo(f"{entry.name} is removed from {entry.meal} of {entry.day}.")


@command.command("export")
@click.argument("out", type=click.Path(path_type=Path, dir_okay=False))
@common.json_option
def export(out: Path, as_json: bool) -> None:
    """Write every entry with its time to OUT, a CSV file."""
    from foodcal_desktop.storage.diary_csv import write_entries
    from foodcal_desktop.storage.paths import database_path

    require_spare(out, database_path())
    with open_store() as store:
        entries = [e for day in store.days_with_entries() for e in store.entries(day)]
    write_entries(entries, out)
    if as_json:
        common.print_json({"entries": len(entries), "out": str(out)})
    else:
        click.echo(f"{len(entries)} entries are in {out}.")


for _more in (weighing.weigh, weighing.learned, weighing.forget, meal.meal, trends.trends, food.food):
    command.add_command(_more)


def _totals_json(totals: Totals) -> dict[str, Any]:
    return {
        "kcal": totals.kcal.as_dict(),
        "protein_g": totals.protein_g,
        "fat_g": totals.fat_g,
        "carbohydrate_g": totals.carbohydrate_g,
        "incomplete": totals.incomplete,
    }


def _entry_json(entry: DiaryEntry) -> dict[str, Any]:
    derived = {"kcal": entry.kcal.as_dict(), "protein_g": entry.protein_g, "fat_g": entry.fat_g}
    return {**asdict(entry), **derived, "carbohydrate_g": entry.carbohydrate_g}


def _summary_json(summary: DaySummary) -> dict[str, Any]:
    meals = [
        {"meal": m.slot, "totals": _totals_json(m.totals), "entries": [_entry_json(e) for e in m.entries]}
        for m in summary.meals
    ]
    return {"day": summary.day, "totals": _totals_json(summary.totals), "meals": meals}


def _for_people(summary: DaySummary) -> str:
    if not summary.meals:
        return f"{summary.day}: nothing is logged."
    rows = [
        [f"{meal.slot}: {e.name}", f"{e.grams.value:.0f}", f"{e.kcal.value:.0f}", f"{e.kcal.low:.0f}–{e.kcal.high:.0f}"]
        for meal in summary.meals
        for e in meal.entries
    ]
    kcal = summary.totals.kcal
    total = f"{summary.day}  {kcal.value:.0f} kcal  ({kcal.low:.0f}–{kcal.high:.0f})"
    return common.table(rows, ["item", "grams", "kcal", "80 %"]) + "\n" + total
