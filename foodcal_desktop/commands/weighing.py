"""``diary learned``, ``diary weigh`` and ``diary forget``: the kitchen scale without a window."""

from __future__ import annotations

from typing import Any

import click

from foodcal_desktop.commands import common


@click.command("weigh")
@click.option("--food", required=True, help="A name or id of the food table.")
@click.option("--grams", type=common.Grams(), required=True, help="What the scale showed.")
@click.option(
    "--area-cm2",
    type=common.Grams(),
    required=True,
    help="The item's area_cm2 in estimate --json.",
)
@common.json_option
def weigh(food: str, grams: float, area_cm2: float, as_json: bool) -> None:
    """Teach the thickness of a food by a weighed portion; later estimates of it use that."""
    from datetime import datetime

    from foodcal_desktop.core.annotation import new_id
    from foodcal_desktop.core.edit import created
    from foodcal_desktop.core.weighing import Weighing

    found = _food(food)
    now = datetime.now().isoformat(timespec="seconds")
    with _open_store() as store:
        store.apply(created(Weighing(new_id(), found.id, grams, area_cm2, weighed_at=now), "Weigh"))
        rows = [row for row in _learned(store) if row["food"]["id"] == found.id]
    _print(rows, as_json, rows[0]["sentence"] if rows else "")


@click.command("learned")
@common.json_option
def learned(as_json: bool) -> None:
    """The foods whose thickness the kitchen scale has taught, with the error before and after."""
    with _open_store() as store:
        rows = _learned(store)
    _print(rows, as_json, "\n".join(row["sentence"] for row in rows) or "Nothing was weighed yet.")


@click.command("forget")
@click.option("--food", required=True, help="A name or id of the food table.")
@common.json_option
def forget(food: str, as_json: bool) -> None:
    """Forget all weighings of a food; typed weights stay as they are."""
    from foodcal_desktop.core.edit import deleted

    found = _food(food)
    with _open_store() as store:
        weighings = [w for w in store.weighings() if w.food_id == found.id]
        if not weighings:
            raise click.ClickException(f"{found.name} was never weighed; see diary learned.")
        store.apply(deleted(weighings, "Forget"))
    if as_json:
        common.print_json({"food": found.id, "forgotten": len(weighings)})
    else:
        click.echo(f"The weighings of {found.name} are forgotten.")


def _print(rows: list[dict[str, Any]], as_json: bool, text: str) -> None:
    if as_json:
        common.print_json({"foods": rows})
    else:
        click.echo(text)


def _learned(store: Any) -> list[dict[str, Any]]:
    from foodcal_desktop.core.weighing import learning_of
    from foodcal_desktop.storage.priors_file import load_priors

    weighings, base, table = store.weighings(), load_priors(), _table()
    foods = [food for i in dict.fromkeys(w.food_id for w in weighings) if (food := table.by_id(i)) is not None]
    found = [(food, learning) for food in foods if (learning := learning_of(base, food, weighings)) is not None]
    return [
        {
            "food": {"id": food.id, "name": food.name},
            "weighings": len(learning.entries),
            "thickness_mm": learning.prior.thickness_mm,
            "thickness_mm_before": base.of(food).thickness_mm,
            "error_before": learning.error_before,
            "error_after": learning.error_after,
            "sentence": learning.sentence(food.name),
        }
        for food, learning in found
    ]


def _food(name: str) -> Any:
    food = _table().find(name)
    if food is None:
        raise click.ClickException(f"The food table has nothing like '{name}'; try a simpler name.")
    return food


def _table() -> Any:
    from foodcal_desktop.storage.own_foods import load_food_table

    return load_food_table()


def _open_store() -> Any:
    from foodcal_desktop.commands.diary import open_store

    return open_store()
