"""``diary food``: foods of one's own, which the food table does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from foodcal_desktop.commands import common

if TYPE_CHECKING:
    from foodcal_desktop.core.food import Food
    from foodcal_desktop.storage.database import Database

_AMOUNT = common.Number(min=0)


@click.command("food")
@click.argument("name", required=False)
@click.option("--kcal", type=_AMOUNT, help="The energy that --grams g of it hold.")
@click.option("--grams", type=common.Grams(), default=100.0, help="Its serving; default: 100.")
@click.option("--protein", type=_AMOUNT, help="Protein in g, in --grams g of it; left out: not known.")
@click.option("--fat", type=_AMOUNT, help="Fat in g, in --grams g of it; left out: not known.")
@click.option("--carbohydrate", type=_AMOUNT, help="Carbohydrate in g, in --grams g of it; left out: not known.")
@click.option("--remove", is_flag=True, help="List it no more; what was logged of it stays.")
@common.json_option
def food(
    name: str | None, kcal: float | None, grams: float, protein: float | None, fat: float | None,
    carbohydrate: float | None, remove: bool, as_json: bool,
) -> None:  # fmt: skip
    """Keep a food of your own by what stands on its packet; without NAME, list them."""
    from foodcal_desktop.storage.database import Database

    if name is None and (remove or kcal is not None):
        raise click.UsageError("Name the food.")
    if name is not None and remove == (kcal is not None):
        raise click.UsageError(f"Say what '{name}' holds by --kcal, or take it off the list by --remove.")
    with Database.open() as database:
        if name is not None and remove:
            shown = [_removed(database, name)]
        elif name is not None and kcal is not None:
            shown = [_kept(database, name, kcal, grams, (protein, fat, carbohydrate))]
        else:
            shown = _all(database)
    _print(shown, as_json)


def _kept(database: Database, name: str, kcal: float, grams: float, macros: tuple[float | None, ...]) -> Food:
    from foodcal_desktop.core.own_food import own_food
    from foodcal_desktop.storage.own_foods import keep_food

    try:
        made = own_food(name, kcal, grams, *macros)
    except ValueError as error:
        raise click.UsageError(str(error)) from error
    keep_food(database, made)
    return made


def _removed(database: Database, name: str) -> Food:
    from foodcal_desktop.core.own_food import own_food
    from foodcal_desktop.storage.own_foods import forget_food

    wanted = own_food(name, 0.0).id
    for known in _all(database):
        if wanted == known.id:
            forget_food(database, known.id)
            return known
    raise click.ClickException(f"There is no food of your own called '{name}'; see diary food.")


def _all(database: Database) -> list[Food]:
    from foodcal_desktop.storage.own_foods import own_foods

    return own_foods(database)


def _print(foods: list[Food], as_json: bool) -> None:
    if as_json:
        common.print_json({"foods": [_document(known) for known in foods]})
        return
    rows = [[f.name, f"{f.nutrients.kcal:.0f}", f"{f.serving.grams:g}"] for f in foods]
    header = ["food", "kcal / 100 g", "serving g"]
    click.echo(common.table(rows, header) if rows else "There are no foods of your own yet.")


def _document(known: Food) -> dict[str, Any]:
    held = known.nutrients
    return {
        "id": known.id, "name": known.name, "serving_g": known.serving.grams, "kcal_per_100g": held.kcal,
        "protein_per_100g": held.protein_g, "fat_per_100g": held.fat_g, "carbohydrate_per_100g": held.carbohydrate_g,
    }  # fmt: skip
