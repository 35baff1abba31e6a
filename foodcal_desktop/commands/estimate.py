"""``foodcal-desktop estimate``: the items of one photo, in grams and kcal with their intervals."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from foodcal_desktop.commands import common
from foodcal_desktop.commands.item_option import Item, Reference, parse_item, parse_reference
from foodcal_desktop.commands.outputs import require_spare


def _items(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[Item, ...]:
    return _parsed(parse_item, values)


def _references(_ctx: click.Context, _param: click.Parameter, values: tuple[str, ...]) -> tuple[Reference, ...]:
    return _parsed(parse_reference, values)


def _parsed(parse: Any, values: tuple[str, ...]) -> tuple[Any, ...]:
    try:
        return tuple(parse(value) for value in values)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


@click.command("estimate")
@common.photo_argument
@click.option(
    "--item", "items", multiple=True, callback=_items, help="food=NAME;point=x,y;negative=x,y;box=x0,y0,x1,y1;grams=G"
)
@click.option(
    "--reference",
    "references",
    multiple=True,
    callback=_references,
    help="coin-cny-1;point=x,y, or line;from=x,y;to=x,y;mm=L",
)
@click.option("--find", is_flag=True, help="Propose the items that no --item names.")
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the photo with its masks here.")
@common.checkpoint_option
@common.json_option
def command(
    photo: Path,
    items: tuple[Item, ...],
    references: tuple[Reference, ...],
    find: bool,
    out: Path | None,
    checkpoint: str | None,
    as_json: bool,
) -> None:
    """Measure the foods of PHOTO. Coordinates are pixels of the upright photo, the first one's centre at 0.5,0.5."""
    from foodcal_desktop.commands.estimating import estimate_photo

    if not items and not find:
        raise click.UsageError('Name a food with --item "food=NAME;point=x,y", or let --find propose them.')
    require_spare(out, photo)
    result = estimate_photo(photo, items, references, find, common.selected_checkpoint(checkpoint))
    if out is not None:
        result.write_overlay(out)
    for sentence in result.warnings:
        common.progress(sentence)
    if as_json:
        common.print_json(result.document)
    else:
        click.echo(_for_people(result.document))


def _for_people(document: dict[str, Any]) -> str:
    rows = [_row(item) for item in document["items"]]
    header = ["food", "area cm²", "grams", "80 %", "kcal", "80 %"]
    kcal = document["total"]["kcal"]
    scale = document["scale"]
    lines = [common.table(rows, header), f"total  {kcal['value']:.0f} kcal  ({kcal['low']:.0f}–{kcal['high']:.0f})"]
    if scale:
        lines.append(f"scale  {scale['reference']}  {scale['mm_per_px']:.3f} mm/px  tilt {scale['tilt_deg']:.0f}°")
    else:
        lines.append("scale  none: grams are one usual portion of each food; lay a coin or a card beside the food")
    if document["uncovered"] is not None and document["uncovered"] >= 0.01:
        lines.append(f"{document['uncovered']:.0%} of the food on the photo is covered by no item")
    return "\n".join(lines)


def _row(item: dict[str, Any]) -> list[str]:
    name = item["food"]["name"] if item["food"] else "(no food named)"
    area = f"{item['area_cm2']:.1f}" if item["area_cm2"] is not None else "–"
    return [name, area, *_cells(item["grams"]), *_cells(item["kcal"])]


def _cells(estimate: dict[str, float] | None) -> list[str]:
    if estimate is None:
        return ["–", "–"]
    return [f"{estimate['value']:.0f}", f"{estimate['low']:.0f}–{estimate['high']:.0f}"]
